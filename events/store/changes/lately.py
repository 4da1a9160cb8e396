"""What came in or changed: since a mark that somebody kept, or between two days.

For the page's "new since my last visit" and "what changed between two dates". A mark is two numbers that only grow, so
no clock has to be right for the first; the second goes by the days on which reports were published and on which people
corrected.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.engine import Connection

from events.corrections.values import Correction
from events.store.database.in_parts import in_parts
from events.store.database.schema import READ_ANEW, changes, events, holds, stories

LAST_NUMBER = (1 << 31) - 1  # that a server takes for a story or a change; a link may name a later one


def mark(connection: Connection) -> tuple[int, int]:
    """The numbers of the newest story and of the newest row of the audit trail; 0 where there is none."""
    newest_story = connection.scalar(select(func.max(stories.c.number)))
    return newest_story or 0, connection.scalar(select(func.max(changes.c.id))) or 0


def since(connection: Connection, story: int, change: int) -> set[str]:
    """The ids of the events on the map that have a report from a story after this one, or a change after that one."""
    told = _told_in(connection, stories.c.number > min(story, LAST_NUMBER))
    anew = _read_anew(connection, changes.c.id > min(change, LAST_NUMBER))
    return told | anew | corrected_since(connection, change)


def corrected_since(connection: Connection, change: int) -> set[str]:
    """The ids of the events on the map that people corrected after this change, or of which they took a correction back."""
    return _corrected(connection, changes.c.id > min(change, LAST_NUMBER))


def between(connection: Connection, first: date, last: date, among: Collection[str] | None = None) -> set[str]:
    """The ids of the events on the map reported in these days (UTC, both included), or changed in them.

    among: of these alone it is asked whether they were reported then.
    """
    published = stories.c.published.between(first, last)
    some = [published] if among is None else [published & events.c.happening.in_(part) for part in in_parts(among)]
    reported = {name for which in some for name in _told_in(connection, which)}
    changed = func.substr(changes.c.at, 1, 10).between(first.isoformat(), last.isoformat())
    return reported | _read_anew(connection, changed) | _corrected(connection, changed)


def _told_in(connection: Connection, which: ColumnElement[bool]) -> set[str]:
    query = select(events.c.happening).join(stories, stories.c.id == events.c.story_id)
    return set(connection.scalars(query.where(which, events.c.happening.is_not(None))))


def _read_anew(connection: Connection, which: ColumnElement[bool]) -> set[str]:
    """All events of the stories of which there is a new version, or that were extracted anew."""
    anew = select(changes.c.story_id).where(which, changes.c.action.in_(READ_ANEW), changes.c.story_id.is_not(None))
    query = select(events.c.happening).where(events.c.story_id.in_(anew), events.c.happening.is_not(None))
    return set(connection.scalars(query))


def _corrected(connection: Connection, which: ColumnElement[bool]) -> set[str]:
    """The events that these corrections speak of or took hold of, and those of corrections that were undone."""
    said = select(changes.c.id, changes.c.action, changes.c.undoes, changes.c.detail)
    rows = list(connection.execute(said.where(which, changes.c.action.in_(("correct", "undo")))))
    for some in in_parts([row.undoes for row in rows if row.undoes]):
        rows += connection.execute(said.where(changes.c.id.in_(some)))
    corrected = {row.id: row for row in rows if row.action == "correct"}
    spoken = {
        report.id for row in corrected.values() for report in Correction.model_validate_json(row.detail).reports
    }  # fmt: skip
    held = select(events.c.happening).join(holds, holds.c.event_id == events.c.id)
    found: set[str | None] = set()
    for some in in_parts(corrected):
        found |= set(connection.scalars(held.where(holds.c.change_id.in_(some))))
    for some in in_parts(spoken):
        found |= set(connection.scalars(select(events.c.happening).where(events.c.id.in_(some))))
    return {name for name in found if name}
