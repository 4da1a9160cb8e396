"""Whether a store is sound: its file, its references, its quotes, its columns, its links, and what stands in it twice.

For the command line. It reads and changes nothing; a store of an older schema is only looked at as a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, Select, exists, func, select
from sqlalchemy.engine import Connection, ScalarResult
from sqlalchemy.exc import SQLAlchemyError

from events.store.database.opening import reason, snapshot
from events.store.database.schema import (
    SCHEMA_VERSION,
    changes,
    concerned,
    events,
    facts,
    families,
    happenings,
    holds,
    metadata,
    readings,
    stories,
)
from events.store.upkeep.checking_stories import findings_of_stories
from events.store.upkeep.findings import Finding

AT_ONCE = 1000  # rows that are read together


def findings(engine: Engine) -> Iterator[Finding]:
    """All that is wrong with a store, or worth knowing; nothing where it is sound."""
    try:
        with snapshot(engine) as connection:
            yield from _of_the_file(connection)
            schema = connection.scalar(select(facts.c.value).where(facts.c.key == "schema"))
            if schema != SCHEMA_VERSION:
                yield Finding(f"schema {schema}: any command that opens it brings it to {SCHEMA_VERSION}", bad=False)
                return
            yield from findings_of_stories(connection)
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


def _of_links(connection: Connection) -> Iterator[Finding]:
    """Events of no happening, happenings without their reports, and counts that are not so."""
    lost = select(events.c.id).join(happenings, happenings.c.id == events.c.happening, isouter=True)
    for event_id in _streamed(connection, lost.where(happenings.c.id.is_(None), events.c.rejected.is_(False))):
        yield Finding(f"orphan: event {event_id} is not on the map")
    told = select(events.c.id).where(events.c.happening.is_not(None), events.c.rejected)
    for event_id in _streamed(connection, told):
        yield Finding(f"event {event_id} was rejected and is on the map")
    speaking = select(happenings.c.id).join(events, events.c.id == happenings.c.speaker)
    for name in _streamed(connection, speaking.where(events.c.happening != happenings.c.id)):
        yield Finding(f"event {name} on the map is spoken for by a report of another")
    founded = select(happenings.c.id).join(
        events, (events.c.born == happenings.c.id) & (events.c.happening == happenings.c.id), isouter=True
    )  # fmt: skip
    for name in _streamed(connection, founded.where(events.c.id.is_(None))):
        yield Finding(f"orphan: event {name} on the map is named after none of its reports")
    counted = (
        select(events.c.happening, func.count(events.c.story_id.distinct()).label("number"))
        .where(events.c.happening.is_not(None)).group_by(events.c.happening).subquery()
    )  # fmt: skip
    wrong = select(happenings.c.id, happenings.c.reports, counted.c.number).join(
        counted, counted.c.happening == happenings.c.id
    )
    wrong = wrong.where(happenings.c.reports != counted.c.number)
    for row in connection.execute(wrong, execution_options={"yield_per": AT_ONCE}):
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
    merged = (
        select(events.c.happening)
        .join(holds, holds.c.event_id == events.c.id)
        .join(changes, changes.c.id == holds.c.change_id)
        .where(changes.c.kind == "merge", events.c.happening.is_not(None))
    )
    twice = (
        select(events.c.happening, events.c.story_id)
        .where(events.c.happening.is_not(None), events.c.happening.not_in(merged))
        .group_by(events.c.happening, events.c.story_id)
        .having(func.count() > 1)
    )
    for row in connection.execute(twice, execution_options={"yield_per": AT_ONCE}):
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
    undoing = changes.alias()
    standing = select(changes).where(
        changes.c.action == "correct", ~exists().where(undoing.c.undoes == changes.c.id)
    ).order_by(changes.c.id)  # fmt: skip
    for row in connection.execute(standing.where(~exists().where(holds.c.change_id == changes.c.id))):
        yield Finding(
            f"correction {row.id} ({row.kind}, by {row.who}) finds its sentence no more; it is kept", bad=False
        )
    for row in connection.execute(standing.where(~exists().where(concerned.c.change_id == changes.c.id))):
        yield Finding(f"orphan: correction {row.id} says of no story what it is about")


def _streamed(connection: Connection, query: Select[tuple[str]]) -> ScalarResult[str]:
    return connection.scalars(query, execution_options={"yield_per": AT_ONCE})
