#!/usr/bin/env python3
"""What a daemon costs that has nothing to do: 5,000 feeds, none of them due. Wake-ups are counted by the kernel
(voluntary context switches of every thread), CPU time is its own account in nanoseconds, memory is what is
resident. Usage: idle.py --bin DIR [--seconds 30] [--feeds 5000]"""
import argparse
import json
import pathlib
import sqlite3
import tempfile
import time

from harness import Daemon, check, wait_until

WAKE_UPS = 2.0  # a second
CPU = 0.001
MEMORY = 60 << 20


def prepare(bin_dir, directory, feeds):
    """A daemon whose database knows all its feeds already, due in a month."""
    urls = {f"feed-{i}": f"https://host-{i % 300}.example/feed-{i}.xml" for i in range(feeds)}
    rules = {f"rule-{i}": f"pakistan AND (russia OR moscow OR word{i})" for i in range(100)}
    daemon = Daemon(bin_dir, directory, {}, {}, "15m")
    daemon.start()
    wait_until(lambda: daemon.wirewatch("status").returncode == 0, "the daemon that makes the database")
    daemon.stop()
    now = int(time.time() * 1000)
    row = {
        "title": "A feed", "etag": '"0123456789abcdef"', "last_modified": "Wed, 07 Apr 2021 12:00:00 GMT",
        "body_hash": "0" * 64, "identity": "id", "last_attempt": now, "last_success": now,
        "next_due": now + 30 * 86_400_000, "stopped": 0, "http_status": 200, "failures": 0, "latency_ms": 100,
        "body_bytes": 30_000,
    }
    with sqlite3.connect(daemon.database) as database:
        names = ["feed_id", "url", *row]
        database.executemany(
            f"INSERT INTO feeds ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
            [(feed_id, url, *row.values()) for feed_id, url in urls.items()])
    database.close()
    return Daemon(bin_dir, directory, urls, rules, "15m")


class Account:
    """What a process has used so far."""

    def __init__(self, pid):
        tasks = list(pathlib.Path(f"/proc/{pid}/task").iterdir())
        self.at = time.monotonic()
        self.wake_ups = {}
        self.cpu = 0.0
        for task in tasks:
            fields = dict(line.split(":", 1) for line in (task / "status").read_text().splitlines() if ":" in line)
            name = f"{fields['Name'].strip()} {task.name}"
            self.wake_ups[name] = int(fields["voluntary_ctxt_switches"])
            self.cpu += int((task / "schedstat").read_text().split()[0]) / 1e9
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        self.memory = int(status.split("VmRSS:")[1].split()[0]) << 10


def maps(daemon):
    return pathlib.Path(f"/proc/{daemon.process.pid}/maps").read_text()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--feeds", type=int, default=5000)
    options = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="wirewatch-idle-") as directory:
        daemon = prepare(options.bin, pathlib.Path(directory), options.feeds)
        daemon.start()
        try:
            wait_until(lambda: json.loads(daemon.wirewatch("status", "--json").stdout or "{}").get("answers"), "the daemon")
            status = json.loads(daemon.wirewatch("status", "--json").stdout)
            check(status["feeds"]["ok"] == options.feeds and status["in_flight"] == 0, f"all feeds are idle: {status}")
            sanitized = "libtsan" in maps(daemon) or "libasan" in maps(daemon)
            before = Account(daemon.process.pid)
            time.sleep(options.seconds)  # the thing itself: time in which nothing happens
            after = Account(daemon.process.pid)
        finally:
            code, _ = daemon.stop()
        check(code == 0, f"the daemon ended with {code}")
    seconds = after.at - before.at
    for name, count in sorted(after.wake_ups.items(), key=lambda pair: pair[1] - before.wake_ups[pair[0]], reverse=True):
        print(f"  {(count - before.wake_ups[name]) / seconds:6.2f}/s  {name}")
    wake_ups = (sum(after.wake_ups.values()) - sum(before.wake_ups.values())) / seconds
    cpu = (after.cpu - before.cpu) / seconds
    print(f"{options.feeds} feeds, none due, {seconds:.0f} s: {wake_ups:.2f} wake-ups/s, {cpu:.4%} CPU, "
          f"{after.memory / (1 << 20):.1f} MiB resident")
    check(wake_ups <= WAKE_UPS, f"at most {WAKE_UPS} wake-ups a second")
    if sanitized:
        print("a build with sanitizers: neither its CPU time nor its memory is the daemon's own")
        return
    check(cpu <= CPU, f"at most {CPU:.1%} CPU")
    check(after.memory <= MEMORY, f"at most {MEMORY >> 20} MiB resident")


if __name__ == "__main__":
    main()
