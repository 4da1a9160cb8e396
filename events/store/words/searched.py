"""What a store says of words: which events tell of them, and what all events tell.

For the store, which is made of this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import ClassVar

from events.store import searching
from events.store.columns.columns import Ints
from events.store.read_store import ReadStore
from events.store.words.at_hand import WordsAtHand
from events.store.words.telling import Worded, wordings


class SearchedStore(ReadStore):
    """A store whose events are sought by words."""

    rows_stay: ClassVar[bool] = False  # whether the rows of its columns are the same for ever

    @cached_property
    def words(self) -> WordsAtHand:
        """What finds words in the index of a large store, where that is made."""
        return WordsAtHand(self)

    def wordings(self, after: int | None = None) -> Iterator[Worded]:
        """All that is told of every event, folded, a few at a time. after: only of those that came or changed after this
        revision, and of some that came shortly before.
        """
        with self._reading() as connection:
            yield from wordings(connection, after)

    def rows_worded(self, words: Sequence[str]) -> Ints | None:  # noqa: ARG002
        """In which rows of the columns the events stand that have all of these words; None: ask for `candidates`."""
        return None

    def candidates(self, words: Sequence[str]) -> list[str]:
        """The ids of events whose records have all of these words, told or otherwise."""
        with self._reading() as connection:
            return searching.candidates(connection, words)
