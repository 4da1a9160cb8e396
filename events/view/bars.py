"""Events a day, week or month, by family and by how they are told: what the timeline stacks.

For the page and briefings. An event stands in the bin of its first day. One whose interval is wider than a few bins
has no bar: a bar would give it a day that nobody reported; it is counted apart.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np

from events.ontology import FAMILIES
from events.store.columns.columns import Ints, Mask
from events.view.counting import Totals, stretches
from events.view.table import FACT, FAMILY_OF_TYPE, EventTable

Unit = Literal["day", "week", "month"]
Basis = Literal["told", "reported"]  # the day that an event is told of, or that of its first report
MOST_DAYS = 100  # finer bins than these would be thinner than one can see
MOST_WEEKS = 150
MOST_SPANS = 60  # intervals that are told one by one
MOST_REMEMBERED = 8  # stretches of days whose bars of all events are remembered
SEGMENTS = 2 * len(FAMILIES) + 1  # of a bar: each family as fact and not, and the events that are left out
SEGMENT_OF_KIND = (2 * FAMILY_OF_TYPE[:, None] + ~FACT[None, :]).ravel().astype(np.int64)
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
    edges = _edges(start, end, unit)
    bins = _bins_of_days(edges, start, end)
    told = basis == "told"
    days = table.start if told else table.columns.published
    longest = (
        WIDEST_INTERVAL[unit] if told else MOST_ORDINAL
    )  # by the day of its report an event has a bar however long
    everything = _all_drawn(table, days, longest, edges, bins, (unit, start, end, basis))
    counts, wide = _drawn(table, shown & table.drawable, days, longest, edges, bins)
    counts[:, -1] = (everything - counts).sum(axis=1)
    spans = _spans(table, wide, start, end) if len(wide) else ()
    return Bars(unit, _bins(edges, counts.ravel()), len(wide), spans)


def _all_drawn(
    table: EventTable, days: Ints, longest: int, edges: Ints, bins: Ints, key: tuple[object, ...]
) -> Totals:  # fmt: skip
    """The counts of all that can be drawn, which the choices don't change: the latest are remembered."""
    known: OrderedDict[tuple[object, ...], Totals] = table.derived.setdefault("all_bars", OrderedDict())
    if (found := known.get(key)) is None:
        found, _ = _drawn(table, table.drawable, days, longest, edges, bins)
        with table.lock:
            known[key] = found
            while len(known) > MOST_REMEMBERED:
                known.popitem(last=False)
    return found


def _drawn(
    table: EventTable, mask: Mask, days: Ints, longest: int, edges: Ints, bins: Ints
) -> tuple[Totals, Ints]:  # fmt: skip
    """How many events of each segment begin in each bin, and the rows of those that are too wide to have a bar."""
    counts = np.zeros(len(edges) * SEGMENTS, dtype=np.int64)
    wide: list[Any] = []
    for rows in stretches(mask):
        is_wide = table.end[rows] - table.start[rows] >= longest
        if is_wide.any():
            wide.append(rows[is_wide])
            rows = rows[~is_wide]
        at = bins[np.clip(days[rows] - (edges[0] - 1), 0, len(bins) - 1)]
        together = at.astype(np.int64) * SEGMENTS + SEGMENT_OF_KIND[table.kinds[rows]]
        counts += np.bincount(together[at >= 0], minlength=len(counts))
    return counts.reshape(len(edges), SEGMENTS), np.concatenate([*wide, np.zeros(0, dtype=np.int64)])


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
