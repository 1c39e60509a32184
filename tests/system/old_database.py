#!/usr/bin/env python3
"""A large database of a former wirewatch's is brought up to date while the service manager waits, and as long as
nobody asks for the end. Usage: old_database.py --bin DIR [--articles 200000]"""
import argparse
import signal
import tempfile
import time

from harness import Daemon, check, wait_until
from large_database import make_large_database, version_of
from service import Manager

STEP = "STATUS=bringing the database to version "
FORMER = 4  # the step to version 5 touches every article


def start_and_hear(daemon, manager):
    daemon.start(NOTIFY_SOCKET=manager.path)
    wait_until(lambda: manager.last(STEP), "word of the first step")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options.add_argument("--articles", type=int, default=200_000)
    options = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="wirewatch-old-") as directory:
        daemon = Daemon(options.bin, directory, {}, {"pakistan": "pakistan"})
        make_large_database(daemon.database, FORMER, options.articles)
        manager = Manager(directory)

        start_and_hear(daemon, manager)
        check(", step 1 of " in manager.last(STEP), manager.last(STEP))
        began = time.monotonic()
        daemon.process.send_signal(signal.SIGTERM)
        code = daemon.process.wait(timeout=30)
        seconds = time.monotonic() - began
        check(code == 0 and seconds < 5, f"a stop in the midst of the upgrade ended with {code} after {seconds:.1f} s")
        check(manager.count("READY=1") == 0, "READY was said")
        check(version_of(daemon.database) == (FORMER, True), f"it is {version_of(daemon.database)} after the stop")
        print(f"ok: a stop in the midst takes {seconds:.2f} s, and leaves the former database")

        manager.said.clear()
        start_and_hear(daemon, manager)
        wait_until(lambda: manager.count("READY=1"), "READY after the upgrade", seconds=100)
        ready = next(at for at, message in manager.said if "READY=1" in message)
        told = [(at, message) for at, message in manager.said if any(line.startswith(STEP) for line in message)]
        first = [at for at, message in told if any(", step 1 of " in line for line in message)]
        lasted = (min(at for at, _ in told if at > first[-1]) - first[0]) / 1e6
        check(len(first) > 1 or lasted < 1.2, f"a step of {lasted:.1f} s was told {len(first)} times")
        times = [at for at, message in manager.said if message[0].startswith("EXTEND_TIMEOUT_USEC=")]
        for at, message in told:
            check(message[0].startswith("EXTEND_TIMEOUT_USEC="), f"the manager is not asked to wait: {message}")
            most = int(message[0].split("=")[1])
            following = min([later for later in [*times, ready] if later > at])
            check(following - at < most, f"nothing was said for {following - at} us after {message}")
        check("watching 0 feeds" in manager.last("STATUS="), manager.last("STATUS="))
        check("starting: bringing the database to version" in (daemon.directory / "daemon.log").read_text(), "no line in the log")
        code, _ = daemon.stop()
        check(code == 0, f"the daemon ended with {code}")
        version, well = version_of(daemon.database)
        check(version > FORMER and well, f"the database has version {version}")
        print(f"ok: {len(told)} words in {(ready - told[0][0]) / 1e6:.1f} s, then READY with version {version}")


if __name__ == "__main__":
    main()
