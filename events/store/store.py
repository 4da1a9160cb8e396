"""Keeps stories, their events and what people said of them in a database: a file of SQLite, or PostgreSQL on a server.

For the command line and the page. A story and its events go in together or not at all, so a run that is killed and
started again ends in the same state; a story that is known already changes nothing. Which reports form one event on the
map is decided when they come in. What it does not do: it does not extract.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from events.corrections.values import Correction, Recorded
from events.model import Event, StoreError, Story
from events.preparing import Prepared
from events.store import keeping, reading, streaming
from events.store.archive.dataset import is_archive
from events.store.changes import audit, lately, reviewing
from events.store.changes.audit import Act
from events.store.changes.conflicts import refuse_overtaken
from events.store.changes.reviewing import Change
from events.store.columns.bulk_reading import columns_after, columns_of_store
from events.store.columns.columns import EventColumns
from events.store.database.notices import Revisions
from events.store.database.opening import (
    ANOTHER,
    as_url,
    default_url,
    engine_of,
    file_of,
    identity_of,
    reason,
    shown,
    snapshot,
    told,
    writing,
)
from events.store.database.rows import content_of
from events.store.database.schema import happenings, stories
from events.store.database.within import Box
from events.store.grouping.families import family_of
from events.store.migrating.migration import create_or_migrate
from events.store.reading import StoryVersion
from events.store.standing import Standing, known_as, standing_of
from events.store.streaming import ToldStory
from events.store.upkeep import backup, copying
from events.store.words.searched import SearchedStore


class Store(SearchedStore):
    """Stories and events in a database. Use `Store.open`; one Store may serve several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._revisions = Revisions(engine)

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
        if is_archive(url):
            from events.store.archive.archive_store import ArchiveStore  # it is made of this class

            return ArchiveStore(url)
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

    # ------------------------------------------------------------------ stories in

    def copies(self, story_id: str) -> tuple[str, ...]:
        """The stories that are copies of one with this, the first that came first; this alone where there is no other."""
        with self._reading() as connection:
            return family_of(connection, reading.story_id_of(connection, story_id) or story_id)

    def standing(self, story: Story) -> Standing:
        """What `add` would make of a story: "new", another "version" of one, "known", or in "conflict" with one.

        It is a version where the store has other words under its web address; it is in conflict where it has them
        under its id and not under its address.
        """
        with self._reading() as connection:
            return standing_of(connection, story)[0]

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

    # ------------------------------------------------------------------ stories and events out

    def has(self, story_id: str) -> bool:
        """Whether a story was read under this id."""
        with self._reading() as connection:
            return reading.story_id_of(connection, story_id) is not None

    def story(self, story_id: str) -> Story | None:
        """The story as it is today, by any id under which it was read; None when there is none."""
        with self._reading() as connection:
            return reading.story(connection, story_id)

    def story_ids(self) -> list[str]:
        """The ids of all stories, in the order in which they came."""
        with self._reading() as connection:
            return list(connection.scalars(select(stories.c.id).order_by(stories.c.number)))

    def stories(self) -> list[Story]:
        """All stories as they are today, by id."""
        with self._reading() as connection:
            return list(reading.all_stories(connection))

    def told_stories(self, only: Collection[str] | None = None) -> Iterator[ToldStory]:
        """The stories as they are today, by id, a few at a time. only: the ids of those that are wanted, looked at when the
        first is asked for; None for all.
        """
        with self._reading() as connection:
            yield from streaming.told_stories(connection, only)

    def versions(self, story_id: str) -> tuple[StoryVersion, ...]:
        """All versions of a story, the oldest first and the present one last."""
        with self._reading() as connection:
            return reading.versions(connection, story_id)

    def extracted_events(self) -> list[Event]:
        """All events as the extractor gave them, one report each, by story and id."""
        with self._reading() as connection:
            return reading.extracted_events(connection)

    def events(self) -> list[Event]:
        """All events as people corrected them, the reports of one happening joined; each has its reports."""
        with self._reading() as connection:
            return reading.joined_events(connection)

    def columns(self, box: Box | None = None) -> EventColumns:
        """All events as columns of numbers, in order of time: for a filter over a million of them.

        box: only those whose mark stands in it (west, south, east, north; degrees), and those that have none.
        """
        with self._reading() as connection:
            return columns_of_store(connection, box)

    def columns_after(self, revision: int) -> EventColumns | None:
        """The columns of the events that came or changed after a revision; None where that is not known of all."""
        with self._reading() as connection:
            return columns_after(connection, revision)

    def event_count(self) -> int:
        """How many events there are on the map and beside it."""
        with self._reading() as connection:
            return connection.scalar(select(func.count()).select_from(happenings)) or 0

    def event_ids(self) -> list[str]:
        """The ids of all events, in any order."""
        with self._reading() as connection:
            return list(connection.scalars(select(happenings.c.id)))

    def identity(self) -> str:
        """What tells this store from every other, whatever its revision; "" for one in memory."""
        return identity_of(self._engine)

    def events_named(self, ids: Sequence[str]) -> list[Event]:
        """The events of these ids, in any order, each with its reports."""
        with self._reading() as connection:
            return reading.joined_events_named(connection, ids)

    def events_in_order(self, ids: Sequence[str]) -> Iterator[Event]:
        """The events of these ids, in their order, however many they are: they are read as they are taken."""
        with self._reading() as connection:
            yield from streaming.events_in_order(connection, ids)

    def event(self, event_id: str) -> Event | None:
        """The event of this id, or that to which the event of this id was joined."""
        with self._reading() as connection:
            return reading.joined_event(connection, event_id)

    def events_of(self, story_id: str) -> list[Event]:
        """The events of one story as people corrected them, each with its own report alone."""
        with self._reading() as connection:
            return reading.events_of_story(connection, reading.story_id_of(connection, story_id) or story_id)

    def reports_of(self, event_id: str) -> tuple[Event, ...]:
        """The events of single stories that are joined in an event; what a correction speaks of. () for none."""
        with self._reading() as connection:
            return reading.reports_of(connection, event_id)

    def story_count(self) -> int:
        """How many stories the store holds."""
        with self._reading() as connection:
            return connection.scalar(select(func.count()).select_from(stories)) or 0

    def revision(self) -> int:
        """A number that grows by one with every story taken in and every correction; cheap to ask for every second.

        What other programs changed is known some milliseconds later where the store is on a server.
        """
        with told(f"the store {self._engine.url} can't be read"):
            return self._revisions.current()

    def mark(self) -> tuple[int, int]:
        """How far the store has come: the numbers of its newest story and its newest change. Both only grow."""
        with self._reading() as connection:
            return lately.mark(connection)

    def since(self, story: int, change: int) -> set[str]:
        """The ids of the events that were reported or changed after a mark."""
        with self._reading() as connection:
            return lately.since(connection, story, change)

    def corrected_since(self, change: int) -> set[str]:
        """The ids of the events that people corrected after a change, or of which they took a correction back."""
        with self._reading() as connection:
            return lately.corrected_since(connection, change)

    def changed_between(self, first: date, last: date) -> set[str]:
        """The ids of the events of which a report was published, or a correction made, in these days."""
        with self._reading() as connection:
            return lately.between(connection, first, last)

    # ------------------------------------------------------------------ what people say

    def correct(self, correction: Correction, *, seen: int | None = None) -> int:
        """Take down what a person said and apply it. Returns the correction's number.

        seen: the number of the newest change when they looked at what they speak of (the second of `mark`); None: whatever
        stands now. Raises ConflictError where somebody else changed it since, and StoreError for a correction that can't
        hold (an unknown story, a merge of one report, a name that is missing); then nothing is stored.
        """
        with self._writing("the correction can't be stored") as connection:
            if seen is not None:
                refuse_overtaken(connection, correction, seen)
            number = reviewing.take_down(connection, correction)
            keeping.grow_revision(connection)
            return number

    def undo(self, correction_id: int, who: str, why: str = "") -> None:
        """Take a correction back: all stands as if it had not been made, and both stay in the history.

        Raises StoreError where there is none of this number, or it was undone already.
        """
        with self._writing("the correction can't be undone") as connection:
            reviewing.take_back(connection, correction_id, who, why)
            keeping.grow_revision(connection)

    def corrections(self, story_id: str | None = None) -> list[Recorded]:
        """What people said, newest first, undone or not; story_id: of this story alone."""
        with self._reading() as connection:
            known = reading.story_id_of(connection, story_id) or story_id if story_id else None
            return reviewing.recorded(connection, known)

    def rejected(self) -> list[Event]:
        """The events that people rejected; their last review says who and why."""
        with self._reading() as connection:
            return reviewing.rejected(connection)

    def history(self, limit: int | None = None) -> list[Change]:
        """The audit trail, newest first: corrections, undos, new versions, new extractions."""
        with self._reading() as connection:
            return reviewing.trail(connection, limit)

    def acts(self, since: datetime | None = None, limit: int | None = None) -> list[Act]:
        """Who did what and when, the newest first: the history, and the stories that came in. since: UTC."""
        with self._reading() as connection:
            return list(audit.acts(connection, since, limit))

    # ------------------------------------------------------------------ the file

    def backup(self, path: Path) -> None:
        """Copy the store into a new file while others go on reading and writing. Raises StoreError.

        One on a server becomes a file of SQLite.
        """
        own = file_of(self._engine)
        with told(f"the store can't be copied to {path}"):
            copying.copy_into_file(self._engine, path) if own is None else backup.copy_file(own, path)

    def copy_to(self, other: Store, progress: copying.Progress = copying.unheard) -> dict[str, int]:
        """Copy all that the store holds into an empty one, of whatever kind. Returns how many rows, by table.

        Raises StoreError where the other holds anything.
        """
        return copying.copy_rows(self._engine, other._engine, progress)

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
            kept = backup.restore_file(copy, path)
        store = cls.open(path)
        with told("the history can't be written"), writing(store._engine) as connection:
            keeping.note(connection, "restore", audit.operator(), detail=f"from {copy.name}")
            keeping.grow_revision(connection)
        store.close()
        return kept

    def file(self) -> Path:
        """The file that the store is kept in. Raises StoreError for a store that has none."""
        path = file_of(self._engine)
        if path is None:
            raise StoreError(f"the store {self._engine.url} is no file")
        return path

    def close(self) -> None:
        """Give the database's files and connections back."""
        self._revisions.close()
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told(f"the store {self._engine.url} can't be read"), snapshot(self._engine) as connection:
            yield connection

    @contextmanager
    def _writing(self, what: str) -> Iterator[Connection]:
        engine = self._engine
        try:
            with told(what), writing(engine) as connection:
                yield connection
        finally:
            self._revisions.wrote()
