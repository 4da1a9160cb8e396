"""What came in while somebody looks: a quiet line that says how much, and shows it when it is pressed.

For the page. A session goes on looking at the events that it saw, whatever is taken in beside it; a fragment compares the
store's revision every few seconds, when its script asks (live.js; Streamlit's own timer asks in the middle of runs too). The
revision is looked up once for all sessions, what is new counted once for all that look at the same, and nothing else of the
page runs. By itself the page is brought up to date only where the reader has said so, nothing is filtered away, and nobody is
in the middle of something.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from events.dashboard import loading
from events.dashboard.access import signing_in
from events.dashboard.access.rules import rules
from events.dashboard.desk.session import chosen_days
from events.dashboard.live.live_store import HELD, look_at_newest
from events.dashboard.live.live_tables import Held, LiveTables
from events.model import StoreError
from events.view import EventTable, Filter
from events.view.filtering import Mark

SCRIPT = Path(__file__).with_name("live.js")
STYLE = Path(__file__).with_name("live.css")
WANTED = "newest_wanted"  # of the session: the next run of the fragment is to run the page
BY_ITSELF = "by_itself"  # of the session: whether the page brings itself up to date


def table() -> EventTable:
    """The events that this session looks at: what it saw, or the newest where it asked for them or wrote itself.

    Raises StoreError, GazetteerError.
    """
    held: Held | None = st.session_state.get(HELD)
    kept = tables().kept(held) if held else None
    if kept is not None:
        return kept
    held, newest = tables().newest(loading.store(), loading.table)
    st.session_state[HELD] = held
    return newest


def is_narrowed(chosen: Filter, table: EventTable) -> bool:
    """Whether choices leave events out, besides those that lie far from the days of the news."""
    return bool(set(chosen.chosen()) - {"dates"}) or chosen_days(table) != (table.window or (None, None))


def mark_shown() -> Mark:
    """How far the store had come when what this session looks at was read."""
    held: Held | None = st.session_state.get(HELD)
    return held.mark if held else Mark(*loading.store().mark())


@st.cache_resource(show_spinner=False)
def tables() -> LiveTables:
    """The tables that sessions look at."""
    return LiveTables()


@st.fragment
def news_line(*, narrowed: bool) -> None:
    """The line over the map; empty while nothing is new. narrowed: whether choices leave events out."""
    if rules() is not None and signing_in.person() is None:
        return
    held: Held | None = st.session_state.get(HELD)
    if st.session_state.pop(WANTED, False):
        st.rerun()
    if held is None:
        return  # this session has written, and its run is about to follow
    try:
        said = tables().news(loading.store(), held).said()
    except StoreError:
        said = ""  # the next run of the page says what is wrong
    by_itself = bool(said) and not narrowed and bool(st.session_state.get(BY_ITSELF))
    with st.container(key="live", horizontal=True, gap=10, vertical_alignment="center"):
        st.html(STYLE)
        st.html(f'<span class="unseen" role="status">{said}</span>')
        if said and not by_itself:
            st.button(f"{said}: show", key="show_news", icon=":material/arrow_upward:", on_click=_show)
            if not narrowed:
                tick("live_by_itself", "By itself from now on")
        due = held.revision if by_itself else 0
        quiet = _show if by_itself else _nothing
        _component()(key="live_script", data={"due": due}, on_quiet_change=quiet, on_look_change=_nothing)


def tick(key: str, label: str) -> None:
    """Write the box by which a reader lets the page bring itself up to date."""
    st.session_state[key] = bool(st.session_state.get(BY_ITSELF))
    st.checkbox(
        label, key=key, on_change=_take_over, args=(key,),
        help="What comes in is shown within seconds, while nothing is filtered away and nobody writes or chooses.",
    )  # fmt: skip


def _show() -> None:
    look_at_newest()
    st.session_state[WANTED] = True


def _take_over(key: str) -> None:
    st.session_state[BY_ITSELF] = bool(st.session_state[key])


@cache
def _component() -> Any:
    return st.components.v2.component("dateline_live", js=SCRIPT.read_text(encoding="utf-8"))


def _nothing() -> None:
    """Streamlit wants a callback for each value that a component gives back."""
