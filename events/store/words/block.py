"""Some ten thousand events and the words that they tell: a vocabulary, and for each word of it which events have it.

For the index of words. What is sought is a part of a word of the vocabulary, which is looked through for it; a word that is
sought has no blank, so that nothing else can hold it. Where a few letters stand in nearly every event ("e", "ing"), their
events are kept ready as bits; every other answer is put together from lists, of which there are few then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from events.store.columns.columns import Mask

MOST_EVENTS = 1 << 16  # of a block: what numbers of 16 bits tell apart
ROW_OF_BITS = MOST_EVENTS // 8  # bytes
Locals = NDArray[np.int64]  # numbers of events in their block


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Events, numbered from 0, and their words. Arrays may lie in a file, and what is wrong in one is found when it is read.

    size: how many events. letters: the words in UTF-8, a blank after each; ends: where each ends in them, its blank included.
    The events that have word `n` are `events[starts[n] : starts[n + 1]]`. common: the row of `bits` in which a piece has
    its events, a bit each. hashes: of the events' ids, in order (`row_index.hashes_of`); None where the events are rows
    of a table that never changes, from `begin` on.
    """

    size: int
    letters: NDArray[np.uint8]
    ends: NDArray[np.int32]
    starts: NDArray[np.int32]
    events: NDArray[np.uint16]
    common: Mapping[str, int]
    bits: NDArray[np.uint8]
    hashes: NDArray[np.uint64] | None = None
    begin: int = 0

    def having(self, words: Sequence[str]) -> Locals:
        """The numbers of the events that have all of these folded words, in order. Raises ValueError and IndexError where the
        arrays are damaged.
        """
        fits: Mask = np.ones(self.size, dtype=np.bool_)
        for word in words:
            fits &= self._having(word)
            if not fits.any():
                break
        return np.flatnonzero(fits)

    def _having(self, word: str) -> Mask:
        if (row := self.common.get(word)) is not None:
            return np.unpackbits(self.bits[row], count=self.size).view(np.bool_)
        fits = np.zeros(self.size, dtype=np.bool_)
        fits[self.told_by(self._tokens_with(word.encode("utf-8", "surrogatepass")))] = True
        return fits

    def told_by(self, tokens: NDArray[np.int64]) -> NDArray[np.uint16]:
        """The events that have one of these words of the vocabulary, an event for each."""
        begins = self.starts[tokens].astype(np.int64)
        counts = self.starts[tokens + 1] - begins
        whole = int(counts.sum())
        if counts.min(initial=0) < 0 or whole > len(self.events):
            raise ValueError("the lists of a block of words are out of order")
        return self.events[np.repeat(begins - (np.cumsum(counts) - counts), counts) + np.arange(whole)]

    def _tokens_with(self, word: bytes) -> NDArray[np.int64]:
        """The numbers of the words of the vocabulary that hold another."""
        text, found = self.letters.tobytes(), []
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, text.index(b" ", at))
        return np.searchsorted(self.ends, np.array(found, dtype=np.int32), side="right")
