"""The candidates of a name as it stands, else of the name without its trimmings, else of the greatest place inside it.

For toponym resolution: "northern Syria" is Syria, "Hall County" may be had as Hall, "Manila Cathedral" lies in Manila.
"""

from __future__ import annotations

import re
from functools import lru_cache

from events.extraction.places import name_context as context
from geodata.folding import fold
from geodata.gazetteer import Gazetteer
from geodata.place import Candidate

LEAST_INNER = 4.3  # the prior of a town of 20,000: smaller ones inside a longer name are chance
_DIRECTION = re.compile(
    r"^(?:the|(?:north|south|east|west|northeast|northwest|southeast|southwest)(?:ern)?|central|upper|lower|greater|"
    r"downtown|city of|town of|port of|province of|state of|mid|inner|rural|old|metropolitan)[ -]+",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?<!\s)\s+(?:county|province|region|state|district|governorate|city|municipality|prefecture|oblast|village|town|township|"
    r"area|department|republic|peninsula|valley|metro|islands?|division|parish|airport|river|heights|beach)$",
    re.IGNORECASE,
)

_SHORT = re.compile(r"(mt|ft|st|ste)\.? ", re.IGNORECASE)
_LONG = {"mt": "mount ", "ft": "fort ", "st": "saint ", "ste": "sainte "}


@lru_cache(maxsize=20_000)
def named(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """The candidates of a name, with or without a direction before it; () for an unknown name."""
    short = _SHORT.match(name)
    if short:
        longer = gazetteer.candidates(_LONG[short[1].lower()] + name[short.end() :])
        own = [c for c in longer if c.match == "name"]
        return tuple({c.place.id: c for c in (*own, *gazetteer.candidates(name))}.values())
    return gazetteer.candidates(name) or gazetteer.candidates(_DIRECTION.sub("", name))


@lru_cache(maxsize=20_000)
def variants(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """The candidates of the first variant of a name that has any, likeliest first; () when none has."""
    bare = _DIRECTION.sub("", name)
    if found := named(name, gazetteer):
        return found
    for variant in (bare, _GENERIC.sub("", name), _GENERIC.sub("", bare), name.removesuffix("s")):
        if variant and (found := gazetteer.candidates(variant)):
            return found
    words = name.split()
    for length in range(len(words) - 1, 0, -1):
        for i in range(len(words) - length + 1):
            inner = " ".join(words[i : i + length])
            if (
                inner[0].isupper()
                and (length > 1 or fold(inner) not in context.COMMON_WORDS)
                and gazetteer.importance(fold(inner)) > LEAST_INNER
            ):
                return gazetteer.candidates(inner)
    return ()
