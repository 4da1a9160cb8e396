"""GeoJSON geometries as RFC 7946 wants them: wound to the right-hand rule and cut at the 180th meridian.

For the formats with geometry. Coordinates are WGS 84 degrees, (lon, lat). A geometry may come unrolled past 180 degrees
or with a step from one side of the world to the other; both come out as parts within -180 to 180.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape

Geometry = dict[str, Any]
Positions = Sequence[Sequence[float]]
HALF, WORLD = 180.0, 360.0
DECIMALS = 7  # of a cut: a centimetre, as RFC 7946 section 11.2 advises


def rfc7946(geometry: Mapping[str, Any]) -> Geometry:
    """The same geometry as RFC 7946 sections 3.1.6 and 3.1.9 want it; what is so already keeps every digit.

    Raises ValueError for what is no geometry.

    >>> rfc7946({"type": "LineString", "coordinates": [[179.0, 0.0], [-179.0, 2.0]]})
    {'type': 'MultiLineString', 'coordinates': [[[179.0, 0.0], [180.0, 1.0]], [[-180.0, 1.0], [-179.0, 2.0]]]}
    >>> rfc7946({"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]})["coordinates"]
    [[[0, 0], [1, 1], [0, 1], [0, 0]]]
    """
    try:
        unrolled = _mapped(geometry)
        if _is_within(unrolled):
            return _wound(unrolled)
        return _wound(_listed(mapping(_cut(shape(unrolled)))))
    except (KeyError, TypeError, IndexError, AttributeError, shapely.errors.ShapelyError) as error:
        raise ValueError(f"no geometry: {error}") from error


def repaired(geometry: Geometry) -> Geometry | None:
    """The geometry if it is valid, else its valid parts of the same dimension; None where nothing is left.

    >>> repaired({"type": "LineString", "coordinates": [[1.0, 1.0], [1.0, 1.0]]}) is None
    True
    """
    whole = shape(geometry)
    if whole.is_valid and not whole.is_empty:
        return geometry
    dimension = shapely.get_dimensions(whole)
    parts = list(_of_dimension(shapely.make_valid(whole), dimension, 0.0)) if dimension >= 0 else []
    return _wound(_listed(mapping(shapely.union_all(parts)))) if parts else None


def to_wkb(geometry: Mapping[str, Any] | None) -> bytes | None:
    """The geometry as ISO well-known binary, little-endian; None for None."""
    return shapely.to_wkb(shape(geometry), byte_order=1, flavor="iso") if geometry else None


def bounds(geometry: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """(west, south, east, north) of a geometry, in degrees.

    >>> bounds({"type": "Point", "coordinates": [24.9, 60.2]})
    (24.9, 60.2, 24.9, 60.2)
    """
    west, south, east, north = shape(geometry).bounds
    return west, south, east, north


def _mapped(geometry: Mapping[str, Any]) -> Geometry:
    """The geometry with every path unrolled."""
    kind: str = geometry["type"]
    at: Any = geometry.get("coordinates")
    if kind == "GeometryCollection":
        return {"type": kind, "geometries": [_mapped(part) for part in geometry["geometries"]]}
    if kind in {"Point", "MultiPoint"}:
        return {"type": kind, "coordinates": _listed(at)}
    if kind == "LineString":
        return {"type": kind, "coordinates": _unrolled(at)}
    if kind == "MultiLineString":
        return {"type": kind, "coordinates": [_unrolled(path) for path in at]}
    if kind == "Polygon":
        return {"type": kind, "coordinates": [_unrolled_ring(ring) for ring in at]}
    if kind == "MultiPolygon":
        return {"type": kind, "coordinates": [[_unrolled_ring(ring) for ring in part] for part in at]}
    raise ValueError(f"no geometry: {kind!r}")


def _unrolled(path: Positions) -> list[list[float]]:
    """The path without a step of more than half the world: the short way round is meant.

    A step along or from the 180th meridian stays: there a polygon was cut already, or reaches round the world.
    """
    out: list[list[float]] = []
    shift, before = 0.0, None
    for position in path:
        lon = position[0]
        if before is not None and HALF < abs(lon - before) < WORLD and HALF not in (abs(lon), abs(before)):
            shift += WORLD if lon < before else -WORLD
        before = lon
        out.append([lon + shift if shift else lon, *position[1:]])
    return out


def _unrolled_ring(ring: Positions) -> list[list[float]]:
    """The ring unrolled; one that then doesn't close runs around a pole and stays as it is."""
    unrolled = _unrolled(ring)
    return unrolled if unrolled[0] == unrolled[-1] else _listed(ring)


def _is_within(geometry: Geometry) -> bool:
    return all(-HALF <= position[0] <= HALF for position in _positions(geometry))


def _positions(geometry: Geometry) -> Iterator[Sequence[float]]:
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _positions(part)
    else:
        yield from _flat(geometry["coordinates"])


def _flat(coordinates: Any) -> Iterator[Sequence[float]]:
    if coordinates and isinstance(coordinates[0], int | float):
        yield coordinates
    else:
        for part in coordinates:
            yield from _flat(part)


def _cut(geometry: Any) -> Any:
    """The parts of a geometry in each turn of the world, moved into -180 to 180 and joined."""
    whole = geometry if geometry.is_valid else shapely.make_valid(geometry)
    west, _, east, _ = whole.bounds
    parts: list[Any] = []
    for turn in range(int((west + HALF) // WORLD), int((east + HALF) // WORLD) + 1):
        world = shapely.box(-HALF + WORLD * turn, -90.0, HALF + WORLD * turn, 90.0)
        inside = shapely.intersection(whole, world)
        parts += _of_dimension(inside, shapely.get_dimensions(whole), -WORLD * turn)
    joined = shapely.union_all(parts)
    return shapely.transform(joined, lambda xy: xy.round(DECIMALS))


def _of_dimension(geometry: Any, dimension: int, shift: float) -> Iterator[Any]:
    """The parts that are no mere edge of the cut, moved by so many degrees of longitude."""
    for part in getattr(geometry, "geoms", [geometry]):
        if not part.is_empty and shapely.get_dimensions(part) == dimension:
            yield shapely.transform(part, lambda xy: xy + np.array((shift, 0.0)))


def _wound(geometry: Geometry) -> Geometry:
    """Outer rings counter-clockwise, holes clockwise."""
    kind = geometry["type"]
    if kind == "Polygon":
        return {"type": kind, "coordinates": _wound_rings(geometry["coordinates"])}
    if kind == "MultiPolygon":
        return {"type": kind, "coordinates": [_wound_rings(rings) for rings in geometry["coordinates"]]}
    if kind == "GeometryCollection":
        return {"type": kind, "geometries": [_wound(part) for part in geometry["geometries"]]}
    return geometry


def _wound_rings(rings: Iterable[list[list[float]]]) -> list[list[list[float]]]:
    return [ring if (_area(ring) >= 0) == (number == 0) else ring[::-1] for number, ring in enumerate(rings)]


def _area(ring: Positions) -> float:
    """Twice the signed area, positive for a ring that runs counter-clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def _listed(value: Any) -> Any:
    """Tuples as the lists that JSON has."""
    if isinstance(value, Mapping):
        return {key: _listed(part) for key, part in value.items()}
    return [_listed(part) for part in value] if isinstance(value, list | tuple) else value
