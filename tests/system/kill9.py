#!/usr/bin/env python3
"""kill -9 of the daemon and of subscribers, again and again, while articles stream the whole way from HTTP to alert.
Three subscribers with a cursor file: one `wirewatch tail` that is never killed, one that is, and the Python client,
which is killed as well. Nothing may be lost, and nothing may come twice after repeated uuids are dropped; who is not
killed must not even see a repeat. A fourth does not replay: it must lose some, or the test would not bite.

Usage: kill9.py --bin DIR [--kills 50] [--subscriber-kills 15] [--alerts 1000] [--seed N]
The long form: --kills 1000 --subscriber-kills 300 --alerts 100000"""
import argparse
import json
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from harness import Daemon, Origin, check, rss, wait_until

IN_FEED = 400  # newest articles that the feed shows: no poll gap may reach further back
AHEAD = 250  # articles published and not yet stored, at most: so that none leaves the feed unseen
CLIENT = pathlib.Path(__file__).resolve().parents[2] / "clients/python/wirewatch.py"

PLAIN = """
import sys, zmq
socket = zmq.Context().socket(zmq.SUB)
socket.subscribe(b"alert/")
socket.connect(sys.argv[1])
while True:
    print(socket.recv_multipart()[4].decode(), flush=True)
"""


class Stream:
    """A feed that grows, as fast as the daemon stores it and up to `allowed` articles, until it is stopped."""

    def __init__(self, origin, path, seed, database):
        self.random, self.database = random.Random(seed), database
        self.titles, self.allowed = [], 4
        self.stopped = threading.Event()
        self.origin, self.path = origin, path
        self.publish(4)
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def publish(self, count):
        for _ in range(count):
            number = len(self.titles)
            country = "Pakistan" if number % 2 else "Peru"  # every second one matches
            self.titles.append(f"{country} and Russia: talks, day {number}")
        first = max(0, len(self.titles) - IN_FEED)
        items = [(f"a{i}", self.titles[i], f"Text number {i}.") for i in range(first, len(self.titles))]
        self.origin.documents[self.path] = rss("stream", items[::-1])

    def stored(self):
        try:
            database = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=5)
            try:
                return database.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0]
            finally:
                database.close()
        except sqlite3.Error:
            return 0  # killed in the midst of making it, or just not there

    def run(self):
        while not self.stopped.wait(0.05):
            room = min(self.allowed - len(self.titles), self.stored() + AHEAD - len(self.titles))
            if room > 0:
                self.publish(min(room, self.random.randint(1, 60)))

    def whole(self):
        return len(self.titles) >= self.allowed

    def stop(self):
        self.stopped.set()
        self.thread.join()
        return {f"a{i}" for i, title in enumerate(self.titles) if "Pakistan" in title}


class Subscriber:
    """A program over all its lives; each prints into a file of its own, whose last line a kill may have cut."""

    def __init__(self, directory, name, command):
        self.directory, self.name, self.command = pathlib.Path(directory), name, command
        self.lives, self.process = 0, None
        self.alerts, self.read_to = [], (0, 0)  # (uuid, seq, guid); the file and its byte
        self.start()

    def start(self):
        self.lives += 1
        with open(self.file(self.lives), "wb") as out, open(self.directory / f"{self.name}.log", "ab") as err:
            self.process = subprocess.Popen(self.command, stdout=out, stderr=err)

    def file(self, life):
        return self.directory / f"{self.name}.{life}.jsonl"

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.look()
        self.start()

    def look(self):
        """Reads what has been printed since the last look."""
        life, at = self.read_to
        while life <= self.lives:
            if life > 0:
                with open(self.file(life), "rb") as file:
                    file.seek(at)
                    lines = file.read()
                whole = lines[: lines.rfind(b"\n") + 1]
                for line in whole.splitlines():
                    body = json.loads(line)
                    self.alerts.append((body["id"], body["data"]["seq"], body["data"]["article"]["url"].rsplit("/", 1)[1]))
                at += len(whole)
            if life == self.lives:
                break
            life, at = life + 1, 0
        self.read_to = life, at
        return self.alerts

    def unique(self):
        return len({uuid for uuid, _, _ in self.look()})

    def end(self):
        check(self.process.poll() is None, f"{self.name} has ended by itself")
        self.process.terminate()
        self.process.wait(timeout=10)
        self.look()


def judge(subscriber, wanted, killed):
    """How many it lost and repeated; fails where that may not be."""
    seqs = {}
    for uuid, seq, guid in subscriber.alerts:
        check(seqs.setdefault(uuid, (seq, guid)) == (seq, guid), f"{subscriber.name}: one uuid, two alerts")
    guids = [guid for _, guid in seqs.values()]
    lost = len(wanted - set(guids))
    twice = len(guids) - len(set(guids))
    repeats = len(subscriber.alerts) - len(seqs)
    print(f"{subscriber.name}: {subscriber.lives - 1} kills, {len(subscriber.alerts)} alerts received, lost {lost}, "
          f"twice after uuid {twice}, repeats dropped by uuid {repeats}", flush=True)
    check(lost == 0 and twice == 0 and set(guids) == wanted, f"{subscriber.name} lost {lost} and doubled {twice}")
    check(sorted(seq for seq, _ in seqs.values()) == list(range(1, len(wanted) + 1)), "the numbers have a gap")
    if not killed:
        check(repeats == 0, f"{subscriber.name} was not killed and got {repeats} alerts twice")
        check([seq for _, seq, _ in subscriber.alerts] == list(range(1, len(wanted) + 1)), "they were out of order")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--subscriber-kills", type=int, default=15)
    options.add_argument("--alerts", type=int, default=1000)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options = options.parse_args()
    print(f"seed {options.seed}, {options.kills} kills of the daemon, {options.subscriber_kills} of subscribers", flush=True)
    dice = random.Random(options.seed)
    began = time.monotonic()

    with tempfile.TemporaryDirectory(prefix="wirewatch-kill9-") as directory:
        origin = Origin()
        origin.server.handle_error = lambda *_: None  # a daemon that is killed breaks off connections
        daemon = Daemon(options.bin, directory, {"stream": origin.url("/stream.xml")}, {"talks": "pakistan AND russia"})
        stream = Stream(origin, "/stream.xml", options.seed, daemon.database)
        daemon.start()
        tail = [daemon.bin / "wirewatch", "--config", daemon.config, "tail", "--json", "--cursor"]
        steady = Subscriber(directory, "tail", [*tail, f"{directory}/steady.cursor"])
        killed = [
            Subscriber(directory, "tail-killed", [*tail, f"{directory}/killed.cursor"]),
            Subscriber(directory, "python-killed", ["/usr/bin/python3", CLIENT, "--live", daemon.live, "--replay",
                                                    daemon.replay, "--cursor", f"{directory}/python.cursor"]),
        ]
        plain = Subscriber(directory, "plain", ["/usr/bin/python3", "-c", PLAIN, daemon.live])
        subscriber_kills = 0
        for kill in range(1, options.kills + 1):
            stream.allowed = 4 + 2 * options.alerts * kill // options.kills
            # In the midst of what a fetch sets off, or between two: the dice say which.
            fetches = origin.fetches("/stream.xml") + dice.randint(1, 8)
            wait_until(lambda: origin.fetches("/stream.xml") >= fetches, "the next fetches", 60, every=dice.uniform(0.0005, 0.02))
            daemon.kill()
            while subscriber_kills < options.subscriber_kills * kill // options.kills:
                subscriber_kills += 1
                dice.choice(killed).kill()
            daemon.start()
            if kill % 50 == 0:
                print(f"{kill} kills, {len(stream.titles)} articles, {time.monotonic() - began:.0f} s", flush=True)
        stream.allowed = 2 * options.alerts
        wait_until(stream.whole, "every article to be published", 600)
        wanted = stream.stop()
        for subscriber in [steady, *killed]:
            wait_until(lambda: subscriber.unique() >= len(wanted), f"every alert in {subscriber.name}", 300, every=0.2)
        for subscriber in [steady, *killed]:
            subscriber.end()
        plain.process.kill()
        plain.process.wait()
        fetches = origin.fetches("/stream.xml")
        wait_until(lambda: origin.fetches("/stream.xml") > fetches, "the last daemon to be up")
        code, seconds = daemon.stop()
        check(code == 0 and seconds < 10, f"the daemon ended with {code} after {seconds:.1f} s")

        judge(steady, wanted, killed=False)
        for subscriber in killed:
            judge(subscriber, wanted, killed=True)
        lost = len(wanted) - plain.unique()
        print(f"plain: does not replay, lost {lost} of {len(wanted)} ({100 * lost / len(wanted):.1f} %)")
        check(lost > 0, "who does not replay lost nothing: these kills prove nothing")

        database = sqlite3.connect(daemon.database)
        check(database.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the database is damaged")
        stored = database.execute("SELECT count(*), count(DISTINCT guid) FROM revisions").fetchone()
        check(stored == (len(stream.titles),) * 2, f"{len(stream.titles)} articles were published, stored: {stored}")
        print(f"ok: {options.kills} kills of the daemon, {subscriber_kills} of subscribers, {len(stream.titles)} articles, "
              f"{len(wanted)} alerts, none lost, none twice, integrity ok, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
