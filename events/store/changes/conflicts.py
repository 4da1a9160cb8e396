"""Whether somebody else changed an event while a person looked at it: then what they say of it is not stored, but told.

For the store. A person says something of what they saw; what they saw is known by the number of the newest change then
(`Store.mark`). Nothing is locked while they look.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection, Row

from events.corrections.values import Correction, Split
from events.model import Event, StoreError
from events.store.database.schema import changes, events, holds

_ANEW = {"version": "a new version of its story came in", "extract anew": "its story was extracted anew"}


class ConflictError(StoreError):
    """What a person says is of a state that somebody else changed meanwhile; the message says who, what and when."""


def refuse_overtaken(connection: Connection, correction: Correction, seen: int) -> None:
    """Raise ConflictError where a change after number `seen` is of one of the reports that a correction speaks of."""
    spoken = _spoken_of(correction)
    ids, stories = {report.id for report in spoken}, {report.story_id for report in spoken}
    for row in connection.execute(select(changes).where(changes.c.id > seen).order_by(changes.c.id.desc())).all():
        if row.story_id in stories and row.action in _ANEW:
            raise ConflictError(_told(row, _ANEW[row.action]))
        if row.action == "correct" and ids & _touched(connection, row):
            raise ConflictError(_told(row, f"{row.who} corrected it ({row.kind})"))
        if row.action == "undo" and ids & _touched(connection, _change(connection, row.undoes)):
            raise ConflictError(_told(row, f"{row.who} took a correction of it back"))


def _spoken_of(correction: Correction) -> tuple[Event, ...]:
    rest = correction.change.rest if isinstance(correction.change, Split) else ()
    return (*correction.reports, *rest)


def _touched(connection: Connection, change: Row[Any]) -> set[str]:
    """The reports that a correction speaks of, those that it took hold of, and those that stand in an event with them."""
    spoken = {report.id for report in _spoken_of(Correction.model_validate_json(change.detail))}
    held = connection.scalars(select(holds.c.event_id).where(holds.c.change_id == change.id))
    return spoken | set(held) | _beside(connection, spoken)


def _beside(connection: Connection, ids: set[str]) -> set[str]:
    together = select(events.c.happening).where(events.c.id.in_(sorted(ids)), events.c.happening.is_not(None))
    return set(connection.scalars(select(events.c.id).where(events.c.happening.in_(together))))


def _change(connection: Connection, number: int) -> Row[Any]:
    return connection.execute(select(changes).where(changes.c.id == number)).one()


def _told(row: Row[Any], what: str) -> str:
    when = row.at.replace("T", " ").removesuffix("Z")
    return f"not stored: {what} at {when} UTC, after you opened it. Look at it as it is now, and say it again if it still holds"
