"""How alike two reports are: their types fit, their days meet, their places can be the same, they are worded alike.

For linking and for the store, which keeps of each report the little that this needs.
"""

from __future__ import annotations

from dataclasses import dataclass

from events.linking.wording import Vector, cosine
from events.model import Event
from events.ontology import TYPES, family_of
from geodata.records import kilometres

LINK_THRESHOLD = 0.42  # set by hand, measured in benchmarks/linking.py
DAYS_APART = 1  # a happening of Monday night is Tuesday's in the next report
NEAR_TOWNS_KM = 60.0  # one outlet names the village, the next the town that people know
SAME_SPOT_KM = 25.0
LONGEST_SPAN_DAYS = 45  # wider intervals say too little to link by
_RELATED = (
    {"COERCE", "CRIME"},
    {"ASSAULT", "CRIME"},
    {"AGREE", "COOPERATE"},
    {"AGREE", "CONSULT"},
    {"REJECT", "ACCUSE"},
)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of a report but its words. start, end: ordinal days, None undated; lat None: unplaced."""

    story_id: str
    type: str
    start: int | None
    end: int | None
    lat: float | None
    lon: float | None
    radius_km: float
    place_id: str | None

    @property
    def days(self) -> tuple[int, int] | None:
        """The first and last day, None for what is undated or too wide to link by."""
        if self.start is None or self.end is None or self.end - self.start > LONGEST_SPAN_DAYS:
            return None
        return self.start, self.end


def sketch_of(event: Event) -> Sketch:
    """The sketch of a report."""
    place, when = event.place, event.when
    return Sketch(
        event.story_id, event.type,
        when.start.toordinal() if when else None, when.end.toordinal() if when else None,
        place.lat if place else None, place.lon if place else None,
        place.radius_km if place else 0.0, place.place_id if place else None,
    )  # fmt: skip


def likeness(a: Sketch, b: Sketch, words_a: Vector, words_b: Vector) -> float:
    """How alike two reports are, 0 to 1; 0 where type, date or place forbid that they tell of one happening."""
    if not may_fit(a, b):
        return 0.0
    place, when = _place_fit(a, b), _date_fit(a, b)
    same_type = 0.08 if a.type == b.type else 0.0
    return min(1.0, 0.62 * cosine(words_a, words_b) + 0.22 * place + 0.16 * when + same_type)


def may_fit(a: Sketch, b: Sketch) -> bool:
    """Whether type, date and place allow that two reports tell of one happening."""
    if a.story_id == b.story_id or b.type not in fitting_types(a.type):
        return False
    if (table := table_of(a.story_id)) and table == table_of(b.story_id):
        return False  # who keeps such a table has parted its events already
    return _date_fit(a, b) > 0.0 and _place_fit(a, b) > 0.0


def table_of(story_id: str) -> str:
    """The table of events that a story was imported from, "" for a story of its own."""
    table = story_id.partition(":")[0]
    return table if table in EVENT_TABLES else ""


def fitting_types(name: str) -> frozenset[str]:
    """The types that another report of a happening of this type may have.

    >>> sorted(fitting_types("REJECT"))
    ['ACCUSE', 'REJECT']
    """
    return _FITTING[name]


def _fitting(name: str) -> frozenset[str]:
    related = {other for pair in _RELATED if name in pair for other in pair}
    incidents = {other for other in TYPES if family_of(name) == family_of(other) == "incident"}
    return frozenset({name} | related | incidents)


EVENT_TABLES = frozenset({"acled", "ucdp", "gdelt"})
_FITTING = {name: _fitting(name) for name in TYPES}


def _place_fit(a: Sketch, b: Sketch) -> float:
    """1 for one place, less for places of which one lies near or in the other, 0 for places apart."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return 0.35
    if a.place_id is not None and a.place_id == b.place_id:
        return 1.0
    apart = kilometres(a.lat, a.lon, b.lat, b.lon)
    if apart <= max(SAME_SPOT_KM, a.radius_km, b.radius_km):
        return 0.8 if apart <= NEAR_TOWNS_KM else 0.55
    return 0.4 if apart <= NEAR_TOWNS_KM else 0.0


def _date_fit(a: Sketch, b: Sketch) -> float:
    """1 for intervals that meet, 0.5 for those a day apart, 0 for others; an undated report fits weakly."""
    if a.start is None or b.start is None:
        return 0.3
    if a.days is None or b.days is None:
        return 0.0
    gap = max(b.days[0] - a.days[1], a.days[0] - b.days[1])
    if gap <= 0:
        return 1.0
    return 0.5 if gap <= DAYS_APART else 0.0
