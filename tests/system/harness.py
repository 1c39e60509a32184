"""What the system tests share: an HTTP origin whose feeds a test writes, and the daemon as a process."""
import http.server
import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import threading
import time
from xml.sax.saxutils import escape


class Origin:
    """Serves `documents` (path -> bytes) on loopback, with ETags, and counts what is asked for."""

    def __init__(self):
        self.documents = {}
        self.types = {}
        self.requests = []
        self.lock = threading.Lock()
        origin = self

        class Handler(http.server.BaseHTTPRequestHandler):
            disable_nagle_algorithm = True  # or the last piece of an answer waits 40 ms for a receipt

            protocol_version = "HTTP/1.1"

            def do_GET(self):
                with origin.lock:
                    body = origin.documents.get(self.path)
                    origin.requests.append((self.path, dict(self.headers)))
                if callable(body):
                    body = body()
                if body is None:
                    self.send_error(404)
                    return
                etag = '"%x"' % (hash(body) & 0xFFFFFFFFFFFFFFFF)
                fresh = self.headers.get("If-None-Match") != etag
                self.send_response(200 if fresh else 304)
                self.send_header("ETag", etag)
                self.send_header("Content-Type", origin.types.get(self.path, "application/xml"))
                if fresh:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if fresh:
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_):
                pass  # a daemon that ended left in the midst of a request

        self.server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server.server_address[1]}{path}"

    def fetches(self, path):
        with self.lock:
            return sum(1 for asked, _ in self.requests if asked == path)


def rss(title, items):
    """An RSS 2.0 document; items are (guid, title, summary)."""
    body = "".join(
        f"<item><guid isPermaLink=\"false\">{escape(guid)}</guid><title>{escape(head)}</title>"
        f"<link>https://example.org/{escape(guid)}</link><description>{escape(summary)}</description></item>"
        for guid, head, summary in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{escape(title)}</title>{body}</channel></rss>'.encode()


def free_port():
    """Below those that the kernel gives to outgoing connections: one of these could take it before the daemon does."""
    while True:
        port = random.SystemRandom().randint(20_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass


class Daemon:
    """wirewatchd on a directory of its own."""

    def __init__(self, bin_dir, directory, feeds, rules, interval="100ms"):
        self.bin = pathlib.Path(bin_dir).resolve()
        self.directory = pathlib.Path(directory)
        self.config = self.directory / "wirewatch.toml"
        self.database = self.directory / "wirewatch.db"
        self.live = f"tcp://127.0.0.1:{free_port()}"
        self.replay = f"tcp://127.0.0.1:{free_port()}"
        self.log = open(self.directory / "daemon.log", "ab")
        self.process = None
        text = (
            f'[history]\ndatabase = "{self.database}"\n[fetch]\ninterval = "{interval}"\n'
            f'first_poll_window = "36500d"\nmax_per_host = 8\nhost_spacing = "0s"\n'
            f'[zeromq]\nlive = "{self.live}"\nreplay = "{self.replay}"\n'
        )
        for feed_id, url in feeds.items():
            text += (
                f'[[feed]]\nid = "{feed_id}"\nurl = "{url}"\nrespect_ttl = false\n'
                'allow_private = ["127.0.0.1"]\n'
            )
        for rule_id, query in rules.items():
            text += f"[[rule]]\nid = \"{rule_id}\"\nquery = '''{query}'''\n"
        self.config.write_text(text)

    def start(self, wrapper=(), pass_fds=(), **environment):
        """`wrapper` is a command that runs it, such as a sandbox."""
        self.process = subprocess.Popen(
            [*wrapper, self.bin / "wirewatchd", "--config", self.config], stdout=self.log, stderr=self.log,
            env={**os.environ, **environment}, pass_fds=pass_fds,
        )

    def follow(self):
        """`wirewatch tail` as a process of its own, whose output nobody reads."""
        return subprocess.Popen([self.bin / "wirewatch", "--config", self.config, "tail"],
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """In order; gives the exit code and the seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=15)
        return code, time.monotonic() - began

    def control(self, request):
        """The answer to a request at the control socket (docs/control.md)."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(10)
            connection.connect(f"{self.database}.sock")
            connection.sendall(json.dumps(request).encode() + b"\n")
            with connection.makefile() as answer:
                return json.loads(answer.readline())

    def wirewatch(self, *arguments, **options):
        return subprocess.run(
            [self.bin / "wirewatch", "--config", self.config, *arguments], capture_output=True, text=True,
            timeout=60, **options
        )


def wait_until(condition, what, seconds=30, every=0.02):
    """Waits for the thing itself, looking every so many seconds; gives up in words."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(every)
    raise SystemExit(f"FAILED: waited {seconds} s for {what}")


def check(condition, what):
    if not condition:
        raise SystemExit(f"FAILED: {what}")


def shared_directory(root):
    """The corpora beside the checkout, where there are any."""
    shared = pathlib.Path(os.environ.get("WIREWATCH_SHARED", pathlib.Path(root).resolve().parent / "shared"))
    return shared if shared.is_dir() else None
