"""How many of some rows have each code: counted a stretch at a time, so that ten million rows need no more memory than one.

For `events.view.selection` and `events.view.bars`. The numbers of a stretch's rows are worked out once and all columns read
by them: where a mask is mixed, that takes a quarter of the time of reading by the mask itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from events.store.columns.columns import Mask

Totals = NDArray[np.int64]
STRETCH = 1 << 17  # rows: their columns stay in a core's cache


def stretches(mask: Mask) -> Iterator[NDArray[np.int64]]:
    """The numbers of the rows in a mask, a stretch at a time, in order.

    >>> [rows.tolist() for rows in stretches(np.array([True, False, True]))]
    [[0, 2]]
    """
    for begin in range(0, len(mask), STRETCH):
        rows = np.flatnonzero(mask[begin : begin + STRETCH])
        if len(rows):
            yield rows + begin


def count(some: Iterable[NDArray[Any]], codes: NDArray[Any], size: int) -> Totals:
    """How many of some rows have each code below `size`. some: numbers of rows, a stretch at a time.

    >>> count([np.array([0, 2])], np.array([1, 1, 0], dtype=np.int8), 3).tolist()
    [1, 1, 0]
    """
    found = np.zeros(size, dtype=np.int64)
    for rows in some:
        found += np.bincount(codes[rows], minlength=size)
    return found


def count_pairs(
    some: Iterable[NDArray[Any]], codes: NDArray[Any], others: NDArray[Any], meaning: NDArray[Any], size: tuple[int, int]
) -> Totals:  # fmt: skip
    """How many of some rows have each code together with each meaning of another: an array of `size`.

    >>> count_pairs([np.array([0, 1])], np.array([1, 1]), np.array([5, 6]), np.arange(7) % 2, (2, 2)).tolist()
    [[0, 0], [1, 1]]
    """
    found = np.zeros(size[0] * size[1], dtype=np.int64)
    for rows in some:
        found += np.bincount(codes[rows].astype(np.int64) * size[1] + meaning[others[rows]], minlength=len(found))
    return found.reshape(size)
