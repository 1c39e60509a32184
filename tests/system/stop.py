#!/usr/bin/env python3
"""SIGTERM in the midst of work, again and again: each end takes at most 10 s, with exit code 0, and nothing is
lost over all of them. Usage: stop.py --bin DIR [--stops 100] [--seed N]"""
import argparse
import random
import tempfile
import time

from busy_daemon import BusyDaemon
from harness import check, wait_until


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options.add_argument("--stops", type=int, default=100)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options = options.parse_args()
    print(f"seed {options.seed}, {options.stops} stops")
    dice = random.Random(options.seed)
    longest = 0.0
    with tempfile.TemporaryDirectory(prefix="wirewatch-stop-") as directory:
        daemon = BusyDaemon(options.bin, directory, options.seed)
        daemon.start()
        daemon.start_tail()
        for number in range(options.stops):
            fetches = daemon.fetches() + dice.randint(1, 8)
            wait_until(lambda: daemon.fetches() >= fetches, "the next fetches", every=dice.uniform(0.0005, 0.02))
            code, seconds = daemon.stop()
            longest = max(longest, seconds)
            check(code == 0 and seconds <= 10, f"stop {number}: exit code {code} after {seconds:.1f} s")
            left = [name for name in ("-wal", "-shm", ".sock") if (daemon.directory / f"wirewatch.db{name}").exists()]
            check(left in ([], ["-wal", "-shm"]), f"stop {number} left {left}")  # tail may have the database open
            daemon.start()
        alerts = daemon.finish()
        print(f"ok: {options.stops} stops of at most {longest:.2f} s, {alerts} alerts, none lost, none twice")


if __name__ == "__main__":
    main()
