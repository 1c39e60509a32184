#!/usr/bin/env python3
"""What the programs find where they are started: closed streams, a full output, pipes among the files of the
configuration, signals that mean nothing, no journald. Usage: surroundings.py --bin DIR"""
import argparse
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import tomllib

from harness import Daemon, Origin, check, rss, wait_until


def a_daemon(bin_dir, directory):
    origin = Origin()
    origin.documents["/a"] = rss("a", [("a1", "Pakistan", "")])
    return Daemon(bin_dir, directory, {"a": origin.url("/a")}, {"talks": "pakistan"})


def alerts(daemon):
    return json.loads(daemon.wirewatch("status", "--json").stdout or "{}").get("alerts")


def closed_streams(bin_dir, directory):
    """The files that are opened next must not get what is logged."""
    daemon = a_daemon(bin_dir, directory)
    daemon.start(wrapper=["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh"])
    wait_until(lambda: alerts(daemon) == 1, "an alert")
    daemon.process.send_signal(signal.SIGHUP)
    wait_until(lambda: daemon.control({"command": "status"})["ok"], "the daemon")
    lock = pathlib.Path(f"{daemon.database}.lock").read_text()
    check(lock == f"{daemon.process.pid}\n", f"the lock holds more than a process: {lock!r}")
    told = json.loads(daemon.wirewatch("status", "--json").stdout)["pid"]
    check(told == daemon.process.pid, f"the process is {daemon.process.pid}, not {told}")
    for stream in range(3):
        check(os.readlink(f"/proc/{daemon.process.pid}/fd/{stream}") == "/dev/null", f"stream {stream}")
    check(daemon.stop()[0] == 0, "the daemon ends in order")
    said = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", daemon.bin / "wirewatch", "--config", daemon.config, "history"],
                          capture_output=True, text=True, timeout=20)
    check(said.returncode == 1 and "could not be written" in said.stderr, f"a closed output fails: {said}")


def pipes(bin_dir, directory):
    """Neither a check nor a reload waits for whoever might write into a pipe."""
    daemon = a_daemon(bin_dir, directory)
    daemon.config.write_text('include = ["rules*.toml"]\n' + daemon.config.read_text())
    daemon.start()
    wait_until(lambda: alerts(daemon) == 1, "an alert")
    os.mkfifo(directory / "rules.toml")
    checked = subprocess.run([daemon.bin / "wirewatchd", "--config", daemon.config, "--check"], capture_output=True,
                             text=True, timeout=20)
    check(checked.returncode == 78 and "rules.toml' is no file" in checked.stderr, f"a pipe is included: {checked}")
    reload = daemon.control({"command": "reload"})
    check(not reload["ok"] and "is no file" in " ".join(reload["details"]), f"a pipe is included: {reload}")
    check(daemon.stop()[0] == 0, "the daemon ends in order")


def full_output(bin_dir, directory):
    """Who keeps the output must hear that it is not whole. And what is printed can be used."""
    daemon = a_daemon(bin_dir, directory)
    for option in ("--check", "--print-config"):
        with open("/dev/full", "w") as full:
            done = subprocess.run([daemon.bin / "wirewatchd", "--config", daemon.config, option], stdout=full,
                                  stderr=subprocess.PIPE, text=True, timeout=20)
        check(done.returncode == 1 and "could not be written" in done.stderr, f"{option} to a full disk: {done}")

    def run(option):
        done = subprocess.run([daemon.bin / "wirewatchd", "--config", daemon.config, option], capture_output=True,
                              text=True, timeout=20)
        check(done.returncode == 0, f"{option}: {done.stderr}")
        return done.stdout

    (directory / "rules.toml").write_text('stemming = false\n[[rule]]\nid = "gas"\nquery = "gas"\n')
    daemon.config.write_text('include = ["rules.toml"]\n' + daemon.config.read_text())
    printed = run("--print-config")
    daemon.config.write_text(printed)
    run("--check")
    again = run("--print-config")
    check(tomllib.loads(printed) == tomllib.loads(again), f"what was printed says something else:\n{printed}\n{again}")
    rules = {rule["id"]: rule for rule in tomllib.loads(again)["rule"]}
    check(not rules["gas"]["stemming"] and rules["talks"]["stemming"], f"the rules' stemming: {rules}")


def signals_without_meaning(bin_dir, directory):
    daemon = a_daemon(bin_dir, directory)
    daemon.start()
    wait_until(lambda: alerts(daemon) == 1, "an alert")
    for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGPIPE):
        daemon.process.send_signal(number)
    check(daemon.control({"command": "status"})["ok"], "the daemon lives on")
    check(daemon.stop()[0] == 0, "and ends in order")


def no_journald(bin_dir, directory):
    """A log for a journal that is not there goes to stderr."""
    if os.path.exists("/run/systemd/journal/socket"):
        print("no journald: there is one; not tried")
        return
    daemon = a_daemon(bin_dir, directory)
    daemon.config.write_text(daemon.config.read_text() + '[log]\nformat = "journal"\n')
    daemon.database.write_text("no database")
    ended = subprocess.run([daemon.bin / "wirewatchd", "--config", daemon.config], capture_output=True, text=True,
                           timeout=20)
    check(ended.returncode == 65 and "cannot start: " in ended.stderr, f"an error at the start: {ended}")
    check(ended.stderr.count("there is no journald here") == 1, f"said once: {ended.stderr}")
    check(not pathlib.Path(f"{daemon.database}.lock").exists(), "a lock beside what is no database of ours")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options = options.parse_args()
    for test in (closed_streams, pipes, full_output, signals_without_meaning, no_journald):
        with tempfile.TemporaryDirectory(prefix="wirewatch-surroundings-") as directory:
            test(options.bin, pathlib.Path(directory))
        print(f"ok: {test.__name__}")


if __name__ == "__main__":
    main()
