"""A daemon at work: feeds that grow at every moment, and `wirewatch tail` that reads the alerts."""
import json
import random
import sqlite3
import subprocess
import threading

from harness import Daemon, Origin, check, rss, wait_until

IN_FEED = 400  # newest articles that a feed shows: no gap between two polls may reach further back


class GrowingFeed:
    """Some articles more at every moment, until it is stopped; every second one is about Pakistan."""

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
            country = "Pakistan" if number % 2 else "Peru"
            guid = f"{self.path.strip('/')}-{number}"
            self.items.append((guid, f"{country} and Russia: talks, day {number}", f"Text number {number}."))
        self.origin.documents[self.path] = rss("stream", self.items[-IN_FEED:][::-1])

    def run(self):
        while not self.stopped.wait(0.05):
            self.publish()

    def stop(self):
        self.stopped.set()
        self.thread.join()
        return [guid for guid, title, _ in self.items if "Pakistan" in title]


class BusyDaemon(Daemon):
    """Not yet started. `finish` ends feeds and tail, and says what was lost, doubled or damaged."""

    def __init__(self, bin_dir, directory, seed, feeds=3):
        self.origin = Origin()
        paths = [f"/f{number}" for number in range(feeds)]
        self.growing = [GrowingFeed(self.origin, path, seed + number) for number, path in enumerate(paths)]
        super().__init__(bin_dir, directory, {path.strip("/"): self.origin.url(path) for path in paths},
                         {"talks": "pakistan AND russia"})
        self.printed = self.directory / "printed.jsonl"
        self.tail = None

    def start_tail(self):
        with open(self.printed, "wb") as out, open(self.directory / "tail.log", "wb") as err:
            self.tail = subprocess.Popen(
                [self.bin / "wirewatch", "--config", self.config, "tail", "--json", "--since", "0",
                 "--cursor", self.directory / "cursor"], stdout=out, stderr=err)

    def fetches(self):
        return sum(self.origin.fetches(feed.path) for feed in self.growing)

    def alerts(self):
        with open(self.printed) as lines:
            return [json.loads(line) for line in lines if line.endswith("\n")]

    def what_is_missing(self, wanted):
        came = {alert["data"]["article"]["url"].rsplit("/", 1)[1] for alert in self.alerts()}
        log = (self.directory / "daemon.log").read_text().splitlines()
        return "\n".join([f"{len(wanted)} should come, {len(came)} did; missing: {sorted(set(wanted) - came)[:5]}",
                          *log[-20:], self.wirewatch("status").stdout, self.wirewatch("feeds").stdout,
                          (self.directory / "tail.log").read_text()])

    def finish(self):
        """The daemon must be running. Gives the number of alerts."""
        wanted = [guid for feed in self.growing for guid in feed.stop()]
        try:
            wait_until(lambda: len({alert["id"] for alert in self.alerts()}) >= len(wanted), "every alert", 60)
        except SystemExit as waited:
            raise SystemExit(f"{waited}\n{self.what_is_missing(wanted)}") from None
        check(self.tail.poll() is None, "tail has ended by itself")
        self.tail.terminate()
        check(self.tail.wait(timeout=10) == 0, "tail ended with an error")
        code, seconds = self.stop()
        check(code == 0 and seconds < 10, f"the daemon ended with {code} after {seconds:.1f} s")
        alerts = self.alerts()
        ids = {alert["id"] for alert in alerts}
        seqs = [alert["data"]["seq"] for alert in alerts]
        guids = sorted(alert["data"]["article"]["url"].rsplit("/", 1)[1] for alert in alerts)
        check(guids == sorted(wanted), f"{len(wanted)} articles match, {len(alerts)} alerts were printed")
        check(len(ids) == len(alerts), "an alert came twice")
        check(seqs == sorted(set(seqs)), "the alerts are out of order")
        database = sqlite3.connect(self.database)
        numbers = [seq for seq, in database.execute("SELECT seq FROM outbox ORDER BY seq")]
        check(numbers == list(range(1, len(numbers) + 1)), "the numbers have a gap")  # words on feeds have some too
        check(database.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the database is damaged")
        return len(alerts)
