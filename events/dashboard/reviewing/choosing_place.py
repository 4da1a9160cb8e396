"""Places that a name, a click on the map or an outline may stand for, each with the reason for its rank.

For the place editor. Pure but for the gazetteer. Coordinates are WGS 84 degrees, (lat, lon); GeoJSON is (lon, lat).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry import Polygon, mapping

from events.look import locale
from events.model import POINTS, EventPlace, PlacePrecision, Span
from geodata.gazetteer import Gazetteer
from geodata.place import Candidate, Place

MOST_CANDIDATES = 8
KM_PER_DEGREE = 111.195  # of latitude, on a sphere of 6371 km
REACH_KM: dict[PlacePrecision, float] = {"exact": 1.0, "city": 10.0, "district": 40.0, "province": 120.0}
KNOWN_AS = {"abbreviation": "as an abbreviation", "demonym": "as a people’s name", "alternate": "by another name"}
MOST_CORNERS = 400
_COORDINATES = re.compile(r"\s*(-?\d{1,2}(?:\.\d{1,9})?)\s{0,3}[,;\s]\s{0,3}(-?\d{1,3}(?:\.\d{1,9})?)\s*")


@dataclass(frozen=True, slots=True)
class Choice:
    """A place to choose: as an event would have it, and in words what it is and why it stands where it stands."""

    place: EventPlace
    what: str
    why: str


def choices(name: str, gazetteer: Gazetteer) -> list[Choice]:
    """The places that a name may mean, likeliest first, each with what it is and why it is placed so in the list."""
    found = gazetteer.candidates(name.strip())[:MOST_CANDIDATES] if name.strip() else ()
    return [
        Choice(from_gazetteer(one.place, gazetteer), what_is(one, gazetteer), why_at(n, found))
        for n, one in enumerate(found)
    ]


def from_gazetteer(place: Place, gazetteer: Gazetteer) -> EventPlace:
    """A place of the gazetteer as an event's place."""
    point = {"type": "Point", "coordinates": [place.lon, place.lat]} if place.precision in POINTS else None
    return EventPlace(
        name=place.name, lat=place.lat, lon=place.lon, precision=place.precision, radius_km=place.radius_km,
        country=place.country, geonames_id=place.geonames_id, place_id=place.id,
        geometry=point or gazetteer.geometry(place.id), reason="chosen from the gazetteer by hand",
    )  # fmt: skip


def what_is(candidate: Candidate, gazetteer: Gazetteer) -> str:
    """A candidate in words: its kind, where it lies, how many people live there."""
    place = candidate.place
    country = gazetteer.country(place.country) if place.country and place.kind != "country" else None
    parts = [f"{place.kind} in {country.name}" if country else place.kind]
    parts += [f"{locale.number(place.population)} people"] if place.population else []
    north, east = locale.decimal(abs(place.lat)), locale.decimal(abs(place.lon))
    parts += [f"{north}° {'N' if place.lat >= 0 else 'S'}, {east}° {'E' if place.lon >= 0 else 'W'}"]
    return " · ".join(parts)


def why_at(position: int, found: Sequence[Candidate]) -> str:
    """Why a candidate stands where it stands among those of its name, with no story around."""
    place, match = found[position].place, found[position].match
    if len(found) == 1:
        return "the only place of this name"
    if match in KNOWN_AS:
        return f"known {KNOWN_AS[match]}"
    if place.curated:
        return "of our own table, which outranks towns of the same name"
    if place.standing:
        return "common use puts it first"
    if place.kind in {"country", "continent", "province", "sea", "region"}:
        return f"a {place.kind} outranks small towns of its name"
    more = sum(1 for other in found if other.place.population > place.population)
    return (
        "the most people of this name"
        if not more
        else f"{more} of this name {'has' if more == 1 else 'have'} more people"
    )


def at_point(name: str, lat: float, lon: float, precision: PlacePrecision, gazetteer: Gazetteer) -> EventPlace:
    """A point that somebody clicked, or what lies around it as far as the precision reaches."""
    near = nearest_town(lat, lon, gazetteer)
    point = {"type": "Point", "coordinates": [lon, lat]} if precision in POINTS else None
    return EventPlace(
        name=name.strip() or near_name(near), lat=lat, lon=lon, precision=precision,
        radius_km=REACH_KM.get(precision, 10.0), country=near.country if near else None, geometry=point,
        reason="set on the map by hand",
    )  # fmt: skip


def in_outline(name: str, corners: Sequence[tuple[float, float]], gazetteer: Gazetteer) -> EventPlace:
    """An area that somebody drew. corners: (lat, lon), three at least. Raises ValueError for what is no area."""
    if not 3 <= len(corners) <= MOST_CORNERS:
        raise ValueError("an area needs three corners at least")
    outline = Polygon([(lon, lat) for lat, lon in corners])
    if not outline.is_valid or not outline.area:
        raise ValueError("the outline crosses itself: draw it anew, corner by corner around the area")
    middle = outline.representative_point()
    reach = max(distance_km(middle.y, middle.x, lat, lon) for lat, lon in corners)
    near = nearest_town(middle.y, middle.x, gazetteer)
    return EventPlace(
        name=name.strip() or f"Area {near_name(near)[0].lower()}{near_name(near)[1:]}", lat=round(middle.y, 5),
        lon=round(middle.x, 5), precision="region", radius_km=round(reach, 1), country=near.country if near else None,
        geometry=dict(mapping(outline)), reason="drawn on the map by hand",
    )  # fmt: skip


def coordinates(text: str) -> tuple[float, float] | None:
    """Degrees as people type them, (lat, lon); None for what is none.

    >>> coordinates("48.85, 2.35"), coordinates("-33.9 18.4"), coordinates("Paris"), coordinates("95, 10")
    ((48.85, 2.35), (-33.9, 18.4), None, None)
    """
    match = _COORDINATES.fullmatch(text)
    if match is None:
        return None
    lat, lon = float(match[1]), float(match[2])
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def nearest_town(lat: float, lon: float, gazetteer: Gazetteer) -> Place | None:
    """The nearest town within about a degree; None at sea."""
    towns = gazetteer.nearest(lat, lon)
    return min(towns, key=lambda town: distance_km(lat, lon, town.lat, town.lon), default=None)


def near_name(town: Place | None) -> str:
    """What a point without a name is called."""
    return f"Near {town.name}" if town else "Point on the map"


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance of two points in km.

    >>> round(distance_km(48.85, 2.35, 51.51, -0.13))
    344
    """
    one, other = math.radians(lat), math.radians(other_lat)
    half = math.sin((other - one) / 2) ** 2
    half += math.cos(one) * math.cos(other) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * math.degrees(math.asin(min(1.0, math.sqrt(half)))) * KM_PER_DEGREE


def words_of_place(event_part: str, span: Span | None) -> str:
    """The words of a story that gave a place; "" where none did. event_part: the title or the text that the span is of."""
    return event_part[span.start : span.end] if span else ""
