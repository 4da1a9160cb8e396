"""The strip under the map: events a day, stacked by family, with a brush that sets the dates.

For the page and its briefing. Told as fact is filled, everything else is dashed; what the choices leave out stays as
a grey ghost, so that one sees where else there is something. Dragging is the browser's; Python hears of it once, on
release.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from html import escape
from typing import Any, Literal

import altair as alt
import pandas as pd
import streamlit as st

from events.dashboard.session import BRUSH, show_news_dates, within_inputs
from events.look import wording
from events.look.theme import Theme
from events.model import Event
from events.ontology import FAMILIES
from events.view import Bars, EventTable, View, bars
from events.view.bars import bin_end, bin_start

LEFT_OUT = "left out"
HEIGHT = 94
HIGH = 0.6  # share of the strip's height from which a bar with its count is in the way of words above it
LABEL_WIDTH = 82.0  # px that "newest story" takes with the gap to its line and half a bar
MOST_COUNTED = 34  # bars that have room for their count over them
SANS = "Source Sans, Segoe UI, sans-serif"
AXIS_FORMAT = {"day": "%-d %b", "week": "%-d %b %y", "month": "%b %Y"}
BIN_MS = {"day": 86_400_000, "week": 7 * 86_400_000, "month": 30 * 86_400_000}


def strip(table: EventTable, view: View, days: tuple[date, date], theme: Theme, opened: Event | None) -> None:
    """Write the strip. days: those that are chosen; the strip itself shows the days of the news around them too."""
    start, end = extent(table, days)
    drawn = bars(table, view.mask, start, end)
    st.html(families_line(drawn, theme))
    key = f"timeline_{st.session_state.get(BRUSH, 0)}"
    st.altair_chart(
        chart(drawn, (start, end), theme, newest=table.newest, number=_number(view, opened)),
        key=key, on_select=lambda: _brushed(key, drawn), selection_mode=["brush"], theme=None, width="stretch",
        alt="Events over time, stacked by family",
    )  # fmt: skip


def extent(table: EventTable, days: tuple[date, date]) -> tuple[date, date]:
    """From which day to which the strip reaches: over the chosen days and those of the news."""
    first, last = table.window or days
    return min(first, days[0]), max(last, days[1])


def families_line(drawn: Bars, theme: Theme) -> str:
    """The families' colours, and what the strip can't show."""
    keys = "".join(f'<span><i style="background:{theme.families[name]}"></i>{name}</span>' for name in FAMILIES)
    wide = f"{wording.plural(drawn.wide, 'event')} over longer times {'has' if drawn.wide == 1 else 'have'} no bar"
    note = (
        f"<em>{escape(wide)}</em>"
        if drawn.wide
        else '<em class="hint">Drag across days to narrow; double-click to undo</em>'
    )
    return f'<div class="families">{keys}{note}</div>'


def chart(
    drawn: Bars, days: tuple[date, date], theme: Theme, *, newest: date | None, number: tuple[Event, int] | None,
    brush: bool = True,
) -> Any:  # fmt: skip
    """The bars with their counts, the day of the newest story, and the number of the open event on its day."""
    frame = _frame(drawn)
    totals = frame.groupby("day")["count"].sum()
    shown = frame[frame.family != LEFT_OUT].groupby("day")["count"].sum()
    top = max(4.0, float(totals.max()) if len(totals) else 0.0) * 1.34
    layers = [_bars(frame, drawn, days, top, theme, brush=brush)]
    marked_day = None
    if number and number[0].when:
        marked_day = _at(bin_start(number[0].when.start, drawn.unit))
    bins = _bins(days, drawn)
    counts = [{"day": d, "top": int(totals[d]), "count": int(n)} for d, n in shown.items() if n and d != marked_day]
    if counts and bins <= MOST_COUNTED:
        layers.append(_counts(counts, theme))
    if newest and days[0] <= newest <= days[1]:
        high = [day.date() for day, count in totals.items() if day == marked_day or count > HIGH * top]
        layers += _newest(newest, drawn, top, theme, label_room(newest, high, days))
    if number and marked_day is not None and marked_day in totals.index:
        layers += _open_number(marked_day, number[1], int(totals[marked_day]), top, theme)
    return _styled(alt.layer(*layers), theme)


def _frame(drawn: Bars) -> pd.DataFrame:
    order = {name: position for position, name in enumerate((*FAMILIES, LEFT_OUT))}
    rows = [
        {
            "day": _at(b.day), "when": wording.days(b.day, bin_end(b.day, drawn.unit)),
            "family": b.family or LEFT_OUT, "told": "fact" if b.fact else "other",
            "count": b.count, "order": 2 * order[b.family or LEFT_OUT] + (not b.fact),
        }
        for b in drawn.bins
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["day", "when", "family", "told", "count", "order"])


def _bars(frame: pd.DataFrame, drawn: Bars, days: tuple[date, date], top: float, theme: Theme, *, brush: bool) -> Any:
    names = [*FAMILIES, LEFT_OUT]
    scale = alt.Scale(domain=names, range=[*(theme.families[name] for name in FAMILIES), theme.rule])
    told = ["fact", "other"]
    half = pd.Timedelta(milliseconds=BIN_MS[drawn.unit] // 2)
    room = [_at(bin_start(days[0], drawn.unit)) - half, _at(days[1]) + half]
    bins = _bins(days, drawn)
    axis = alt.Axis(
        format=AXIS_FORMAT[drawn.unit],
        grid=False,
        labelFlush=False,
        labelOverlap="greedy",
        labelSeparation=10,
        tickCount=alt.ExprRef("width/80"),
    )
    if drawn.unit == "day" and bins <= 45:
        axis.tickCount = {"interval": "day", "step": 1 if bins <= 12 else 2 if bins <= 26 else 4}
    chart = (
        alt.Chart(frame)
        .mark_bar(
            size=alt.ExprRef(f"max(2, min(18, 0.66 * width / {bins}))"),
            cornerRadius=1,
            strokeWidth=1.6 if bins <= 60 else 0.6,
        )
        .encode(
            x=alt.X(
                "day:T",
                title=None,
                scale=alt.Scale(domain=[_moment(end) for end in room], nice=False, type="utc"),
                axis=axis,
            ),
            y=alt.Y("count:Q", title=None, stack="zero", axis=None, scale=alt.Scale(domain=[0, top])),
            order="order:Q",
            color=alt.Color("family:N", scale=scale, legend=None),
            stroke=alt.Stroke("family:N", scale=scale, legend=None),
            fillOpacity=alt.FillOpacity("told:N", scale=alt.Scale(domain=told, range=[1, 0.1]), legend=None),
            strokeDash=alt.StrokeDash("told:N", scale=alt.Scale(domain=told, range=[[1, 0], [4, 2.5]]), legend=None),
            tooltip=[
                alt.Tooltip("when:N"),
                alt.Tooltip("family:N"),
                alt.Tooltip("count:Q", title="events"),
            ],
        )
    )
    if not brush:
        return chart
    style = alt.BrushConfig(fill=theme.ink, fillOpacity=0.07, stroke=theme.ink, strokeOpacity=0.5)
    return chart.add_params(alt.selection_interval(encodings=["x"], name="brush", mark=style))


def _counts(rows: list[dict[str, Any]], theme: Theme) -> Any:
    text = alt.Chart(pd.DataFrame(rows)).mark_text(dy=-7, color=theme.soft, fontSize=11.5, font=SANS)
    return text.encode(x="day:T", y="top:Q", text="count:Q")


def label_room(newest: date, high: Sequence[date], days: tuple[date, date]) -> tuple[Literal["left", "right"], float]:
    """On which side of its line the words "newest story" begin ("left") or end, and how many pixels wide the strip must
    then be for them to meet no high bar and no end. high: the days of high bars.

    >>> label_room(date(2025, 3, 5), [date(2025, 3, 4)], (date(2025, 3, 1), date(2025, 3, 20)))
    ('left', 105.8)
    """
    whole = (days[1] - days[0]).days + 1
    after = min([(day - newest).days for day in high if day > newest] + [(days[1] - newest).days + 1])
    before = min([(newest - day).days for day in high if day <= newest] + [(newest - days[0]).days + 1])
    room = {"left": after - 0.5, "right": before + 0.5}  # days, from the line to the middle of the next high bar
    side: Literal["left", "right"] = "left" if room["left"] >= room["right"] else "right"
    return side, round(LABEL_WIDTH * whole / max(0.1, room[side]), 1)


def _newest(
    newest: date, drawn: Bars, top: float, theme: Theme, room: tuple[Literal["left", "right"], float]
) -> list[Any]:
    """A dotted line behind the newest story's day: what lies ahead is seen as ahead. room: that of `label_room`."""
    align, width = room
    at = _at(bin_start(newest, drawn.unit)) + pd.Timedelta(milliseconds=BIN_MS[drawn.unit] // 2)
    line = alt.Chart(pd.DataFrame([{"day": at, "top": top, "label": "newest story"}]))
    text = line.mark_text(
        align=align, baseline="top", dx=6 if align == "left" else -6, color=theme.soft, fontSize=12, font=SANS,
        opacity=alt.ExprRef(f"width < {width} ? 0 : 1"),
    )  # fmt: skip
    return [
        line.mark_rule(color=theme.soft, strokeDash=[1.5, 3], strokeWidth=1.2).encode(x="day:T"),
        text.encode(x="day:T", y="top:Q", text="label:N"),
    ]


def _open_number(day: pd.Timestamp, number: int, count: int, top: float, theme: Theme) -> list[Any]:
    data = alt.Chart(
        pd.DataFrame([{"day": day, "number": str(number), "count": count, "foot": top * 0.79, "top": top}])
    )
    text = data.mark_text(color=theme.ink, fontSize=13, fontWeight=700, font=SANS, baseline="top")
    return [
        data.mark_rule(color=theme.ink, strokeWidth=1.4).encode(x="day:T", y="foot:Q", y2="count:Q"),
        text.encode(x="day:T", y="top:Q", text="number:N"),
    ]


def _styled(layered: Any, theme: Theme) -> Any:
    return (
        layered.properties(height=HEIGHT)
        .configure(background="transparent", padding={"left": 4, "right": 4, "top": 4, "bottom": 0})
        .configure_view(stroke=None)
        .configure_axis(
            domainColor=theme.ink,
            tickColor=theme.ink,
            labelColor=theme.soft,
            labelFont=SANS,
            labelFontSize=12,
            tickSize=4,
        )
    )


def _number(view: View, opened: Event | None) -> tuple[Event, int] | None:
    number = view.numbers.get(opened.id) if opened else None
    return (opened, number) if opened and number else None


def _bins(days: tuple[date, date], drawn: Bars) -> int:
    """About how many bars there is room for."""
    return max(1, round(((days[1] - days[0]).days + 1) * 86_400_000 / BIN_MS[drawn.unit]))


def _moment(at: pd.Timestamp) -> alt.DateTime:
    return alt.DateTime(year=at.year, month=at.month, date=at.day, hours=at.hour, utc=True)


def _at(day: date) -> pd.Timestamp:
    """Midnight in UTC: a bare time would be read in the viewer's own zone."""
    return pd.Timestamp(day, tz="UTC")


def _brushed(key: str, drawn: Bars) -> None:
    """The brush was let go: its days become the dates; an emptied brush gives the days of the news back."""
    selection = (st.session_state.get(key) or {}).get("selection", {}).get("brush") or {}
    days = brushed_days(selection.get("day"), drawn)
    if days:
        st.session_state.start, st.session_state.end = (within_inputs(day) for day in days)
    elif not selection:
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
