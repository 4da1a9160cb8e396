"""How the feeds are, for Prometheus: its text form, in a file or at a port of this machine.

For `python -m events watch --metrics`. A file is replaced as a whole, for a node exporter's text collector. The port answers
this machine alone, under its own names: a page in a browser here that has another name for it learns nothing.
Text form: https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

from events.terminal import on_a_terminal
from events.watching.state import FeedState

HERE = "127.0.0.1"
OWN_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
WRITTEN_EVERY = 15.0  # seconds
_KIND = "text/plain; version=0.0.4; charset=utf-8"
_PAGES = Path("/proc/self/statm")
_Value = Callable[[FeedState], float | None]
_OF_A_FEED: tuple[tuple[str, str, str, _Value], ...] = (
    ("asked_total", "counter", "Times that a feed was asked.", lambda s: s.asked),
    ("unchanged_total", "counter", "Answers that it has not changed.", lambda s: s.unchanged),
    ("errors_total", "counter", "Times that it could not be had.", lambda s: s.errors),
    ("received_bytes_total", "counter", "Bytes over the line, as they were packed.", lambda s: s.packed_bytes),
    ("stories_total", "counter", "Stories taken in.", lambda s: s.stories),
    ("versions_total", "counter", "New versions of known stories taken in.", lambda s: s.versions),
    ("events_total", "counter", "Events taken in.", lambda s: s.events),
    ("failures_in_a_row", "gauge", "Failures since the last success.", lambda s: s.failures),
    ("last_success_timestamp_seconds", "gauge", "When it last could be had.", lambda s: s.succeeded_at),
    ("next_ask_timestamp_seconds", "gauge", "When it is asked again.", lambda s: s.next_at),
    (
        "to_map_seconds",
        "gauge",
        "From its last answer with news to its events in the store.",
        lambda s: s.taken_seconds,
    ),
)


def metrics_text(states: Sequence[FeedState], now: float, resident_bytes: int | None = None) -> str:
    r"""All feeds and each of them as Prometheus reads it. now: seconds since 1970; resident_bytes: of this process.

    >>> print(metrics_text([FeedState("https://a.example/", 60.0, asked=2)], 0).splitlines()[2])
    dateline_feeds{state="well"} 1
    """
    counts = {
        "well": sum(not state.failures and state.asked > 0 for state in states),
        "failing": sum(state.failures > 0 for state in states),
        "waiting": sum(state.asked == 0 for state in states),
    }
    lines = _head("feeds", "gauge", "Feeds that are watched, by how they are.")
    lines += [f'dateline_feeds{{state="{name}"}} {count}' for name, count in counts.items()]
    for name, kind, told, value in _OF_A_FEED:
        lines += _head(f"feed_{name}", kind, told)
        for state in states:
            if (number := value(state)) is not None:
                lines.append(f'dateline_feed_{name}{{feed="{_escaped(state.address)}"}} {_written(number)}')
    lines += [*_head("watch_timestamp_seconds", "gauge", "When this was written."),
              f"dateline_watch_timestamp_seconds {_written(now)}"]  # fmt: skip
    if resident_bytes is not None:
        lines += [*_head("watch_resident_bytes", "gauge", "Memory of the watcher."),
                  f"dateline_watch_resident_bytes {resident_bytes}"]  # fmt: skip
    return "\n".join([*lines, ""])


@contextmanager
def told_to(where: str, text: Callable[[], str]) -> Iterator[str]:
    """Keep metrics in a file, or at a port where `where` is a number, while the block runs. Gives where they are to be had.

    text: what they are at the moment. Raises OSError where the file can't be written or the port is taken.
    """
    if where.isascii() and where.isdigit():
        with _at_port(int(where), text) as address:
            yield address
    else:
        with _in_file(Path(where), text):
            yield where


def resident_bytes() -> int | None:
    """The memory that this process holds; None on a system that doesn't say."""
    try:
        return int(_PAGES.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return None


@contextmanager
def _in_file(path: Path, text: Callable[[], str]) -> Iterator[None]:
    _replace(path, text())
    ending = Event()

    def write() -> None:
        while not ending.wait(WRITTEN_EVERY):
            try:
                _replace(path, text())
            except OSError:
                continue  # the disk is full: what stands there has its time in it

    thread = Thread(target=write, name="metrics", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join()


def _replace(path: Path, text: str) -> None:
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, prefix=f".{path.name}.", delete=False, encoding="utf-8"
    ) as new:
        new.write(text)
    Path(new.name).chmod(0o644)
    Path(new.name).replace(path)


@contextmanager
def _at_port(port: int, text: Callable[[], str]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if not _is_own_name(self.headers.get("Host", "")):
                self.send_error(403)
            elif self.path != "/metrics":
                self.send_error(404)
            else:
                body = text().encode()
                self.send_response(200)
                self.send_header("Content-Type", _KIND)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

        timeout = 10  # seconds, for one that asks and says nothing

    server = ThreadingHTTPServer((HERE, port), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, name="metrics", daemon=True)
    thread.start()
    try:
        yield f"http://{HERE}:{server.server_port}/metrics"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _is_own_name(host: str) -> bool:
    """Whether a Host header names this machine.

    >>> _is_own_name("localhost:9108"), _is_own_name("news.example:9108"), _is_own_name("[")
    (True, False, False)
    """
    try:
        return urlsplit(f"//{host}").hostname in OWN_NAMES
    except ValueError:
        return False


def _head(name: str, kind: str, told: str) -> list[str]:
    return [f"# HELP dateline_{name} {told}", f"# TYPE dateline_{name} {kind}"]


def _escaped(text: str) -> str:
    """A label's value, with nothing in it that a terminal would obey: people look at the file, too."""
    return on_a_terminal(text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n"))


def _written(number: float) -> str:
    return repr(number) if isinstance(number, float) and not number.is_integer() else str(int(number))
