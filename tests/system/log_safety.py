#!/usr/bin/env python3
"""Whatever feeds and servers send, a log line stays a line; and secrets stay where they are.
Usage: log_safety.py --bin DIR"""
import argparse
import http.server
import json
import os
import pathlib
import resource
import signal
import subprocess
import tempfile
import threading

from harness import Daemon, Origin, check, rss, wait_until

EVIL = "x\r\nfeed voa: \x1b[31mforged\x1b[0m \x00\x07\x9b2J \u2028 \u202e line"
SECRETS = ["pass-9f2c71", "token-51aa3e", "header-77d0b2"]


class EvilServer:
    """Answers with all that ends in error texts: reasons, addresses, pages and types full of control characters."""

    def __init__(self):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                kind = self.path.strip("/")
                body = b""
                head = "200 OK"
                if kind == "page":
                    body = f"<html><head><title>{EVIL * 3}</title></head><body>no feed</body></html>".encode()
                elif kind == "reason":
                    head = "503 Gone\x1b[2Jaway"
                elif kind == "away":
                    head = "302 Found"
                elif kind == "long":
                    body = rss("long", [("l1", "Pakistan " + "x\x1b[31m" * 150_000, EVIL)])
                elif kind == "denied":
                    head = "401 No"
                raw = f"HTTP/1.1 {head}\r\nContent-Type: text/x\x1b[1m\r\nLocation: gopher://x\x1b[31m/\x01\r\n"
                raw += f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
                self.wfile.write(raw.encode("latin-1") + body)
                self.close_connection = True

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server.server_address[1]}/{path}"


def raw_controls(data):
    """Bytes of a log that would do something to a terminal or begin a line; the ends of lines are its own."""
    text = data.decode("utf-8", "strict")
    return [c for c in text if c != "\n" and (ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or c in "\u2028\u2029\u202e")]


def look_at_log(daemon, form, feeds):
    data = (daemon.directory / "daemon.log").read_bytes()
    check(not raw_controls(data), f"{form}: control characters in the log: {raw_controls(data)[:5]}")
    lines = data.decode().splitlines()
    for line in lines:
        check(len(line) < 20_000, f"{form}: a line of {len(line)} characters")
        if form == "json":
            json.loads(line)
        else:
            check(line[:4].isdigit() and line[10] == "T", f"{form}: a line that the daemon has not begun: {line[:80]}")
    for feed in feeds:
        told = [line for line in lines if f"feed {feed}: " in line and (" warning " in line or '"warning"' in line)]
        check(len(told) == 1, f"{form}: feed {feed} was complained of {len(told)} times")


def leaks_in(name, data):
    data = data if isinstance(data, bytes) else data.encode()
    for secret in SECRETS:
        check(secret.encode() not in data, f"a secret stands in {name}")


def dumps_cores(command, **options):
    """Whether the kernel writes a core file when such a process is killed by SIGSEGV."""
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    process = subprocess.Popen(command, **options)
    process.send_signal(signal.SIGSEGV)
    _, status = os.waitpid(process.pid, 0)
    process.returncode = status  # it has been waited for
    return os.WCOREDUMP(status)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options = options.parse_args()
    evil = EvilServer()
    failing = ["page", "reason", "away", "denied"]
    for form in ("text", "json"):
        with tempfile.TemporaryDirectory(prefix="wirewatch-log-") as directory:
            origin = Origin()
            origin.documents["/count"] = rss("count", [("c1", "Pakistan", "")])
            feeds = {name: evil.url(name) for name in [*failing, "long"]} | {"count": origin.url("/count")}
            daemon = Daemon(options.bin, directory, feeds, {"all": "pakistan"})
            for name, secret in zip(("password", "token"), SECRETS):
                file = pathlib.Path(directory) / name
                file.write_text(secret + "\n")
                file.chmod(0o600)
            text = daemon.config.read_text() + f'[log]\nlevel = "debug"\nformat = "{form}"\n'
            text = text.replace("[fetch]\n", '[fetch]\nmax_backoff = "1m"\n')
            text = text.replace('id = "denied"\n', 'id = "denied"\nuser = "me"\npassword_file = "password"\n')
            text = text.replace('id = "long"\n', f'id = "long"\ntoken_file = "token"\nheaders = {{ X-Key = "{SECRETS[2]}" }}\n')
            daemon.config.write_text(text)
            leaks_in("--print-config", subprocess.run(
                [daemon.bin / "wirewatchd", "--config", daemon.config, "--print-config"], capture_output=True).stdout)
            daemon.start()
            log = daemon.directory / "daemon.log"

            def complained():
                return all(f"feed {feed}: " in log.read_text() for feed in failing)

            wait_until(complained, "a word on every failing feed")
            # Fails again and again: refreshed by hand, since it is tried less and less often by itself.
            fetches = origin.fetches("/count")
            wait_until(lambda: origin.fetches("/count") >= fetches + 20, "further polls")
            wait_until(lambda: daemon.wirewatch("history", "--json").stdout.strip(), "the hit with a long title")
            look_at_log(daemon, form, failing)
            leaks_in("the log", log.read_bytes())
            leaks_in("the command line", pathlib.Path(f"/proc/{daemon.process.pid}/cmdline").read_bytes())
            for words in (["tail", "--since", "0", "--no-follow", "--json"], ["feeds"], ["feeds", "show", "long"],
                          ["feeds", "--json"], ["status", "--json"], ["history", "--json"]):
                done = daemon.wirewatch(*words)
                leaks_in(" ".join(words), done.stdout + done.stderr)
            daemon.stop()
            leaks_in("the database", daemon.database.read_bytes())
    print("ok: no raw control characters, one line for each failing feed, no secrets")

    with tempfile.TemporaryDirectory(prefix="wirewatch-core-") as directory:
        quiet = {"cwd": directory, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        if not dumps_cores(["sleep", "60"], **quiet):
            print("skipped: whether a core holds secrets, since this machine writes none")
            return
        daemon = Daemon(options.bin, directory, {}, {})
        daemon.start()
        wait_until(lambda: "commands at" in (daemon.directory / "daemon.log").read_text(), "the start")
        daemon.process.send_signal(signal.SIGSEGV)
        _, status = os.waitpid(daemon.process.pid, 0)
        daemon.process.returncode = status
        check(not os.WCOREDUMP(status), "the daemon leaves a core file, with all its secrets")
    print("ok: no core file")


if __name__ == "__main__":
    main()
