"""Saved views: what is chosen, under a name; loaded, renamed, deleted, and brought back after a slip.

For the rail. They are kept in the desk's file as the parameters of a link, so that a view saved today is understood by
every later version that understands today's links.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape

import streamlit as st

from events.dashboard import loading
from events.dashboard.desk import session
from events.dashboard.desk.desk_file import LONGEST_NAME, Params
from events.dashboard.desk.url_state import from_params
from events.dashboard.labels import plain_label
from events.view import EventTable


def saved_views(table: EventTable) -> None:
    """Write the button that opens the list of views, with the name of the one that is shown."""
    views, now = loading.desk_file().views(), what_is_kept(table)
    shown = next((name for name, params in views.items() if _same(params, now)), None)
    with st.popover(
        plain_label(shown) if shown else "Saved views", icon=":material/bookmark:", width="stretch", key="views"
    ):
        if not views:
            st.html('<p class="small">A view is all that you chose here, under a name of yours.</p>')
        for number, name in enumerate(views):
            _row(number, name, views[name], table, is_shown=name == shown)
        if gone := st.session_state.get("view_gone"):
            st.button(
                f"Bring back {plain_label(gone[0])}", icon=":material/undo:", type="tertiary", key="view_back",
                on_click=_bring_back,
            )  # fmt: skip
        if shown is None:
            _ask_for_name(now)
        if trouble := st.session_state.pop("view_trouble", None):
            st.html(f'<p class="small" role="alert">{escape(trouble)}</p>')


def what_is_kept(table: EventTable) -> Params:
    """What is chosen now, as parameters: neither the open event, nor who looks at it, nor a last visit of theirs."""
    now = session.current(table)
    plain = replace(now, event=None, briefing=False, filter=replace(now.filter, since=None))
    return session.params_of(plain, table)


def _row(number: int, name: str, params: Params, table: EventTable, *, is_shown: bool) -> None:
    label = plain_label(name)
    if st.session_state.get("view_renamed") == name:
        with st.form(f"rename_{number}", border=False):
            st.text_input("New name", name, key="view_new_name", max_chars=LONGEST_NAME)
            st.form_submit_button("Rename", on_click=_rename, args=(name,))
        return
    with st.container(key=f"view_{number}", horizontal=True, gap=2, vertical_alignment="center"):
        st.button(
            label, key=f"load_{number}", type="tertiary", width="stretch", on_click=_load, args=(params, table),
            icon=":material/check:" if is_shown else None,
        )  # fmt: skip
        st.button(
            f"Rename {label}", icon=":material/edit:", key=f"renaming_{number}", type="tertiary",
            on_click=_ask_new_name, args=(name,),
        )  # fmt: skip
        st.button(
            f"Delete {label}", icon=":material/delete:", key=f"delete_{number}", type="tertiary", on_click=_delete,
            args=(name, params),
        )  # fmt: skip


def _ask_for_name(now: Params) -> None:
    with st.form("save_view", border=False, clear_on_submit=True):
        st.text_input("Name of this view", key="view_name", max_chars=LONGEST_NAME)
        st.form_submit_button("Save this view", on_click=_save, args=(now,))


def _same(params: Params, now: Params) -> bool:
    return {name: sorted(values) for name, values in params.items()} == {n: sorted(v) for n, v in now.items()}


def _save(now: Params) -> None:
    _try(lambda: loading.desk_file().save(st.session_state.view_name, now))


def _rename(name: str) -> None:
    _try(lambda: loading.desk_file().rename(name, st.session_state.view_new_name))
    st.session_state.view_renamed = None


def _ask_new_name(name: str) -> None:
    st.session_state.view_renamed = name


def _delete(name: str, params: Params) -> None:
    loading.desk_file().delete(name)
    st.session_state.view_gone = (name, params)


def _bring_back() -> None:
    name, params = st.session_state.pop("view_gone")
    _try(lambda: loading.desk_file().save(name, params))


def _load(params: Params, table: EventTable) -> None:
    session.follow(from_params(params), table)


def _try(act: Callable[[], object]) -> None:
    try:
        act()
    except ValueError as error:
        st.session_state.view_trouble = str(error)
