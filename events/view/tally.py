"""How many events there are of each value of an axis, whatever is chosen on that axis itself.

For `events.view.selection`. What is chosen on the axis is then a look at these counts. Of a large store the standing counts
(`events.store.columns.standing_counts`) give them, with few rows to look at; of the axis that these lack, the rows that one
choice parts are counted, those on its smaller side. Where a row is asked for what only it knows (words, sureness, a change),
and in a small store, rows are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from events.ontology import FAMILIES
from events.store.columns.columns import Ints, Mask
from events.store.columns.standing_counts import KINDS, MarkedCounts, StandingCounts
from events.view.counting import Totals, count, count_pairs
from events.view.filtering import Choice
from events.view.fitting import FAMILY_OF_KIND, Axis, Fitting, codes_of
from events.view.table_columns import FAMILY_OF_TYPE

WHERE_AND_WHO: frozenset[Axis] = frozenset({"places", "sources"})
Counter = Callable[[Iterable[NDArray[Any]]], Totals]


class Tally:
    """The counts over the rows that fit. `kinds` counts types and statuses together, `places` families at each place, an
    array of (places, families), `sources` sets of outlets.
    """

    def __init__(self, fitting: Fitting) -> None:
        self.table = fitting.table
        self.lookups = fitting.lookups
        self._fitting = fitting

    @cached_property
    def kinds(self) -> Totals:
        """How many events there are of each kind."""
        standing, chosen = self._standing, [axis for axis in WHERE_AND_WHO if self.lookups.on(axis) is not None]
        if standing is not None and not chosen:
            return self._kinds_by_day(standing)
        marked = getattr(standing, chosen[0]) if standing is not None and len(chosen) == 1 else None
        lookup = self.lookups.on(chosen[0]) if marked is not None else None
        if marked is None or lookup is None:
            return self._of_kinds(self._fitting.drawn_rows({"kinds"}))
        having = lookup[: marked.totals.shape[2]].astype(np.int32)

        def add(total: Totals, kind: int, counts: Ints) -> None:
            total[kind] += counts @ having

        return self._along(marked, add, self._of_kinds, {"kinds"}, range(KINDS))

    @cached_property
    def places(self) -> Totals:
        """How many events of each family are at each place."""
        standing = self._standing
        if standing is None or standing.places is None:
            return self._of_places(self._fitting.drawn_rows({"places"})).T
        base = self._along(standing.places, _to_family, self._of_places, WHERE_AND_WHO, self._kinds_chosen)
        return np.ascontiguousarray(self._parted(base, "sources", self._of_places).T)

    @cached_property
    def sources(self) -> Totals:
        """How many events there are of each set of outlets."""
        standing = self._standing
        if standing is None or standing.sources is None:
            return self._of_sources(self._fitting.drawn_rows({"sources"}))
        base = self._along(standing.sources, _to_all, self._of_sources, WHERE_AND_WHO, self._kinds_chosen)
        return self._parted(base, "places", self._of_sources)

    def kinds_fitting(self, but: Choice | None = None) -> Totals:
        """The counts of kinds under all choices but one."""
        return _fitting(self.kinds, self.lookups.on("kinds", (but,) if but else ()))

    def places_fitting(self, but: Choice | None = None) -> Totals:
        """The counts of places under all choices but one."""
        lookup = self.lookups.on("places", (but,) if but else ())
        return self.places if lookup is None else self.places * lookup[:-1, None]

    def sources_fitting(self, but: Choice | None = None) -> Totals:
        """The counts of sets of outlets under all choices but one."""
        return _fitting(self.sources, self.lookups.on("sources", (but,) if but else ()))

    def _parted(self, base: Totals, axis: Axis, counted: Counter) -> Totals:
        """Counts, made whatever is chosen on the axes of places and outlets, under what is chosen on one of them."""
        if self.lookups.on(axis) is None:
            return base
        half = self._fitting.half(frozenset({axis}), WHERE_AND_WHO - {axis})
        return counted(half.rows) if half.fit else base - counted(half.rows)

    @property
    def _standing(self) -> StandingCounts | None:
        return self.table.standing if self._fitting.by_codes_alone else None

    def _kinds_by_day(self, standing: StandingCounts) -> Totals:
        first, last = np.searchsorted(standing.first_rows, self._fitting.stretch)
        reaching = self._fitting.reaching
        return np.asarray(standing.by_day[first:last].sum(axis=0)) + self._of_kinds([reaching])

    @property
    def _kinds_chosen(self) -> Iterable[int]:
        lookup = self.lookups.on("kinds")
        return range(KINDS) if lookup is None else np.flatnonzero(lookup).tolist()

    def _along(
        self, marked: MarkedCounts, add: Callable[[Totals, int, Ints], None], counted: Counter, but: Collection[Axis],
        kinds: Iterable[int],
    ) -> Totals:  # fmt: skip
        """Counts over the stretch of rows: the rows between its ends and the marks, and what stands between these.

        add: takes the standing counts of one kind into the total.
        """
        fitting = self._fitting
        low, high, edges = marked.around(*fitting.stretch)
        total = counted([fitting.reaching[fitting.fits(fitting.reaching, but)]])
        for sign, begin, end in edges:
            total += sign * counted(fitting.rows_between(begin, end, but))
        if low != high:
            for kind in kinds:
                add(total, kind, marked.between(low, high, kind))
        return total

    def _of_kinds(self, some: Iterable[NDArray[Any]]) -> Totals:
        return count(some, self.table.kinds, KINDS)

    def _of_places(self, some: Iterable[NDArray[Any]]) -> Totals:
        """An array of (families, places): standing counts are added a place after the other."""
        columns = self.table.columns
        size = (len(columns.known_places), len(FAMILIES))
        return count_pairs(some, columns.places, columns.types, FAMILY_OF_TYPE, size).T.copy()

    def _of_sources(self, some: Iterable[NDArray[Any]]) -> Totals:
        return count(some, codes_of(self.table)["sources"], max(1, self.table.sources.size))


def _to_family(total: Totals, kind: int, counts: Ints) -> None:
    total[FAMILY_OF_KIND[kind]] += counts


def _to_all(total: Totals, kind: int, counts: Ints) -> None:  # noqa: ARG001
    total += counts


def _fitting(totals: Totals, lookup: Mask | None) -> Totals:
    return totals if lookup is None else totals * lookup
