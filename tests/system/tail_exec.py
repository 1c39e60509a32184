#!/usr/bin/env python3
"""`wirewatch tail --exec`: a program for each alert, its body on the input, no shell; the cursor moves only on exit 0.
Usage: tail_exec.py --bin DIR"""
import argparse
import pathlib
import signal
import sqlite3
import subprocess
import tempfile

from harness import Daemon, Origin, check, rss, wait_until


OLD = ("old", "An old story", "that is in the feed from the beginning, so that no read is the end of a gap")


class Desk:
    def __init__(self, bin_dir, directory):
        self.directory = pathlib.Path(directory)
        self.origin, self.items = Origin(), []
        self.origin.documents["/wire.xml"] = rss("wire", [OLD])
        self.daemon = Daemon(bin_dir, directory, {"wire": self.origin.url("/wire.xml")}, {"talks": "talks"})
        self.daemon.start()
        wait_until(lambda: self.origin.fetches("/wire.xml") > 0, "the first fetch")

    def report(self, count):
        for _ in range(count):
            self.items.append((f"a{len(self.items)}", f"Talks, part {len(self.items)}", "of people; $(touch hacked) `id`"))
            self.origin.documents["/wire.xml"] = rss("wire", [*self.items[::-1], OLD])
            wait_until(lambda: self.alerts() == len(self.items), "the alert")

    def alerts(self):
        database = sqlite3.connect(f"file:{self.daemon.database}?mode=ro", uri=True, timeout=10)
        try:
            return database.execute("SELECT count(hit_id) FROM outbox").fetchone()[0]
        finally:
            database.close()

    def program(self, name, text):
        file = self.directory / name
        file.write_text(f"#!/usr/bin/python3\nimport json, os, pathlib, sys, time\nhere = pathlib.Path({str(self.directory)!r})\n"
                        f"alert = json.load(sys.stdin)\nseq = alert['data']['seq']\n{text}\n")
        file.chmod(0o755)
        return str(file)

    def tail(self, name, *options):
        return subprocess.Popen(
            [self.daemon.bin / "wirewatch", "--config", self.daemon.config, "tail", "--cursor", self.directory / f"{name}.cursor",
             *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def cursor(self, name):
        file = self.directory / f"{name}.cursor"
        return int(file.read_text().split()[3]) if file.exists() else None

    def lines(self, name):
        file = self.directory / name
        return file.read_text().splitlines() if file.exists() else []


def end(tail, code=0):
    tail.send_signal(signal.SIGTERM)
    _, err = tail.communicate(timeout=20)
    check(tail.returncode == code, f"tail ended with {tail.returncode}: {err}")
    return err


def each_alert_once_and_in_order(desk):
    desk.report(3)
    program = desk.program("note", "open(here / 'noted', 'a').write(f\"{seq} {sys.argv[1:]}\\n\")")
    tail = desk.tail("note", "--exec", program, "--exec-arg", "a b", "--exec-arg", "$HOME; true")
    desk.report(2)
    wait_until(lambda: len(desk.lines("noted")) == 5, "five runs")
    wait_until(lambda: desk.cursor("note") == 5, "the cursor")
    end(tail)
    check(desk.lines("noted") == [f"{seq} ['a b', '$HOME; true']" for seq in range(1, 6)], f"noted: {desk.lines('noted')}")
    check(not pathlib.Path("hacked").exists() and not (desk.directory / "hacked").exists(), "a shell was at work")


def failure_holds_the_cursor_and_is_tried_again(desk):
    program = desk.program("stubborn", """
open(here / 'tried', 'a').write(f"{seq}\\n")
sys.exit(3 if seq == 2 and not (here / 'let-go').exists() else 0)""")
    tail = desk.tail("stubborn", "--exec", program)
    wait_until(lambda: desk.lines("tried").count("2") >= 2, "a second try")
    check(desk.cursor("stubborn") in (1, None) and "3" not in desk.lines("tried"), "the cursor has passed what failed")
    err = end(tail)
    check("for #2: ended with 3 (try 1); tried again in 1s; until it succeeds the cursor stays before it" in err, err)
    check(desk.cursor("stubborn") == 1, f"the cursor is at {desk.cursor('stubborn')}")
    (desk.directory / "let-go").touch()
    tail = desk.tail("stubborn", "--exec", program, "--no-follow")
    out, err = tail.communicate(timeout=30)
    check(tail.returncode == 0 and out == "", f"{tail.returncode} {out} {err}")
    check(desk.lines("tried")[-4:] == ["2", "3", "4", "5"] and desk.cursor("stubborn") == 5, "it went on with what had failed")


def tries_may_end(desk):
    tail = desk.tail("few", "--exec", desk.program("never", "sys.exit(1)"), "--exec-tries", "2")
    _, err = tail.communicate(timeout=30)
    check(tail.returncode == 1 and "given up: the cursor stays before it" in err, f"{tail.returncode} {err}")
    check(desk.cursor("few") in (0, None), "the cursor has passed what failed")


def who_takes_too_long_is_killed_with_its_children(desk):
    program = desk.directory / "slow"
    program.write_text(f"#!/bin/sh\necho $$ >> {desk.directory}/pids\nsleep 600\n")
    program.chmod(0o755)
    tail = desk.tail("slow", "--exec", program, "--exec-timeout", "500ms", "--exec-tries", "2")
    _, err = tail.communicate(timeout=30)
    check(tail.returncode == 1 and "was killed after 500ms" in err, f"{tail.returncode} {err}")
    wait_until(lambda: not group_lives(int(desk.lines("pids")[0])), "the program's children to be gone")


def group_lives(group):
    listed = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    return any(line.split()[0] == str(group) and not line.split()[1].startswith("Z") for line in listed.splitlines())


def some_at_once_and_the_cursor_behind_the_slowest(desk):
    program = desk.program("together", """
open(here / 'begun', 'a').write(f"{seq}\\n")
while seq == 1 and not (here / 'go').exists():
    time.sleep(0.02)""")
    tail = desk.tail("together", "--exec", program, "--exec-jobs", "3")
    wait_until(lambda: len(desk.lines("begun")) == 3, "three at once")
    check(sorted(desk.lines("begun")) == ["1", "2", "3"], "no more than three")
    check(desk.cursor("together") in (0, None), "the cursor waits for the slowest")
    (desk.directory / "go").touch()
    wait_until(lambda: desk.cursor("together") == 5, "the cursor at the end")
    end(tail)


def limit_is_exact(desk):
    for limit, jobs in ((1, 1), (4, 1), (1, 4), (3, 2)):
        name = f"limited-{limit}-{jobs}"
        program = desk.program(name, f"open(here / '{name}.ran', 'a').write(f\"{{seq}}\\n\")")
        tail = desk.tail(name, "--exec", program, "--limit", str(limit), "--exec-jobs", str(jobs))
        _, err = tail.communicate(timeout=30)
        ran = sorted(desk.lines(f"{name}.ran"))
        check(tail.returncode == 0 and ran == [str(seq) for seq in range(1, limit + 1)], f"--limit {limit}: {ran} {err}")
        check(desk.cursor(name) == limit, f"--limit {limit}: the cursor is at {desk.cursor(name)}")


def what_there_is_not_is_said(desk):
    past = desk.daemon.wirewatch("tail", "--since", "99999", "--cursor", desk.directory / "past.cursor")
    check(past.returncode == 1 and "99999: the stream has come to 5" in past.stderr, f"{past.returncode} {past.stderr}")
    check(desk.cursor("past") is None, f"the cursor is at {desk.cursor('past')}")
    rule = desk.daemon.wirewatch("tail", "--rule", "tallks", "--since", "0", "--no-follow")
    check(rule.returncode == 0 and "there is no rule 'tallks' in the configuration; did you mean 'talks'?" in rule.stderr, rule.stderr)
    for wrong in (["--limit", "0"], ["--limit", "abc"], ["--limit", "-1"], ["--exec", "/bin/true", "--exec-tries", "0"]):
        refused = desk.daemon.wirewatch("tail", *wrong)
        check(refused.returncode == 2 and "write 1 or more" in refused.stderr, f"{wrong}: {refused.stderr}")


def a_program_that_is_not_there_is_said(desk):
    tail = desk.tail("none", "--exec", "/no/such/program")  # not tried again and again
    _, err = tail.communicate(timeout=30)
    check(tail.returncode == 1 and "cannot run '/no/such/program': No such file" in err, f"{tail.returncode} {err}")
    plain = pathlib.Path(desk.daemon.config).parent / "plain"
    plain.write_text("no program")
    for wrong in ("no-program-of-this-name", str(plain), str(plain.parent)):
        refused = desk.daemon.wirewatch("tail", "--exec", wrong)
        check(refused.returncode == 1 and f"cannot run '{wrong}'" in refused.stderr, f"{wrong}: {refused.stderr}")
    done = desk.daemon.wirewatch("tail", "--since", "0", "--exec", "true", "--no-follow")  # of PATH
    check(done.returncode == 0, f"true: {done.returncode} {done.stderr}")
    refused = desk.daemon.wirewatch("tail", "--exec-jobs", "2")
    check(refused.returncode == 2, "--exec-jobs without --exec")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="wirewatch-exec-") as directory:
        desk = Desk(options.bin, directory)
        for part in (each_alert_once_and_in_order, failure_holds_the_cursor_and_is_tried_again, tries_may_end,
                     who_takes_too_long_is_killed_with_its_children, some_at_once_and_the_cursor_behind_the_slowest,
                     limit_is_exact, what_there_is_not_is_said, a_program_that_is_not_there_is_said):
            part(desk)
            print(f"ok: {part.__name__.replace('_', ' ')}", flush=True)
        check(desk.daemon.stop()[0] == 0, "the daemon ended with an error")


if __name__ == "__main__":
    main()
