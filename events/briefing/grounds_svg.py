"""The ground of each event as SVG: a country shaded, a sea below the land, a line along its course.

How an event is told shows in the style, as on the page's map: tint and a firm outline for fact, dashes for what lies
ahead, hatching for claims. Geometries are in pixels.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from events.look.theme import Theme
from events.model import Status

CLAIMS = frozenset({"alleged", "denied"})
AHEAD = frozenset({"planned", "cancelled"})
SEA_MARGIN_KM = 30.0  # outlines of seas are drawn by hand: so far they may end before the coast
FINEST = 0.3  # px; what is finer nobody sees


def path_of(geometry: Any, finest: float = FINEST) -> str:
    """The path data of a geometry in pixels, to a tenth of one.

    >>> path_of(shapely.LineString([(0, 0), (10, 5)]))
    'M0 0L10 5'
    """
    pieces: list[str] = []
    for part in _parts(geometry.simplify(finest) if finest else geometry):
        if part.geom_type == "Polygon":
            pieces += [f"{_line(ring)}Z" for ring in (part.exterior, *part.interiors)]
        elif part.geom_type == "LineString":
            pieces.append(_line(part))
    return "".join(pieces)


def area(geometry: Any, status: Status, colour: str, *, dotted: bool = False) -> str:
    """An area: tinted, or hatched where it is claimed. dotted: its outline is a circle that stands for a border."""
    dash = ' stroke-dasharray="1 3.4" stroke-linecap="round"' if dotted else ' stroke-dasharray="5 4"'
    dashed = dash if dotted or status in AHEAD else ""
    edge = f'fill="none" stroke="{colour}" stroke-width="1.4" stroke-linejoin="round"{dashed}'
    if status in CLAIMS:
        paint = f'fill="url(#{hatch_name(status, colour)})"'
    else:
        paint = f'fill="{colour}" fill-opacity="{0.08 if status in AHEAD else 0.17}"'
    data = path_of(geometry)
    return f'<path d="{data}" {paint}/><path d="{data}" {edge}/>' if data else ""


def water(geometry: Any, status: Status, colour: str, theme: Theme, scale: float) -> str:
    """A sea, to be drawn below the land, which cuts off what reaches too far. scale: pixels a kilometre."""
    strength = 0.09 if status in AHEAD else 0.22
    tint = mixed(theme.sea, colour, strength)
    stroke = f'stroke="{tint}" stroke-width="{2 * SEA_MARGIN_KM * scale:.1f}" stroke-linejoin="round"'
    data = path_of(geometry)
    if not data:
        return ""
    claimed = f'<path d="{data}" fill="url(#{hatch_name(status, colour)})"/>' if status in CLAIMS else ""
    return f'<path d="{data}" fill="{tint}" {stroke}/>{claimed}'


def line(geometry: Any, status: Status, colour: str, theme: Theme) -> str:
    """A line on a casing: firm for fact, dashed for what lies ahead, open for a claim."""
    data = path_of(geometry)
    if not data:
        return ""
    round_ends = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
    drawn = f'<path d="{data}" stroke="{theme.panel}" stroke-opacity=".9" stroke-width="7" {round_ends}/>'
    if status in AHEAD:
        return f'{drawn}<path d="{data}" stroke="{colour}" stroke-width="3" stroke-dasharray="7 5.5" {round_ends}/>'
    drawn += f'<path d="{data}" stroke="{colour}" stroke-width="4.2" {round_ends}/>'
    if status in CLAIMS:
        drawn += f'<path d="{data}" stroke="{theme.panel}" stroke-width="1.8" {round_ends}/>'
    return drawn


def hatchings(pairs: set[tuple[Status, str]]) -> str:
    """The patterns that claims on areas are hatched with: one way for alleged, both ways for denied."""
    found = []
    for status, colour in sorted(pairs):
        if status in CLAIMS:
            lines = "M-1 1L1 -1M0 8L8 0M7 9L9 7" + ("M-1 7L1 9M0 0L8 8M7 -1L9 1" if status == "denied" else "")
            found.append(
                f'<pattern id="{hatch_name(status, colour)}" width="8" height="8" patternUnits="userSpaceOnUse">'
                f'<path d="{lines}" stroke="{colour}" stroke-opacity=".55" stroke-width="1.1" fill="none"/></pattern>'
            )
    return "".join(found)


def hatch_name(status: Status, colour: str) -> str:
    """The name of a pattern."""
    return f"hatch-{status}-{colour.lstrip('#')}"


def mixed(ground: str, colour: str, share: float) -> str:
    """A colour laid thinly on a ground, as one opaque colour.

    >>> mixed("#FFFFFF", "#000000", 0.2)
    '#CCCCCC'
    """
    channels = zip(*([int(value[at : at + 2], 16) for at in (1, 3, 5)] for value in (ground, colour)), strict=True)
    return "#" + "".join(f"{round(g + (c - g) * share):02X}" for g, c in channels)


def _parts(geometry: Any) -> list[Any]:
    if geometry.geom_type in {"Polygon", "LineString"}:
        return [geometry]
    return [part for piece in getattr(geometry, "geoms", []) for part in _parts(piece)]


def _line(line_or_ring: Any) -> str:
    points = np.round(shapely.get_coordinates(line_or_ring), 1).tolist()
    closed = line_or_ring.geom_type == "LinearRing"
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in (points[:-1] if closed else points))
