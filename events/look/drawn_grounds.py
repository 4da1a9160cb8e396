"""The ground on which an event is drawn: nothing but its point, a line, a sea, a region, or whole countries.

For the page's map and for briefings. A country is shaded, never pinned; geometry that an event does not bring is the
gazetteer's. Geometries are GeoJSON, (lon, lat), on WGS 84.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import shapely
from shapely.geometry import mapping

from events.look.circles import disc, part_within
from events.model import EventPlace
from geodata.gazetteer import Gazetteer

LEAST_CLIPPED_KM = 30.0  # smaller circles are finer than the gazetteer's outlines


@dataclass(frozen=True, slots=True)
class DrawnGround:
    """What lies under an event's mark: the ISO codes of the countries to shade, or a geometry, or neither."""

    members: tuple[str, ...] = ()
    geometry: dict[str, Any] | None = None


def drawn_ground_of(place: EventPlace, gazetteer: Gazetteer) -> DrawnGround:
    """The ground of an event's place. A town or a site has none; neither has an area of which no outline is known."""
    own = ((place.country,) if place.country else (), None)
    members, known = _known(gazetteer, place.place_id) or own if place.place_id else own
    shaded = place.precision == "country" or (place.precision == "region" and len(members) > 1)
    geometry = (place.geometry or known) if place.precision in {"line", "sea", "region"} else None
    if place.precision in {"district", "province"} and place.country and place.radius_km >= LEAST_CLIPPED_KM:
        geometry = _within_country(gazetteer, place.country, place.lat, place.lon, place.radius_km)
    return DrawnGround(members if shaded else (), geometry)


@lru_cache(maxsize=2_000)
def _within_country(
    gazetteer: Gazetteer, country: str, lat: float, lon: float, radius_km: float
) -> dict[str, Any] | None:
    """The part of a circle that lies in a country, as GeoJSON; None where the gazetteer has no outline of it."""
    known = gazetteer.country(country)
    outline = gazetteer.geometry(known.id) if known else None
    if outline is None:
        return None
    areas = part_within(outline, disc(lat, lon, radius_km))
    return None if areas.is_empty else dict(mapping(shapely.set_precision(areas, 0.001)))


@lru_cache(maxsize=20_000)
def _known(gazetteer: Gazetteer, place_id: str) -> tuple[tuple[str, ...], dict[str, Any] | None] | None:
    """The countries (ISO codes) that a place of the gazetteer touches, and its GeoJSON geometry if it has one."""
    place = gazetteer.place(place_id)
    return (place.countries, gazetteer.geometry(place_id)) if place else None
