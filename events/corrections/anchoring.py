"""Finding a report again in the story as it is today.

For applying. A person's word holds on to a quoted sentence and the words that gave the type, so it survives another
extractor and another version of the story. What it does not do: it never guesses across sentences that merely resemble.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from events.model import Event, EventPlace, Quote, Span, Story, When

SAME_SENTENCE = 0.6  # share of words in common from which an edited sentence is still the same one; set by hand
_WORD = re.compile(r"\w+")


def find(report: Event, events: Sequence[Event], story: Story) -> Event | None:
    """The event that tells what the report told: in the same sentence by the same trigger, or of the same type.

    >>> story = Story(id="s", text="It shook.")
    >>> quake = Event(id="1", story_id="s", type="DISASTER", family="incident", status="occurred", what="Quake",
    ...     evidence=(Quote(part="text", start=0, end=9, text="It shook."),))
    >>> find(quake, [quake.model_copy(update={"id": "2", "status": "alleged"})], story).id
    '2'
    """
    here = [(quote, _moved(quote, story)) for quote in report.evidence]
    best = max(events, key=lambda event: _hold(report, event, here), default=None)
    return best if best is not None and _hold(report, best, here) > 0 else None


def _hold(report: Event, event: Event, here: Sequence[tuple[Quote, Quote | None]]) -> float:
    """How surely the event is the report's; 0 where it is another. here: the report's quotes, then and now."""
    sentence = max((_same_sentence(*quotes, other) for quotes in here for other in event.evidence), default=0.0)
    if sentence < SAME_SENTENCE:
        return 0.0
    trigger = _trigger(report)
    same_trigger = trigger is not None and trigger == _trigger(event)
    if not same_trigger and report.type != event.type and report.id != event.id:
        return 0.0
    best_quote = here[0][1]
    exact = best_quote is not None and event.evidence[0].start == best_quote.start
    same_span = report.type_evidence is not None and report.type_evidence == event.type_evidence
    return sentence + 4 * same_trigger + 2 * (report.type == event.type) + exact + same_span + (report.id == event.id)


def _same_sentence(old: Quote, now: Quote | None, other: Quote) -> float:
    """Whether a quote is of the old one's sentence: by place where its words still stand, else by its words."""
    if old.part != other.part:
        return 0.0
    if now is not None:
        common = min(now.end, other.end) - max(now.start, other.start)
        return 1.0 if 2 * common > min(now.end - now.start, other.end - other.start) else 0.0
    one, another = set(_WORD.findall(old.text.lower())), set(_WORD.findall(other.text.lower()))
    return len(one & another) / max(1, len(one | another))


def _trigger(event: Event) -> str | None:
    """The words that gave the type, where a quote holds them."""
    span = event.type_evidence
    if span is None:
        return None
    for quote in event.evidence:
        if quote.part == span.part and quote.start <= span.start and span.end <= quote.end:
            return quote.text[span.start - quote.start : span.end - quote.start].lower()
    return None


def reports_again(report: Event, story: Story) -> Event | None:
    """The report as it stands in the story's present text, all its spans moved with its sentences.

    None when its best sentence is gone. Words outside the quoted sentences are no longer pointed to once they moved.
    """
    moved = [(quote, _moved(quote, story)) for quote in report.evidence]
    shifts = [(old, new.start - old.start) for old, new in moved if new is not None]
    if moved[0][1] is None:
        return None
    place = report.place and report.place.model_copy(update={"evidence": _shifted(report.place.evidence, shifts)})
    when = report.when and report.when.model_copy(update={"evidence": _shifted(report.when.evidence, shifts)})
    return report.model_copy(
        update={
            "story_id": story.id,
            "evidence": tuple(new for _, new in moved if new is not None),
            "type_evidence": _shifted(report.type_evidence, shifts),
            "status_evidence": _shifted(report.status_evidence, shifts),
            "place": place,
            "when": when,
        }
    )


def _moved(quote: Quote, story: Story) -> Quote | None:
    """The quote where its words stand today, nearest to where they stood."""
    text = story.part(quote.part)
    if text[quote.start : quote.end] == quote.text:
        return quote
    starts, at = [], text.find(quote.text)
    while at >= 0 and quote.text:
        starts.append(at)
        at = text.find(quote.text, at + len(quote.text))
    if not starts:
        return None
    start = min(starts, key=lambda place: abs(place - quote.start))
    return Quote(part=quote.part, start=start, end=start + len(quote.text), text=quote.text)


def _shifted(span: Span | None, shifts: Sequence[tuple[Quote, int]]) -> Span | None:
    """The span moved with the quote that holds it; as it is where nothing moved, None where it stands in no quote."""
    if span is None or all(shift == 0 for _, shift in shifts):
        return span
    for quote, shift in shifts:
        if quote.part == span.part and quote.start <= span.start and span.end <= quote.end:
            return Span(part=span.part, start=span.start + shift, end=span.end + shift)
    return None


def words_of_place(event: Event, story: Story) -> str:
    """The words of the story that gave the event's place; "" where none did."""
    return _words(event.place, story)


def _words(found: EventPlace | When | None, story: Story) -> str:
    span = found.evidence if found else None
    return story.part(span.part)[span.start : span.end] if span else ""
