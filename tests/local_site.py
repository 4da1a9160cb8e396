"""A web server on this machine that behaves as told, a resolver that knows it, and a clock that tests turn by hand."""

import gzip
import itertools
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from events.fetching import Fetcher, Settings

HERE = "127.0.0.1"
BOMB = gzip.compress(bytes(20_000_000), 9)


class HandClock:
    """Begins on 1 March 2025, 06:00 UTC. Sleeping moves it; `step`: seconds that pass whenever somebody looks at it."""

    def __init__(self, step=0.0):
        self.time, self.step, self.slept = 1_740_808_800.0, step, []

    def now(self):
        return self.time

    def ticks(self):
        self.time += self.step
        return self.time

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.time += seconds


class Site:
    """The server: `pages` maps a path to bytes, to (status, headers, body), or to what writes an answer by itself."""

    def __init__(self, port):
        self.port, self.pages, self.asked, self.stopping = port, {}, [], threading.Event()

    def url(self, path="/", host="news.test"):
        return f"http://{host}:{self.port}{path}"

    def paths(self):
        return [path for path, _ in self.asked]


@contextmanager
def local_site():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            site.asked.append((self.path, dict(self.headers)))
            page = site.pages.get(self.path, (404, {}, b""))
            try:
                if callable(page):
                    page = page(self)
                if page is not None:
                    answer(self, *(page if isinstance(page, tuple) else (200, {}, page)))
            except OSError:  # the other side has had enough
                self.close_connection = True

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads, block_on_close = True, False

        def handle_error(self, *_):
            pass

    server = Server((HERE, 0), Handler)
    site = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


def answer(handler, status, headers, body):
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        if value is not None:
            handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def endless(handler):
    """A body without an end."""
    handler.send_response(200)
    handler.end_headers()
    for _ in itertools.count():
        handler.wfile.write(b"<item>" + b"x" * 60_000)


def dripping(handler):
    """A byte now and then, for ever: only the deadline on all of it helps."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x")
        handler.wfile.flush()


def bomb(handler):
    """Twenty kilobytes that unpack to twenty million."""
    return 200, {"Content-Encoding": "gzip", "Content-Type": "application/rss+xml"}, BOMB


def redirect(to, status=302):
    return lambda handler: (status, {"Location": to}, b"")


def fetcher_for(names=("news.test",), clock=None, answers=None, **settings):
    """A fetcher for which these names are this machine, allowed; other names answer as `answers` says."""
    known = {**{name: [HERE] for name in names}, **(answers or {})}
    bounds = {"pace_seconds": 0, "most_bytes": 1_000_000, **settings}
    allowed = frozenset(bounds.pop("allowed", names))
    return Fetcher(Settings(allowed=allowed, **bounds), clock or HandClock(), lambda host, seconds: known[host])
