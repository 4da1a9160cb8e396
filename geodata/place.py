"""A place of the gazetteer as a value, and the error that geodata raises.

Coordinates are WGS 84 degrees, (lat, lon) in this order wherever two numbers stand side by side; GeoJSON geometries
are (lon, lat).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "town", "district", "province", "country", "continent", "region", "sea",
    "river", "line", "island", "mountain", "site",
]  # fmt: skip
Precision = Literal["exact", "city", "district", "province", "country", "region", "sea", "line"]
NameKind = Literal["name", "alternate", "abbreviation", "demonym"]

PRECISION_OF: dict[Kind, Precision] = {
    "town": "city", "district": "district", "province": "province", "country": "country", "continent": "region",
    "region": "region", "sea": "sea", "river": "line", "line": "line", "island": "region", "mountain": "region",
    "site": "exact",
}  # fmt: skip


class GazetteerError(Exception):
    """The gazetteer file is missing, damaged or of another version; the message says how to build it."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place on Earth.

    id            stable within a build and across builds: "gn:524901" (GeoNames), "iso:UA-14", "cur:baltic-pipe"
    lat, lon      degrees; for an area or a line the place of its label
    radius_km     how far the place reaches from that point
    country       ISO 3166-1 alpha-2 of the country it lies in; None for what lies in several or none
    countries     all countries it touches (seas: those on its shore)
    admin1        GeoNames first-level code within the country, "" if unknown
    population    people, 0 if unknown or not applicable
    curated       from our own table of facts; such rows outrank towns of the same name
    standing      what the build adds to the prior, where use puts the place before another of its name
    """

    id: str
    name: str
    lat: float
    lon: float
    kind: Kind
    radius_km: float
    country: str | None = None
    countries: tuple[str, ...] = ()
    admin1: str = ""
    population: int = 0
    geonames_id: int | None = None
    curated: bool = False
    standing: float = 0.0

    @property
    def precision(self) -> Precision:
        """How exactly the place answers "where", as the event contract words it."""
        return PRECISION_OF[self.kind]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, and as what kind of name the gazetteer has it."""

    place: Place
    match: NameKind
