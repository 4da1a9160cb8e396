"""What a name is said to lie in, by the words beside it: "Bangor, Maine", "Syria's Aleppo".

For toponym resolution. Only the words right beside a name are looked at; the rest of the story is for the vote.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from geodata.gazetteer import Gazetteer
from geodata.place import Candidate, Place
from geodata.records import kilometres

_NAME = r"([A-Z][\w.’'-]*(?:[ -][A-Z][\w.’'-]*){0,2})"
_AREA = (
    r"(?:(?:north|south|east|west|centr|northeast|northwest|southeast|southwest)(?:ern|al)? |"
    r"(?:northern|southern|eastern|western) )?"
)
_SORT = (
    r"(?:city|town|village|capital|port|province|region|district|suburb|state|county|hamlet|resort|island|governorate)"
)
_AFTER = re.compile(
    rf"(?:,? \(?(?:in|of)(?: the)? |, (?:a|the) (?:\w+ ){{0,2}}{_SORT} (?:in|of)(?: the)? |, | \()" + _AREA + _NAME
)
_BEFORE = re.compile(
    rf"{_NAME}(?:(?:'s|’s|'|’)(?: \w+){{0,2}}? |(?: \w+){{0,2}} {_SORT}(?: {_SORT})?(?: of|,)? )(?:{_SORT} (?:of )?)?$"
)
_POSTAL_CODE = re.compile(r"[A-Z]{2}\b")
REACH = 70  # characters that are looked at on either side


class Container(NamedTuple):
    """A country ("FR", ""), a first-level division ("US", "TX"), or a second-level one by its middle and reach."""

    country: str
    division: str = ""
    lat: float = 0.0
    lon: float = 0.0
    reach_km: float = 0.0

    def holds(self, place: Place) -> bool:
        """Whether a place lies in it and is not the container itself."""
        if place.kind in {"country", "region", "continent"} or place.country != self.country:
            return False
        if self.reach_km:
            return place.kind != "district" and kilometres(self.lat, self.lon, place.lat, place.lon) <= self.reach_km
        return not self.division or (place.admin1 == self.division and place.kind != "province")


def containers_beside(text: str, start: int, end: int, gazetteer: Gazetteer) -> frozenset[Container]:
    """What the words beside text[start:end] say it lies in; empty when they say nothing."""
    match = _AFTER.match(text, end, end + REACH)
    if match:
        found = _named(match[1], gazetteer, before=False)
        if found:
            return found
    words_before = text[max(0, start - REACH) : start]
    matches = list(_BEFORE.finditer(words_before)) if words_before.endswith(" ") else []
    return _named(matches[-1][1], gazetteer, before=True) if matches else frozenset()


def _named(words: str, gazetteer: Gazetteer, before: bool) -> frozenset[Container]:
    """The containers that the longest beginning of some capitalised words names, or their end."""
    parts = words.split(" ")
    options = [" ".join(parts[:n]) for n in range(len(parts), 0, -1)]
    if before:
        options += [" ".join(parts[n:]) for n in range(1, len(parts))]
    for option in options:
        name = option.rstrip(",'’")
        if _POSTAL_CODE.fullmatch(name) and name not in {"US", "UK", "EU", "UN", "AP", "PM", "AM"}:
            return frozenset({Container("US", name)})
        found = frozenset(_container(c.place) for c in gazetteer.candidates(name)[:4] if _contains(c, before))
        if found:
            return found
    return frozenset()


def _contains(candidate: Candidate, demonyms: bool) -> bool:
    if candidate.match == "demonym" and not demonyms:
        return False
    kind = candidate.place.kind
    return kind in {"country", "district"} or (kind == "province" and candidate.place.admin1 != "")


def _container(place: Place) -> Container:
    country = place.country or ""
    if place.kind == "district":
        return Container(country, "", place.lat, place.lon, max(40.0, 1.3 * place.radius_km))
    return Container(country, place.admin1 if place.kind == "province" else "")
