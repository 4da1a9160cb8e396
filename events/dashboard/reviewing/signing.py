"""Who speaks, and what they say: a correction is stored under a name that is asked once, and taken back in one click.

For the story view. The name lives in the session; the store keeps it with each correction.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from events.corrections import Change, Correction
from events.dashboard import loading
from events.dashboard.access import signing_in
from events.dashboard.labels import plain_label
from events.dashboard.reviewing.reasons import SAID
from events.model import Event, StoreError

LONGEST_NAME = 80


def who() -> str:
    """Under which name corrections stand: who is signed in, else the name given in this session; "" for none yet."""
    return signing_in.signed_name() or str(st.session_state.get("who") or "").strip()


def ask_who() -> None:
    """Ask for the name, or say whose it is and let it be changed."""
    state = st.session_state
    if signing_in.signed_name() or not signing_in.may_change():
        return  # the rail says who is signed in
    if who() and not state.get("renaming"):
        st.button(
            f"Signed as {plain_label(who())}", key="rename", type="tertiary", help="Change the name", on_click=_rename
        )  # fmt: skip
        return
    row = st.form("naming", border=False, enter_to_submit=True).container(
        key="sign_here", horizontal=True, gap=8, vertical_alignment="bottom"
    )
    row.text_input(
        "Your name, kept with each correction", who(), key="who_given", max_chars=LONGEST_NAME,
        placeholder="Needed once, before the first one", autocomplete="name",
    )  # fmt: skip
    row.form_submit_button("Sign", on_click=_sign, key="sign")


def reports_of(event: Event) -> tuple[Event, ...]:
    """What a correction of an event speaks of: all its reports."""
    return loading.store().reports_of(event.id) or (event,)


def say(change: Change, reports: tuple[Event, ...], why: str = "", *, about: str = "") -> bool:
    """Store what the person said. about: the event in words, for the line that offers the undo. False if it failed."""
    state = st.session_state
    try:
        number = loading.store().correct(Correction(reports=reports, change=change, who=who(), why=why.strip()))
    except (StoreError, ValueError) as error:
        state.trouble = str(error)
        return False
    state.last_said = (number, f"{SAID[change.kind]}: {about or reports[0].what}")
    state.trouble, state.fixing = None, None
    _stay_with_event()
    return True


def take_back(number: int) -> None:
    """Undo a correction, for a button's callback."""
    state, store = st.session_state, loading.store()
    opened = store.event(state.event) if state.get("event") else None
    try:
        store.undo(number, who() or "somebody unnamed")
    except StoreError as error:
        state.trouble = str(error)
    if opened is not None and store.event(opened.id) is None:  # an added event is gone: stay with its story
        rest = [event for own in store.events_of(opened.story_id) if (event := store.event(own.id))]
        state.event = rest[0].id if rest else None
    if state.get("last_said") and state.last_said[0] == number:
        state.last_said = None


def last_said() -> None:
    """What was said last, with its undo; and what went wrong."""
    state = st.session_state
    if state.get("trouble"):
        st.html(f'<div class="trouble" role="alert">{escape(state.trouble)}</div>')
    if state.get("last_said"):
        number, words = state.last_said
        with st.container(key="last_said", horizontal=True, gap=8, vertical_alignment="center"):
            st.html(f'<p class="small" role="status">{escape(words)}</p>')
            if signing_in.may_change():
                st.button(
                    "Undo", key="undo_last", icon=":material/undo:", type="tertiary", on_click=take_back, args=(number,)
                )


def _stay_with_event() -> None:
    """Keep open what the open event is now: one that was merged stands under the other's id."""
    state = st.session_state
    event = loading.store().event(state.event) if state.get("event") else None
    if event is not None:
        state.event = event.id


def _sign() -> None:
    state = st.session_state
    state.who = state.who_given.strip()
    state.renaming = False


def _rename() -> None:
    st.session_state.renaming = True
