"""What the build passes on: a place with its names and, for lines and areas, its geometry."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from geodata.place import NameKind, Place


@dataclass(slots=True)
class Record:
    """A place on its way into the gazetteer file.

    names     (name as written, what kind of name it is)
    geometry  GeoJSON, (lon, lat); None for points
    ends      for lines: the two countries it joins, and what it carries
    whole_countries  a region made of its countries, whose outline is theirs
    """

    place: Place
    names: list[tuple[str, NameKind]] = field(default_factory=list)
    geometry: dict[str, Any] | None = None
    ends: tuple[str, str] | None = None
    carries: str = ""
    whole_countries: bool = False


def kilometres(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great-circle distance in km (haversine, mean Earth radius 6371 km).

    >>> round(kilometres(55.75, 37.62, 60.17, 24.94))
    893
    """
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    h = (
        math.sin((phi_b - phi_a) / 2) ** 2
        + math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))
