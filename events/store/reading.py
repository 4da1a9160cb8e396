"""Reads stories, events and versions back.

For the store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, or_, select
from sqlalchemy.engine import Connection

from events.model import Event, Report, Story
from events.store.database.in_parts import in_parts
from events.store.database.rows import report_from
from events.store.database.schema import events, happenings, past_versions, readings, records, stories
from events.store.grouping.gathering import tellers

_EVENTS = TypeAdapter(tuple[Event, ...])
MOST_WHOLE_STORIES = 500  # rows at once where stories are read one by one


@dataclass(frozen=True, slots=True)
class StoryVersion:
    """A story as it was from one reading to the next; `replaced_at` (UTC) is None for the present version.

    events: as the extractor gave them then.
    """

    number: int
    story: Story
    events: tuple[Event, ...]
    replaced_at: datetime | None


def story_id_of(connection: Connection, story_id: str) -> str | None:
    """The id under which the store keeps the story that was read under this one."""
    query = select(readings.c.story_id).where(readings.c.id == story_id).limit(1)
    return connection.scalar(query)


def story(connection: Connection, story_id: str) -> Story | None:
    """The story as it is today, by any id under which it was read."""
    query = select(stories.c.record).where(
        stories.c.id.in_(select(readings.c.story_id).where(readings.c.id == story_id))
    )  # fmt: skip
    record = connection.scalar(query)
    return Story.model_validate_json(record) if record else None


def all_stories(connection: Connection) -> Iterator[Story]:
    """The stories as they are today, by id, one by one."""
    query = select(stories.c.record).order_by(stories.c.id)
    for record in connection.execution_options(yield_per=MOST_WHOLE_STORIES).scalars(query):
        yield Story.model_validate_json(record)


def extracted_events(connection: Connection) -> list[Event]:
    """All events as the extractor gave them, by story and id."""
    query = select(records.c.extracted).join(events, events.c.id == records.c.event_id)
    rows = connection.scalars(
        query.where(records.c.extracted.is_not(None)).order_by(events.c.story_id, events.c.id)
    )  # fmt: skip
    return [Event.model_validate_json(record) for record in rows]


def joined_events(connection: Connection) -> list[Event]:
    """The events on the map in the order in which their first reports came, each with its reports."""
    reports: dict[str, list[Report]] = defaultdict(list)
    for row in connection.execute(tellers_of().where(events.c.happening.is_not(None))):
        reports[row.happening].append(report_from(row))
    founder = events.alias()
    query = (
        spoken()
        .join(founder, founder.c.born == happenings.c.id)
        .join(stories, stories.c.id == founder.c.story_id)
        .order_by(founder.c.seniority, stories.c.number, founder.c.position)
    )
    return [joined(row, reports[row.id]) for row in connection.execute(query)]


def joined_event(connection: Connection, event_id: str) -> Event | None:
    """The event on the map of this id: its own, or that of a report that was joined to it."""
    name = _happening_of(connection, event_id)
    row = connection.execute(spoken().where(happenings.c.id == name)).first() if name else None
    if row is None:
        return None
    return joined(row, [report_from(r) for r in connection.execute(tellers_of().where(events.c.happening == name))])


def joined_events_named(connection: Connection, ids: Sequence[str]) -> list[Event]:
    """The events on the map of these very ids, in any order; ids that there are none of are passed over."""
    found: list[Event] = []
    for some in in_parts(ids):
        reports: dict[str, list[Report]] = defaultdict(list)
        for row in connection.execute(tellers_of().where(events.c.happening.in_(some))):
            reports[row.happening].append(report_from(row))
        rows = connection.execute(spoken().where(happenings.c.id.in_(some)))
        found += [joined(row, reports[row.id]) for row in rows]
    return found


def reports_of(connection: Connection, event_id: str) -> tuple[Event, ...]:
    """The events of single stories that are joined in the event of this id, the first read first."""
    name = _happening_of(connection, event_id)
    query = (
        select(records.c.shown, records.c.extracted, stories.c.id.label("story_id"), stories.c.title,
               stories.c.source, stories.c.url, stories.c.published)
        .join(events, events.c.id == records.c.event_id)
        .join(stories, stories.c.id == events.c.story_id)
        .where(events.c.happening == name)
        .order_by(stories.c.number, events.c.position)
    )  # fmt: skip
    return tuple(
        Event.model_validate_json(row.shown or row.extracted).model_copy(update={"reports": (report_from(row),)})
        for row in (connection.execute(query) if name else ())
    )


def versions(connection: Connection, story_id: str) -> tuple[StoryVersion, ...]:
    """All versions of a story, the oldest first, the present one last; () where there is none."""
    known = connection.execute(
        select(stories).where(stories.c.id.in_(select(readings.c.story_id).where(readings.c.id == story_id)))
    ).first()
    if known is None:
        return ()
    past = select(past_versions).where(past_versions.c.story_id == known.id).order_by(past_versions.c.version)
    found = [
        StoryVersion(row.version, Story.model_validate_json(row.record), _EVENTS.validate_json(row.events),
                     datetime.fromisoformat(row.replaced_at))
        for row in connection.execute(past)
    ]  # fmt: skip
    own = select(records.c.extracted).join(events, events.c.id == records.c.event_id)
    rows = connection.scalars(
        own.where(events.c.story_id == known.id, records.c.extracted.is_not(None)).order_by(events.c.position)
    )
    today = tuple(Event.model_validate_json(record) for record in rows)
    return (*found, StoryVersion(known.version, Story.model_validate_json(known.record), today, None))


def events_of_story(connection: Connection, story_id: str) -> list[Event]:
    """The events of one story as they stand after what people said, in the story's order."""
    query = select(records.c.shown, records.c.extracted).join(events, events.c.id == records.c.event_id)
    rows = connection.execute(
        query.where(events.c.story_id == story_id, events.c.rejected.is_(False)).order_by(events.c.position)
    )  # fmt: skip
    return [Event.model_validate_json(row.shown or row.extracted) for row in rows]


def _happening_of(connection: Connection, event_id: str) -> str | None:
    query = select(events.c.happening).where(or_(events.c.born == event_id, events.c.id == event_id)).limit(1)
    return connection.scalar(query.order_by(events.c.born != event_id))


def spoken() -> Select[Any]:
    """The query for the events on the map, each with the record of the report that speaks for it."""
    return select(happenings.c.id, happenings.c.record, records.c.shown, records.c.extracted).join(
        records, records.c.event_id == happenings.c.speaker
    )


def tellers_of() -> Select[Any]:
    """The query for the reports of events on the map, as `report_from` takes them, each with its event's id."""
    return select(
        events.c.happening, stories.c.id.label("story_id"), stories.c.title, stories.c.source, stories.c.url,
        stories.c.published,
    ).join(stories, stories.c.id == events.c.story_id)  # fmt: skip


def joined(row: Any, reports: Sequence[Report]) -> Event:
    """The event in a row of `spoken`, with its reports."""
    event = Event.model_validate_json(row.record or row.shown or row.extracted)
    return event.model_copy(update={"id": row.id, "reports": tellers(reports)})
