"""The events of a store, as the table reads them.

For the page. What is opened or listed is read by its id. Words are looked for in all that is told of an event, as long as
that fits into memory; in a larger store the database looks first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from events.model import Event
from events.store import Store
from events.view.table import wording_of

MOST_IN_MEMORY = 50_000  # events whose words are kept: about 30 MB
MOST_LOOKED_AT = 20_000  # candidates that are read to see whether they have the words


class StoredEvents:
    """A source of the events of one revision of a store. count: how many there are."""

    def __init__(self, store: Store, count: int) -> None:
        self._store = store
        self._count = count

    def events(self, ids: Sequence[str]) -> Iterable[Event]:
        """The events of these ids, in any order."""
        return self._store.events_named(ids)

    def matching(self, words: Sequence[str]) -> Iterable[str]:
        """The ids of the events whose wording has all of the words, folded. In a store of more than 50,000, a word without
        accents finds none that has them; and of more than 20,000 candidates none is looked at twice.
        """
        if self._count <= MOST_IN_MEMORY:
            return [event_id for event_id, text in self._wording.items() if all(word in text for word in words)]
        found = self._store.candidates(words)
        if len(found) > MOST_LOOKED_AT:
            return found
        texts = ((event.id, wording_of(event)) for event in self._store.events_named(found))
        return [event_id for event_id, text in texts if all(word in text for word in words)]

    @cached_property
    def _wording(self) -> Mapping[str, str]:
        return {event.id: wording_of(event) for event in self._store.events()}
