#!/usr/bin/env python3
"""What the daemon tells its service manager, heard at a socket that stands in for systemd's.
Usage: service.py --bin DIR"""
import argparse
import ctypes
import os
import pathlib
import signal
import socket
import tempfile
import threading
import time

from harness import Daemon, Origin, check, rss, wait_until

WATCHDOG_SECONDS = 1.5


class Manager:
    """Listens at $NOTIFY_SOCKET; `said` is every message, in order, with when it came."""

    def __init__(self, directory):
        self.path = f"{directory}/notify"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.said = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            message = self.socket.recv(4096).decode()
            self.said.append((time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000, message.split("\n")))

    def count(self, line):
        return sum(line in message for _, message in list(self.said))

    def last(self, prefix):
        lines = [line for _, message in list(self.said) for line in message if line.startswith(prefix)]
        return lines[-1] if lines else None


class StoppedThread:
    """Stops one thread of a process, as SIGSTOP stops all of them: ptrace(2), PTRACE_SEIZE and _INTERRUPT."""

    SEIZE, INTERRUPT, DETACH = 0x4206, 0x4207, 17
    WAIT_ALL = 0x40000000  # __WALL

    def __init__(self, pid, name):
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
        tasks = pathlib.Path(f"/proc/{pid}/task")
        named = [int(task.name) for task in tasks.iterdir() if (task / "comm").read_text().strip() == name]
        check(len(named) == 1, f"there are {len(named)} threads named {name}")
        self.thread = named[0]
        self.call(self.SEIZE)
        self.call(self.INTERRUPT)
        os.waitpid(self.thread, self.WAIT_ALL)

    def call(self, request):
        if self.libc.ptrace(request, self.thread, None, None) == -1:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

    def go_on(self):
        self.call(self.DETACH)


def may_stop_threads(pid):
    try:
        StoppedThread(pid, "desk").go_on()
    except PermissionError as why:
        return str(why)
    return None


def hear_reload(manager, daemon, text, wanted):
    """Writes the configuration, asks for a reload, and hears what comes of it."""
    readies = manager.count("READY=1")
    daemon.config.write_text(text)
    before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    daemon.process.send_signal(signal.SIGHUP)
    wait_until(lambda: manager.count("READY=1") > readies, "READY after the reload")
    reloading = [(at, message) for at, message in manager.said if "RELOADING=1" in message][-1]
    stamp = int(next(line for line in reloading[1] if line.startswith("MONOTONIC_USEC=")).split("=")[1])
    check(before <= stamp <= reloading[0], "MONOTONIC_USEC is not the moment of the reload")
    check(wanted in manager.last("STATUS="), f"the status is {manager.last('STATUS=')}, without {wanted!r}")


def watch_watchdog(manager, daemon):
    wait_until(lambda: manager.count("WATCHDOG=1") >= 3, "signs of life")
    if why := may_stop_threads(daemon.process.pid):
        print(f"skipped: the stalled threads, since no thread can be stopped here: {why}")
        return
    for name in ("desk", "relay"):
        stopped = StoppedThread(daemon.process.pid, name)
        began = time.monotonic()
        # A sign may be under way, and one turn of both threads may just have ended.
        wait_until(lambda: time.monotonic() - began > WATCHDOG_SECONDS, "a silence to begin")
        signs = manager.count("WATCHDOG=1")
        wait_until(lambda: time.monotonic() - began > 3 * WATCHDOG_SECONDS, "two more intervals")
        check(manager.count("WATCHDOG=1") == signs, f"the {name} stands still, and the watchdog was told of life")
        check(daemon.wirewatch("reload").returncode == 0, "main does not answer")
        stopped.go_on()
        wait_until(lambda: manager.count("WATCHDOG=1") > signs, f"signs of life once the {name} goes on")
        print(f"ok: no sign of life while the {name} stands still")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="wirewatch-service-") as directory:
        origin = Origin()
        origin.documents["/a"] = rss("a", [("a1", "Pakistan", "")])
        daemon = Daemon(options.bin, directory, {"a": origin.url("/a")}, {"pakistan": "pakistan"})
        manager = Manager(directory)
        good = daemon.config.read_text()

        # What serves is there by the time that READY comes, and not before.
        daemon.start(NOTIFY_SOCKET=manager.path, WATCHDOG_USEC=str(int(WATCHDOG_SECONDS * 1e6)))
        wait_until(lambda: manager.count("READY=1"), "READY")
        check(daemon.wirewatch("reload").returncode == 0, "READY came before commands were taken")
        check(daemon.wirewatch("tail", "--since", "0", "--no-follow").returncode == 0, "READY came before the stream was there")
        check("watching 1 feeds" in manager.last("STATUS="), manager.last("STATUS="))
        print("ok: READY when it serves")

        hear_reload(manager, daemon, good + '[[rule]]\nid = "second"\nquery = "peru"\n', "2 rules")
        hear_reload(manager, daemon, good.replace("[fetch]", "[fetsch]"), "did you mean 'fetch'?")
        hear_reload(manager, daemon, good, "1 rules")
        print("ok: RELOADING with its moment, then READY, and why a reload was refused")

        watch_watchdog(manager, daemon)

        code, seconds = daemon.stop()
        check(code == 0 and seconds < 10, f"the daemon ended with {code} after {seconds:.1f} s")
        check(manager.count("STOPPING=1") == 1, "STOPPING was not said")
        print(f"ok: STOPPING, and the end {seconds:.1f} s later")

        # A start that fails says nothing of READY.
        silent = Manager(tempfile.mkdtemp(dir=directory))
        daemon.database.write_bytes(b"no database at all, but long enough for its header to be read" * 20)
        for left in ("-wal", "-shm"):
            pathlib.Path(f"{daemon.database}{left}").unlink(missing_ok=True)
        daemon.start(NOTIFY_SOCKET=silent.path)
        check(daemon.process.wait(timeout=15) == 65, "a foreign database does not end the start with 65")
        check(silent.count("READY=1") == 0, "READY was said, although the start failed")
        print("ok: no READY where the start fails")


if __name__ == "__main__":
    main()
