#!/usr/bin/env python3
"""Three feeds over HTTP, five polls: every article is stored once, and two subscribers in Python receive
every alert: the example of docs/alerts.md as it stands there, and one written from that page alone. Feeds: three real ones of the shared corpora where those are
there, else three of our own. Usage: main_job.py --bin DIR --root DIR"""
import argparse
import json
import pathlib
import re
import sqlite3
import subprocess
import tempfile

from harness import Daemon, Origin, check, rss, shared_directory, wait_until

SUBSCRIBER = pathlib.Path(__file__).parent / "subscriber.py"
REAL = {"guardian": "guardian_world_2016.xml", "bbc": "bbc_home_2021.xml", "urdu": "bbc_urdu.atom"}


def documents(root):
    shared = shared_directory(root)
    if shared is None:
        print("the shared corpora are not here: three feeds of our own stand in for the real ones")
        return {name: rss(name, [(f"{name}{i}", f"The world, part {i}", "of us") for i in range(30)]) for name in REAL}
    return {name: (shared / "corpora/feeds/real" / file).read_bytes() for name, file in REAL.items()}


def example_of_the_page(root, daemon, directory):
    """The Python of docs/alerts.md, with this daemon's addresses, as the arguments of an interpreter."""
    page = (pathlib.Path(root) / "docs/alerts.md").read_text()
    code = re.search(r"## The way in 70 lines.*?```python\n(.*?)```", page, re.S)[1]
    code = code.replace("tcp://127.0.0.1:5580", daemon.live).replace("tcp://127.0.0.1:5581", daemon.replay)
    file = pathlib.Path(directory) / "example.py"
    file.write_text(code)
    return [file]


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

        programs = {"example": example_of_the_page(options.root, daemon, directory),
                    "subscriber": [SUBSCRIBER, daemon.live, daemon.replay, "the-world"]}
        received = {name: pathlib.Path(f"{directory}/{name}.jsonl") for name in programs}
        subscribers = [
            subprocess.Popen(["/usr/bin/python3", *arguments], stdout=received[name].open("wb"), stderr=subprocess.DEVNULL)
            for name, arguments in programs.items()
        ]
        daemon.start()
        wait_until(lambda: len(polls) == 3 and min(polls.values()) >= 5, "five polls of each feed")
        status = json.loads(daemon.wirewatch("status", "--json").stdout)
        for name, file in received.items():
            wait_until(lambda: file.read_text().count("\n") >= status["alerts"], f"every alert in the {name}")
        for subscriber in subscribers:
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
        for name, file in received.items():
            alerts = [json.loads(line) for line in file.read_text().splitlines()]
            check([alert["data"]["seq"] for alert in alerts] == list(range(1, status["alerts"] + 1)),
                  f"the {name} has every alert once and in order")
        check(status["alerts"] == status["hits"] > 0, f"{status['hits']} hits, {status['alerts']} alerts")
        print(f"ok: {sum(stored.values())} articles stored once over {min(polls.values())} polls, {len(alerts)} alerts")


if __name__ == "__main__":
    main()
