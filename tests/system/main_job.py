#!/usr/bin/env python3
"""Three feeds over HTTP, five polls: every article is stored once, and a subscriber written in Python
from docs/alerts.md receives every alert. Feeds: three real ones of the shared corpora where those are
there, else three of our own. Usage: main_job.py --bin DIR --root DIR"""
import argparse
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

from harness import Daemon, Origin, check, rss, shared_directory, wait_until

REAL = {"guardian": "guardian_world_2016.xml", "bbc": "bbc_home_2021.xml", "urdu": "bbc_urdu.atom"}


def documents(root):
    shared = shared_directory(root)
    if shared is None:
        print("the shared corpora are not here: three feeds of our own stand in for the real ones")
        return {name: rss(name, [(f"{name}{i}", f"The world, part {i}", "of us") for i in range(30)]) for name in REAL}
    return {name: (shared / "corpora/feeds/real" / file).read_bytes() for name, file in REAL.items()}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options.add_argument("--root", required=True)
    options = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="wirewatch-main-job-") as directory:
        origin = Origin()
        polls = {}
        for name, body in documents(options.root).items():
            # A comment that changes at every poll defeats validators and body hash: all is parsed anew.
            def changing(name=name, body=body):
                polls[name] = polls.get(name, 0) + 1
                return body + b"<!-- %d -->" % polls[name]
            origin.documents[f"/{name}"] = changing
        rules = {"the-world": "world OR the OR of OR دنیا", "never": "qwertyuiopasdfgh"}
        daemon = Daemon(options.bin, directory, {name: origin.url(f"/{name}") for name in REAL}, rules)

        subscriber = subprocess.Popen(
            [sys.executable, pathlib.Path(__file__).parent / "subscriber.py", daemon.live, daemon.replay, "the-world"],
            stdout=open(f"{directory}/received", "wb"), stderr=subprocess.PIPE,
        )
        daemon.start()
        wait_until(lambda: len(polls) == 3 and min(polls.values()) >= 5, "five polls of each feed")
        status = json.loads(daemon.wirewatch("status", "--json").stdout)
        received = pathlib.Path(f"{directory}/received")
        wait_until(lambda: received.read_text().count("\n") >= status["alerts"], "every alert in Python")
        subscriber.terminate()
        subscriber.wait(timeout=10)
        code, _ = daemon.stop()
        check(code == 0, f"the daemon ended with {code}")

        listed = {}
        for name in REAL:
            body = documents(options.root)[name]
            parsed = subprocess.run([daemon.bin / "wirewatch", "feeds", "parse", "-"], input=body, capture_output=True)
            listed[name] = len(json.loads(parsed.stdout)["items"])
        database = sqlite3.connect(daemon.database)
        stored = dict(database.execute("SELECT feed_id, count(*) FROM articles GROUP BY feed_id"))
        check(stored == listed, f"in the documents: {listed}, stored: {stored}")
        alerts = [json.loads(line) for line in received.read_text().splitlines()]
        check([alert["data"]["seq"] for alert in alerts] == list(range(1, status["alerts"] + 1)), "alerts in order")
        check(status["alerts"] == status["hits"] > 0, f"{status['hits']} hits, {status['alerts']} alerts")
        print(f"ok: {sum(stored.values())} articles stored once over {min(polls.values())} polls, {len(alerts)} alerts")


if __name__ == "__main__":
    main()
