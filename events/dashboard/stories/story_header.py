"""The head of the room where stories are read: what is read or reviewed, the steps through the queue, and the way back.

For `events.dashboard.stories.story`.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from events.dashboard.labels import plain_label
from events.dashboard.listing.evidence import link
from events.dashboard.reviewing.history import history
from events.dashboard.reviewing.place_editor import forget as forget_place
from events.dashboard.reviewing.queue import Queue, beside
from events.look import locale, wording
from events.model import Event, Story
from events.store.columns.columns import sureness_of
from events.view import View

MOST_QUEUED = 12
BASIS = {
    "metadata": "as the file says",
    "header": "as its header says",
    "dateline": "as its dateline says",
    "inferred": "inferred from the text",
    "by hand": "set by hand",
}


def header(story: Story | None, event: Event | None, queue: Queue | None, view: View) -> None:
    """Write the head. queue: what is reviewed; None where one story is read."""
    with st.container(key="head", horizontal=True, vertical_alignment="center", gap=20):
        st.html(_sentence(story, event, queue, view))
        with st.container(key="acts", horizontal=True, width="content", gap=8):
            if queue is not None:
                _steps(queue, event)
            if st.button("History", icon=":material/history:", key="history"):
                history()
            st.button("Back to the map", icon=":material/arrow_back:", key="to_desk", on_click=leave)


def by_line(story: Story) -> str:
    """The outlet, with a link, and when the story was published and how that is known."""
    source = link(story.source or "Source unnamed", story.url)
    if story.published is None:
        return f"{source}, date of publication unknown"
    basis = BASIS.get(story.published_basis or "", "")
    return f"{source}, {escape(wording.days(story.published, story.published))}{f' ({basis})' if basis else ''}"


def leave() -> None:
    """Back to the desk, for a button's callback."""
    st.session_state.room = None


def _sentence(story: Story | None, event: Event | None, queue: Queue | None, view: View) -> str:
    if queue is None:
        title, line = "The story", by_line(story) if story else "This story is no longer in the store."
    else:
        left = len(queue)
        at = queue.position(event.id) if event else None
        title = f"Review: {locale.number(left)} to look at" if left else "Review: nothing left to look at"
        place = (
            f"Number {locale.number(at + 1)}, the least sure first." if at is not None else "The least sure come first."
        )
        narrowed = set(view.filter.chosen()) - {"dates"}
        chosen = "Of what the choices at the left select." if narrowed else ""
        line = (
            escape(" ".join(part for part in (place, chosen) if part))
            if left
            else "Everything here has been looked at."
        )
    return f'<div class="say"><h1>{escape(title)}</h1><p>{line}</p></div>'


def _steps(queue: Queue, event: Event | None) -> None:
    before, after = (beside(queue, event.id if event else None, step) for step in (-1, 1))
    with st.container(key="steps", horizontal=True, width="content", gap=2):
        st.button(
            "Previous", icon=":material/chevron_left:", key="previous", shortcut="K", disabled=before is None,
            on_click=_go, args=(before,),
        )  # fmt: skip
        st.button(
            "Next", icon=":material/chevron_right:", key="next", shortcut="J", disabled=after is None,
            on_click=_go, args=(after,),
        )  # fmt: skip
    with st.popover("Queue", icon=":material/format_list_numbered:", width="content"):
        _queued(queue, (queue.position(event.id) if event else None) or 0)


def _queued(queue: Queue, start: int) -> None:
    """The events that come next, each with its sureness; a press goes to it."""
    with st.container(key="queued", gap=0):
        st.html('<p class="small">What comes next, and how sure it is</p>')
        for number, one in enumerate(queue.slice(start, start + MOST_QUEUED), start + 1):
            label = f"{number}\\. {plain_label(one.what)}  :gray[{locale.decimal(sureness_of(one))}]"
            st.button(label, key=f"queued_{one.id}", type="tertiary", width="stretch", on_click=_go, args=(one.id,))


def _go(event_id: str | None) -> None:
    state = st.session_state
    state.event, state.story, state.fixing = event_id, None, None
    forget_place()
