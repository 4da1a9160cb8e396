"""What every event of a database tells, in words, read in one go and a few thousand rows at a time.

For the making of the index of words. No object is made of any event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.engine import Connection

from events.model import Report
from events.store.columns.bulk_reading import OVERLAPPING
from events.store.database.in_parts import in_parts
from events.store.database.rows import report_from
from events.store.database.schema import events, happenings, records, stories
from events.store.grouping.gathering import tellers
from events.store.words.wording import wording_of_record

AT_ONCE = 2_000  # rows in memory
# Rows of a story came in together and lie together. Hashed, ten million of them would be written out once more beforehand.
_ROW_BY_ROW = ("SET LOCAL enable_hashjoin = off", "SET LOCAL enable_mergejoin = off")


class Worded(NamedTuple):
    """An event by its id, and all that is told of it, folded."""

    id: str
    wording: str


def wordings(connection: Connection, after: int | None = None) -> Iterator[Worded]:
    """What is told of every event, in any order. after: only of those whose rows came after this revision, and of some that
    came shortly before.
    """
    query = _spoken() if after is None else _spoken().where(happenings.c.written > after - OVERLAPPING)
    if connection.dialect.name == "postgresql":
        for statement in _ROW_BY_ROW:
            connection.exec_driver_sql(statement)
    for rows in connection.execution_options(yield_per=AT_ONCE).execute(query).partitions():
        several = _reports_of(connection, [row.id for row in rows if row.reports > 1])
        for row in rows:
            yield Worded(row.id, wording_of_record(row.record, several.get(row.id) or (report_from(row),)))


def _spoken() -> Select[Any]:
    """The record of each event, and the story that speaks for it."""
    record = func.coalesce(happenings.c.record, records.c.shown, records.c.extracted).label("record")
    return (
        select(happenings.c.id, happenings.c.reports, record, *_STORY)
        .join(records, records.c.event_id == happenings.c.speaker)
        .join(events, events.c.id == happenings.c.speaker)
        .join(stories, stories.c.id == events.c.story_id)
    )


_STORY = (
    stories.c.id.label("story_id"), stories.c.title, stories.c.source, stories.c.url, stories.c.published,
)  # fmt: skip


def _reports_of(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[Report, ...]]:
    """The reports of the events that have several, by event."""
    found: dict[str, list[Report]] = defaultdict(list)
    query = select(events.c.happening, *_STORY).join(stories, stories.c.id == events.c.story_id)
    for some in in_parts(ids):
        for row in connection.execution_options(yield_per=None).execute(query.where(events.c.happening.in_(some))):
            found[row.happening].append(report_from(row))
    return {event_id: tellers(reports) for event_id, reports in found.items()}
