"""A daemon, a feed that grows, and the four subscribers side by side: wirewatch tail, and the clients in
Python, JavaScript and C++. A scenario sets the scene, does its harm, and says what each must have got."""
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import zmq

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness import Daemon, Origin, check, rss  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[3]
PATIENCE = 60  # seconds: no scenario waits so long unless it fails
RULES = {"talks": "talks", "energy": "energy", "ener": "nobodywritesthis"}


def programs(bin_dir, modules):
    """Name -> the command to which options are added. Without node or its zeromq, none for JavaScript."""
    found = {
        "tail": [str(pathlib.Path(bin_dir).resolve() / "wirewatch"), "tail", "--json"],
        "python": ["/usr/bin/python3", str(ROOT / "clients/python/wirewatch.py")],
        "cpp": [str(pathlib.Path(bin_dir).resolve() / "client_tail")],
    }
    if modules:
        found["js"] = ["node", str(modules / "wirewatch.mjs")]
    return found


def javascript():
    """Where the JavaScript client runs: beside its modules. None, with words, where they are not to be had."""
    if shutil.which("node") is None:
        print("skipped for JavaScript: node is not installed")
        return None
    modules = ROOT / "clients/js/node_modules"
    if not (modules / "zeromq").is_dir():
        print("skipped for JavaScript: its module zeromq is not installed (npm ci --prefix clients/js)")
        return None
    return ROOT / "clients/js"


OLD = ("old", "An old story", "that is in the feed from the beginning, so that no read is the end of a gap")


class Failed(Exception):
    pass


def expect(condition, what):
    if not condition:
        raise Failed(what)


class Program:
    """One subscriber as a process, and what it has printed over all its lives."""

    def __init__(self, scene, name, options, files=""):
        self.scene, self.name = scene, name
        self.out = scene.directory / f"{name}{files}.jsonl"
        self.err = scene.directory / f"{name}{files}.log"
        self.cursor = scene.directory / f"{name}{files}.cursor"
        self.command = [*scene.programs[name], *options]
        self.process = None

    def start(self, *more):
        with open(self.out, "ab") as out, open(self.err, "ab") as err:
            self.process = subprocess.Popen([*self.command, "--cursor", str(self.cursor), *more], stdout=out, stderr=err)
        return self

    def send(self, number):
        self.process.send_signal(number)

    def end(self, number=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(number)
            code = self.process.wait(timeout=PATIENCE)
            expect(number == signal.SIGKILL or code == 0, f"{self.name} ended with {code}")

    def bodies(self):
        if not self.out.exists():
            return []
        return [json.loads(line) for line in self.out.read_bytes().split(b"\n")[:-1] if line.strip()]

    def told(self, words):
        return self.err.exists() and words in self.err.read_text()


class Proxy(threading.Thread):
    """Between subscribers and daemon: hands on each message in its frames as `keeps(frames)` says, a list of
    messages or a truth."""

    def __init__(self, scene, front_kind, back_kind, back, keeps):
        super().__init__(daemon=True)
        self.keeps, self.ending = keeps, threading.Event()
        self.context = zmq.Context()
        self.front = self.context.socket(front_kind)
        self.front.linger = 0
        self.address = f"tcp://127.0.0.1:{self.front.bind_to_random_port('tcp://127.0.0.1')}"
        self.back = self.context.socket(back_kind)
        self.back.linger = 0
        self.back.connect(back)
        scene.proxies.append(self)
        self.start()

    def run(self):
        poller = zmq.Poller()
        poller.register(self.front, zmq.POLLIN)
        poller.register(self.back, zmq.POLLIN)
        while not self.ending.is_set():
            for socket, _ in poller.poll(50):
                frames = socket.recv_multipart()
                if socket is self.front:
                    self.back.send_multipart(frames)
                    continue
                verdict = self.keeps(frames)
                for message in verdict if isinstance(verdict, list) else [frames] if verdict else []:
                    self.front.send_multipart(message)
        self.context.destroy(linger=0)

    def stop(self):
        self.ending.set()
        self.join()


class ReplayProxy(threading.Thread):
    """Between askers and the daemon's ROUTER, a socket for each asker; hands on each message of an answer where
    `keeps(peer, frames)` is true, peer counting from 0 the askers in the order of their first request."""

    def __init__(self, scene, back, keeps):
        super().__init__(daemon=True)
        self.back, self.keeps, self.ending = back, keeps, threading.Event()
        self.context, self.peers = zmq.Context(), {}
        self.front = self.context.socket(zmq.ROUTER)
        self.front.linger = 0
        self.address = f"tcp://127.0.0.1:{self.front.bind_to_random_port('tcp://127.0.0.1')}"
        scene.proxies.append(self)
        self.start()

    def run(self):
        poller = zmq.Poller()
        poller.register(self.front, zmq.POLLIN)
        names = {}
        while not self.ending.is_set():
            for socket, _ in poller.poll(50):
                frames = socket.recv_multipart()
                if socket is not self.front:
                    name = names[socket]
                    if self.keeps(list(self.peers).index(name), frames):
                        self.front.send_multipart([name, *frames])
                    continue
                name = frames[0]
                if name not in self.peers:
                    self.peers[name] = self.context.socket(zmq.DEALER)
                    self.peers[name].connect(self.back)
                    names[self.peers[name]] = name
                    poller.register(self.peers[name], zmq.POLLIN)
                self.peers[name].send_multipart(frames[1:])
        self.context.destroy(linger=0)

    def stop(self):
        self.ending.set()
        self.join()


class Scene:
    def __init__(self, bin_dir, directory, programs, **settings):
        self.directory, self.programs = pathlib.Path(directory), programs
        self.origin = Origin()
        self.origin.server.handle_error = lambda *_: None  # a daemon that is killed breaks off connections
        self.items, self.proxies, self.running, self.extra = [], [], [], ""
        self.daemon = Daemon(bin_dir, directory, {"wire": self.origin.url("/wire.xml")}, RULES)
        self.publish(0)
        # What the wire reports is alike, and each report has its own alert here.
        self.base = 'dedupe = "article"\n' + self.daemon.config.read_text()
        self.curve = {}
        self.set(**settings)

    # The daemon

    def set(self, zeromq="", clients=None):
        """Lines of [zeromq], and its clients."""
        text = self.base.replace("[zeromq]\n", "[zeromq]\n" + zeromq)
        if clients is not None:
            text += "[zeromq.clients]\n" + "".join(f'{name} = "{key}"\n' for name, key in clients.items())
        self.daemon.config.write_text(text)

    def keys(self, name):
        """A pair made by `wirewatch keys new`: the secret file and the public half."""
        done = self.daemon.wirewatch("keys", "new", name, "--directory", str(self.directory))
        expect(done.returncode == 0, done.stderr)
        return self.directory / f"{name}.secret", (self.directory / f"{name}.public").read_text().strip()

    def start(self):
        self.daemon.start()
        return self

    def stop(self):
        code, _ = self.daemon.stop()
        expect(code == 0, f"the daemon ended with {code}")

    def restart(self):
        self.stop()
        self.daemon.start()

    def reload(self):
        done = self.daemon.wirewatch("reload")
        expect(done.returncode == 0, f"reload: {done.stdout}{done.stderr}")

    def forget_database(self):
        for file in self.directory.glob("wirewatch.db*"):
            file.unlink()

    def query(self, sql):
        self.wait(lambda: self.daemon.database.exists(), "the database")
        database = sqlite3.connect(f"file:{self.daemon.database}?mode=ro", uri=True, timeout=10)
        try:
            return database.execute(sql).fetchall()
        except sqlite3.OperationalError:
            return []
        finally:
            database.close()

    def outbox(self, *topics, after=0):
        """The seqs of the outbox, of these rules (or all alerts), with `sys/feed/` also those of feeds."""
        wanted = [f"alert/{topic}/" for topic in topics]
        rows = self.query(f"SELECT o.seq, t.name FROM outbox o JOIN topics t ON t.id = o.topic_id WHERE o.seq > {after} ORDER BY o.seq")
        return [seq for seq, name in rows if (name.startswith("alert/") if not topics else name in wanted)
                or ("sys/feed/" in topics and name.startswith("sys/feed/"))]

    # The feed

    def publish(self, count, word="talks", summary="of some people"):
        for _ in range(count):
            number = len(self.items)
            self.items.append((f"a{number}", f"Part {number}: {word}", summary))
        self.origin.documents["/wire.xml"] = rss("wire", [*self.items[-400:][::-1], OLD])

    def report(self, count, word="talks", summary="of some people"):
        """Publishes, and waits until it is in the outbox."""
        before = len(self.outbox())
        for begin in range(0, count, 300):
            few = min(300, count - begin)
            self.publish(few, word, summary)
            self.wait(lambda: len(self.outbox()) >= before + begin + few, "the articles in the outbox")

    # Subscribers

    def subscribe(self, *options, live=None, replay=None, since=0, files="", start=True, only=None):
        """All of them with the same options, told in the words of the clients; a dict by name."""
        made = {}
        for name in only or self.programs:
            where = ["--live", live or self.daemon.live, "--replay", replay or self.daemon.replay]
            program = Program(self, name, [*where, *options, "--since", str(since)], files)
            made[name] = program.start() if start else program
            self.running.append(program)
        return made

    def live_proxy(self, keeps):
        return Proxy(self, zmq.XPUB, zmq.XSUB, self.daemon.live, keeps).address

    def replay_proxy(self, keeps):
        return ReplayProxy(self, self.daemon.replay, keeps).address

    # What must come

    def saved(self, subscribers, seq):
        """Waits until each has it in its cursor file that all up to this number is handled."""
        for name, program in subscribers.items():
            self.wait(lambda: program.cursor.exists() and program.cursor.read_text().split()[3:4] == [str(seq)],  # noqa: B023
                      f"the cursor of {name}")

    def wait(self, condition, what, seconds=PATIENCE):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if condition():
                return
            time.sleep(0.02)
        raise Failed(f"waited {seconds} s for {what}")

    def got(self, subscribers, seqs, seconds=PATIENCE):
        """Each has printed just these, in this order."""
        deadline = time.monotonic() + seconds
        for name, program in subscribers.items():
            while len(program.bodies()) < len(seqs) and time.monotonic() < deadline:
                time.sleep(0.02)
        for name, program in subscribers.items():
            seen = [body["data"]["seq"] for body in program.bodies()]
            expect(seen == seqs, f"{name} printed {shown(seen)} instead of {shown(seqs)}")
            ids = [body["id"] for body in program.bodies()]
            expect(len(set(ids)) == len(ids), f"{name} printed one twice")

    def told(self, subscribers, words):
        for name, program in subscribers.items():
            self.wait(lambda: program.told(words), f"{name} to say '{words}'")

    def end(self):
        for program in self.running:
            if program.process and program.process.poll() is None:
                program.process.kill()
                program.process.wait()
        for proxy in self.proxies:
            proxy.stop()
        if self.daemon.process and self.daemon.process.poll() is None:
            self.daemon.process.send_signal(signal.SIGCONT)
            self.daemon.kill()
        self.origin.server.shutdown()


def shown(seqs):
    return f"{len(seqs)} alerts {seqs[:12]}{'…' if len(seqs) > 12 else ''}"
