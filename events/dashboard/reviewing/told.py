"""The events that a story tells of: as this story has them, and as they stand on the map with all their reports.

For the story view. The words that are marked in a text are the story's own; what is corrected is the event on the map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.model import Event, Story
from events.store import Store


@dataclass(frozen=True, slots=True)
class Told:
    """An event of a story. `number` counts the story's events from 1; `own` is the story's report, `event` the joined one."""

    number: int
    own: Event
    event: Event


def told_in(story: Story, store: Store) -> list[Told]:
    """The events of a story in the order in which the text tells them."""
    found = [(own, store.event(own.id)) for own in store.events_of(story.id)]
    ordered = sorted(found, key=lambda pair: where_told(pair[0]))
    return [Told(number, own, event or own) for number, (own, event) in enumerate(ordered, 1)]


def where_told(event: Event) -> tuple[bool, int, str]:
    """Where a story first tells of an event: its title comes before its text."""
    span = event.type_evidence or event.evidence[0]
    return span.part == "text", span.start, event.id


def opened_among(told: Sequence[Told], event_id: str | None) -> Told | None:
    """The story's event that is on the map under this id; else its first one; None for a story that tells of none."""
    return next((one for one in told if event_id in {one.event.id, one.own.id}), told[0] if told else None)
