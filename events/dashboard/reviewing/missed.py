"""An event that the extractor missed: the words that tell of it, what it is, where and when.

For the panel of the story view. The words are those that somebody selected in the text; without a mouse they are found
by sentence and typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

from events.corrections import AddEvent, SetWhen, missed_event
from events.dashboard import loading
from events.dashboard.desk.url_state import EARLIEST, LATEST
from events.dashboard.labels import plain_label
from events.dashboard.reviewing import signing
from events.dashboard.reviewing.choosing_place import Choice, choices
from events.dashboard.reviewing.editors import LONGEST_LABEL, PRECISIONS, when_from
from events.extraction.sentences import split
from events.look import locale
from events.model import STATUSES, Actor, Event, Sentence, Span, Story
from events.ontology import TYPES

_DATELINE = re.compile(r"[A-Z][A-Z .,’'()/]{1,60}(?:—|–|-)\s")


def missed_editor(story: Story) -> None:
    """Write the form for a missed event."""
    state = st.session_state
    st.html('<h3 class="panel-head">An event that was missed</h3>')
    span = state.get("missed_words") or _by_sentence(story)
    if span is None:
        _cancel()
        return
    sentence = sentence_of(span, story)
    st.html(_quote(span, sentence, story))
    what = st.text_input(
        "What happened",
        suggested(sentence.text if sentence else ""),
        key=f"missed_what_{span.start}",
        max_chars=LONGEST_LABEL,
    )
    names = list(TYPES)
    kind = st.selectbox("Type", names, None, key="missed_type", placeholder="Choose a type", format_func=_type_line)
    status = st.selectbox("How it is told", STATUSES, key="missed_status", format_func=str.capitalize)
    place = _place(sentence)
    when = _when()
    actor = st.text_input("Who does it", key="missed_actor", max_chars=200, placeholder="Nobody is named")
    why = st.text_input("Why", key="missed_why", placeholder="May stay empty", max_chars=2000)
    ready = bool(what.strip() and kind and signing.who()) and not isinstance(when, str)
    with st.container(horizontal=True, gap=8):
        pressed = st.button("Add the event", type="primary", key=f"add_missed_{story.id}", disabled=not ready)
        _cancel()
    if isinstance(when, str):
        st.html(f'<p class="small" role="alert">{escape(when)}</p>')
        return
    if pressed and kind:
        event = missed_event(
            story, span.part, span.start, span.end, type=kind, status=status, what=what.strip(),
            place=place.place.model_copy(update={"reason": "chosen from the gazetteer by hand"}) if place else None,
            when=when.when, actors=(Actor(name=actor.strip(), role="actor"),) if actor.strip() else (),
        )  # fmt: skip
        _add(event, why)


def _when() -> SetWhen | str:
    """The form's days; what is wrong with them where they can't be so."""
    with st.container(horizontal=True, gap=8):
        start = st.date_input("First day", None, EARLIEST, LATEST, key="missed_start", format=locale.date_input())
        end = st.date_input("Last day", None, EARLIEST, LATEST, key="missed_end", format=locale.date_input())
    precision = st.selectbox("Known to the", PRECISIONS, key="missed_precision", help="No day: the event has no date.")
    return when_from(start, end, precision, None)


def _add(event: Event, why: str) -> None:
    """Store a missed event, and open what it became."""
    if signing.say(AddEvent(), (event,), why, about=event.what):
        joined = loading.store().event(event.id)
        st.session_state.event = joined.id if joined else None
        forget()
    st.rerun()


def forget() -> None:
    """Begin anew with the next missed event."""
    state = st.session_state
    state.missed_words = None
    for name in [name for name in state if str(name).startswith("missed_") and name != "missed_words"]:
        del state[name]


def sentence_of(span: Span, story: Story) -> Sentence | None:
    """The sentence that a span begins in."""
    return next((s for s in split(story) if s.part == span.part and s.start <= span.start < s.end), None)


def names_in(text: str) -> list[str]:
    """Runs of capitalised words, which may be names of places; the longest first.

    >>> names_in("A bridge fell in New Delhi near Porto.")
    ['New Delhi', 'Porto', 'A']
    """
    runs: list[list[str]] = [[]]
    for word in text.split():
        bare = word.strip(".,;:!?()[]“”\"'’")
        if bare[:1].isupper():
            runs[-1].append(bare)
        if not bare[:1].isupper() or word != bare:
            runs.append([])
    return sorted(dict.fromkeys(" ".join(run) for run in runs if run), key=lambda name: (-len(name), name))


def _by_sentence(story: Story) -> Span | None:
    """The words that tell of it, without a mouse: a sentence, and the words in it."""
    st.html('<p class="small">Select the words in the text that tell of it, or find them here.</p>')
    sentences = split(story)
    at = st.selectbox(
        "Sentence", range(len(sentences)), None, key="missed_sentence", placeholder="Choose the sentence",
        format_func=lambda n: plain_label(sentences[n].text[:140]),
    )  # fmt: skip
    if at is None:
        return None
    sentence = sentences[at]
    words = st.text_input(
        "Words that tell of it", key="missed_typed", placeholder="As they stand there: struck"
    ).strip()
    start = story.part(sentence.part).find(words, sentence.start, sentence.end) if words else -1
    if words and start < 0:
        st.html('<p class="small" role="alert">The sentence does not have these words.</p>')
    return Span(part=sentence.part, start=start, end=start + len(words)) if start >= 0 else None


def _place(sentence: Sentence | None) -> Choice | None:
    gazetteer = loading.gazetteer()
    suggested = next((name for name in names_in(sentence.text if sentence else "") if gazetteer.candidates(name)), "")
    name = st.text_input("Place", suggested, key=f"missed_place_{suggested}", placeholder="None can be had")
    found: Sequence[Choice] = choices(name, gazetteer)
    if name.strip() and not found:
        st.html(
            f'<p class="small" role="status">The gazetteer has no “{escape(name.strip())}”; correct the place later.</p>'
        )
    if not found:
        return None
    at = st.selectbox(
        "Which one", range(len(found)), key=f"missed_which_{name}",
        format_func=lambda n: plain_label(f"{found[n].place.name}, {found[n].what}"),
    )  # fmt: skip
    return found[at]


def _quote(span: Span, sentence: Sentence | None, story: Story) -> str:
    text = story.part(span.part)
    start, end = (min(sentence.start, span.start), max(sentence.end, span.end)) if sentence else (span.start, span.end)
    before, words, after = text[start : span.start], text[span.start : span.end], text[span.end : end]
    return f"<blockquote>“{escape(before)}<mark>{escape(words)}</mark>{escape(after)}”</blockquote>"


def suggested(sentence: str) -> str:
    """A label to begin with: the sentence without the dateline before it.

    >>> suggested("GOMA — Rebels took Masisi on Saturday.")
    'Rebels took Masisi on Saturday'
    """
    whole = " ".join(sentence.split())
    return whole[match.end() if (match := _DATELINE.match(whole)) else 0 :][:120].rstrip(" .")


def _type_line(name: str) -> str:
    return f"{name.title()} — {TYPES[name].meaning}"


def _cancel() -> None:
    if st.button("Cancel", key="cancel_missed"):
        st.session_state.fixing = None
        forget()
        st.rerun()
