"""Quoted words as safe HTML, with the words that gave an event its place, date, type and status marked.

For the open event and for reading a story. Text goes in as text and comes out escaped; class names are our own.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import pairwise
from typing import Literal
from urllib.parse import urlsplit

from events.model import Event, Part, Span, Story

Attribute = Literal["place", "date", "type", "status", "actor", "quote"]


def spans_of(event: Event) -> dict[Attribute, Span]:
    """The words that gave each attribute, as far as words did."""
    found: dict[Attribute, Span | None] = {
        "place": event.place.evidence if event.place else None,
        "date": event.when.evidence if event.when else None,
        "type": event.type_evidence,
        "status": event.status_evidence,
    }
    return {attribute: span for attribute, span in found.items() if span and span.end > span.start}


def actor_spans(event: Event, story: Story) -> list[Span]:
    """Where the event's sentences name those who take part: by the whole name, else by its last word.

    >>> from events.model import Actor, Quote
    >>> story = Story(id="s", text="Minister Ada Byron resigned.")
    >>> event = Event(id="1", story_id="s", type="RETREAT", family="material cooperation", status="occurred",
    ...     what="Byron resigns", actors=(Actor(name="A. Byron", role="actor"),),
    ...     evidence=(Quote(part="text", start=0, end=28, text=story.text),))
    >>> [(span.start, span.end) for span in actor_spans(event, story)]
    [(13, 18)]
    """
    found = []
    for actor in event.actors:
        for words in dict.fromkeys((actor.name, actor.name.split()[-1] if actor.name.split() else "")):
            spans = [span for quote in event.evidence if words and (span := _named(words, quote, story))]
            if spans:
                found += spans
                break
    return found


def words_of(event: Event, story: Story | None) -> dict[Attribute, str]:
    """The words themselves: from the quotes where they stand in one, else from the story."""
    return {a: words for a, span in spans_of(event).items() if (words := _words(span, event, story))}


def marked(text: str, part: Part, offset: int, spans: Iterable[tuple[Attribute, Span]]) -> str:
    """Text as HTML in which the spans that fall into it are marked; spans may overlap.

    offset: where in the part of the story the text begins.

    >>> marked("Shells hit <Odesa>.", "text", 10, [("place", Span(part="text", start=22, end=27))])
    'Shells hit &lt;<mark class="place">Odesa</mark>&gt;.'
    """
    inside = [
        (attribute, max(0, span.start - offset), min(len(text), span.end - offset))
        for attribute, span in spans
        if span.part == part and span.start < offset + len(text) and span.end > offset
    ]
    cuts = sorted({0, len(text), *(cut for _, start, end in inside for cut in (start, end))})
    return "".join(
        _piece(text[a:b], [n for n, start, end in inside if start <= a and b <= end]) for a, b in pairwise(cuts)
    )


def link(label: str, url: str | None) -> str:
    """A link that opens beside the page, or the bare label where the address is not one of the web.

    >>> link("Wire", "javascript:alert(1)"), link("Wire", "https://example.org/?a=1&b=2")
    ('Wire', '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">Wire</a>')
    """
    if not url or not is_web_address(url):
        return escape(label)
    return f'<a href="{escape(url, quote=True)}" target="_blank" rel="noopener noreferrer">{escape(label)}</a>'


def is_web_address(url: str) -> bool:
    """Whether a link may lead there: http or https, with a host."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _named(words: str, quote: Span, story: Story) -> Span | None:
    """Where a quote has these words, not as a part of longer ones."""
    text = story.part(quote.part)
    start = text.find(words, quote.start, quote.end)
    while start >= 0:
        end = start + len(words)
        beside = text[max(0, start - 1) : start] + text[end : end + 1]
        if not any(letter.isalnum() for letter in beside):
            return Span(part=quote.part, start=start, end=end)
        start = text.find(words, end, quote.end)
    return None


def _words(span: Span, event: Event, story: Story | None) -> str:
    for quote in event.evidence:
        if quote.part == span.part and quote.start <= span.start and span.end <= quote.end:
            return quote.text[span.start - quote.start : span.end - quote.start]
    return story.part(span.part)[span.start : span.end] if story else ""


def _piece(text: str, attributes: list[Attribute]) -> str:
    if not attributes:
        return escape(text)
    return f'<mark class="{" ".join(dict.fromkeys(attributes))}">{escape(text)}</mark>'
