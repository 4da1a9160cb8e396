"""A circle on the Earth, as points and as an area, and what of it lies within an outline.

For the grounds that are drawn and those that are exported. Points are (lon, lat) in degrees on WGS 84, lengths those of a
sphere of 6371 km.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import shapely
from shapely.geometry import Polygon, box, shape

KM_PER_DEGREE = 111.195  # of latitude
CORNERS = 72


def circle(lat: float, lon: float, radius_km: float) -> list[tuple[float, float]]:
    """Points (lon, lat) on a circle around a point; longitudes may run past 180 degrees.

    >>> [round(degrees, 3) for degrees in circle(0.0, 10.0, 111.195)[0]], len(circle(60.0, 10.0, 50.0))
    ([11.0, 0.0], 72)
    """
    reach, phi = math.radians(radius_km / KM_PER_DEGREE), math.radians(lat)
    points = []
    for corner in range(CORNERS):
        east = 2 * math.pi * corner / CORNERS
        up = math.sin(phi) * math.cos(reach) + math.cos(phi) * math.sin(reach) * math.sin(east)
        side = math.cos(east) * math.sin(reach) * math.cos(phi)
        ahead = math.cos(reach) - math.sin(phi) * up
        points.append((lon + math.degrees(math.atan2(side, ahead)), math.degrees(math.asin(max(-1.0, min(1.0, up))))))
    return points


def disc(lat: float, lon: float, radius_km: float) -> Polygon:
    """What lies within a circle. One that holds a pole reaches up to it at every longitude.

    >>> [round(side) for side in disc(85.0, 0.0, 1000.0).bounds]
    [-180, 76, 180, 90]
    """
    reach = radius_km / KM_PER_DEGREE
    if reach >= 90 + abs(lat):
        return box(lon - 180, -90, lon + 180, 90)
    ring = circle(lat, lon, radius_km)
    if reach < 90 - abs(lat):
        return Polygon(ring)
    round_the_pole = sorted(ring)
    pole = math.copysign(90, lat)
    first, last = round_the_pole[0][1], round_the_pole[-1][1]
    west, east = lon - 180, lon + 180
    return Polygon([(west, pole), (west, first), *round_the_pole, (east, last), (east, pole)])


def part_within(outline: Mapping[str, Any], area: Polygon) -> Any:
    """The polygons in which an area and a GeoJSON outline meet, as one shape; an empty one where they don't."""
    both = shapely.intersection(shapely.make_valid(shape(outline)), area)
    return shapely.union_all([part for part in getattr(both, "geoms", [both]) if isinstance(part, Polygon)])
