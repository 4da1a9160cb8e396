"""What the events with more than one report have of all of these: outlets, newest story, last reading anew, last day.

For the bulk reading of columns. An event with one report has all of it from that report alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.engine import Connection

from events.store.columns.columns import NO_DAY, Ints
from events.store.columns.row_index import RowIndex
from events.store.database.in_parts import in_parts
from events.store.database.schema import READ_ANEW, changes, events, happenings, stories

AT_ONCE = 50_000  # rows that are read together
FEW = 20_000  # events that are asked for by their ids: to look for them takes a pass over all

# By story, the newest change by which it was read anew.
anew = (
    select(changes.c.story_id, func.max(changes.c.id).label("number"))
    .where(changes.c.action.in_(READ_ANEW), changes.c.story_id.is_not(None))
    .group_by(changes.c.story_id)
    .subquery("anew")
)


@dataclass(frozen=True, slots=True, eq=False)
class SeveralReports:
    """By the id of each such event: the number of its set of outlets, of its newest story, of the newest change by which one of
    its stories was read anew, and of the day of its last report.
    """

    ids: NDArray[np.bytes_]
    index: RowIndex
    numbers: tuple[Ints, ...]

    def put_into(self, ids: NDArray[np.bytes_], rows: NDArray[np.intp], *columns: Ints) -> None:
        """Put the numbers of the events that stand in some rows into columns. ids: of all rows."""
        found = self.index.find(self.ids, ids[rows].tolist())
        for column, numbers in zip(columns, self.numbers, strict=True):
            column[rows[found >= 0]] = numbers[found[found >= 0]]


def several_reports(
    connection: Connection, named: list[bytes], which: ColumnElement[bool], number: Callable[[frozenset[str]], int]
) -> SeveralReports:
    """Those of some happenings. named: their ids; which: what they have in common, by which many are asked for together;
    number: of a set of outlets.
    """
    ids: list[bytes] = []
    numbers: list[tuple[int, ...]] = []
    asked = [happenings.c.id.in_(some) for some in in_parts(each.decode() for each in named)]
    rows = (
        row
        for some in (asked if len(named) <= FEW else [which])
        for row in connection.execute(_query(some), execution_options={"yield_per": AT_ONCE})
    )
    for name, told in groupby(rows, lambda row: row.happening):
        reports = list(told)
        outlets = frozenset(row.source for row in reports if row.source)
        last = max((row.published.toordinal() for row in reports if row.published), default=NO_DAY)
        ids.append(name.encode())
        numbers.append((number(outlets), max(row.story for row in reports), max(row.change for row in reports), last))
    known = np.array(ids, dtype=np.bytes_)
    return SeveralReports(known, RowIndex.of(known), tuple(np.array(numbers, dtype=np.int32).reshape(-1, 4).T))


def _query(which: ColumnElement[bool]) -> Any:
    """An event, an outlet of it and what this tells of it last: a row each, event by event."""
    return (
        select(
            events.c.happening, events.c.source, func.max(stories.c.number).label("story"),
            func.max(func.coalesce(anew.c.number, 0)).label("change"), func.max(stories.c.published).label("published"),
        )
        .join(happenings, happenings.c.id == events.c.happening)
        .join(stories, stories.c.id == events.c.story_id)
        .join(anew, anew.c.story_id == stories.c.id, isouter=True)
        .where(happenings.c.reports > 1, which)
        .group_by(events.c.happening, events.c.source)
        .order_by(events.c.happening)
    )  # fmt: skip
