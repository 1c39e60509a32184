#!/usr/bin/env python3
"""Keys, and the starts that are refused: CURVE without an allow-list, other machines without CURVE, keys that others
can read. Usage: curve.py --bin DIR"""
import argparse
import os
import pathlib
import re
import stat
import tempfile

from harness import Daemon, Origin, check, rss, wait_until


def mode(file):
    return stat.S_IMODE(os.stat(file).st_mode)


class Place:
    def __init__(self, bin_dir, directory):
        self.directory = pathlib.Path(directory)
        self.origin = Origin()
        self.origin.documents["/wire.xml"] = rss("wire", [("a", "Talks", "of people")])
        self.daemon = Daemon(bin_dir, directory, {"wire": self.origin.url("/wire.xml")}, {"talks": "talks"})
        self.text = self.daemon.config.read_text()

    def configure(self, zeromq="", clients=None, live=None, replay=None):
        text = self.text.replace("[zeromq]\n", "[zeromq]\n" + zeromq)
        text = text.replace(self.daemon.live, live or self.daemon.live).replace(self.daemon.replay, replay or self.daemon.replay)
        if clients is not None:
            text += "[zeromq.clients]\n" + "".join(f'{name} = "{key}"\n' for name, key in clients.items())
        self.daemon.config.write_text(text)

    def start(self):
        """Until it serves, as it says itself."""
        said = lambda: (self.directory / "daemon.log").read_text().count("alerts at")  # noqa: E731
        before = said()
        self.daemon.start()
        wait_until(lambda: said() > before, "the daemon")

    def refused(self, words):
        """The start is refused, with 78 and these words, and nothing is touched."""
        self.daemon.start()
        check(self.daemon.process.wait(timeout=20) == 78, f"ended with {self.daemon.process.returncode} ({words})")
        said = (self.directory / "daemon.log").read_text()
        check(words in said, f"'{words}' is not in: {said[-600:]}")
        check(not self.daemon.database.exists(), "the database was made")


def keys_are_made(place):
    done = place.daemon.wirewatch("keys", "new", "desk8", "--directory", str(place.directory))
    secret, public = place.directory / "desk8.secret", place.directory / "desk8.public"
    check(done.returncode == 0, done.stderr)
    check(mode(secret) == 0o600, f"the secret half has mode {mode(secret):o}")
    check(public.read_text().strip() in done.stdout and "[zeromq.clients]" in done.stdout and "curve_key_file" in done.stdout, done.stdout)
    check(secret.read_text().strip() not in done.stdout + done.stderr, "the secret half was printed")
    check(all(re.fullmatch(r"\S{40}\n", file.read_text()) for file in (secret, public)), "40 characters each")
    former = secret.read_text()
    again = place.daemon.wirewatch("keys", "new", "desk8", "--directory", str(place.directory))
    check(again.returncode == 1 and "there already" in again.stderr and secret.read_text() == former, "written over")
    check('curve_key_file = "desk8.secret"' in done.stdout, f"the path does not begin where the configuration is: {done.stdout}")
    with tempfile.TemporaryDirectory() as other:
        elsewhere = place.daemon.wirewatch("keys", "new", "desk9", cwd=other)
    check("\n  desk9.secret " in elsewhere.stdout and "--key-file desk9.secret" in elsewhere.stdout, elsewhere.stdout)
    check(re.search(r'curve_key_file = "/.*/desk9.secret"', elsewhere.stdout), f"from elsewhere it is whole: {elsewhere.stdout}")
    dotted = place.daemon.wirewatch("keys", "new", "desk.8", "--directory", str(place.directory))
    check('\n  "desk.8" = "' in dotted.stdout, f"a dot makes a table in a table: {dotted.stdout}")
    bad = place.daemon.wirewatch("keys", "new", "../desk8", "--directory", str(place.directory))
    check(bad.returncode != 0, "a path was taken for a name")
    return secret, public.read_text().strip()


def starts_are_refused(place, secret, public):
    key = f'curve_key_file = "{secret}"\n'
    place.configure(live="tcp://0.0.0.0:5580")
    place.refused("is not on the loopback: other machines are only let in with CURVE")
    place.configure(replay="tcp://*:5581")
    place.refused("'replay': 'tcp://*:5581' is not on the loopback")
    place.configure(zeromq=key)
    place.refused("CURVE is on, but nobody is allowed in")
    place.configure(zeromq=key, clients={})
    place.refused("CURVE is on, but nobody is allowed in")
    place.configure(clients={"desk8": public})
    place.refused("[zeromq.clients] only counts with CURVE")
    place.configure(zeromq=key, clients={"desk8": "too short"})
    place.refused("'desk8' has no public CURVE key")
    place.configure(zeromq=key, clients={"desk8": public, "desk9": public})
    place.refused("have the same key")
    for wrong in (0o604, 0o602, 0o644):
        os.chmod(secret, wrong)
        place.configure(zeromq=key, clients={"desk8": public})
        place.refused("which holds a secret; run: chmod o=")
    os.chmod(secret, 0o640)
    place.configure(zeromq='curve_key_file = "nowhere.secret"\n', clients={"desk8": public})
    place.refused("nowhere.secret")
    (place.directory / "junk").write_text("junk\n")
    os.chmod(place.directory / "junk", 0o600)
    place.configure(zeromq='curve_key_file = "junk"\n', clients={"desk8": public})
    place.refused("holds no CURVE key")
    place.configure(zeromq='curve_key_file = "desk8.public"\n', clients={"desk8": public})
    place.refused(f"desk8.public' is the public half of a pair; the secret half is wanted: '{secret}'")
    (place.directory / "junk").write_text(public + "\n")
    place.configure(zeromq='curve_key_file = "junk"\n', clients={"desk8": public})
    place.refused("'curve_key_file' holds the public key of 'desk8'")


def tail_wants_the_secret_half(place, secret, public):
    for file, words in ((secret.with_suffix(".public"), f"is the public half of a pair; the secret half is wanted: '{secret}'"),
                        (place.directory / "junk", "the key file holds the daemon's public key, which is --server-key")):
        tail = place.daemon.wirewatch("tail", "--no-follow", "--key-file", str(file), "--server-key", public)
        check(tail.returncode == 1 and words in tail.stderr, tail.stderr)


def a_reload_never_opens_the_door(place, secret, public):
    key = f'curve_key_file = "{secret}"\n'
    place.configure(zeromq=key, clients={"desk8": public})
    place.start()
    place.configure(zeromq=key, clients={})
    done = place.daemon.wirewatch("reload")
    check(done.returncode != 0 and "nobody is allowed in" in done.stdout + done.stderr, f"{done.stdout}{done.stderr}")
    check(place.daemon.stop()[0] == 0, "the daemon ended with an error")


def files_of_ipc_have_their_mode(place):
    for wanted, line in ((0o600, ""), (0o600, 'ipc_mode = "0600"\n'), (0o660, 'ipc_mode = "0660"\n')):
        live, replay = place.directory / "live", place.directory / "replay"
        place.configure(zeromq=line, live=f"ipc://{live}", replay=f"ipc://{replay}")
        place.start()
        check(mode(live) == mode(replay) == wanted, f"modes {mode(live):o}, {mode(replay):o} instead of {wanted:o}")
        tail = place.daemon.wirewatch("tail", "--since", "0", "--limit", "1", "--json")
        check(tail.returncode == 0 and '"seq":1' in tail.stdout, tail.stderr)
        check(place.daemon.stop()[0] == 0, "the daemon ended with an error")


def relative_files_of_ipc_lie_beside_the_configuration(place):
    """For the daemon and for who reads it, wherever they were started."""
    place.configure(live="ipc://near", replay="ipc://near-too")
    place.start()
    check((place.directory / "near").is_socket() and (place.directory / "near-too").is_socket(), "they are elsewhere")
    with tempfile.TemporaryDirectory() as other:
        tail = place.daemon.wirewatch("tail", "--since", "0", "--limit", "1", "--json", cwd=other)
    check(tail.returncode == 0 and '"seq":1' in tail.stdout, tail.stderr)
    check(place.daemon.stop()[0] == 0, "the daemon ended with an error")


def tail_reaches_what_listens_everywhere(place, secret, public):
    everywhere = {name: getattr(place.daemon, name).replace("127.0.0.1", "*") for name in ("live", "replay")}
    place.configure(zeromq=f'curve_key_file = "{secret}"\n', clients={"desk8": public}, **everywhere)
    place.start()
    tail = place.daemon.wirewatch("tail", "--since", "0", "--limit", "1", "--json", "--key-file", secret, "--server-key", public)
    check(tail.returncode == 0 and '"seq":1' in tail.stdout, tail.stderr)
    check(place.daemon.stop()[0] == 0, "the daemon ended with an error")
    place.configure(live="tcp://127.0.0.1:*")
    tail = place.daemon.wirewatch("tail", "--no-follow")
    check(tail.returncode == 1 and "leaves the port to the daemon" in tail.stderr and "--live" in tail.stderr, tail.stderr)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--bin", required=True)
    options = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="wirewatch-curve-") as directory:
        place = Place(options.bin, directory)
        secret, public = keys_are_made(place)
        print("ok: keys are made, and never over others")
        starts_are_refused(place, secret, public)
        print("ok: starts are refused with 78")
        tail_wants_the_secret_half(place, secret, public)
        print("ok: tail wants the secret half")
        a_reload_never_opens_the_door(place, secret, public)
        print("ok: a reload never opens the door")
        files_of_ipc_have_their_mode(place)
        print("ok: the files of ipc have their mode")
        relative_files_of_ipc_lie_beside_the_configuration(place)
        print("ok: relative files of ipc lie beside the configuration")
        tail_reaches_what_listens_everywhere(place, secret, public)
        print("ok: tail reaches what listens everywhere")


if __name__ == "__main__":
    main()
