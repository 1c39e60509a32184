#!/usr/bin/env python3
"""What wirewatch connects to where names, answers of DNS and redirects lie: in a network of its own, with
a name server that says what the test wants, and listeners on public and private addresses.
Usage: address_guard.py --bin DIR [--inside]"""
import argparse
import http.server
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading

from harness import check, rss

PUBLIC = "93.184.215.14"
PUBLIC6 = "2606:2800:21f::1"
PRIVATE = ["10.0.0.7", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "198.18.0.1", "192.0.2.1", "203.0.113.9"]
PRIVATE6 = ["fd00::7", "64:ff9b::a00:7", "64:ff9b:1::a00:7", "2002:a00:7::1", "2001:db8::7", "fec0::7"]


class NameServer:
    """Answers `names` (name -> one list of addresses for each look-up, the last for all further ones)."""

    def __init__(self):
        self.names, self.asked = {}, []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            query, peer = self.socket.recvfrom(512)
            labels, at = [], 12
            while query[at]:
                labels.append(query[at + 1:at + 1 + query[at]].decode())
                at += 1 + query[at]
            kind, = struct.unpack("!H", query[at + 1:at + 3])
            name = ".".join(labels).lower()
            looked = sum(1 for asked in self.asked if asked == (name, kind))
            self.asked.append((name, kind))
            answers = self.names.get(name)
            chosen = answers[min(looked, len(answers) - 1)] if answers else []
            found = [a for a in chosen if (":" in a) == (kind == 28)]
            records = b"".join(
                b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 0, 16 if kind == 28 else 4)
                + socket.inet_pton(socket.AF_INET6 if kind == 28 else socket.AF_INET, a) for a in found)
            flags = 0x8180 if answers else 0x8183
            self.socket.sendto(query[:2] + struct.pack("!HHHHH", flags, 1, len(found), 0, 0) + query[12:at + 5] + records, peer)


class Listener:
    """Serves feeds and redirects on every address of this network; remembers who was reached at which."""

    def __init__(self):
        self.reached, self.redirects = [], {}
        listener = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                target = listener.redirects.get(self.path)
                body = b"" if target else rss("F", [("1", "x", "")])
                self.send_response(302 if target else 200)
                if target:
                    self.send_header("Location", target)
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Connection", "close")  # the next hop looks the name up again
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            address_family = socket.AF_INET6
            daemon_threads = True

            def get_request(self):
                connection, peer = super().get_request()
                listener.reached.append(connection.getsockname()[0].removeprefix("::ffff:"))
                return connection, peer

        self.server = Server(("::", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self):
        reached, self.reached = self.reached, []
        return reached


def enter(arguments):
    """This script again, with a network and a view of files of its own; None where the system allows neither."""
    unshare = shutil.which("unshare")
    rights = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    command = [unshare, *rights, "--mount", "--net", "--"]
    if unshare is None or subprocess.run([*command, "true"], capture_output=True).returncode != 0:
        return None
    return subprocess.run([*command, sys.executable, __file__, *arguments, "--inside"], timeout=110).returncode


def prepare(directory):
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for address in [PUBLIC + "/32", PUBLIC6 + "/128", *(a + "/32" for a in PRIVATE), *(a + "/128" for a in PRIVATE6)]:
        subprocess.run(["ip", "addr", "add", address, "dev", "lo", *(["nodad"] if ":" in address else [])], check=True)
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    for name, text in (("resolv.conf", "nameserver 127.0.0.1\noptions attempts:1 timeout:2\n"), ("nsswitch.conf", "hosts: files dns\n"),
                       ("hosts", "127.0.0.1 localhost here.example\n::1 ip6-localhost\n")):
        (directory / name).write_text(text)
        subprocess.run(["mount", "--bind", directory / name, f"/etc/{name}"], check=True)


def inside(program, directory):
    prepare(directory)
    names, listener = NameServer(), Listener()
    port = listener.port

    def parse(url, *options, **environment):
        return subprocess.run([program, "feeds", "parse", url, *options], capture_output=True, text=True, timeout=60,
                              env={**os.environ, "HOME": str(directory), "XDG_CONFIG_HOME": str(directory), **environment})

    def refused(url, address, **environment):
        done = parse(url, **environment)
        check(done.returncode == 1 and f" {address}" in f" {done.stderr}" and "allow_private" in done.stderr, f"{url}: {done}")

    # The network is as the tests need it: what is public is reached by name, what is listed too.
    names.names["public.example"] = [[PUBLIC]]
    names.names["public6.example"] = [[PUBLIC6]]
    for name in ("public.example", "public6.example"):
        done = parse(f"http://{name}:{port}/")
        check(done.returncode == 0, f"{name} is fetched: {done}")
    check(listener.take() == [PUBLIC, PUBLIC6], "both public addresses were reached")
    names.names["listed.example"] = [["10.0.0.7"]]
    check(parse(f"http://listed.example:{port}/", "--allow-private", "10.0.0.0/8").returncode == 0, "what is listed is fetched")
    check(listener.take() == ["10.0.0.7"], "the private address can be reached")

    count = 0
    for address in ["127.0.0.1", "127.9.9.9", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.7", "::7f00:1", *PRIVATE, *PRIVATE6,
                    "224.0.0.1", "255.255.255.255", "240.0.0.1", "ff02::1", "fe80::1"]:
        count += 1
        name = f"lies{count}.example"
        names.names[name] = [[address]]
        shown = str(socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, address))) if ":" in address else address
        refused(f"http://{name}:{port}/", shown)
        path = f"/to/{name}"
        listener.redirects[path] = f"http://{name}:{port}/"
        refused(f"http://public.example:{port}{path}", shown)
        check(listener.take() == [PUBLIC], f"{name}: only the redirect was reached")
        literal = f"[{address}]" if ":" in address else address
        listener.redirects[path] = f"http://{literal}:{port}/"
        refused(f"http://public.example:{port}{path}", shown)
        refused(f"http://{literal}:{port}/", shown)
        check(listener.take() == [PUBLIC], f"{literal}: only the redirect was reached")
    refused(f"http://here.example:{port}/", "127.0.0.1")
    refused(f"http://ip6-localhost:{port}/", "::1")

    # Answers that change between look-ups; and of several addresses only the public ones are tried.
    for private in ("127.0.0.1", "10.0.0.7", "::1", "fd00::7"):
        name = f"rebind-{private.replace(':', '-')}.example".replace("--", "-")
        names.names[name] = [[PUBLIC], [private]]
        listener.redirects["/again"] = f"http://{name}:{port}/feed"
        done = parse(f"http://{name}:{port}/again")
        check(done.returncode == 1 and private in done.stderr, f"{name}: {done}")
        check(listener.take() == [PUBLIC], f"{name}: the second answer was not followed")
    names.names["mixed.example"] = [["10.0.0.7", "fd00::7", PUBLIC]]
    check(parse(f"http://mixed.example:{port}/").returncode == 0, "a name with a public address is fetched")
    check(listener.take() == [PUBLIC], "at that address")

    here = f"http://127.0.0.1:{port}"
    proxies = {"http_proxy": here, "HTTP_PROXY": here, "all_proxy": here, "ALL_PROXY": here, "no_proxy": ""}
    refused(f"http://lies1.example:{port}/", "127.0.0.1", **proxies)
    check(parse(f"http://public.example:{port}/", **proxies).returncode == 0, "fetched without the environment's proxy")
    check(listener.take() == [PUBLIC], "the proxy was not asked")
    print(f"ok: {count} addresses by name, by redirect and as they are, and 4 names that change: no connection to any")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options.add_argument("--inside", action="store_true")
    chosen = options.parse_args()
    if chosen.inside:
        with tempfile.TemporaryDirectory(prefix="wirewatch-guard-") as directory:
            inside(pathlib.Path(chosen.bin).resolve() / "wirewatch", pathlib.Path(directory))
        return 0
    if shutil.which("ip") is None:
        print("skipped: there is no 'ip' (Debian: iproute2) to make a network with")
        return 0
    code = enter(["--bin", chosen.bin])
    if code is None:
        print("skipped: this system does not let a test have a network of its own (unshare --net)")
        return 0
    return code


if __name__ == "__main__":
    sys.exit(main())
