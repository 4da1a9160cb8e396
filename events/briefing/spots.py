"""The ways in which a site's badges and name may stand on the map: on its ground, or beside it on a leader."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely

from events.briefing.frame import Frame, pieces
from events.briefing.label_layout import Box, Label, Side, Spot
from events.briefing.sites import BEND, Site
from events.briefing.svg_text import width

RADIUS, STEP = 11.0, 24.5  # px, of a badge; from one badge to the next
NAME_SIZE = 15.5
FOOT = 6.0  # px around a point that stay free
ANGLES = (0, 30, -30, 180, 150, -150, 60, -60, 120, -120, 90, -90, 15, -15, 165, -165)  # degrees, the first preferred
REACHES = (15.0, 24.0, 36.0, 52.0, 72.0, 98.0, 130.0, 170.0, 220.0, 290.0, 380.0)  # px, of a leader
WITHOUT_NAME = 70.0  # price of a label that can't have its name
OFF_GROUND = 60.0  # price of a leader where a badge could stand on its ground
ON_LINE = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9)
GRID = 9  # spots across an area


@dataclass(frozen=True)
class Placeable:
    """A site on the map: its outline in pixels, its badges in a block of so many columns and rows, and its name."""

    site: Site
    outline: Any
    columns: int
    rows: int
    name: str

    @property
    def badges(self) -> tuple[float, float]:
        """Width and height of the block of badges."""
        return self.columns * STEP, self.rows * STEP

    @property
    def name_width(self) -> float:
        """How much the name takes beside the badges; 0 for no name."""
        return width(self.name, NAME_SIZE, semibold=True) + 6 if self.name else 0.0


def placeable(site: Site, frame: Frame, *, named: bool) -> Placeable:
    """A site with its block of badges: one row of up to five, more in a block about twice as wide as high."""
    count = len(site.entries)
    columns = count if count <= 5 else math.ceil(math.sqrt(2.4 * count))
    outline = frame.shapes(site.outline, BEND) if site.outline is not None else None
    return Placeable(site, outline, columns, math.ceil(count / columns), site.place.name if named else "")


def label_of(place: Placeable, frame: Frame) -> Label | None:
    """The label of a site with all its spots; None where nothing of the site is on the sheet."""
    x, y = anchor_of(place, frame)
    on_ground = list(_on_ground(place, frame)) if place.outline is not None else []
    foot: Box | None = (x - FOOT, y - FOOT, x + FOOT, y + FOOT) if place.site.kind == "point" else None
    extra = OFF_GROUND if on_ground else 0.0
    beside = [spot for named in _namings(place) for spot in _beside(place, x, y, named, extra)]
    return Label((x, y), foot, (*on_ground, *beside))


def anchor_of(place: Placeable, frame: Frame) -> tuple[float, float]:
    """The pixel that a site's leader comes from: its point, the middle of its line, the roomiest place of its area."""
    x, y = frame.at(place.site.place.lon, place.site.place.lat)
    if place.outline is None or place.outline.is_empty:
        return x, y
    seen = _seen(place.outline, frame)
    if place.site.kind == "line":
        longest = max(pieces(seen), key=lambda piece: piece.length, default=None)
        middle = longest.interpolate(0.5, normalized=True) if longest is not None else None
        return (middle.x, middle.y) if middle is not None else (x, y)
    if place.site.kind == "circle" and seen.contains(shapely.Point(x, y)):
        return x, y
    greatest = max((piece for piece in pieces(seen) if piece.area > 0), key=lambda piece: piece.area, default=None)
    if greatest is None:
        return x, y
    return _roomiest(greatest)


def _roomiest(polygon: Any) -> tuple[float, float]:
    """The middle of the greatest circle in a polygon, where wide room counts for more than high."""
    flat = shapely.transform(polygon.simplify(1.0), lambda points: points * [0.6, 1.0])
    x, y = shapely.maximum_inscribed_circle(shapely.make_valid(flat), 1.0).coords[0]
    return round(x / 0.6, 1), round(y, 1)


def _seen(outline: Any, frame: Frame) -> Any:
    return shapely.clip_by_rect(outline, 0, 0, frame.width, frame.height)


def _namings(place: Placeable) -> list[bool]:
    return [True, False] if place.name else [False]


def _box(place: Placeable, left: float, top: float, *, name_left: bool, named: bool) -> Box:
    """The box of badges and name, from the upper left corner of the badges."""
    wide, high = place.badges
    name = place.name_width if named else 0.0
    return (left - name, top, left + wide, top + high) if name_left else (left, top, left + wide + name, top + high)


def _on_ground(place: Placeable, frame: Frame) -> Iterator[Spot]:
    seen = _seen(place.outline, frame)
    if seen.is_empty:
        return
    wide, high = place.badges
    ax, ay = anchor_of(place, frame)
    for x, y in _standing_places(place, seen, ax, ay):
        away = math.hypot(x - ax, y - ay)
        for named in _namings(place):
            price = away * 0.5 + (0 if named or not place.name else WITHOUT_NAME)
            left, top = x - wide / 2, y - high / 2
            box = _box(place, left, top, name_left=False, named=named)
            yield Spot(box, None, price, (left, top), "right" if named else "")


def _standing_places(place: Placeable, seen: Any, ax: float, ay: float) -> Iterator[tuple[float, float]]:
    """Pixels at which a block may stand on its ground."""
    if place.site.kind == "line":
        for piece in sorted(pieces(seen), key=lambda piece: -piece.length)[:1]:
            for share in ON_LINE:
                point = piece.interpolate(share, normalized=True)
                yield point.x, point.y
        return
    yield ax, ay
    wide, high = place.badges
    left, top, right, bottom = seen.bounds
    shapely.prepare(seen)
    for column in range(1, GRID):
        for row in range(1, GRID):
            x, y = left + (right - left) * column / GRID, top + (bottom - top) * row / GRID
            if seen.contains(shapely.box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)):
                yield x, y


def _beside(place: Placeable, x: float, y: float, named: bool, extra: float) -> Iterator[Spot]:
    """Spots around a point, the badges at the leader's end."""
    wide, high = place.badges
    unnamed = WITHOUT_NAME if place.name and not named else 0.0
    for turn, angle in enumerate(ANGLES):
        across, down = math.cos(math.radians(angle)), -math.sin(math.radians(angle))
        name_left = across < -0.1
        side: Side = ("left" if name_left else "right") if named else ""
        for reach in REACHES:
            ex, ey = x + across * reach, y + down * reach
            left = ex - wide if name_left else ex if across > 0.1 else ex - wide / 2
            top = ey - high / 2 if abs(across) > 0.1 else (ey if down > 0 else ey - high)
            price = reach + 1.5 * turn + unnamed + extra
            box = _box(place, left, top, name_left=name_left, named=named)
            yield Spot(box, (x, y, ex, ey), price, (left, top), side)
