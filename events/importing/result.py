"""What an import gives: stories with their events, and what was wrong.

For the readers of this room and the command.
"""

from __future__ import annotations

from dataclasses import dataclass

from events.model import Event, Story
from events.reading.result import Problem


@dataclass(frozen=True, slots=True)
class Record:
    """A story with the events that it brings; `note` says what of the source's row could not be kept, "" for nothing."""

    story: Story
    events: tuple[Event, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file held, as what it was read ("ACLED", "Dateline's JSON Lines"), and what could not be read as it stands.

    `own`: the events are Dateline's, and of their stories no more is known than they quote.
    """

    kind: str
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    own: bool = False

    @property
    def events(self) -> tuple[Event, ...]:
        """All events, in order."""
        return tuple(event for record in self.records for event in record.events)


class RowError(ValueError):
    """A row that is no event; the message says why."""
