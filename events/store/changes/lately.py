"""What came in or changed: since a mark that somebody kept, or between two days.

For the page's "new since my last visit" and "what changed between two dates". A mark is two numbers that only grow, so
no clock has to be right for the first; the second goes by the days on which reports were published and on which people
corrected.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.engine import Connection

from events.corrections.values import Correction
from events.store.database.schema import changes, events, holds, stories
from events.store.grouping.in_parts import in_parts


def mark(connection: Connection) -> tuple[int, int]:
    """The numbers of the newest story and of the newest row of the audit trail; 0 where there is none."""
    newest_story = connection.scalar(select(func.max(stories.c.number)))
    return newest_story or 0, connection.scalar(select(func.max(changes.c.id))) or 0


def since(connection: Connection, story: int, change: int) -> set[str]:
    """The ids of the events on the map that have a report from a story after this one, or a change after that one."""
    return _told_in(connection, stories.c.number > story) | _touched(connection, changes.c.id > change)


def between(connection: Connection, first: date, last: date) -> set[str]:
    """The ids of the events on the map reported in these days (UTC, both included), or corrected in them."""
    reported = _told_in(connection, stories.c.published.between(first, last))
    return reported | _touched(
        connection, func.substr(changes.c.at, 1, 10).between(first.isoformat(), last.isoformat())
    )


def _told_in(connection: Connection, which: ColumnElement[bool]) -> set[str]:
    query = select(events.c.happening).join(stories, stories.c.id == events.c.story_id)
    return set(connection.scalars(query.where(which, events.c.happening.is_not(None))))


def _touched(connection: Connection, which: ColumnElement[bool]) -> set[str]:
    """The events on the map that these changes speak of or took hold of. New versions touch all events of their story."""
    rows = list(connection.execute(select(changes).where(which)))
    undone = [row.undoes for row in rows if row.undoes]
    rows += connection.execute(select(changes).where(changes.c.id.in_(undone))) if undone else ()
    corrected = [row for row in rows if row.action == "correct"]
    spoken = {report.id for row in corrected for report in Correction.model_validate_json(row.detail).reports}
    anew = {row.story_id for row in rows if row.action in {"version", "extract anew"} and row.story_id}
    held = select(events.c.happening).join(holds, holds.c.event_id == events.c.id)
    return (
        _happenings(connection, events.c.id, spoken)
        | _happenings(connection, events.c.story_id, anew)
        | set(connection.scalars(held.where(holds.c.change_id.in_([row.id for row in corrected])))) - {None}
    )  # fmt: skip


def _happenings(connection: Connection, column: ColumnElement[str], values: set[str]) -> set[str]:
    found: set[str] = set()
    for some in in_parts(values):
        query = select(events.c.happening).where(column.in_(some))
        found |= set(connection.scalars(query.where(events.c.happening.is_not(None))))
    return found
