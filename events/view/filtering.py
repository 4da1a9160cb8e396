"""The choices that narrow down which events are shown, as one frozen value.

For the page, the link that shares it, and briefings. Nothing chosen means everything; it holds no data and
selects nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple, get_args

from events.attribute_sureness import Attribute
from events.view.areas import Area

Choice = Literal[
    "dates", "regions", "families", "types", "statuses", "words", "sources", "sureness", "sure_of",
    "not_regions", "not_families", "not_types", "not_statuses", "not_sources", "changed", "since", "area",
]  # fmt: skip
CHOICES: tuple[Choice, ...] = get_args(Choice)
NOT = "-"  # before a word: what has it is left out


class Mark(NamedTuple):
    """How far a store had come: the number of its newest story, and of the newest change of what was there."""

    story: int
    change: int


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show. Days are inclusive, None leaves that end open; an empty tuple leaves a choice open.

    regions: ids of the atlas ("country:FI"); an event counts for every region that it touches. words: all of them must
    occur in the event, its place, its actors, its quotes or its sources; case and accents don't matter; of those that
    begin with "-" none may. sureness: the least confidence that an event and its place must both have, from 0 to 1. sure_of:
    the least confidence that single attributes must have, each by itself; one of which nobody knows it has too little.

    not_regions and its like leave out every event that has one of the values. changed_from, changed_to: days in which an
    event was first reported, reported again or corrected. since: a mark of the store's; what came in later. area: drawn
    by hand; what stands in it.
    """

    start: date | None = None
    end: date | None = None
    regions: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    words: str = ""
    sources: tuple[str, ...] = ()
    sureness: float = 0.0
    not_regions: tuple[str, ...] = ()
    not_families: tuple[str, ...] = ()
    not_types: tuple[str, ...] = ()
    not_statuses: tuple[str, ...] = ()
    not_sources: tuple[str, ...] = ()
    changed_from: date | None = None
    changed_to: date | None = None
    since: Mark | None = None
    area: Area | None = None
    sure_of: tuple[tuple[Attribute, float], ...] = ()

    def chosen(self) -> tuple[Choice, ...]:
        """The choices that leave something out.

        >>> Filter(end=date(2025, 1, 17), statuses=("planned",)).chosen()
        ('dates', 'statuses')
        """
        return tuple(choice for choice in CHOICES if self._is_chosen(choice))

    def by_option(self) -> dict[str, str | tuple[str, ...]]:
        """The choices that leave something out, under the names that the command line and the page's address have for them.

        Days are ISO 8601, regions are ids; a mark is its two numbers, "36.12".

        >>> Filter(statuses=("planned",), sureness=0.5).by_option()
        {'status': ('planned',), 'sure': '0.5'}
        """
        values: dict[str, str | tuple[str, ...]] = {
            "from": _iso(self.start),
            "to": _iso(self.end),
            "region": self.regions,
            "family": self.families,
            "type": self.types,
            "status": self.statuses,
            "words": self.words.strip(),
            "source": self.sources,
            "area": self.area.text() if self.area else "",
            "sure": f"{self.sureness:g}" if self.sureness else "",
            "sure-of": tuple(f"{attribute}:{least:g}" for attribute, least in self.sure_of),
            "not-region": self.not_regions,
            "not-family": self.not_families,
            "not-type": self.not_types,
            "not-status": self.not_statuses,
            "not-source": self.not_sources,
            "changed-from": _iso(self.changed_from),
            "changed-to": _iso(self.changed_to),
            "since": f"{self.since.story}.{self.since.change}" if self.since is not None else "",
        }
        return {name: value for name, value in values.items() if value}

    def without(self, choice: Choice) -> Filter:
        """The same with one choice taken back.

        >>> Filter(words="cable", statuses=("planned",)).without("words") == Filter(statuses=("planned",))
        True
        """
        return replace(self, **{name: getattr(Filter(), name) for name in _fields_of(choice)})

    def _is_chosen(self, choice: Choice) -> bool:
        if choice == "words":
            return bool(self.words.strip())
        return any(getattr(self, name) for name in _fields_of(choice))


def _fields_of(choice: Choice) -> tuple[str, ...]:
    """The fields of a filter that hold a choice."""
    pairs: dict[Choice, tuple[str, ...]] = {"dates": ("start", "end"), "changed": ("changed_from", "changed_to")}
    return pairs.get(choice, (choice,))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def words_of(words: str) -> tuple[list[str], list[str]]:
    """The words that must occur, and those that may not; a dash alone is neither.

    >>> words_of("cable -pipeline - tanker")
    (['cable', 'tanker'], ['pipeline'])
    """
    parts = words.split()
    wanted = [part for part in parts if not part.startswith(NOT)]
    return wanted, [part[1:] for part in parts if part.startswith(NOT) and part[1:]]
