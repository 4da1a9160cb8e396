"""Reading a story beside its map: its full text with the words marked, its events with their reasons, and the review.

For the page, in place of the desk. One room serves both who follows an event to its story and who goes through a queue
of events, the least sure first. The text is shown as text: never as Markdown, links only to web addresses.
"""

from __future__ import annotations

import streamlit as st

from events.dashboard import loading
from events.dashboard.access import signing_in
from events.dashboard.labels import plain_label
from events.dashboard.reviewing import signing
from events.dashboard.reviewing.marked_story import marked_story
from events.dashboard.reviewing.missed import missed_editor
from events.dashboard.reviewing.panel import panel, verdict
from events.dashboard.reviewing.place_editor import draft, take_corners
from events.dashboard.reviewing.place_editor import forget as forget_place
from events.dashboard.reviewing.queue import Queue, beside, queue_of
from events.dashboard.reviewing.reviewed import reviewed_rows
from events.dashboard.reviewing.story_map import story_map
from events.dashboard.reviewing.told import Told, opened_among, told_in
from events.dashboard.reviewing.versions import versions_fold
from events.dashboard.stories.story_header import by_line, header
from events.look import locale, wording
from events.look.theme import Theme
from events.model import Event, Story
from events.view import EventTable, View

MOST_OTHERS = 30


def read(event: Event, story: Story | None) -> None:  # noqa: ARG001  # the story is read when it is shown
    """Go and read the story of an event."""
    enter("story", event.id)
    st.rerun()


def enter(room: str, event_id: str | None) -> None:
    """Open the room. room: "story" for one story, "review" for the queue."""
    state = st.session_state
    state.room, state.event, state.story = room, event_id, None
    state.fixing = None
    forget_place()


def enter_review() -> None:
    """Begin the review with the least sure event, for a button's callback."""
    enter("review", None)


def room(table: EventTable, view: View, theme: Theme) -> None:
    """Write the room. view: what the filter selects, which is what the queue is of."""
    state = st.session_state
    queue = queue_of(view, reviewed_rows(table)) if state.room == "review" else None
    if queue is not None and table.event(state.event) is None:
        state.event = queue.at(0)
    event = table.event(state.event)
    story = loading.store().story(state.get("story") or event.story_id) if event else None
    told = told_in(story, loading.store()) if story else []
    opened = opened_among(told, event.id if event else None)
    _hold_editor(opened)
    state.after = beside(queue, event.id, 1) if queue is not None and event else None
    header(story, event, queue, view)
    if event is None or story is None:
        _nothing(queue, event)
        return
    with st.container(key="reading_desk", horizontal=True, gap=22):
        with st.container(key="story_text", gap=8):
            _text(story, told, opened, theme)
        with st.container(key="story_side", width=400, gap=8):
            _side(story, told, opened, table, theme)


def _hold_editor(opened: Told | None) -> None:
    """Close the editor of an attribute where the address led to another event while it was open."""
    state = st.session_state
    if state.get("fixing") in {None, "missed"}:
        return
    if opened is not None and state.get("fixing_of") in {None, opened.event.id}:
        state.fixing_of = opened.event.id
    else:
        state.fixing = None
        forget_place()


def _nothing(queue: Queue | None, event: Event | None) -> None:
    if queue is not None and not len(queue):
        st.html(
            '<div class="empty"><h3>Nothing left to look at</h3><p>Every event that the choices select was accepted or '
            "corrected. Take a choice back to go on.</p></div>"
        )
    elif event is None:
        st.html('<div class="empty"><h3>No event is open</h3><p>Open one on the map, or start the review.</p></div>')
    else:
        st.html('<div class="empty"><h3>This story is no longer in the store</h3><p>Its events are.</p></div>')


def _text(story: Story, told: list[Told], opened: Told | None, theme: Theme) -> None:
    state = st.session_state
    by = f'<p class="by">{by_line(story)}</p>' if state.room == "review" else ""  # else the header says it
    st.html(by + LEGEND)
    versions_fold(story)
    click = marked_story(story, told, opened, theme, key=f"text_{story.id}", may_add=signing_in.may_change())
    if click.event_id and (opened is None or click.event_id != opened.event.id):
        state.event, state.fixing = click.event_id, None
        forget_place()
        st.rerun()
    if click.words and signing_in.may_change():
        state.missed_words, state.fixing = click.words, "missed"
        st.rerun()
    if opened:
        _others(opened.event, story)


def _to_the_top(opened: Told | None) -> None:
    """Scroll the side back to its top in the run that opens another event, and in no other."""
    state = st.session_state
    event_id = opened.event.id if opened else None
    if state.get("read_last") != event_id:
        state.read_last, state.read_turn = event_id, state.get("read_turn", 0) + 1
    st.html(TO_THE_TOP.format(turn=state.get("read_turn", 0)), unsafe_allow_javascript=True)


def _side(story: Story, told: list[Told], opened: Told | None, table: EventTable, theme: Theme) -> None:
    state = st.session_state
    asked = draft(opened, story)
    with st.container(key="story_map"):
        answer = story_map(
            told, opened, theme, loading.gazetteer(), key="story_map_state",
            pencil=asked.pencil, candidates=asked.candidates, drawn=asked.drawn,
        )  # fmt: skip
    if answer.corners and asked.pencil:
        take_corners(answer.corners)
        st.rerun()
    if answer.event_id and not asked.pencil and (opened is None or answer.event_id != opened.event.id):
        state.event, state.fixing = answer.event_id, None
        st.rerun()
    with st.container(key="panel", gap=6):
        with st.container(key="verdict", horizontal=True, gap=8, vertical_alignment="center"):
            if opened and signing.who() and signing_in.may_change():
                verdict(opened)
            signing.ask_who()
        signing.last_said()
        if state.get("fixing") == "missed" and signing_in.may_change():
            with st.container(key="editor", gap=6):
                missed_editor(story)
        panel(story, told, opened, table, theme)
        _to_the_top(opened)
        if signing_in.may_change():
            st.button(
                "Add a missed event", key="add_a_missed", icon=":material/add:", type="tertiary", on_click=_missed
            )


def _missed() -> None:
    st.session_state.fixing, st.session_state.missed_words = "missed", None


def _others(event: Event, story: Story) -> None:
    """The other stories that tell of the event, to be read here, and their links."""
    others = [report for report in event.reports if report.story_id != story.id]
    if not others:
        return
    st.html(f'<div class="others">Also told in {wording.plural(len(others), "other story", "other stories")}:</div>')
    with st.container(key="others", gap=2):
        for report in others[:MOST_OTHERS]:
            name = report.source or "Source unnamed"
            label = plain_label(f"{name}: {report.title}" if report.title else name)
            st.button(label, key=f"other_{report.story_id}", type="tertiary", on_click=_other, args=(report.story_id,))
        if len(others) > MOST_OTHERS:
            st.html(f'<div class="others">and {locale.number(len(others) - MOST_OTHERS)} more</div>')


def _other(story_id: str) -> None:
    st.session_state.story = story_id


# No word of a story's is ever part of this script; the number makes it run anew.
TO_THE_TOP = (
    "<script>/* {turn} */ for (const key of ['story_side', 'panel'])"
    " document.querySelector(`.st-key-${{key}}`)?.scrollTo(0, 0)</script>"
)
LEGEND = (
    '<p class="legend"><span><i class="w type on">what happened</i></span><span><i class="w place">place</i></span>'
    '<span><i class="w date">date</i></span><span><i class="w actor">who</i></span>'
    '<span><i class="w status">how it is told</i></span></p>'
)
