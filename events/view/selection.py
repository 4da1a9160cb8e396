"""A filter over the table: what is shown, what is listed apart, and how many events each further choice would give.

For the page and briefings. What has no place or no date is listed and counted, never drawn.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from events.model import STATUSES, Status
from events.ontology import FAMILIES
from events.store.columns import TYPE_NAMES, Mask, Sets
from events.view.areas import Area
from events.view.filtering import Choice, Filter, words_of
from events.view.rows import Numbers, Rows
from events.view.table import FAMILY_OF_TYPE, EventTable
from geodata.folding import fold

Totals = NDArray[np.int64]
MOST_VIEWS = 12  # of a million events each takes about 6 MB
CODED = {"families": FAMILIES, "types": TYPE_NAMES, "statuses": STATUSES}
NAMES_OF_NOT: Mapping[Choice, Choice] = {
    "regions": "not_regions", "families": "not_families", "types": "not_types", "statuses": "not_statuses",
    "sources": "not_sources",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counts:
    """For each value of a choice, how many events can be drawn with it when all other choices stay as they are."""

    regions: Mapping[str, int]
    families: Mapping[str, int]
    types: Mapping[str, int]
    statuses: Mapping[str, int]
    sources: Mapping[str, int]


@dataclass(frozen=True, eq=False)
class View:
    """What a filter selects.

    `shown` are the events with a place and a date, in order of time; an event's number is its position there, from 1.
    `unplaced` fit the filter but have no place (no region is asked of them); `undated` have a place and no date (no day
    is asked of them). `total` is how many events of the whole table could be drawn. `told` says how many of the shown
    events have each status.
    """

    table: EventTable
    filter: Filter
    shown: Rows
    unplaced: Rows
    undated: Rows
    total: int
    counts: Counts
    mask: Mask
    told: Mapping[Status, int]

    @cached_property
    def numbers(self) -> Numbers:
        """The number of each shown event, by id."""
        return Numbers(self.shown)

    @cached_property
    def left_out(self) -> Counts:
        """For each value of a choice, how many drawn events are left out with it, or would be, as all else stands."""
        masks = _masks(self.table, self.filter)
        drawable = self.table.dated & self.table.placed
        return _counts(self.table, masks, drawable, _kinds(self.table, self.mask), self.shown, NAMES_OF_NOT)

    @cached_property
    def by_place(self) -> Totals:
        """How many of the shown events of each family are at each place: an array of (places, families)."""
        places, families = self.table.columns.places[self.shown.rows], self.table.families[self.shown.rows]
        size = len(self.table.columns.known_places)
        together = places * np.int32(len(FAMILIES)) + families
        return np.bincount(together, minlength=size * len(FAMILIES)).reshape(size, len(FAMILIES))

    @cached_property
    def years(self) -> int:
        """How many calendar years the shown events begin in, from the first to the last; 0 for no events."""
        if not len(self.shown):
            return 0
        first, last = (date.fromordinal(int(self.table.start[self.shown.rows[end]])) for end in (0, -1))
        return last.year - first.year + 1


def select(table: EventTable, chosen: Filter) -> View:
    """What the filter selects from the table. The latest views are remembered: one page asks for a view several times."""
    with table.lock:
        views: OrderedDict[Filter, View] = table.derived.setdefault("views", OrderedDict())
        found = views.get(chosen)
    if found is None:
        found = _select(table, chosen)
    with table.lock:
        views[chosen] = found
        views.move_to_end(chosen)
        while len(views) > MOST_VIEWS:
            views.popitem(last=False)
    return found


def _select(table: EventTable, chosen: Filter) -> View:
    masks = _masks(table, chosen)
    drawable = table.dated & table.placed
    shown = drawable & _all(masks, table)
    kinds = _kinds(table, shown)
    rows = _rows(shown)
    return View(
        table=table,
        filter=chosen,
        shown=table.at(rows),
        unplaced=table.at(_rows(_unplaced(table, masks))),
        undated=table.at(_rows(table.placed & ~table.dated & _all(masks, table, "dates"))),
        total=int(np.count_nonzero(drawable)),
        counts=_counts(table, masks, drawable, kinds, table.at(rows)),
        mask=shown,
        told=dict(zip(STATUSES, kinds.sum(axis=0).tolist(), strict=True)),
    )


def relaxations(table: EventTable, chosen: Filter) -> Iterator[tuple[Choice, int]]:
    """Each choice that, taken back alone, gives something to draw, and how many events it gives."""
    masks = _masks(table, chosen)
    drawable = table.dated & table.placed
    for choice in chosen.chosen():
        count = int((drawable & _all(masks, table, choice)).sum())
        if count:
            yield choice, count


def _counts(
    table: EventTable, masks: Mapping[Choice, Mask], drawable: Mask, kinds: Totals, shown: Rows,
    names: Mapping[Choice, Choice] | None = None,
) -> Counts:  # fmt: skip
    """The counts; those of choices that leave nothing out are the counts of what is shown. names: other choices to count
    in place of the usual ones.
    """
    named: Mapping[Choice, Choice] = names or {}

    def rows_without(choice: Choice) -> Mask:
        return drawable & _all(masks, table, choice)

    def kinds_without(choice: Choice) -> Totals:
        choice = named.get(choice, choice)
        return _kinds(table, rows_without(choice)) if choice in masks else kinds

    def rows_of(choice: Choice, column: Sets) -> Mapping[str, int]:
        choice = named.get(choice, choice)
        sets = column.of_row[rows_without(choice) if choice in masks else shown.rows]
        return column.totals(np.bincount(sets, minlength=column.size))

    families = np.bincount(FAMILY_OF_TYPE, weights=kinds_without("families").sum(axis=1), minlength=len(FAMILIES))
    return Counts(
        regions=rows_of("regions", table.regions),
        families=dict(zip(FAMILIES, families.astype(np.int64).tolist(), strict=True)),
        types=dict(zip(TYPE_NAMES, kinds_without("types").sum(axis=1).tolist(), strict=True)),
        statuses=dict(zip(STATUSES, kinds_without("statuses").sum(axis=0).tolist(), strict=True)),
        sources=rows_of("sources", table.sources),
    )


def _kinds(table: EventTable, mask: Mask) -> Totals:
    """How many rows of the mask have each type and status: an array of (types, statuses)."""
    size = len(TYPE_NAMES) * len(STATUSES)
    return np.bincount(table.kinds[mask], minlength=size).reshape(len(TYPE_NAMES), len(STATUSES))


def _masks(table: EventTable, chosen: Filter) -> dict[Choice, Mask]:
    """Which rows fit each choice that leaves something out."""
    masks: dict[Choice, Mask] = {}
    if chosen.start or chosen.end:
        masks["dates"] = _overlapping(table, chosen)
    for choice, out in NAMES_OF_NOT.items():
        if values := getattr(chosen, choice):
            masks[choice] = _having(table, choice, values)
        if values := getattr(chosen, out):
            masks[out] = ~_having(table, choice, values)
    if chosen.sureness > 0:
        masks["sureness"] = table.columns.sureness >= np.float32(chosen.sureness)
    wanted, unwanted = words_of(chosen.words)
    if wanted or unwanted:
        masks["words"] = _worded(table, wanted, unwanted)
    if chosen.area:
        masks["area"] = _within(table, chosen.area)
    if chosen.changed_from or chosen.changed_to:
        masks["changed"] = table.changed(chosen.changed_from, chosen.changed_to)
    if chosen.since is not None:
        masks["since"] = table.since(chosen.since)
    return masks


def _within(table: EventTable, area: Area) -> Mask:
    """The rows whose place stands in an area, by the points of the places."""
    known = table.columns.known_places
    lat, lon = (np.array([key[at] for key in known], dtype=np.float64) for at in (2, 3))
    return np.concatenate((np.zeros(1, dtype=np.bool_), area.holds(lat, lon)))[table.columns.places + 1]


def _having(table: EventTable, choice: Choice, values: Sequence[str]) -> Mask:
    """Which rows have one of the values of a choice."""
    if choice == "regions":
        return table.regions.any_of(values)
    if choice == "sources":
        return table.sources.any_of(values)
    codes = {"families": table.families, "types": table.columns.types, "statuses": table.columns.statuses}[choice]
    return np.array([name in values for name in CODED[choice]])[codes]


def _worded(table: EventTable, wanted: Sequence[str], unwanted: Sequence[str]) -> Mask:
    fits = np.ones(len(table), dtype=np.bool_)
    if folded := fold(" ".join(wanted)).split():
        fits &= table.worded(folded)
    for word in unwanted:
        if folded := fold(word).split():
            fits &= ~table.worded(folded)
    return fits


def _overlapping(table: EventTable, chosen: Filter) -> Mask:
    """Dated rows whose interval meets the filter's."""
    fits = table.dated.copy()
    if chosen.start:
        fits &= table.end >= chosen.start.toordinal()
    if chosen.end:
        fits &= table.start <= chosen.end.toordinal()
    return fits


def _unplaced(table: EventTable, masks: Mapping[Choice, Mask]) -> Mask:
    fits = ~table.placed & _all(masks, table, "regions", "area", "dates")
    return fits & (masks["dates"] | ~table.dated) if "dates" in masks else fits


def _all(masks: Mapping[Choice, Mask], table: EventTable, *but: Choice) -> Mask:
    """The rows that fit all choices but those named."""
    fits = np.ones(len(table), dtype=np.bool_)
    for choice, mask in masks.items():
        if choice not in but:
            fits &= mask
    return fits


def _rows(mask: Mask) -> NDArray[np.int32]:
    return np.flatnonzero(mask).astype(np.int32)
