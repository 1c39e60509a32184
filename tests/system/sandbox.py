#!/usr/bin/env python3
"""The daemon does all its work under the settings of its unit, as far as they can be had without systemd.
Usage: sandbox.py --bin DIR --unit FILE"""
import argparse
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

from harness import Daemon, Origin, check, rss, wait_until
from unit_settings import EXERCISED, NOT_EXERCISED, Sandbox, missing_tool, service_settings

# Each must fail inside, or the sandbox proves nothing.
FORBIDDEN = """
import ctypes, errno, mmap, os, socket, sys
failed = []
def must_fail(what, work):
    try:
        work()
    except OSError:
        return
    failed.append(what)
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    if getattr(libc, name)(*arguments) == -1:
        raise OSError(ctypes.get_errno(), name)
must_fail("memory that is written and run", lambda: mmap.mmap(-1, 4096, prot=7))
must_fail("a packet socket", lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW))
must_fail("a bluetooth socket", lambda: socket.socket(31, socket.SOCK_RAW))
must_fail("a namespace", lambda: call("unshare", 0x00020000))
must_fail("a personality", lambda: call("personality", 0x0040000))
must_fail("a mount", lambda: call("mount", b"none", b"/tmp", b"tmpfs", 0, None))
must_fail("a file in /usr", lambda: open("/usr/wirewatch-was-here", "w"))
must_fail("a file beside the configuration", lambda: open(sys.argv[1] + "/new.toml", "w"))
must_fail("root's own files", lambda: os.listdir("/proc/1/fd"))
must_fail("a higher priority", lambda: os.setpriority(os.PRIO_PROCESS, 0, -5))
print(", ".join(failed))
"""


def with_files_feed(config, directory):
    """Adds a feed that is a file, and one whose token is a credential."""
    text = config.read_text().replace("[fetch]\n", f'[fetch]\nfile_roots = ["{directory}"]\n')
    text += f'[[feed]]\nid = "own"\nurl = "file://{directory}/own.xml"\n'
    text = text.replace('id = "secret"\n', 'id = "secret"\ntoken_file = "credentials/token"\n')
    config.write_text(text)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options.add_argument("--unit", required=True)
    options = options.parse_args()
    settings = service_settings(options.unit)
    known = EXERCISED.keys() | NOT_EXERCISED
    check(settings.keys() <= known, f"say in unit_settings.py how these are tried: {settings.keys() - known}")
    check(not EXERCISED.keys() & NOT_EXERCISED, "a setting is in both lists")
    if lack := missing_tool():
        print(f"skipped: {lack}")
        sys.exit(77)

    with tempfile.TemporaryDirectory(prefix="wirewatch-sandbox-") as directory:
        os.chmod(directory, 0o755)
        names = ("state", "etc", "credentials", "files", "bin")
        state, config, credentials, files, programs = (pathlib.Path(directory) / name for name in names)
        for made in (state, config, credentials, files, programs):
            made.mkdir(mode=0o755)
        for program in ("wirewatch", "wirewatchd"):  # the build may be where only its owner may go
            shutil.copy(pathlib.Path(options.bin) / program, programs)
        (credentials / "credentials_token").write_text("s3cret")
        (credentials / "credentials_token").chmod(0o400)
        (files / "own.xml").write_bytes(rss("own", [("f1", "Pakistan reads files", "")]))
        origin = Origin()
        origin.documents["/a"] = rss("a", [("a1", "Pakistan und die Züge: Energien", "gas"), ("a2", "Peru", "")])
        origin.documents["/b"] = rss("b", [("b1", "Pakistan again", "")])
        daemon = Daemon(programs, config, {"open": origin.url("/a"), "secret": origin.url("/b")},
                        {"words": "pakistan AND energ*", "shapes": "/[Pp]akist[a-z]+/", "all": "pakistan"})
        daemon.config.write_text(daemon.config.read_text().replace(str(daemon.database), str(state / "wirewatch.db")))
        daemon.database = state / "wirewatch.db"
        with_files_feed(daemon.config, files)
        sandbox = Sandbox(settings, state, [config, files, programs], credentials)

        inside = subprocess.run([*sandbox.wrapper, "/usr/bin/python3", "-c", FORBIDDEN, str(config)],
                                pass_fds=sandbox.fds(), capture_output=True, text=True)
        check(inside.returncode == 0, f"the sandbox does not start: {inside.stderr}")
        check(inside.stdout.strip() == "", f"the sandbox lets through: {inside.stdout}")

        daemon.start(wrapper=sandbox.wrapper, pass_fds=sandbox.fds())
        log = config / "daemon.log"
        wait_until(lambda: daemon.process.poll() is not None or "commands at" in log.read_text(), "the start")
        check(daemon.process.poll() is None, f"the daemon ended with {daemon.process.returncode}: {log.read_text()}")

        def guids():
            shown = daemon.wirewatch("history", "--json")
            return {row["article"]["url"].rsplit("/", 1)[-1] for row in json.loads(shown.stdout or "[]")}

        wait_until(lambda: guids() == {"a1", "b1", "f1"}, "hits from both web feeds and the file")
        tokens = {headers.get("Authorization") for path, headers in origin.requests if path == "/b"}
        check(tokens == {"Bearer s3cret"}, f"the credential was sent as {tokens}")

        alerts = daemon.wirewatch("tail", "--since", "0", "--no-follow", "--json").stdout.splitlines()
        check(len(alerts) == 7, f" {len(alerts)} alerts came over ZeroMQ")
        for words in (["status"], ["reload"], ["feeds", "pause", "open"], ["feeds", "resume", "open"]):
            done = daemon.wirewatch(*words)
            check(done.returncode == 0, f"wirewatch {' '.join(words)}: {done.stderr}")
        (files / "new").write_bytes(rss("own", [("f2", "Pakistan writes files", "")]))
        os.replace(files / "new", files / "own.xml")
        wait_until(lambda: "f2" in guids(), "the changed file to be seen through inotify")

        os.kill(json.loads(daemon.wirewatch("status", "--json").stdout)["pid"], signal.SIGTERM)
        code = daemon.process.wait(timeout=15)  # the sandbox's, which is the daemon's
        check(code == 0, f"the daemon ended with {code}: {log.read_text()}")
        mode = daemon.database.stat().st_mode & 0o777
        check(mode == 0o600, f"the database has mode {mode:o}")
        check(not (state / "wirewatch.db-wal").exists(), "the write-ahead log is still there after the end")
    print(f"ok: exercised {', '.join(sorted(settings.keys() & EXERCISED.keys()))}")
    print(f"not exercised here: {', '.join(sorted(settings.keys() & NOT_EXERCISED))}")


if __name__ == "__main__":
    main()
