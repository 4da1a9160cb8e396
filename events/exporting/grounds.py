"""The ground of an event's place as geometry: a point only for a town or a site, else a line or an area.

For the formats with geometry. An outline that the event doesn't bring is the gazetteer's; a district or a province whose
outline nobody has is the part of a circle that lies in its country, and says so. What has no known ground has none: the
place of a label is never passed off as a pin.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import shapely
from shapely.geometry import mapping, shape

from events.exporting.geometry import DECIMALS, Geometry, repaired, rfc7946
from events.look.circles import disc, part_within
from events.model import POINTS, EventPlace
from geodata.place import Place

GroundKind = Literal["point", "line", "outline", "countries", "circle"]
WIDEST_CIRCLE_KM = 2000.0  # a wider one says nothing, and nears the poles


class Places(Protocol):
    """What is needed of a gazetteer."""

    def place(self, place_id: str, /) -> Place | None:
        """The place of this id."""

    def country(self, code: str, /) -> Place | None:
        """The country of this ISO 3166-1 alpha-2 code."""

    def geometry(self, place_id: str) -> dict[str, Any] | None:
        """The GeoJSON geometry of a place."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A geometry as RFC 7946 wants it, and what it is.

    "outline" is the place's own area, "countries" the areas of the countries that make up a region, "circle" what lies
    within `radius_km` of its middle and in its country, for want of an outline.
    """

    kind: GroundKind
    geometry: Geometry


def ground_of(place: EventPlace, gazetteer: Places) -> Ground | None:
    """The ground of a place; None where none is known. A point that was given for an area is passed over."""
    if place.precision in POINTS:
        own = place.geometry
        if own is None:  # most places by far: nothing of it needs repair
            return Ground("point", {"type": "Point", "coordinates": [place.lon, place.lat]})
        return _ground("point" if own.get("type") == "Point" else "outline", own)
    if place.geometry and not str(place.geometry.get("type")).endswith("Point"):
        return _ground("line" if place.precision == "line" else "outline", place.geometry)
    known = gazetteer.place(place.place_id) if place.place_id else None
    if known and (geometry := gazetteer.geometry(known.id)):
        return _ground("line" if place.precision == "line" else "outline", geometry)
    if place.precision == "country":
        return _countries([place.country] if place.country else [], gazetteer, "outline")
    if place.precision == "region" and known and len(known.countries) > 1:
        return _countries(known.countries, gazetteer, "countries")
    return None if place.precision == "line" else _circle(place, gazetteer)


def ground_key(place: EventPlace) -> tuple[object, ...]:
    """What two places have in common whose ground is the same, so that it is worked out once."""
    own = repr(place.geometry) if place.geometry else None
    return place.place_id, place.precision, place.lat, place.lon, place.radius_km, place.country, own


def _ground(kind: GroundKind, geometry: Geometry) -> Ground | None:
    try:
        usable = repaired(rfc7946(geometry))
    except ValueError:
        return None
    return Ground(kind, usable) if usable else None


def _countries(codes: Iterable[str], gazetteer: Places, kind: GroundKind) -> Ground | None:
    found = [country for code in codes if (country := gazetteer.country(code))]
    shapes = [shape(geometry) for country in found if (geometry := gazetteer.geometry(country.id))]
    if not shapes:
        return None
    joined = shapes[0] if len(shapes) == 1 else shapely.union_all([shapely.make_valid(one) for one in shapes])
    return _ground(kind, dict(mapping(joined)))


def _circle(place: EventPlace, gazetteer: Places) -> Ground | None:
    """What lies within the place's reach, and in its country where the gazetteer has that one's outline."""
    if not 0 < place.radius_km <= WIDEST_CIRCLE_KM:
        return None
    around = disc(place.lat, place.lon, place.radius_km)
    country = gazetteer.country(place.country) if place.country else None
    outline = gazetteer.geometry(country.id) if country else None
    inside = part_within(outline, around) if outline else None
    if inside is not None and not inside.is_empty:
        around = inside
    rounded = shapely.transform(around, lambda xy: xy.round(DECIMALS))
    return _ground("circle", dict(mapping(rounded)))
