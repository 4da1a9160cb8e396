"""What a store gives: its stories, their versions and copies, and the events on the map, single, in order or as columns.

For the store, which is made of this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import func, select

from events.model import Event, Story
from events.store import reading, streaming
from events.store.columns.bulk_reading import columns_after, columns_of_store
from events.store.columns.columns import EventColumns
from events.store.database.connected import ConnectedStore
from events.store.database.schema import happenings, stories
from events.store.database.within import Box
from events.store.grouping.families import family_of
from events.store.reading import StoryVersion
from events.store.standing import Standing, standing_of
from events.store.streaming import ToldStory


class ReadStore(ConnectedStore):
    """A store whose stories and events are read."""

    # ------------------------------------------------------------------ stories

    def has(self, story_id: str) -> bool:
        """Whether a story was read under this id."""
        with self._reading() as connection:
            return reading.story_id_of(connection, story_id) is not None

    def standing(self, story: Story) -> Standing:
        """What `add` would make of a story: "new", another "version" of one, "known", or in "conflict" with one.

        It is a version where the store has other words under its web address; it is in conflict where it has them
        under its id and not under its address.
        """
        with self._reading() as connection:
            return standing_of(connection, story)[0]

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

    def story_count(self) -> int:
        """How many stories the store holds."""
        with self._reading() as connection:
            return connection.scalar(select(func.count()).select_from(stories)) or 0

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

    def copies(self, story_id: str) -> tuple[str, ...]:
        """The stories that are copies of one with this, the first that came first; this alone where there is no other."""
        with self._reading() as connection:
            return family_of(connection, reading.story_id_of(connection, story_id) or story_id)

    # ------------------------------------------------------------------ events

    def events(self) -> list[Event]:
        """All events as people corrected them, the reports of one happening joined; each has its reports."""
        with self._reading() as connection:
            return reading.joined_events(connection)

    def event(self, event_id: str) -> Event | None:
        """The event of this id, or that to which the event of this id was joined."""
        with self._reading() as connection:
            return reading.joined_event(connection, event_id)

    def events_named(self, ids: Sequence[str]) -> list[Event]:
        """The events of these ids, in any order, each with its reports."""
        with self._reading() as connection:
            return reading.joined_events_named(connection, ids)

    def events_in_order(self, ids: Sequence[str]) -> Iterator[Event]:
        """The events of these ids, in their order, however many they are: they are read as they are taken."""
        with self._reading() as connection:
            yield from streaming.events_in_order(connection, ids)

    def event_count(self) -> int:
        """How many events there are on the map and beside it."""
        with self._reading() as connection:
            return connection.scalar(select(func.count()).select_from(happenings)) or 0

    def event_ids(self) -> list[str]:
        """The ids of all events, in any order."""
        with self._reading() as connection:
            return list(connection.scalars(select(happenings.c.id)))

    def events_of(self, story_id: str) -> list[Event]:
        """The events of one story as people corrected them, each with its own report alone."""
        with self._reading() as connection:
            return reading.events_of_story(connection, reading.story_id_of(connection, story_id) or story_id)

    def reports_of(self, event_id: str) -> tuple[Event, ...]:
        """The events of single stories that are joined in an event; what a correction speaks of. () for none."""
        with self._reading() as connection:
            return reading.reports_of(connection, event_id)

    def extracted_events(self) -> list[Event]:
        """All events as the extractor gave them, one report each, by story and id."""
        with self._reading() as connection:
            return reading.extracted_events(connection)

    # ------------------------------------------------------------------ events as numbers

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
