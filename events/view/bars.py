"""Events a day, week or month, by family and by how they are told: what the timeline stacks.

For the page and briefings. An event stands in the bin of its first day. One whose interval is wider than a few bins
has no bar: a bar would give it a day that nobody reported; it is counted apart.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from events.ontology import FAMILIES
from events.store.columns.columns import Ints
from events.store.columns.standing_counts import StandingCounts
from events.view.counting import Totals
from events.view.filtering import Filter
from events.view.fitting import Fitting
from events.view.selection import View
from events.view.table import EventTable
from events.view.table_columns import FACT, FAMILY_OF_TYPE
from events.view.tally import WHERE_AND_WHO

Unit = Literal["day", "week", "month"]
Basis = Literal["told", "reported"]  # the day that an event is told of, or that of its first report
MOST_DAYS = 100  # finer bins than these would be thinner than one can see
MOST_WEEKS = 150
MOST_SPANS = 60  # intervals that are told one by one
MOST_REMEMBERED = 8  # stretches of days whose bars of all events are remembered
SEGMENTS = 2 * len(FAMILIES) + 1  # of a bar: each family as fact and not, and the events that are left out
SEGMENT_OF_KIND = (2 * FAMILY_OF_TYPE[:, None] + ~FACT[None, :]).ravel().astype(np.int64)
SEGMENTS_OF_KINDS = np.eye(SEGMENTS, dtype=np.int64)[SEGMENT_OF_KIND]  # a row a kind: 1 at its segment
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


def bars(view: View, start: date, end: date, basis: Basis = "told") -> Bars:
    """The bars from one day to another, both included.

    All events with a place and a date that the view does not show are counted as left out. basis: whether an event stands in
    the bin of the day that it is told of, or of its first report.
    """
    scale = Scale.of(start, end, basis)
    counts, wide = _drawn(view.fitting, scale)
    counts[:, -1] = (_all_drawn(view.table, scale) - counts).sum(axis=1)
    spans = _spans(view.table, wide, start, end) if len(wide) else ()
    return Bars(scale.unit, _bins(scale.edges, counts.ravel()), len(wide), spans)


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """The bins: the first day of each as an ordinal, and the bin of each day, from the day before the first bin to the day
    after the last; -1 for a day that is in none. `longest` is the length in days of the intervals that have no bar.
    """

    start: date
    end: date
    basis: Basis
    unit: Unit
    edges: Ints
    bins: Ints
    longest: int

    @classmethod
    def of(cls, start: date, end: date, basis: Basis) -> Scale:
        """The bins from one day to another. By the day of its report an event has a bar however long it is."""
        unit = unit_for(start, end)
        edges = _edges(start, end, unit)
        longest = WIDEST_INTERVAL[unit] if basis == "told" else MOST_ORDINAL
        return cls(start, end, basis, unit, edges, _bins_of_days(edges, start, end), longest)

    def bin_of(self, days: Ints) -> Ints:
        """The bin of each of some days."""
        found: Ints = self.bins[np.clip(days - (self.edges[0] - 1), 0, len(self.bins) - 1)]
        return found

    def counted(self, table: EventTable, rows: Ints) -> Totals:
        """How many of some rows, which have bars, are of each segment of each bin."""
        at = self.bin_of((table.start if self.basis == "told" else table.columns.published)[rows])
        together = at.astype(np.int64) * SEGMENTS + SEGMENT_OF_KIND[table.kinds[rows]]
        return np.bincount(together[at >= 0], minlength=len(self.edges) * SEGMENTS).reshape(-1, SEGMENTS)


def _all_drawn(table: EventTable, scale: Scale) -> Totals:
    """The counts of all that can be drawn, which the choices don't change: the latest are remembered."""
    known: OrderedDict[tuple[object, ...], Totals] = table.derived.setdefault("all_bars", OrderedDict())
    key = (scale.start, scale.end, scale.basis)
    if (found := known.get(key)) is None:
        found, _ = _drawn(Fitting(table, Filter()), scale)
        with table.lock:
            known[key] = found
            while len(known) > MOST_REMEMBERED:
                known.popitem(last=False)
    return found


def _drawn(fitting: Fitting, scale: Scale) -> tuple[Totals, Ints]:
    """How many events of each segment begin in each bin, and the rows of those that are too wide to have a bar."""
    standing = fitting.table.standing if scale.basis == "told" and fitting.by_codes_alone else None
    if standing is None:
        return _counted(fitting.table, fitting.drawn_rows(), scale)
    chosen = frozenset(axis for axis in WHERE_AND_WHO if fitting.lookups.on(axis) is not None)
    half = fitting.half(chosen) if chosen else None
    if half and half.fit:
        return _counted(fitting.table, half.rows, scale)
    counts, wide = _by_days(fitting, standing, scale)
    if half:
        counts -= _counted(fitting.table, half.rows, scale)[0]
        wide = wide[fitting.fits(wide)]
    return counts, wide


def _counted(table: EventTable, some: Iterable[NDArray[Any]], scale: Scale) -> tuple[Totals, Ints]:
    """The counts of rows and the wide ones among them."""
    counts = np.zeros((len(scale.edges), SEGMENTS), dtype=np.int64)
    wide = [np.zeros(0, dtype=np.int32)]
    for rows in some:
        is_wide = table.end[rows] - table.start[rows] >= scale.longest
        if is_wide.any():
            wide.append(rows[is_wide].astype(np.int32))
            rows = rows[~is_wide]
        counts += scale.counted(table, rows)
    return counts, np.concatenate(wide)


def _by_days(fitting: Fitting, standing: StandingCounts, scale: Scale) -> tuple[Totals, Ints]:
    """The counts by what stands of each day, wherever the events are and whoever tells of them: of the rows only the long
    intervals are looked at.
    """
    table, (first, last) = fitting.table, fitting.stretch
    counts, wide = _counted(table, [fitting.reaching[fitting.fits(fitting.reaching, WHERE_AND_WHO)]], scale)
    low, high = np.searchsorted(standing.first_rows, (first, last))
    by_day = standing.by_day[low:high]
    lookup = fitting.lookups.on("kinds")
    segments = (by_day if lookup is None else by_day * lookup) @ SEGMENTS_OF_KINDS
    at = scale.bin_of(standing.days[low:high])
    np.add.at(counts, at[at >= 0], segments[at >= 0])
    rows = table.longer_than(scale.longest)
    rows = rows[slice(*np.searchsorted(rows, (first, last)).tolist())]
    rows = rows[fitting.fits(rows, WHERE_AND_WHO)]
    counts -= scale.counted(table, rows)
    return counts, np.concatenate((wide, rows))


def _bins_of_days(edges: Ints, start: date, end: date) -> Ints:
    """The bin of each day from the day before the first bin to the day after the last; -1 for a day that is in none."""
    days = np.arange(edges[0] - 1, end.toordinal() + 2)
    bins = np.searchsorted(edges, days, side="right") - 1
    bins[(days < start.toordinal()) | (days > end.toordinal())] = -1
    return bins.astype(np.int32)


def _bins(edges: Ints, counts: Totals) -> tuple[Bin, ...]:
    return tuple(
        Bin(date.fromordinal(int(edges[at // SEGMENTS])), *_meaning(at % SEGMENTS), int(counts[at]))
        for at in np.flatnonzero(counts).tolist()
    )


def _spans(table: EventTable, wide: Ints, start: date, end: date) -> tuple[tuple[date, date, int], ...]:
    """The intervals of some rows that reach into the days, and how many rows have each, the most frequent first."""
    first, last = table.start[wide], table.end[wide]
    inside = (last >= start.toordinal()) & (first <= end.toordinal())
    together = first[inside].astype(np.int64) * MOST_ORDINAL + last[inside]
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
    if segment == SEGMENTS - 1:
        return None, True
    return FAMILIES[segment // 2], segment % 2 == 0
