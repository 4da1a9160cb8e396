"""Whether a store is sound: its file, its references, its quotes, its columns, its links, and what stands in it twice.

For the command line. It reads and changes nothing; a store of an older schema is only looked at as a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Engine, exists, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from events.model import Event, EventPlace, Span, Story, When
from events.store.database.opening import reason, snapshot
from events.store.database.rows import Name, content_of, event_values
from events.store.database.schema import (
    SCHEMA_VERSION,
    bands,
    changes,
    concerned,
    echoes,
    events,
    facts,
    families,
    happenings,
    holds,
    metadata,
    readings,
    records,
    stories,
)
from events.store.grouping.families import band_keys, echo_key

STORIES_AT_ONCE = 200
_COMPARED = ("type", "start", "end", "lat", "lon", "radius_km", "place_id", "block")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was found. `bad`: the store is not sound; else it is only worth knowing."""

    what: str
    bad: bool = True


def findings(engine: Engine) -> Iterator[Finding]:
    """All that is wrong with a store, or worth knowing; nothing where it is sound."""
    try:
        with snapshot(engine) as connection:
            yield from _of_the_file(connection)
            schema = connection.scalar(select(facts.c.value).where(facts.c.key == "schema"))
            if schema != SCHEMA_VERSION:
                yield Finding(f"schema {schema}: any command that opens it brings it to {SCHEMA_VERSION}", bad=False)
                return
            yield from _of_stories(connection)
            yield from _of_links(connection)
            yield from _of_copies(connection)
            yield from _of_duplicates(connection)
            yield from _of_corrections(connection)
    except SQLAlchemyError as error:
        yield Finding(f"the store can't be read: {reason(error)}")


def _of_the_file(connection: Connection) -> Iterator[Finding]:
    if connection.dialect.name != "sqlite":
        yield from _of_references(connection)
        return
    for (row,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if row != "ok":
            yield Finding(f"the file is damaged: {row}")
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Finding(f"orphan: row {row[1]} of {row[0]} points to a row of {row[2]} that is not there")


def _of_references(connection: Connection) -> Iterator[Finding]:
    """Rows that point to no row: a server keeps references itself, unless it was told not to, or its disk lost some."""
    for table in metadata.sorted_tables:
        for column in (column for column in table.columns if column.foreign_keys):
            target = next(iter(column.foreign_keys)).column
            lost = select(func.count()).where(column.is_not(None), ~exists().where(target == column))
            if number := connection.scalar(lost):
                yield Finding(
                    f"orphan: rows of {table.name} ({number}) point to rows of {target.table.name} that are not there"
                )


def _of_stories(connection: Connection) -> Iterator[Finding]:
    """Story by story: its readings, and its events with their quotes and columns."""
    query = select(stories).order_by(stories.c.number)
    met = 0
    for row in connection.execution_options(yield_per=STORIES_AT_ONCE).execute(query):
        try:
            story = Story.model_validate_json(row.record)
        except ValidationError as error:
            yield Finding(f"story {row.id} can't be read: {error.errors()[0]['msg']}")
            continue
        known = select(readings.c.id).where(readings.c.story_id == row.id, readings.c.content == content_of(story))
        if story.id != row.id or connection.scalar(known.limit(1)) is None:
            yield Finding(f"story {row.id}: what it says is not what was noted of its reading")
        keys = band_keys(story)
        there = _kept_bands(connection, row.number, keys)
        met += there
        if there != len(keys):
            yield Finding(f"story {row.id} would not meet its copies: its bands are not those of its text")
        yield from _of_events(connection, story)
    if surplus := (connection.scalar(select(func.count()).select_from(bands)) or 0) - met:
        yield Finding(f"bands ({surplus}) that are of no story's text: stories may meet that are no copies")


def _kept_bands(connection: Connection, number: int, keys: Sequence[int]) -> int:
    """How many of a story's bands are kept. Asked by their keys, by which they are ordered: by its number alone every
    story would cost a pass over the bands of all.
    """
    there = select(func.count()).select_from(bands).where(bands.c.key.in_(keys), bands.c.number == number)
    return connection.scalar(there) or 0


def _of_events(connection: Connection, story: Story) -> Iterator[Finding]:
    query = (
        select(events, records.c.extracted, records.c.shown, echoes.c.told)
        .join(records, records.c.event_id == events.c.id, isouter=True)
        .join(echoes, echoes.c.event_id == events.c.id, isouter=True)
    )
    for row in connection.execute(query.where(events.c.story_id == story.id)):
        if row.shown is None and row.extracted is None:
            yield Finding(f"orphan: event {row.id} of story {story.id} has no record")
            continue
        try:
            told = [Event.model_validate_json(text) for text in (row.extracted, row.shown) if text]
        except ValidationError as error:
            yield Finding(f"event {row.id} of story {story.id} can't be read: {error.errors()[0]['msg']}")
            continue
        for event in told:
            yield from _of_evidence(event, story)
        values = event_values(told[-1], story, row.position, Name(row.born, row.seniority), rejected=row.rejected)
        wrong = [name for name in _COMPARED if values[name] != getattr(row, name)]
        if wrong:
            yield Finding(f"event {row.id} of story {story.id}: its columns are not its record's: {', '.join(wrong)}")
        if row.told != echo_key(told[-1], story):
            yield Finding(f"event {row.id} of story {story.id}: its words are not those that its copies would have")


def _of_evidence(event: Event, story: Story) -> Iterator[Finding]:
    """Quotes that are no slices of their story, and words pointed to that it does not have."""
    for quote in event.evidence:
        if story.part(quote.part)[quote.start : quote.end] != quote.text:
            yield Finding(f"evidence: a quote of event {event.id} is not in story {story.id} at {quote.start}")
    attributes: tuple[EventPlace | When | None, ...] = (event.place, event.when)
    spans = [event.type_evidence, event.status_evidence, *(value.evidence for value in attributes if value)]
    for span in spans:
        if isinstance(span, Span) and span.end > len(story.part(span.part)):
            yield Finding(f"evidence: event {event.id} points behind the end of story {story.id}")


def _of_links(connection: Connection) -> Iterator[Finding]:
    """Events of no happening, happenings without their reports, and counts that are not so."""
    lost = select(events.c.id).join(happenings, happenings.c.id == events.c.happening, isouter=True)
    for event_id in connection.scalars(lost.where(happenings.c.id.is_(None), events.c.rejected.is_(False))):
        yield Finding(f"orphan: event {event_id} is not on the map")
    told = select(events.c.id).where(events.c.happening.is_not(None), events.c.rejected)
    for event_id in connection.scalars(told):
        yield Finding(f"event {event_id} was rejected and is on the map")
    speaking = select(happenings.c.id).join(events, events.c.id == happenings.c.speaker)
    for name in connection.scalars(speaking.where(events.c.happening != happenings.c.id)):
        yield Finding(f"event {name} on the map is spoken for by a report of another")
    founded = select(happenings.c.id).join(
        events, (events.c.born == happenings.c.id) & (events.c.happening == happenings.c.id), isouter=True
    )  # fmt: skip
    for name in connection.scalars(founded.where(events.c.id.is_(None))):
        yield Finding(f"orphan: event {name} on the map is named after none of its reports")
    counted = (
        select(events.c.happening, func.count(events.c.story_id.distinct()).label("number"))
        .where(events.c.happening.is_not(None)).group_by(events.c.happening).subquery()
    )  # fmt: skip
    wrong = select(happenings.c.id, happenings.c.reports, counted.c.number).join(
        counted, counted.c.happening == happenings.c.id
    )
    for row in connection.execute(wrong.where(happenings.c.reports != counted.c.number)):
        yield Finding(f"event {row.id} on the map says {row.reports} reports and has {row.number}")
    documents = connection.scalar(select(facts.c.value).where(facts.c.key == "documents"))
    number = connection.scalar(select(func.count()).select_from(events).where(events.c.rejected.is_(False)))
    if documents != number:
        yield Finding(f"words were counted in {documents} reports, and there are {number}")


def _of_copies(connection: Connection) -> Iterator[Finding]:
    """Families of copies: each has two stories or more, and the first that came stands for it."""
    grouped = (
        select(families.c.first, func.count().label("number"), func.min(stories.c.number).label("eldest"))
        .join(stories, stories.c.id == families.c.story_id)
        .group_by(families.c.first)
        .subquery()
    )
    first = select(grouped, stories.c.number.label("own")).join(stories, stories.c.id == grouped.c.first)
    for row in connection.execute(first.where((grouped.c.number < 2) | (grouped.c.eldest != stories.c.number))):
        yield Finding(f"copies: story {row.first} stands for {row.number} stories and is not the first of several")


def _of_duplicates(connection: Connection) -> Iterator[Finding]:
    """One story under two numbers, and one story twice in an event where nobody merged it."""
    for row in connection.execute(_more_than_one(readings.c.content, readings.c.story_id, stories.c.url)):
        yield Finding(f"duplicate: {row.number} stories say the same under {row.url}")
    twice = (
        select(events.c.happening, events.c.story_id)
        .where(events.c.happening.is_not(None))
        .group_by(events.c.happening, events.c.story_id)
        .having(func.count() > 1)
    )
    merged = select(holds.c.event_id).join(changes, changes.c.id == holds.c.change_id).where(changes.c.kind == "merge")
    by_hand = set(connection.scalars(merged))
    for row in connection.execute(twice).all():
        members = set(connection.scalars(select(events.c.id).where(events.c.happening == row.happening)))
        if not members & by_hand:
            yield Finding(f"duplicate: story {row.story_id} stands twice in event {row.happening}")


def _more_than_one(content: Any, story_id: Any, url: Any) -> Any:
    return (
        select(url, func.count(story_id.distinct()).label("number"))
        .join(readings, readings.c.story_id == stories.c.id)
        .where(url.is_not(None))
        .group_by(content, url)
        .having(func.count(story_id.distinct()) > 1)
    )


def _of_corrections(connection: Connection) -> Iterator[Finding]:
    """What people said that finds nothing to hold on to, and what was said of no story."""
    undone = select(changes.c.undoes).where(changes.c.undoes.is_not(None))
    standing = select(changes).where(changes.c.action == "correct", changes.c.id.not_in(undone))
    for row in connection.execute(standing.where(changes.c.id.not_in(select(holds.c.change_id)))):
        yield Finding(
            f"correction {row.id} ({row.kind}, by {row.who}) finds its sentence no more; it is kept", bad=False
        )
    for row in connection.execute(standing.where(changes.c.id.not_in(select(concerned.c.change_id)))):
        yield Finding(f"orphan: correction {row.id} says of no story what it is about")
