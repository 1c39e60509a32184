#!/usr/bin/env python3
"""The wall clock jumps by an hour in both directions, under the real daemon: no storm of polls, no early one,
and the numbers of alerts go on. Usage: clock.py --bin DIR"""
import argparse
import glob
import json
import pathlib
import sys
import tempfile

from harness import Daemon, Origin, check, rss, wait_until

FEEDS = 20


class Clock:
    """What the daemon takes for the time of day: libfaketime reads it from a file. Ticks stay true."""

    def __init__(self, library, file):
        self.file = pathlib.Path(file)
        self.environment = {
            "LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        self.jump(0)

    def jump(self, seconds):
        new = self.file.with_suffix(".new")
        new.write_text(f"{seconds:+d}\n")
        new.replace(self.file)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options = options.parse_args()
    found = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    if not found:
        print("skipped: there is no libfaketime")
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="wirewatch-clock-") as directory:
        origin = Origin()
        paths = {f"f{number}": f"/f{number}" for number in range(FEEDS)}
        for path in paths.values():
            origin.documents[path] = rss(path, [(f"{path[1:]}-1", "Pakistan", "")])
        origin.documents["/quick"] = rss("quick", [("q1", "Pakistan", "")])
        daemon = Daemon(options.bin, directory, {name: origin.url(path) for name, path in paths.items()},
                        {"talks": "pakistan"}, interval="4h")  # a jump forward may have been sleep: it counts
        daemon.config.write_text(daemon.config.read_text() + (
            f'[[feed]]\nid = "quick"\nurl = "{origin.url("/quick")}"\ninterval = "100ms"\n'
            'respect_ttl = false\nallow_private = ["127.0.0.1"]\n'))
        clock = Clock(found[0], f"{directory}/clock")
        daemon.start(**clock.environment)
        log = daemon.directory / "daemon.log"

        def polls():
            return sum(origin.fetches(path) for path in paths.values())

        def quick_polls(more):
            wanted = origin.fetches("/quick") + more
            wait_until(lambda: origin.fetches("/quick") >= wanted, "the quick feed to be polled")

        wait_until(lambda: polls() == FEEDS, "the first poll of every feed")
        wait_until(lambda: daemon.control({"command": "status"})["status"]["ok"] == FEEDS + 1, "their ends")
        for jump, words in ((3600, "set forward"), (0, "set back"), (-3600, "set back"), (0, "set forward")):
            told = log.read_text().count(words)
            clock.jump(jump)
            wait_until(lambda: log.read_text().count(words) > told, f"a word on the clock ({words})")
            quick_polls(10)  # it lives by ticks, and so goes on at its pace
            twice = [name for name, path in paths.items() if origin.fetches(path) > 1]
            check(not twice, f"after a jump to {jump:+d} s, {twice} were polled early: {log.read_text()[-2000:]}\n"
                             + "".join(daemon.wirewatch("feeds", "show", name).stdout for name in twice[:1]))
        print(f"ok: jumps of an hour, none of {FEEDS} feeds polled early")

        # Past their time all are due: each is polled once and no more.
        clock.jump(6 * 3600)
        wait_until(lambda: "due" in log.read_text() and polls() >= FEEDS, "the long jump")
        quick_polls(20)
        check(polls() <= 2 * FEEDS, f"{polls() - FEEDS} polls of {FEEDS} feeds after a jump past their time")

        origin.documents["/quick"] = rss("quick", [("q1", "Pakistan", ""), ("q2", "Pakistan later", "")])
        wait_until(lambda: daemon.wirewatch("history", "--feed", "quick", "--json").stdout.count("Pakistan later") > 0, "q2")
        seqs = [json.loads(line)["data"]["seq"]
                for line in daemon.wirewatch("tail", "--since", "0", "--no-follow", "--json").stdout.splitlines()]
        check(seqs == list(range(1, FEEDS + 3)), f"the numbers of alerts are {seqs}")
        code, _ = daemon.stop()
        check(code == 0, f"the daemon ended with {code}")
    print("ok: no storm after a jump past all due times, and the numbers go on")


if __name__ == "__main__":
    main()
