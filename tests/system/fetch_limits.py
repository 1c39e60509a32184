#!/usr/bin/env python3
"""Servers that send too much, or too little: bombs and tarpits. Usage: fetch_limits.py --bin DIR [--long]
--long: 64 tarpits at the real limits beside 1,000 feeds, 70 seconds."""
import argparse
import os
import pathlib
import resource
import shutil
import socket
import socketserver
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zlib

from harness import Daemon, check, rss, wait_until

MIB = 1 << 20


# Made piece by piece: the memory of this process would be counted as that of those it starts.
def gzipped(size):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b" " * MIB) for _ in range(size // MIB)) + packer.flush()


def brotlied(size):
    try:
        import brotli
    except ImportError:
        return None
    packer = brotli.Compressor(quality=5)
    return b"".join(packer.process(b" " * MIB) for _ in range(size // MIB)) + packer.finish()


def zstded(size):
    if shutil.which("zstd") is None:
        return None
    with tempfile.TemporaryFile() as packed:
        packer = subprocess.Popen(["zstd", "-q", "-c", "-3"], stdin=subprocess.PIPE, stdout=packed)
        for _ in range(size // MIB):
            packer.stdin.write(b" " * MIB)
        packer.stdin.close()
        check(packer.wait() == 0, "zstd packs")
        packed.seek(0)
        return packed.read()


class Server:
    """Answers each path by a function that gets the socket; closes it afterwards."""

    def __init__(self):
        self.paths, self.sent, self.released = {}, {}, {}
        server = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                head = b""
                while b"\r\n\r\n" not in head:
                    part = self.request.recv(4096)
                    if not part:
                        return
                    head += part
                path = head.split(b" ")[1].decode()
                began = time.monotonic()
                try:
                    server.paths[path](self.request)
                except OSError:
                    pass
                server.released.setdefault(path, []).append(time.monotonic() - began)

        class Tcp(socketserver.ThreadingTCPServer):
            daemon_threads, allow_reuse_address, request_queue_size = True, True, 512

        self.server = Tcp(("0.0.0.0", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path, host="127.0.0.1"):
        return f"http://{host}:{self.port}{path}"

    def body(self, path, body, *headers):
        head = "\r\n".join(["HTTP/1.1 200 OK", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""])
        self.paths[path] = lambda connection: connection.sendall(head.encode() + body)

    def chunks(self, path, chunk, count, *headers):
        """Counts what was taken off its hands."""
        framed = b"%x\r\n" % len(chunk) + chunk + b"\r\n"

        def answer(connection):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 256 << 10)
            connection.sendall("\r\n".join(["HTTP/1.1 200 OK", "Transfer-Encoding: chunked", *headers, "", ""]).encode())
            self.sent[path] = 0
            for _ in range(count):
                connection.sendall(framed)
                self.sent[path] += len(chunk)
            connection.sendall(b"0\r\n\r\n")

        self.paths[path] = answer


# The memory of whoever starts a process counts as the process's own: so it is a small one that does.
RUNNER = """
import os, sys
child = os.fork()
if child == 0:
    os.dup2(os.open("/dev/null", os.O_WRONLY), 1)
    os.execv(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss * 1024)
"""


def fetched(program, url):
    """(exit code, words, largest memory in bytes) of one fetch."""
    done = subprocess.run([sys.executable, "-S", "-c", RUNNER, program, "feeds", "parse", url, "--allow-private", "127.0.0.0/8"],
                          capture_output=True, text=True, timeout=60,
                          env={**os.environ, "HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent"})
    code, most = done.stdout.split()
    return int(code), done.stderr, int(most)


def bombs(bin_dir, _):
    program = pathlib.Path(bin_dir).resolve() / "wirewatch"
    server = Server()
    server.body("/small", rss("F", [("1", "x", "")]))
    code, words, usual = fetched(program, server.url("/small"))
    check(code == 0, f"a small feed is read: {words}")

    skipped, rises = [], {}
    for coding, pack in (("gzip", gzipped), ("br", brotlied), ("zstd", zstded)):
        packed = pack(256 * MIB)
        if packed is None:
            skipped.append(coding)
            continue
        check(256 * MIB / len(packed) > 1000 or coding == "gzip", f"{coding} packs {256 * MIB / len(packed):.0f}:1")
        server.body(f"/{coding}", packed, f"Content-Encoding: {coding}")
        server.chunks(f"/{coding}-chunks", packed[:16000] + b"", 1 + len(packed) // 16000, f"Content-Encoding: {coding}")
        for path in (f"/{coding}", f"/{coding}-chunks"):
            code, words, most = fetched(program, server.url(path))
            check(code == 1 and "the body unpacks to more than 200 times what was sent" in words, f"{path}: {words}")
            rises[path] = (most - usual) / MIB
    chunk = os.urandom(64 << 10)
    server.chunks("/chunks", chunk, 1024 * MIB // len(chunk))
    code, words, most = fetched(program, server.url("/chunks"))
    check(code == 1 and "the body is over 16 MiB" in words, f"/chunks: {words}")
    rises["/chunks"] = (most - usual) / MIB
    # What the socket's buffers hold was sent, and not read.
    wait_until(lambda: "/chunks" in server.released, "the server to be let go")
    check(server.sent["/chunks"] < 32 * MIB, f"{server.sent['/chunks'] / MIB:.1f} MiB of 1 GiB were taken")
    for path, rise in rises.items():
        check(rise <= 32, f"{path} takes {rise:.1f} MiB more than a small feed")
    for coding in skipped:
        print(f"skipped: {coding}, which nothing here packs (Debian: python3-brotli, zstd)")
    print(f"ok: {len(rises)} bombs, at most {max(rises.values()):.1f} MiB each: " + ", ".join(f"{p} {r:.1f}" for p, r in rises.items()))


def drip(connection, data, seconds=1.0):
    for byte in data:
        connection.sendall(bytes([byte]))
        time.sleep(seconds)  # a tarpit


def tarpits(bin_dir, directory):
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    server = Server()
    pits = {
        "/drip": lambda c: drip(c, b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b"x" * 1000),
        "/headers": lambda c: (c.sendall(b"HTTP/1.1 200 OK\r\n"), drip(c, b"X-More: and more\r\n" * 100)),
        "/body": lambda c: (c.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), drip(c, b"1\r\nx\r\n" * 100)),
        "/fast": lambda c: (c.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"), drip(c, b"", 0),
                            [(c.sendall(b"x" * 200), time.sleep(1)) for _ in range(100)]),
        "/silent": lambda c: c.recv(1),
    }
    server.paths.update(pits)
    seen, lock = {}, threading.Lock()

    def good(path):
        body = rss(path, [("1", "x", "")])
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()

        def answer(connection):
            with lock:
                seen.setdefault(path, []).append(time.monotonic())
            connection.sendall(head + body)
        return answer

    interval, feeds = 10.0, {}
    for i in range(1000):
        server.paths[f"/good/{i}"] = good(f"/good/{i}")
        feeds[f"good-{i}"] = server.url(f"/good/{i}", f"127.1.{i // 250}.{1 + i % 250}")
    names = list(pits)
    for i in range(64):
        feeds[f"pit-{i}"] = server.url(names[i % len(names)], f"127.2.0.{1 + i}")
    daemon = Daemon(bin_dir, directory, feeds, {}, interval=f"{interval:.0f}s")
    daemon.config.write_text(daemon.config.read_text().replace('allow_private = ["127.0.0.1"]', 'allow_private = ["127.0.0.0/8"]'))
    daemon.start()
    # New feeds start one every 200 ms (docs/polling.md).
    wait_until(lambda: len(seen) == 1000, "the first poll of all good feeds", seconds=300)
    with lock:
        seen.clear()
    time.sleep(6 * interval)  # the tarpits' own time
    daemon.stop()
    gaps = [b - a for times in seen.values() for a, b in zip(times, times[1:])]
    late = sorted(gap / interval for gap in gaps)
    pit_times = [t for path in pits for t in server.released.get(path, [])]
    check(len(pit_times) >= 64, f"{len(pit_times)} tarpits were let go")
    check(max(pit_times) < 35, f"a tarpit held a connection for {max(pit_times):.1f} s")
    check(len(seen) == 1000 and len(gaps) >= 4000, f"{len(gaps)} polls of {len(seen)} good feeds")
    # Up to a tenth of the interval is jitter that is meant.
    share = sum(1 for gap in late if 0.9 <= gap <= 1.2) / len(late)
    print(f"{len(pit_times)} tarpits let go within {max(pit_times):.1f} s; {len(gaps)} polls, interval kept: median "
          f"{statistics.median(late):.3f}, 99 % under {late[len(late) * 99 // 100]:.3f}, most {late[-1]:.3f}")
    check(share > 0.99, f"only {share:.1%} of the polls were on time")
    print("ok: tarpits")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options.add_argument("--long", action="store_true")
    chosen = options.parse_args()
    for test in (bombs, tarpits) if chosen.long else (bombs,):
        with tempfile.TemporaryDirectory(prefix="wirewatch-limits-") as directory:
            test(chosen.bin, pathlib.Path(directory))


if __name__ == "__main__":
    main()
