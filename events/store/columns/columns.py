"""Events as columns of numbers: what a filter over a million of them reads instead of a million objects.

For `events.view.table`, which reads them. Rows stand in order of time, the undated last. Days are ordinals
(`date.toordinal`), 0 for none; what many events share (a place, a set of outlets) is kept once and named by its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from events.attribute_sureness import Shares, shares_of
from events.model import STATUSES, Event, EventPlace, PlacePrecision
from events.ontology import TYPES

TYPE_NAMES: tuple[str, ...] = tuple(TYPES)
NO_DAY = 0  # the ordinal of no day: undated events
NOWHERE = -1  # the place of no place

Ints = NDArray[np.int32]
Codes = NDArray[np.int8]
Mask = NDArray[np.bool_]
Chances = NDArray[np.float32]


class PlaceKey(NamedTuple):
    """A place that events share, as they give it: degrees, kilometres, an ISO country code."""

    place_id: str | None
    name: str
    lat: float
    lon: float
    precision: PlacePrecision
    radius_km: float
    country: str | None

    @classmethod
    def of(cls, place: EventPlace) -> PlaceKey:
        """The key of an event's place."""
        return cls(
            place.place_id, place.name, place.lat, place.lon, place.precision, place.radius_km, place.country
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sets:
    """A column in which a row has a set of names. `of_row` numbers the set of each row; set `sets[i]` holds
    `names[members[i]]`. `size` is how many sets there are.
    """

    names: tuple[str, ...]
    of_row: Ints
    sets: Ints
    members: Ints
    size: int

    @classmethod
    def of(cls, values: Iterable[Iterable[str]]) -> Sets:
        """The column of these values, one iterable of names a row.

        >>> Sets.of([["a", "b"], ["b"], ["b", "a"]]).of_row.tolist()
        [0, 1, 0]
        """
        numbers: dict[frozenset[str], int] = {}
        of_row = np.array([numbers.setdefault(frozenset(names), len(numbers)) for names in values], dtype=np.int32)
        return cls.numbered(tuple(numbers), of_row)

    @classmethod
    def numbered(cls, sets: Sequence[Iterable[str]], of_row: Ints) -> Sets:
        """The column of these sets; of_row: the number of each row's set among them."""
        names = sorted({name for one in sets for name in one})
        codes = {name: code for code, name in enumerate(names)}
        pairs = [(number, codes[name]) for number, one in enumerate(sets) for name in one]
        numbers, members = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
        return cls(tuple(names), of_row, numbers, members, len(sets))

    def any_of(self, chosen: Sequence[str]) -> Mask:
        """Which rows have one of the chosen names."""
        return self.sets_with(chosen)[self.of_row]

    def sets_with(self, chosen: Sequence[str]) -> Mask:
        """Which sets hold one of the chosen names."""
        wanted = np.isin(np.array(self.names, dtype=object), list(chosen))
        fits = np.zeros(max(1, self.size), dtype=np.bool_)
        fits[self.sets[wanted[self.members]]] = True
        return fits

    def counts(self, mask: Mask) -> dict[str, int]:
        """How many of the rows in the mask have each name."""
        return self.totals(np.bincount(self.of_row[mask], minlength=self.size))

    def totals(self, per_set: NDArray[Any]) -> dict[str, int]:
        """How many rows have each name, where `per_set` says how many have each set."""
        totals = np.bincount(self.members, weights=per_set[self.sets], minlength=len(self.names))
        return dict(zip(self.names, totals.astype(np.int64).tolist(), strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class EventColumns:
    """The columns of events in order of time.

    `ids` are UTF-8; `published` is the day of an event's first report; `sureness` that of `sureness_of`; `places` are
    numbers into `known_places`; `attributes` say how sure place, date, type and status are each. `oldest` and `newest` are
    the first and last day on which a report was published. `newest_story` is the number of the newest story that tells of an
    event, `newest_change` that of the newest change by which one of its stories was read anew, 0 for none; `last_published` is
    the day of its last report. These three are None
    where the events come from no database.
    """

    ids: NDArray[np.bytes_]
    start: Ints
    end: Ints
    published: Ints
    types: Codes
    statuses: Codes
    sureness: Chances
    places: Ints
    known_places: tuple[PlaceKey, ...]
    sources: Sets
    oldest: date | None
    newest: date | None
    attributes: Shares
    newest_story: Ints | None = field(default=None, kw_only=True)
    newest_change: Ints | None = field(default=None, kw_only=True)
    last_published: Ints | None = field(default=None, kw_only=True)

    @classmethod
    def of(cls, ordered: Sequence[Event]) -> EventColumns:
        """The columns of events that stand in order of time."""
        type_codes = {name: code for code, name in enumerate(TYPE_NAMES)}
        places: dict[PlaceKey, int] = {}
        published = [[r.published for r in event.reports if r.published] for event in ordered]
        days = [day for some in published for day in some]
        return cls(
            ids=np.array([event.id.encode() for event in ordered], dtype=np.bytes_),
            start=_ints(e.when.start.toordinal() if e.when else NO_DAY for e in ordered),
            end=_ints(e.when.end.toordinal() if e.when else NO_DAY for e in ordered),
            published=_ints(min(some).toordinal() if some else NO_DAY for some in published),
            types=np.array([type_codes[e.type] for e in ordered], dtype=np.int8),
            statuses=np.array([STATUSES.index(e.status) for e in ordered], dtype=np.int8),
            sureness=np.array([sureness_of(e) for e in ordered], dtype=np.float32),
            places=_ints(
                places.setdefault(PlaceKey.of(e.place), len(places)) if e.place else NOWHERE for e in ordered
            ),
            known_places=tuple(places),
            sources=Sets.of(sources_of(event) for event in ordered),
            oldest=min(days, default=None),
            newest=max(days, default=None),
            attributes=shares_of(ordered),
        )  # fmt: skip


def in_time(event: Event) -> tuple[bool, date, date, str]:
    """By what events are put in order of time: the undated last."""
    if event.when is None:
        return True, date.max, date.max, event.id
    return False, event.when.start, event.when.end, event.id


def sources_of(event: Event) -> frozenset[str]:
    """The names of the outlets that report an event."""
    return frozenset(report.source for report in event.reports if report.source)


def sureness_of(event: Event) -> float:
    """How sure an event is, from 0 to 1: no surer than its place, since a mark on the map claims both."""
    return min(event.confidence, event.place.confidence) if event.place else event.confidence


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int32)
