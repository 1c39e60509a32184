#!/usr/bin/env python3
"""SIGTERM while the daemon backs a large database up: the end comes at once, and nothing of the backup is left.
Usage: stop_in_backup.py --bin DIR [--articles 100000]"""
import argparse
import tempfile

from harness import Daemon, check, wait_until
from large_database import make_large_database, version_of

FORMER = 5  # from which the present schema is reached at once


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options.add_argument("--articles", type=int, default=100_000)
    options = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="wirewatch-backup-") as directory:
        daemon = Daemon(options.bin, directory, {}, {"pakistan": "pakistan"})
        make_large_database(daemon.database, FORMER, options.articles)
        backups = daemon.directory / "wirewatch.db.backups"
        backups.mkdir()
        old = backups / "wirewatch-20210407T120000Z.db"  # so that the next one is due at once
        old.touch()

        daemon.start()
        wait_until(lambda: any(draft.stat().st_size > 1 << 20 for draft in backups.glob("*.draft-*")),
                   "a backup to be under way", every=0.001)
        code, seconds = daemon.stop()
        check(code == 0 and seconds < 3, f"the daemon ended with {code} after {seconds:.1f} s")
        left = sorted(file.name for file in backups.iterdir())
        check(left == [old.name], f"of the backup there is {left}")
        log = (daemon.directory / "daemon.log").read_text()
        check("no backup could be made" not in log, "a stop was told as a failure")
        check(version_of(daemon.database)[1], "the database is not well")
        print(f"ok: a stop in the midst of a backup takes {seconds:.2f} s, and leaves nothing of it")

        # The next start makes it.
        daemon.start()
        wait_until(lambda: len(list(backups.glob("wirewatch-*Z.db"))) == 2 or not old.exists(), "the backup", seconds=90)
        code, _ = daemon.stop()
        check(code == 0, f"the daemon ended with {code}")
        made = [file for file in backups.glob("wirewatch-*Z.db") if file != old]
        check(len(made) == 1 and version_of(made[0])[1], f"the next start made {made}")
        print("ok: the next start makes it")


if __name__ == "__main__":
    main()
