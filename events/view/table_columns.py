"""What the columns of a table say of its rows: which have a day or a place, of what kind they are, where an id stands.

For `events.view.table`, whose rows these are: in order of time, the undated last. All is worked out once, when it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from events.model import STATUSES
from events.ontology import FAMILIES, family_of
from events.store.columns.columns import NO_DAY, NOWHERE, TYPE_NAMES, Codes, EventColumns, Ints, Mask, Sets
from events.store.columns.kept_columns import KeptColumns
from events.store.columns.row_index import PlaceIndex, RowIndex
from events.store.columns.standing_counts import Kinds, StandingCounts, dated_count, kinds_of

FAMILY_OF_TYPE = np.array([FAMILIES.index(family_of(name)) for name in TYPE_NAMES], dtype=np.int8)
FACT = np.array([status in {"occurred", "ongoing"} for status in STATUSES])


@dataclass(frozen=True, eq=False)
class TableColumns:
    """The columns of events in order of time. `derived` keeps what other rooms work out of them once."""

    columns: EventColumns
    derived: dict[str, Any] = field(default_factory=dict, kw_only=True)

    def __len__(self) -> int:
        return len(self.columns.start)

    @property
    def newest(self) -> date | None:
        """The day on which the newest report was published."""
        return self.columns.newest

    @property
    def sources(self) -> Sets:
        """The outlets of each event's reports."""
        return self.columns.sources

    @property
    def start(self) -> Ints:
        """The first day of each event, as an ordinal; 0 for none."""
        return self.columns.start

    @property
    def end(self) -> Ints:
        """The last day of each event, as an ordinal; 0 for none."""
        return self.columns.end

    @cached_property
    def dated(self) -> Mask:
        """Which rows have a day."""
        dated: Mask = self.columns.start != NO_DAY
        return dated

    @cached_property
    def placed(self) -> Mask:
        """Which rows have a place."""
        placed: Mask = self.columns.places != NOWHERE
        return placed

    @cached_property
    def drawable(self) -> Mask:
        """Which rows have both."""
        return self.dated & self.placed

    @cached_property
    def undated_rows(self) -> Ints:
        """The rows with a place and no day."""
        return np.flatnonzero(self.placed & ~self.dated).astype(np.int32)

    @cached_property
    def unplaced_rows(self) -> Ints:
        """The rows with no place."""
        return np.flatnonzero(~self.placed).astype(np.int32)

    @cached_property
    def families(self) -> Codes:
        """The family of each event, as a code."""
        return FAMILY_OF_TYPE[self.columns.types]

    @cached_property
    def kinds(self) -> Kinds:
        """Type and status of each event numbered together."""
        return kinds_of(self.columns)

    @cached_property
    def dated_count(self) -> int:
        """How many events have a day; their rows come first."""
        return dated_count(self.columns.start)

    @cached_property
    def drawable_count(self) -> int:
        """How many events have a place and a day."""
        standing = self.standing
        return int(np.count_nonzero(self.drawable) if standing is None else standing.by_day.sum())

    @cached_property
    def unplaced_columns(self) -> tuple[Ints, Ints, dict[Literal["kinds", "sources"], NDArray[Any]]]:
        """Of the rows with no place the first and the last day, the kinds and the sets of outlets."""
        rows = self.unplaced_rows
        return self.start[rows], self.end[rows], {"kinds": self.kinds[rows], "sources": self.sources.of_row[rows]}

    @cached_property
    def long_rows(self) -> tuple[Ints, Ints]:
        """The rows with a place whose interval is longer than a day, in order, and the last day of each."""
        dated = self.dated_count
        longer = (self.end[:dated] > self.start[:dated]) & (self.columns.places[:dated] != NOWHERE)
        rows = np.flatnonzero(longer).astype(np.int32)
        return rows, self.end[rows]

    def longer_than(self, days: int) -> Ints:
        """Those of them whose last day is so many days after the first, or more; each length is sought once."""
        known: dict[int, Ints] = self.derived.setdefault("longer_than", {})
        if days not in known:
            rows, ends = self.long_rows
            known[days] = rows[ends - self.start[rows] >= days]
        return known[days]

    @property
    def standing(self) -> StandingCounts | None:
        """What was counted of a large store once; None for a small one."""
        return self.columns.standing if isinstance(self.columns, KeptColumns) else None

    @cached_property
    def by_place(self) -> PlaceIndex:
        """The rows of each place."""
        if isinstance(self.columns, KeptColumns):
            return self.columns.by_place
        return PlaceIndex.of(self.columns.places, len(self.columns.known_places))

    def stretch_of(self, start: date | None, end: date | None) -> tuple[tuple[int, int], Ints]:
        """The rows of days, both included, None for an open end: the first row of those that begin on them and the one after
        the last, and the rows before it that have a place and reach into the days.
        """
        first, last = 0, self.dated_count
        days = self.start[:last]
        if end:
            last = int(np.searchsorted(days, np.int32(end.toordinal()), side="right"))
        if not start:
            return (0, last), np.zeros(0, dtype=np.int32)
        first = min(last, int(np.searchsorted(days, np.int32(start.toordinal()))))
        rows, ends = self.long_rows
        before = int(np.searchsorted(rows, np.int32(first)))
        return (first, last), rows[:before][ends[:before] >= np.int32(start.toordinal())]

    def row_of(self, event_id: str) -> int | None:
        """The row of the event of this id; None where there is none."""
        row = self._index.find(self.columns.ids, [event_id.encode()])[0]
        return None if row < 0 else int(row)

    def ids(self, rows: Ints) -> list[str]:
        """The ids of some rows."""
        return [text.decode() for text in self.columns.ids[rows].tolist()]

    def named(self, ids: Iterable[str]) -> Mask:
        """Which rows have one of these ids."""
        found = np.zeros(len(self), dtype=np.bool_)
        rows = self._index.find(self.columns.ids, [event_id.encode() for event_id in ids])
        found[rows[rows >= 0]] = True
        return found

    @cached_property
    def _index(self) -> RowIndex:
        return self.columns.index if isinstance(self.columns, KeptColumns) else RowIndex.of(self.columns.ids)
