#!/usr/bin/env python3
"""Feeds over TLS: who is trusted, HTTP/2, and passwords that stand in files. Usage: tls.py --bin DIR"""
import argparse
import http.server
import json
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading

from harness import Daemon, check, free_port, rss, wait_until


def openssl(directory, *arguments):
    subprocess.run(["openssl", *map(str, arguments)], cwd=directory, check=True, capture_output=True)


def certificate(directory, authority, name, subject_names, days="1"):
    """name.key and name.pem, signed by authority.pem."""
    openssl(directory, "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key",
            "-out", f"{name}.csr", "-subj", f"/CN={name}")
    (directory / "names").write_text(f"subjectAltName={subject_names}\n")
    openssl(directory, "x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.pem", "-CAkey", f"{authority}.key", "-CAcreateserial",
            "-days", days, "-extfile", "names", "-out", f"{name}.pem")


def authority(directory, name):
    openssl(directory, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key",
            "-out", f"{name}.pem", "-subj", f"/CN={name}", "-days", "2")


class TlsOrigin:
    """A feed over TLS on loopback; remembers the headers of each request."""

    def __init__(self, directory, name):
        self.asked = []
        origin = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                origin.asked.append(dict(self.headers))
                body = rss("Secure", [("1", "Moscow", "")])
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # clients that do not trust it hang up

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(directory / f"{name}.pem", directory / f"{name}.key")
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"https://127.0.0.1:{self.server.server_address[1]}/feed"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def feed(name, url, *keys):
    return "\n".join(["[[feed]]", f'id = "{name}"', f'url = "{url}"', 'allow_private = ["127.0.0.1"]', *keys, ""])


def feeds_of(daemon):
    listed = daemon.wirewatch("feeds", "--json")
    return {one["id"]: one for one in json.loads(listed.stdout)} if listed.returncode == 0 else {}


def http2(directory):
    """(URL, its log) of an HTTP/2 server, or None where there is none."""
    program = shutil.which("nghttpd")
    if program is None:
        print("skipped: HTTP/2, since there is no nghttpd (Debian: nghttp2-server)")
        return None
    (directory / "htdocs").mkdir()
    (directory / "htdocs/feed").write_bytes(rss("Two", [("1", "Moscow", "")]))
    port = free_port()
    log = open(directory / "nghttpd.log", "wb")
    server = subprocess.Popen([program, "-v", f"--htdocs={directory}/htdocs", "-a", "127.0.0.1", str(port),
                               str(directory / "good.key"), str(directory / "good.pem")], stdout=log, stderr=log)

    def listens():
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    wait_until(listens, "nghttpd to listen")
    return server, f"https://127.0.0.1:{port}/feed"


def a_pipe_holds_nobody_up(daemon, good):
    """What was a file when the configuration was read may be none any more."""
    os.remove(daemon.directory / "piped.pem")
    os.mkfifo(daemon.directory / "piped.pem")
    def refused():
        return "is no file any more" in json.dumps(feeds_of(daemon)["piped"]["error"])
    wait_until(refused, "a pipe in the place of a 'ca_file' to be refused", every=0.2)
    asked = len(good.asked)
    wait_until(lambda: len(good.asked) > asked + 3, "the others to be polled on")


def trust(bin_dir, directory):
    for name in ("own", "other"):
        authority(directory, name)
    certificate(directory, "own", "good", "IP:127.0.0.1")
    certificate(directory, "own", "elsewhere", "DNS:news.example")
    certificate(directory, "own", "expired", "IP:127.0.0.1", days="-1")
    good, elsewhere, expired = (TlsOrigin(directory, name) for name in ("good", "elsewhere", "expired"))
    for name, text in (("password", "hunter2\n"), ("token", "t0psecret\n")):
        (directory / name).write_text(text)
        (directory / name).chmod(0o600)

    own = 'ca_file = "own.pem"'
    two = http2(directory)
    daemon = Daemon(bin_dir, directory, {}, {"r": "moscow"}, interval="200ms")
    daemon.config.write_text(daemon.config.read_text() + "".join([
        feed("good", good.url, own), feed("unknown", good.url), feed("other-authority", good.url, 'ca_file = "other.pem"'),
        feed("elsewhere", elsewhere.url, own), feed("expired", expired.url, own),
        feed("basic", good.url + "?basic", own, 'user = "ann"', 'password_file = "password"', 'headers = { X-Api-Key = "k" }'),
        feed("bearer", good.url + "?bearer", own, 'token_file = "token"'),
        feed("piped", good.url + "?piped", 'ca_file = "piped.pem"'),
        feed("two", two[1], own) if two else "",
    ]))
    shutil.copy(directory / "own.pem", directory / "piped.pem")
    daemon.start()
    wanted = {"good", "basic", "bearer", "piped"} | ({"two"} if two else set())
    failing = {"unknown", "other-authority", "elsewhere", "expired"}
    try:
        wait_until(lambda: all(feeds_of(daemon).get(name, {}).get("last_success") for name in wanted)
                   and all(feeds_of(daemon).get(name, {}).get("error") for name in failing), "every feed to be fetched or refused", every=0.2)
        found = feeds_of(daemon)
        a_pipe_holds_nobody_up(daemon, good)
    finally:
        daemon.stop()
        if two:
            two[0].terminate()
            two[0].wait()
    for name, words in (("unknown", "unable to get local issuer certificate"), ("other-authority", "unable to get local issuer certificate"),
                        ("elsewhere", "no alternative certificate subject name matches"), ("expired", "certificate has expired")):
        said = json.dumps(found[name]["error"])
        check("the TLS certificate of 127.0.0.1 is not valid" in said and words in said, f"{name}: {said}")
        check(not found[name]["last_success"], f"{name} was read")
    check(not elsewhere.asked and not expired.asked, "no request went where the certificate is wrong")
    sent = {headers.get("Authorization") for headers in good.asked}
    check(sent == {None, "Basic YW5uOmh1bnRlcjI=", "Bearer t0psecret"}, f"credentials: {sent}")
    check(any(headers.get("X-Api-Key") == "k" for headers in good.asked), "the feed's own header")
    said = (directory / "daemon.log").read_text() + json.dumps(found)
    check(not any(secret in said for secret in ("hunter2", "t0psecret", "aHVudGVyMg")), "no secret in log or list")
    if two:
        log = (directory / "nghttpd.log").read_text()
        check(":method: GET" in log and "wirewatch/" in log, "the feed was asked for over HTTP/2")
        check(log.count("The negotiated protocol: h2") <= max(1, log.count(":method: GET") // 2), "the connection was used again")
    print(f"ok: 4 certificates refused, credentials from files{', HTTP/2' if two else ''}")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    chosen = options.parse_args()
    if shutil.which("openssl") is None:
        print("skipped: there is no openssl to make certificates with")
        return
    with tempfile.TemporaryDirectory(prefix="wirewatch-tls-") as directory:
        trust(chosen.bin, pathlib.Path(directory))


if __name__ == "__main__":
    main()
