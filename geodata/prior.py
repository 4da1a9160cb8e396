"""How likely a bare name means a place, before any story is read: on the scale of log10 of population.

About 10 for a country, 6 for a town of a million, 4 for one of ten thousand. The weights are those that were tried on five
corpora and found flat (moving one moves no score by more than two points).
"""

from __future__ import annotations

import math

from geodata.place import Kind, NameKind, Place

ALTERNATE_COST = 1.2  # an alternate name may be of another language or time
_UNKNOWN_PROVINCE = 5.5  # log10 of the people of a province for which we have none
_CURATED: dict[Kind, float] = {
    "sea": 9.2, "region": 9.3, "line": 8.5, "site": 7.8, "river": 7.2, "island": 7.0, "mountain": 7.0, "town": 4.5,
}  # fmt: skip


def prior(place: Place, match: NameKind) -> float:
    """The prior of a place under a name of this kind; `place.standing` is what the build added for common use of its name.

    >>> town = Place("gn:1", "Springfield", 39.8, -89.6, "town", 5.0, population=999_970)
    >>> prior(town, "name"), prior(town, "alternate")
    (6.0, 4.8)
    """
    if match == "alternate" and place.kind in {"town", "province", "district"}:
        return _base(place) - ALTERNATE_COST
    return _base(place) + place.standing


def _base(place: Place) -> float:
    people = math.log10(place.population + 10)
    if place.curated:
        return _CURATED.get(place.kind, 7.0)
    match place.kind:
        case "country":
            return 9.0 + 0.3 * people
        case "continent":
            return 9.5
        case "province":
            people = people if place.population else _UNKNOWN_PROVINCE
            return 6.0 + 0.3 * people if place.geonames_id else 1.8 + 0.75 * people
        case "district":
            return (3.4 if place.id.startswith("iso:") else 2.0) + 0.3 * people
        case "site":
            return 4.0
        case _:
            return math.log10(place.population + 30)
