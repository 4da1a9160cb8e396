"""The picture of the timeline: a Vega-Lite specification that stays the same while only its rows change.

For the timeline and the briefing. The browser draws a new specification from nothing, and new rows into the one that it
has: so all that changes with a filter is a row (`strip_rows`), marked by the layer that draws it. Bars have no round corners,
for which Vega-Lite makes a group of marks of each, and Vega keeps the marks of every group.
"""

from __future__ import annotations

from typing import Any, Literal

from events.dashboard.timeline.strip_rows import BIN_MS, LEFT_OUT, Days, bin_count, milliseconds
from events.look.theme import Theme
from events.ontology import FAMILIES
from events.view.bars import Unit, bin_start

HEIGHT = 94  # px
SANS = "Source Sans, Segoe UI, sans-serif"
AXIS_FORMAT: dict[Unit, str] = {"day": "%-d %b", "week": "%-d %b %y", "month": "%b %Y"}
Spec = dict[str, Any]
FITS: Spec = {"condition": {"test": "width >= datum.until", "value": 1}, "value": 0}  # words where there is room


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


def _only(sign: Literal["===", "!=="], layer: str) -> list[Spec]:
    return [{"filter": f"datum.layer {sign} '{layer}'"}]


def _x(unit: Unit, days: Days, bins: int) -> Spec:
    half = BIN_MS[unit] / 2
    axis: Spec = {
        "format": AXIS_FORMAT[unit], "grid": False, "labelFlush": False, "labelOverlap": "greedy", "labelSeparation": 10,
        "labelBound": 4, "tickCount": {"expr": "width/80"},
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
            "y": {"value": "height"},  # of the plot: HEIGHT is of the axis too
            "strokeWidth": {
                "field": "count", "type": "quantitative", "legend": None,
                "scale": {"type": "log", "domainMin": 1, "range": [1, 5]},
            },
            "tooltip": [_tip("when"), {"field": "count", "type": "quantitative", "title": "events"}],
        },
    }  # fmt: skip


def _counts(theme: Theme) -> Spec:
    mark = {"type": "text", "dy": -7, "color": theme.soft, "fontSize": 11.5, "font": SANS}
    encoding = {"y": _y("top"), "text": _tip("label"), "opacity": FITS}
    return {"transform": _only("===", "count"), "mark": mark, "encoding": encoding}


def _top() -> Spec:
    """Nothing that is seen: it holds the scale open."""
    return {"transform": _only("===", "top"), "mark": {"type": "point", "opacity": 0}, "encoding": {"y": _y("top")}}


def _newest(theme: Theme) -> list[Spec]:
    """A dotted line behind the newest story's day: what lies ahead is seen as ahead. Words stand where there is room."""
    line = {"type": "rule", "color": theme.soft, "strokeDash": [1.5, 3], "strokeWidth": 1.2}
    text = {"type": "text", "baseline": "top", "color": theme.soft, "fontSize": 12, "font": SANS}
    return [
        {"transform": _only("===", "newest"), "mark": line},
        *(
            {
                "transform": _only("===", f"newest {side}"), "mark": text | {"align": side, "dx": dx},
                "encoding": {"y": _y("top"), "text": _tip("label"), "opacity": FITS},
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
