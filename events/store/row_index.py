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
        >>> index.find(np.array([b"c", b"a", b"b"]), [b"b", b"x", b"c"])
        [2, None, 0]
        """
        hashes = hashes_of(ids)
        order = np.argsort(hashes, kind="stable")
        return cls(hashes[order], order.astype(np.int32))

    def find(self, ids: NDArray[np.bytes_], sought: Sequence[bytes]) -> list[int | None]:
        """The rows of some ids; None for one that isn't there. ids: the column that the index was made of."""
        if not len(ids) or not sought:
            return [None] * len(sought)
        width = ids.dtype.itemsize
        wanted = hashes_of(np.array([each[:width] for each in sought], dtype=ids.dtype))
        places = np.searchsorted(self.hashes, wanted).tolist()
        return [self._at(ids, each, place) for each, place in zip(sought, places, strict=True)]

    def _at(self, ids: NDArray[np.bytes_], sought: bytes, place: int) -> int | None:
        if place >= len(self.hashes):
            return None
        first = self.hashes[place]
        while place < len(self.hashes) and self.hashes[place] == first:
            row = int(self.rows[place])
            if bytes(ids[row]) == sought:
                return row
            place += 1  # two ids of one hash
        return None


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
