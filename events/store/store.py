"""Keeps stories and their events in one SQLite file, through SQLAlchemy.

For the command line and the page. A story and its events go in together or not at all, so a run that is killed and
started again ends in the same state; a story that is known already changes nothing. Events are kept as the extractor
gave them, one story each; `events()` joins the reports of one happening. What it does not do: it holds no corrections
yet, and it does not extract.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import platformdirs
from sqlalchemy import Engine, create_engine, event, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from events.linking import link
from events.model import Event, StoreError, Story
from events.store import schema
from events.store.schema import SCHEMA_VERSION


def default_url() -> str:
    """Where events are kept when nobody says: DATELINE_STORE, else a file in the user's data folder."""
    named = os.environ.get("DATELINE_STORE")
    return named or str(platformdirs.user_data_path("dateline") / "dateline.sqlite")


class Store:
    """Stories and events in a database. Use `Store.open`; one Store may serve several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url_or_path: str | Path | None = None) -> Store:
        """Open the store, making it when it is not there.

        url_or_path: a file path, or an SQLAlchemy URL ("sqlite:///news.sqlite"); None: `default_url()`.
        Raises StoreError when it can't be opened or is of another version.

        >>> Store.open("sqlite://").story_count()
        0
        """
        url = _as_url(str(url_or_path or default_url()))
        try:
            engine = create_engine(url)
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", _prepare_sqlite)
            store = cls(engine)
            store._create_or_check()
        except (SQLAlchemyError, OSError) as error:
            raise StoreError(
                f"the store {url} can't be opened: {_reason(error)}. Name another with --store."
            ) from error
        return store

    def add(self, story: Story, events: Sequence[Event]) -> bool:
        """Take in a story with its events, all or nothing. False when the story is known: then nothing changes.

        Raises StoreError when the store can't be written (disk full, read-only).
        """
        try:
            with self._writing() as connection:
                if connection.scalar(select(schema.stories.c.id).where(schema.stories.c.id == story.id)):
                    return False
                connection.execute(insert(schema.stories), _story_row(story))
                if events:
                    connection.execute(insert(schema.events), [_event_row(record) for record in events])
                    connection.execute(
                        insert(schema.evidence), [row for record in events for row in _evidence_rows(record)]
                    )
                connection.execute(
                    update(schema.facts).where(schema.facts.c.key == "revision").values(value=schema.facts.c.value + 1)
                )
                return True
        except SQLAlchemyError as error:
            if isinstance(error, IntegrityError) and self.has(story.id):  # another writer was quicker with this story
                return False
            raise StoreError(f"story {story.id} can't be stored: {_reason(error)}") from error

    def has(self, story_id: str) -> bool:
        """Whether the story is in the store."""
        with self._engine.connect() as connection:
            return connection.scalar(select(schema.stories.c.id).where(schema.stories.c.id == story_id)) is not None

    def story(self, story_id: str) -> Story | None:
        """The story of this id, None when there is none."""
        with self._engine.connect() as connection:
            record = connection.scalar(select(schema.stories.c.record).where(schema.stories.c.id == story_id))
        return Story.model_validate_json(record) if record else None

    def stories(self) -> list[Story]:
        """All stories, by id."""
        with self._engine.connect() as connection:
            records = connection.scalars(select(schema.stories.c.record).order_by(schema.stories.c.id)).all()
        return [Story.model_validate_json(record) for record in records]

    def extracted_events(self) -> list[Event]:
        """All events as the extractor gave them, one report each, by story and id."""
        with self._engine.connect() as connection:
            records = connection.scalars(
                select(schema.events.c.record).order_by(schema.events.c.story_id, schema.events.c.id)
            ).all()
        return [Event.model_validate_json(record) for record in records]

    def events(self) -> list[Event]:
        """All events, the reports of one happening joined; each has its reports."""
        return link(self.extracted_events(), {story.id: story for story in self.stories()})

    def story_count(self) -> int:
        """How many stories the store holds."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(schema.stories)) or 0

    def revision(self) -> int:
        """A number that grows by one with every story taken in: what was read at the same revision is still true."""
        with self._engine.connect() as connection:
            return connection.scalar(select(schema.facts.c.value).where(schema.facts.c.key == "revision")) or 0

    def close(self) -> None:
        """Give the database's files and connections back."""
        self._engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._engine.connect() as connection, connection.begin():
            yield connection

    def _create_or_check(self) -> None:
        with self._writing() as connection:
            schema.metadata.create_all(connection)
            found = connection.scalar(select(schema.facts.c.value).where(schema.facts.c.key == "schema"))
            if found is None:
                connection.execute(
                    insert(schema.facts), [{"key": "schema", "value": SCHEMA_VERSION}, {"key": "revision", "value": 0}]
                )
            elif found != SCHEMA_VERSION:
                raise StoreError(
                    f"the store {self._engine.url} has schema {found}, this program reads {SCHEMA_VERSION}: "
                    "use the program that wrote it, or name another store with --store"
                )


def _as_url(text: str) -> str:
    if "://" in text:
        return text
    path = Path(text).expanduser()
    path.parent.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{path}"


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers beside one writer, references that hold, and a wait of ten seconds for another writer."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error)


def _story_row(story: Story) -> dict[str, Any]:
    return {"id": story.id, "published": story.published, "source": story.source, "record": story.model_dump_json()}


def _event_row(record: Event) -> dict[str, Any]:
    when, place = record.when, record.place
    return {
        "id": record.id, "story_id": record.story_id, "type": record.type, "status": record.status,
        "start": when.start if when else None, "end": when.end if when else None,
        "lat": place.lat if place else None, "lon": place.lon if place else None,
        "record": record.model_dump_json(),
    }  # fmt: skip


def _evidence_rows(record: Event) -> Iterator[dict[str, Any]]:
    for position, quote in enumerate(record.evidence):
        yield {"event_id": record.id, "position": position, **quote.model_dump()}
