"""How many events a large store has up to each day and row, by type and status, place and outlets: counted once, kept in files.

For `events.view`, which answers a choice of days, types, statuses, places or outlets from them and looks at few rows. Rows
stand in order of time, so the events of some days are a stretch of rows, and of a stretch the counts are the difference of two
standing ones and what lies between these and its ends. Events with a place and a day are counted, no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from events.model import STATUSES
from events.store.columns.columns import NO_DAY, NOWHERE, TYPE_NAMES, EventColumns, Ints

KINDS = len(TYPE_NAMES) * len(STATUSES)  # type and status numbered together
STEP = 1 << 20  # rows from one mark to the next, where no more than CELLS_A_ROW come of it
CELLS_A_ROW = 8  # numbers of four bytes; a mark has one for each kind at each place (or of each set of outlets)
MOST_CELLS_A_ROW = 32  # where one mark alone takes more, nothing is kept: rows are counted as quickly

Kinds = NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class MarkedCounts:
    """For each kind and each code how many rows stand before each mark: an array of (marks, kinds, codes).

    `at` are the rows of the marks, from 0 to the end; of the first mark, before which nothing stands, nothing is kept.
    """

    at: NDArray[np.int64]
    totals: Ints

    @classmethod
    def of(cls, codes: Ints, kinds: Kinds, places: Ints, size: int, marks: NDArray[np.int64]) -> MarkedCounts:
        """The counts of rows with a place up to each mark. size: how many codes there are."""
        totals = np.zeros((len(marks) - 1, KINDS, size), dtype=np.int32)
        for number, (begin, end) in enumerate(zip(marks[:-1].tolist(), marks[1:].tolist(), strict=True)):
            placed = places[begin:end] != NOWHERE
            both = kinds[begin:end][placed].astype(np.int64) * size + codes[begin:end][placed]
            totals[number] = np.bincount(both, minlength=KINDS * size).reshape(KINDS, size)
            if number:
                totals[number] += totals[number - 1]
        return cls(marks, totals)

    def between(self, low: int, high: int, kind: int) -> Ints:
        """How many rows of a kind have each code, from one mark to a later one."""
        counts: Ints = self.totals[high - 1, kind]
        return counts - self.totals[low - 1, kind] if low else counts

    def around(self, first: int, last: int) -> tuple[int, int, list[tuple[int, int, int]]]:
        """The marks that are nearest to the ends of a stretch of rows, and the rows between: of each of these whether they are
        to be added (1) or taken away (-1), the first and the one after the last. One mark twice where nothing is gained.
        """
        low, high = self._nearest(first), self._nearest(last)
        begin, end = int(self.at[low]), int(self.at[high])
        if abs(first - begin) + abs(last - end) >= last - first:
            return low, low, [(1, first, last)]
        return low, high, [
            (1, first, begin) if begin > first else (-1, begin, first),
            (1, end, last) if last > end else (-1, last, end),
        ]  # fmt: skip

    def _nearest(self, row: int) -> int:
        after = min(int(np.searchsorted(self.at, row)), len(self.at) - 1)
        return after - 1 if after and row - self.at[after - 1] < self.at[after] - row else after


@dataclass(frozen=True, slots=True, eq=False)
class StandingCounts:
    """The counts of a table.

    `days` are the days on which events begin, as ordinals in order; those of day `n` stand from row `first_rows[n]` to row
    `first_rows[n + 1]`; `by_day` counts their kinds, an array of (days, kinds). `places` and `sources` are counts by place and
    by set of outlets; None where there are too many of these.
    """

    days: Ints
    first_rows: NDArray[np.int64]
    by_day: Ints
    places: MarkedCounts | None
    sources: MarkedCounts | None

    @classmethod
    def of(
        cls, columns: EventColumns, step: int = STEP, most_cells_a_row: int = MOST_CELLS_A_ROW
    ) -> StandingCounts:  # fmt: skip
        """The counts of columns whose rows stand in order of time."""
        dated = dated_count(columns.start)
        kinds, places = kinds_of(columns), columns.places
        days, first = np.unique(columns.start[:dated], return_index=True)
        first_rows = np.append(first, dated).astype(np.int64)

        def counted(codes: Ints, size: int) -> MarkedCounts | None:
            cells = size * KINDS
            if not 0 < cells <= most_cells_a_row * dated:
                return None
            marks = np.append(np.arange(0, dated, max(step, cells // CELLS_A_ROW)), dated)
            return MarkedCounts.of(codes, kinds, places, size, marks.astype(np.int64))

        return cls(
            days=days.astype(np.int32),
            first_rows=first_rows,
            by_day=_by_day(kinds, places, first_rows),
            places=counted(places, len(columns.known_places)),
            sources=counted(columns.sources.of_row, columns.sources.size),
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The counts as arrays by name, for a file each."""
        found: dict[str, NDArray[Any]] = {
            "day_numbers": self.days, "day_rows": self.first_rows, "day_kinds": self.by_day,
        }  # fmt: skip
        for name, marked in (("place", self.places), ("source", self.sources)):
            if marked is not None:
                found |= {f"{name}_marks": marked.at, f"{name}_counts": marked.totals}
        return found

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> StandingCounts:
        """The counts of such arrays. Raises KeyError where one is missing."""

        def marked(name: str) -> MarkedCounts | None:
            has = f"{name}_marks" in arrays
            return MarkedCounts(arrays[f"{name}_marks"], arrays[f"{name}_counts"]) if has else None

        days, first_rows, by_day = (arrays[f"day_{name}"] for name in ("numbers", "rows", "kinds"))
        return cls(days, first_rows, by_day, marked("place"), marked("source"))


def kinds_of(columns: EventColumns) -> Kinds:
    """Type and status of each event numbered together."""
    kinds = columns.types.astype(np.int16)
    kinds *= np.int16(len(STATUSES))
    kinds += columns.statuses
    return kinds


def dated_count(start: Ints) -> int:
    """How many rows have a day: the undated stand last.

    >>> dated_count(np.array([5, 7, 0, 0], dtype=np.int32))
    2
    """
    low, high = 0, len(start)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if start[middle] == NO_DAY else (middle + 1, high)
    return low


def _by_day(kinds: Kinds, places: Ints, first_rows: NDArray[np.int64]) -> Ints:
    counts: Any = np.zeros((len(first_rows) - 1, KINDS), dtype=np.int32)
    for day, (begin, end) in enumerate(zip(first_rows[:-1].tolist(), first_rows[1:].tolist(), strict=True)):
        counts[day] = np.bincount(kinds[begin:end][places[begin:end] != NOWHERE], minlength=KINDS)
    found: Ints = counts
    return found
