"""The list beside the map: the open event on top, then all in order of time; apart, those with no place or no date.

For the page. The cards are one element (`events.dashboard.listing.card_list`); a card is a row under a plain button that
covers it, so that keyboard, screen readers and tests meet a button named after the event.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from events.dashboard import loading
from events.dashboard.access import signing_in
from events.dashboard.desk.choosing import open_event, show_everything, take_back
from events.dashboard.desk.url_state import LAYOUTS, Layout
from events.dashboard.labels import counts_beside
from events.dashboard.listing.card_list import card_list
from events.dashboard.listing.cards import opened, taking_part
from events.dashboard.listing.table import event_table
from events.dashboard.map.drawing import spans_years
from events.dashboard.stories.adding import load_samples
from events.dashboard.stories.story import read
from events.look import locale, view_wording, wording
from events.look.theme import Theme
from events.model import Event
from events.view import EventTable, View, relaxations
from events.view.filtering import Choice
from events.view.rows import Rows

# The list, and in a narrow window the page, may be scrolled away from the event that was just opened. No word of a
# story's is ever part of this script; the number makes it run anew.
INTO_SIGHT = (
    "<script>/* {turn} */ setTimeout(() => document.querySelector('.st-key-open')?.scrollIntoView("
    "{{block: 'nearest'}}), 60)</script>"
)
PAGE = 40  # cards written at a time
MOST_IN_A_TAB = 100_000
TABS = ("Events", "No place", "No date")
LAYOUT_LABELS: dict[Layout, str] = {
    "cards": ":material/view_agenda: Cards",
    "beside": ":material/table_rows: Table beside the map",
    "below": ":material/call_to_action: Table below the map",
}
BACK: dict[Choice, str] = {
    "dates": "Any date",
    "regions": "Everywhere",
    "families": "Any kind",
    "types": "Any type",
    "statuses": "Any status",
    "words": "Any words",
    "sources": "Any source",
    "sureness": "However sure",
    "sure_of": "However sure of each",
    "not_regions": "Leave out no region",
    "not_families": "Leave out no kind",
    "not_types": "Leave out no type",
    "not_statuses": "Leave out no status",
    "not_sources": "Leave out no source",
    "changed": "Whenever reported",
    "since": "New or not",
    "area": "Anywhere",
}


def listing(table: EventTable, view: View, event: Event | None, theme: Theme) -> None:
    """Write the list. event: the open one, None for none."""
    tab = head(view)
    lists = lists_of(view)
    with st.container(key="list", gap=None):
        if not table.events:
            _first_run()
            return
        if event is not None and event in lists[tab]:
            opened_event(event, view, table, theme)
        if not _said_why_empty(tab, table, view):
            _cards(lists[tab], view, event, theme)


def tabled(table: EventTable, view: View, event: Event | None, theme: Theme, *, with_open: bool) -> None:
    """Write the table in place of the list. with_open: the open event too, over it."""
    tab = head(view)
    rows = lists_of(view)[tab]
    if with_open and event is not None:
        with st.container(key="list", gap=None):
            opened_event(event, view, table, theme)
    with st.container(key="table", gap=6):
        if not table.events:
            _first_run()
        elif not _said_why_empty(tab, table, view):
            event_table(view, rows, event)


def lists_of(view: View) -> dict[str, Rows]:
    """The events under each tab."""
    return dict(zip(TABS, (view.shown, view.unplaced, view.undated), strict=True))


def head(view: View) -> str:
    """Write the tabs, and how the events are listed. Returns the chosen tab."""
    counts = [_in_a_tab(len(rows)) for rows in lists_of(view).values()]
    with st.container(key="list_head", horizontal=True, gap=6, vertical_alignment="center"):
        tab: str | None = st.segmented_control(
            "Which events", TABS, key="listed", required=True, label_visibility="collapsed",
        )  # fmt: skip
        st.segmented_control(
            "How they are listed", LAYOUTS, key="layout", required=True, label_visibility="collapsed",
            format_func=LAYOUT_LABELS.__getitem__,
        )  # fmt: skip
    st.html(counts_beside("listed", counts))
    return tab or TABS[0]


def _in_a_tab(count: int) -> str:
    """A count as a tab has room for it: from a hundred thousand on in thousands; the headline has it to the last event.

    >>> _in_a_tab(930_770), _in_a_tab(48)
    ('931k', '48')
    """
    return f"{round(count / 1000)}k" if count >= MOST_IN_A_TAB else locale.number(count)


def opened_event(event: Event, view: View, table: EventTable, theme: Theme) -> None:
    """Write the open event, and bring it into sight when it has just been opened."""
    _opened(event, view, table, theme)
    _bring_into_sight(event)


def _said_why_empty(tab: str, table: EventTable, view: View) -> bool:
    """Say why there is nothing under a tab. False where there is something."""
    if lists_of(view)[tab]:
        return False
    if tab == "Events":
        _nothing(table, view)
    else:
        _none_apart(tab)
    return True


def _opened(event: Event, view: View, table: EventTable, theme: Theme) -> None:
    story = loading.store().story(event.story_id)
    with st.container(key="open", gap=6):
        who = taking_part(event, table.country_name, all_of_them=True)
        st.html(opened(event, view.numbers.get(event.id), _country(event, table), story, theme, who=who))
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


def _cards(events: Sequence[Event], view: View, opened: Event | None, theme: Theme) -> None:
    most = PAGE * st.session_state.get("pages", 1)
    card_list(events[:most], view, opened, theme, year=spans_years(view), on_open=open_event)
    if len(events) > most:
        rest = len(events) - most
        st.button(
            f"Show {min(PAGE, rest)} more of {locale.number(rest)}",
            key="more_cards",
            type="tertiary",
            on_click=_next_page,
        )


def _country(event: Event, table: EventTable) -> str:
    return table.country_name(event.place.country) if event.place else ""


def _next_page() -> None:
    st.session_state.pages = st.session_state.get("pages", 1) + 1


def _nothing(table: EventTable, view: View) -> None:
    """Which choices clash, and one step back from each with what it would give."""
    said = view_wording.why_none(view.filter, table.region_names)
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
        may_change = signing_in.may_change()
        if may_change and st.button("Look at the sample stories", key="samples", type="primary"):
            load_samples()
            st.rerun()
