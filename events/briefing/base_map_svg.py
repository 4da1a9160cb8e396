"""The map under the events as SVG: sea, graticule, land with coast and borders, and names where there is room.

The land is drawn twice, below with a broad coast of which only the outer half shows, above with thin borders. Names
keep clear of all that the events have taken; what does not fit is left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from events.briefing.frame import Frame, pieces
from events.briefing.grounds_svg import path_of
from events.briefing.label_layout import Box
from events.briefing.land import Land, Name
from events.briefing.svg_text import text, width
from events.look.theme import Theme

COUNTRY_SIZE, SEA_SIZE, TOWN_SIZE = 11.5, 13.0, 12.0
TRACKING = 1.5
MOST_TOWNS = 22
TOWN_PEOPLE = 230_000.0  # of the towns that are named on a map of one pixel a kilometre
FAR = 0.07  # pixels a kilometre below which the map is of a continent or more: thinner lines, no towns
MARGIN = 6.0
SCALE_BARS = (5, 10, 20, 50, 100, 200, 500, 1000, 2000)  # km


@dataclass(frozen=True, slots=True)
class BaseMap:
    """The land in pixels: each country's outline by ISO code, as far as it is in sight."""

    outlines: tuple[tuple[str, Any], ...]


def base_map(land: Land, frame: Frame) -> BaseMap:
    """The land as the frame shows it."""
    shown = ((country.iso, frame.shapes(country.outline)) for country in land.countries)
    return BaseMap(tuple((iso, outline) for iso, outline in shown if not outline.is_empty))


def sea_svg(frame: Frame, theme: Theme) -> str:
    """The sea, and the globe's edge where the whole world is in sight."""
    if not frame.world:
        return f'<rect width="{frame.width:g}" height="{frame.height:g}" fill="{theme.sea}"/>'
    lats = np.linspace(-90, 90, 91)
    west, east = np.full(91, frame.lon - 179.9), np.full(91, frame.lon + 179.9)
    edge = frame.pixels(np.vstack((np.column_stack((west, lats)), np.column_stack((east[::-1], lats[::-1])))))
    return f'<path d="{path_of(shapely.Polygon(edge))}" fill="{theme.sea}"/>'


def graticule_svg(frame: Frame, theme: Theme) -> str:
    """Meridians and parallels: every 30 degrees of the world, every 10 of a part, every 2 of a small one."""
    step = 30 if frame.world else 10 if frame.scale < 0.6 else 2
    lines = [shapely.LineString([(lon, -88), (lon, 88)]) for lon in _meridians(frame, step)]
    west, east = (frame.lon - 179.9, frame.lon + 179.9) if frame.world else (frame.lon - 90, frame.lon + 90)
    lines += [shapely.LineString([(west, lat), (east, lat)]) for lat in range(-90 + step, 90, step)]
    drawn = "".join(path_of(_by_steps(line, frame, 2.0), 0.5) for line in lines)
    return f'<path d="{drawn}" fill="none" stroke="{theme.graticule}" stroke-width=".8"/>'


def land_svg(base: BaseMap, frame: Frame, theme: Theme) -> str:
    """The land with its coast and borders."""
    far = frame.scale < FAR
    data = "".join(path_of(outline) for _, outline in base.outlines)
    coast, border = (1.4, 0.5) if far else (2.4, 0.9)
    return (
        f'<path d="{data}" fill="none" stroke="{theme.coast}" stroke-width="{coast}" stroke-linejoin="round"/>'
        f'<path d="{data}" fill="{theme.land}" stroke="{theme.border}" stroke-width="{border}" stroke-linejoin="round"/>'
    )


def names_svg(land: Land, base: BaseMap, frame: Frame, theme: Theme, taken: list[Box], without: frozenset[str]) -> str:
    """Names of countries, seas and towns that fit. taken: boxes to keep clear, which grows; without: names not to write."""
    towns: list[str] = []
    if frame.scale >= FAR:
        towns = list(_town_names(land.towns, frame, theme, taken, without))
    countries = list(_country_names(land.country_names, base, frame, theme, taken, without))
    seas = list(_sea_names(land.seas, base, frame, theme, taken, without))
    return "".join((*countries, *seas, *towns))


def scale_svg(frame: Frame, theme: Theme) -> tuple[str, Box]:
    """A bar that shows how far it is, and its box in the lower left corner."""
    length = max((km for km in SCALE_BARS if km * frame.scale <= 130), default=SCALE_BARS[0])
    x, y, long = 14.0, frame.height - 14.0, length * frame.scale
    bar = f'<path d="M{x:g} {y - 5:g}V{y:g}H{x + long:.1f}V{y - 5:g}" fill="none" stroke="{theme.soft}"/>'
    said = f"{length:,} km"
    halo = text(said, x + long + 6, y + 1, 11, theme.soft, halo=theme.land)
    return bar + halo, (x - 6, y - 12, x + long + 12 + width(said, 11), y + 8)


def _meridians(frame: Frame, step: int) -> range:
    return range(-180, 180, step) if not frame.world else range(-180 + step, 181, step)


def _by_steps(line: Any, frame: Frame, step: float) -> Any:
    return frame.shapes(shapely.segmentize(line, step))


def _country_names(
    names: Sequence[Name], base: BaseMap, frame: Frame, theme: Theme, taken: list[Box], without: frozenset[str]
) -> Iterator[str]:
    outlines = dict(base.outlines)
    size = COUNTRY_SIZE if frame.scale >= FAR else COUNTRY_SIZE - 1.5
    seen = [(name, _greatest(outlines[name.iso], frame)) for name in names if name.iso in outlines]
    for name, polygon in sorted(seen, key=lambda pair: -pair[1].area if pair[1] is not None else 0.0):
        if polygon is None or name.text in without:
            continue
        said = name.text.upper()
        wide = width(said, size, tracking=TRACKING)
        at = _room(name, polygon, frame, wide, size, taken)
        if at:
            taken.append(_around(*at, wide, size))
            yield text(
                said, at[0] + TRACKING / 2, at[1] + size * 0.35, size, theme.land_names, anchor="middle",
                tracking=TRACKING, halo=theme.land,
            )  # fmt: skip


def _sea_names(
    names: Sequence[Name], base: BaseMap, frame: Frame, theme: Theme, taken: list[Box], without: frozenset[str]
) -> Iterator[str]:
    """Seas that are wide enough for their names, each at its own place."""
    coast = shapely.STRtree([outline for _, outline in base.outlines])
    written: set[str] = set()
    for name in names:
        x, y = frame.at(name.lon, name.lat)
        wide = width(name.text, SEA_SIZE)
        room = name.weight * 111.2 * math.cos(math.radians(name.lat)) * frame.scale
        box = _around(x, y, wide, SEA_SIZE)
        if name.text in without | written or room < 0.75 * wide or not _is_free(box, frame, taken):
            continue
        if _angle_away(name, frame) > 75 or len(coast.query(shapely.box(*box), predicate="intersects")):
            continue
        taken.append(box)
        written |= {name.text} if not frame.world else set()
        yield text(name.text, x, y + 4, SEA_SIZE, theme.sea_names, italic=True, anchor="middle", halo=theme.sea)


def _town_names(
    names: Sequence[Name], frame: Frame, theme: Theme, taken: list[Box], without: frozenset[str]
) -> Iterator[str]:
    """The great towns of the map, as far as events leave room: a dot and a name at its right or left."""
    least = TOWN_PEOPLE / frame.scale**1.3
    number = 0
    for name in names:
        if name.weight < least or number == MOST_TOWNS:
            return
        x, y = frame.at(name.lon, name.lat)
        if name.text in without or _angle_away(name, frame) > 75:
            continue
        wide = width(name.text, TOWN_SIZE)
        for left, anchor in ((x + 5, "start"), (x - 5 - wide, "end")):
            box = (left - 2, y - 7, left + wide + 2, y + 7)
            if _is_free(box, frame, taken) and _is_free((x - 3, y - 3, x + 3, y + 3), frame, taken):
                taken += [box, (x - 3, y - 3, x + 3, y + 3)]
                number += 1
                place = x + 5 if anchor == "start" else x - 5
                yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.8" fill="{theme.town_names}"/>' + text(
                    name.text, place, y + 4, TOWN_SIZE, theme.town_names, anchor=anchor, halo=theme.land
                )
                break


def _room(
    name: Name, polygon: Any, frame: Frame, wide: float, size: float, taken: list[Box]
) -> tuple[float, float] | None:
    """Where a country's name fits into what is seen of it: its own place, else the roomiest of a grid."""
    left, top, right, bottom = polygon.bounds
    if right - left < wide or bottom - top < size:
        return None
    shapely.prepare(polygon)
    own = frame.at(name.lon, name.lat)
    steps = [(i + 0.5) / 12 for i in range(12)]
    grid = [(left + (right - left) * i, top + (bottom - top) * j) for i in steps for j in steps]
    edge = polygon.exterior
    fits = []
    for x, y in (own, *grid):
        box = shapely.box(x - wide / 2, y - size / 2, x + wide / 2, y + size / 2)
        if _is_free(_around(x, y, wide, size), frame, taken) and polygon.contains(box):
            if (x, y) == own:
                return own
            fits.append((-float(edge.distance(box)), x, y))
    return min(fits)[1:] if fits else None


def _greatest(outline: Any, frame: Frame) -> Any:
    """The greatest polygon of a country on the sheet; None where there is none."""
    seen = shapely.clip_by_rect(outline, 0, 0, frame.width, frame.height)
    polygons = [part for part in pieces(seen) if part.geom_type == "Polygon" and part.area > 0]
    return max(polygons, key=lambda part: part.area).simplify(1.5) if polygons else None


def _around(x: float, y: float, wide: float, size: float) -> Box:
    return (x - wide / 2 - 3, y - size / 2 - 2, x + wide / 2 + 3, y + size / 2 + 2)


def _is_free(box: Box, frame: Frame, taken: Sequence[Box]) -> bool:
    inside = (
        box[0] >= MARGIN and box[1] >= MARGIN and box[2] <= frame.width - MARGIN and box[3] <= frame.height - MARGIN
    )
    return inside and not any(
        box[0] < other[2] and box[2] > other[0] and box[1] < other[3] and box[3] > other[1] for other in taken
    )


def _angle_away(name: Name, frame: Frame) -> float:
    """How many degrees a name lies from the middle of a regional map; 0 on a world map."""
    if frame.world:
        return 0.0
    one, other = math.radians(name.lat), math.radians(frame.lat)
    cosine = math.sin(one) * math.sin(other) + math.cos(one) * math.cos(other) * math.cos(
        math.radians(name.lon - frame.lon)
    )
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))
