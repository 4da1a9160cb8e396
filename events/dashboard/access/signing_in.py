"""Who is at the page, as far as its script knows: the sign-in page, who is signed in, and what they may do.

For the page. Where no sign-in is set up, whoever reaches the page may do everything, and corrections stand under the name
that they type.
"""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

import streamlit as st
from streamlit import config

from events.dashboard.access.ended import ENDED
from events.dashboard.access.gate import trouble_told
from events.dashboard.access.listening import refusal_of_address
from events.dashboard.access.persons import Claims, Person, person_of
from events.dashboard.access.rules import UNNAMED, Rules, rules
from events.dashboard.labels import plain_label
from events.model import StoreError

WORDMARK = '<h1 class="wordmark"><i></i>Dateline</h1>'


class NotAllowed(StoreError):
    """A change by somebody who may not make it."""


def admit() -> None:
    """Let the run of the script go on for who may see the page; for all others write why not, and end it."""
    known = rules()
    if known is None:
        why = refusal_of_address(config.get_option("server.address"))
        if why:
            _say("This page is not served", why)
        return
    if known.trouble:
        _say("Nobody can sign in", trouble_told(known))
    if ENDED.trouble():
        _say("This page is not served for now", ENDED.trouble())
    who = person()
    if who is None:
        _ask(known)
    elif who.role is None:
        _turn_away()


def person() -> Person | None:
    """Who is signed in; None for nobody, and where no sign-in is set up."""
    known = rules()
    if known is None or known.trouble:
        return None
    found = person_of(_claims(), known, datetime.now(UTC))
    ENDED.look(datetime.now(UTC))
    if ENDED.trouble():
        return None
    return None if found is None or found in ENDED else found


def may_change() -> bool:
    """Whether who is at the page may add, correct and undo."""
    return rules() is None or ((who := person()) is not None and who.role == "editor")


def require_change() -> None:
    """Raises NotAllowed where who is at the page may not change anything."""
    if not may_change():
        raise NotAllowed("only an editor may change this, and you are not signed in as one")


def signed_name() -> str:
    """Under which name who is signed in acts; "" where no sign-in is set up."""
    return who.name if (who := person()) else ""


def holder() -> str:
    """The sign-in of who is at the page; "" where no sign-in is set up."""
    return who.key if (who := person()) else ""


def who_is_here() -> None:
    """Write who is signed in, as what and until when, and the way out. Nothing where no sign-in is set up."""
    who = person()
    if who is None:
        return
    with st.container(key="signed_in", gap=2):
        st.html(f'<p class="small">Signed in as <b>{escape(who.name)}</b>, {who.role or "without a role"}.</p>')
        st.button("Sign out", key="sign_out", icon=":material/logout:", type="tertiary", on_click=_sign_out)


def _claims() -> Claims:
    """What the provider said of who is at the page."""
    return st.user.to_dict()


def _ask(known: Rules) -> None:
    """The sign-in page."""
    with st.container(key="sign_in", gap=12):
        st.html(f'<div class="empty">{WORDMARK}<p>Sign in to see the news on its map.</p></div>')
        for name in known.providers:
            label = "Sign in" if name == UNNAMED else f"Sign in with {plain_label(name.title())}"
            if st.button(label, type="primary", key=f"sign_in_{name}"):
                st.login(None if name == UNNAMED else name)
    st.stop()


def _turn_away() -> None:
    with st.container(key="sign_in", gap=12):
        _heading("You may not see this", "Ask who runs this page to make you a viewer or an editor.")
        who_is_here()
    st.stop()


def _say(title: str, why: str) -> None:
    with st.container(key="sign_in"):
        _heading(title, why)
    st.stop()


def _heading(title: str, why: str) -> None:
    st.html(f'<div class="empty"><h3 aria-level="1">{escape(title)}</h3><p>{escape(why)}</p></div>')


def _sign_out() -> None:
    who = person()
    if who is not None:
        ENDED.add(who, datetime.now(UTC))
    st.logout()
