"""The stories behind events that come without them: of each, the words that its events quote, where they stood.

Offsets hold: in a text of which only the quotes are known, each stands at its place, with blanks between. So evidence
shows as ever, and a later import of the whole story is seen to be another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from events.importing.result import Record, RowError
from events.model import Event, Part, Report, Span, Story
from events.reading.limits import MOST_CHARACTERS

UNKNOWN = " "


def records_of(events: Iterable[Event]) -> tuple[Record, ...]:
    """The events with their stories, in the order of their first. Raises RowError as `story_of` does."""
    by_story: dict[str, list[Event]] = {}
    for event in events:
        by_story.setdefault(event.story_id, []).append(event)
    return tuple(Record(story_of(members), tuple(members)) for members in by_story.values())


def story_of(events: Sequence[Event]) -> Story:
    """The story of events of one story, as far as they quote it.

    Raises RowError for words that lie further out than any story reaches.
    """
    report = _report(events)
    title, text = _part(events, "title", report.title), _part(events, "text", "")
    return Story(
        id=report.story_id, title=title, text=text or title or UNKNOWN, published=report.published,
        published_basis="metadata" if report.published else None,
        published_reasons=("imported with its events; only what they quote is known of its text",),
        url=report.url, source=report.source,
    )  # fmt: skip


def _report(events: Sequence[Event]) -> Report:
    """What the events say of their own story."""
    own = (report for event in events for report in event.reports if report.story_id == event.story_id)
    return next(own, Report(story_id=events[0].story_id))


def _part(events: Sequence[Event], part: Part, known: str) -> str:
    """The text of a part: what is known of it, and every quote and every date's words at their offsets."""
    pieces: list[tuple[Span, str]] = [
        (quote, quote.text) for event in events for quote in event.evidence if quote.part == part
    ]
    pieces += [
        (event.when.evidence, event.when.text)
        for event in events
        if event.when and event.when.evidence and event.when.evidence.part == part
    ]
    length = max((span.end for event in events for span in _spans(event) if span.part == part), default=0)
    if length > MOST_CHARACTERS:
        raise RowError(f"points to character {length:,} of its story; one is read up to {MOST_CHARACTERS:,}")
    letters = list(known.ljust(length, UNKNOWN))
    for span, words in pieces:
        if len(words) == span.end - span.start:
            letters[span.start : span.end] = words
    return "".join(letters)


def _spans(event: Event) -> Iterable[Span]:
    yield from event.evidence
    own = (
        event.type_evidence, event.status_evidence, event.place.evidence if event.place else None,
        event.when.evidence if event.when else None,
    )  # fmt: skip
    yield from (span for span in own if span)
