"""A story's text with the words marked that gave its events what they have, as a component that a reader works on.

For the story view. The text crosses as JSON and is written with textContent, never as HTML. Each marked word leads to
its event; words that somebody selects come back as a span of the story.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import streamlit as st

from events.dashboard.listing.cards import FACT
from events.dashboard.listing.evidence import actor_spans, spans_of
from events.dashboard.reviewing.reasons import ROLE_NAMES, Role, reason_of
from events.dashboard.reviewing.told import Told
from events.look.marks import mark_uri
from events.look.theme import Theme
from events.model import Part, Span, Story

SCRIPT = Path(__file__).with_name("marked_story.js")
LONGEST_MARKED = 400  # letters of a selection that may tell of one event


@dataclass(frozen=True, slots=True)
class Click:
    """What a reader did in the text: opened an event, or selected words that tell of one that was missed."""

    event_id: str | None = None
    words: Span | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    """A marked span: what it gave, to which of the story's events."""

    role: Role
    told: Told
    span: Span


def marked_story(
    story: Story, told: Sequence[Told], opened: Told | None, theme: Theme, *, key: str, may_add: bool
) -> Click:
    """Write the text. opened: the event whose words stand out; may_add: whether selected words can be made an event.

    Returns what the reader did since the last run.
    """
    given = {
        "paragraphs": paragraphs_of(story, told, opened),
        "badges": {one.event.id: _badge(one, theme) for one in told},
        "opened": opened.event.id if opened else None,
        "roles": ROLE_NAMES,
        "mayAdd": may_add,
    }
    answer = _component()(key=key, data=given, on_opened_change=_nothing, on_words_change=_nothing)
    return Click(_event_id(answer.opened, told), span_from(answer.words, story))


def paragraphs_of(story: Story, told: Sequence[Told], opened: Told | None) -> list[dict[str, Any]]:
    """The title and the paragraphs, each cut into pieces where a mark begins or ends."""
    marks = list(_marks(story, told))
    blocks: list[tuple[Part, int, str, str]] = [("title", 0, story.title, "title")] if story.title else []
    blocks += [("text", start, text, kind) for start, text, kind in paragraphs(story)]
    return [
        {"kind": kind, "part": part, "pieces": list(_pieces(text, part, start, marks, told, opened))}
        for part, start, text, kind in blocks
    ]


def paragraphs(story: Story) -> Iterator[tuple[int, str, str]]:
    r"""(offset, text, "caption" or "prose") of each paragraph; paragraphs are parted by blank lines.

    >>> list(paragraphs(Story(id="1", text="Quake.\n\nIt shook.", captions=((0, 6),))))
    [(0, 'Quake.', 'caption'), (8, 'It shook.', 'prose')]
    """
    captions = {start for start, _ in story.captions}
    start = 0
    for text in story.text.split("\n\n"):
        if text.strip():
            yield start, text, "caption" if start in captions else "prose"
        start += len(text) + 2


def span_from(given: Any, story: Story) -> Span | None:
    """The words that a browser says were selected; None for what is no span of this story. It may say anything."""
    if not isinstance(given, dict):
        return None
    part, start, end = given.get("part"), given.get("start"), given.get("end")
    if part not in {"title", "text"} or not isinstance(start, int) or not isinstance(end, int):
        return None
    text = story.part(part)
    if not 0 <= start < end <= len(text) or end - start > LONGEST_MARKED:
        return None
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(part=part, start=start, end=start + len(words.strip())) if words.strip() else None


def _marks(story: Story, told: Sequence[Told]) -> Iterator[_Mark]:
    for one in told:
        for role, span in spans_of(one.own).items():
            if role != "quote":
                yield _Mark(role, one, span)
        for span in actor_spans(one.own, story):
            yield _Mark("actor", one, span)


def _pieces(
    text: str, part: Part, offset: int, marks: Sequence[_Mark], told: Sequence[Told], opened: Told | None
) -> Iterator[dict[str, Any]]:
    """The pieces of a text that begins at an offset of its part."""
    end = offset + len(text)
    here = [mark for mark in marks if mark.span.part == part and mark.span.start < end and mark.span.end > offset]
    quotes = [q for q in (opened.own.evidence if opened else ()) if q.part == part and q.start < end and q.end > offset]
    bounds = [bound for mark in here for bound in (mark.span.start, mark.span.end)]
    bounds += [bound for quote in quotes for bound in (quote.start, quote.end)]
    heads = {(one.own.type_evidence or one.own.evidence[0]).start: [] for one in told}  # type: dict[int, list[str]]
    for one in told:
        head = one.own.type_evidence or one.own.evidence[0]
        if head.part == part and offset <= head.start < end:
            heads[head.start].append(one.event.id)
            bounds.append(head.start)
    cuts = sorted({offset, end, *(bound for bound in bounds if offset < bound < end)})
    for start, stop in pairwise(cuts):
        over = [mark for mark in here if mark.span.start <= start and stop <= mark.span.end]
        quoted = any(quote.start <= start and stop <= quote.end for quote in quotes)
        yield {
            "text": text[start - offset : stop - offset], "start": start, "quoted": quoted,
            "heads": heads.get(start, []), **_looks(over, opened),
        }  # fmt: skip


def _looks(over: Sequence[_Mark], opened: Told | None) -> dict[str, Any]:
    """What a piece is marked as: for the open event where it has a part in it, else for the first that has."""
    own = [mark for mark in over if opened is not None and mark.told.event.id == opened.event.id]
    speaking = own or over[:1]
    return {
        "roles": list(dict.fromkeys(mark.role for mark in speaking)),
        "on": bool(own),
        "event": speaking[0].told.event.id if speaking else None,
        "tip": "\n".join(_tip(mark) for mark in speaking),
    }


def _tip(mark: _Mark) -> str:
    event = mark.told.event
    return f"{ROLE_NAMES[mark.role]} of event {mark.told.number}, {event.what}: {reason_of(mark.role, event)}"


def _badge(one: Told, theme: Theme) -> dict[str, Any]:
    event, colour = one.event, theme.families[one.event.family]
    filled = event.status in FACT
    return {
        "number": str(one.number), "label": f"Event {one.number}: {event.what}", "filled": filled,
        "picture": mark_uri(event.status, colour, theme), "ink": theme.numerals[colour] if filled else theme.ink,
    }  # fmt: skip


def _event_id(given: Any, told: Sequence[Told]) -> str | None:
    return given if isinstance(given, str) and any(given == one.event.id for one in told) else None


@cache
def _component() -> Any:
    return st.components.v2.component(
        "dateline_marked_story", js=SCRIPT.read_text(encoding="utf-8"), isolate_styles=False
    )


def _nothing() -> None:
    """Streamlit wants a callback for each value that a component gives back."""
