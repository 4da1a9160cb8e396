"""The list beside the map: the open event on top, then all in order of time; apart, those with no place or no date.

For the page. A card is a row of HTML under a plain button that covers it, so that keyboard, screen readers and tests
meet a button named after the event.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from events.dashboard import loading
from events.dashboard.adding import load_samples
from events.dashboard.cards import card, opened
from events.dashboard.drawing import spans_years
from events.dashboard.session import open_event, show_everything, take_back
from events.dashboard.story import read
from events.look import wording
from events.look.theme import Theme
from events.model import Event
from events.view import EventTable, View, relaxations
from events.view.filtering import Choice

# The list, and in a narrow window the page, may be scrolled away from the event that was just opened. No word of a
# story's is ever part of this script; the number makes it run anew.
INTO_SIGHT = (
    "<script>/* {turn} */ setTimeout(() => document.querySelector('.st-key-open')?.scrollIntoView("
    "{{block: 'nearest'}}), 60)</script>"
)
PAGE = 40  # cards written at a time: more of them slow each run
TABS = ("Events", "No place", "No date")
BACK: dict[Choice, str] = {
    "dates": "Any date",
    "regions": "Everywhere",
    "families": "Any kind",
    "types": "Any type",
    "statuses": "Any status",
    "words": "Any words",
    "sources": "Any source",
    "sureness": "However sure",
}


def listing(table: EventTable, view: View, event: Event | None, theme: Theme) -> None:
    """Write the list. event: the open one, None for none."""
    lists = dict(zip(TABS, (view.shown, view.unplaced, view.undated), strict=True))
    tab: str | None = st.segmented_control(
        "List", TABS, key="listed", required=True, label_visibility="collapsed",
        format_func=lambda name: f"{name}  :gray[{len(lists[name]):,}]",
    )  # fmt: skip
    tab = tab or TABS[0]
    with st.container(key="list", gap=None):
        if not table.events:
            _first_run()
            return
        if event is None:
            st.session_state.in_sight = None
        if event is not None and event in lists[tab]:
            _opened(event, view, table, theme)
            _bring_into_sight(event)
        if tab == "Events" and not view.shown:
            _nothing(table, view)
        elif not lists[tab]:
            _none_apart(tab)
        _cards(lists[tab], view, event, table, theme)


def _opened(event: Event, view: View, table: EventTable, theme: Theme) -> None:
    story = loading.store().story(event.story_id)
    with st.container(key="open", gap=6):
        st.html(opened(event, view.numbers.get(event.id), _country(event, table), story, theme))
        if st.button("Read the story", icon=":material/article:", type="tertiary", key="read_story"):
            read(event, story)
        st.button(
            "Close the event", icon=":material/close:", type="tertiary", key="close", on_click=open_event, args=(None,)
        )


def _bring_into_sight(event: Event) -> None:
    """Scroll to the open event in the run that opens it, and in no other: the reader may have moved on since."""
    state = st.session_state
    if state.get("in_sight") != event.id:
        state.in_sight = event.id
        state.turn = state.get("turn", 0) + 1
    st.html(INTO_SIGHT.format(turn=state.turn), unsafe_allow_javascript=True)


def _cards(events: Sequence[Event], view: View, opened: Event | None, table: EventTable, theme: Theme) -> None:
    state = st.session_state
    year = spans_years(view)
    most = PAGE * state.get("pages", 1)
    for event in events[:most]:
        number = view.numbers.get(event.id)
        with st.container(key=f"ev_{event.id}", gap=None):
            st.html(card(event, number, _country(event, table), theme, is_open=event is opened, year=year))
            name = f"Open event {number}: {event.what}" if number else f"Open event: {event.what}"
            st.button(plain_label(name), key=f"go_{event.id}", on_click=open_event, args=(event.id,))
    if len(events) > most:
        rest = len(events) - most
        st.button(f"Show {min(PAGE, rest)} more of {rest:,}", key="more_cards", type="tertiary", on_click=_next_page)


def plain_label(text: str) -> str:
    r"""Text as a widget's label, which is Markdown: every sign that could mean something is taken out of its meaning.

    >>> plain_label("Talks [off]")
    'Talks \\[off\\]'
    """
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()<>#+-.!|~:$&" else letter for letter in text)


def _country(event: Event, table: EventTable) -> str:
    return table.country_name(event.place.country) if event.place else ""


def _next_page() -> None:
    st.session_state.pages = st.session_state.get("pages", 1) + 1


def _nothing(table: EventTable, view: View) -> None:
    """Which choices clash, and one step back from each with what it would give."""
    said = wording.why_none(view.filter, table.region_names)
    ways = list(relaxations(table, view.filter))
    ask = "<p>Take back one choice:</p>" if ways else ""
    st.html(f'<div class="empty"><h3>{escape(said)}</h3>{ask}</div>')
    with st.container(key="back", gap=6):
        for choice, count in ways:
            label = f"{BACK[choice]}  :gray[{wording.plural(count, 'event')}]"
            st.button(label, key=f"back_{choice}", on_click=take_back, args=(choice,))
        if view.total:
            label = f"Show everything  :gray[{wording.plural(view.total, 'event')}]"
            st.button(label, key="back_all", on_click=show_everything)


def _none_apart(tab: str) -> None:
    if tab != "Events":
        said = "Every event has a place." if tab == "No place" else "Every event has a date."
        st.html(f'<div class="empty"><p>{said}</p></div>')


def _first_run() -> None:
    st.html(
        '<div class="empty"><h3>No stories yet</h3><p>Add stories of your own: paste them or drop files. '
        "Each event they tell of appears on the map, with the sentence that says so.</p></div>"
    )
    with st.container(key="back", gap=6):
        if st.button("Look at the sample stories", key="samples", type="primary"):
            load_samples()
            st.rerun()
