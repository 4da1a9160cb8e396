"""Events that are read when somebody looks at them: a sequence over rows of the table, and their numbers in a list.

For `events.view.selection`. No object is made of an event that is not opened or listed, and of a selection that is still sought
(`events.view.seeking`) not even the numbers of its rows are listed before somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np

from events.model import Event
from events.store.columns.columns import Ints
from events.view.seeking import SoughtRows

AT_ONCE = 500  # events that are read together when all are walked through
NEAR = 10_000  # of the first so many only these are sought, and no list of all is made


class Rows(Sequence[Event]):
    """The events of some rows, in their order. A slice is a tuple of events."""

    def __init__(
        self, which: Ints | SoughtRows, count: int, read: Callable[[Ints], tuple[Event, ...]],
        row_of: Callable[[str], int | None],
    ) -> None:  # fmt: skip
        """which: the rows, in order; count: how many they are."""
        self._which = which
        self._count = count
        self._read = read
        self._row_of = row_of

    @cached_property
    def rows(self) -> Ints:
        """The numbers of the rows."""
        return self._which.rows if isinstance(self._which, SoughtRows) else self._which.astype(np.int32, copy=False)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Event: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Event, ...]: ...
    def __getitem__(self, at: int | slice) -> Event | tuple[Event, ...]:
        if isinstance(at, slice):
            near = at.stop is not None and 0 <= at.stop <= NEAR and (at.start or 0) >= 0
            return self._read((self.first(at.stop) if near else self.rows)[at])
        rows = self.first(at + 1) if 0 <= at < NEAR else self.rows
        return self._read(rows[[at]])[0]

    def __iter__(self) -> Iterator[Event]:
        for begin in range(0, len(self.rows), AT_ONCE):
            yield from self._read(self.rows[begin : begin + AT_ONCE])

    def __contains__(self, event: object) -> bool:
        return isinstance(event, Event) and self.position(event.id) is not None

    def first(self, count: int) -> Ints:
        """The numbers of the first rows."""
        if isinstance(self._which, SoughtRows) and "rows" not in self.__dict__:
            return self._which.first(count)
        return self.rows[:count]

    def position(self, event_id: str) -> int | None:
        """Where the event of this id stands, from 0; None where it doesn't. Rows must be in order."""
        row = self._row_of(event_id)
        return None if row is None else self.position_of(row)

    def position_of(self, row: int) -> int | None:
        """Where a row of the table stands, from 0; None where it doesn't."""
        if isinstance(self._which, SoughtRows):
            return self._which.position(row)
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
