#!/usr/bin/env python3
"""Subscribers under load, with the whole daemon: articles come in over HTTP at a given pace, and each gives an alert.

    load.py steady  --bin DIR [--rate 200] [--seconds 60] [--subscribers 50]    with CURVE
    load.py stalled --bin DIR [--rate 200] [--seconds 60] [--subscribers 50]    one more is stopped (SIGSTOP) meanwhile
    load.py latency --bin DIR [--articles 200]     from the last byte of the HTTP body to the alert in hand

steady and stalled need stream_readers, of the release preset. docs/reliability.md has what was seen."""
import argparse
import atexit
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

import zmq

from harness import Daemon, Origin, check, rss, wait_until

OLD = ("old", "An old story", "that is in the feed from the beginning, so that no read is the end of a gap")
FEEDS = 4  # the pace is spread over these, so that no document grows large


class Newsroom:
    def __init__(self, bin_dir, directory, curve, rate=0):
        self.directory, self.in_feed = pathlib.Path(directory), max(100, 4 * rate // FEEDS)  # what comes in 4 s
        self.origin = Origin()
        self.items = [[] for _ in range(FEEDS)]
        self.published = 0
        for number in range(FEEDS):
            self.show(number)
        feeds = {f"wire{n}": self.origin.url(f"/wire{n}") for n in range(FEEDS)}
        self.daemon = Daemon(bin_dir, directory, feeds, {"talks": "talks"}, interval="200ms")
        # One text under many titles would be one story, and one alert.
        self.daemon.config.write_text('dedupe = "article"\n' + self.daemon.config.read_text())
        self.keys = []
        if curve:
            for name in "server", "client":
                done = self.daemon.wirewatch("keys", "new", name, "--directory", directory)
                check(done.returncode == 0, done.stderr)
            public = {name: (self.directory / f"{name}.public").read_text().strip() for name in ("server", "client")}
            text = self.daemon.config.read_text().replace("[zeromq]\n", f'[zeromq]\ncurve_key_file = "{directory}/server.secret"\n')
            self.daemon.config.write_text(text + f'[zeromq.clients]\nclient = "{public["client"]}"\n')
            self.keys = [f"{directory}/client.secret", public["server"]]
        self.daemon.start()
        wait_until(lambda: all(self.origin.fetches(f"/wire{n}") for n in range(FEEDS)), "the first fetches")

    def show(self, number):
        self.origin.documents[f"/wire{number}"] = rss("wire", [*self.items[number][-self.in_feed:][::-1], OLD])

    def publish(self, count):
        for _ in range(count):
            items = self.items[self.published % FEEDS]
            items.append((f"a{self.published}", f"Talks, part {self.published}", "Russia and Pakistan talk about energy. " * 8))
            self.published += 1
        for number in range(FEEDS):
            self.show(number)

    def run(self, rate, seconds, done=lambda: None):
        """Publishes so many a second, and calls `done` every second."""
        began, next_call = time.monotonic(), 1
        while (spent := time.monotonic() - began) < seconds:
            due = int(spent * rate) - self.published
            if due > 0:
                self.publish(due)
            if spent >= next_call:
                next_call += 1
                done()
            time.sleep(0.05)

    def head(self):
        database = sqlite3.connect(f"file:{self.daemon.database}?mode=ro", uri=True, timeout=10)
        try:
            return database.execute("SELECT head FROM meta").fetchone()[0]
        finally:
            database.close()

    def memory(self):
        status = pathlib.Path(f"/proc/{self.daemon.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def readers(room, options):
    program = pathlib.Path(options.bin).resolve() / "stream_readers"
    check(program.exists(), f"{program} is not there; it belongs to the release preset")
    running = subprocess.Popen([program, room.daemon.live, str(options.subscribers), *room.keys], stdout=subprocess.PIPE, text=True)
    atexit.register(running.kill)  # whatever becomes of this test
    return running


def result_of(program):
    program.send_signal(signal.SIGTERM)
    out, _ = program.communicate(timeout=30)
    return json.loads(out)


def steady(options, directory):
    room = Newsroom(options.bin, directory, curve=True, rate=options.rate)
    program = readers(room, options)
    time.sleep(2)  # fifty handshakes; what was published before their end would not be counted
    memory = [room.memory()]
    room.run(options.rate, options.seconds, lambda: memory.append(room.memory()))
    wait_until(lambda: room.head() >= room.published, "every alert to be committed", 120)
    time.sleep(2)
    seen = result_of(program)
    check(room.daemon.stop()[0] == 0, "the daemon ended with an error")
    print(f"{room.published} alerts in {options.seconds} s to {options.subscribers} CURVE subscribers: missing live "
          f"{seen['missing']}, fewest received {seen['least']}; commit to receive p50 {seen['p50_ms']} ms, "
          f"p99 {seen['p99_ms']} ms, max {seen['max_ms']} ms; daemon {memory[0]:.0f} to {max(memory):.0f} MiB")
    check(seen["missing"] == 0 and seen["least"] == room.published, "some were lost on the live way")


def stalled(options, directory):
    room = Newsroom(options.bin, directory, curve=False, rate=options.rate)
    program = readers(room, options)
    with open(f"{directory}/stalled.jsonl", "wb") as out:
        late = subprocess.Popen([room.daemon.bin / "wirewatch", "--config", room.daemon.config, "tail", "--json", "--since", "0",
                                 "--cursor", f"{directory}/cursor"], stdout=out, stderr=subprocess.DEVNULL)
    room.publish(1)
    lines = lambda: pathlib.Path(f"{directory}/stalled.jsonl").read_bytes().count(b"\n")  # noqa: E731
    wait_until(lambda: lines() == 1, "the first alert")
    late.send_signal(signal.SIGSTOP)
    memory = [room.memory()]
    room.run(options.rate, options.seconds, lambda: memory.append(room.memory()))
    wait_until(lambda: room.head() >= room.published, "every alert to be committed", 120)
    began = time.monotonic()
    late.send_signal(signal.SIGCONT)
    wait_until(lambda: lines() >= room.published, "the stopped one to catch up", 300)
    recovered = time.monotonic() - began
    late.terminate()
    late.wait()
    seen = result_of(program)
    check(room.daemon.stop()[0] == 0, "the daemon ended with an error")
    print(f"one stopped for {options.seconds} s at {options.rate}/s, {options.subscribers} others: theirs missing live "
          f"{seen['missing']}, commit to receive p50 {seen['p50_ms']} ms, p99 {seen['p99_ms']} ms; daemon grew "
          f"{max(memory) - memory[0]:.1f} MiB; the stopped one had all {room.published} after {recovered:.1f} s")
    check(seen["missing"] == 0, "others lost some")


def latency(options, directory):
    """A feed with one new article a poll; its body is sent in one piece, and the clock is read behind it."""
    room = Newsroom(options.bin, directory, curve=False)
    sys.setswitchinterval(0.0002)  # or the server's thread notes the moment too late
    sent, lock = {}, threading.Lock()
    state = {"next": 0, "shown": 0}
    handler = room.origin.server.RequestHandlerClass
    plain_finish = handler.do_GET

    def do_get(self):
        with lock:
            fresh = self.path == "/wire0" and state["shown"] < state["next"]
            if fresh:
                state["shown"] = state["next"]
        plain_finish(self)
        if fresh:
            self.wfile.flush()
            sent[state["shown"] - 1] = time.monotonic()

    handler.do_GET = do_get
    socket = zmq.Context().socket(zmq.SUB)
    socket.subscribe(b"alert/")
    socket.subscribe(b"sys/welcome/")
    socket.connect(room.daemon.live)
    check(socket.poll(10_000) and socket.recv_multipart()[0] == b"sys/welcome/", "no welcome")
    late, bare, busy = [], [], []
    syncs = (pathlib.Path(directory) / "syncs").open("wb")
    for number in range(options.articles):
        room.items[0].append((f"a{number}", f"Talks, part {number}", "Russia and Pakistan talk."))
        with lock:
            room.show(0)
            state["next"] = number + 1
        while True:
            check(socket.poll(20_000), "no alert")
            if socket.recv_multipart()[0].startswith(b"alert/"):
                break
        now = time.monotonic()
        time.sleep(0.01)  # the server's thread may still be about to note when it had sent the body
        syncs.write(bytes(32768))  # about what such a commit adds to the log
        syncs.flush()
        begun = time.monotonic()
        os.fdatasync(syncs.fileno())
        bare.append((time.monotonic() - begun) * 1000)
        time.sleep(0.1)  # as long a rest as the daemon has between polls
        begun = time.monotonic()
        sum(n * n for n in range(20_000))
        busy.append((time.monotonic() - begun) * 1000)
        if number in sent:  # else the document changed in the midst of an answer
            late.append((now - sent[number]) * 1000)
    check(len(late) > options.articles / 2, "too few could be measured")
    check(room.daemon.stop()[0] == 0, "the daemon ended with an error")
    # Beside what this machine makes of a little work after a rest: some are paused for 20 ms by what runs below them.
    for name, times in (("last byte of the body to alert in hand", late), ("one fdatasync of that disk", bare),
                        ("a bare loop of some 2 ms", busy)):
        times.sort()
        print(f"{len(times)} articles, one a poll, synchronous=FULL: {name}: p50 {times[len(times) // 2]:.1f} ms, "
              f"p99 {times[int(len(times) * 0.99)]:.1f} ms, max {times[-1]:.1f} ms")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("what", choices=["steady", "stalled", "latency"])
    options.add_argument("--bin", required=True)
    options.add_argument("--rate", type=int, default=200)
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--subscribers", type=int, default=50)
    options.add_argument("--articles", type=int, default=200)
    options = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="wirewatch-load-") as directory:
        {"steady": steady, "stalled": stalled, "latency": latency}[options.what](options, directory)


if __name__ == "__main__":
    main()
