"""The rows that a choice finds, sought from the front and only as far as somebody asks.

For `events.view.rows`. The first cards of ten million events lie in the first stretch of rows; how many are shown is known from
counts. Until somebody asks for all, no test is made of the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from events.store.columns.columns import Ints, Mask
from events.view.counting import STRETCH

Test = Callable[[slice], Mask]


class SoughtRows:
    """Rows of a table of so many: those of a stretch that pass a test, and some that are known."""

    def __init__(self, size: int, first: int, last: int, known: Ints, test: Test) -> None:
        """first, last: the ends of the stretch, the last one not in it. known: rows before the stretch, in order."""
        self._size, self._first, self._last = size, first, last
        self._test, self._known = test, known
        self._mask = np.zeros(size, dtype=np.bool_)  # what is never looked at takes no memory
        self._mask[known] = True
        self._before = np.zeros(-(-size // STRETCH) + 1, dtype=np.int64)  # rows before each stretch of the table
        self._sought = 0  # stretches

    @property
    def mask(self) -> Mask:
        """Which rows of the table they are."""
        self._seek(len(self._before) - 1)
        return self._mask

    @property
    def rows(self) -> Ints:
        """Their numbers, in order."""
        return np.flatnonzero(self.mask).astype(np.int32)

    def first(self, count: int) -> Ints:
        """The numbers of the first ones."""
        while self._before[self._sought] < count and self._sought < len(self._before) - 1:
            self._seek(self._sought + 1)
        return np.flatnonzero(self._mask[: self._sought * STRETCH])[:count].astype(np.int32)

    def last(self) -> int | None:
        """The number of the last one, sought from the back; None where there is none."""
        for end in range(self._last, self._first, -STRETCH):
            begin = max(self._first, end - STRETCH)
            if len(found := np.flatnonzero(self._test(slice(begin, end)))):
                return begin + int(found[-1])
        return int(self._known[-1]) if len(self._known) else None

    def position(self, row: int) -> int | None:
        """Where a row stands among them, from 0; None where it is none of them."""
        number = row // STRETCH
        self._seek(number + 1)
        if not self._mask[row]:
            return None
        return int(self._before[number]) + int(np.count_nonzero(self._mask[number * STRETCH : row]))

    def _seek(self, stretches: int) -> None:
        """Seek the first stretches of the table. Two threads at it find the same."""
        for number in range(self._sought, stretches):
            begin, end = number * STRETCH, min(self._size, (number + 1) * STRETCH)
            low, high = max(begin, self._first), min(end, self._last)
            if low < high:
                self._mask[low:high] = self._test(slice(low, high))
            self._before[number + 1] = self._before[number] + np.count_nonzero(self._mask[begin:end])
            self._sought = max(self._sought, number + 1)


def all_rows(size: int) -> SoughtRows:
    """All rows of a table.

    >>> all_rows(3).rows.tolist(), all_rows(3).position(2), all_rows(3).last()
    ([0, 1, 2], 2, 2)
    """
    nothing: NDArray[Any] = np.zeros(0, dtype=np.int32)
    return SoughtRows(size, 0, size, nothing, lambda rows: np.ones(rows.stop - rows.start, dtype=np.bool_))
