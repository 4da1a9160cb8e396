"""A filter over the table: what is shown, what is listed apart, and how many events each further choice would give.

For the page and briefings. What has no place or no date is listed and counted, never drawn.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import cast

import numpy as np

from events.model import STATUSES, Status
from events.ontology import FAMILIES
from events.store.columns.columns import TYPE_NAMES, Mask
from events.view.counting import Totals, count, count_pairs
from events.view.filtering import Choice, Filter
from events.view.fitting import KIND_COLUMNS, NAMES_OF_NOT, Axis, Fitting, codes_of
from events.view.rows import Numbers, Rows
from events.view.table import FAMILY_OF_TYPE, EventTable

MOST_VIEWS = 12  # that are remembered
MOST_REMEMBERED = 60_000_000  # rows of the masks of all remembered views, a byte each
KINDS = len(TYPE_NAMES) * len(STATUSES)


@dataclass(frozen=True, slots=True)
class Counts:
    """For each value of a choice, how many events can be drawn with it when all other choices stay as they are."""

    regions: Mapping[str, int]
    families: Mapping[str, int]
    types: Mapping[str, int]
    statuses: Mapping[str, int]
    sources: Mapping[str, int]


class Tally:
    """How many events there are of each value of an axis, whatever is chosen on that axis itself; what is chosen on it is a
    look at these counts. `kinds` counts types and statuses together, `places` families at each place, `sources` sets of
    outlets. The map needs the places alone, and is waited for: all else is counted when somebody first asks.
    """

    def __init__(self, table: EventTable, fitting: Fitting, shown: Mask) -> None:
        """The counts over the rows that fit. shown: those that fit all choices."""
        self.table, self.lookups, self._shown = table, fitting.lookups, shown
        self._fitting: Fitting | None = fitting  # until all is counted: its masks are large
        codes, size = codes_of(table)["places"], (len(table.columns.known_places), len(FAMILIES))
        self.places = count_pairs(self._mask(fitting, "places"), codes, table.columns.types, FAMILY_OF_TYPE, size)
        self._rest: tuple[Totals, Totals] | None = None

    @property
    def kinds(self) -> Totals:
        """The counts of types and statuses together."""
        return self._counted()[0]

    @property
    def sources(self) -> Totals:
        """The counts of sets of outlets."""
        return self._counted()[1]

    def _counted(self) -> tuple[Totals, Totals]:
        fitting = self._fitting
        if self._rest is None and fitting is not None:
            codes = codes_of(self.table)
            kinds = count(self._mask(fitting, "kinds"), codes["kinds"], KINDS)
            sources = count(self._mask(fitting, "sources"), codes["sources"], max(1, self.table.sources.size))
            self._rest = kinds, sources
            self._fitting = None
        return cast(tuple[Totals, Totals], self._rest)

    def _mask(self, fitting: Fitting, axis: Axis) -> Mask:
        return self._shown if self.lookups.on(axis) is None else fitting.drawn(axis)

    def kinds_fitting(self, but: Choice | None = None) -> Totals:
        """The counts of kinds under all choices but one."""
        return _fitting(self.kinds, self.lookups.on("kinds", (but,) if but else ()))

    def places_fitting(self, but: Choice | None = None) -> Totals:
        """The counts of places under all choices but one."""
        lookup = self.lookups.on("places", (but,) if but else ())
        return self.places if lookup is None else self.places * lookup[:-1, None]

    def counts(self, but: Mapping[Choice, Choice]) -> Counts:
        """The counts of the values of each choice. but: the choice that is taken back for it."""
        table = self.table
        per_place = np.append(self.places_fitting(but["regions"]).sum(axis=1), 0)
        per_source = _fitting(self.sources, self.lookups.on("sources", (but["sources"],)))
        by_region = np.bincount(table.regions.of_row, weights=per_place, minlength=table.regions.size)
        return Counts(
            regions=table.regions.totals(by_region),
            families=self._of_kinds("families", but),
            types=self._of_kinds("types", but),
            statuses=self._of_kinds("statuses", but),
            sources=table.sources.totals(per_source),
        )

    def _of_kinds(self, choice: Choice, but: Mapping[Choice, Choice]) -> Mapping[str, int]:
        codes, names = KIND_COLUMNS[choice]
        totals = np.bincount(codes, weights=self.kinds_fitting(but[choice]), minlength=len(names))
        return dict(zip(names, totals.astype(np.int64).tolist(), strict=True))


def _fitting(totals: Totals, lookup: Mask | None) -> Totals:
    return totals if lookup is None else totals * lookup


@dataclass(frozen=True, eq=False)
class View:
    """What a filter selects.

    `shown` are the events with a place and a date, in order of time; an event's number is its position there, from 1.
    `unplaced` fit the filter but have no place (no region is asked of them); `undated` have a place and no date (no day
    is asked of them). `total` is how many events of the whole table could be drawn.
    """

    table: EventTable
    filter: Filter
    shown: Rows
    unplaced: Rows
    undated: Rows
    total: int
    mask: Mask
    tally: Tally

    @cached_property
    def numbers(self) -> Numbers:
        """The number of each shown event, by id."""
        return Numbers(self.shown)

    @cached_property
    def counts(self) -> Counts:
        """For each value of a choice, how many events can be drawn with it when all other choices stay as they are."""
        return self.tally.counts({choice: choice for choice in NAMES_OF_NOT})

    @cached_property
    def left_out(self) -> Counts:
        """For each value of a choice, how many drawn events are left out with it, or would be, as all else stands."""
        return self.tally.counts(NAMES_OF_NOT)

    @cached_property
    def told(self) -> Mapping[Status, int]:
        """How many of the shown events have each status."""
        by_kind = self.tally.kinds_fitting().reshape(len(TYPE_NAMES), len(STATUSES))
        return dict(zip(STATUSES, by_kind.sum(axis=0).tolist(), strict=True))

    @cached_property
    def by_place(self) -> Totals:
        """How many of the shown events of each family are at each place: an array of (places, families)."""
        return self.tally.places_fitting()

    @cached_property
    def at_places(self) -> Totals:
        """How many of the shown events are at each place."""
        totals: Totals = self.by_place.sum(axis=1)
        return totals

    @cached_property
    def years(self) -> int:
        """How many calendar years the shown events begin in, from the first to the last; 0 for no events."""
        if not len(self.shown):
            return 0
        ends = int(self.mask.argmax()), len(self.mask) - 1 - int(self.mask[::-1].argmax())
        first, last = (date.fromordinal(int(self.table.start[row])) for row in ends)
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
        while len(views) > max(2, min(MOST_VIEWS, MOST_REMEMBERED // max(1, len(table)))):
            views.popitem(last=False)
    return found


def _select(table: EventTable, chosen: Filter) -> View:
    fitting = Fitting(table, chosen)
    shown = fitting.drawn()
    return View(
        table=table,
        filter=chosen,
        shown=table.masked(shown, int(np.count_nonzero(shown))),
        unplaced=table.at(fitting.unplaced()),
        undated=table.at(fitting.undated()),
        total=int(np.count_nonzero(table.drawable)),
        mask=shown,
        tally=Tally(table, fitting, shown),
    )


def relaxations(table: EventTable, chosen: Filter) -> Iterator[tuple[Choice, int]]:
    """Each choice that, taken back alone, gives something to draw, and how many events it gives."""
    fitting = Fitting(table, chosen)
    for choice in chosen.chosen():
        found = int(np.count_nonzero(fitting.drawn_without(choice)))
        if found:
            yield choice, found
