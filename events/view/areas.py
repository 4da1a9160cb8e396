"""A part of the world that somebody drew: a polygon, or a circle.

For the filter. What stands in it is told by the point of a place, for a country or a sea the place of its label.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_CORNERS = 60
LONGEST = 1500  # letters of an area's text
WIDEST_KM = 20_000.0
EARTH_KM = 6371.0
ROUNDING = 0.01  # degrees by which a circle's box is too wide rather than too narrow


@dataclass(frozen=True, slots=True)
class Area:
    """Corners of a polygon as (longitude, latitude) in degrees, running on across 180 where it crosses; or the one middle
    of a circle of a radius in kilometres.
    """

    corners: tuple[tuple[float, float], ...]
    radius_km: float = 0.0

    @classmethod
    def parse(cls, text: str) -> Area | None:
        """The area that a text means: "lon,lat;lon,lat;…" for a polygon, "lon,lat,km" for a circle. None for any other.

        >>> Area.parse("10,50;20,50;20,55").corners
        ((10.0, 50.0), (20.0, 50.0), (20.0, 55.0))
        >>> Area.parse("10,50,120"), Area.parse("10,50;x")
        (Area(corners=((10.0, 50.0),), radius_km=120.0), None)
        """
        if not text or len(text) > LONGEST:
            return None
        try:
            rows = [tuple(float(number) for number in corner.split(",")) for corner in text.split(";")]
        except ValueError:
            return None
        if not all(math.isfinite(number) for row in rows for number in row):
            return None
        if len(rows) == 1 and len(rows[0]) == 3:
            lon, lat, radius = rows[0]
            return cls(((lon, lat),), radius) if _is_on_earth(lon, lat) and 0 < radius <= WIDEST_KM else None
        if not 3 <= len(rows) <= MOST_CORNERS or any(len(row) != 2 or not _is_on_earth(*row) for row in rows):
            return None
        return cls(tuple((row[0], row[1]) for row in rows))

    def text(self) -> str:
        """The text that `parse` reads.

        >>> Area(((10.0, 50.0),), 120.0).text()
        '10,50,120'
        """
        if self.radius_km:
            (lon, lat), *_ = self.corners
            return f"{lon:g},{lat:g},{self.radius_km:g}"
        return ";".join(f"{lon:g},{lat:g}" for lon, lat in self.corners)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north of what holds all of it, in degrees; west is above east where it crosses 180.

        >>> Area.parse("170,-20;190,-20;190,-10").box
        (170.0, -20.0, -170.0, -10.0)
        >>> [round(side, 2) for side in Area.parse("10,60,111.2").box]
        [7.99, 58.99, 12.01, 61.01]
        """
        lons, lats = [lon for lon, _ in self.corners], [lat for _, lat in self.corners]
        wide = high = 0.0
        if self.radius_km:
            high = math.degrees(self.radius_km / EARTH_KM) + ROUNDING
            sine = math.sin(min(self.radius_km / EARTH_KM, math.pi / 2)) / max(math.cos(math.radians(lats[0])), 1e-9)
            over_pole = abs(lats[0]) + high >= 90
            wide = 180.0 if over_pole or sine >= 1 else math.degrees(math.asin(sine)) + ROUNDING
        west, east = min(lons) - wide, max(lons) + wide
        south, north = max(-90.0, min(lats) - high), min(90.0, max(lats) + high)
        if east - west >= 360:
            return -180.0, south, 180.0, north
        return (west + 180) % 360 - 180, south, (east + 180) % 360 - 180, north

    def holds(self, lat: NDArray[Any], lon: NDArray[Any]) -> NDArray[np.bool_]:
        """Which of these points lie in it.

        >>> Area.parse("170,-20;190,-20;190,-10;170,-10").holds(np.array([-14.0, -14.0]), np.array([-172.0, 160.0])).tolist()
        [True, False]
        """
        return self._near(lat, lon) if self.radius_km else self._inside(lat, lon)

    def _near(self, lat: NDArray[Any], lon: NDArray[Any]) -> NDArray[np.bool_]:
        (own_lon, own_lat), *_ = self.corners
        up, own_up, across = np.radians(lat), math.radians(own_lat), np.radians(lon - own_lon)
        half = np.sin((up - own_up) / 2) ** 2 + np.cos(up) * math.cos(own_up) * np.sin(across / 2) ** 2
        near: NDArray[np.bool_] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))) <= self.radius_km
        return near

    def _inside(self, lat: NDArray[Any], lon: NDArray[Any]) -> NDArray[np.bool_]:
        """A line from each point to the east crosses the outline an odd number of times."""
        west = min(corner[0] for corner in self.corners)
        x = west + (lon - west) % 360
        inside = np.zeros(np.shape(lat), dtype=np.bool_)
        for (x1, y1), (x2, y2) in zip(self.corners, (*self.corners[1:], self.corners[0]), strict=True):
            if y1 != y2:
                inside ^= ((y1 > lat) != (y2 > lat)) & (x < (x2 - x1) * (lat - y1) / (y2 - y1) + x1)
        return inside


def _is_on_earth(lon: float, lat: float) -> bool:
    return -720 <= lon <= 720 and -90 <= lat <= 90
