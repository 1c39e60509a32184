# SPDX-License-Identifier: MIT
"""Alerts of a wirewatch daemon, none lost and none twice: the subscriber's way of docs/alerts.md.

Needs pyzmq (Debian: python3-zmq). One file, to be copied into your program:

    from wirewatch import Subscriber
    for alert in Subscriber(cursor_file="alerts.cursor"):
        print(alert.data["article"]["title"])     # handled when the next one is asked for

The cursor is saved when you ask for the next message: what was handed out and not finished comes again
after a crash. Run as a program it prints alerts, one body a line; --help tells how.
"""
import argparse
import collections
import json
import os
import re
import signal
import struct
import sys
import time

import zmq

MISSED = 3.5  # seconds: HUGZ comes every second, three may be missed
SILENCE = 2.0  # seconds after which an answer is known to be incomplete
LOW = 2  # seconds for which the head is before our cursor, until we look why
SAVE_EVERY = 0.05  # seconds: a save waits for the disk
MAX_TOPICS = 65_000  # bytes: a longer filter is not noted in the cursor file
REMEMBERED = 100_000  # uuids, for a database that was restored and numbers anew

Message = collections.namedtuple("Message", "topic seq uuid epoch tseq body data")


class Refused(Exception):
    """The daemon says that a request was malformed: this program is wrong."""


class Subscriber:
    """Iterates over messages. `rules`: ids, none for all alerts. `feeds`: also sys/feed/ events.
    `key_file` and `server_key`: with a daemon that has CURVE; the file holds your secret key.
    `since`: where to begin without a cursor file: a seq, or None for what comes from now on.
    `notice`: called with ("connected" | "lost" | "gone" | "epoch", words)."""

    def __init__(self, live="tcp://127.0.0.1:5580", replay="tcp://127.0.0.1:5581", *, rules=(), feeds=False,
                 cursor_file=None, since=0, key_file=None, server_key=None, notice=None):
        self.live_address, self.replay_address = live, replay
        self.rules, self.feeds, self.cursor_file = frozenset(rules), feeds, cursor_file
        self.notice = notice or (lambda kind, words: print(f"wirewatch: {words}", file=sys.stderr, flush=True))
        self.one = len(self.rules) == 1 and not feeds  # one topic: its tseq shows gaps
        self.all = not self.rules  # the full stream: seq shows them
        self.subtree = f"alert/{next(iter(self.rules))}/" if self.one else "" if self.all or feeds else "alert/"
        self.topics = [f"alert/{rule}/" for rule in sorted(self.rules)] or ["alert/"]
        self.topics += ["sys/feed/"] if feeds else []
        self.keys = self._keys(key_file, server_key)
        self.epoch, self.cursor = self._load() or (None, since)
        self.handled = self.saved = (self.epoch, self.cursor)
        self.saved_at, self.silence = 0.0, SILENCE
        self.tseq, self.head, self.former, self.behind, self.low_since = None, 0, None, False, None
        self.seen = collections.OrderedDict()
        self.ready = collections.deque()  # what was read and not handed out: (message or None, epoch, seq)
        self.connected = self.lost_told = False
        self.context = zmq.Context()
        self.live = self._socket(zmq.SUB)
        self.live.set_hwm(10_000)
        for prefix in self._prefixes():
            self.live.subscribe(prefix)
        self.live.connect(live)
        self.heard = time.monotonic()

    def __iter__(self):
        return self

    def __next__(self):
        while True:
            message = self.next(timeout=None)
            if message:
                return message

    def next(self, timeout=None):
        """The next message, or None after `timeout` seconds. What was handed out before counts as handled."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            while self.ready:  # read on only when it is empty: then epoch and cursor are those of its last
                message, self.epoch, self.cursor = self.ready.popleft()
                if message and self._wanted(message):
                    self.handled = self.epoch, message.seq - 1
                    self._save_in_time()
                    return message
            self.handled = self.epoch, self.cursor
            self._save_in_time()
            if deadline is not None and time.monotonic() >= deadline:
                return None
            self._read(deadline)

    def close(self):
        """Saves the cursor: of what was handed out, all but the last message counts as handled."""
        self._save_in_time(0.0)
        self.context.destroy(linger=0)

    def _save_in_time(self, every=SAVE_EVERY):
        epoch, seq = self.handled
        if not self.cursor_file or epoch is None or self.handled == self.saved:
            return
        if time.monotonic() - self.saved_at < every:
            return
        beside = f"{self.cursor_file}.new"  # beside and renamed: a crash leaves the old or the new one
        with open(beside, "w") as file:
            topics = " ".join(self.topics)  # the place has passed all others unseen
            file.write(f"wirewatch-cursor 1 {epoch} {seq}\n" + (f"topics {topics}\n" if len(topics) < MAX_TOPICS else ""))
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, self.cursor_file)
        self.saved, self.saved_at = self.handled, time.monotonic()

    def _read(self, deadline):
        """Some of a replay, where one is due, else a live message."""
        patience = MISSED if self.connected and not self.behind else 3 * SILENCE
        if self.behind:
            asked = self.epoch, self.cursor
            if self._page() and (self.cursor >= self.head or (self.epoch, self.cursor) == asked):
                self.behind = False
        else:
            now = time.monotonic()
            ends = [self.heard + patience, deadline or self.heard + patience]
            if self.cursor_file and self.handled != self.saved:
                ends.append(now + SAVE_EVERY)
            if self.live.poll(max(0, round((min(ends) - now) * 1000))):
                self._take_live(self.live.recv_multipart())
        if time.monotonic() >= self.heard + patience:
            self._miss(patience)

    # Step 3 of the subscriber's way: the epoch first. Step 5: the next one, or replay.
    def _take_live(self, frames):
        message = self._decode(frames)
        if message is None or message.epoch == self.former:
            return  # should it leave a gap, the next one shows it
        self.heard, self.lost_told = time.monotonic(), False
        if not self.connected:
            self.connected = True
            self.notice("connected", f"connected to the daemon at {self.live_address}")
        numbered = message.tseq > 0
        if self.cursor is None:  # begin with what comes from now on
            self.epoch, self.cursor = message.epoch, message.seq - (1 if numbered else 0)
        self._same_epoch(message.epoch)
        self.head = max(self.head, message.seq)
        if message.seq < self.cursor:  # a replay has brought it
            if not numbered:
                self._look_back()
            return
        self.low_since = None
        if message.seq == self.cursor:
            return
        if numbered and ((self.all and message.seq == self.cursor + 1)
                         or (self.one and self.tseq is not None and message.tseq == self.tseq + 1)):
            self._hand_out(message)
        else:
            self.behind = True

    def _look_back(self):
        """A head before our cursor may have waited while a replay went on. Where it stays, a replay tells why."""
        now = time.monotonic()
        self.low_since = self.low_since or now
        if now - self.low_since >= LOW:
            self.low_since, self.behind = None, True

    def _miss(self, patience):
        if not self.lost_told:
            self.lost_told = True
            hint = "it does not allow our key, or the server key is not its own" if self.keys else "it wants a key, and we have none"
            self.notice("lost", f"nothing heard from the daemon for {patience:g} s; still trying (also where {hint})")
        self.connected, self.heard = False, time.monotonic()
        self.behind = self.cursor is not None  # should only the live way be broken, replay brings what is new

    def _page(self):
        """One answer; asked again, on a fresh socket, where it stays incomplete. False: nobody answered."""
        asked = self.cursor
        with self._socket(zmq.DEALER) as dealer:
            dealer.connect(self.replay_address)
            dealer.send_multipart([b"ICANHAZ?", self.subtree.encode(), struct.pack("!Q", self.cursor)])
            while dealer.poll(self.silence * 1000):
                frames = dealer.recv_multipart()
                self.heard, self.silence = time.monotonic(), SILENCE
                if frames[0] == b"WTF":
                    raise Refused(frames[1].decode("utf-8", "replace"))
                if frames[0] == b"KTHXBAI":
                    if self._same_epoch(frames[2].decode()):
                        self._end_page(asked, number(frames[1]))
                    return True
                if frames[0] == b"GONE":
                    oldest = number(frames[1])
                    if self._same_epoch(frames[2].decode()) and oldest > self.cursor + 1:
                        self.notice("gone", f"alerts {self.cursor + 1} to {oldest - 1} are no longer kept; "
                                            f"going on with {oldest}")
                        self._move_to(oldest - 1)
                    return True
                message = self._decode(frames)
                if message is None:
                    raise Refused(f"something else speaks at {self.replay_address}")
                if not self._same_epoch(message.epoch):
                    return True
                if message.seq > self.cursor:
                    self._hand_out(message)
        self.silence = min(2 * self.silence, 8 * SILENCE)  # a slow machine needs longer for a handshake
        return False

    def _end_page(self, asked, cursor):
        if cursor < asked:
            self._begin_anew(f"the daemon's database is older than before (its last number is {cursor}, and we have "
                             f"been at {asked})")
        else:
            self._move_to(max(self.cursor, cursor))

    def _hand_out(self, message):
        self.cursor, self.tseq = message.seq, message.tseq
        self.ready.append((message, self.epoch, self.cursor))

    def _move_to(self, seq):
        self.cursor = seq
        self.ready.append((None, self.epoch, seq))

    def _same_epoch(self, epoch):
        """False, with the cursor at the beginning of the new one, where it is another database."""
        if self.epoch in (None, epoch):
            self.epoch = epoch
            return True
        former, self.former, self.epoch = self.epoch, self.epoch, epoch
        self._begin_anew(f"the daemon has another database than before (epoch {former}, now {epoch})")
        return False

    def _begin_anew(self, why):
        self.notice("epoch", f"{why}; going on from its beginning")
        self.head, self.tseq, self.behind = 0, None, True
        self._move_to(0)

    def _wanted(self, message):
        kind, _, rule = message.topic.rstrip("/").rpartition("/")
        if not (self.feeds if kind == "sys/feed" else self.all or rule in self.rules) or message.uuid in self.seen:
            return False
        self.seen[message.uuid] = True
        if len(self.seen) > REMEMBERED:
            self.seen.popitem(last=False)
        return True

    def _prefixes(self):
        yield from (f"alert/{rule}/" for rule in sorted(self.rules))
        if self.all:
            yield "alert/"
        if self.all or self.feeds:
            yield "sys/feed/"
        yield from ("HUGZ", "sys/welcome/")  # the welcome last: when it comes, all others hold

    def _socket(self, kind):
        socket = self.context.socket(kind)
        for option, value in ((zmq.LINGER, 0), (zmq.HEARTBEAT_IVL, 5000), (zmq.HEARTBEAT_TIMEOUT, 15000),
                              (zmq.TCP_KEEPALIVE, 1), (zmq.IPV6, 1)):
            socket.setsockopt(option, value)
        if self.keys:
            socket.curve_publickey, socket.curve_secretkey, socket.curve_serverkey = self.keys
        return socket

    @staticmethod
    def _keys(key_file, server_key):
        if not key_file:
            return None
        if os.stat(key_file).st_mode & 0o007:
            raise PermissionError(f"everybody may read {key_file}, which holds a secret; run: chmod o= {key_file}")
        with open(key_file, "rb") as file:
            secret = file.read().strip()
        return zmq.curve_public(secret), secret, server_key.encode()

    def _load(self):
        if not self.cursor_file or not os.path.exists(self.cursor_file):
            return None
        with open(self.cursor_file) as file:
            found = re.fullmatch(r"wirewatch-cursor 1 (-|[0-9a-f]{16}) (\d+)\n(?:topics (\S+/(?: \S+/)*)\n)?", file.read(MAX_TOPICS + 80))
        if not found:
            raise ValueError(f"{self.cursor_file} is no cursor file; name another, or remove it to begin anew")
        kept = (found[3] or "").split()  # files of old do not say
        unseen = [topic for topic in self.topics if kept and not topic.startswith(tuple(kept))]
        if unseen:
            raise ValueError(f"{self.cursor_file} is of another filter ({found[3]}): its place has passed messages of {unseen[0]} "
                             "unseen; name another file, or remove this one to begin anew")
        return None if found[1] == "-" else found[1], int(found[2])

    @staticmethod
    def _decode(frames):
        """None where the frames are not of this version: skip what you do not know."""
        try:
            topic, seq, uuid, lines, body = frames
            properties = dict(line.split("=", 1) for line in lines.decode().splitlines())
            numbered = topic.startswith((b"alert/", b"sys/feed/"))
            if properties["v"] != "1" or not (numbered or topic in (b"HUGZ", b"sys/welcome/")):
                return None
            data = json.loads(body)["data"] if numbered else None
            return Message(topic.decode(), number(seq), uuid, properties["epoch"],
                           int(properties["tseq"]) if numbered else 0, body.decode(), data)
        except (ValueError, KeyError, TypeError, struct.error):
            return None


def number(frame):
    return struct.unpack("!Q", frame)[0]


def main():
    options = argparse.ArgumentParser(description="Prints the alerts of a wirewatch daemon, one JSON body a line.")
    options.add_argument("--live", default="tcp://127.0.0.1:5580")
    options.add_argument("--replay", default="tcp://127.0.0.1:5581")
    options.add_argument("--rule", action="append", default=[], dest="rules", metavar="ID")
    options.add_argument("--feeds", action="store_true", help="also tell of feeds that turn bad or good")
    options.add_argument("--cursor", dest="cursor_file", metavar="FILE", help="go on from here, and keep the place")
    options.add_argument("--since", type=int, default=0, metavar="N")
    options.add_argument("--key-file", metavar="FILE", help="your secret CURVE key")
    options.add_argument("--server-key", metavar="KEY", help="the daemon's public CURVE key")
    try:
        subscriber = Subscriber(**vars(options.parse_args()))
    except (ValueError, OSError) as wrong:  # of the files that were named
        sys.exit(f"wirewatch: {wrong}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        for message in subscriber:
            sys.stdout.write(message.body + "\n")
            sys.stdout.flush()
    except KeyboardInterrupt:
        pass
    except BrokenPipeError:  # nobody reads any more, as with `| head`; what was not read is not handled
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes once more at its end
        sys.exit(1)
    finally:
        subscriber.close()


if __name__ == "__main__":
    main()
