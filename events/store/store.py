"""Keeps stories, their events and what people said of them in a database: a file of SQLite, or PostgreSQL on a server.

For the command line and the page. A story and its events go in together or not at all, so a run that is killed and
started again ends in the same state; a story that is known already changes nothing. Which reports form one event on the
map is decided when they come in. What it does not do: it does not extract.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from events.model import Event, StoreError, Story
from events.preparing import Prepared
from events.store import keeping
from events.store.changes import audit
from events.store.changes.reviewed import ReviewedStore
from events.store.database.opening import (
    ANOTHER,
    as_url,
    default_url,
    engine_of,
    file_of,
    reason,
    shown,
    told,
    writing,
)
from events.store.database.rows import content_of
from events.store.migrating.migration import create_or_migrate
from events.store.standing import known_as, standing_of
from events.store.upkeep.backup import restore_file
from events.store.upkeep.copied import CopiedStore
from events.store.words.searched import SearchedStore

_OTHER_KINDS: list[Callable[[str], Store | None]] = []


class Store(SearchedStore, ReviewedStore, CopiedStore):
    """Stories and events in a database. Use `Store.open`; one Store may serve several threads.

    What it gives stands in `events.store.read_store` and, where words are sought, in `events.store.words.searched`; what people
    say of it in `events.store.changes.reviewed`; here, how it is opened and how stories come in.
    """

    @classmethod
    def open(cls, url_or_path: str | Path | None = None, *, migrate: bool = False) -> Store:
        """Open the store, making it when it is not there, and bringing one of an older schema up to date.

        url_or_path: a file path, an SQLAlchemy URL ("sqlite:///news.sqlite"), or the folder of a dataset, which is only
        read; None: `default_url()`. Before a store is brought up to date, a copy of its file is kept beside it; one on a
        server is brought up to date only where `migrate` says so.
        Raises StoreError when it can't be opened or is of a newer version.

        >>> Store.open("sqlite://").story_count()
        0
        """
        url = str(url_or_path or default_url())
        for kind in _OTHER_KINDS:
            if (found := kind(url)) is not None:
                return found
        try:
            url = as_url(url)
            engine = engine_of(url)
            try:
                create_or_migrate(engine, allowed=migrate)
            except BaseException:
                engine.dispose()
                raise
        except (SQLAlchemyError, OSError) as error:
            raise StoreError(f"the store {shown(url)} can't be opened: {reason(error)}. {ANOTHER}") from error
        return cls(engine)

    @classmethod
    def restore(cls, copy: Path, url_or_path: str | Path | None = None) -> Path | None:
        """Put a copy in a store's place; its history says so. Returns where the store that was there is kept.

        Raises StoreError where the copy is no sound store, or the store is no file.
        """
        engine = engine_of(as_url(str(url_or_path or default_url())))
        path = file_of(engine)
        if path is None:
            raise StoreError(
                f"the store {engine.url} is no file: make an empty database, and python -m events copy {copy} URL"
            )
        with told(f"{copy} can't be restored"):
            kept = restore_file(copy, path)
        store = cls.open(path)
        with told("the history can't be written"), writing(store._engine) as connection:
            keeping.note(connection, "restore", audit.operator(), detail=f"from {copy.name}")
            keeping.grow_revision(connection)
        store.close()
        return kept

    # ------------------------------------------------------------------ stories in

    def add(
        self,
        story: Story,
        events: Sequence[Event],
        *,
        who: str = audit.UNNAMED,
        way: str = "",
        made: Prepared | None = None,
    ) -> bool:
        """Take in a story with its events, all or nothing. False when it is known or in conflict: nothing changes.

        who, way: who brings it and how ("page", "ingest", ...), for the audit trail. made: of the same story and events.

        A story whose address is known and whose words are other becomes the new version of that story.
        Raises StoreError when the store can't be written (disk full, read-only).
        """
        with self._writing(f"story {story.id} can't be stored") as connection:
            standing, known = standing_of(connection, story)
            if standing == "new":
                keeping.insert_story(connection, story, events, made)
                audit.note_intake(connection, story.id, who, way)
            elif standing == "version" and known is not None:
                keeping.replace_story(connection, known, story, events, who=who)
            else:
                return False
            keeping.grow_revision(connection)
            return True

    def replace_events(self, story: Story, events: Sequence[Event], who: str = "dateline") -> bool:
        """Put other events in place of a known story's: a newer extractor's, or those of a new version of its text.

        False where they are what the store has: nothing changes.

        story: under any id by which it was read; where its words are other than the store's, they become its new
        version. What people said of it is applied anew. Raises StoreError where the store does not have the story.
        """
        with self._writing(f"story {story.id} can't be stored") as connection:
            known = known_as(connection, story.id)
            if known is None:
                raise StoreError(f"the store does not have story {story.id}")
            kept, found = keeping.under_id(known.id, story, events)
            if content_of(story) == content_of(Story.model_validate_json(known.record)):
                if not keeping.replace_extracted(connection, kept, found, who):
                    return False
            else:
                keeping.replace_story(connection, known, story, events, who)
            keeping.grow_revision(connection)
            return True


def opens_too(kind: Callable[[str], Store | None]) -> Callable[[str], Store | None]:
    """Have `Store.open` ask first whether an address is of a kind of store that is no database; None: it is not."""
    _OTHER_KINDS.append(kind)
    return kind
