"""Reviewed stories as gold, in the form that the scorers read, so that anyone can measure an extractor on their own news.

For the command line. A story is gold when a person has looked at every event of it: what is left out of gold counts
against an extractor that finds it. What a person accepted, mended or added is a gold event; what they rejected is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from events.extraction.sentences import split
from events.model import Event, EventPlace, Story

HEADLINE = -1  # the number of the headline's sentence
LEAST_COMMON = 5  # characters that a quote must share with a sentence, as in the scorer
LEAST_KM = 25.0  # how far from the place a point may lie and be right; wider places allow their own radius
_LOOKED_AT = frozenset({"accept", "add", "place", "when", "type", "status", "label", "actors"})


def is_gold(events: Sequence[Event]) -> bool:
    """Whether a person has looked at every one of a story's events (after corrections)."""
    return all(any(review.kind in _LOOKED_AT for review in event.reviews) for event in events)


def gold_story(story: Story, events: Sequence[Event]) -> dict[str, Any]:
    """A line of gold: the story, its sentences' offsets, and its events as people left them.

    Every event is core: people review what matters to them. Those without a place are left out, for the scorer has no
    right answer for them.

    >>> gold_story(Story(id="s", title="Calm", text="It rained. It stopped."), [])["sentences"]
    [[0, 10], [11, 22]]
    """
    sentences = [[s.start, s.end] for s in split(story) if s.part == "text"]
    return {
        "id": story.id,
        "title": story.title,
        "published": story.published.isoformat() if story.published else None,
        "text": story.text,
        "sentences": sentences,
        "events": [_gold_event(event, event.place, sentences) for event in events if event.place],
    }


def _gold_event(event: Event, place: EventPlace, sentences: Sequence[Sequence[int]]) -> dict[str, Any]:
    when = event.when
    point = {"name": place.name, "lat": place.lat, "lon": place.lon, "precision": place.precision}
    return {
        "what": event.what,
        "core": True,
        "types": [event.type],
        "places": [point],
        "km": max(LEAST_KM, place.radius_km),
        "start": when.start.isoformat() if when else None,
        "end": when.end.isoformat() if when else None,
        "status": [event.status],
        "evidence": _sentences_of(event, sentences),
    }


def _sentences_of(event: Event, sentences: Sequence[Sequence[int]]) -> list[int]:
    found = {HEADLINE for quote in event.evidence if quote.part == "title"}
    for quote in event.evidence:
        if quote.part == "text":
            common = (min(quote.end, end) - max(quote.start, start) for start, end in sentences)
            found |= {number for number, length in enumerate(common) if length > LEAST_COMMON}
    return sorted(found)
