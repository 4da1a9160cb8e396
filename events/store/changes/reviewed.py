"""What changes in a store: what people say of its events and take back, who did what, and what is new since a mark.

For the store, which is made of this.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from events.corrections.values import Correction, Recorded
from events.model import Event
from events.store import keeping, reading
from events.store.changes import audit, lately, reviewing
from events.store.changes.audit import Act
from events.store.changes.conflicts import refuse_overtaken
from events.store.changes.reviewing import Change
from events.store.database.connected import ConnectedStore


class ReviewedStore(ConnectedStore):
    """A store that people correct."""

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

    def changed_between(self, first: date, last: date, among: Collection[str] | None = None) -> set[str]:
        """The ids of the events of which a report was published, or a correction made, in these days.

        among: of these alone it is asked whether a report of them was published then.
        """
        with self._reading() as connection:
            return lately.between(connection, first, last, among)
