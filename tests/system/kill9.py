#!/usr/bin/env python3
"""kill -9 of the daemon, again and again, while articles stream in and `wirewatch tail --cursor` reads.
Nothing may be lost, nothing may come twice. Usage: kill9.py --bin DIR [--kills 50] [--seed N]"""
import argparse
import json
import random
import sqlite3
import subprocess
import tempfile
import threading
import time

from harness import Daemon, Origin, check, rss, wait_until

IN_FEED = 400  # newest articles that the feed shows: no poll gap may reach further back


class Stream:
    """A feed that grows by some articles at every moment, until it is stopped."""

    def __init__(self, origin, path, seed):
        self.random = random.Random(seed)
        self.items = []
        self.stopped = threading.Event()
        self.origin, self.path = origin, path
        self.publish()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def publish(self):
        for _ in range(self.random.randint(1, 4)):
            number = len(self.items)
            country = "Pakistan" if number % 2 else "Peru"  # every second one matches
            self.items.append((f"a{number}", f"{country} and Russia: talks, day {number}", f"Text number {number}."))
        self.origin.documents[self.path] = rss("stream", self.items[-IN_FEED:][::-1])

    def run(self):
        while not self.stopped.wait(0.05):
            self.publish()

    def stop(self):
        self.stopped.set()
        self.thread.join()
        return [guid for guid, title, _ in self.items if "Pakistan" in title]


def alerts_in(file):
    with open(file) as lines:
        return [json.loads(line) for line in lines if line.endswith("\n")]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options = options.parse_args()
    print(f"seed {options.seed}, {options.kills} kills")
    dice = random.Random(options.seed)

    with tempfile.TemporaryDirectory(prefix="wirewatch-kill9-") as directory:
        origin = Origin()
        stream = Stream(origin, "/stream.xml", options.seed)
        daemon = Daemon(options.bin, directory, {"stream": origin.url("/stream.xml")}, {"talks": "pakistan AND russia"})
        printed = f"{directory}/printed.jsonl"
        daemon.start()
        with open(printed, "wb") as out, open(f"{directory}/tail.log", "wb") as err:
            tail = subprocess.Popen(
                [daemon.bin / "wirewatch", "--config", daemon.config, "tail", "--json", "--cursor", f"{directory}/cursor"],
                stdout=out, stderr=err,
            )
            for _ in range(options.kills):
                # In the midst of what a fetch sets off, or between two: the dice say which.
                fetches = origin.fetches("/stream.xml") + dice.randint(1, 8)
                wait_until(lambda: origin.fetches("/stream.xml") >= fetches, "the next fetches", every=dice.uniform(0.0005, 0.02))
                daemon.kill()
                daemon.start()
            wanted = stream.stop()
            wait_until(lambda: len({a["id"] for a in alerts_in(printed)}) >= len(wanted), "every alert", 60)
            check(tail.poll() is None, "tail has ended by itself")
            tail.terminate()
            check(tail.wait(timeout=10) == 0, "tail ended with an error")
        code, seconds = daemon.stop()
        check(code == 0 and seconds < 10, f"the daemon ended with {code} after {seconds:.1f} s")

        alerts = alerts_in(printed)
        ids = [alert["id"] for alert in alerts]
        seqs = [alert["data"]["seq"] for alert in alerts]
        guids = sorted(alert["data"]["article"]["url"].rsplit("/", 1)[1] for alert in alerts)
        check(guids == sorted(wanted), f"{len(wanted)} articles match, {len(alerts)} alerts were printed")
        check(len(set(ids)) == len(ids), "an alert came twice")
        check(seqs == list(range(1, len(seqs) + 1)), "the numbers have a gap or are out of order")

        database = sqlite3.connect(daemon.database)
        check(database.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the database is damaged")
        stored = database.execute("SELECT count(*), count(DISTINCT guid) FROM revisions").fetchone()
        check(stored == (len(stream.items),) * 2, f"{len(stream.items)} articles were published, stored: {stored}")
        print(f"ok: {options.kills} kills, {len(stream.items)} articles, {len(alerts)} alerts, none lost, none twice")


if __name__ == "__main__":
    main()
