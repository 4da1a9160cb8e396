"""The strip under the map: events a day, stacked by family, with a brush that sets the dates.

For the page and its briefing. Told as fact is filled, everything else is dashed; what the choices leave out stays as
a grey ghost, so that one sees where else there is something; intervals too long for a bar are lines at the foot. Dragging
is the browser's; Python hears of it once, on release. By the days of reports, a brush asks for what was reported then.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from html import escape

import streamlit as st

from events.dashboard.desk.choosing import BRUSH, show_news_dates, within_inputs
from events.dashboard.timeline.strip_acts import STYLE, acts, basis, near
from events.dashboard.timeline.strip_chart import specification
from events.dashboard.timeline.strip_rows import BIN_MS, Days, rows
from events.look import wording
from events.look.theme import Theme
from events.model import Event
from events.ontology import FAMILIES
from events.view import Bars, EventTable, View, bars
from events.view.bars import bin_end, bin_start


def strip(table: EventTable, view: View, days: Days, theme: Theme, opened: Event | None) -> None:
    """Write the strip. days: those that are chosen; the strip itself shows the days of the news around them too."""
    start, end = near(days) or extent(table, days)
    drawn = bars(view, start, end, basis())
    st.html(STYLE)
    with st.container(key="strip_line", horizontal=True, gap=8):
        st.html(families_line(drawn, theme))
        acts(days, extent(table, days))
    key = f"timeline_{st.session_state.get(BRUSH, 0)}"
    st.vega_lite_chart(
        rows(drawn, (start, end), table.newest, _opened(view, opened)),
        specification(drawn.unit, (start, end), theme),
        key=key, on_select=lambda: _brushed(key, drawn), selection_mode=["brush"], theme=None, width="stretch",
        alt="Events over time, stacked by family",
    )  # fmt: skip


def plain_strip(table: EventTable, view: View, days: Days, theme: Theme, *, key: str) -> None:
    """Write the strip for a sheet: nothing can be chosen on it."""
    days = extent(table, days)
    drawn = bars(view, *days)
    spec = specification(drawn.unit, days, theme, brush=False)
    st.vega_lite_chart(rows(drawn, days, table.newest, None), spec, theme=None, width="stretch", key=key)


def extent(table: EventTable, days: tuple[date, date]) -> tuple[date, date]:
    """From which day to which the strip reaches: over the chosen days and those of the news."""
    first, last = table.window or days
    return min(first, days[0]), max(last, days[1])


def families_line(drawn: Bars, theme: Theme) -> str:
    """The families' colours, and what the strip can't show."""
    keys = "".join(f'<span><i style="background:{theme.families[name]}"></i>{name}</span>' for name in FAMILIES)
    span, lines = ("spans", "a line") if drawn.wide == 1 else ("span", "lines")
    wide = f"{wording.plural(drawn.wide, 'event')} {span} many days: {lines} at the foot"
    note = (
        f"<em>{escape(wide)}</em>"
        if drawn.wide
        else '<em class="hint">Drag across days to narrow; double-click to undo</em>'
    )
    return f'<div class="families">{keys}{note}</div>'


def _opened(view: View, opened: Event | None) -> tuple[date, int] | None:
    number = view.numbers.get(opened.id) if opened else None
    return (opened.when.start, number) if opened and opened.when and number else None


def _brushed(key: str, drawn: Bars) -> None:
    """The brush was let go: its days become the dates; an emptied brush gives the days of the news back."""
    selection = (st.session_state.get(key) or {}).get("selection", {}).get("brush") or {}
    days = brushed_days(selection.get("day"), drawn)
    if days and basis() == "reported":
        st.session_state.changed_from, st.session_state.changed_to = (within_inputs(day) for day in days)
    elif days:
        st.session_state.start, st.session_state.end = (within_inputs(day) for day in days)
    elif not selection and basis() == "told":
        show_news_dates()


def brushed_days(ends: list[float] | None, drawn: Bars) -> tuple[date, date] | None:
    """The days of the bins whose middle a brush covers; the bins that it touches where it covers no middle.

    ends: milliseconds since 1970, UTC, as the browser gives them: of any pixel, not of a day.
    """
    if not ends or len(ends) != 2:
        return None
    half = BIN_MS[drawn.unit] / 2
    first, last = (datetime.fromtimestamp((at + half) / 1000, tz=UTC).date() for at in sorted(ends))
    return bin_start(first, drawn.unit), bin_end(last, drawn.unit)
