"""The Feeds page: which feeds are watched and how they are; added, paused, taken off, asked at once.

For the page, in place of the desk, at ?view=feeds. The list and the state of the feeds stand in the store's database, where
whoever watches them finds them. The page asks no server by itself: only where somebody presses "Ask now" and nobody watches.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import streamlit as st

from events.dashboard import loading
from events.dashboard.access import signing_in
from events.dashboard.feeds.feeds_page_rows import Feed, feeds_in_order, headline_html, is_watched, row_html
from events.dashboard.labels import plain_label
from events.dashboard.stories.intake import base_name, reason_line
from events.fetching import FetchError, Settings
from events.look import locale, wording
from events.model import DatelineError
from events.reading import Problem
from events.watching.adding_feeds import address_of, addresses_in
from events.watching.state import FeedStates

STYLE = Path(__file__).with_name("feeds_page.css")
EVERY = 5.0  # seconds between two looks at how the feeds are
AT_A_TIME = 25
NONE = (
    '<div class="empty"><p>Add the address of an RSS or Atom feed, or a file with many. Whoever runs “python -m events '
    "watch” asks them again and again; here you see which are well, what each brought, and what went wrong.</p></div>"
)
MOST_SAID = 12
ROOM = "feeds"
GONE, SAID = "feed_gone", "feeds_said"  # of the session


@st.cache_resource(show_spinner=False)
def feed_states() -> FeedStates:
    """What is known of the feeds, in the store's database. Raises StoreError."""
    return FeedStates.open()


def leave() -> None:
    """Back to the desk, for a button's callback."""
    st.session_state.room = None


def feeds_page() -> None:
    """Write the page."""
    st.html(STYLE)
    _feeds()


@st.fragment(run_every=EVERY)
def _feeds() -> None:
    locale.use(st.context.locale)  # a fragment runs by itself, in a thread of its own
    try:
        states = feed_states()
        feeds = feeds_in_order(states.subscriptions.standing(), states.states())
        seen_at = states.subscriptions.last_sign_of_life()
    except DatelineError as error:
        _header('<div class="say"><h1>Feeds</h1></div>', may_change=False)
        st.html(f'<div class="trouble" role="alert">{escape(str(error))}</div>')
        return
    may_change, now = signing_in.may_change(), time.time()
    _header(headline_html(feeds, seen_at, now), may_change=may_change)
    with st.container(key="feeds", gap=0):
        _what_was_done(may_change=may_change)
        if not feeds:
            st.html(NONE)
        shown = feeds[: st.session_state.get("feeds_shown", AT_A_TIME)]
        for number, feed in enumerate(shown):
            _row(number, feed, now, watched=is_watched(seen_at, now), may_change=may_change)
        if len(feeds) > len(shown):
            more = f"{locale.number(len(feeds) - len(shown))} more"
            st.button(more, key="more_feeds", on_click=_show_more, args=(len(shown),))


def _header(said: str, *, may_change: bool) -> None:
    with st.container(key="head", horizontal=True, vertical_alignment="center", gap=20):
        st.html(said)
        with st.container(key="acts", horizontal=True, width="content", gap=8):
            if may_change and st.button("Add feeds", icon=":material/add:", type="primary", key="add_feeds"):
                add_feeds()
            if st.button("Back to the map", icon=":material/arrow_back:", key="to_desk", on_click=leave):
                st.rerun()


def _row(number: int, feed: Feed, now: float, *, watched: bool, may_change: bool) -> None:
    with st.container(key=f"feed_{number}", horizontal=True, gap=6, vertical_alignment="center"):
        st.html(row_html(feed, now))
        if not may_change:
            return
        name, paused = plain_label(feed.host), feed.subscription.paused
        with st.container(key=f"feed_acts_{number}", horizontal=True, width="content", gap=2):
            if st.button(
                f"Ask {name} now", icon=":material/refresh:", key=f"ask_{number}", type="tertiary", help="Ask now",
                disabled=paused,
            ):  # fmt: skip
                _ask(feed, watched=watched)
            st.button(
                f"{'Resume' if paused else 'Pause'} {name}", key=f"pause_{number}", type="tertiary",
                icon=":material/play_arrow:" if paused else ":material/pause:", help="Resume" if paused else "Pause",
                on_click=_pause, args=(feed.address, not paused),
            )  # fmt: skip
            st.button(
                f"Remove {name}", icon=":material/delete:", key=f"remove_{number}", type="tertiary", help="Remove",
                on_click=_remove, args=(feed.address,),
            )  # fmt: skip


def _what_was_done(*, may_change: bool) -> None:
    """What the last act came to, and the way back from a feed that was taken off."""
    said: Sequence[str] = st.session_state.get(SAID, ())
    if said:
        lines = "".join(f"<li>{escape(line)}</li>" for line in said[:MOST_SAID])
        rest = f"<li>and {locale.number(len(said) - MOST_SAID)} more</li>" if len(said) > MOST_SAID else ""
        st.html(f'<div class="trouble" role="status"><ul>{lines}{rest}</ul></div>')
    gone = st.session_state.get(GONE)
    if gone and may_change:
        st.button(
            f"Bring back {plain_label(gone)}", icon=":material/undo:", type="tertiary", key="feed_back",
            on_click=_bring_back, args=(gone,),
        )  # fmt: skip


@st.dialog("Add feeds", width="medium")
def add_feeds() -> None:
    """Ask for an address or a file of them, and put what they name on the list. Nothing is asked of a server."""
    address = st.text_input("Address of a feed", key="feed_address", placeholder="https://…")
    file = st.file_uploader(
        "Or an OPML file, or a list of addresses", ["opml", "xml", "txt"], key="feed_file", help="An address a line."
    )
    st.html('<p class="small">Public addresses only. They are asked by whoever watches, or when you say so.</p>')
    if not st.button("Add", type="primary", key="keep_feeds"):
        return
    if not (address.strip() or file):
        st.html('<div class="trouble" role="alert">Name an address or drop a file first.</div>')
        return
    try:
        added, problems = take(address, file.getvalue() if file else b"", base_name(file.name) if file else "")
    except DatelineError as error:
        st.html(f'<div class="trouble" role="alert">{escape(str(error))}</div>')
        return
    st.session_state[SAID] = [wording.plural(added, "feed") + " added.", *problems]
    st.rerun()


def take(address: str, content: bytes, name: str) -> tuple[int, list[str]]:
    """Put an address and those of a file on the list. Returns how many are new, and what was wrong, a line each.

    Raises FetchError where the address, and StoreError where the list or who is at the page, is refused.
    """
    signing_in.require_change()
    settings = Settings.from_environment()
    named: list[str] = []
    problems: list[Problem] = []
    if address.strip():
        try:
            named.append(address_of(address, settings))
        except FetchError as error:
            raise FetchError(error.kind, f"The address {error}.") from error
    if content:
        found, problems = addresses_in(content, name, settings)
        named += found
    added = feed_states().subscriptions.add(named, _who(), time.time())
    return len(added), [f"{problem.file}, {reason_line(problem)}" for problem in problems]


def _ask(feed: Feed, *, watched: bool) -> None:
    """Let the watcher ask a feed; where nobody watches, ask it here."""
    try:
        signing_in.require_change()
        feed_states().subscriptions.ask(feed.address, _who(), time.time())
        if watched:
            st.session_state[SAID] = [f"{feed.host} is asked at once by whoever watches."]
        else:
            from events.watching.asked_now import ask_now  # imports the readers of feeds and pages

            with st.spinner(f"Asking {plain_label(feed.host)}"):
                said = ask_now(feed.address, loading.store(), feed_states(), loading.extractor)
            st.session_state[SAID] = said or [f"{feed.host} has nothing new."]
    except DatelineError as error:
        st.session_state[SAID] = [str(error)]
    st.rerun()


def _pause(address: str, paused: bool) -> None:
    _change(lambda: feed_states().subscriptions.pause(address, _who(), time.time(), paused=paused))


def _remove(address: str) -> None:
    _change(lambda: feed_states().subscriptions.remove(address, _who(), time.time()))
    st.session_state[GONE] = address


def _bring_back(address: str) -> None:
    _change(lambda: feed_states().subscriptions.add([address], _who(), time.time()))
    st.session_state[GONE] = None


def _change(act: Callable[[], object]) -> None:
    """Change the list, for editors; what is in the way is said."""
    try:
        signing_in.require_change()
        act()
        st.session_state[SAID] = []
    except DatelineError as error:
        st.session_state[SAID] = [str(error)]


def _show_more(shown: int) -> None:
    st.session_state.feeds_shown = shown + AT_A_TIME


def _who() -> str:
    return signing_in.signed_name() or str(st.session_state.get("who") or "somebody unnamed")
