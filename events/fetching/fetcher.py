"""An address to an Answer: asked politely, redirects followed one by one and each checked, bounded in size and time.

For whoever fetches. No cookies, no scripts, no credentials, no proxies from the environment, nothing kept between
requests. httpcore is httpx's engine: it adds nothing of its own that would have to be switched off.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from functools import cache

import httpcore

from events.fetching.addresses import Address, parse, redirected
from events.fetching.clock import Clock, Deadline, SystemClock
from events.fetching.connecting import CheckedBackend
from events.fetching.errors import FetchError
from events.fetching.pacing import Pace
from events.fetching.resolving import Resolver, system_addresses
from events.fetching.settings import Settings
from events.fetching.unpacking import ACCEPTED, Unpacker

_WANTED = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.7"
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_FIT = re.compile(r"[\x21-\x7e \t]{1,500}\Z")
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s{0,3}=\s{0,3}\"?([0-9]{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. address: where it was in the end. status: 200 or the like, or 304 (as it was; no body).

    moved_to: where it stands now for good, by the server's word; None where it did not move. max_age: seconds for which
    the server says that it stays as it is; 0 where it says nothing. packed_bytes: what went over the line.
    """

    address: str
    status: int
    body: bytes = b""
    etag: str | None = None
    modified: str | None = None
    moved_to: str | None = None
    max_age: float = 0
    packed_bytes: int = 0


class Fetcher:
    """Fetches addresses within its settings. One may serve several threads."""

    def __init__(
        self, settings: Settings | None = None, clock: Clock | None = None, resolve: Resolver = system_addresses,
        backend: httpcore.NetworkBackend | None = None,
    ) -> None:  # fmt: skip
        """resolve: looks up a host; backend: opens connections; both for tests."""
        self.settings = settings or Settings()
        self.clock: Clock = clock or SystemClock()
        self.pace = Pace(self.clock, self.settings.pace_seconds)
        self._resolve = resolve
        self._backend = backend

    def fetch(self, url: str, etag: str | None = None, modified: str | None = None) -> Answer:
        """What stands at an address. Raises FetchError for all but a good answer, and 304 where it was asked for.

        etag, modified: what the server said last time; where that still holds the answer is 304 and has no body.
        """
        address = parse(url)
        asked = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified))
                 if value and _FIT.match(value)}  # fmt: skip
        self.pace.wait(address.host)
        deadline = Deadline(self.clock, self.settings.total_seconds)
        moved_to, for_good = None, True
        for _ in range(self.settings.most_redirects + 1):
            answer, status, location = self._ask(address, asked, deadline)
            if answer is not None:
                return replace(answer, moved_to=moved_to)
            address = redirected(address, location)
            for_good = for_good and status in _FOR_GOOD
            moved_to = address.url if for_good else moved_to
            self.pace.wait(address.host)
        raise FetchError("refused", f"redirects more than {self.settings.most_redirects} times")

    def _ask(self, address: Address, asked: Mapping[str, str], deadline: Deadline) -> tuple[Answer | None, int, str]:
        """One request: an answer, or None with the redirect's status and where it leads."""
        backend = CheckedBackend(self._resolve, self.settings.allowed, deadline, self._backend)
        url = httpcore.URL(
            scheme=address.scheme.encode(), host=address.host.encode(), port=address.port,
            target=address.target.encode(),
        )  # fmt: skip
        bounds = {"connect": self.settings.connect_seconds, "read": self.settings.read_seconds,
                  "write": self.settings.read_seconds, "pool": self.settings.read_seconds}  # fmt: skip
        tls = _tls() if address.scheme == "https" else None
        try:
            with (
                httpcore.ConnectionPool(tls, network_backend=backend, max_keepalive_connections=0) as pool,
                pool.stream(
                    "GET", url, headers=self._headers(address, asked), extensions={"timeout": bounds}
                ) as response,
            ):
                said = _heard(response.headers)
                if response.status in _REDIRECTS and "location" in said:
                    return None, response.status, said["location"]
                return self._answer(address, response, said, bool(asked)), response.status, ""
        except httpcore.TimeoutException as error:
            raise FetchError("slow", f"took too long ({self.settings.total_seconds:g} s in all are given)") from error
        except httpcore.ProtocolError as error:
            raise FetchError("damaged", f"answers against the rules of HTTP: {error}") from error
        except (httpcore.NetworkError, OSError) as error:
            raise FetchError("unreachable", f"can't be reached: {error}") from error

    def _headers(self, address: Address, asked: Mapping[str, str]) -> list[tuple[bytes | str, bytes | str]]:
        return [
            ("Host", address.network), ("User-Agent", self.settings.user_agent), ("Accept", _WANTED),
            ("Accept-Encoding", ACCEPTED), ("Connection", "close"), *asked.items(),
        ]  # fmt: skip

    def _answer(
        self, address: Address, response: httpcore.Response, said: Mapping[str, str], conditional: bool
    ) -> Answer:
        status = response.status
        if (status != 304 and not 200 <= status < 300) or (status == 304 and not conditional):
            after = _seconds_to_wait(said.get("retry-after", ""), self.clock.now())
            raise FetchError("status", f"answers with HTTP {status}", status=status, retry_after=after)
        body, packed = (b"", 0) if status == 304 else self._body(response, said)
        age = _MAX_AGE.search(said.get("cache-control", "")[:1000])
        etag, modified = said.get("etag", ""), said.get("last-modified", "")
        return Answer(
            address.url, status, body, etag if _FIT.match(etag) else None, modified if _FIT.match(modified) else None,
            max_age=float(age[1]) if age else 0, packed_bytes=packed,
        )  # fmt: skip

    def _body(self, response: httpcore.Response, said: Mapping[str, str]) -> tuple[bytes, int]:
        most, packed = self.settings.most_bytes, 0
        told = said.get("content-length", "")
        if told.isdecimal() and int(told[:18]) > most:
            raise FetchError("large", f"has {int(told[:18]):,} bytes, more than {most:,}")
        unpacker = Unpacker(said.get("content-encoding", ""), most)
        for piece in response.iter_stream():
            packed += len(piece)
            if packed > most:
                raise FetchError("large", f"has more than {most:,} bytes")
            unpacker.take(piece)
        return unpacker.whole(), packed


def _heard(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """The headers as text by lower-case name; of several of one name the first."""
    found: dict[str, str] = {}
    for name, value in headers:
        try:
            text = value.decode("utf-8")
        except UnicodeDecodeError:
            text = value.decode("latin-1")
        found.setdefault(name.decode("latin-1").lower(), text)
    return found


def _seconds_to_wait(told: str, now: float) -> float | None:
    """What a Retry-After header asks for, in seconds from now.

    >>> _seconds_to_wait("120", 0), _seconds_to_wait("Thu, 01 Jan 1970 00:01:00 GMT", 0), _seconds_to_wait("soon", 0)
    (120.0, 60.0, None)
    """
    told = told.strip()[:60]
    if told.isdecimal() and told.isascii():
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


@cache
def _tls() -> ssl.SSLContext:
    return httpcore.default_ssl_context()
