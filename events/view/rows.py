"""Events that are read when somebody looks at them: a sequence over rows of the table, and their numbers in a list.

For `events.view.selection`. To hold a million selected events costs their row numbers, and no object is made of one that
is not opened or listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, overload

import numpy as np

from events.model import Event
from events.store.columns import Ints

AT_ONCE = 500  # events that are read together when all are walked through


class Rows(Sequence[Event]):
    """The events of some rows, in their order. A slice is a tuple of events."""

    def __init__(
        self, rows: Ints, read: Callable[[Ints], tuple[Event, ...]], row_of: Callable[[str], int | None]
    ) -> None:
        self.rows = rows
        self._read = read
        self._row_of = row_of

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> Event: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Event, ...]: ...
    def __getitem__(self, at: int | slice) -> Event | tuple[Event, ...]:
        if isinstance(at, slice):
            return self._read(self.rows[at])
        return self._read(self.rows[[at]])[0]

    def __iter__(self) -> Iterator[Event]:
        for begin in range(0, len(self.rows), AT_ONCE):
            yield from self._read(self.rows[begin : begin + AT_ONCE])

    def __contains__(self, event: object) -> bool:
        return isinstance(event, Event) and self.position(event.id) is not None

    def position(self, event_id: str) -> int | None:
        """Where the event of this id stands, from 0; None where it doesn't. Rows must be in order."""
        row = self._row_of(event_id)
        if row is None:
            return None
        at = int(np.searchsorted(self.rows, np.int32(row)))  # of one type, or all are cast
        return at if at < len(self.rows) and self.rows[at] == row else None


class Numbers(Mapping[str, int]):
    """The number of each event by id: its position, from 1."""

    def __init__(self, events: Rows) -> None:
        self._events = events

    def __getitem__(self, event_id: str) -> int:
        at = self._events.position(event_id)
        if at is None:
            raise KeyError(event_id)
        return at + 1

    def __iter__(self) -> Iterator[str]:
        return (event.id for event in self._events)

    def __len__(self) -> int:
        return len(self._events)

    def get(self, event_id: Any, default: Any = None) -> Any:
        """The number, or the default where no such event is shown."""
        at = self._events.position(event_id)
        return default if at is None else at + 1
