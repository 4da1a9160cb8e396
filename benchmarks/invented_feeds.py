"""Feeds of invented stories on this machine, which bring new names as real news do.

For benchmarks/watching.py and benchmarks/days_of_watching.py.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

HERE = "127.0.0.1"
PLACES = ("Cork", "Turku", "Muscat", "Odesa", "Lima", "Kourou", "Brest", "Izmir", "Hobart", "Recife", "Tampa", "Osaka")
DEEDS = (
    "A ferry with {n} people aboard ran aground off {place}", "Police arrested {n} people after a rally in {place}",
    "A fire destroyed {n} warehouses in {place}", "Nurses walked out of {n} clinics in {place}",
    "Floods cut off {n} villages near {place}", "The mayor of {place} met {n} envoys from the port of {other}",
)  # fmt: skip
REST = (
    "The council of {place} said that {n} houses had been without power since the evening, and that schools stay closed. "
    "Crews from {other} were on their way, an official said on Tuesday, but the road was blocked. "
    "“We have never seen this here,” said Maria {name}, who runs a bakery near the harbour. "
    "A spokesman for the ministry told reporters that an inquiry had begun, and that its report is due in {m} weeks. "
)
NAMES = ("Okafor", "Lindholm", "Duarte", "Petrenko", "Yamada", "Quispe", "Moreau", "Aydin")
ONSETS, VOWELS = "b ch d f g h j k l m n p r s t v w z".split(), "a e i o u ou ai".split()
GUESTS = " {} {} of {} met the {} {} group in the evening."  # what brings new words


class Feeds:
    """Feeds of invented stories, by path, and when each was last answered."""

    def __init__(self, guests: int = 5) -> None:
        """guests: sentences of a story that bring five new names each."""
        self._guests = guests
        self.items: dict[str, list[str]] = {}
        self.answered: dict[str, float] = {}
        self._numbers = itertools.count(1)
        self._chance = Random(8)  # invents news, guards nothing

    def bring(self, path: str, count: int) -> None:
        """Let a feed bring new stories in place of those it had."""
        self.items[path] = [self._item(next(self._numbers)) for _ in range(count)]

    def _item(self, number: int) -> str:
        chance = self._chance
        place, other = chance.sample(PLACES, 2)
        given = {"place": place, "other": other, "n": chance.randint(3, 900), "m": chance.randint(2, 9)}
        deed = chance.choice(DEEDS).format(**given)
        text = "".join(REST.format(name=chance.choice(NAMES), **given) for _ in range(3))
        text += "".join(GUESTS.format(*(self._name() for _ in range(5))) for _ in range(self._guests))
        told = format_datetime(datetime.now(UTC))
        return (
            f"<item><title>{deed}</title><link>http://{HERE}/story/{number}</link><pubDate>{told}</pubDate>"
            f"<description>{deed} on Monday, report {number} says. {text}</description></item>"
        )

    def _name(self) -> str:
        chance = self._chance
        return "".join(chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(chance.randint(2, 4))).capitalize()


@contextmanager
def served(feeds: Feeds) -> Iterator[int]:
    """The feeds, at a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<rss version='2.0'><channel>{''.join(feeds.items.get(self.path, []))}</channel></rss>".encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            feeds.answered[self.path] = time.time()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((HERE, 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
