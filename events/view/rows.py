"""Events that are read when somebody looks at them: a sequence over rows of the table, and their numbers in a list.

For `events.view.selection`. To hold a million selected events costs their row numbers, and no object is made of one that
is not opened or listed; of a selection that is a mask not even the numbers are listed before somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from events.model import Event
from events.store.columns.columns import Ints, Mask
from events.view.counting import stretches

AT_ONCE = 500  # events that are read together when all are walked through
NEAR = 10_000  # of the first so many the rows are sought in the mask, and no list of all is made


class Rows(Sequence[Event]):
    """The events of some rows, in their order. A slice is a tuple of events."""

    def __init__(
        self, which: Ints | Mask, count: int, read: Callable[[Ints], tuple[Event, ...]],
        row_of: Callable[[str], int | None],
    ) -> None:  # fmt: skip
        """which: the numbers of the rows, in order, or a mask over all; count: how many they are."""
        is_mask = which.dtype == np.bool_
        self._mask = which.astype(np.bool_, copy=False) if is_mask else None
        self._numbers = np.zeros(0, dtype=np.int32) if is_mask else which.astype(np.int32, copy=False)
        self._count = count
        self._read = read
        self._row_of = row_of

    @cached_property
    def rows(self) -> Ints:
        """The numbers of the rows."""
        return self._numbers if self._mask is None else np.flatnonzero(self._mask).astype(np.int32)

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
        if self._mask is None or "rows" in self.__dict__:
            return self.rows[:count]
        found: list[NDArray[np.int64]] = []
        for rows in stretches(self._mask):
            found.append(rows)
            if sum(map(len, found)) >= count:
                break
        return np.concatenate(found)[:count].astype(np.int32) if found else np.zeros(0, dtype=np.int32)

    def position(self, event_id: str) -> int | None:
        """Where the event of this id stands, from 0; None where it doesn't. Rows must be in order."""
        row = self._row_of(event_id)
        if row is None:
            return None
        if self._mask is not None:
            return int(np.count_nonzero(self._mask[:row])) if self._mask[row] else None
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
