"""Events a day, week or month, by family and by how they are told: what the timeline stacks.

For the page and briefings. An event stands in the bin of its first day. One whose interval is wider than a few bins
has no bar: a bar would give it a day that nobody reported; it is counted apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from events.ontology import FAMILIES
from events.store.columns import Ints, Mask
from events.view.table import FACT, EventTable

Unit = Literal["day", "week", "month"]
Basis = Literal["told", "reported"]  # the day that an event is told of, or that of its first report
MOST_DAYS = 100  # finer bins than these would be thinner than one can see
MOST_WEEKS = 150
MOST_SPANS = 60  # intervals that are told one by one
MOST_ORDINAL = date.max.toordinal() + 1
WIDEST_INTERVAL: dict[Unit, int] = {"day": 7, "week": 35, "month": 100}  # days


@dataclass(frozen=True, slots=True)
class Bin:
    """One segment of a bar: how many events of a family, told as fact or not, begin in the bin that starts that day.

    `family` is None for the events that the choices leave out.
    """

    day: date
    family: str | None
    fact: bool
    count: int


@dataclass(frozen=True, slots=True)
class Bars:
    """The segments in order of days, what a bin is, and how many of the shown events are too wide to have a bar.

    spans: the intervals of these (first day, last day, how many events), the most frequent first.
    """

    unit: Unit
    bins: tuple[Bin, ...]
    wide: int
    spans: tuple[tuple[date, date, int], ...] = ()


def bars(table: EventTable, shown: Mask, start: date, end: date, basis: Basis = "told") -> Bars:
    """The bars from one day to another, both included.

    shown: which rows of the table are shown; all other events with a place and a date are counted as left out. basis:
    whether an event stands in the bin of the day that it is told of, or of its first report.
    """
    unit = unit_for(start, end)
    if basis == "reported":
        return _reported(table, shown, start, end, unit)
    drawable = table.dated & table.placed
    wide = (table.end - table.start) >= WIDEST_INTERVAL[unit]
    edges = _edges(start, end, unit)
    first, last = np.searchsorted(table.start[: np.count_nonzero(table.dated)], [edges[0], end.toordinal() + 1])
    some = slice(int(first), int(last))  # the dated rows stand in order of time
    segments = 2 * len(FAMILIES) + 1
    segment = np.where(shown[some], 2 * table.families[some] + ~FACT[table.columns.statuses[some]], segments - 1)
    lengths = np.diff(np.searchsorted(table.start[some], [*edges[1:], end.toordinal() + 1], side="left"), prepend=0)
    place = np.repeat(np.arange(len(edges), dtype=np.int32), lengths)
    inside = (drawable & ~wide)[some] & (table.start[some] >= start.toordinal())
    counts = np.bincount((place * np.int32(segments) + segment)[inside], minlength=len(edges) * segments)
    return Bars(unit, _bins(edges, counts), int((shown & wide).sum()), _spans(table, shown & wide, start, end))


def _reported(table: EventTable, shown: Mask, start: date, end: date, unit: Unit) -> Bars:
    """The bars by the day of each event's first report; an event has one, however long it lasted."""
    edges = _edges(start, end, unit)
    day = table.columns.published
    segments = 2 * len(FAMILIES) + 1
    segment = np.where(shown, 2 * table.families + ~FACT[table.columns.statuses], segments - 1)
    inside = table.dated & table.placed & (day >= start.toordinal()) & (day <= end.toordinal())
    place = np.searchsorted(edges, day[inside], side="right") - 1
    counts = np.bincount(place * segments + segment[inside], minlength=len(edges) * segments)
    return Bars(unit, _bins(edges, counts), 0)


def _bins(edges: Ints, counts: NDArray[np.int64]) -> tuple[Bin, ...]:
    segments = 2 * len(FAMILIES) + 1
    return tuple(
        Bin(date.fromordinal(int(edges[at // segments])), *_meaning(at % segments), int(counts[at]))
        for at in np.flatnonzero(counts).tolist()
    )


def _spans(table: EventTable, wide: Mask, start: date, end: date) -> tuple[tuple[date, date, int], ...]:
    """The intervals of some rows that reach into the days, and how many rows have each, the most frequent first."""
    rows = np.flatnonzero(wide & (table.end >= start.toordinal()) & (table.start <= end.toordinal()))
    together = table.start[rows].astype(np.int64) * MOST_ORDINAL + table.end[rows]
    kept, counts = np.unique(together, return_counts=True)
    order = np.argsort(-counts, kind="stable")[:MOST_SPANS]
    return tuple(
        (date.fromordinal(both // MOST_ORDINAL), date.fromordinal(both % MOST_ORDINAL), count)
        for both, count in zip(kept[order].tolist(), counts[order].tolist(), strict=True)
    )


def unit_for(start: date, end: date) -> Unit:
    """How wide a bin has to be so that all bars from one day to another can be seen.

    >>> unit_for(date(2025, 1, 1), date(2025, 1, 31)), unit_for(date(2020, 1, 1), date(2025, 1, 1))
    ('day', 'month')
    """
    days = (end - start).days + 1
    if days <= MOST_DAYS:
        return "day"
    return "week" if days <= 7 * MOST_WEEKS else "month"


def bin_start(day: date, unit: Unit) -> date:
    """The first day of the bin that a day is in; weeks begin on Monday.

    >>> bin_start(date(2025, 1, 15), "week"), bin_start(date(2025, 1, 15), "month")
    (datetime.date(2025, 1, 13), datetime.date(2025, 1, 1))
    """
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day


def bin_end(day: date, unit: Unit) -> date:
    """The last day of the bin that a day is in.

    >>> bin_end(date(2025, 1, 15), "week"), bin_end(date(2024, 2, 15), "month")
    (datetime.date(2025, 1, 19), datetime.date(2024, 2, 29))
    """
    first = bin_start(day, unit)
    if unit == "month":
        return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return first + timedelta(days=6 if unit == "week" else 0)


def _edges(start: date, end: date, unit: Unit) -> Ints:
    days, day = [], bin_start(start, unit)
    while day <= end:
        days.append(day.toordinal())
        day = bin_end(day, unit) + timedelta(days=1)
    return np.array(days, dtype=np.int32)


def _meaning(segment: int) -> tuple[str | None, bool]:
    if segment == 2 * len(FAMILIES):
        return None, True
    return FAMILIES[segment // 2], segment % 2 == 0
