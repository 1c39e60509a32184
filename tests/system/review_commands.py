#!/usr/bin/env python3
"""An analyst at work: history, search, mark, stats, export. Usage: review_commands.py --bin DIR"""
import argparse
import csv
import fcntl
import io
import json
import os
import pathlib
import pty
import struct
import subprocess
import tempfile
import termios
import unicodedata

from harness import Daemon, Origin, check, rss, wait_until

ARTICLES = [
    ("1", "Gazprom talks in Islamabad", "Russia and Pakistan discuss a gas pipeline to Gwadar."),
    ("2", "U.S. says no", "The U.S. comments on Gwadar."),
    ("3", "پاکستان اور روس کے درمیان مذاکرات", "گیس پائپ لائن پر بات چیت"),
    ("4", "Лавров прилетел в Исламабад", "Россия и Пакистан обсудили газопровод."),
    ("5", "中国和俄罗斯讨论天然气管道", "北京与莫斯科"),
    ("6", "=cmd|'/C calc'!A0", "gas, \x9b31m escape, and a right-to-left \u202e override"),
    ("7", "Cricket: Pakistan win", "No gas here but stoves."),
]
RULES = {"gas": "gas OR گیس OR газопровод OR 天然气", "cricket": "cricket", "silent": "unheard-of"}


def start(bin_dir, directory):
    origin = Origin()
    origin.documents["/a.xml"] = rss("A feed", ARTICLES)
    daemon = Daemon(bin_dir, directory, {"a": origin.url("/a.xml")}, RULES)
    daemon.start()
    wait_until(lambda: json.loads(daemon.wirewatch("status", "--json").stdout or "{}").get("articles") == len(ARTICLES),
               "the articles")
    return daemon


def asks(daemon, *arguments, code=0, says=None, **options):
    done = daemon.wirewatch(*arguments, **options)
    output = done.stdout + done.stderr
    check(done.returncode == code, f"{arguments} ended with {done.returncode}, not {code}:\n{output}")
    check(says is None or says in output, f"{arguments} does not say '{says}':\n{output}")
    return done.stdout


def titles(daemon, *arguments, code=0):
    return [row["article"]["title"] for row in json.loads(asks(daemon, *arguments, "--json", code=code))]


def on_terminal(daemon, *arguments, columns=60, env=None):
    """What a terminal of that width shows."""
    reader, writer = pty.openpty()
    fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen([daemon.bin / "wirewatch", "--config", daemon.config, *arguments], stdin=writer,
                               stdout=writer, stderr=subprocess.DEVNULL, env={**os.environ, "TERM": "xterm", **(env or {})})
    os.close(writer)
    shown = b""
    while True:
        try:
            part = os.read(reader, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    process.wait(timeout=20)
    os.close(reader)
    return shown.decode()


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in line)


def finding(daemon):
    check(len(titles(daemon, "history")) == 6, "six articles have matched")
    check(titles(daemon, "search", "gwadar") == ["Gazprom talks in Islamabad", "U.S. says no"], "newest first")
    check(titles(daemon, "search", "=US") == ["U.S. says no"], "an abbreviation, to the letter")
    check(titles(daemon, "search", "US") == ["U.S. says no"], "an abbreviation, as a word")
    check(titles(daemon, "search", "پاكستان") == [ARTICLES[2][1]], "Urdu, written on an Arabic keyboard")
    check(titles(daemon, "search", "\"درمیان مذاکرات\"") == [ARTICLES[2][1]], "an Urdu phrase")
    check(titles(daemon, "search", "газопроводы") == [ARTICLES[3][1]], "a Russian inflection")
    check(titles(daemon, "search", "俄罗斯 AND 管道") == [ARTICLES[4][1]], "Chinese inside a run")
    check(titles(daemon, "search", "pipelines NEAR/5 gas") == [ARTICLES[0][1]], "inflections and NEAR")
    check(titles(daemon, "history", "gas", "NOT", "cricket") == [ARTICLES[0][1], ARTICLES[5][1]], "NOT")
    check(len(json.loads(asks(daemon, "history", "--json", "--", "gas", "-cricket"))) == 2, "- for NOT")
    check(len(titles(daemon, "history", "--all")) == 7, "history --all is search")
    check(len(titles(daemon, "search", "--lang", "ru")) == 1, "by language")
    check(len(titles(daemon, "history", "--rule", "cricket")) == 1, "by rule")
    check(len(titles(daemon, "search", "/gas.+Gwadar/")) == 1, "an expression looks at everything")
    check(titles(daemon, "search", "gas OR gazprom", "--sort", "relevance")[0] == ARTICLES[0][1], "by relevance")
    asks(daemon, "search", "unheard-of", code=1, says="no stored article is like that")
    asks(daemon, "search", "gas AND", code=2, says="'AND' has nothing to its right")
    asks(daemon, "search", "#gas", code=2, says="'#' begins a comment, to the end of the line; write gas")
    asks(daemon, "search", "gas", "--rule", "gas", code=2, says="are about hits")
    check("--rule" not in asks(daemon, "search", "--help"), "search --help lists what it refuses")
    asks(daemon, "history", "--rule", "gsa", code=1, says="no rule 'gsa' in the configuration; did you mean 'gas'?")
    for command in (["history"], ["search"], ["stats"], ["export", "--format", "json"]):
        asks(daemon, *command, "--since", "1d", "--until", "2d", code=2, says="--since is later than --until")
        asks(daemon, *command, "--since", "2021-04-06T12:00:00.123+02:00")
    asks(daemon, "history", "--status", "new", code=2, says="is no status")
    asks(daemon, "history", "--sort", "relevance", code=2, says="needs a QUERY")
    asks(daemon, "history", "--after", "x", code=2, says="is no place of this list")
    asks(daemon, "history", "\"'; DROP TABLE articles; --\"", code=1)
    asks(daemon, "search", "x" * 70_000, code=2)
    asks(daemon, "search", "gas", says="*gas* pipeline to Gwadar")

    seen, after = [], []
    while True:
        done = daemon.wirewatch("search", "--limit", "2", "--json", *after)
        seen += [row["article"]["key"] for row in json.loads(done.stdout)]
        if "more: --after " not in done.stderr:
            break
        after = ["--after", done.stderr.split("more: --after ")[1].split()[0]]
    check(len(seen) == 7 and len(set(seen)) == 7, f"pages show each article once: {seen}")


def terminal(daemon):
    for columns in (1, 20, 60, 200):
        shown = on_terminal(daemon, "search", "gas OR گیس OR 天然气", columns=columns, env={"NO_COLOR": "1"})
        check("\x1b" not in shown, "no colour under NO_COLOR")
        for line in shown.splitlines():
            if not line.startswith("    "):
                check(width(line) <= max(columns, 1), f"a row is wider than {columns}: {line!r}")
    check("\x1b[1;33m" in on_terminal(daemon, "search", "gas"), "what matched has a colour on a terminal")
    for arguments in (["search", "escape"], ["history"], ["search", "escape", "--json"]):
        shown = asks(daemon, *arguments)
        check("\x9b" not in shown.encode().decode("latin-1").replace("\xc2\x9b", "!") or "\u009b" not in shown, "C1")
        check("\u202e" not in shown or "--json" in arguments, f"an override goes to the terminal: {shown!r}")
    pipe = f"set -o pipefail; {daemon.bin}/wirewatch --config {daemon.config} export --all --format jsonl | head -1"
    piped = subprocess.run(["bash", "-c", pipe], capture_output=True, text=True)
    json.loads(piped.stdout)
    check("terminate" not in piped.stderr, f"a pipe that closes early: {piped}")


def marks(daemon, running):
    keys = {row["article"]["title"]: row["article"]["key"] for row in json.loads(asks(daemon, "search", "--json"))}
    gas, cricket = keys[ARTICLES[0][1]], keys[ARTICLES[6][1]]
    asks(daemon, "mark", gas[:10], "--star", "--note", "ask the embassy\nnow", says="1 article marked")
    mark = json.loads(asks(daemon, "show", gas, "--json"))["mark"]
    check(mark["starred"] and not mark["read"] and mark["note"] == "ask the embassy\nnow" and mark["by"], f"{mark}")
    asks(daemon, "show", gas, says="ask the embassy")
    check(titles(daemon, "history", "--status", "starred") == [ARTICLES[0][1]], "starred")
    check(titles(daemon, "history", "--status", "noted") == [ARTICLES[0][1]], "noted")
    asks(daemon, "mark", gas, "--star", says="was so already")
    asks(daemon, "mark", "--query", "cricket", "--dismiss", "--dry-run", says="1 article would be marked")
    asks(daemon, "mark", "--query", "cricket", "--dismiss", says="1 article marked")
    check(len(titles(daemon, "history")) == 5, "a dismissed article is out of sight")
    check(titles(daemon, "history", "--status", "dismissed") == [ARTICLES[6][1]], "and can be found")
    asks(daemon, "mark", "--undo", says="taken back: 1 article")
    check(len(titles(daemon, "history")) == 6, "and comes back")
    asks(daemon, "mark", "--feed", "a", "--all", "--read", says="7 articles marked")
    check(titles(daemon, "history", "--status", "unread", code=1) == [], "all read")
    asks(daemon, "mark", "--undo", says="taken back: 7 articles")
    asks(daemon, "mark", "--undo", says="taken back: 1 article")
    check(json.loads(asks(daemon, "show", gas, "--json"))["mark"] is None, "nothing is left of it")
    asks(daemon, "mark", "--undo", code=1, says="nothing to undo")
    asks(daemon, "mark", cricket, "ffffffffffff", "--read", code=1, says="nothing was marked")
    asks(daemon, "mark", "--read", code=2, says="say which")
    asks(daemon, "mark", gas, code=2, says="say how")
    asks(daemon, "mark", gas, "--query", "gas", "--read", code=2, says="not both")
    asks(daemon, "mark", gas, "--read", "--unread", code=2)
    asks(daemon, "mark", gas, "--note", "x" * 5000, code=2, says="at most")
    asks(daemon, "mark", "--query", "unheard-of", "--read", code=1, says="no article is like that")
    check(running == (daemon.process.poll() is None), "the daemon is as it was")


def stats(daemon):
    shown = asks(daemon, "stats", says="silent")
    check("█" in shown and "A feed" not in shown, f"a sparkline:\n{shown}")
    counts = json.loads(asks(daemon, "stats", "--json"))
    check(counts["hits"] == 7 and len(counts["days"]) >= 30, f"{counts}")
    rows = list(csv.reader(io.StringIO(asks(daemon, "stats", "--csv"))))
    check(sum(int(row[3]) for row in rows[1:]) == 7, f"{rows}")
    asks(daemon, "stats", "--rule", "silent", code=1)
    asks(daemon, "stats", "--since", "2001-01-01", "--until", "2001-02-01", code=1, says="0 hits from 2001-01-01 to 2001-01-31")
    asks(daemon, "stats", "--since", "1d", "--until", "2d", code=2, says="later than")


def export(daemon):
    as_json = json.loads(asks(daemon, "export", "--format", "json"))
    lines = [json.loads(line) for line in asks(daemon, "export", "--format", "jsonl").splitlines()]
    check(as_json == lines and len(lines) == 6, "JSON and JSON lines say the same")
    check(as_json == json.loads(asks(daemon, "history", "--json")), "and what history says")
    for row in as_json:
        for hit in row["hits"]:
            for match in hit["matches"]:
                text = row["article"][match["field"]]
                check(text[match["start"]:match["end"]] == match["text"], f"offsets are exact: {match}")
    text = daemon.wirewatch("export", "--format", "csv", "--bom").stdout
    check(text.startswith("\ufeff"), "a byte order mark")
    rows = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    check(len(rows) == 7, f"a line for each hit: {len(rows)}")
    check("'" + ARTICLES[5][1] in {row["title"] for row in rows}, "a formula is none any more")
    check(all(cell[:1] not in tuple("=+-@\t\r") for row in rows for cell in row.values()), "nothing to execute")
    for kind, form in (("rss", "RSS 2.0"), ("atom", "Atom 1.0")):
        document = asks(daemon, "export", "--format", kind, "--rule", "gas")
        parsed = subprocess.run([daemon.bin / "wirewatch", "feeds", "parse", "-"], input=document, capture_output=True,
                                text=True)
        check(parsed.returncode == 0, f"{form} is read again: {parsed}")
        check(len(json.loads(parsed.stdout)["items"]) == 6, f"all of {form}")
    check("<outline" in asks(daemon, "export", "--format", "opml"), "the list of feeds")
    check(len(asks(daemon, "export", "gwadar", "--all", "--format", "jsonl", "--limit", "1").splitlines()) == 1, "limit")
    check(json.loads(asks(daemon, "export", "unheard-of", "--format", "json", code=1)) == [], "nothing is still JSON")
    linked = asks(daemon, "export", "--format", "rss", "--link", "https://desk.example/gas")
    check("<link>https://desk.example/gas</link>" in linked, "the page of the feed")
    asks(daemon, "export", "--format", "rss", "--link", "gas", code=2, says="is no address of a page")
    asks(daemon, "export", "--format", "opml", "--link", "https://desk.example/", code=2, says="for --format rss and atom")
    asks(daemon, "export", "--format", "csv", "--link", "https://desk.example/", code=2, says="for --format rss and atom")
    asks(daemon, "export", code=2)
    asks(daemon, "export", "--format", "json", "--limit", "-1", code=2, says="write 0 or more")
    asks(daemon, "export", "--format", "xls", code=2)
    asks(daemon, "export", "--format", "json", "--bom", code=2)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    with tempfile.TemporaryDirectory() as directory:
        daemon = start(parser.parse_args().bin, pathlib.Path(directory))
        try:
            finding(daemon)
            terminal(daemon)
            marks(daemon, running=True)
            stats(daemon)
            export(daemon)
            code, _ = daemon.stop()
            check(code == 0, "the daemon ends in good order")
            marks(daemon, running=False)
            finding(daemon)
        finally:
            if daemon.process.poll() is None:
                daemon.kill()
    print("review commands: ok")


if __name__ == "__main__":
    main()
