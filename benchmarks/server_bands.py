"""The bands of many millions of invented stories, by which copies of one story meet, without reading any story.

For `benchmarks.large_server`. A signature (`events.reprints`) holds the least of what the shingles give, so those of a
sentence, of a place in it, and of two sentences that follow one another are made once and brought together.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.crowded_events import WHO, Drawn
from benchmarks.server_rows import Rows
from events.reprints import BANDS, ROWS, WORDS, _hashed, signature

ROW = np.dtype([("fields", ">i2"), ("size", ">i4"), ("key", ">i8"), ("size_2", ">i4"), ("number", ">i4")])
_NOTHING = np.full(BANDS * ROWS, 0xFFFFFFFF, np.uint32)
Signatures = NDArray[np.uint32]


class Bands:
    """Makes the rows of `bands` for the stories of some events."""

    def __init__(self, rows: Rows, drawn: Drawn) -> None:
        self._drawn = drawn
        self._told = [told.split() for told in rows.told_words]
        self._places = [place.split() for place in rows.place_words]
        self._of_told = np.array([_of(told) for told in self._told])
        self._endings = sorted({" ".join(told[1 - WORDS :]) for told in self._told})
        self._ending_of = np.array([self._endings.index(" ".join(told[1 - WORDS :])) for told in self._told])
        self._of_place = np.array(
            [[_of([*ending.split(), *place]) for place in self._places] for ending in self._endings]
        )
        self._nowhere = len(self._places) - 1

    def of(self, rows: range) -> bytes:
        """The rows as PostgreSQL's COPY takes them in binary form, without head and end."""
        drawn, some = self._drawn, slice(rows.start, rows.stop)
        number = np.arange(rows.start, rows.stop)
        place = np.where(drawn.places[some] >= 0, drawn.places[some], self._nowhere)
        told = drawn.types[some] * len(WHO) + number % len(WHO)
        least = np.minimum(self._of_told[told], self._of_place[self._ending_of[told], place])
        stories, first = np.unique(drawn.stories[some], return_index=True)
        follows = np.ones(len(number), np.bool_)
        follows[first] = False
        at = np.flatnonzero(follows)
        pairs, which = np.unique(np.stack((told[at - 1], place[at - 1], told[at])), axis=1, return_inverse=True)
        between = np.array([self._between(*pair) for pair in pairs.T.tolist()]).reshape(-1, BANDS * ROWS)
        least[at] = np.minimum(least[at], between[np.ravel(which)])
        return _written(stories, np.minimum.reduceat(least, first, axis=0))

    def _between(self, told: int, place: int, next_told: int) -> Signatures:
        """Of the shingles that begin in one sentence and end in the next."""
        before = [*self._told[told], *self._places[place]][1 - WORDS :]
        return _of([*before, *self._told[next_told][: WORDS - 1]])


def _of(words: list[str]) -> Signatures:
    found = frozenset(_hashed(" ".join(words[at : at + WORDS])) for at in range(len(words) - WORDS + 1))
    return signature(found) if found else _NOTHING


def _written(stories: Any, signatures: Signatures) -> bytes:
    rows = np.empty((len(stories), BANDS), ROW)
    rows["fields"], rows["size"], rows["size_2"], rows["number"] = 2, 8, 4, stories[:, None]
    pairs = np.ascontiguousarray(signatures).reshape(len(stories), BANDS, ROWS).view("<u8")[..., 0]
    for band in range(BANDS):
        known, which = np.unique(pairs[:, band], return_inverse=True)
        rows["key"][:, band] = np.array([_key(band, pair) for pair in known.tolist()], np.int64)[which]
    return rows.tobytes()


def _key(band: int, pair: int) -> int:
    digest = hashlib.blake2b(bytes([band]) + pair.to_bytes(4 * ROWS, "little"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
