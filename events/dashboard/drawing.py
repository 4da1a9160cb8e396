"""Events as the marks that the map draws, each on its true ground: a point, a line, an area, a country.

For the page and its briefing. A country is shaded, never pinned; geometry that an event does not bring is the
gazetteer's.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import shapely
from shapely.geometry import Polygon, mapping, shape

from events.dashboard.map import MapMark
from events.look import wording
from events.model import Event, EventPlace
from events.view import View
from geodata.gazetteer import Gazetteer

MOST_MARKS = 5000  # what the browser draws in about a second
LEAST_CLIPPED_KM = 30.0  # smaller circles are finer than the gazetteer's outlines
KM_PER_DEGREE = 111.195  # of latitude, on a sphere of 6371 km
CORNERS = 72  # of what stands for a circle


def map_marks(view: View, gazetteer: Gazetteer) -> list[MapMark]:
    """The marks of the shown events, numbered as in the list; the first 5,000 of them."""
    year = spans_years(view)
    return [
        _mark(event, event.place, view.numbers[event.id], year, gazetteer)
        for event in view.shown[:MOST_MARKS]
        if event.place
    ]


def spans_years(view: View) -> bool:
    """Whether the shown events are of more than one year, so that their dates need it."""
    days = [event.when.start for event in (*view.shown[:1], *view.shown[-1:]) if event.when]
    return len({day.year for day in days}) > 1


def _mark(event: Event, place: EventPlace, number: int, year: bool, gazetteer: Gazetteer) -> MapMark:
    own = ((place.country,) if place.country else (), None)
    members, known = _ground(gazetteer, place.place_id) or own if place.place_id else own
    shaded = place.precision == "country" or (place.precision == "region" and len(members) > 1)
    geometry = (place.geometry or known) if place.precision in {"line", "sea", "region"} else None
    if place.precision in {"district", "province"} and place.country and place.radius_km >= LEAST_CLIPPED_KM:
        geometry = _within_country(gazetteer, place.country, place.lat, place.lon, place.radius_km)
    return MapMark(
        id=event.id,
        number=number,
        family=event.family,
        status=event.status,
        title=event.what,
        when_text=wording.when_in_short(event.when, year),
        place_name=place.name,
        precision=place.precision,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        geometry=geometry,
        members=members if shaded else (),
    )


@lru_cache(maxsize=2_000)
def _within_country(
    gazetteer: Gazetteer, country: str, lat: float, lon: float, radius_km: float
) -> dict[str, Any] | None:
    """The part of a circle that lies in a country, as GeoJSON; None where the gazetteer has no outline of it."""
    known = gazetteer.country(country)
    outline = gazetteer.geometry(known.id) if known else None
    if outline is None:
        return None
    inside = shapely.intersection(shape(outline), Polygon(circle(lat, lon, radius_km)))
    areas = shapely.union_all([part for part in getattr(inside, "geoms", [inside]) if isinstance(part, Polygon)])
    return None if areas.is_empty else dict(mapping(shapely.set_precision(areas, 0.001)))


def circle(lat: float, lon: float, radius_km: float) -> list[tuple[float, float]]:
    """Points (lon, lat) on a circle, good to a few percent up to a thousand kilometres from the poles.

    >>> circle(0.0, 10.0, 111.195)[0], len(circle(60.0, 10.0, 50.0))
    ((11.0, 0.0), 72)
    """
    up = radius_km / KM_PER_DEGREE
    across = up / max(0.05, math.cos(math.radians(lat)))
    angles = (2 * math.pi * corner / CORNERS for corner in range(CORNERS))
    return [(lon + across * math.cos(angle), lat + up * math.sin(angle)) for angle in angles]


@lru_cache(maxsize=20_000)
def _ground(gazetteer: Gazetteer, place_id: str) -> tuple[tuple[str, ...], dict[str, Any] | None] | None:
    """The countries (ISO codes) that a place of the gazetteer touches, and its GeoJSON geometry if it has one."""
    place = gazetteer.place(place_id)
    return (place.countries, gazetteer.geometry(place_id)) if place else None
