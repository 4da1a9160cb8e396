"""The picture of the timeline: a Vega-Lite specification that stays the same while only its rows change.

For the timeline and the briefing. The browser draws a new specification from nothing, and new rows into the one that it
has: so all that changes with a filter is a row, marked by the layer that draws it.

Vega keeps the marks of rows that went, up to ten thousand in each group of marks, and a trace of every row that it copied to
work something out for it: on a page that is open all day, hundreds of megabytes. So a row has a key, by which the next row
of that key takes over its mark, and comes with all that is drawn of it worked out; and bars have no round corners, for which
Vega-Lite makes a group of marks of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Literal

import pandas as pd

from events.look import wording
from events.look.theme import Theme
from events.ontology import FAMILIES
from events.view import Bars
from events.view.bars import Unit, bin_end, bin_start

LEFT_OUT = "left out"
HEIGHT = 94  # px
HIGH = 0.6  # share of the strip's height from which a bar with its count is in the way of words above it
HEADROOM = 1.34  # of the highest bar, for counts and words over it
LEAST_TOP = 4.0
LABEL_WIDTH = 82.0  # px that "newest story" takes with the gap to its line and half a bar
MOST_COUNTED = 34  # bars that have room for their count over them
SANS = "Source Sans, Segoe UI, sans-serif"
AXIS_FORMAT: dict[Unit, str] = {"day": "%-d %b", "week": "%-d %b %y", "month": "%b %Y"}
BIN_MS: dict[Unit, int] = {"day": 86_400_000, "week": 7 * 86_400_000, "month": 30 * 86_400_000}
FOOT = 0.79  # of the strip's height: where the line begins that leads from an open event's number down to its bar
COLUMNS = ("layer", "day", "until", "when", "family", "told", "count", "lower", "upper", "top", "label")
Spec = dict[str, Any]
Days = tuple[date, date]


def rows(drawn: Bars, days: Days, newest: date | None, opened: tuple[date, int] | None) -> pd.DataFrame:
    """The rows of all layers. newest: the day of the newest story; opened: the first day and the number of the open event."""
    bars = _segments(drawn)
    totals = _totals(bars, everything=True)
    top = max(LEAST_TOP, float(max(totals.values(), default=0))) * HEADROOM
    marked = milliseconds(bin_start(opened[0], drawn.unit)) if opened else None
    found: list[Spec] = [*bars, {"layer": "top", "day": milliseconds(days[0]), "top": top}]
    if bin_count(days, drawn.unit) <= MOST_COUNTED:
        counts = _totals(bars, everything=False)
        found += [
            {"layer": "count", "day": day, "top": totals[day], "label": f"{count}"}
            for day, count in counts.items()
            if day != marked
        ]
    if newest and days[0] <= newest <= days[1]:
        middle = milliseconds(bin_start(newest, drawn.unit)) + BIN_MS[drawn.unit] // 2
        found.append({"layer": "newest", "day": float(middle), "top": top})
        high = [_date(day) for day, count in totals.items() if day == marked or count > HIGH * top]
        side, width = label_room(newest, high, days)
        label = {"day": float(middle), "top": top, "label": "newest story", "until": width}
        found.append({"layer": f"newest {side}", **label})
    if opened and marked in totals:
        line = {"lower": totals[marked], "upper": FOOT * top}
        found.append({"layer": "open", "day": marked, "top": top, "label": str(opened[1]), **line})
    found += [_span(span, days) for span in drawn.spans]
    frame = pd.DataFrame(found, columns=list(COLUMNS))
    return frame.assign(key=frame.groupby("layer").cumcount())


def specification(unit: Unit, days: Days, theme: Theme, *, brush: bool = True) -> Spec:
    """How the rows are drawn, whatever they are."""
    bins = bin_count(days, unit)
    above = {"transform": _only("!==", "bar"), "layer": [_counts(theme), _top(), *_newest(theme), *_open(theme)]}
    return {
        "height": HEIGHT,
        "background": "transparent",
        "padding": {"left": 4, "right": 4, "top": 4, "bottom": 0},
        "data": {"name": "source", "format": {"parse": {"day": None, "until": None}}},
        "encoding": {"x": _x(unit, days, bins), "key": {"field": "key"}},
        "layer": [_spans(theme), _bars(bins, theme, brush=brush), above],
        "config": {"view": {"stroke": None}, "axis": _axis_look(theme), "mark": {"font": SANS}, "text": {"font": SANS}},
        # One picture with one description. As SVG each empty layer would be read out as a picture without any.
        "usermeta": {"embedOptions": {"renderer": "canvas"}},
    }


def bin_count(days: Days, unit: Unit) -> int:
    """About how many bars there is room for."""
    return max(1, round(((days[1] - days[0]).days + 1) * 86_400_000 / BIN_MS[unit]))


def label_room(newest: date, high: Sequence[date], days: Days) -> tuple[Literal["left", "right"], float]:
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


def milliseconds(day: date) -> float:
    """Midnight in UTC since 1970: a bare time would be read in the viewer's own zone.

    >>> milliseconds(date(1970, 1, 2))
    86400000.0
    """
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000


def _date(at: float) -> date:
    return datetime.fromtimestamp(at / 1000, tz=UTC).date()


def _segments(drawn: Bars) -> list[Spec]:
    """The segments of all bars, each upon those of its bin that came before."""
    found: list[Spec] = []
    for one in drawn.bins:
        below = found[-1] if found and found[-1]["day"] == milliseconds(one.day) else None
        lower = below["upper"] if below else 0
        found.append({
            "layer": "bar", "day": milliseconds(one.day), "when": wording.days(one.day, bin_end(one.day, drawn.unit)),
            "family": one.family or LEFT_OUT, "told": "fact" if one.fact else "other", "count": one.count,
            "lower": lower, "upper": lower + one.count,
        })  # fmt: skip
    return found


def _span(span: tuple[date, date, int], days: Days) -> Spec:
    start, end, count = span
    first, last = max(start, days[0]), min(end, days[1])
    return {
        "layer": "span", "day": milliseconds(first), "until": milliseconds(last) + 86_400_000.0, "count": count,
        "when": f"{wording.days(start, end)}, known no nearer",
    }  # fmt: skip


def _totals(bars: Sequence[Spec], *, everything: bool) -> dict[float, int]:
    totals: dict[float, int] = {}
    for bar in bars:
        if everything or bar["family"] != LEFT_OUT:
            totals[bar["day"]] = totals.get(bar["day"], 0) + bar["count"]
    return totals


def _only(sign: Literal["===", "!=="], layer: str) -> list[Spec]:
    return [{"filter": f"datum.layer {sign} '{layer}'"}]


def _x(unit: Unit, days: Days, bins: int) -> Spec:
    half = BIN_MS[unit] / 2
    axis: Spec = {
        "format": AXIS_FORMAT[unit], "grid": False, "labelFlush": False, "labelOverlap": "greedy", "labelSeparation": 10,
        "tickCount": {"expr": "width/80"},
    }  # fmt: skip
    if unit == "day" and bins <= 45:
        axis["tickCount"] = {"interval": "day", "step": 1 if bins <= 12 else 2 if bins <= 26 else 4}
    room = [milliseconds(bin_start(days[0], unit)) - half, milliseconds(days[1]) + half]
    return {
        "field": "day", "type": "temporal", "title": None, "axis": axis,
        "scale": {"domain": room, "nice": False, "type": "utc"},
    }  # fmt: skip


def _y(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "title": None, "axis": None, "scale": {"nice": False, "zero": True}}


def _bars(bins: int, theme: Theme, *, brush: bool) -> Spec:
    names = [*FAMILIES, LEFT_OUT]
    scale = {"domain": names, "range": [*(theme.families[name] for name in FAMILIES), theme.rule]}
    told = ["fact", "other"]
    layer: Spec = {
        "transform": _only("===", "bar"),
        "mark": {
            "type": "bar", "size": {"expr": f"max(1, min(18, 0.66 * width / {bins}))"},
            "strokeWidth": 1 if bins <= 60 else 0.4,
        },
        "encoding": {
            "y": {**_y("upper"), "stack": None},
            "y2": {"field": "lower"},
            "color": {"field": "family", "type": "nominal", "scale": scale, "legend": None},
            "stroke": {"field": "family", "type": "nominal", "scale": scale, "legend": None},
            "fillOpacity": _of_told("told", {"domain": told, "range": [1, 0.1]}),
            "strokeDash": _of_told("told", {"domain": told, "range": [[1, 0], [4, 2.5]]}),
            "tooltip": [_tip("when"), _tip("family"), {"field": "count", "type": "quantitative", "title": "events"}],
        },
    }  # fmt: skip
    if brush:
        look = {"fill": theme.ink, "fillOpacity": 0.07, "stroke": theme.ink, "strokeOpacity": 0.5}
        layer["params"] = [{"name": "brush", "select": {"type": "interval", "encodings": ["x"], "mark": look}}]
    return layer


def _of_told(field: str, scale: Spec) -> Spec:
    return {"field": field, "type": "nominal", "scale": scale, "legend": None}


def _tip(field: str) -> Spec:
    return {"field": field, "type": "nominal"}


def _spans(theme: Theme) -> Spec:
    """Long intervals as lines at the foot, the broader the more events: none of their days is the event's."""
    return {
        "transform": _only("===", "span"),
        "mark": {"type": "rule", "color": theme.soft, "opacity": 0.4, "strokeCap": "round", "yOffset": -2},
        "encoding": {
            "x2": {"field": "until"},
            "y": {"value": HEIGHT},
            "strokeWidth": {
                "field": "count", "type": "quantitative", "legend": None,
                "scale": {"type": "log", "domainMin": 1, "range": [1, 5]},
            },
            "tooltip": [_tip("when"), {"field": "count", "type": "quantitative", "title": "events"}],
        },
    }  # fmt: skip


def _counts(theme: Theme) -> Spec:
    mark = {"type": "text", "dy": -7, "color": theme.soft, "fontSize": 11.5, "font": SANS}
    return {"transform": _only("===", "count"), "mark": mark, "encoding": {"y": _y("top"), "text": _tip("label")}}


def _top() -> Spec:
    """Nothing that is seen: it holds the scale open."""
    return {"transform": _only("===", "top"), "mark": {"type": "point", "opacity": 0}, "encoding": {"y": _y("top")}}


def _newest(theme: Theme) -> list[Spec]:
    """A dotted line behind the newest story's day: what lies ahead is seen as ahead. Words stand where there is room."""
    line = {"type": "rule", "color": theme.soft, "strokeDash": [1.5, 3], "strokeWidth": 1.2}
    text = {"type": "text", "baseline": "top", "color": theme.soft, "fontSize": 12, "font": SANS}
    fits = {"condition": {"test": "width >= datum.until", "value": 1}, "value": 0}
    return [
        {"transform": _only("===", "newest"), "mark": line},
        *(
            {
                "transform": _only("===", f"newest {side}"), "mark": text | {"align": side, "dx": dx},
                "encoding": {"y": _y("top"), "text": _tip("label"), "opacity": fits},
            }
            for side, dx in (("left", 6), ("right", -6))
        ),
    ]  # fmt: skip


def _open(theme: Theme) -> list[Spec]:
    """The number of the open event over its bar."""
    text = {"type": "text", "color": theme.ink, "fontSize": 13, "fontWeight": 700, "font": SANS, "baseline": "top"}
    return [
        {
            "transform": _only("===", "open"), "mark": {"type": "rule", "color": theme.ink, "strokeWidth": 1.4},
            "encoding": {"y": _y("upper"), "y2": {"field": "lower"}},
        },
        {"transform": _only("===", "open"), "mark": text, "encoding": {"y": _y("top"), "text": _tip("label")}},
    ]  # fmt: skip


def _axis_look(theme: Theme) -> Spec:
    return {
        "domainColor": theme.ink, "tickColor": theme.ink, "labelColor": theme.soft, "labelFont": SANS,
        "labelFontSize": 12, "tickSize": 4,
    }  # fmt: skip
