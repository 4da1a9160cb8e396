"""What a click chooses, opens or takes back: the callbacks of the page's buttons, chips and inputs.

For the page. They write into the session, from which `events.dashboard.desk.session` reads what is shown.
"""

from __future__ import annotations

from datetime import date
from time import monotonic

import streamlit as st

from events.attribute_sureness import ATTRIBUTES
from events.dashboard.desk.url_state import EARLIEST, LATEST
from events.dashboard.rail.sureness import key_of
from events.view.areas import Area
from events.view.filtering import CHOICES, Choice

SURE_OF = tuple(map(key_of, ATTRIBUTES))
NOTHING: dict[Choice, str | float | None] = {
    "words": "",
    "sureness": 0.0,
    "since": None,
    "area": None,
}  # else no values: no choice
GROWN = "grown"  # of the session: days that followed the news, from which to which and when
LAG = 5.0  # seconds for which a browser may go on saying what its inputs held before
BRUSH = "brush"  # counted up to empty the timeline's brush: its widget can't be emptied otherwise


def open_event(event_id: str | None) -> None:
    """Open an event, on the map and over the list; None closes it."""
    st.session_state.event = event_id


def open_from_map(event_id: str) -> None:
    """Open the event whose mark was clicked, over the list of drawn events; a second click closes it."""
    st.session_state.event = None if event_id == st.session_state.event else event_id
    st.session_state.listed = "Events"


def take_area(text: str) -> None:
    """Choose the area that was drawn on the map; what is no area changes nothing."""
    st.session_state.area = Area.parse(text) or st.session_state.area


def take_back(choice: Choice) -> None:
    """Take one choice back, for a button's callback."""
    state = st.session_state
    if choice == "dates":
        show_all_dates()
    elif choice == "changed":
        state.changed_from = state.changed_to = None
    elif choice == "sure_of":
        state.update(dict.fromkeys(SURE_OF, 0.0))
    else:
        state[choice] = NOTHING.get(choice, [])


def days_came() -> None:
    """Days came from the date inputs, for their callback.

    Where the days just followed the news, a browser that runs behind says once more what its inputs held before, with
    whatever else it reports: that is nobody's choice.
    """
    state = st.session_state
    before, now, when = state.get(GROWN) or (None, None, 0.0)
    if now and (state.start, state.end) == before and monotonic() - when < LAG:
        state.start, state.end = now
    else:
        state[BRUSH] = state.get(BRUSH, 0) + 1


def show_all_dates() -> None:
    """Show events of any date, those too that are older or later than the news."""
    state = st.session_state
    if extent := state.get("extent"):
        state.start, state.end = extent
    state[BRUSH] = state.get(BRUSH, 0) + 1


def show_news_dates() -> None:
    """Show the days of the news again."""
    state = st.session_state
    if state.window:
        state.start, state.end = state.window
    state[BRUSH] = state.get(BRUSH, 0) + 1


def show_everything() -> None:
    """Take all choices back."""
    for choice in CHOICES:
        take_back(choice)
    show_all_dates()


def within_inputs(day: date) -> date:
    """The day that a date input can show, which is nearest."""
    return min(max(day, EARLIEST), LATEST)
