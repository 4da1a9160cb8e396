"""Which entries of a feed are new or changed, and what of what they say can't be so.

For asking. An entry is known by its address, and by its title too where several entries share one; what it says is kept
as a hash. Nothing is fetched or stored here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from events.fetching import Answer, FetchError
from events.fetching.errors import printable
from events.model import StoryError
from events.reading import Problem
from events.reading.encodings import decode_markup
from events.reading.feeds import Entry, entries_of
from events.reading.kinds import kind_of
from events.watching.state import Seen

MOST_CHANGES = 10  # of one entry: a feed that words all anew each time would fill the store with versions
_FIRST_DAY = date(1990, 1, 1)  # earlier days come from clocks that were never set
_DIGITS = 20


@dataclass(frozen=True, slots=True)
class Fresh:
    """An entry that was not read in these words, and how it is taken down once it is read."""

    key: str
    entry: Entry
    seen: Seen


@dataclass(frozen=True, slots=True)
class Sorted:
    """A feed's entries: the fresh ones, oldest first; all others that were met; what was wrong, by entry."""

    fresh: tuple[Fresh, ...]
    met: Mapping[str, Seen]
    problems: tuple[Problem, ...]


def read_entries(answer: Answer) -> list[Entry]:
    """The entries of a feed that was fetched. Raises FetchError ("damaged") for what is none, whatever it calls itself."""
    kind = kind_of(answer.body)
    if kind != "feed":
        told = {"page": "a web page", "text": "plain text", "markup": "XML of another kind"}.get(
            kind, f"of kind {kind}"
        )
        raise FetchError("damaged", f"is no feed but {told}" if answer.body.strip() else "is empty")
    try:
        return entries_of(decode_markup(answer.body).text, answer.address)
    except StoryError as error:
        raise FetchError("damaged", str(error)) from error


def sort_out(entries: Sequence[Entry], seen: Mapping[str, Seen], today: date, name: str) -> Sorted:
    """Which entries are fresh. seen: those that were read; today: the day on which the feed was fetched, in UTC."""
    shared = _shared_addresses(entries)
    fresh: dict[str, Fresh] = {}
    met: dict[str, Seen] = {}
    problems: list[Problem] = []
    for entry in entries:
        key = _key(entry, shared)
        if key in fresh or key in met:
            continue
        content, known = _content(entry), seen.get(key)
        if known is not None and (known.content == content or known.changes >= MOST_CHANGES):
            met[key] = known
            continue
        plausible, wrong = _plausible(entry, today)
        if wrong:
            problems.append(Problem(name, entry.number, wrong))
        own = replace(plausible, url=None) if entry.url in shared else plausible
        changes = known.changes + 1 if known else 0
        if changes == MOST_CHANGES:
            problems.append(Problem(name, entry.number, f"has changed {MOST_CHANGES} times; it is not read again"))
        fresh[key] = Fresh(key, own, Seen(content, changes, entry.is_full))
    return Sorted(tuple(reversed(fresh.values())), met, tuple(problems))


def _shared_addresses(entries: Sequence[Entry]) -> set[str]:
    """Addresses under which entries of different titles stand: a front page or a live page, of no story its own."""
    titles: dict[str, str] = {}
    return {entry.url for entry in entries if entry.url and titles.setdefault(entry.url, entry.title) != entry.title}


def _key(entry: Entry, shared: set[str]) -> str:
    own = entry.url if entry.url and entry.url not in shared else [entry.url, entry.title, entry.day_told]
    return _hash(own)


def _content(entry: Entry) -> str:
    return _hash([entry.title, [paragraph.text for paragraph in entry.paragraphs]])


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode("ascii")).hexdigest()[:_DIGITS]


def _plausible(entry: Entry, today: date) -> tuple[Entry, str]:
    """The entry without a day that can't be so, and what was wrong with it. A day ahead may be one of another time zone."""
    if entry.published is None:
        told = f"has a date that can't be read, {entry.day_told[:40]!r}" if entry.day_told else ""
        return entry, printable(told)
    if _FIRST_DAY <= entry.published <= today + timedelta(days=1):
        return entry, ""
    return replace(
        entry, published=None
    ), f"says that it is of {entry.published}, which can't be; it is kept without a day"
