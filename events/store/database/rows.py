"""Values as rows of the tables, and back.

For the rooms of events.store.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy.engine import Row

from events.attribute_sureness import packed
from events.linking.blocks import block_of
from events.linking.likeness import Sketch, sketch_of
from events.model import Event, Report, Story

Values = dict[str, Any]


def now() -> str:
    """The present moment as the tables have it."""
    return moment_of(datetime.now(UTC))


def moment_of(at: datetime) -> str:
    """A moment as the tables have it: in UTC, to the second, in order as text.

    >>> moment_of(datetime.fromisoformat("2025-03-01T10:30:00+01:00"))
    '2025-03-01T09:30:00Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def content_of(story: Story) -> str:
    """A hash of what a story says, whatever is known of it besides."""
    words = json.dumps([story.title, story.text])
    return hashlib.sha256(words.encode("ascii")).hexdigest()[:20]


def story_values(story: Story) -> Values:
    """The row of a story but its number and version."""
    return {
        "id": story.id, "url": story.url, "title": story.title, "published": story.published,
        "source": story.source, "record": story.model_dump_json(),
    }  # fmt: skip


class Name(NamedTuple):
    """The id of the event on the map that a report founds or would found, and how early it came up."""

    born: str
    seniority: int


def event_values(event: Event, story: Story, position: int, name: Name, *, rejected: bool) -> Values:
    """The row of a story's event; it is of no happening yet."""
    sketch = sketch_of(event)
    return {
        "id": event.id, "story_id": story.id, "position": position, **name._asdict(), "happening": None,
        "rejected": rejected, "type": sketch.type, "start": sketch.start, "end": sketch.end, "lat": sketch.lat,
        "lon": sketch.lon, "radius_km": sketch.radius_km, "place_id": sketch.place_id, "source": story.source,
        "block": block_of(sketch),
    }  # fmt: skip


def happening_values(happening: str, event: Event, speaker: Event, tellers: Sequence[Report]) -> Values:
    """The columns of an event on the map. event: the joined one; speaker: the report that speaks for it."""
    place, when = event.place, event.when
    first = min((report.published for report in tellers if report.published), default=None)
    return {
        "id": happening, "speaker": speaker.id, "reports": len(tellers), "type": event.type, "family": event.family,
        "status": event.status, "start": when.start.toordinal() if when else None,
        "end": when.end.toordinal() if when else None,
        "lat": place.lat if place else None, "lon": place.lon if place else None,
        "precision": place.precision if place else None, "radius_km": place.radius_km if place else None,
        "country": place.country if place else None, "place_id": place.place_id if place else None,
        "place_name": place.name if place else None, "place_confidence": place.confidence if place else None,
        "confidence": event.confidence, "published": first.toordinal() if first else None,
        "source": next((report.source for report in tellers if report.story_id == speaker.story_id), None),
        "reviewed": bool(event.reviews), "what": event.what, "record": None if event == speaker else event.model_dump_json(),
        "attributes": packed(event),
    }  # fmt: skip


def sketch_from(row: Row[Any]) -> Sketch:
    """The sketch in a row of `events`."""
    return Sketch(row.story_id, row.type, row.start, row.end, row.lat, row.lon, row.radius_km, row.place_id)


def report_from(row: Any) -> Report:
    """The report in a row of `stories` (id as story_id, title, source, url, published)."""
    return Report(
        story_id=row.story_id, title=row.title, source=row.source, url=row.url, published=row.published
    )  # fmt: skip


def first_published(report: Report) -> tuple[date, str]:
    """The order in which the reports of an event are named."""
    return report.published or date.max, report.story_id
