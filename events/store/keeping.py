"""Writes what stands of a story: new, in another version, or extracted anew; and the trail of changes.

For the store. Everything here happens within the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection, Row

from events.model import Event, Story
from events.preparing import Prepared, band_keys, prepared
from events.store.database.notices import notify
from events.store.database.rows import content_of, now, story_values
from events.store.database.schema import changes, facts, past_versions, readings, stories
from events.store.grouping.candidates import Seeking
from events.store.grouping.families import event_ids, forget_bands, join_family, note_bands, settle
from events.store.grouping.wording import still_true
from events.store.keeping_events import extracted_of, insert_events, relinked

_NEWEST = select(func.max(stories.c.number))  # what is said for every story is written once
_GROW = update(facts).where(facts.c.key == "revision").values(value=facts.c.value + 1)


def insert_story(
    connection: Connection, story: Story, found: Sequence[Event], made: Prepared | None = None
) -> None:  # fmt: skip
    """A story that is new, with its events and their links; one that is a copy of a known one joins its family.

    made: what was prepared of the same story and events; made now where it is None.
    """
    made = made or prepared(story, found)
    number = (connection.scalar(_NEWEST) or 0) + 1
    values = {**story_values(story), "number": number, "version": 1}
    connection.execute(insert(stories), values)
    connection.execute(
        insert(readings), {"id": story.id, "content": content_of(story), "story_id": story.id, "version": 1}
    )
    note_bands(connection, number, made.bands)
    changed = join_family(connection, story.id, values["record"], Seeking(number, story.published, made.bands))
    insert_events(connection, story, found, made, None if changed is None else event_ids(connection, changed))


def replace_story(connection: Connection, known: Row[Any], story: Story, found: Sequence[Event], who: str) -> None:
    """Another version of a known story: the old one is kept beside it. story: under the id by which it was read."""
    version = known.version + 1
    old = connection.execute(extracted_of(known.id)).scalars().all()
    connection.execute(
        insert(past_versions),
        {"story_id": known.id, "version": known.version, "replaced_at": now(), "record": known.record,
         "events": "[" + ",".join(old) + "]"},
    )  # fmt: skip
    _note_reading(connection, story, known.id, version)
    story, found = under_id(known.id, story, found)
    values = {**story_values(story), "version": version}
    connection.execute(update(stories).where(stories.c.id == known.id).values(values))
    note(connection, "version", who, story_id=known.id, detail=f"version {version}")
    forget_bands(connection, known.number, Story.model_validate_json(known.record))
    note_bands(connection, known.number, band_keys(story))
    moved = settle(connection, known.id)
    relinked(connection, [(story, found)], all_anew=True, beside=event_ids(connection, moved))


def replace_extracted(connection: Connection, story: Story, found: Sequence[Event], who: str) -> bool:
    """What an extractor makes of the same text now, its day included, in place of what was made of it before. False where
    that is the same.
    """
    record = connection.scalars(select(stories.c.record).where(stories.c.id == story.id)).one()
    before, extracted = Story.model_validate_json(record), connection.scalars(extracted_of(story.id)).all()
    if story == before and [event.model_dump_json() for event in found] == extracted:
        return False
    connection.execute(update(stories).where(stories.c.id == story.id).values(story_values(story)))
    note(connection, "extract anew", who, story_id=story.id, detail=f"{len(found)} events")
    moved = settle(connection, story.id) if before.published != story.published else set()
    relinked(connection, [(story, found)], all_anew=True, beside=event_ids(connection, moved))
    return True


def keep_again(connection: Connection, story_ids: Collection[str], beside: Collection[str] = ()) -> None:
    """Apply corrections anew to what is kept of these stories. beside: further reports whose links to decide anew."""
    pairs = []
    for story_id in sorted(story_ids):
        record = connection.scalar(select(stories.c.record).where(stories.c.id == story_id))
        if record:
            found = connection.execute(extracted_of(story_id)).scalars()
            pairs.append((Story.model_validate_json(record), [Event.model_validate_json(row) for row in found]))
    relinked(connection, pairs, beside=beside)


def note(
    connection: Connection, action: str, who: str, *, story_id: str | None = None, why: str = "", detail: str = "",
    at: str | None = None, kind: str = "", undoes: int | None = None,
) -> int:  # fmt: skip
    """Add a row to the audit trail. Returns its number."""
    number = (connection.scalar(select(func.max(changes.c.id))) or 0) + 1  # a gap would look like a row taken away
    row = {"id": number, "at": at or now(), "action": action, "who": who, "why": why, "story_id": story_id,
           "detail": detail, "kind": kind, "undoes": undoes}  # fmt: skip
    connection.execute(insert(changes), row)
    return number


def grow_revision(connection: Connection) -> None:
    """What was read before is no longer all that there is."""
    connection.execute(_GROW)
    still_true(connection)
    notify(connection)


def under_id(story_id: str, story: Story, found: Sequence[Event]) -> tuple[Story, list[Event]]:
    """The story and its events under the id by which the store knows it."""
    if story.id == story_id:
        return story, list(found)
    moved = []
    for event in found:
        own = tuple(
            report.model_copy(update={"story_id": story_id}) if report.story_id == story.id else report
            for report in event.reports
        )
        moved.append(event.model_copy(update={"story_id": story_id, "reports": own}))
    return story.model_copy(update={"id": story_id}), moved


def _note_reading(connection: Connection, story: Story, story_id: str, version: int) -> None:
    """Note under which id and with which words a story was read; words that come back are those of the newest version."""
    row = {"id": story.id, "content": content_of(story), "story_id": story_id, "version": version}
    read_before = (readings.c.id == row["id"]) & (readings.c.content == row["content"])
    if not connection.execute(update(readings).where(read_before).values(row)).rowcount:
        connection.execute(insert(readings), row)
