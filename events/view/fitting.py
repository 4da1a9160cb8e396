"""Which rows fit a filter: by tables that say it of every value of a column, and by tests where each row has its own.

For `events.view.selection`. Three columns say nearly all that can be chosen: what is told and how ("kinds"), where ("places")
and by whom ("sources"). A choice on one of them is a small table over its values, and taking it back costs no look at rows.
Days are a stretch of rows, for these stand in order of time, and the long intervals that reach into it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from events.attribute_sureness import all_at_least
from events.model import STATUSES
from events.ontology import FAMILIES
from events.store.columns.columns import NO_DAY, NOWHERE, TYPE_NAMES, Ints, Mask
from events.view.areas import Area
from events.view.counting import STRETCH, stretches
from events.view.filtering import Choice, Filter, words_of
from events.view.seeking import SoughtRows
from events.view.table import EventTable
from events.view.table_columns import FAMILY_OF_TYPE
from geodata.folding import fold

Axis = Literal["kinds", "places", "sources"]
Which = slice | Ints  # rows of a table
Test = Callable[[Any], Mask]
AXES: Mapping[Axis, tuple[Choice, ...]] = {
    "kinds": ("families", "types", "statuses", "not_families", "not_types", "not_statuses"),
    "places": ("regions", "not_regions", "area"),
    "sources": ("sources", "not_sources"),
}
NAMES_OF_NOT: Mapping[Choice, Choice] = {
    "regions": "not_regions", "families": "not_families", "types": "not_types", "statuses": "not_statuses",
    "sources": "not_sources",
}  # fmt: skip
TYPE_OF_KIND = np.repeat(np.arange(len(TYPE_NAMES)), len(STATUSES))
FAMILY_OF_KIND = FAMILY_OF_TYPE[TYPE_OF_KIND]
KIND_COLUMNS: Mapping[str, tuple[NDArray[Any], Sequence[str]]] = {
    "families": (FAMILY_OF_KIND, FAMILIES),
    "types": (TYPE_OF_KIND, TYPE_NAMES),
    "statuses": (np.tile(np.arange(len(STATUSES)), len(TYPE_NAMES)), STATUSES),
}


class Half(NamedTuple):
    """Numbers of rows, a stretch at a time, and whether they are those that fit."""

    rows: tuple[Ints, ...]
    fit: bool


class Lookups:
    """Which values of each axis fit the choices that leave something out. The last place stands for none."""

    def __init__(self, table: EventTable, chosen: Filter) -> None:
        self.of_choice: dict[Choice, Mask] = {}
        for choice, out in NAMES_OF_NOT.items():
            if values := getattr(chosen, choice):
                self.of_choice[choice] = _having(table, choice, values)
            if values := getattr(chosen, out):
                self.of_choice[out] = ~_having(table, choice, values)
        if chosen.area:
            self.of_choice["area"] = _within(table, chosen.area)

    def on(self, axis: Axis, but: Collection[Choice] = ()) -> Mask | None:
        """Which values of an axis fit its choices but those named; None where all do."""
        some = [self.of_choice[choice] for choice in AXES[axis] if choice in self.of_choice and choice not in but]
        return reduce(np.logical_and, some) if some else None


class Fitting:
    """Which rows of a table fit a filter."""

    def __init__(self, table: EventTable, chosen: Filter, tests: Mapping[Choice, Test] | None = None) -> None:
        """tests: what is asked of each row itself, where that is known already."""
        self.table = table
        self.lookups = Lookups(table, chosen)
        self.stretch, self.reaching = table.stretch_of(chosen.start, chosen.end)
        self._chosen = chosen
        self._tests = _tests(table, chosen) if tests is None else tests
        self._halves: dict[tuple[frozenset[Axis], frozenset[Axis]], Half] = {}

    @property
    def by_codes_alone(self) -> bool:
        """Whether days and the values of the three columns are all that is chosen."""
        return not self._tests

    def without(self, choice: Choice) -> Fitting:
        """What fits all choices but one."""
        tests = {own: test for own, test in self._tests.items() if own != choice}
        return Fitting(self.table, self._chosen.without(choice), tests)

    def fits(self, rows: Which, but: Collection[Axis] = ()) -> Mask:
        """Which of some rows, whose days fit, have a place and fit; whatever is chosen on the axes named."""
        fits: Mask = self.table.columns.places[rows] != NOWHERE
        for axis, codes in codes_of(self.table).items():
            if axis not in but and (lookup := self.lookups.on(axis)) is not None:
                fits &= lookup[codes[rows]]  # -1, no place, is the last
        for test in self._tests.values():
            fits &= test(rows)
        return fits

    @cached_property
    def drawn(self) -> SoughtRows:
        """The rows with a place and a date that fit."""
        known = self.reaching[self.fits(self.reaching)]
        return SoughtRows(len(self.table), *self.stretch, known, self.fits)

    def drawn_rows(self, but: Collection[Axis] = ()) -> Iterator[NDArray[Any]]:
        """The same, a stretch at a time; whatever is chosen on the axes named."""
        if not any(self.lookups.on(axis) is not None for axis in but):
            yield from stretches(self.drawn.mask)
            return
        yield self.reaching[self.fits(self.reaching, but)]
        yield from self.rows_between(*self.stretch, but)

    def rows_between(self, first: int, last: int, but: Collection[Axis] = ()) -> Iterator[NDArray[Any]]:
        """The rows from one to another, whose days fit, that have a place and fit; whatever is chosen on the axes named."""
        for begin in range(first, last, STRETCH):
            yield np.flatnonzero(self.fits(slice(begin, min(begin + STRETCH, last)), but)) + begin

    def half(self, axes: frozenset[Axis], but: Collection[Axis] = ()) -> Half:
        """Of the rows that fit whatever is chosen on some axes: those that fit these too, or those that don't, whichever are
        fewer at first sight. axes: at least one on which something is chosen; but: axes of which nothing is asked at all.
        """
        free = frozenset(axis for axis in but if self.lookups.on(axis) is not None)
        if (axes, free) not in self._halves:
            self._halves[axes, free] = self._half(axes, free)
        return self._halves[axes, free]

    def _half(self, axes: frozenset[Axis], free: frozenset[Axis]) -> Half:
        (begin, end), reaching = self.stretch, self.reaching
        look = slice(begin, min(begin + STRETCH, end))
        asked, parted = self.fits(look, axes | free), self._having(look, axes)
        fewer = 2 * np.count_nonzero(asked & parted) <= np.count_nonzero(asked)
        found = [reaching[self.fits(reaching, axes | free) & (self._having(reaching, axes) == fewer)]]
        for first in range(begin, end, STRETCH):
            rows = slice(first, min(first + STRETCH, end))
            fits = self.fits(rows, axes | free) & (self._having(rows, axes) == fewer)
            found.append((np.flatnonzero(fits) + first).astype(np.int32))
        return Half(tuple(found), bool(fewer))

    def _having(self, rows: Which, axes: frozenset[Axis]) -> Mask:
        """Which of some rows fit what is chosen on some axes, one of them at least."""
        tables = [(codes, self.lookups.on(axis)) for axis, codes in codes_of(self.table).items() if axis in axes]
        return reduce(np.logical_and, [lookup[codes[rows]] for codes, lookup in tables if lookup is not None])

    def undated(self) -> Ints:
        """The rows with a place and no date that fit; no day is asked of them."""
        rows = self.table.undated_rows
        return rows[self.fits(rows)]

    def unplaced(self) -> Ints:
        """The rows with no place that fit; no region is asked of them, and of those without a date no day."""
        table, chosen = self.table, self._chosen
        start, end, codes = table.unplaced_columns
        fits = np.ones(len(start), dtype=np.bool_)
        if chosen.start:
            fits &= end >= np.int32(chosen.start.toordinal())
        if chosen.end:
            fits &= start <= np.int32(chosen.end.toordinal())
        fits |= start == NO_DAY
        for axis, own in codes.items():
            if (lookup := self.lookups.on(axis)) is not None:
                fits &= lookup[own]
        rows = table.unplaced_rows[fits]
        for test in self._tests.values():
            rows = rows[test(rows)]
        return rows

    def days_fit(self, rows: Ints) -> Mask:
        """Which of some rows have days of which one at least was chosen."""
        start, end = self.table.start[rows], self.table.end[rows]
        fits: Mask = start != NO_DAY
        if self._chosen.start:
            fits &= end >= np.int32(self._chosen.start.toordinal())
        if self._chosen.end:
            fits &= start <= np.int32(self._chosen.end.toordinal())
        return fits


def codes_of(table: EventTable) -> dict[Axis, NDArray[Any]]:
    """The column of each axis."""
    return {"kinds": table.kinds, "places": table.columns.places, "sources": table.sources.of_row}


def _tests(table: EventTable, chosen: Filter) -> dict[Choice, Test]:
    """The choices by what each row has of its own."""
    columns = table.columns
    tests: dict[Choice, Test] = {}
    if chosen.sureness > 0:
        tests["sureness"] = lambda rows: columns.sureness[rows] >= np.float32(chosen.sureness)
    if chosen.sure_of:
        tests["sure_of"] = lambda rows: all_at_least(columns.attributes[rows], chosen.sure_of)
    wanted, unwanted = words_of(chosen.words)
    if wanted or unwanted:
        tests["words"] = _worded(table, wanted, unwanted).__getitem__
    if chosen.changed_from or chosen.changed_to:
        tests["changed"] = table.changed(chosen.changed_from, chosen.changed_to).__getitem__
    if chosen.since is not None:
        tests["since"] = table.since(chosen.since).__getitem__
    return tests


def _within(table: EventTable, area: Area) -> Mask:
    """Which places stand in an area, by their points."""
    known = table.columns.known_places
    lat, lon = (np.array([key[at] for key in known], dtype=np.float64) for at in (2, 3))
    return np.append(area.holds(lat, lon), False)


def _having(table: EventTable, choice: Choice, values: Sequence[str]) -> Mask:
    """Which values of the choice's axis have one of the values chosen."""
    if choice == "regions":
        return table.regions.any_of(values)
    if choice == "sources":
        return table.sources.sets_with(values)
    codes, names = KIND_COLUMNS[choice]
    fits: Mask = np.array([name in values for name in names])[codes]
    return fits


def _worded(table: EventTable, wanted: Sequence[str], unwanted: Sequence[str]) -> Mask:
    fits = np.ones(len(table), dtype=np.bool_)
    if folded := fold(" ".join(wanted)).split():
        fits &= table.worded(folded)
    for word in unwanted:
        if folded := fold(word).split():
            fits &= ~table.worded(folded)
    return fits
