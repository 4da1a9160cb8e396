"""Makes a new store's tables, and brings a store of an older schema up to date; forward only.

For the store. A migration is one transaction: whoever is killed in it finds the old store. A copy of the old file is kept
beside it. To add a schema: a function in `_STEPS` that leads on from the schema before it and returns that which
it leads to.
"""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError
from sqlalchemy import Engine, insert, select, text
from sqlalchemy import inspect as inspected
from sqlalchemy.engine import Connection

from events.model import Event, StoreError, Story
from events.store import keeping
from events.store.backup import copy_file, free_name
from events.store.families import echo_key, event_ids, family_of, note_bands, settle
from events.store.opening import file_of, writing
from events.store.schema import SCHEMA_VERSION, bands, echoes, events, facts, families, metadata, records, stories

_EMPTY = [{"key": "schema", "value": SCHEMA_VERSION}, {"key": "revision", "value": 0}, {"key": "documents", "value": 0}]


def create_or_migrate(engine: Engine) -> None:
    """See to it that the store has the present schema. Raises StoreError where it has a newer one."""
    found = _schema(engine)
    if found == SCHEMA_VERSION:
        return
    if found is not None and not 1 <= found < SCHEMA_VERSION:
        raise StoreError(
            f"the store {engine.url} has schema {found}, this program reads {SCHEMA_VERSION}: "
            "use the program that wrote it, or name another store with --store"
        )
    path = file_of(engine)
    if found is not None and path is not None:
        copy_file(path, free_name(path, f"schema-{found}"))
    with writing(engine) as connection:
        _bring_up_to_date(connection)


def _schema(engine: Engine) -> int | None:
    with engine.connect() as connection:
        if not inspected(connection).has_table("facts"):
            return None
        return connection.scalar(select(facts.c.value).where(facts.c.key == "schema"))


def _bring_up_to_date(connection: Connection) -> None:
    """Under the lock: another program may have done it since."""
    new = not inspected(connection).has_table("facts")
    found = None if new else connection.scalar(select(facts.c.value).where(facts.c.key == "schema"))
    if found is None:
        metadata.create_all(connection)
        connection.execute(insert(facts), _EMPTY)
        return
    while found < SCHEMA_VERSION:
        found = _STEPS[found](connection)
        connection.execute(facts.update().where(facts.c.key == "schema").values(value=found))


def _from_1(connection: Connection) -> int:
    """Schema 1 had stories, events and their quotes, and linked whenever it was read: all of it is taken in as today."""
    for name in ("evidence", "events", "stories"):
        connection.execute(text(f"ALTER TABLE {name} RENAME TO former_{name}"))
    for index in inspected(connection).get_indexes("former_events"):
        connection.execute(text(f'DROP INDEX "{index["name"]}"'))
    metadata.create_all(connection)
    connection.execute(insert(facts), {"key": "documents", "value": 0})
    number = 0
    for story_id, record in connection.execute(text("SELECT id, record FROM former_stories ORDER BY rowid")).all():
        events = text("SELECT record FROM former_events WHERE story_id = :story ORDER BY rowid")
        rows = connection.execute(events, {"story": story_id}).scalars()
        try:
            story, found = Story.model_validate_json(record), [Event.model_validate_json(row) for row in rows]
        except ValidationError as error:
            raise StoreError(
                f"story {story_id} of the store of schema 1 can't be read: {error.errors()[0]['msg']}"
            ) from error
        keeping.insert_story(connection, story, found)
        number += 1
    for name in ("evidence", "events", "stories"):
        connection.execute(text(f"DROP TABLE former_{name}"))
    keeping.grow_revision(connection)
    keeping.note(connection, "migrate", "dateline", detail=f"schema 1 to {SCHEMA_VERSION}, {number} stories")
    return SCHEMA_VERSION


def _from_2(connection: Connection) -> int:
    """Schema 2 did not tell copies of one story from stories of their own."""
    _add_attributes(connection)
    for table in (bands, families, echoes):
        table.create(connection)
    number = 0
    for row in connection.execute(select(stories.c.id, stories.c.number).order_by(stories.c.number)).all():
        note_bands(connection, row.number, _with_echoes(connection, row.id))
        number += 1
    for story_id in connection.scalars(select(stories.c.id).order_by(stories.c.number)).all():
        settle(connection, story_id)
    for first in connection.scalars(select(families.c.first).distinct().order_by(families.c.first)).all():
        keeping.keep_again(connection, (), event_ids(connection, family_of(connection, first)))
    keeping.grow_revision(connection)
    keeping.note(connection, "migrate", "dateline", detail=f"schema 2 to {SCHEMA_VERSION}, {number} stories")
    return SCHEMA_VERSION


def _from_3(connection: Connection) -> int:
    """Schema 3 did not say how sure date, type and status are each; of what it has, nobody knows."""
    _add_attributes(connection)
    keeping.grow_revision(connection)
    keeping.note(connection, "migrate", "dateline", detail=f"schema 3 to {SCHEMA_VERSION}")
    return SCHEMA_VERSION


def _add_attributes(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE happenings ADD COLUMN attributes INTEGER"))
    connection.execute(text("ALTER TABLE happenings ADD COLUMN written INTEGER"))
    connection.execute(text("CREATE INDEX ix_happenings_written ON happenings (written)"))


def _with_echoes(connection: Connection, story_id: str) -> Story:
    """Note in which words each event of a story is reported. Returns the story."""
    try:
        story = Story.model_validate_json(
            connection.execute(select(stories.c.record).where(stories.c.id == story_id)).scalar_one()
        )
        query = select(records).join(events, events.c.id == records.c.event_id).where(events.c.story_id == story_id)
        for row in connection.execute(query).all():
            event = Event.model_validate_json(row.shown or row.extracted)
            connection.execute(insert(echoes), {"event_id": event.id, "told": echo_key(event, story)})
    except ValidationError as error:
        raise StoreError(f"story {story_id} of the store can't be read: {error.errors()[0]['msg']}") from error
    return story


_STEPS: dict[int, Callable[[Connection], int]] = {1: _from_1, 2: _from_2, 3: _from_3}
