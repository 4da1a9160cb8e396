"""The land that a briefing's map is drawn on: country outlines in one piece across 180 degrees, and names.

Both are made at set-up from Natural Earth (see scripts/fetch_base_map.py) and read once. Geometries are (lon, lat) on
WGS 84; a country that reaches over 180 degrees runs on beyond it, so that no seam shows where it was cut for the web.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import shapely
from shapely.affinity import translate
from shapely.geometry import shape

from events.briefing.briefing import BriefingError

BASE = Path(__file__).resolve().parents[2] / "static" / "base"
EDGE = 179.995  # degrees; outlines are rounded to a hundredth
GRID = 0.01
EAST_OF_180 = frozenset({"RU", "FJ"})  # the countries cut there whose parts belong together


@dataclass(frozen=True, slots=True)
class Country:
    """A country's outline. `iso` is "" where there is no code."""

    iso: str
    outline: Any


@dataclass(frozen=True, slots=True)
class Name:
    """A name on the map, at the place where it may stand. `weight`: room in degrees, or people for a town."""

    text: str
    lat: float
    lon: float
    weight: float
    iso: str = ""


@dataclass(frozen=True, slots=True)
class Land:
    """What the base map holds: outlines, and the names of countries, seas and towns, the weightiest first."""

    countries: tuple[Country, ...]
    country_names: tuple[Name, ...]
    seas: tuple[Name, ...]
    towns: tuple[Name, ...]

    def of(self, codes: tuple[str, ...]) -> list[Any]:
        """The outlines of these countries, as far as the map has them."""
        return [country.outline for country in self.countries if country.iso in codes]


@lru_cache(maxsize=1)
def land() -> Land:
    """The base map. Raises BriefingError where set-up has not made it."""
    try:
        outlines = json.loads((BASE / "countries-50m.geojson").read_text(encoding="utf-8"))
        names = json.loads((BASE / "labels.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BriefingError(f"the base map can't be read ({error}): run make setup") from error
    return Land(
        countries=tuple(_country(feature) for feature in outlines["features"]),
        country_names=tuple(Name(text, lat, lon, room, iso) for text, lat, lon, room, iso in names["countries"]),
        seas=tuple(Name(text, lat, lon, room) for text, lat, lon, room, _ in names["seas"]),
        towns=tuple(Name(text, lat, lon, people) for text, lat, lon, people, _ in names["towns"]),
    )


def _country(feature: dict[str, Any]) -> Country:
    iso = feature["properties"]["iso"]
    outline = shape(feature["geometry"])
    outline = outline if outline.is_valid else shapely.make_valid(outline)
    return Country(iso, in_one_piece(outline) if iso in EAST_OF_180 else outline)


def in_one_piece(outline: Any) -> Any:
    """An outline that was cut at 180 degrees, with what lies east of it moved on to where it continues.

    >>> cut = shapely.union(shapely.box(170, 0, 180, 5), shapely.box(-180, 0, -175, 5))
    >>> in_one_piece(cut).bounds
    (170.0, 0.0, 185.0, 5.0)
    """
    parts = list(getattr(outline, "geoms", [outline]))
    moved = [translate(part, 360.0) if part.bounds[2] < 0 and _meets_edge(part, parts) else part for part in parts]
    return shapely.union_all(moved, grid_size=GRID)


def _meets_edge(part: Any, parts: list[Any]) -> bool:
    """Whether a part belongs to the piece beyond 180 degrees: it touches the edge or lies by it."""
    return bool(part.bounds[0] < -165 and any(other.bounds[2] > EDGE for other in parts))
