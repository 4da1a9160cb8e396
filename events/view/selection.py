"""A filter over the table: what is shown, what is listed apart, and how many events each further choice would give.

For the page and briefings. What has no place or no date is listed and counted, never drawn.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from events.model import STATUSES, Status
from events.store.columns.columns import TYPE_NAMES, Ints, Mask
from events.view.counting import Totals
from events.view.filtering import Choice, Filter
from events.view.fitting import KIND_COLUMNS, NAMES_OF_NOT, Fitting
from events.view.rows import Numbers, Rows
from events.view.table import EventTable
from events.view.tally import Tally

MOST_VIEWS = 12  # that are remembered
MOST_REMEMBERED = 60_000_000  # rows of the masks of all remembered views, a byte each


class Counts:
    """For each value of a choice, how many events can be drawn with it when all other choices stay as they are."""

    def __init__(self, tally: Tally, but: Mapping[Choice, Choice]) -> None:
        """but: the choice that is taken back for the counts of another."""
        self._tally = tally
        self._but = but

    @cached_property
    def regions(self) -> Mapping[str, int]:
        """By id."""
        regions = self._tally.table.regions
        per_place = np.append(self._tally.places_fitting(self._but["regions"]).sum(axis=1), 0)
        return regions.totals(np.bincount(regions.of_row, weights=per_place, minlength=regions.size))

    @cached_property
    def families(self) -> Mapping[str, int]:
        """By name."""
        return self._of_kinds("families")

    @cached_property
    def types(self) -> Mapping[str, int]:
        """By name."""
        return self._of_kinds("types")

    @cached_property
    def statuses(self) -> Mapping[str, int]:
        """By name."""
        return self._of_kinds("statuses")

    @cached_property
    def sources(self) -> Mapping[str, int]:
        """By outlet."""
        return self._tally.table.sources.totals(self._tally.sources_fitting(self._but["sources"]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Counts) and all(getattr(self, name) == getattr(other, name) for name in NAMES_OF_NOT)

    def __hash__(self) -> int:
        return hash(tuple(self.statuses.items()))

    def _of_kinds(self, choice: Choice) -> Mapping[str, int]:
        codes, names = KIND_COLUMNS[choice]
        totals = np.bincount(codes, weights=self._tally.kinds_fitting(self._but[choice]), minlength=len(names))
        return dict(zip(names, totals.astype(np.int64).tolist(), strict=True))


@dataclass(frozen=True, eq=False)
class View:
    """What a filter selects; each part is worked out when somebody asks for it."""

    table: EventTable
    filter: Filter
    fitting: Fitting

    @cached_property
    def shown(self) -> Rows:
        """The events with a place and a date, in order of time; an event's number is its position there, from 1."""
        return self.table.sought(self.fitting.drawn, int(self.tally.kinds_fitting().sum()))

    @cached_property
    def unplaced(self) -> Rows:
        """Those that fit and have no place; no region is asked of them."""
        return self.table.at(self.fitting.unplaced())

    @cached_property
    def undated(self) -> Rows:
        """Those that fit and have a place and no date; no day is asked of them."""
        return self.table.at(self.fitting.undated())

    @property
    def total(self) -> int:
        """How many events of the whole table could be drawn."""
        return self.table.drawable_count

    @property
    def mask(self) -> Mask:
        """Which rows of the table are shown."""
        return self.fitting.drawn.mask

    def shown_of(self, rows: Ints) -> Ints:
        """Those of some rows that are shown."""
        return rows[self.fitting.days_fit(rows) & self.fitting.fits(rows)]

    @cached_property
    def numbers(self) -> Numbers:
        """The number of each shown event, by id."""
        return Numbers(self.shown)

    @cached_property
    def tally(self) -> Tally:
        """The counts of all values."""
        return Tally(self.fitting)

    @cached_property
    def counts(self) -> Counts:
        """For each value of a choice, how many events can be drawn with it when all other choices stay as they are."""
        return Counts(self.tally, {choice: choice for choice in NAMES_OF_NOT})

    @cached_property
    def left_out(self) -> Counts:
        """For each value of a choice, how many drawn events are left out with it, or would be, as all else stands."""
        return Counts(self.tally, NAMES_OF_NOT)

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
        return np.asarray(self.by_place.sum(axis=1))

    @cached_property
    def years(self) -> int:
        """How many calendar years the shown events begin in, from the first to the last; 0 for no events."""
        ends = (*self.shown.first(1).tolist(), self.fitting.drawn.last())
        years = [date.fromordinal(int(self.table.start[row])).year for row in ends if row is not None]
        return years[-1] - years[0] + 1 if years else 0


def select(table: EventTable, chosen: Filter) -> View:
    """What the filter selects from the table. The latest views are remembered: one page asks for a view several times."""
    with table.lock:
        views: OrderedDict[Filter, View] = table.derived.setdefault("views", OrderedDict())
        found = views.get(chosen)
    if found is None:
        found = View(table, chosen, Fitting(table, chosen))
    with table.lock:
        views[chosen] = found
        views.move_to_end(chosen)
        while len(views) > max(2, min(MOST_VIEWS, MOST_REMEMBERED // max(1, len(table)))):
            views.popitem(last=False)
    return found


def relaxations(table: EventTable, chosen: Filter) -> Iterator[tuple[Choice, int]]:
    """Each choice that, taken back alone, gives something to draw, and how many events it gives."""
    fitting = Fitting(table, chosen)
    for choice in chosen.chosen():
        found = int(Tally(fitting.without(choice)).kinds_fitting().sum())
        if found:
            yield choice, found
