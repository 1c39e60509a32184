#!/usr/bin/env python3
"""SIGHUP again and again while articles stream in, every second time with a configuration that is wrong.
Nothing may be lost, and what is wrong may change nothing. Usage: reload.py --bin DIR [--reloads 500] [--seed N]"""
import argparse
import random
import signal
import tempfile
import time

from busy_daemon import BusyDaemon
from harness import check, wait_until
from service import Manager

# What people get wrong, and a word of what they are told.
WRONG = [
    (lambda text: text.replace("[fetch]", "[fetsch]"), "did you mean 'fetch'"),
    (lambda text: text + '[[rule]]\nid = "no query"\nquery = "x"\n', "is no id"),
    (lambda text: text + "this is no TOML\n", "wirewatch.toml:"),
    (lambda text: text.replace('interval = "100ms"', 'interval = "soon"'), "soon"),
    (lambda text: text + 'include = ["none.toml"]\n', "wirewatch.toml:"),
    (lambda text: text + '[[feed]]\nid = "x"\nurl = "gopher://example.org/"\n', "gopher"),
]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options.add_argument("--reloads", type=int, default=500)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options = options.parse_args()
    print(f"seed {options.seed}, {options.reloads} reloads")
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="wirewatch-reload-") as directory:
        daemon = BusyDaemon(options.bin, directory, options.seed)
        manager = Manager(directory)
        good = daemon.config.read_text()
        daemon.start(NOTIFY_SOCKET=manager.path)
        wait_until(lambda: manager.count("READY=1") == 1, "the start")
        daemon.start_tail()
        rules = 1
        for number in range(options.reloads):
            fetches = daemon.fetches() + dice.randint(0, 3)
            wait_until(lambda: daemon.fetches() >= fetches, "the next fetches", every=0.002)
            if number % 2:
                spoil, words = dice.choice(WRONG)
                daemon.config.write_text(spoil(good))
            else:
                rules = 1 + dice.randint(0, 5)
                words = f"{rules} rules"
                daemon.config.write_text(good + "".join(
                    f'[[rule]]\nid = "other{other}"\nquery = "peru{number}"\n' for other in range(rules - 1)))
            daemon.process.send_signal(signal.SIGHUP)
            wait_until(lambda: manager.count("READY=1") == number + 2, f"the end of reload {number}")
            status = manager.last("STATUS=")
            check(words in status, f"reload {number}: the status is {status}, without {words!r}")
            in_force = daemon.control({"command": "status"})["status"]["rules"]
            check(in_force == rules, f"reload {number}: {in_force} rules are in force, not {rules}")
        daemon.config.write_text(good)
        readies = manager.count("READY=1")
        for _ in range(50):  # faster than they can be served: one reload may stand for many
            daemon.process.send_signal(signal.SIGHUP)
        wait_until(lambda: manager.count("READY=1") > readies and "1 rules" in manager.last("STATUS="), "the last reload")
        alerts = daemon.finish()
        print(f"ok: {options.reloads} reloads, {alerts} alerts, none lost, none twice")


if __name__ == "__main__":
    main()
