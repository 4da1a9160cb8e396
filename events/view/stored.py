"""The events of a store, as the table reads them: their columns, and the events themselves by id.

For the page and the command line. What is opened or listed is read by its id. The columns of a large store are kept in files
(`events.store.columns.kept_columns`), and of a store that has grown only what is new is read. Words are looked for in all
that is told of an event: in memory where that fits into it, else by an index in files (`events.store.words`); until there is
one, the database looks first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from threading import Lock

from events.model import Event
from events.store import Store
from events.store.columns.columns import EventColumns, Ints
from events.store.columns.kept_columns import (
    KeptColumns,
    folder_of,
    forget_others,
    latest_before,
    read_columns,
    write_columns,
)
from events.store.columns.merging import merged
from events.store.columns.row_index import RowIndex
from events.store.database.within import Box
from events.store.words.word_index import LEAST_INDEXED, has_index
from events.store.words.wording import wording_of
from events.view.kept_regions import kept_regions
from events.view.table import EventTable
from geodata.atlas import Atlas
from geodata.gazetteer import Gazetteer

MOST_IN_MEMORY = LEAST_INDEXED - 1  # events whose words are kept: about 30 MB
MOST_ANSWERS = 4  # to searches for words that are remembered: whatever else is chosen beside them, they stay
MOST_LOOKED_AT = 20_000  # candidates that are read to see whether they have the words
LEAST_KEPT = 200_000  # events; the columns of fewer are read anew in a second or two


def table_of(store: Store, atlas: Atlas, gazetteer: Gazetteer, box: Box | None = None) -> EventTable:
    """All events of a store as it is now. Raises StoreError.

    box: west, south, east and north of what is asked for; events that stand elsewhere need not be in the table then.
    """
    columns, touched = columns_of(store, box), None
    if isinstance(columns, KeptColumns):
        folder = folder_of(store.identity(), 0).parent
        touched = kept_regions(columns.known_places, atlas, gazetteer, gazetteer.facts().get("digest", ""), folder)
    source = StoredEvents(store, len(columns.ids), columns)
    return EventTable.from_columns(columns, source, atlas, gazetteer, store, touched)


def columns_of(store: Store, box: Box | None = None) -> EventColumns:
    """The columns of a store as it is now. Those of a large one are mapped from files, which are made where they are missing.

    box: where there are no such files, only the events in it and those without a place are read. Raises StoreError.
    """
    identity, revision = store.identity(), store.revision()
    if not identity:
        return store.columns(box)
    folder = folder_of(identity, revision)
    if (found := read_columns(folder)) is not None:
        return found
    grown = _grown(store, identity, revision)
    if grown is None and box is not None:
        return store.columns(box)
    fresh = grown or store.columns()
    if len(fresh.ids) < LEAST_KEPT:
        return fresh
    kept = KeptColumns.indexed(fresh)
    try:
        write_columns(kept, folder)
        forget_others(folder)
    except OSError:
        return kept  # a disk that is full holds up nobody who has the memory
    return read_columns(folder) or kept


def _grown(store: Store, identity: str, revision: int) -> EventColumns | None:
    """The columns that were kept of an earlier revision with what changed since; None where there are none."""
    before = latest_before(identity, revision)
    old = read_columns(folder_of(identity, before)) if before is not None else None
    changed = store.columns_after(before) if old is not None and before is not None else None
    if old is None or changed is None:
        return None
    return merged(old, old.index, changed, store.event_count(), store.event_ids)


def are_words_slow(table: EventTable) -> bool:
    """Whether words are sought in a large store of which no index is made yet."""
    return isinstance(table.source, StoredEvents) and table.source.lacks_index


class StoredEvents:
    """A source of the events of one revision of a store."""

    def __init__(self, store: Store, count: int, columns: EventColumns | None = None) -> None:
        """count: how many there are. columns: all of them, as the table has them; None: do without the index of words."""
        self._store = store
        self._count = count
        self._columns = columns
        self._answers: OrderedDict[tuple[str, ...], Ints] = OrderedDict()
        self._lock = Lock()

    def events(self, ids: Sequence[str]) -> Iterable[Event]:
        """The events of these ids, in any order."""
        return self._store.events_named(ids)

    def in_order(self, ids: Sequence[str]) -> Iterator[Event]:
        """The events of these ids, in their order, read as they are taken."""
        return self._store.events_in_order(ids)

    def matching(self, words: Sequence[str]) -> Iterable[str] | Ints:
        """The events whose wording has all of the words, folded. In a database of more than 50,000 of which no index is made
        yet, a word without accents finds none that has them; and of more than 20,000 candidates none is looked at twice.
        """
        if (rows := self._indexed(tuple(words))) is not None:
            return rows
        if (rows := self._store.rows_worded(words)) is not None:
            return rows
        if self._count <= MOST_IN_MEMORY:
            return [event_id for event_id, text in self._wording.items() if all(word in text for word in words)]
        found = self._store.candidates(words)
        if len(found) > MOST_LOOKED_AT:
            return found
        texts = ((event.id, wording_of(event)) for event in self._store.events_named(found))
        return [event_id for event_id, text in texts if all(word in text for word in words)]

    @property
    def lacks_index(self) -> bool:
        """Whether there are so many that an index is needed, and there is none."""
        return self._count > MOST_IN_MEMORY and not has_index(self._store.identity())

    def _indexed(self, words: tuple[str, ...]) -> Ints | None:
        """The rows by the index; None where there is none."""
        if self._columns is None:
            return None
        with self._lock:
            if words in self._answers:
                self._answers.move_to_end(words)
                return self._answers[words]
        rows = self._store.words.rows_with(words, self._columns.ids, self._row_index)
        if rows is not None:
            with self._lock:
                self._answers[words] = rows
                while len(self._answers) > MOST_ANSWERS:
                    self._answers.popitem(last=False)
        return rows

    @cached_property
    def _row_index(self) -> RowIndex:
        assert self._columns is not None
        return self._columns.index if isinstance(self._columns, KeptColumns) else RowIndex.of(self._columns.ids)

    @cached_property
    def _wording(self) -> Mapping[str, str]:
        return {event.id: wording_of(event) for event in self._store.events()}
