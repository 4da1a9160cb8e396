"""All stories of a store a few at a time, each with what it tells of: for what must not hold a large store in memory.

For `events.exporting.archive`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.engine import Connection

from events.store.database.schema import events, records, stories

AT_ONCE = 500  # stories in one question


class ToldStory(NamedTuple):
    """A story and the events that it alone tells of, as people corrected them; all as JSON."""

    id: str
    record: str
    told: tuple[str, ...]


def told_stories(connection: Connection, only: Collection[str] | None = None) -> Iterator[ToldStory]:
    """The stories in the order of their ids. only: the ids of those that are wanted; None for all."""
    after = ""
    while rows := connection.execute(_next(after)).all():
        after = rows[-1].id
        wanted = {row.id: row.record for row in rows if only is None or row.id in only}
        told = _told(connection, list(wanted))
        yield from (ToldStory(story_id, record, tuple(told[story_id])) for story_id, record in wanted.items())


def _next(after: str) -> Select[Any]:
    return select(stories.c.id, stories.c.record).where(stories.c.id > after).order_by(stories.c.id).limit(AT_ONCE)


def _told(connection: Connection, ids: list[str]) -> dict[str, list[str]]:
    query = select(events.c.story_id, records.c.shown, records.c.extracted).join(
        records, records.c.event_id == events.c.id
    )
    some = query.where(events.c.story_id.in_(ids), events.c.rejected.is_(False)).order_by(events.c.position)
    found: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(some) if ids else ():
        found[row.story_id].append(row.shown or row.extracted)
    return found
