#!/usr/bin/env python3
"""A subscriber to the alert stream, written from docs/alerts.md alone: that the page suffices.

Usage: subscriber.py LIVE REPLAY [RULE-ID]

LIVE and REPLAY are the daemon's two ZeroMQ endpoints; without RULE-ID all alerts come. From the very
first alert on, each is printed once, in order of seq: its body as received, a line on stdout. Notices
(lost, gone, new epoch) go to stderr. SIGTERM and SIGINT end it, with exit code 0.
"""

import signal
import struct
import sys

import zmq

HEARTBEATS_MISSED = 3500  # milliseconds: HUGZ comes every second, three may be missed
SILENCE = 2000  # milliseconds after which an answer is known to be incomplete
REMEMBERED = 100_000  # uuids; a new epoch begins at 0 again, so this should span all that history keeps
NO_HEAD = 2**64  # past every seq: replay whatever there is


def number_of(frame):
    return struct.unpack("!Q", frame)[0]


def properties_of(frames):
    return dict(line.split("=", 1) for line in frames[3].decode().splitlines())


def notice(words):
    print(f"subscriber: {words}", file=sys.stderr, flush=True)


def new_context():
    """A context whose sockets notice a frozen peer, and do not hold up the end of the program."""
    context = zmq.Context()
    for option, value in (zmq.HEARTBEAT_IVL, 5000), (zmq.HEARTBEAT_TIMEOUT, 15000), (zmq.LINGER, 0):
        context.setsockopt(option, value)
    return context


def read_answer(dealer):
    """The alerts of a page and the message that ends it, or None if the page stays incomplete."""
    alerts = []
    while dealer.poll(SILENCE):
        frames = dealer.recv_multipart()
        if frames[0] in (b"KTHXBAI", b"GONE"):
            return alerts, frames
        if frames[0] == b"WTF":  # the same request would be as malformed the next time
            sys.exit(f"subscriber: the daemon refuses the request: {frames[1].decode()}")
        alerts.append(frames)
    return None


class Subscriber:
    def __init__(self, live_endpoint, replay_endpoint, rule=None):
        self.context = new_context()
        self.live_endpoint, self.replay_endpoint, self.rule = live_endpoint, replay_endpoint, rule
        self.subtree = f"alert/{rule}/".encode() if rule else b"alert/"
        self.epoch, self.cursor, self.topic_seq = None, 0, 0
        self.handled = {}  # uuids as keys: a set that knows its oldest member

    def run(self):
        live = self.context.socket(zmq.SUB)
        for prefix in (self.subtree, b"HUGZ", b"sys/welcome/"):  # the welcome last: then all hold
            live.subscribe(prefix)
        live.connect(self.live_endpoint)
        while True:
            if live.poll(HEARTBEATS_MISSED):
                self.take_live(live.recv_multipart())
            else:
                notice("lost: the heartbeat, asking for a replay")
                self.replay(NO_HEAD)

    def take_live(self, frames):
        seq, is_alert = number_of(frames[1]), frames[0].startswith(b"alert/")
        if properties_of(frames)["epoch"] != self.epoch:
            self.replay(seq)  # its answer tells the epoch: this message may be older than the database
        elif seq <= self.cursor:
            return  # a replay has brought it
        elif is_alert and self.is_next(frames):
            self.hand_out(frames)
            self.cursor = seq
        else:
            if is_alert or not self.rule:  # a head may have moved by other rules' alerts alone
                notice(f"lost: after seq {self.cursor} came {seq}, asking for a replay")
            self.replay(seq)

    def is_next(self, frames):
        if self.rule:  # the seqs in between are those of other rules
            return int(properties_of(frames)["tseq"]) == self.topic_seq + 1
        return number_of(frames[1]) == self.cursor + 1

    def replay(self, head):
        """Page by page up to the head, or as far as it goes: the head may be another database's."""
        while True:
            before = self.epoch, self.cursor
            self.take_page(*self.ask())
            if self.cursor >= head or (self.epoch, self.cursor) == before:
                return

    def ask(self):
        while True:
            with self.context.socket(zmq.DEALER) as dealer:  # fresh: no rest of an earlier answer
                dealer.connect(self.replay_endpoint)
                dealer.send_multipart([b"ICANHAZ?", self.subtree, struct.pack("!Q", self.cursor)])
                answer = read_answer(dealer)
            if answer:
                return answer

    def take_page(self, alerts, end):
        number, epoch = number_of(end[1]), end[2].decode()
        if epoch != self.epoch:  # the question was about another database: ask again, from 0
            self.begin(epoch)
        elif end[0] == b"GONE":
            notice(f"gone: the alerts from seq {self.cursor + 1} to {number - 1} are no longer kept")
            self.cursor = number - 1
        else:
            for frames in alerts:
                self.hand_out(frames)
            self.cursor = number

    def begin(self, epoch):
        if self.epoch:
            notice(f"new epoch {epoch}: another database, beginning at 0")
        self.epoch, self.cursor, self.topic_seq = epoch, 0, 0

    def hand_out(self, frames):
        self.topic_seq = int(properties_of(frames)["tseq"])
        if frames[2] in self.handled:
            return
        self.handled[frames[2]] = True
        if len(self.handled) > REMEMBERED:
            del self.handled[next(iter(self.handled))]
        sys.stdout.buffer.write(frames[4] + b"\n")
        sys.stdout.buffer.flush()


def main():
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    Subscriber(*sys.argv[1:]).run()


if __name__ == "__main__":
    main()
