"""What people said: taken down in the audit trail, applied, taken back in one step, and listed.

For the store. Everything that writes happens within the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from events.corrections.applying import outlet_of
from events.corrections.values import Correction, Merge, Recorded, SetPlace, Split, Undo
from events.model import Event, StoreError, Story
from events.store.database.rows import moment_of
from events.store.database.schema import changes, concerned, events, holds, records, stories
from events.store.keeping import keep_again, note


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the audit trail. at: UTC; action: "correct", "undo", "version", "extract anew", "migrate", "restore".

    kind: the correction's ("place", ...), for "correct"; undoes: the row that was taken back, for "undo".
    """

    id: int
    at: datetime
    action: str
    kind: str
    who: str
    why: str
    story_id: str | None
    undoes: int | None
    detail: str


def take_down(connection: Connection, correction: Correction) -> int:
    """Keep a correction and apply it. Returns its number. Raises StoreError for one that can't hold."""
    _refuse_what_cannot_hold(connection, correction)
    number = note(
        connection, "correct", correction.who, story_id=correction.reports[0].story_id, why=correction.why,
        at=moment_of(correction.at), kind=correction.change.kind,
        detail=correction.model_copy(update={"id": 0}).model_dump_json(),
    )  # fmt: skip
    rows = [{"change_id": number, "story_id": story_id, "outlet": ""} for story_id in sorted(_story_ids(correction))]
    outlet = _outlet(correction)
    if outlet:
        rows.append({"change_id": number, "story_id": "", "outlet": outlet})
    connection.execute(insert(concerned), rows)
    keep_again(connection, _touched(connection, correction), _held(connection, number))
    keep_again(connection, (), _held(connection, number))  # what it has only now taken hold of is linked anew, too
    return number


def take_back(connection: Connection, number: int, who: str, why: str) -> None:
    """Undo a correction. Raises StoreError where there is none of this number, or it was undone already."""
    row = connection.execute(select(changes).where(changes.c.id == number, changes.c.action == "correct")).first()
    if row is None:
        raise StoreError(f"there is no correction {number}")
    if connection.scalar(select(changes.c.id).where(changes.c.undoes == number)) is not None:
        raise StoreError(f"correction {number} was undone already")
    note(connection, "undo", who, story_id=row.story_id, why=why, undoes=number)
    beside = _held(connection, number)
    keep_again(connection, _touched(connection, Correction.model_validate_json(row.detail)), beside)


def recorded(connection: Connection, story_id: str | None) -> list[Recorded]:
    """The corrections, newest first; story_id: those that speak of this story alone."""
    undos = {row.undoes: row for row in connection.execute(select(changes).where(changes.c.action == "undo"))}
    counts = select(holds.c.change_id, func.count(holds.c.event_id.distinct())).group_by(holds.c.change_id)
    held = {row[0]: row[1] for row in connection.execute(counts)}
    query = select(changes).where(changes.c.action == "correct").order_by(changes.c.id.desc())
    if story_id is not None:
        query = query.where(
            changes.c.id.in_(select(concerned.c.change_id).where(concerned.c.story_id == story_id))
        )  # fmt: skip
    found = []
    for row in connection.execute(query):
        undo = undos.get(row.id)
        correction = Correction.model_validate_json(row.detail).model_copy(update={"id": row.id})
        taken_back = Undo(who=undo.who, at=_moment(undo.at), why=undo.why) if undo else None
        found.append(Recorded(correction=correction, undone=taken_back, held=held.get(row.id, 0)))
    return found


def trail(connection: Connection, limit: int | None) -> list[Change]:
    """The audit trail, newest first."""
    rows = connection.execute(select(changes).order_by(changes.c.id.desc()).limit(limit))
    return [
        Change(r.id, _moment(r.at), r.action, r.kind, r.who, r.why, r.story_id, r.undoes, r.detail) for r in rows
    ]  # fmt: skip


def rejected(connection: Connection) -> list[Event]:
    """The events that a person rejected, with who did it in their reviews."""
    query = select(records.c.shown, records.c.extracted).join(events, events.c.id == records.c.event_id)
    rows = connection.execute(query.where(events.c.rejected).order_by(events.c.story_id, events.c.position))
    return [Event.model_validate_json(row.shown or row.extracted) for row in rows]


def _refuse_what_cannot_hold(connection: Connection, correction: Correction) -> None:
    change, asked = correction.change, _story_ids(correction)
    known = set(connection.scalars(select(stories.c.id).where(stories.c.id.in_(sorted(asked)))))
    if asked - known:
        raise StoreError(f"the correction speaks of a story that the store does not have: {min(asked - known)}")
    if isinstance(change, Merge) and len(correction.reports) < 2:
        raise StoreError("a merge needs the reports of two events")
    if isinstance(change, SetPlace) and change.reach != "event" and not change.name.strip():
        raise StoreError(f"a place for the whole {change.reach} needs the name that it is for")
    if isinstance(change, SetPlace) and change.reach == "outlet" and not outlet_of(correction):
        raise StoreError("a place for the whole outlet needs a report whose outlet is known")


def _story_ids(correction: Correction) -> set[str]:
    rest: Sequence[Event] = correction.change.rest if isinstance(correction.change, Split) else ()
    return {report.story_id for report in (*correction.reports, *rest)}


def _outlet(correction: Correction) -> str | None:
    change = correction.change
    return outlet_of(correction) if isinstance(change, SetPlace) and change.reach == "outlet" else None


def _touched(connection: Connection, correction: Correction) -> set[str]:
    """The stories to which a correction may apply: its own, and those of its outlet that have the name."""
    found = _story_ids(correction)
    outlet, change = _outlet(correction), correction.change
    if outlet and isinstance(change, SetPlace):
        for row in connection.execute(select(stories.c.id, stories.c.record).where(stories.c.source == outlet)):
            story = Story.model_validate_json(row.record)
            if change.name.casefold() in f"{story.title}\n{story.text}".casefold():
                found.add(row.id)
    return found


def _held(connection: Connection, number: int) -> set[str]:
    return set(connection.scalars(select(holds.c.event_id).where(holds.c.change_id == number)))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
