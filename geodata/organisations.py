"""Organisations and venues by name, and the town or the site where they are: "Makerere University" → Kampala.

For the placing of events: who speaks or acts is where it sits. They are no toponyms, so the gazetteer does not hold them.
Table: curated/organisations.tsv.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from geodata.countries import rows
from geodata.folding import fold
from geodata.gazetteer import Gazetteer
from geodata.place import Place
from geodata.records import kilometres

OrganisationKind = Literal["university", "company", "organisation", "authority", "media", "club", "venue"]
NEAR_KM = 60.0  # within which a gazetteer's town of that name is the table's
TOWN_KM, VENUE_KM = 15.0, 1.0  # radius of a town that the gazetteer lacks, and of a venue


class Organisation(NamedTuple):
    """A row of the table; lat, lon in degrees: the site's for a venue, else the town's."""

    name: str
    kind: OrganisationKind
    town: str
    country: str
    lat: float
    lon: float


def organisation(name: str) -> Organisation | None:
    """The organisation of this name or alias; case and accents don't matter, an article before it neither.

    >>> organisation("the World Trade Organization").town
    'Geneva'
    >>> organisation("the shop around the corner") is None
    True
    """
    key = fold(name)
    return _table().get(key) or _table().get(key.removeprefix("the "))


def place_of(known: Organisation, gazetteer: Gazetteer) -> Place:
    """Where it is: the site of a venue, else the town, the gazetteer's own where it has it."""
    if known.kind == "venue":
        return _made(known, known.name, "site", VENUE_KM)
    towns = (c.place for c in gazetteer.candidates(known.town) if c.place.kind == "town")
    here = (
        town
        for town in towns
        if town.country == known.country and kilometres(town.lat, town.lon, known.lat, known.lon) <= NEAR_KM
    )
    return next(here, None) or _made(known, known.town, "town", TOWN_KM)


def _made(known: Organisation, name: str, kind: Literal["site", "town"], radius_km: float) -> Place:
    number = fold(f"{known.name} {known.country}").replace(" ", "-")
    return Place(
        f"org:{number}", name, known.lat, known.lon, kind, radius_km, known.country, (known.country,), curated=True
    )


@lru_cache(maxsize=1)
def _table() -> dict[str, Organisation]:
    found: dict[str, Organisation] = {}
    for row in rows("organisations.tsv"):
        known = Organisation(
            row["name"], row["kind"], row["town"], row["country"], float(row["lat"]), float(row["lon"])  # type: ignore[arg-type]
        )  # fmt: skip
        for name in (row["name"], *row["aliases"].split("|")):
            if name:
                found.setdefault(fold(name).removeprefix("the "), known)
    return found
