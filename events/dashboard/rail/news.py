"""What is new to the viewer, and what changed between two dates: the rail's two choices by time of reporting.

For the rail. The dates above them say when something happened; these say when one could know of it.
"""

from __future__ import annotations

import streamlit as st

from events.dashboard.access import signing_in
from events.dashboard.desk.desk_file import Visit
from events.dashboard.desk.url_state import EARLIEST, LATEST
from events.dashboard.desk.visitor import LONGEST_NAME, moment, new_to
from events.dashboard.live import live
from events.look import locale
from events.view import EventTable


def new_since(table: EventTable, visit: Visit | None) -> None:
    """A line under the dates: how much is new since the last visit, to be shown alone in one click."""
    if visit is None:
        return
    state, count = st.session_state, new_to(table, visit)
    if state.since == visit.mark:
        st.button("Show what is older too", key="new_since", type="tertiary", on_click=_show_since, args=(None,))
    elif count:
        st.button(
            f"New since {moment(visit.ended)}  :gray[{locale.number(count)}]", key="new_since", type="tertiary",
            on_click=_show_since, args=(visit,), help="Came in or was corrected after your last visit.",
        )  # fmt: skip


def reported(visit: Visit | None) -> None:
    """The fold of the rail with the days of reporting, and with the viewer's name."""
    fold = st.expander("New or changed", key="reported_fold", on_change="rerun")
    if not fold.open:
        return
    with fold:
        st.html('<p class="small">First reported, reported again or corrected in these days.</p>')
        with st.container(key="changed_days", gap=6):
            form = locale.date_input()
            st.date_input("Since", None, EARLIEST, LATEST, key="changed_from", format=form)
            st.date_input("Until", None, EARLIEST, LATEST, key="changed_to", format=form)
        live.tick("show_by_itself", "Show what comes in by itself")
        if visit is not None:
            st.html(f'<p class="small">Your last visit ended {moment(visit.ended)}.</p>')
        if signing_in.signed_name():
            return
        st.text_input(
            "Your name", key="me", max_chars=LONGEST_NAME, autocomplete="name", placeholder="To know your last visit",
            help="It stands in your address of the page: bookmark that. It is in no link that you share.",
        )  # fmt: skip


def _show_since(visit: Visit | None) -> None:
    """Show what came in after a visit, whenever it happened; None: all again."""
    state = st.session_state
    state.since = visit.mark if visit else None
    if visit and state.get("extent"):
        state.start, state.end = state.extent
