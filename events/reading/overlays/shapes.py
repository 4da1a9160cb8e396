"""What an overlay is, what bounds it, and how geometries become one: in degrees, simplified, counted.

For the readers of overlays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from events.model import DatelineError

MOST_BYTES = 20 << 20
MOST_SHAPES = 20_000  # of one layer
MOST_VERTICES = 500_000  # of one layer, as the file has them
MOST_DRAWN = 40_000  # vertices of one layer that a browser gets: it draws them in some tens of milliseconds
DECIMALS = 4  # of degrees: 11 m, less than a pixel at the map's deepest zoom
FINEST, COARSEST = 0.0005, 1.0  # degrees by which simplification may move a line
WGS84 = "EPSG:4326"
MANY = (4, 5, 6, 7)  # shapely's codes of what has parts; those beyond are curves, which nothing here draws
_EPSG = re.compile(r"EPSG:{1,2}(?:[\d.]{0,8}:)?(\d{4,6})$", re.IGNORECASE)
_DEGREES = re.compile(r"(?:CRS:?84|CRS84H?)$", re.IGNORECASE)

Line = tuple[tuple[float, float], ...]
Geometries = NDArray[Any]  # of shapely's geometries


class OverlayError(DatelineError, ValueError):
    """A file that can't be laid over the map; the message says what is wrong and what to do."""


@dataclass(frozen=True, eq=False)
class Overlay:
    """Shapes to lay over the map, as rows of (longitude, latitude) in WGS 84 degrees.

    `areas` are rows of rings, the outer one first and then its holes. `shapes` says how many shapes of the file are points,
    lines and areas, each of any number of parts; `left_out` how many could not be drawn; `simplified` whether lines were
    made simpler than the file has them.
    """

    name: str
    points: Line
    lines: tuple[Line, ...]
    areas: tuple[tuple[Line, ...], ...]
    shapes: tuple[int, int, int]
    left_out: int = 0
    simplified: bool = False

    @property
    def count(self) -> int:
        """How many shapes of the file are drawn."""
        return sum(self.shapes)


def check_size(size: int) -> None:
    """Raises OverlayError for a file that is larger than is read."""
    if size > MOST_BYTES:
        raise OverlayError(f"The file has {size / (1 << 20):,.0f} MB; a layer may have {MOST_BYTES >> 20}.")
    if not size:
        raise OverlayError("The file is empty.")


def crs_named(name: str) -> str:
    """The code of a coordinate system by the name that a file gives it.

    Only codes of the EPSG register are taken: what else a file says of its coordinates may name files of this machine.

    >>> crs_named("urn:ogc:def:crs:EPSG::25833"), crs_named("urn:ogc:def:crs:OGC:1.3:CRS84")
    ('EPSG:25833', 'EPSG:4326')
    """
    if _DEGREES.search(name):
        return WGS84
    if found := _EPSG.search(name):
        return f"EPSG:{found[1]}"
    raise OverlayError("Its coordinate system has no EPSG code. Save it in WGS 84 (EPSG:4326) and try again.")


def overlay_of(name: str, geometries: Sequence[Any], crs: str, unread: int = 0) -> Overlay:
    """The overlay of shapely's geometries in a coordinate system (an EPSG code). unread: shapes that were none."""
    shapes: Geometries = np.array(list(geometries), dtype=object)
    shapes = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))] if len(shapes) else shapes
    _check_count(len(shapes), int(shapely.get_num_coordinates(shapes).sum()) if len(shapes) else 0)
    flat = _in_degrees(shapely.force_2d(shapes), crs)
    fits = np.array([_is_on_earth(shape) for shape in flat], dtype=np.bool_)
    if not fits.any():
        raise OverlayError(_why_none(len(flat), crs))
    drawn, simplified = _simplified(flat[fits])
    dimensions = np.bincount(shapely.get_dimensions(flat[fits]).clip(0, 2), minlength=3)
    left_out = unread + len(geometries) - int(fits.sum())
    points, lines, areas = _parts(drawn)
    counts = (int(dimensions[0]), int(dimensions[1]), int(dimensions[2]))
    return Overlay(name[:80], points, lines, areas, counts, left_out, simplified)


def _check_count(shapes: int, vertices: int) -> None:
    if shapes > MOST_SHAPES:
        raise OverlayError(f"It has {shapes:,} shapes; a layer may have {MOST_SHAPES:,}. Cut it to the part you need.")
    if vertices > MOST_VERTICES:
        raise OverlayError(
            f"Its lines have {vertices:,} corners; a layer may have {MOST_VERTICES:,}. Simplify it and try again."
        )


def _in_degrees(shapes: Geometries, crs: str) -> Geometries:
    """The shapes in WGS 84, longitude first whatever order the system itself has."""
    if crs == WGS84 or not len(shapes):
        return shapes
    try:
        turn = Transformer.from_crs(CRS.from_user_input(crs), WGS84, always_xy=True)
    except ProjError:
        raise OverlayError(f"Its coordinate system, {crs}, is not known here. Save it in WGS 84 (EPSG:4326).") from None
    return np.asarray(shapely.transform(shapes, lambda xy: np.column_stack(turn.transform(xy[:, 0], xy[:, 1]))))


def _is_on_earth(shape: Any) -> bool:
    xy = shapely.get_coordinates(shape)
    straight = shapely.get_type_id(shapely.get_parts(shape)) <= max(MANY)
    return bool(
        straight.all() and np.isfinite(xy).all() and (np.abs(xy[:, 0]) <= 360).all() and (np.abs(xy[:, 1]) <= 90).all()
    )


def _why_none(shapes: int, crs: str) -> str:
    if not shapes:
        return "There is no shape in it to draw."
    if crs == WGS84:
        return "Its coordinates are no degrees of longitude and latitude. Save it in WGS 84 (EPSG:4326) and try again."
    return f"None of its shapes lies where {crs} is valid: the file names a coordinate system that is not its own."


def _simplified(shapes: Geometries) -> tuple[Geometries, bool]:
    """The shapes with as many corners as a browser draws at ease; of what would vanish, a shape as it is."""
    step, drawn = FINEST, shapes
    before = int(shapely.get_num_coordinates(shapes).sum())
    while int(shapely.get_num_coordinates(drawn).sum()) > MOST_DRAWN and step <= COARSEST:
        drawn = shapely.simplify(shapes, step, preserve_topology=True)
        drawn = np.where(shapely.is_empty(drawn), shapes, drawn)
        step *= 2
    left = int(shapely.get_num_coordinates(drawn).sum())
    if left > MOST_DRAWN:
        raise OverlayError(
            f"Even simplified it has {left:,} corners; {MOST_DRAWN:,} can be drawn. Cut it and try again."
        )
    return drawn, left < before


def _parts(shapes: Geometries) -> tuple[Line, tuple[Line, ...], tuple[tuple[Line, ...], ...]]:
    points: list[tuple[float, float]] = []
    lines: list[Line] = []
    areas: list[tuple[Line, ...]] = []
    for part in _single(shapes):
        if part.geom_type == "Point":
            points += _row(part)
        elif part.geom_type == "Polygon":
            areas.append(tuple(_row(ring) for ring in (part.exterior, *part.interiors)))
        else:
            lines.append(_row(part))
    return tuple(points), tuple(lines), tuple(areas)


def _single(shapes: Geometries) -> Geometries:
    """Collections taken apart, also those within others."""
    parts = shapely.get_parts(shapes)
    while np.isin(shapely.get_type_id(parts), MANY).any():
        parts = shapely.get_parts(parts)
    return np.asarray(parts[~shapely.is_empty(parts)])


def _row(shape: Any) -> Line:
    return tuple((x, y) for x, y in shapely.get_coordinates(shape).round(DECIMALS).tolist())
