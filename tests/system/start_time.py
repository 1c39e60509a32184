#!/usr/bin/env python3
"""How long a start takes with a given database, of which it works on a copy: from the program's start to READY, and
to the end after SIGTERM. Usage: start_time.py --bin DIR --database FILE [--times 5] [--cold] [--most SECONDS]"""
import argparse
import os
import pathlib
import shutil
import statistics
import tempfile
import time

from harness import Daemon, check, wait_until
from service import Manager


def forget_cached(file):
    """Its pages leave the memory, so that the next reader waits for the disk."""
    with open(file, "rb") as opened:
        os.fsync(opened.fileno())
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options.add_argument("--database", required=True, type=pathlib.Path)
    options.add_argument("--times", type=int, default=5)
    options.add_argument("--cold", action="store_true", help="without what the system still has of the file")
    options.add_argument("--most", type=float, help="fail where the median of the starts takes longer")
    options = options.parse_args()
    starts, ends = [], []
    with tempfile.TemporaryDirectory(prefix="wirewatch-start-", dir=options.database.resolve().parent) as directory:
        daemon = Daemon(options.bin, directory, {}, {"pakistan": "pakistan"})
        shutil.copy(options.database, daemon.database)
        manager = Manager(directory)
        for _ in range(options.times):
            if options.cold:
                forget_cached(daemon.database)
            manager.said.clear()
            began = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
            daemon.start(NOTIFY_SOCKET=manager.path)
            wait_until(lambda: manager.count("READY=1"), "READY", seconds=600, every=0.001)
            starts.append((next(at for at, message in manager.said if "READY=1" in message) - began) / 1e6)
            code, seconds = daemon.stop()
            check(code == 0, f"the daemon ended with {code}")
            ends.append(seconds)
    size = options.database.stat().st_size >> 20
    for what, seconds in (("to READY", starts), ("to the end", ends)):
        print(f"{what}: {statistics.median(seconds):.3f} s (median of {len(seconds)}; "
              f"{min(seconds):.3f} to {max(seconds):.3f}), {size} MiB{', cold' if options.cold else ''}")
    check(options.most is None or statistics.median(starts) <= options.most, f"the start takes over {options.most} s")


if __name__ == "__main__":
    main()
