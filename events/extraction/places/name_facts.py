"""What the gazetteer has under a name: what kind of place, how large, and whether it holds others.

For the evidence about place names. All is remembered by name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from events.extraction.places import name_context as context
from geodata.gazetteer import Gazetteer
from geodata.place import Candidate

LARGE = 5.5  # the prior of a city of 300,000
_CONTAINER = re.compile(r"(?:, | \()([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)?)")


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What the gazetteer has under a key: what kind of place, how large.

    demonym: it is a people's name. seat: it is a country's, or a town's where a government sits, so that it may act.
    """

    size: str
    weight: float
    demonym: bool
    seat: bool
    candidates: tuple[Candidate, ...]


@lru_cache(maxsize=50_000)
def facts(gazetteer: Gazetteer, key: str) -> NameFacts:
    """The facts of one folded name, remembered."""
    candidates = gazetteer.candidates(key)
    demonym = bool(candidates) and candidates[0].match == "demonym"
    weight = gazetteer.importance(key)
    places = [c.place for c in candidates[:4]]
    seat = any(p.kind == "country" or p.geonames_id in context.GOVERNMENT_SEATS for p in places)
    return NameFacts(_size(candidates, weight), weight, demonym, seat and weight > 5, candidates)


def _size(candidates: tuple[Candidate, ...], weight: float) -> str:
    if not candidates:
        return "unknown"
    kind, place = candidates[0].place.kind, candidates[0].place
    if all(c.match == "abbreviation" for c in candidates[:2]):
        return "abbreviation"
    if kind in {"country", "continent", "region", "sea"}:
        return kind if kind != "continent" else "region"
    if kind == "province":
        return "state" if weight > 7 else "province"
    if kind in {"town", "district"}:
        steps = ((6.0, "metropolis"), (5.0, "city"), (4.2, "town"), (3.4, "small town"))
        return next((name for least, name in steps if weight >= least), "village") if kind == "town" else "district"
    return "feature" if place.curated else "site"


def container_follows(text: str, end: int, gazetteer: Gazetteer) -> bool:
    """Whether ", Texas", ", Calif." or " (Syria)" follows at `end`."""
    match = _CONTAINER.match(text, end)
    return match is not None and any(is_container(gazetteer, name) for name in (match[1], match[1].split(" ")[0]))


@lru_cache(maxsize=20_000)
def is_container(gazetteer: Gazetteer, name: str) -> bool:
    """Whether a name is a country's or a first-level division's, or its abbreviation."""
    candidates = gazetteer.candidates(name.rstrip(",’'"))
    return any(c.place.kind in {"country", "province"} and c.match != "demonym" for c in candidates[:3])
