"""Where a map looks: the projection that suits its events, and the scale that shows them all.

Events of one part of the world get Lambert's azimuthal equal-area projection around their middle, which needs no care
at 180 degrees; events all over the world get Equal Earth (Šavrič, Patterson and Jenny 2018), cut where nothing lies.
Input is (lon, lat) in degrees on WGS 84, output pixels, y downwards. pyproj computes on a sphere of 6371 km.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from shapely.affinity import translate

Points = NDArray[np.float64]  # shape (n, 2)

EARTH_KM = 6371.0
WORLD_ANGLE = 52.0  # degrees from the middle beyond which a part of the world becomes the world
NEAR_ANGLE = 105.0  # what lies farther from the middle of a regional map is never on it
LEAST_KM = 640.0  # the least width of a map: nearer, Natural Earth's outlines are coarser than the eye
ROOM = (0.13, 0.15)  # share of width and height kept free on each side, for labels
CENTRES = (11.0, -160.0, -90.0)  # of a world map: cut in the Bering Strait, off Africa, or in India
OUTSIDE = 40.0  # px beyond the edge that shapes are kept, so that no stroke ends in sight


@dataclass(frozen=True, slots=True)
class Frame:
    """A projection with its scale, onto a sheet of width x height pixels.

    `lon`, `lat`: the projection's middle; `world` whether it is Equal Earth; `scale` pixels a kilometre; `left`, `top`
    kilometres of the sheet's corner.
    """

    lon: float
    lat: float
    world: bool
    scale: float
    left: float
    top: float
    width: float
    height: float

    def pixels(self, points: Points) -> Points:
        """Points (lon, lat) as pixels."""
        flat = _flat(self.lon, self.lat, self.world, points)
        return np.column_stack(((flat[:, 0] - self.left) * self.scale, (self.top - flat[:, 1]) * self.scale))

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """A place as pixels."""
        x, y = self.pixels(np.array([[lon, lat]]))[0]
        return float(x), float(y)

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether a pixel lies on the sheet, so far from its edge."""
        return bool(margin <= x <= self.width - margin and margin <= y <= self.height - margin)

    def shapes(self, geometry: Any, step: float = 0.0) -> Any:
        """A geometry in pixels, cut at a little more than the sheet's edge.

        step: degrees; longer straight stretches are bent as the projection bends them. Countries need none.
        """
        bent = shapely.segmentize(geometry, step) if step else geometry
        pieces = self._turned(bent) if self.world else _near(bent, self.lon, self.lat)
        kept = [piece for piece in (self._piece(piece) for piece in pieces) if not piece.is_empty]
        return kept[0] if len(kept) == 1 else shapely.GeometryCollection(kept)

    def _piece(self, piece: Any) -> Any:
        flat = shapely.transform(piece, self.pixels)
        if flat.geom_type.endswith("Polygon") and not flat.is_valid:
            flat = shapely.make_valid(flat)
        far = OUTSIDE
        return shapely.clip_by_rect(flat, -far, -far, self.width + far, self.height + far)

    def _turned(self, geometry: Any) -> list[Any]:
        """The parts of a geometry between the edges of a world map."""
        west, east = self.lon - 179.999, self.lon + 179.999
        found = []
        for turn in (-360.0, 0.0, 360.0):
            if geometry.bounds[2] + turn > west and geometry.bounds[0] + turn < east:
                moved = translate(geometry, turn) if turn else geometry
                inside = moved.bounds[0] >= west and moved.bounds[2] <= east
                found.append(moved if inside else shapely.clip_by_rect(moved, west, -90, east, 90))
        return [piece for piece in found if not piece.is_empty]


def frame_for(points: Sequence[tuple[float, float]], width: float, height: float) -> Frame:
    """The frame that shows all these points (lon, lat) with room around them; the whole world where there are none."""
    if not len(points):
        return _world(np.zeros((0, 2)), width, height)
    places = np.array(points, dtype=np.float64)
    lon, lat = _middle(places)
    for _ in range(3):  # the middle of their box, not of their mass
        flat = _flat(lon, lat, False, places)
        lon, lat = _round_place(lon, lat, flat.min(axis=0) / 2 + flat.max(axis=0) / 2)
    if _angles(lon, lat, places).max() > WORLD_ANGLE:
        return _world(places, width, height)
    flat = _flat(lon, lat, False, places)
    return _fitted(lon, lat, False, flat.min(axis=0), flat.max(axis=0), width, height)


def pieces(geometry: Any) -> list[Any]:
    """The single points, lines and polygons of a geometry, whatever it is gathered in.

    >>> [piece.geom_type for piece in pieces(shapely.from_wkt("GEOMETRYCOLLECTION (POINT (1 2), MULTIPOINT (3 4, 5 6))"))]
    ['Point', 'Point', 'Point']
    """
    parts = getattr(geometry, "geoms", None)
    return [piece for part in parts for piece in pieces(part)] if parts is not None else [geometry]


def _world(places: Points, width: float, height: float) -> Frame:
    """Equal Earth, cut where most room is between the places; the usual cut where it makes little difference."""

    def spread(lon: float) -> float:
        turned = (places[:, 0] - lon + 180) % 360 - 180
        return float(turned.max() - turned.min()) if len(turned) else 0.0

    lon = min(CENTRES, key=lambda centre: spread(centre) * (1.0 if centre == CENTRES[0] else 1.3))
    corners = np.array([[lon - 179.9, 0.0], [lon + 179.9, 0.0], [lon, -90.0], [lon, 90.0]])
    flat = _flat(lon, 0.0, True, corners)
    return _fitted(lon, 0.0, True, flat.min(axis=0), flat.max(axis=0), width, height)


def _fitted(lon: float, lat: float, world: bool, low: Points, high: Points, width: float, height: float) -> Frame:
    least = 0.0 if world else LEAST_KM
    across, room = (0.006, 0.02) if world else ROOM
    wide = max(float(high[0] - low[0]) / (1 - 2 * across), least)
    tall = max(float(high[1] - low[1]) / (1 - 2 * room), least * height / width)
    scale = min(width / wide, height / tall)
    middle = (low + high) / 2
    left, top = float(middle[0]) - width / scale / 2, float(middle[1]) + height / scale / 2
    return Frame(lon, lat, world, scale, left, top, width, height)


def _near(geometry: Any, lon: float, lat: float) -> list[Any]:
    """The parts of a geometry that can be seen from the middle. What surrounds its antipode would turn inside out."""
    opposite = shapely.Point((lon + 360) % 360 - 180, -lat)
    found = []
    for part in getattr(geometry, "geoms", [geometry]):
        if _angles(lon, lat, shapely.get_coordinates(part)).min() > NEAR_ANGLE:
            continue
        if part.geom_type == "Polygon" and (part.contains(opposite) or part.contains(translate(opposite, 360.0))):
            continue
        found.append(part)
    return found


@lru_cache(maxsize=32)
def _projection(lon: float, lat: float, world: bool) -> pyproj.Proj:
    name = f"+proj=eqearth +lon_0={lon}" if world else f"+proj=laea +lon_0={lon} +lat_0={lat}"
    return pyproj.Proj(f"{name} +R={EARTH_KM} +units=m")


def _flat(lon: float, lat: float, world: bool, points: Points) -> Points:
    """Points (lon, lat) as kilometres east and north of the middle."""
    x, y = _projection(lon, lat, world)(points[:, 0], points[:, 1])
    return np.asarray(np.nan_to_num(np.column_stack((x, y)), posinf=1e5, neginf=-1e5))


def _round_place(lon: float, lat: float, flat: Points) -> tuple[float, float]:
    """The place of a point of the plane, to a thousandth of a degree: the same on every machine."""
    east, north = _projection(lon, lat, False)(flat[0], flat[1], inverse=True)
    return round(float(east), 3), round(float(north), 3)


def _middle(places: Points) -> tuple[float, float]:
    """The mean direction of places on the sphere."""
    lon, lat = np.radians(places).T
    x, y, z = (np.cos(lat) * np.cos(lon)).sum(), (np.cos(lat) * np.sin(lon)).sum(), np.sin(lat).sum()
    return round(float(np.degrees(np.arctan2(y, x))), 3), round(float(np.degrees(np.arctan2(z, np.hypot(x, y)))), 3)


def _angles(lon: float, lat: float, places: Points) -> NDArray[np.float64]:
    """How many degrees places lie from one, along the sphere."""
    there, here = np.radians(places), np.radians([lon, lat])
    cosine = np.sin(there[:, 1]) * np.sin(here[1])
    cosine = cosine + np.cos(there[:, 1]) * np.cos(here[1]) * np.cos(there[:, 0] - here[0])
    return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
