"""Names that stay without a place, asked of an online geocoder that the user turned on (geodata/geocoder_online.py).

For the pipeline, after the gazetteer has said what it knows. A service answers with something for nearly any word, so its
answer is taken only where it lies near what the story names already, with a modest confidence and a reason that says who
said so. Without a geocoder, or without neighbours, nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from geopy.geocoders.base import Geocoder
from geopy.location import Location

from events.extraction.places.toponyms import Toponym
from geodata.place import Kind, Place
from geodata.records import kilometres

NEAR_KM = 300.0  # of a place that the story names
MOST_QUESTIONS = 5  # a story: the services are lent to us
CONFIDENCE = 0.5
UNKNOWN_RADIUS_KM = 10.0
LARGEST_TOWN_KM = 30.0


def place_online(toponyms: Sequence[Toponym], geocoder: Geocoder | None) -> list[Toponym]:
    """The same toponyms in the same order; those without a place have the service's where it lies near the story's."""
    known = [t.place for t in toponyms if t.place and t.place.precision in {"exact", "city", "district", "province"}]
    if geocoder is None or not known:
        return list(toponyms)
    names = list(dict.fromkeys(t.text for t in toponyms if t.place is None))[:MOST_QUESTIONS]
    answers = {name: place for name in names if (place := _near_one(geocoder.geocode(name, exactly_one=False), known))}
    return [_answered(t, answers.get(t.text)) if t.place is None else t for t in toponyms]


def _near_one(locations: list[Location] | None, known: Sequence[Place]) -> Place | None:
    """The service's first answer that lies near a known place."""
    for at in locations or ():
        near = min(known, key=lambda p: kilometres(p.lat, p.lon, at.latitude, at.longitude))
        if kilometres(near.lat, near.lon, at.latitude, at.longitude) <= NEAR_KM:
            return _place(at, near)
    return None


def _place(at: Location, near: Place) -> Place:
    radius = _radius_km(at.raw)
    kind: Kind = "town" if radius <= LARGEST_TOWN_KM else "province"
    return Place(
        id=f"online:{at.latitude:.4f},{at.longitude:.4f}", name=at.address.split(",")[0].strip(), lat=at.latitude,
        lon=at.longitude, kind=kind, radius_km=round(radius, 1), country=near.country, countries=near.countries,
    )  # fmt: skip


def _radius_km(raw: dict[str, Any]) -> float:
    """Half the diagonal of the bounding box (south, north, west, east) that Nominatim gives; a guess where there is none."""
    try:
        south, north, west, east = (float(value) for value in raw["boundingbox"])
        return max(1.0, kilometres(south, west, north, east) / 2)
    except (KeyError, TypeError, ValueError):
        return UNKNOWN_RADIUS_KM


def _answered(toponym: Toponym, place: Place | None) -> Toponym:
    if place is None:
        return toponym
    return replace(
        toponym, place=place, confidence=CONFIDENCE, reason="found by an online geocoder near the story's places"
    )
