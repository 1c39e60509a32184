#!/usr/bin/env python3
"""A rule with `backfill` comes to a daemon that has a history: its hits come once, marked, through kill -9 and
reloads, while polling and alerts go on. Usage: backfill.py --bin DIR [--articles 3000] [--kills 4]"""
import argparse
import json
import sqlite3
import subprocess
import tempfile

from harness import Daemon, Origin, check, rss, wait_until


class Running:
    def __init__(self, bin_dir, directory, articles):
        self.origin = Origin()
        items = [(f"old{i}", f"{'Moscow' if i % 3 else 'Lima'} talks, day {i}", "Text.") for i in range(articles)]
        self.wanted = sum(1 for _, title, _ in items if "Moscow" in title)
        self.origin.documents["/old.xml"] = rss("old", items)
        self.news = []
        self.publish()
        feeds = {"old": self.origin.url("/old.xml"), "news": self.origin.url("/news.xml")}
        self.daemon = Daemon(bin_dir, directory, feeds, {"lima": "lima AND nowhere"})

    def publish(self):
        """One more article, which every rule of the test matches."""
        number = len(self.news)
        self.news.append((f"new{number}", f"Moscow and Karachi, {number}", ""))
        self.origin.documents["/news.xml"] = rss("news", self.news[::-1])

    def rule(self, query):
        text = self.daemon.config.read_text().split("\n# later\n")[0]
        block = f"[[rule]]\nid = \"late\"\nbackfill = \"30d\"\nquery = '''{query}'''\n"
        self.daemon.config.write_text(text + "\n# later\n" + block)

    def asked(self, sql):
        with sqlite3.connect(f"file:{self.daemon.database}?mode=ro", uri=True, timeout=10) as database:
            return database.execute(sql).fetchone()[0]

    def backfilled(self):
        return self.asked("SELECT count(*) FROM hits WHERE backfilled = 1")

    def is_over(self):
        return self.asked("SELECT count(*) FROM backfill_walks WHERE finished IS NULL") == 0

    def reload(self):
        done = self.daemon.wirewatch("reload")
        check(done.returncode == 0, f"the reload failed: {done.stdout}{done.stderr}")

    def alerts(self):
        """All there are, as a subscriber gets them."""
        done = subprocess.run(
            [self.daemon.bin / "wirewatch", "--config", self.daemon.config, "tail", "--json", "--since", "0",
             "--no-follow"], capture_output=True, text=True, timeout=60)
        check(done.returncode == 0, f"tail ended with {done.returncode}: {done.stderr}")
        return [json.loads(line) for line in done.stdout.splitlines()]


def come(running, kills, articles):
    """The rule comes; the daemon is killed on the way, as often as it is said."""
    running.rule("moscow")
    running.reload()
    for kill in range(1, kills + 1):
        part = running.wanted * kill // (4 * kills)  # early: a busy machine sees it late
        wait_until(lambda: running.backfilled() >= part, f"hit {part} from the history", every=0.002)
        if kill == 1:
            status = json.loads(running.daemon.wirewatch("status", "--json").stdout)
            check(status["backfill_rules"] == 1 and status["backfill_left"] > 0, "the status tells nothing of it")
        running.daemon.kill()
        before = running.backfilled()
        check(before < running.wanted, "the walk was over before it was killed: give it more --articles")
        running.publish()
        running.daemon.start()
    # What comes meanwhile is matched and alerts, whatever is still to be looked at.
    wait_until(lambda: running.asked("SELECT count(*) FROM hits WHERE backfilled = 0") >= kills, "the live hits")
    wait_until(running.is_over, "the end of the walk")
    check(running.asked("SELECT count(*) FROM articles") == articles + len(running.news), "articles are missing")


def hold_good(running, wanted):
    total = running.asked("SELECT head FROM meta")
    wait_until(lambda: len(running.alerts()) >= total, "all alerts at a subscriber", every=0.2)
    alerts = running.alerts()
    seqs = [alert["data"]["seq"] for alert in alerts]
    check(seqs == list(range(1, len(seqs) + 1)), "the numbers have a gap or are out of order")
    check(len({alert["id"] for alert in alerts}) == len(alerts), "an alert came twice")
    marked = [alert for alert in alerts if alert["data"].get("backfill") is True]
    check(len(marked) == wanted, f"{len(marked)} alerts are marked, not {wanted}")
    old = sum(1 for alert in marked if alert["data"]["article"]["feed"]["id"] == "old")
    check(all(alert["subject"] == "late" for alert in alerts), "another rule alerted")
    articles = {alert["data"]["article"]["key"] for alert in alerts}
    check(len(articles) == len(alerts), "an article alerted twice for one rule")
    return old


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options.add_argument("--articles", type=int, default=3000)
    options.add_argument("--kills", type=int, default=4)
    options = options.parse_args()

    with tempfile.TemporaryDirectory(prefix="wirewatch-backfill-") as directory:
        running = Running(options.bin, directory, options.articles)
        daemon = running.daemon
        daemon.start()
        wait_until(lambda: daemon.database.exists() and daemon.wirewatch("status").returncode == 0, "the daemon")
        wait_until(lambda: running.asked("SELECT count(*) FROM articles") == options.articles + 1, "the articles", 60)
        check(not running.alerts(), "there are alerts before the rule")

        come(running, options.kills, options.articles)
        # The first article of the news was there before the rule, too.
        check(hold_good(running, running.wanted + 1) == running.wanted, "hits of the history are missing")

        for _ in range(2):  # neither a reload nor a restart looks again
            running.reload()
            daemon.kill()
            daemon.start()
            wait_until(lambda: daemon.wirewatch("status").returncode == 0, "the daemon")
        check(hold_good(running, running.wanted + 1) == running.wanted, "the walk was walked again")

        running.rule("moscow OR lima")  # another text: the hits that it adds, and no other twice
        running.reload()
        wait_until(lambda: running.backfilled() == options.articles + 1, "the hits of the other text")
        wait_until(running.is_over, "the end of the second walk")
        check(hold_good(running, options.articles + 1) == options.articles, "hits of the other text are missing")

        code, seconds = daemon.stop()
        check(code == 0 and seconds < 10, f"the daemon ended with {code} after {seconds:.1f} s")
        print(f"ok: {options.articles} stored articles, {options.kills} kills, none lost, none twice")


if __name__ == "__main__":
    main()
