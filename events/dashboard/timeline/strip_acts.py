"""What one does with the timeline beside brushing it: look nearer, go by the days of reports, step and play.

For the timeline. Stepping moves the chosen days on by their own length; playing does so again and again until the end.
"""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from events.dashboard.desk.choosing import BRUSH, within_inputs
from events.dashboard.timeline.strip_rows import Days
from events.view.bars import Basis

BEAT = 1.6  # seconds between two steps of playing: long enough to see what changed
PAD = 0.08  # of the chosen days, that is seen beside them up close
STYLE = (
    "<style>.stApp{--strip:124px}.st-key-strip_line{align-items:center;flex-wrap:nowrap}"
    ".st-key-strip_line button{min-height:24px;padding:0 5px;position:relative}.st-key-strip_line button *{gap:0;margin:0}"
    ".st-key-strip_line button [data-testid=stMarkdownContainer]{position:absolute;width:1px;height:1px;overflow:hidden}"
    ".st-key-strip_acts{flex:none}"
    ".st-key-strip_line>div:first-child{flex:1 1 0;min-width:0}.families{gap:0 10px;font-size:12px}</style>"
)


def basis() -> Basis:
    """By which day the timeline goes."""
    return "reported" if st.session_state.get("strip_basis") else "told"


def near(days: Days) -> Days | None:
    """The days that the strip shows up close: the chosen ones with a little beside; None from afar."""
    if not st.session_state.get("strip_near"):
        return None
    beside = timedelta(days=max(1, round(PAD * ((days[1] - days[0]).days + 1))))
    return within_inputs(days[0] - beside), within_inputs(days[1] + beside)


def acts(days: Days, whole: Days) -> None:
    """Write the buttons. days: the chosen ones; whole: from which day to which there are events."""
    state = st.session_state
    playing = bool(state.get("playing"))
    can_step = days != whole
    with st.container(key="strip_acts", horizontal=True, gap=2, width="content"):
        _button("step_back", "skip_previous", "Step back by these days", not can_step, step, days, whole, -1)
        label = "Stop" if playing else "Play: step on and on"
        _button("play", "pause" if playing else "play_arrow", label, not can_step, _toggle, "playing")
        _button("step_on", "skip_next", "Step on by these days", not can_step, step, days, whole, 1)
        is_near = bool(state.get("strip_near"))
        label = "Show all days of the news" if is_near else "Look nearer at the chosen days"
        _button("strip_nearer", "zoom_out" if is_near else "zoom_in", label, False, _toggle, "strip_near")
        reported = basis() == "reported"
        label = "Bars by the day that is told of" if reported else "Bars by the day of the first report"
        _button("strip_by", "event" if reported else "newspaper", label, False, _toggle, "strip_basis")
    state.beat_of_run = False
    if playing:
        _beat(days, whole)


def step(days: Days, whole: Days, direction: int) -> None:
    """Move the chosen days by their own length; at the end of all days they stop, and so does playing."""
    state = st.session_state
    state.start, state.end = stepped(days, whole, direction)
    state[BRUSH] = state.get(BRUSH, 0) + 1
    if state.end >= whole[1] or state.start <= whole[0]:
        state.playing = False


def stepped(days: Days, whole: Days, direction: int) -> Days:
    """The days that follow on these, or that go before, as many; never beyond the whole.

    >>> from datetime import date
    >>> whole = date(2025, 3, 1), date(2025, 3, 20)
    >>> stepped((date(2025, 3, 4), date(2025, 3, 6)), whole, 1)
    (datetime.date(2025, 3, 7), datetime.date(2025, 3, 9))
    >>> stepped((date(2025, 3, 19), date(2025, 3, 20)), whole, 1)
    (datetime.date(2025, 3, 19), datetime.date(2025, 3, 20))
    """
    length = days[1] - days[0]
    moved = (length + timedelta(days=1)) * direction
    start = max(whole[0], min(days[0] + moved, whole[1] - length))
    return within_inputs(start), within_inputs(start + length)


@st.fragment(run_every=BEAT)
def _beat(days: Days, whole: Days) -> None:
    """One step for each beat but the first, which is the page's own run."""
    state = st.session_state
    if not state.get("beat_of_run"):
        state.beat_of_run = True
        return
    state.move = stepped(days, whole, 1)
    state.playing = state.move[1] < whole[1]
    st.rerun()


def _button(key: str, icon: str, label: str, disabled: bool, act: object, *args: object) -> None:
    st.button(
        label, key=key, icon=f":material/{icon}:", help=label, type="tertiary", disabled=disabled,
        on_click=act, args=args,  # type: ignore[arg-type]
    )  # fmt: skip


def _toggle(name: str) -> None:
    st.session_state[name] = not st.session_state.get(name)
