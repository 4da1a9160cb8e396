"""Which row an id stands in, for columns of millions: a sorted array of hashes, which may lie in a file.

For `events.view.table` and the archive. Ids themselves would take a sort of texts, and twice the memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
WORD = 8  # bytes that are mixed at a time
ODD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)  # the constants of splitmix64 and xxHash: bits well spread
MOST_AT_ONCE = 1 << 20  # ids whose words are in memory at a time


@dataclass(frozen=True, slots=True, eq=False)
class RowIndex:
    """The hashes of all ids in order, and the row of each."""

    hashes: Hashes
    rows: NDArray[np.int32]

    @classmethod
    def of(cls, ids: NDArray[np.bytes_]) -> RowIndex:
        """The index of ids, one a row.

        >>> index = RowIndex.of(np.array([b"c", b"a", b"b"]))
        >>> index.find(np.array([b"c", b"a", b"b"]), [b"b", b"x", b"c"]).tolist()
        [2, -1, 0]
        """
        hashes = hashes_of(ids)
        order = np.argsort(hashes, kind="stable")
        return cls(hashes[order], order.astype(np.int32))

    def find(self, ids: NDArray[np.bytes_], sought: Sequence[bytes]) -> NDArray[np.int32]:
        """The rows of some ids; -1 for one that isn't there. ids: the column that the index was made of."""
        found = np.full(len(sought), -1, dtype=np.int32)
        if not len(ids) or not sought:
            return found
        wanted = np.array(sought, dtype=np.bytes_)
        hashes = hashes_of(wanted)
        places = np.searchsorted(self.hashes, hashes)
        open_still = np.arange(len(sought))
        while len(open_still):  # mostly once: two ids of one hash stand one after the other
            open_still = open_still[places[open_still] < len(self.hashes)]
            open_still = open_still[self.hashes[places[open_still]] == hashes[open_still]]
            rows = self.rows[places[open_still]]
            same = ids[rows] == wanted[open_still]
            found[open_still[same]] = rows[same]
            open_still = open_still[~same]
            places[open_still] += 1
        return found


def hashes_of(ids: NDArray[np.bytes_]) -> Hashes:
    """A number for each id: alike for like ids, whatever the width of their column."""
    found = np.zeros(len(ids), dtype=np.uint64)
    for begin in range(0, len(ids), MOST_AT_ONCE):
        some = np.ascontiguousarray(ids[begin : begin + MOST_AT_ONCE])
        found[begin : begin + MOST_AT_ONCE] = _mixed(some)
    return found


def _mixed(ids: NDArray[np.bytes_]) -> Hashes:
    """The words of eight bytes, mixed one into another; words of zeros at the end change nothing."""
    words = -(-ids.dtype.itemsize // WORD)
    padded = np.zeros((len(ids), words * WORD), dtype=np.uint8)
    padded[:, : ids.dtype.itemsize] = ids.view(np.uint8).reshape(len(ids), -1)
    mixed = np.zeros(len(ids), dtype=np.uint64)
    for word in padded.view(np.uint64).T[::-1]:
        mixed = (mixed ^ word) * np.uint64(ODD[0])
        mixed ^= mixed >> np.uint64(31)
        mixed *= np.uint64(ODD[1])
    return mixed


@dataclass(frozen=True, slots=True, eq=False)
class PlaceIndex:
    """The rows of all places, place by place; those of place `n` stand from `starts[n]` to `starts[n + 1]`."""

    rows: NDArray[np.int32]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, places: NDArray[np.int32], size: int) -> PlaceIndex:
        """The index of the places of all rows, -1 for none. size: how many places there are.

        >>> PlaceIndex.of(np.array([1, -1, 0, 1], dtype=np.int32), 2).at(np.array([1])).tolist()
        [0, 3]
        """
        starts = np.concatenate(([0], np.cumsum(np.bincount(places + 1, minlength=size + 1))))
        order = np.argsort(places, kind="stable")
        return cls(order[starts[1] :].astype(np.int32), starts[1:] - starts[1])

    def count(self, places: NDArray[np.int64]) -> int:
        """How many rows are at some places."""
        return int((self.starts[places + 1] - self.starts[places]).sum())

    def at(self, places: NDArray[np.int64]) -> NDArray[np.int32]:
        """The rows at some places, in order."""
        parts = [self.rows[self.starts[place] : self.starts[place + 1]] for place in places.tolist()]
        return np.sort(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int32)
