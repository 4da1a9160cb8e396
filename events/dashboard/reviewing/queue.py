"""Which event to look at next: those of the filter that nobody has looked at yet, the least sure first.

For the review. Works on row numbers, so that a million events are put in order without one being read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from events.model import Event
from events.store.columns.columns import Ints
from events.view import EventTable, View


@dataclass(frozen=True, eq=False)
class Queue:
    """The rows of the table in the order in which they are to be looked at."""

    table: EventTable
    rows: Ints

    def __len__(self) -> int:
        return len(self.rows)

    def position(self, event_id: str | None) -> int | None:
        """Where an event stands in the queue, from 0; None where it is not in it."""
        row = self.table.row_of(event_id) if event_id else None
        if row is None:
            return None
        at = np.flatnonzero(self.rows == row)
        return int(at[0]) if len(at) else None

    def at(self, position: int) -> str | None:
        """The id of the event at a position; None beyond the ends."""
        return self.table.ids(self.rows[[position]])[0] if 0 <= position < len(self.rows) else None

    def slice(self, start: int, stop: int) -> Sequence[Event]:
        """The events from one position up to another."""
        return self.table.at(self.rows[max(0, start) : stop])[:]


def queue_of(view: View, reviewed: Ints) -> Queue:
    """What the filter selects, drawn or not, the least sure first and equally sure ones in order of time.

    reviewed: the rows of events that somebody has looked at, which are left out.
    """
    rows = np.concatenate([view.shown.rows, view.unplaced.rows, view.undated.rows])
    rows = np.setdiff1d(rows, reviewed)
    order = np.argsort(view.table.columns.sureness[rows], kind="stable")
    return Queue(view.table, rows[order].astype(np.int32))


def beside(queue: Queue, event_id: str | None, step: int) -> str | None:
    """The event that stands some steps after one in the queue (before it, for fewer than none); None at its ends.

    An event that the queue no longer has, or none, leads to the first.
    """
    at = queue.position(event_id)
    return queue.at(0) if at is None else queue.at(at + step)
