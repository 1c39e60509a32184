#!/usr/bin/env python3
"""What the real daemon does about its disk: full, read-only, a damaged or foreign database, a cut-off log.
The full disk is a small tmpfs, which needs root; elsewhere a file size limit. Usage: disk_faults.py --bin DIR"""
import argparse
import contextlib
import ctypes
import json
import os
import pathlib
import resource
import shutil
import sqlite3
import subprocess
import tempfile

from harness import Daemon, Origin, check, rss, wait_until

RULES = {"russia": "russia"}
LIBC = ctypes.CDLL(None, use_errno=True)
MS_RDONLY, MNT_DETACH = 1, 2


@contextlib.contextmanager
def mounted(directory, size):
    """A file system of its own; None where it may not be mounted."""
    ok = LIBC.mount(b"tmpfs", str(directory).encode(), b"tmpfs", 0, f"size={size}".encode()) == 0
    try:
        yield ok or None
    finally:
        if ok:
            LIBC.umount2(str(directory).encode(), MNT_DETACH)


class Feed:
    """A feed that has `count` more articles each time it is asked to grow."""

    def __init__(self, origin):
        self.origin, self.items = origin, []
        self.grow(3)

    def grow(self, count, words=3):
        for _ in range(count):
            number = len(self.items)
            self.items.append((f"a{number}", f"Russia item {number}", "word%d " % number * words))
        self.origin.documents["/feed"] = rss("feed", self.items[-200:][::-1])


def log_of(daemon):
    return (daemon.directory / "daemon.log").read_text(errors="replace")


def articles(daemon):
    with contextlib.closing(sqlite3.connect(f"file:{daemon.database}?mode=ro", uri=True)) as database:
        return database.execute("SELECT count(*) FROM articles").fetchone()[0]


def stored(daemon, feed):
    def there():
        try:
            return articles(daemon) == len(feed.items)
        except sqlite3.OperationalError:
            return False
    return there


def no_more_room(daemon, feed, origin, fill, free):
    """`fill` takes all room away while the daemon runs, `free` gives it back."""
    daemon.start()
    wait_until(stored(daemon, feed), "the first articles")
    before = articles(daemon)
    fill()
    for _ in range(30):
        feed.grow(20, words=300)
        asked = origin.fetches("/feed")
        wait_until(lambda: origin.fetches("/feed") > asked or "polling stops" in log_of(daemon), "a poll")
        if "polling stops" in log_of(daemon):
            break
    check("polling stops" in log_of(daemon), "a full disk stops polling")
    check("the disk is full" in log_of(daemon), "and the log says why")
    kept = articles(daemon)
    check(before <= kept < len(feed.items), "what did not fit is not there")
    listed = daemon.wirewatch("history", "--limit", "3")
    check(listed.returncode == 0 and "Russia item" in listed.stdout, f"reading goes on: {listed.stderr}")
    seen = daemon.wirewatch("tail", "--since", "0", "--no-follow", "--json")
    check(len(seen.stdout.splitlines()) >= kept, f"replay goes on: {len(seen.stdout.splitlines())} {seen.stderr}")
    status = daemon.wirewatch("status")
    check(status.returncode == 1 and "stopped since" in status.stdout, f"status says so: {status}")
    told = json.loads(daemon.wirewatch("status", "--json").stdout)["polling_stopped"]
    check("the disk is full" in told["why"] and told["since"], f"so does its JSON: {told}")
    check("polling has stopped" in daemon.wirewatch("feeds").stderr, "so do the feeds")
    asked = origin.fetches("/feed")
    retried = log_of(daemon).count("polling stops")
    check(origin.fetches("/feed") - asked <= 1 and retried == 1, "nothing is fetched, and it is said once")
    free()
    wait_until(lambda: "polling goes on" in log_of(daemon), "polling to go on by itself", seconds=60)
    wait_until(stored(daemon, feed), "what did not fit before")
    status = json.loads(daemon.wirewatch("status", "--json").stdout)
    check(status["polling_stopped"] is None, "status has forgotten it")
    check(status["matching"]["articles"] == len(feed.items), f"tried again, counted once: {status['matching']}")
    check(daemon.stop()[0] == 0, "and the daemon ends in order")
    verified = daemon.wirewatch("verify")
    check(verified.returncode == 0, f"the database is whole: {verified.stdout} {verified.stderr}")


def full_disk(bin_dir, root):
    origin = Origin()
    feed = Feed(origin)
    with mounted(root, "3m") as mount:
        daemon = Daemon(bin_dir, root, {"feed": origin.url("/feed")}, RULES)
        if mount:
            ballast = root / "ballast"

            def fill():
                with contextlib.suppress(OSError), open(ballast, "wb", buffering=0) as file:
                    while True:
                        file.write(b"x" * 4096)

            # The log is on the same disk: what it says now must be written, and there is no room.
            daemon.log = open(pathlib.Path(tempfile.gettempdir()) / f"{root.name}.log", "ab")
            (root / "daemon.log").unlink()
            (root / "daemon.log").symlink_to(daemon.log.name)
            no_more_room(daemon, feed, origin, fill, ballast.unlink)
            os.unlink(daemon.log.name)
            print("full disk (tmpfs): ok")
    if not mount:
        print("full disk: no right to mount a tmpfs; a file size limit instead")


def file_size_limit(bin_dir, root):
    origin = Origin()
    feed = Feed(origin)
    daemon = Daemon(bin_dir, root, {"feed": origin.url("/feed")}, RULES)

    def limit(size):
        resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    no_more_room(daemon, feed, origin, lambda: limit(600_000), lambda: limit(resource.RLIM_INFINITY))
    print("file size limit: ok")


def read_only_disk(bin_dir, root):
    origin = Origin()
    feed = Feed(origin)
    with mounted(root, "16m") as mount:
        if not mount:
            print("read-only disk: no right to mount a tmpfs; not tried")
            return
        daemon = Daemon(bin_dir, root, {"feed": origin.url("/feed")}, RULES)
        daemon.start()
        wait_until(stored(daemon, feed), "the first articles")
        daemon.stop()
        daemon.log.close()
        flags = 32 | MS_RDONLY  # MS_REMOUNT
        done = LIBC.mount(b"tmpfs", str(root).encode(), b"tmpfs", flags, None)
        check(done == 0, f"remounted read-only: {os.strerror(ctypes.get_errno())}")
        refused = subprocess.run([daemon.bin / "wirewatchd", "--config", daemon.config], capture_output=True, text=True,
                                 timeout=20)
        check(refused.returncode == 1 and str(daemon.database) in refused.stderr, f"the start is refused: {refused}")
        listed = daemon.wirewatch("history")
        check(listed.returncode == 0 and "Russia item" in listed.stdout, f"reading goes on: {listed.stderr}")
        print("read-only disk: ok")


def spoiled(bin_dir, root):
    """A database that is damaged, or somebody else's: exit 65, no byte changed, and the way to restore."""
    origin = Origin()
    feed = Feed(origin)
    daemon = Daemon(bin_dir, root, {"feed": origin.url("/feed")}, RULES)
    daemon.start()
    wait_until(stored(daemon, feed), "the first articles")
    backup = root / "backup.db"
    check(daemon.wirewatch("backup", backup).returncode == 0, "a backup while the daemon runs")
    check(daemon.wirewatch("restore", backup).returncode == 1, "no restore while the daemon runs")
    daemon.stop()
    good = daemon.database.read_bytes()

    def damaged_header(file):
        file.write_bytes(b"\x00" * 100 + good[100:])

    def cut_off(file):
        file.write_bytes(good[:60])

    def text(file):
        file.write_text("dear diary\n" * 100)

    def foreign(file):
        with contextlib.closing(sqlite3.connect(file)) as database:
            database.executescript("PRAGMA application_id = 7; CREATE TABLE theirs (a)")

    for spoil in (damaged_header, cut_off, text, foreign):
        daemon.database.unlink()
        spoil(daemon.database)
        before = daemon.database.read_bytes()
        ended = subprocess.run([daemon.bin / "wirewatchd", "--config", daemon.config], capture_output=True, text=True,
                               timeout=20)
        name = spoil.__name__
        check(ended.returncode == 65, f"{name}: exit 65, not {ended.returncode}: {ended.stderr}")
        check("wirewatch restore" in ended.stderr, f"{name}: the way to restore: {ended.stderr}")
        check(daemon.database.read_bytes() == before, f"{name}: no byte is changed")
        check(daemon.wirewatch("history").returncode == 65, f"{name}: readers say so too")
    restored = daemon.wirewatch("restore", backup)
    check(restored.returncode == 0, f"a restore mends it: {restored.stderr}")
    starts = log_of(daemon).count("alerts at")
    daemon.start()
    wait_until(lambda: log_of(daemon).count("alerts at") > starts, "the daemon to serve again")
    check(stored(daemon, feed)() and daemon.stop()[0] == 0, "the articles are back")
    print("damaged and foreign databases: ok")


def damaged_while_running(bin_dir, root):
    """Pages that are damaged under a running daemon end it with 65 at the next commit that meets them."""
    origin = Origin()
    feed = Feed(origin)
    feed.grow(100, words=200)
    daemon = Daemon(bin_dir, root, {"feed": origin.url("/feed")}, RULES)
    daemon.start()
    wait_until(stored(daemon, feed), "the first articles")
    daemon.stop()
    size = daemon.database.stat().st_size
    with open(daemon.database, "r+b") as file:
        for page in range(2, size // 4096):
            file.seek(page * 4096)
            file.write(b"\x7f" * 64)
    before = daemon.database.read_bytes()
    feed.grow(5)
    daemon.start()
    check(daemon.process.wait(timeout=30) == 65, "exit 65")
    check("wirewatch restore" in log_of(daemon), "the way to restore")
    check(daemon.database.read_bytes() == before, "no byte is changed")
    print("pages damaged: ok")


def cut_log(bin_dir, root):
    """A log that lost its end, as by a power cut of a disk that lies: what is whole of it counts."""
    origin = Origin()
    feed = Feed(origin)
    daemon = Daemon(bin_dir, root, {"feed": origin.url("/feed")}, RULES)
    daemon.start()
    wait_until(stored(daemon, feed), "the first articles")
    for _ in range(5):
        feed.grow(2)
        wait_until(stored(daemon, feed), "more articles")
    daemon.kill()
    log = daemon.database.with_name("wirewatch.db-wal")
    for part in (0.7, 0.3):
        os.truncate(log, int(log.stat().st_size * part))
        copy = root / f"copy{part}"
        copy.mkdir()
        for file in root.glob("wirewatch.db*"):
            if file.is_file():
                shutil.copy(file, copy)
        with contextlib.closing(sqlite3.connect(copy / "wirewatch.db")) as database:
            check(database.execute("PRAGMA integrity_check").fetchone() == ("ok",), "what is left is whole")
    daemon.start()
    wait_until(stored(daemon, feed), "the lost articles, fetched again", seconds=30)
    check(daemon.stop()[0] == 0, "the daemon serves")
    check(daemon.wirewatch("verify").returncode == 0, "the database is whole")
    print("cut-off log: ok")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options = options.parse_args()
    for test in (full_disk, file_size_limit, read_only_disk, spoiled, damaged_while_running, cut_log):
        with tempfile.TemporaryDirectory(prefix="wirewatch-disk-") as directory:
            test(options.bin, pathlib.Path(directory))


if __name__ == "__main__":
    main()
