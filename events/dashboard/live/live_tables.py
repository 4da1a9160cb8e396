"""The tables of events that sessions look at, each kept as long as somebody may and memory allows; and what is new to them.

For events.dashboard.live.live. All sessions share them. Who looks at one that was let go sees the newest at their next click.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from events.look import wording
from events.store import Store
from events.view import EventTable
from events.view.filtering import Mark

SECONDS = 2.0  # for which a revision that was looked up is believed
MOST_TABLES = 20
MOST_EVENTS = 1_000_000  # in all tables but the newest
MOST_COUNTED = 2_000  # stories whose events are counted; of more the stories are


@dataclass(frozen=True, slots=True)
class Held:
    """What a session looks at: the store's revision and how far it had come, when the table was read."""

    revision: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class News:
    """What came in since. stories: how many, where they are too many for their events to be counted; else 0."""

    new: int = 0
    changed: int = 0
    stories: int = 0

    def said(self) -> str:
        """It in words.

        >>> News(7).said(), News(1, 2).said(), News(0, 1).said(), News(stories=9000).said(), News().said()
        ('7 new events', '1 new event, 2 changed', '1 changed event', '9,000 new stories', '')
        """
        if self.stories:
            return wording.plural(self.stories, "new story", "new stories")
        if not self.new:
            return wording.plural(self.changed, "changed event") if self.changed else ""
        return wording.plural(self.new, "new event") + (f", {self.changed:,} changed" if self.changed else "")


class LiveTables:
    """Tables by revision, the latest used last."""

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        """ticks: seconds that only grow."""
        self._ticks = ticks
        self._lock = Lock()
        self._tables: OrderedDict[Held, EventTable] = OrderedDict()
        self._news: OrderedDict[tuple[Held, int], News] = OrderedDict()
        self._looked: tuple[float, int] | None = None

    def kept(self, held: Held) -> EventTable | None:
        """The table that a session looks at; None where it was let go."""
        with self._lock:
            if held in self._tables:
                self._tables.move_to_end(held)
            return self._tables.get(held)

    def newest(self, store: Store, load: Callable[[], EventTable]) -> tuple[Held, EventTable]:
        """The table of the store as it is now. Raises StoreError."""
        held = Held(store.revision(), Mark(*store.mark()))  # before it is read: what comes between is new
        table = load()
        with self._lock:
            self._looked = None
            self._tables[held] = table
            self._tables.move_to_end(held)
            self._let_go()
        return held, table

    def news(self, store: Store, held: Held) -> News:
        """What came in since a table was read. Raises StoreError."""
        with self._lock:  # who comes second finds the answer
            revision = self._revision(store)
            table = self._tables.get(held)
            if revision == held.revision or table is None:
                return News()
            key = (held, revision)
            if key not in self._news:
                self._news[key] = _counted(store, held.mark, table)
            while len(self._news) > 2 * MOST_TABLES:
                self._news.popitem(last=False)
            return self._news[key]

    def _revision(self, store: Store) -> int:
        now = self._ticks()
        if self._looked is None or not 0 <= now - self._looked[0] < SECONDS:
            self._looked = (now, store.revision())
        return self._looked[1]

    def _let_go(self) -> None:
        """Drop what was not used for longest, beyond what may be kept beside the newest."""
        while len(self._tables) > 1:
            beside = sum(len(table) for table in list(self._tables.values())[:-1])
            if len(self._tables) <= MOST_TABLES and beside <= MOST_EVENTS:
                return
            self._tables.popitem(last=False)


def _counted(store: Store, mark: Mark, table: EventTable) -> News:
    stories = store.mark()[0] - mark.story
    if stories > MOST_COUNTED:
        return News(stories=stories)
    ids = store.since(mark.story, mark.change)
    changed = sum(table.row_of(event_id) is not None for event_id in ids)
    return News(len(ids) - changed, changed)
