"""An event that the extractor missed, made of a span of text that a person marked; and a place that a person chose.

For the review screen.
"""

from __future__ import annotations

import hashlib
import json

from events.extraction.sentences import split
from events.model import Actor, Event, EventPlace, Part, Quote, Report, Span, Status, Story, When
from events.ontology import family_of

_ADDED = "added-"


def missed_event(
    story: Story, part: Part, start: int, end: int, *,
    type: str, status: Status, what: str,  # the field's own name
    place: EventPlace | None = None, when: When | None = None, actors: tuple[Actor, ...] = (),
) -> Event:  # fmt: skip
    """The event that the words from start to end of the title or the text tell of; for `AddEvent`.

    Its quote is the sentence (or sentences) that the marked words stand in; the marked words are its trigger.
    Raises ValueError where the span holds no words of the story, KeyError for a name that is no type.

    >>> story = Story(id="s", text="It rained. A bridge fell in Porto. Nobody was hurt.")
    >>> event = missed_event(story, "text", 20, 24, type="ACCIDENT", status="occurred", what="Bridge falls in Porto")
    >>> event.evidence[0].text, event.confidence
    ('A bridge fell in Porto.', 1.0)
    """
    words = story.part(part)[start:end]
    if not 0 <= start < end <= len(story.part(part)) or not words.strip():
        raise ValueError(f"the span from {start} to {end} holds no words of the story's {part}")
    quote = _sentences_around(story, part, start, end)
    content = json.dumps([story.id, part, quote.text, start - quote.start, words, type, what])
    return Event(
        id=_ADDED + hashlib.sha256(content.encode()).hexdigest()[:14],
        story_id=story.id, type=type, family=family_of(type), status=status, what=what, actors=actors,
        place=place, when=when, type_evidence=Span(part=part, start=start, end=end), evidence=(quote,),
        reports=(
            Report(story_id=story.id, title=story.title, source=story.source, url=story.url, published=story.published),
        ),
    )  # fmt: skip


def is_added(event: Event) -> bool:
    """Whether a person made the event: then it lives and ends with the correction that added it."""
    return event.id.startswith(_ADDED)


def _sentences_around(story: Story, part: Part, start: int, end: int) -> Quote:
    touched = [s for s in split(story) if s.part == part and s.start < end and start < s.end]
    first = min((s.start for s in touched), default=start)
    last = max((s.end for s in touched), default=end)
    return Quote(part=part, start=first, end=last, text=story.part(part)[first:last])
