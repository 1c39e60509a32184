#!/usr/bin/env python3
"""Commands to a running daemon, from outside: reload, refresh, pause, resume, status; hostile clients at its
socket; file:// feeds that are seen at once. Usage: control.py --bin DIR"""
import argparse
import atexit
import concurrent.futures
import contextlib
import json
import os
import pathlib
import signal
import socket
import stat
import tempfile
import threading
import time

from harness import Daemon, Origin, check, rss, wait_until


class Running:
    """A daemon with one feed over HTTP that is polled once an hour, and one in a directory."""

    def __init__(self, bin_dir, directory, interval="1h", **more_feeds):
        self.origin = Origin()
        self.origin.documents["/a.xml"] = rss("a", [("1", "Moscow talks", "")])
        self.files = directory / "files"
        self.files.mkdir()
        feeds = {"a": self.origin.url("/a.xml"), "files": f"file://{self.files}", **more_feeds}
        self.daemon = Daemon(bin_dir, directory, feeds, {"r": "moscow"}, interval)
        self.edit(lambda text: text.replace("[fetch]\n", f'[fetch]\nfile_roots = ["{self.files}"]\n'))
        self.log = directory / "daemon.log"
        atexit.register(self.end)
        self.socket = directory / "wirewatch.db.sock"

    def end(self):
        """Where a check has failed before stop()."""
        if self.daemon.process and self.daemon.process.poll() is None:
            self.daemon.process.kill()

    def edit(self, change):
        self.daemon.config.write_text(change(self.daemon.config.read_text()))

    def start(self, **environment):
        self.daemon.start(**environment)
        wait_until(lambda: self.status().get("answers"), "the daemon")
        wait_until(lambda: self.status()["feeds"]["not_polled_yet"] == 0, "the first polls")

    def status(self):
        return json.loads(self.daemon.wirewatch("status", "--json").stdout or "{}")

    def asks(self, *arguments, code=0, says=""):
        done = self.daemon.wirewatch(*arguments)
        output = done.stdout + done.stderr
        check(done.returncode == code, f"{arguments} ended with {done.returncode}, not {code}:\n{output}")
        check(says in output, f"{arguments} does not say '{says}':\n{output}")
        return output

    def feed(self, feed_id):
        return json.loads(self.daemon.wirewatch("feeds", "show", feed_id, "--json").stdout)

    def connect(self):
        peer = socket.socket(socket.AF_UNIX)
        peer.connect(str(self.socket))  # waits for a place in the queue, which a time limit would not
        peer.settimeout(10)
        return peer

    def say(self, text):
        """Sends raw bytes; gives all that is answered."""
        with self.connect() as peer:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                peer.sendall(text)
            return heard(peer)

    def stop(self):
        code, seconds = self.daemon.stop()
        check(code == 0 and seconds < 5, f"the daemon ended with {code} after {seconds:.1f} s")


def heard(peer):
    answer = b""
    try:
        while part := peer.recv(65536):
            answer += part
    except ConnectionResetError:
        pass
    return answer


def commands(bin_dir, directory):
    run = Running(bin_dir, directory)
    run.asks("reload", code=69, says="the daemon is not running")
    run.asks("feeds", "refresh", code=69, says="the daemon is not running")
    run.start()
    check(stat.S_IMODE(run.socket.stat().st_mode) == 0o600, "the socket is its owner's alone")
    text = run.asks("status", says="up since")
    check("in flight, next due in" in text, f"status says what is polled when: {text}")

    run.asks("feeds", "refresh", "a", code=1, says="once a minute")
    run.asks("feeds", "refresh", "nobody", code=1, says="there is no feed 'nobody'")
    run.asks("feeds", "refresh", "No Id", code=2, says="is no id")
    run.asks("feeds", "pause", code=2)

    fetched = run.origin.fetches("/a.xml")
    run.edit(lambda text: text.replace('interval = "1h"', 'interval = "30m"') +
             '[[rule]]\nid = "new"\nquery = \'kabul\'\n' +
             f'[[feed]]\nid = "b"\nurl = "{run.origin.url("/b.xml")}"\nallow_private = ["127.0.0.1"]\n')
    run.asks("feeds", "refresh", "b", code=1, says="'wirewatch reload' puts them in force")
    run.asks("reload", says="reloaded: watching 3 feeds with 2 rules")
    wait_until(lambda: run.feed("b")["failures"] == 1, "the new feed's first poll")
    good = run.daemon.config.read_text()
    run.edit(lambda text: text + "nonsense = [")
    run.asks("reload", code=78, says="the daemon was not asked")
    run.daemon.config.write_text(good.replace("kabul", "(kabul"))
    run.edit(lambda text: text + '[[rule]]\nid = "worse"\nquery = "(gas"\n')
    run.asks("rules", says="not in force: ")
    run.asks("reload", says="wirewatch.toml:")
    run.asks("rules", says="its former version stays in force: ")
    rules = {rule["id"]: rule for rule in json.loads(run.daemon.wirewatch("rules", "--json").stdout)["rules"]}
    check(rules["new"]["in_force"] is True and "wirewatch.toml:" in rules["new"]["problem"], f"{rules['new']}")
    check(rules["worse"]["in_force"] is False and "wirewatch.toml:" in rules["worse"]["problem"], f"{rules['worse']}")
    run.daemon.config.write_text(good + '[zeromq_]\n')
    refusal = run.asks("reload", code=1, says="reload refused, the former configuration stays")
    check("did you mean 'zeromq'?" in refusal, f"the daemon says why: {refusal}")
    run.daemon.config.write_text(good.replace("max_per_host = 8", "max_per_host = 7"))
    run.asks("reload", says="takes effect at the next restart")
    check(run.origin.fetches("/a.xml") == fetched, "reloads poll nothing early")

    run.asks("feeds", "pause", "a", "b", says="paused, also over a restart")
    run.asks("feeds", "refresh", says="a is paused")
    run.stop()
    check(not run.socket.exists(), "the socket goes with the daemon")
    run.asks("status", code=69, says="not running")
    run.start()
    run.asks("status", says="2 paused")
    run.daemon.process.send_signal(signal.SIGSTOP)
    run.asks("status", code=69, says="but it does not answer")
    run.daemon.process.send_signal(signal.SIGCONT)
    check(run.feed("a")["condition"] == "paused", "a pause outlives a restart")
    run.asks("feeds", "resume", "a", says="is next polled at")
    check(run.feed("a")["condition"] == "ok", "resumed")
    run.stop()
    log = run.log.read_text()
    for words in ("feed a: is paused, asked for by hand", "feed b: is paused", "feed a: is resumed"):
        check(log.count(words) == 1, f"'{words}' is logged once")
    check(log.count("404 Not Found") == 1, "a bad feed is logged once, over reloads, a pause and a restart")


def hostile(bin_dir, directory):
    run = Running(bin_dir, directory)
    run.start()

    def refused(text, words):
        answer = json.loads(run.say(text))
        check(answer["ok"] is False and words in answer["message"], f"{text[:60]!r} is answered {answer}")

    refused(b"\n", "one JSON object")
    refused(b"status\n", "one JSON object")
    refused(b'{"command":"status"\n', "one JSON object")
    refused(b"\xff\xfe\x00\n", "one JSON object")
    refused(b"[" * 4000 + b"\n", "one JSON object")
    refused(b'{"command":"halt"}\n', "'command' is one of")
    refused(b'{"command":"pause","feeds":["../../etc"]}\n', "no id of a feed")
    refused(b'{"command":"pause","feeds":"' + b"a" * 3000 + b'"}\n', "'feeds' is a list")
    refused(b"x" * (1 << 20), "at most 64 KiB")
    refused(b"GET / HTTP/1.1\r\n\r\n", "one JSON object")
    status = json.loads(run.say(b'{"command":"status"}\n{"command":"pause","feeds":["a"]}\n'))
    check(status["ok"] and status["status"]["pid"] == run.daemon.process.pid, "the first line counts")
    check(run.feed("a")["paused"] is False, "and no other")

    # A crowd that says nothing, or half a line: the daemon goes on, and sends it away after 5 s.
    crowd = [run.connect() for _ in range(8)]
    for i, peer in enumerate(crowd):
        if i % 2:
            peer.sendall(b'{"command":"sta')
    began = time.monotonic()
    turned_away = [json.loads(run.say(b'{"command":"status"}\n')) for _ in range(50)]
    check(all("try again" in answer["message"] for answer in turned_away), "more than eight are told so")
    run.asks("reload", code=1, says="try again")
    article = run.files / "a.xml"
    article.write_bytes(rss("a", [("f1", "Moscow, from a file", "")]))
    wait_until(lambda: alerts(run) == 2, "the alert of a file meanwhile", 3)
    run.daemon.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "reloaded: watching 2 feeds" in run.log.read_text(), "a reload by signal meanwhile", 3)
    for peer in crowd:
        check(b"no whole request came within 5 s" in heard(peer), "who says nothing is told so")
        peer.close()
    seconds = time.monotonic() - began
    check(4 < seconds < 8, f"a silent crowd is there for 5 s, not {seconds:.1f}")
    run.asks("status", says="up since")

    # Who asks and does not listen, or goes at once.
    for _ in range(200):
        with contextlib.suppress(BrokenPipeError), run.connect() as peer:
            peer.sendall(b'{"command":"status"}\n')
    wait_until(lambda: run.status().get("answers"), "the daemon, after those who left at once")

    # Many who ask at once, all in order: nobody waits for ever, nobody is answered wrongly.
    answers = []

    def ask():
        answers.append(json.loads(run.say(b'{"command":"status"}\n')))

    threads = [threading.Thread(target=ask) for _ in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    check(len(answers) == 64 and any(answer["ok"] for answer in answers), "64 at once are all answered")
    check(all(answer["ok"] or "try again" in answer["message"] for answer in answers), f"in words: {answers}")

    pid = run.daemon.process.pid
    wait_until(lambda: len(sockets_of(pid)) == 1, f"the connections to close: {sockets_of(pid)}", 10)
    run.stop()


def sockets_of(pid):
    """Unix stream sockets of a process that belong to its control socket."""
    own = {os.readlink(f"/proc/{pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pid}/fd")}
    lines = pathlib.Path("/proc/net/unix").read_text().splitlines()
    return [line for line in lines if line.endswith("wirewatch.db.sock") and f"socket:[{line.split()[6]}]" in own]


def alerts(run):
    """Looked up in the history: the daemon's socket may be busy."""
    return json.loads(run.daemon.wirewatch("status", "--json").stdout)["alerts"]


def stale_socket(bin_dir, directory):
    run = Running(bin_dir, directory)
    run.start()
    run.daemon.kill()
    check(run.socket.exists(), "kill -9 leaves the socket behind")
    run.asks("reload", code=69, says="nobody listens at")
    run.start()
    run.asks("reload", says="reloaded")
    # Another daemon with another database, told to listen at the same place.
    (directory / "second").mkdir()
    second = Daemon(bin_dir, directory / "second", {}, {})
    second.config.write_text(second.config.read_text() + f'[control]\nsocket = "{run.socket}"\n')
    second.start()
    check(second.process.wait(timeout=20) == 1, "a second daemon at the same socket is refused")
    said = (directory / "second" / "daemon.log").read_text()
    check(f"is in use by process {run.daemon.process.pid}" in said, f"and told who is there: {said}")
    run.asks("reload", says="reloaded")
    run.stop()
    run.socket.write_text("precious")
    run.daemon.start()
    check(run.daemon.process.wait(timeout=20) == 1, "what is no socket is no place for one")
    check(run.socket.read_text() == "precious", "and it is left alone")


def watchdog(bin_dir, directory):
    """Nobody at the control socket keeps the watchdog from hearing of the daemon. Source: sd_notify(3)."""
    run = Running(bin_dir, directory, interval="100ms")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(directory / "notify"))
        manager.settimeout(20)
        run.start(NOTIFY_SOCKET=str(directory / "notify"), WATCHDOG_USEC="3000000")
        crowd = [run.connect() for _ in range(8)]
        told = []
        began = time.monotonic()
        while time.monotonic() - began < 6:
            run.say(b'{"command":"status"}\n')
            manager.settimeout(0.02)
            try:
                if b"WATCHDOG=1" in manager.recv(4096):
                    told.append(time.monotonic())
            except TimeoutError:
                pass
        gaps = [later - earlier for earlier, later in zip(told, told[1:])]
        check(len(told) > 2 and max(gaps) < 2.9, f"the watchdog hears of it in time: {gaps}")
        for peer in crowd:
            peer.close()
    run.stop()


def files(bin_dir, directory):
    """From rename or close to the alert in less than a second."""
    run = Running(bin_dir, directory)
    run.edit(lambda text: text.replace(f'file_roots = ["{run.files}"]', f'file_roots = ["{run.files}", "{directory}/later"]') +
             f'[[feed]]\nid = "later"\nurl = "file://{directory}/later/deep/b.xml"\n')
    run.start()
    check(run.feed("later")["condition"] == "failing", "what is not there yet is said")
    count = alerts(run)

    def seen(what, change):
        nonlocal count
        began = time.monotonic()
        change()
        count += 1
        wait_until(lambda: "Moscow %d," % count in tail(run), what, 5, 0.005)
        return time.monotonic() - began

    def tail(run):
        return run.daemon.wirewatch("history", "--limit", "1", "--json").stdout

    def document(extra=""):
        return rss("files", [(f"guid-{count + 1}", f"Moscow {count + 1}, {extra}", "")])

    def renamed():
        (run.files / ".new").write_bytes(document("renamed"))
        os.rename(run.files / ".new", run.files / "one.xml")

    def written():
        (run.files / "two.rss").write_bytes(document("written"))

    def in_steps():
        with open(run.files / "three.xml", "wb") as file:
            for byte in document("in steps"):
                file.write(bytes([byte]))
                file.flush()

    def new_directory():
        (directory / "later" / "deep").mkdir(parents=True)
        (directory / "later" / "deep" / "b.xml").write_bytes(document("new directory"))

    def replaced():
        fresh = directory / "fresh"
        (fresh / "deep").mkdir(parents=True)
        (fresh / "deep" / "b.xml").write_bytes(document("replaced"))
        os.rename(directory / "later", directory / "former")
        os.rename(fresh, directory / "later")

    def after_that():
        (directory / "later" / "deep" / "b.xml").write_bytes(document("after that"))

    took = {change.__name__: seen(change.__name__, change)
            for change in (renamed, written, in_steps, new_directory, replaced, after_that, renamed)}
    print("   seen after " + ", ".join(f"{seconds:.2f} s ({name})" for name, seconds in took.items()))
    check(max(took.values()) < 1, f"a change is seen within a second: {took}")

    # One bad document hides no other, and is told until it is mended.
    (run.files / "bad.xml").write_text("no feed")
    wait_until(lambda: "bad.xml" in (run.feed("files")["error"] or ""), "the bad document", 5)
    took = seen("a good document beside a bad one", written)
    check(took < 1, f"which was seen after {took:.2f} s")
    check(run.feed("files")["condition"] == "failing", "the bad document is still told")
    (run.files / "bad.xml").unlink()
    wait_until(lambda: run.feed("files")["condition"] == "ok", "the feed to be well again", 5)
    log = run.log.read_text()
    check(log.count("bad.xml") == 1 and "feed files: is well again" in log, "both are logged once")

    # A link out of the directory is no way out of it.
    (directory / "secret.xml").write_bytes(rss("secret", [("s", "Moscow, secret", "")]))
    (run.files / "link.xml").symlink_to(directory / "secret.xml")
    wait_until(lambda: "symbolic link" in (run.feed("files")["error"] or ""), "the refusal of a link", 5)
    check("secret" not in tail(run), "and nothing of it was read")
    (run.files / "link.xml").unlink()

    # What has changed while the daemon was not there is seen when it comes back.
    run.stop()
    run.daemon.start()
    wait_until(lambda: run.status().get("answers"), "the daemon again")
    run.stop()
    count += 1
    (run.files / "four.xml").write_bytes(rss("files", [(f"guid-{count}", f"Moscow {count}, meanwhile", "")]))
    run.daemon.start()
    wait_until(lambda: f"Moscow {count}, meanwhile" in tail(run), "what came meanwhile", 5)
    run.stop()


def isolated(test, bin_dir):
    with tempfile.TemporaryDirectory(prefix="wirewatch-control-") as directory:
        began = time.monotonic()
        test(bin_dir, pathlib.Path(directory))
    print(f"ok: {test.__name__} ({time.monotonic() - began:.1f} s)", flush=True)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    bin_dir = options.parse_args().bin
    isolated(files, bin_dir)  # alone, since it measures; the others wait most of the time
    with concurrent.futures.ThreadPoolExecutor() as pool:
        tests = [pool.submit(isolated, test, bin_dir) for test in (watchdog, hostile, commands, stale_socket)]
        for test in concurrent.futures.as_completed(tests):
            test.result()


if __name__ == "__main__":
    main()
