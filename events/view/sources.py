"""Where the events of a table are kept and what tells of their changes.

For `events.view.table` and whoever keeps events: a store (`events.view.stored`), or memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Protocol

from events.model import Event
from events.store.columns.columns import Ints
from events.store.words.wording import wording_of


class Source(Protocol):
    """Where the events of a table are kept."""

    def events(self, ids: Sequence[str]) -> Iterable[Event]:
        """The events of these ids, in any order."""

    def in_order(self, ids: Sequence[str]) -> Iterator[Event]:
        """The events of these ids, in their order, read as they are taken."""

    def matching(self, words: Sequence[str]) -> Iterable[str] | Ints:
        """The events whose folded wording has all of the folded words: their ids, or the rows where the source knows them."""


class Changes(Protocol):
    """Who knows when events came in and changed."""

    def since(self, story: int, change: int) -> set[str]:
        """The ids of the events that were reported or changed after a mark."""

    def corrected_since(self, change: int) -> set[str]:
        """The ids of the events that people corrected after a change, or of which they took a correction back."""

    def changed_between(self, first: date, last: date, among: Collection[str] | None = None) -> set[str]:
        """The ids of the events that were reported or changed in these days. among: of these alone it is asked whether they
        were reported then.
        """


class InMemory:
    """A source of events that are at hand."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = {event.id: event for event in events}

    def events(self, ids: Sequence[str]) -> Iterable[Event]:
        """The events of these ids."""
        return (self._events[event_id] for event_id in ids)

    def in_order(self, ids: Sequence[str]) -> Iterator[Event]:
        """The events of these ids, in their order."""
        return (self._events[event_id] for event_id in ids)

    def matching(self, words: Sequence[str]) -> Iterable[str]:
        """The ids of the events whose wording has all of the words."""
        return (event_id for event_id, text in self._wording.items() if all(word in text for word in words))

    @cached_property
    def _wording(self) -> Mapping[str, str]:
        return {event.id: wording_of(event) for event in self._events.values()}
