"""The briefing as a value: everything that its page says, in the words it says it with, before anything is drawn.

For the writers (PDF, PNG, SVG, Markdown, HTML), which turn it into bytes and add nothing. All text is plain, on one
line, and must be escaped by whoever writes it into a format that has markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from events.look.drawn_grounds import DrawnGround
from events.model import DatelineError, EventPlace, Status, When

Paper = Literal["a4", "letter"]
Layout = Literal["page", "slide"]


class BriefingError(DatelineError):
    """A briefing that can't be made; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """A report: who published it, when, and where it can be read (an http or https address, or None)."""

    name: str
    url: str | None
    published: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as a briefing has it.

    `number` ties map, strip and list together; None for an event that is only listed. `sure_of_place` says how precise
    the place is, in words; `more_sources` how many reports are not among `sources`. `place` and `when` are what the map
    and the strip draw from.
    """

    number: int | None
    id: str
    title: str
    date: str
    type: str
    family: str
    status: Status
    where: str
    sure_of_place: str
    quote: str
    attribution: str
    sources: tuple[Source, ...]
    more_sources: int
    place: EventPlace | None
    when: When | None
    ground: DrawnGround


@dataclass(frozen=True, slots=True)
class Briefing:
    """What one briefing says.

    `entries` are drawn and listed, numbered from 1; `undated` and `unplaced` are only listed. `coverage` are the
    sentences that say what is covered and what is left out, `credits` those that say where land and names are from.
    `as_of` is the day it stands for, which is also the document's date; None where no story has a date.
    """

    kicker: str
    title: str
    subtitle: str
    entries: tuple[Entry, ...]
    undated: tuple[Entry, ...]
    unplaced: tuple[Entry, ...]
    coverage: tuple[str, ...]
    credits: tuple[str, ...]
    as_of: date | None
