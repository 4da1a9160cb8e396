"""Writes the rows of a story's events: as extracted, as people corrected them, each under the id that it has on the map.

For `events.store.keeping`. Everything here happens within the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row

from events.corrections.anchoring import find
from events.corrections.applying import StandingEvent, standing_events
from events.corrections.values import Correction
from events.model import Event, StoreError, Story
from events.store.database.rows import Name, Values, event_values, record_values
from events.store.database.schema import changes, concerned, echoes, events, holds, records
from events.store.grouping.families import echo_key
from events.store.grouping.links import members_of, relink
from events.store.grouping.wording import Wording


def relinked(
    connection: Connection, pairs: Sequence[tuple[Story, Sequence[Event]]], *, all_anew: bool = False,
    beside: Collection[str] = (),
) -> None:  # fmt: skip
    """Make the rows of these stories' events what they are to be, and decide their links anew.

    pairs: each story with its events as extracted. all_anew: also of those that are as before. beside: further reports
    whose links are decided anew. Raises StoreError where two events of a story have one id.
    """
    wording = Wording(connection)
    touched = {key for story, found in pairs for key in _keep_events(connection, story, found, wording, all_anew)}
    relink(connection, members_of(connection, touched | set(beside)), wording)


def extracted_of(story_id: str) -> Any:
    """The query for a story's events as the extractor gave them, as JSON, in their order."""
    return (
        select(records.c.extracted)
        .join(events, events.c.id == records.c.event_id)
        .where(events.c.story_id == story_id, records.c.extracted.is_not(None))
        .order_by(events.c.position)
    )


def _keep_events(
    connection: Connection, story: Story, found: Sequence[Event], wording: Wording, all_anew: bool
) -> set[str]:  # fmt: skip
    """Make the rows of a story's events what they are to be. Returns the reports whose links may change."""
    if len({event.id for event in found}) < len(found):
        raise StoreError(f"story {story.id} can't be stored: two of its events have one id")
    before = {row.id: row for row in connection.execute(_rows_of(story.id))}
    standing, held = standing_events(found, story, _corrections_for(connection, story))
    extracted = {event.id: event.model_dump_json() for event in found}
    after = {row.event.id: row for row in standing}
    names = _names(connection, before, after, story)
    changed = [key for key, row in after.items() if all_anew or _differs(before.get(key), row, extracted.get(key))]
    gone = sorted({*(before.keys() - after.keys()), *(key for key in changed if key in before)})
    beside = members_of(connection, gone) - set(gone)
    _take_away(connection, before, gone, names.values(), wording)
    position = {key: number for number, key in enumerate(after)}
    fresh = [(after[key], extracted.get(key), position[key], names[key]) for key in changed]
    _put_in(connection, story, fresh, wording)
    kept = {key: number for key, number in position.items() if key not in changed and before[key].position != number}
    for key, number in kept.items():
        connection.execute(update(events).where(events.c.id == key).values(position=number))
    connection.execute(
        delete(holds).where(holds.c.event_id.in_(select(events.c.id).where(events.c.story_id == story.id)))
    )
    rows = {(hold.correction, hold.event_id, hold.report) for hold in held}
    if rows:
        connection.execute(
            insert(holds), [{"change_id": c, "event_id": e, "report": r} for c, e, r in sorted(rows)]
        )  # fmt: skip
    return beside | {key for key in changed if not after[key].rejected}


def _rows_of(story_id: str) -> Any:
    return (
        select(events, records.c.words, records.c.extracted, records.c.shown)
        .join(records, records.c.event_id == events.c.id)
        .where(events.c.story_id == story_id)
        .order_by(events.c.position)
    )


def _differs(before: Row[Any] | None, after: StandingEvent, extracted: str | None) -> bool:
    if before is None or before.extracted != extracted or before.rejected != after.rejected:
        return True
    return bool((before.shown or before.extracted) != after.event.model_dump_json())


def _names(
    connection: Connection, before: Mapping[str, Row[Any]], after: Mapping[str, StandingEvent], story: Story
) -> dict[str, Name]:  # fmt: skip
    """Under which id each event stands or would stand on the map: that of its forerunner where it has one."""
    names = {key: _name(before[key]) for key in after if key in before}
    free = [row.event for key, row in after.items() if key not in before]
    for key, row in before.items():
        if key not in after and free:
            heir = find(Event.model_validate_json(row.shown or row.extracted), free, story)
            if heir is not None:
                names[heir.id] = _name(row)
                free = [event for event in free if event.id != heir.id]
    last = connection.scalar(select(func.max(events.c.seniority))) or 0
    for seniority, event in enumerate(free, last + 1):
        names[event.id] = Name(_unused(connection, event.id), seniority)
    return names


def _name(row: Row[Any]) -> Name:
    return Name(row.born, row.seniority)


def _unused(connection: Connection, name: str) -> str:
    """The name itself, with a number behind it where a report of old has handed it on to another."""
    number, free = 2, name
    while connection.scalar(select(events.c.id).where(events.c.born == free)) is not None:
        free, number = f"{name}-{number}", number + 1
    return free


def _take_away(
    connection: Connection, before: Mapping[str, Row[Any]], gone: Sequence[str],
    names: Iterable[Name], wording: Wording,
) -> None:  # fmt: skip
    """Delete rows. An event on the map that a report founded which is no more keeps its id: the next one hands it on."""
    wording.count([before[key].words for key in gone if not before[key].rejected], -1)
    handed = {name.born for name in names}
    connection.execute(delete(events).where(events.c.id.in_(gone)))
    for key in gone:
        row = before[key]
        if row.born == row.happening and row.born not in handed:
            others = select(events.c.id).where(events.c.happening == row.happening)
            heir = connection.scalar(others.order_by(events.c.seniority).limit(1))
            if heir is not None:
                connection.execute(update(events).where(events.c.id == heir).values(_name(row)._asdict()))


def _put_in(
    connection: Connection, story: Story, fresh: Sequence[tuple[StandingEvent, str | None, int, Name]], wording: Wording
) -> None:  # fmt: skip
    if not fresh:
        return
    rows: list[Values] = [
        event_values(row.event, story, position, name, rejected=row.rejected) for row, _, position, name in fresh
    ]
    kept = [record_values(row.event, extracted, story) for row, extracted, _, _ in fresh]
    connection.execute(insert(events), rows)
    connection.execute(insert(records), kept)
    told = [{"event_id": row.event.id, "told": echo_key(row.event, story)} for row, *_ in fresh]
    connection.execute(insert(echoes), told)
    wording.count([record["words"] for record, row in zip(kept, rows, strict=True) if not row["rejected"]], 1)


def _corrections_for(connection: Connection, story: Story) -> list[Correction]:
    """What people said of the story or its outlet and did not take back."""
    speaking = select(concerned.c.change_id).where(
        (concerned.c.story_id == story.id) | ((concerned.c.outlet == (story.source or "")) & (concerned.c.outlet != ""))
    )
    undone = select(changes.c.undoes).where(changes.c.undoes.is_not(None))
    query = select(changes.c.id, changes.c.detail).where(changes.c.id.in_(speaking), changes.c.id.not_in(undone))
    rows = connection.execute(query.order_by(changes.c.id))
    return [Correction.model_validate_json(row.detail).model_copy(update={"id": row.id}) for row in rows]
