"""All events as columns, so that a filter over a hundred thousand of them takes milliseconds.

For `events.view.selection`. Built once for a revision of the store and then only read. Days are ordinals
(`date.toordinal`); what an event may have several of (sources, regions) is kept as two parallel arrays, row and code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from events.model import STATUSES, Event, EventPlace, When
from events.ontology import FAMILIES, TYPES, family_of
from geodata.atlas import Region, RegionKind
from geodata.folding import fold
from geodata.place import PRECISION_OF, Kind, Place

TYPE_NAMES: tuple[str, ...] = tuple(TYPES)
NO_DAY = 0  # the ordinal of no day: undated events
DAYS_BEFORE_NEWS = 14  # what is told as background is often older than this and would flatten the timeline
DAYS_AFTER_NEWS = 30
KIND_IN_NAME: Mapping[RegionKind, str] = {"un-region": "UN", "region": "region"}  # where two regions share a name

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]
Chances = NDArray[np.float64]


class Regions(Protocol):
    """What the table needs of an atlas."""

    def tree(self) -> tuple[Region, ...]:
        """All regions."""

    def regions_of(self, place: Place) -> frozenset[str]:
        """The ids of the regions that a place touches."""


class Places(Protocol):
    """What the table needs of a gazetteer."""

    def place(self, place_id: str) -> Place | None:
        """The place of this id."""


@dataclass(frozen=True, slots=True)
class RegionChoice:
    """A region that can be chosen, in the order of a tree: `depth` 0 for a continent, a sea or a named region."""

    id: str
    name: str
    kind: RegionKind
    depth: int


@dataclass(frozen=True, slots=True)
class Several:
    """A column in which a row may have several values: `rows[i]` has the value `names[codes[i]]`."""

    names: tuple[str, ...]
    rows: Ints
    codes: Ints

    @classmethod
    def of(cls, values: Iterable[Iterable[str]]) -> Several:
        """The column of these values, one iterable of names a row."""
        pairs = [(row, name) for row, names in enumerate(values) for name in set(names)]
        known = {name: code for code, name in enumerate(sorted({name for _, name in pairs}))}
        return cls(
            tuple(known),
            np.array([row for row, _ in pairs], dtype=np.int32),
            np.array([known[name] for _, name in pairs], dtype=np.int32),
        )

    def any_of(self, chosen: Sequence[str], length: int) -> Mask:
        """Which of `length` rows have one of the chosen values."""
        wanted = np.isin(np.array(self.names, dtype=object), list(chosen))
        found = np.zeros(length, dtype=np.bool_)
        if self.names:
            found[self.rows[wanted[self.codes]]] = True
        return found

    def counts(self, mask: Mask) -> dict[str, int]:
        """How many of the rows in the mask have each value."""
        if not self.names:
            return {}
        totals = np.bincount(self.codes[mask[self.rows]], minlength=len(self.names))
        return dict(zip(self.names, totals.tolist(), strict=True))


@dataclass(frozen=True)
class EventTable:
    """Events in order of time, the undated last, and their columns. Build it with `from_events`.

    `first` and `last` bound the dated events; `window` bounds those of the weeks around the stories' publication, which
    is what a newcomer sees; `newest` is the day the newest story was published. `sureness` is that of `sureness_of`;
    `region_names` tells regions of one name apart.
    """

    events: tuple[Event, ...]
    start: Ints
    end: Ints
    dated: Mask
    placed: Mask
    types: Ints
    families: Ints
    statuses: Ints
    sureness: Chances
    sources: Several
    regions: Several
    tree: tuple[RegionChoice, ...]
    region_names: Mapping[str, str]
    first: date | None
    last: date | None
    window: tuple[date, date] | None
    newest: date | None

    @classmethod
    def from_events(cls, events: Sequence[Event], atlas: Regions, gazetteer: Places) -> EventTable:
        """The table of these events. atlas, gazetteer: say which regions an event's place touches."""
        ordered = tuple(sorted(events, key=_in_time))
        published = [report.published for event in ordered for report in event.reports if report.published]
        dated = [event.when for event in ordered if event.when]
        first = min((when.start for when in dated), default=None)
        last = max((when.end for when in dated), default=None)
        regions = Several.of(_regions(ordered, atlas, gazetteer))
        names = region_names(atlas.tree())
        type_codes = {name: code for code, name in enumerate(TYPE_NAMES)}
        return cls(
            events=ordered,
            start=_ints(e.when.start.toordinal() if e.when else NO_DAY for e in ordered),
            end=_ints(e.when.end.toordinal() if e.when else NO_DAY for e in ordered),
            dated=np.array([e.when is not None for e in ordered], dtype=np.bool_),
            placed=np.array([e.place is not None for e in ordered], dtype=np.bool_),
            types=_ints(type_codes[e.type] for e in ordered),
            families=_ints(FAMILIES.index(family_of(e.type)) for e in ordered),
            statuses=_ints(STATUSES.index(e.status) for e in ordered),
            sureness=np.array([sureness_of(e) for e in ordered], dtype=np.float64),
            sources=Several.of(sources_of(event) for event in ordered),
            regions=regions,
            tree=_tree(atlas.tree(), set(regions.names), names),
            region_names=names,
            first=first,
            last=last,
            window=_window(dated, published),
            newest=max(published, default=None),
        )

    @cached_property
    def wording(self) -> tuple[str, ...]:
        """For each event the folded words that a search looks through; made when first searched."""
        return tuple(fold(" ".join(_words(event))) for event in self.events)

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """The row of each event, by id."""
        return {event.id: row for row, event in enumerate(self.events)}

    def event(self, event_id: str | None) -> Event | None:
        """The event of this id; None where there is none."""
        row = self.row_of.get(event_id) if event_id else None
        return None if row is None else self.events[row]

    def country_name(self, code: str | None) -> str:
        """The name of a country by its ISO code; the code itself where the atlas has none; "" for None."""
        return self.region_names.get(f"country:{code}", code) if code else ""


def sources_of(event: Event) -> frozenset[str]:
    """The names of the outlets that report an event."""
    return frozenset(report.source for report in event.reports if report.source)


def sureness_of(event: Event) -> float:
    """How sure an event is, from 0 to 1: no surer than its place, since a mark on the map claims both."""
    return min(event.confidence, event.place.confidence) if event.place else event.confidence


def region_names(tree: Iterable[Region]) -> dict[str, str]:
    """The names of regions by id; of regions that share a name, those that are no country or continent say their kind.

    >>> region_names([Region("un:155", "Western Europe", "un-region", None), Region("sea:b", "Black Sea", "sea", None),
    ...     Region("region:western-europe", "Western Europe", "region", None)])
    {'un:155': 'Western Europe (UN)', 'sea:b': 'Black Sea', 'region:western-europe': 'Western Europe (region)'}
    """
    regions = tuple(tree)
    times = Counter(region.name for region in regions)
    return {
        region.id: f"{region.name} ({KIND_IN_NAME[region.kind]})"
        if times[region.name] > 1 and region.kind in KIND_IN_NAME
        else region.name
        for region in regions
    }


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int32)


def _in_time(event: Event) -> tuple[bool, date, date, str]:
    if event.when is None:
        return True, date.max, date.max, event.id
    return False, event.when.start, event.when.end, event.id


def _words(event: Event) -> Iterable[str]:
    yield event.what
    yield from (actor.name for actor in event.actors)
    yield from (quote.text for quote in event.evidence)
    yield from (report.title for report in event.reports)
    yield from sources_of(event)
    if event.place:
        yield event.place.name


def _window(dated: Sequence[When], published: Sequence[date]) -> tuple[date, date] | None:
    """From the first to the last day of the events that lie near the news; of all events where none does."""
    if published:
        earliest = min(published) - timedelta(days=DAYS_BEFORE_NEWS)
        latest = max(published) + timedelta(days=DAYS_AFTER_NEWS)
        dated = [when for when in dated if earliest <= when.start and when.end <= latest] or dated
    return (min(when.start for when in dated), max(when.end for when in dated)) if dated else None


def _regions(events: Iterable[Event], atlas: Regions, gazetteer: Places) -> Iterable[frozenset[str]]:
    known: dict[tuple[str | None, str, float, float], frozenset[str]] = {}
    for event in events:
        if event.place is None:
            yield frozenset()
            continue
        key = (event.place.place_id, event.place.name, event.place.lat, event.place.lon)
        if key not in known:
            known[key] = atlas.regions_of(_as_place(event.place, gazetteer.place))
        yield known[key]


def _as_place(place: EventPlace, look_up: Callable[[str], Place | None]) -> Place:
    """The gazetteer's place, or, for one that it does not have, what the event itself says."""
    found = look_up(place.place_id) if place.place_id else None
    if found is not None:
        return found
    kind: Kind = next(kind for kind, precision in PRECISION_OF.items() if precision == place.precision)
    countries = (place.country,) if place.country else ()
    place_id = place.place_id or f"event:{place.name}:{place.lat}:{place.lon}"
    return Place(place_id, place.name, place.lat, place.lon, kind, place.radius_km, place.country, countries)


def _tree(regions: Sequence[Region], used: set[str], names: Mapping[str, str]) -> tuple[RegionChoice, ...]:
    """The regions that events touch: each continent with what lies in it, then seas, then named regions."""
    inside: dict[str | None, list[Region]] = {}
    for region in regions:
        if region.id in used:
            inside.setdefault(region.parent, []).append(region)

    def below(parent: str | None, kinds: set[RegionKind], depth: int) -> Iterable[RegionChoice]:
        for region in inside.get(parent, []):
            if region.kind in kinds:
                yield RegionChoice(region.id, names[region.id], region.kind, depth)
                yield from below(region.id, {"un-region", "country"}, depth + 1)

    return (*below(None, {"continent"}, 0), *below(None, {"sea"}, 0), *below(None, {"region"}, 0))
