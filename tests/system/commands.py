#!/usr/bin/env python3
"""The programs from outside: help, exit codes, bad input in words. Usage: commands.py --bin DIR"""
import argparse
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import time

import jsonschema

from command_tree import command_tree
from harness import Daemon, Origin, check, rss, wait_until

REAL_ARTICLES = {
    "https://www.voanews.com/south-central-asia/russias-lavrov-pakistan-discuss-bilateral-ties-afghan-peace":
        {"afghan-peace", "pakistan-russia-visits"},
    "https://gulfnews.com/world/asia/pakistan/pakistan-russia-agree-to-build-economic-energy-and-defence-ties-1.78395748":
        {"pakistan-russia-energy", "pakistan-russia-defence", "pakistan-russia-trade"},
    "https://english.alarabiya.net/News/world/2021/04/07/Russian-FM-Lavrov-meets-Pakistani-PM-in-search-of-Afghan-peace":
        {"afghan-peace", "pakistan-russia-visits"},
}


class Programs:
    def __init__(self, bin_dir):
        self.bin = pathlib.Path(bin_dir).resolve()

    def run(self, program, *arguments, code=0, says=None, stdin=None, env=None):
        """Runs to the end; checks exit code and, anywhere in its output, some words."""
        done = subprocess.run([self.bin / program, *map(str, arguments)], capture_output=True, timeout=60, input=stdin,
                              env={**os.environ, **(env or {})})
        output = (done.stdout + done.stderr).decode()
        call = f"{program} {' '.join(map(str, arguments))}"
        check(done.returncode == code, f"'{call}' ended with {done.returncode}, not {code}:\n{output}")
        check(says is None or says in output, f"'{call}' does not say '{says}':\n{output}")
        check("terminate called" not in output, f"'{call}' broke down:\n{output}")
        return done.stdout.decode()


def help_and_usage(programs, _):
    for command in command_tree(programs.bin / "wirewatch"):
        example = f"Example: {' '.join(('wirewatch', *command.path))}"
        check(not command.path or example in command.text, f"the help lacks '{example}':\n{command.text}")
    programs.run("wirewatchd", "--help", says="Example: wirewatchd")
    programs.run("wirewatch", "--version", says="wirewatch 0.")
    programs.run("wirewatchd", "--version", says="wirewatchd 0.")
    programs.run("wirewatch", code=2)
    programs.run("wirewatch", "histery", code=2)
    programs.run("wirewatch", "history", "--since", "yesterday", code=2, says="is no time")
    programs.run("wirewatch", "history", "--json", "--csv", code=2)
    programs.run("wirewatchd", "--no-such-option", code=2)


# These work without a configuration, or say first what is wrong with their argument.
NEED_NO_CONFIGURATION = {"mark", "init", "demo", "completion", "keys", "keys new", "feeds parse", "feeds discover", "feeds add",
                         "feeds import", "rules explain", "rules test"}
READ_THE_HISTORY = {"feeds", "feeds list", "feeds show", "history", "show", "status"}
ASK_THE_DAEMON = {"feeds refresh", "feeds pause", "feeds resume", "reload"}


def exit_codes(programs, directory):
    """The same trouble ends every command in the same way."""
    nowhere = {"XDG_CONFIG_HOME": str(directory), "HOME": str(directory)}
    config = directory / "wirewatch.toml"
    config.write_text('[history]\ndatabase = "bad.db"\n')
    (directory / "bad.db").write_bytes(b"this is no database\n" * 100)
    for command in command_tree(programs.bin / "wirewatch"):
        name = " ".join(command.path)
        call = [*command.path, *("x" for line in command.section("Positionals") if "REQUIRED" in line)]
        call += ["--format", "json"] if name == "export" else []
        programs.run("wirewatch", *call, "--no-such-option", code=2, says="Run with --help")
        if name and name not in NEED_NO_CONFIGURATION:
            programs.run("wirewatch", *call, code=78, says="there is no configuration", env=nowhere)
        if name in READ_THE_HISTORY:
            programs.run("wirewatch", "--config", config, *call, code=65, says="it is left as it is")
        if name in ASK_THE_DAEMON:
            programs.run("wirewatch", "--config", config, *call, code=69, says="the daemon is not running")


def configuration(programs, directory):
    nowhere = {"XDG_CONFIG_HOME": str(directory), "HOME": str(directory)}
    programs.run("wirewatchd", code=78, says="there is no configuration", env=nowhere)
    programs.run("wirewatchd", "--config", directory / "none.toml", code=78, says="there is no such file")
    wrong = directory / "wrong.toml"
    wrong.write_text('[fetch]\nintervall = "5m"\n')
    for arguments in ([], ["--check"]):
        programs.run("wirewatchd", "--config", wrong, *arguments, code=78,
                     says=f"{wrong}:2:1: error: unknown key 'intervall' in [fetch]; did you mean 'interval'?")
    programs.run("wirewatch", "--config", wrong, "history", code=1, says="did you mean 'interval'?")
    wrong.write_text("[fetch\n")
    programs.run("wirewatch", "--config", wrong, "history", code=78, says=f"{wrong}:1:")
    programs.run("wirewatch", "--config", wrong, "paths", code=78, says=f"{wrong}:1:")
    wrong.write_text("[[rule]]\nid = \"gas\"\nquery = '''\npakistan AND\n(gas OR'''\n")
    programs.run("wirewatchd", "--config", wrong, "--check", code=78, says=f"{wrong}:5:")
    programs.run("wirewatch", "rules", "check", wrong, code=1, says="2 errors")


def starter(programs, directory):
    home = directory / "starter"
    programs.run("wirewatch", "init", home, says="wirewatch.toml")
    programs.run("wirewatch", "init", home, code=1, says="nothing was written")
    programs.run("wirewatchd", "--config", home / "wirewatch.toml", "--check", says="7 feeds, 7 rules")
    programs.run("wirewatch", "--config", home / "wirewatch.toml", "rules", "check", says="7 good rules, 0 errors")
    programs.run("wirewatch", "--config", home / "wirewatch.toml", "history", code=1, says="there is no history yet")
    programs.run("wirewatch", "--config", home / "wirewatch.toml", "feeds", says="not polled yet")
    paths = json.loads(programs.run("wirewatch", "--config", home / "wirewatch.toml", "paths", "--json"))
    check(paths["database"] == str(home / "wirewatch.db") and len(paths["files"]) == 3, f"paths: {paths}")
    programs.run("wirewatch", "--config", home / "wirewatch.toml", "paths", says="made when wirewatchd first runs")


def places(programs, directory):
    """What depends on where one stands and what is there already."""
    home = directory / "here"
    programs.run("wirewatch", "init", home)
    (home / "feeds.toml").write_text("")
    (home / "wirewatch.toml").write_text((home / "wirewatch.toml").read_text().replace(":5580", ":*").replace(":5581", ":*"))
    daemon = subprocess.Popen([programs.bin / "wirewatchd", "--config", "wirewatch.toml"], cwd=home, stderr=subprocess.DEVNULL)
    def running():
        return subprocess.run([programs.bin / "wirewatch", "--config", home / "wirewatch.toml", "status"],
                              capture_output=True).returncode == 0
    wait_until(running, "a daemon that is started from its own directory")
    daemon.terminate()
    check(daemon.wait(timeout=10) == 0, "it ends with 0")
    before = (home / "wirewatch.toml").read_text()
    programs.run("wirewatch", "demo", "--once", "--dir", home, code=1, says="name another directory")
    check((home / "wirewatch.toml").read_text() == before, "the demo leaves a configuration alone")
    programs.run("wirewatch", "demo", "--once", code=1, says="--dir", env={"TMPDIR": "/nonexistent"})
    with open("/dev/full", "w") as full:
        done = subprocess.run([programs.bin / "wirewatch", "--config", home / "wirewatch.toml", "rules", "check"],
                              stdout=full, stderr=subprocess.PIPE, text=True)
        check(done.returncode == 1 and "disk full" in done.stderr, f"a full disk is no success: {done}")
    silent = ["--live", "tcp://127.0.0.1:9", "--replay", "tcp://127.0.0.1:9"]
    programs.run("wirewatch", "tail", *silent, "--no-follow", code=69, says="nothing heard")
    programs.run("wirewatch", "tail", *silent, "--since", "-1", code=2)
    programs.run("wirewatch", "histroy", code=2, says="did you mean 'history'?")
    programs.run("wirewatch", "foo", code=2, says="there is no command 'foo' of 'wirewatch'")
    programs.run("wirewatch", "feeds", "shwo", "a", code=2, says="did you mean 'show'?")
    programs.run("wirewatch", "history", "--limti", "3", code=2, says="did you mean '--limit'?")


def demo(programs, directory):
    home = directory / "demo"
    began = time.monotonic()
    lines = programs.run("wirewatch", "demo", "--once", "--json", "--dir", home).splitlines()
    took = time.monotonic() - began
    alerts = [json.loads(line) for line in lines]
    found = {}
    for alert in alerts:
        found.setdefault(alert["data"]["article"]["url"], set()).add(alert["data"]["rule"]["id"])
    check(found == REAL_ARTICLES, f"the demo alerts are {found}")
    check(len(lines) == 7, f"the demo gives 7 alerts, not {len(lines)}")
    check(took < 10, f"the demo took {took:.1f} s")
    schema = json.loads((pathlib.Path(__file__).parents[2] / "docs/alert.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    for alert in alerts:
        jsonschema.validate(alert, schema, jsonschema.Draft202012Validator)

    def asks(*arguments, **options):
        return programs.run("wirewatch", "--config", home / "wirewatch.toml", *arguments, **options)

    rows = json.loads(asks("history", "--json"))
    check({row["article"]["url"] for row in rows} == set(REAL_ARTICLES), "history has other articles")
    asks("history", says="Pakistan, Russia agree to build")
    csv = asks("history", "--csv", "--rule", "pakistan-russia-energy")
    check(len(csv.strip().split("\r\n")) == 2, "one hit of the energy rule, under its headings")
    check(len(json.loads(asks("history", "gas", "pipeline", "--json"))) == 1, "full text: gas pipeline")
    check(len(json.loads(asks("history", "--feed", "voa-news", "--json"))) == 1, "one article of VOA has matched")
    asks("history", "--feed", "voa-news", "no-such-word", code=1, says="nothing has matched")
    asks("history", "no-such-word", code=1, says="nothing has matched")
    asks("history", "--since", "1h", says="Lavrov")
    asks("history", "--until", "1h", code=1)
    key = next(row["article"]["key"] for row in rows if "gulfnews" in row["article"]["url"])
    asks("show", key[:10], says="*Pakistan*")
    check(json.loads(asks("show", key, "--json"))["article"]["authors"] == ["Sana Jamal"], "show gives the author")
    asks("show", "ffffffffffff", code=1)
    asks("rules", "explain", "pakistan-russia-energy", key[:10], says="✓")
    asks("rules", "explain", "pakistan-russia-health", key[:10], says="why not")
    asks("rules", "explain", "no-such-rule", key[:10], code=1, says="there is no rule")
    rules_on_history(asks, home, key)
    asks("status", code=69, says="not running")
    feeds = json.loads(asks("feeds", "--json"))
    check(sum(feed["articles"] for feed in feeds) == 45, "45 articles are stored")


def rules_on_history(asks, directory, key):
    """rules check, explain and test, over the history of the demo."""
    asks("rules", "check", says="the history has only 45 articles")
    asks("rules", "check", says="russian 7, russia 5")
    asks("rules", "explain", "--query", "lavrov NEAR/5 pakistan*", key[:10], says="why not")
    asks("rules", "explain", key[:10], code=2, says="which rule")
    asks("rules", "explain", "pakistan-russia-enrgy", key[:10], code=1, says="did you mean 'pakistan-russia-energy'?")

    asks("rules", "test", "pakistan-russia-energy", says="would have matched 1 of 45 articles (2.2 %): all of the history")
    found = json.loads(asks("rules", "test", "pakistan-russia-energy", "--since", "1h", "--json"))
    check([hit["key"] for hit in found["hits"]] == [key], f"rules test finds what was matched live: {found}")
    check(sum(day["matched"] for day in found["days"]) == 1, "rules test counts by day")
    asks("rules", "test", "--query", "no-such-word", code=1, says="0 of 45 articles")
    asks("rules", "test", "--query", "gas AND", code=1, says="1:5: error: query: 'AND' has nothing to its right")
    asks("rules", "test", "--query", "gas", "--since", "yesterday", code=2, says="is no time")
    asks("rules", "test", code=2, says="say which rule")
    asks("rules", "test", "pakistan-russia-energy", "--diff", code=2, says="--diff compares")
    asks("rules", "test", "no-such-rule", code=1, says="there is no rule")

    query = "@pakistan AND @russia"
    asks("rules", "test", "pakistan-russia-energy", "--query", query, "--diff", says="adds 4, drops 0")
    asks("rules", "test", "pakistan-russia-energy", "--query", "tennis", "--diff", says="adds 1, drops 1")
    new = directory / "new.toml"
    new.write_text('[sets]\npakistan = "tennis"\n[[rule]]\nid = "pakistan-russia-energy"\nquery = "@pakistan AND @russia"\n')
    diff = json.loads(asks("rules", "test", "pakistan-russia-energy", "--file", new, "--diff", "--json"))["diff"]
    check((diff["adds"], diff["drops"]) == (1, 1), f"a file's own set goes before the configuration's: {diff}")

    articles = directory / "articles.jsonl"
    articles.write_text('{"title": "Pakistan buys gas", "published": "2021-04-06"}\nnonsense\n{"title": "Cricket", "lang": "en"}\n')
    asks("rules", "test", "--query", "@pakistan gas", "--against", articles, code=1, says="line 2: this is no JSON object")
    asks("rules", "test", "--query", "@pakistan gas", "--against", articles, code=1, says="matched 1 of 2 articles")
    asks("rules", "test", "--query", "cricket", "--against", "-", stdin=b'{"title": "Cricket"}', says="standard input")
    asks("rules", "test", "--query", "gas", "--against", directory / "none", code=1, says="cannot read")
    asks("rules", "test", "--query", "gas", "--against", articles, "--since", "1d", code=2)


def feed_documents(programs, directory):
    good = rss("A feed", [("1", "Title & more", "Text")])
    out = json.loads(programs.run("wirewatch", "feeds", "parse", "-", stdin=good))
    check(out["version"] == "https://jsonfeed.org/version/1.1" and out["items"][0]["title"] == "Title & more", "parse")
    page = directory / "page.html"
    page.write_text("<!DOCTYPE html><html><head><title>Front page</title></head><body><p>hello</body></html>")
    programs.run("wirewatch", "feeds", "parse", page, code=1, says="HTML page")
    programs.run("wirewatch", "feeds", "parse", directory / "none", code=1, says="cannot read")
    programs.run("wirewatch", "feeds", "parse", "-", stdin=b"", code=1, says="empty")
    programs.run("wirewatch", "feeds", "parse", "-", stdin=b"x" * (17 << 20), code=1, says="MiB")


def databases(programs, directory):
    config = directory / "db.toml"
    database = directory / "some.db"
    config.write_text(f'[history]\ndatabase = "{database}"\n[zeromq]\nlive = "tcp://127.0.0.1:*"\nreplay = "tcp://127.0.0.1:*"\n')
    for name, content in [("text", b"this is no database\n" * 100), ("header", b"SQLite format 3\0" + b"\xff" * 4096)]:
        database.write_bytes(content)
        programs.run("wirewatchd", "--config", config, code=65, says=str(database))
        check(database.read_bytes() == content, f"the {name} file was changed")
        programs.run("wirewatch", "--config", config, "history", code=65)
    database.unlink()
    config.write_text('[history]\ndatabase = "/proc/nowhere/wirewatch.db"\n')
    programs.run("wirewatchd", "--config", config, code=1, says="/proc/nowhere")


def port_in_use(programs, directory):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        config = directory / "port.toml"
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        config.write_text(f'[history]\ndatabase = "port.db"\n[zeromq]\nlive = "{address}"\nreplay = "tcp://127.0.0.1:*"\n')
        programs.run("wirewatchd", "--config", config, code=1, says=address)


def signals(programs, directory):
    home = directory / "signals"
    home.mkdir()
    origin = Origin()
    origin.documents["/a.xml"] = rss("a", [("1", "Moscow talks", "")])
    daemon = Daemon(programs.bin, home, {"a": origin.url("/a.xml")}, {"r": "moscow"})
    daemon.start()
    log = home / "daemon.log"
    wait_until(lambda: json.loads(daemon.wirewatch("status", "--json").stdout or "{}").get("alerts") == 1, "an alert")
    check(daemon.wirewatch("status").returncode == 0, "status of a running daemon")
    second = subprocess.run([programs.bin / "wirewatchd", "--config", daemon.config], capture_output=True, text=True, timeout=20)
    check(second.returncode == 1 and str(daemon.process.pid) in second.stderr, f"a second daemon: {second.stderr}")

    pipe = f"set -o pipefail; timeout 20 {programs.bin}/wirewatch --config {daemon.config} tail --json --since 0 | head -1"
    piped = subprocess.run(["bash", "-c", pipe], capture_output=True, text=True)
    check(piped.returncode == 1 and json.loads(piped.stdout)["sequence"] == "1", f"tail ends with its reader: {piped}")

    text = daemon.config.read_text()
    daemon.config.write_text(text + "nonsense = [")
    daemon.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "reload refused" in log.read_text(), "the refusal of a broken file")
    daemon.config.write_text(text + "[[rule]]\nid = \"new\"\nquery = 'kabul'\n")
    daemon.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "reloaded: watching 1 feeds with 2 rules" in log.read_text(), "the reload")
    origin.documents["/a.xml"] = rss("a", [("1", "Moscow talks", ""), ("2", "Kabul\x85 wakes\u202e", "")])
    wait_until(lambda: json.loads(daemon.wirewatch("status", "--json").stdout)["alerts"] == 2, "the new rule's alert")

    origin.documents["/a.xml"] = b"<html><title>Gone</title></html>"
    wait_until(lambda: "HTML page" in log.read_text(), "the bad feed in the log")
    fetched = origin.fetches("/a.xml")
    wait_until(lambda: origin.fetches("/a.xml") > fetched + 1, "two more polls")
    check(log.read_text().count("HTML page") == 1, "a bad feed is logged once")
    feeds = daemon.wirewatch("feeds").stdout
    check("HTML page" in feeds, f"feeds does not say what is wrong: {feeds}")
    origin.documents["/a.xml"] = rss("a", [("1", "Moscow talks", "")])
    wait_until(lambda: "is well again" in log.read_text(), "the feed's recovery in the log", 60)

    for number in (signal.SIGTERM, signal.SIGINT):
        daemon.process.send_signal(number)
        check(daemon.process.wait(timeout=10) == 0, f"signal {number} ends the daemon with 0")
        if number == signal.SIGTERM:
            daemon.start()
            wait_until(lambda: daemon.wirewatch("status").returncode == 0, "the daemon again")
    check(not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", log.read_bytes()), "control characters in the log")


def service(programs, directory):
    """What a service manager is told. Source: sd_notify(3)."""
    origin = Origin()
    origin.documents["/a.xml"] = rss("a", [("1", "Moscow talks", "")])
    daemon = Daemon(programs.bin, directory, {"a": origin.url("/a.xml")}, {"r": "moscow"})
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(directory / "notify"))
        manager.settimeout(20)
        daemon.start(NOTIFY_SOCKET=str(directory / "notify"), WATCHDOG_USEC="3000000")

        def told(word):
            """Waits until it comes; gives the whole message."""
            while True:
                message = manager.recv(4096).decode()
                if word in message:
                    return message

        check("STATUS=watching 1 feeds with 1 rules" in told("READY=1"), "the status of a ready daemon")
        told("WATCHDOG=1")
        told("WATCHDOG=1")
        daemon.process.send_signal(signal.SIGHUP)
        check("MONOTONIC_USEC=" in told("RELOADING=1"), "the time of a reload")
        told("READY=1")
        daemon.process.send_signal(signal.SIGTERM)
        told("STOPPING=1")
        check(daemon.process.wait(timeout=10) == 0, "the daemon ends with 0")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    programs = Programs(options.parse_args().bin)
    for test in (help_and_usage, exit_codes, configuration, starter, feed_documents, places, demo, databases, port_in_use, signals, service):
        with tempfile.TemporaryDirectory(prefix="wirewatch-commands-") as directory:
            test(programs, pathlib.Path(directory))
        print(f"ok: {test.__name__}")


if __name__ == "__main__":
    main()
