"""Whether a site lets programs read a page, by its robots.txt (RFC 9309).

For pages that nobody pasted. The most specific rule decides, allowing wins a tie, a site without a robots.txt allows all,
and one whose robots.txt can't be had for now allows nothing for an hour.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from events.fetching.addresses import Address
from events.fetching.errors import FetchError
from events.fetching.fetcher import Fetcher

OUR_NAME = "dateline"
_KEPT, _TRIED_AGAIN = 86_400.0, 3_600.0  # seconds
_MOST_BYTES = 500_000
_MOST_RULES = 5_000
_MOST_SITES = 2_000


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt says to us: (pattern, whether it allows), and seconds to leave between two requests."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None

    def allow(self, target: str) -> bool:
        r"""Whether a path with its query may be read.

        >>> rules = rules_of("User-agent: *\nDisallow: /private\nAllow: /private/news$\nDisallow: /*.pdf")
        >>> [rules.allow(target) for target in ("/", "/private/a", "/private/news", "/a/b.pdf?x=1")]
        [True, False, True, False]
        """
        fitting = [(len(pattern), allows) for pattern, allows in self.rules if _fits(pattern, target)]
        return max(fitting, default=(0, True))[1]


ALL, NOTHING = Rules(), Rules((("/", False),))


class Robots:
    """The rules of the sites that were asked, kept for a day. One may serve several threads."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._known: dict[str, tuple[float, Rules]] = {}
        self._lock = threading.Lock()

    def allow(self, address: Address) -> bool:
        """Whether the site lets us read the address; asks for its robots.txt where that isn't known."""
        now = self._fetcher.clock.ticks()
        with self._lock:
            until, rules = self._known.get(address.origin, (now, ALL))
        if until <= now:
            rules, keep = self._asked(address)
            with self._lock:
                if len(self._known) > _MOST_SITES:
                    self._known.clear()
                self._known[address.origin] = (now + keep, rules)
        if rules.delay is not None:
            self._fetcher.pace.slow_down(address.host, rules.delay)
        return rules.allow(address.target)

    def _asked(self, address: Address) -> tuple[Rules, float]:
        try:
            body = self._fetcher.fetch(f"{address.origin}/robots.txt").body
        except FetchError as error:
            there_is_none = error.status is not None and 400 <= error.status < 500 and error.status != 429
            return (ALL, _KEPT) if there_is_none else (NOTHING, _TRIED_AGAIN)
        return rules_of(body[:_MOST_BYTES].decode("utf-8", errors="replace")), _KEPT


def rules_of(text: str) -> Rules:
    r"""What a robots.txt says to us: the groups that name us, else those for all.

    >>> rules_of("User-agent: other\nDisallow: /\n\nUser-agent: Dateline\nCrawl-delay: 5\nDisallow: /a")
    Rules(rules=(('/a', False),), delay=5.0)
    """
    ours = [group for group in _groups(text) if OUR_NAME in group.names]
    return _joined(ours or [group for group in _groups(text) if "*" in group.names])


@dataclass(slots=True)
class _Group:
    names: set[str]
    lines: list[tuple[str, str]]


def _groups(text: str) -> Iterator[_Group]:
    group = _Group(set(), [])
    for line in text.lstrip("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if group.lines:
                yield group
                group = _Group(set(), [])
            group.names.add(value.partition("/")[0].strip().lower())
        elif group.names and key in {"allow", "disallow", "crawl-delay"}:
            group.lines.append((key, value))
    yield group


def _joined(groups: Iterable[_Group]) -> Rules:
    rules: list[tuple[str, bool]] = []
    delay = None
    for key, value in (line for group in groups for line in group.lines):
        if key == "crawl-delay":
            delay = float(value) if value.replace(".", "", 1).isdecimal() and value.isascii() else delay
        elif value and len(rules) < _MOST_RULES:
            rules.append((value[:2_000], key == "allow"))
    return Rules(tuple(rules), delay)


def _fits(pattern: str, target: str) -> bool:
    """Whether a pattern with * and a $ at its end covers the beginning of a target; each piece at its first place."""
    to_the_end = pattern.endswith("$")
    first, *pieces = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    at = len(first)
    for piece in pieces[:-1]:
        found = target.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if not pieces:
        return at == len(target) or not to_the_end
    last = pieces[-1]
    return target.endswith(last) and len(target) - len(last) >= at if to_the_end else target.find(last, at) >= 0
