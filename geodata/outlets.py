"""News outlets by domain and by name, where they are at home and how far they reach: "wenatcheeworld.com" → Wenatchee.

For toponym resolution: what a story leaves unsaid is said by where it was printed. Table: curated/outlets.tsv, read when
the first story asks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from geodata.countries import CURATED
from geodata.folding import fold
from geodata.gazetteer import Gazetteer
from geodata.place import Place

Reach = Literal["local", "national", "world"]
_SECTION = re.compile(r" (?:[-–—|>»:]|&gt;) ")


class Outlet(NamedTuple):
    """A row of the table. town, country (ISO 3166-1) and division (ISO 3166-2) are "" where unsaid."""

    town: str
    country: str
    division: str
    reach: Reach


def outlet(host: str, name: str, country: str = "") -> Outlet | None:
    """The outlet of a host's domain, else the one of this name; None for an unknown one.

    country: ISO code by which outlets of one name are told apart, as the address's top-level domain gives it; a name that
    several bear says nothing without it. A section after the name ("Example News - World") doesn't matter.

    >>> outlet("www.wenatcheeworld.com", "").town, outlet("", "Gulf News - Business").country
    ('Wenatchee', 'AE')
    >>> outlet("", "The Guardian") is None, outlet("", "The Guardian", "NG").town
    (True, 'Lagos')
    """
    return _of_domain(host.lower()) or _of_name(name, country) or _of_domain(name.strip().lower())


def town_of(known: Outlet, gazetteer: Gazetteer) -> Place | None:
    """The outlet's home town, the largest of its name in its division or country; None where none is told or known."""
    if not known.town:
        return None
    code = division_of(known, gazetteer)
    towns = [c.place for c in gazetteer.candidates(known.town) if c.place.kind == "town"]
    here = [t for t in towns if t.country == known.country and (not code or t.admin1 == code)]
    return max(here, key=lambda town: town.population, default=None)


def division_of(known: Outlet, gazetteer: Gazetteer) -> str:
    """GeoNames' code of the outlet's first-level division, "" where the table names none."""
    division = gazetteer.place(f"iso:{known.division}") if known.division else None
    return division.admin1 if division else ""


def _of_domain(host: str) -> Outlet | None:
    domains, _ = _tables()
    while "." in host:
        if known := domains.get(host):
            return known
        host = host.partition(".")[2]
    return None


def _of_name(name: str, country: str) -> Outlet | None:
    _, names = _tables()
    for wording in dict.fromkeys((name, _SECTION.split(name, maxsplit=1)[0])):
        known = names.get(_key(wording), [])
        here = [one for one in known if one.country == country] if len(known) > 1 else known
        if len(here) == 1:
            return here[0]
    return None


def _key(name: str) -> str:
    return fold(name).removeprefix("the ")


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, Outlet], dict[str, list[Outlet]]]:
    """Outlets by domain, and by folded name."""
    domains: dict[str, Outlet] = {}
    names: dict[str, list[Outlet]] = {}
    lines = (CURATED / "outlets.tsv").read_text(encoding="utf-8").splitlines()
    for line in [line for line in lines if line and not line.startswith("#")][1:]:
        own_domains, own_names, *home = line.split("\t")
        known = Outlet(*home)  # type: ignore[arg-type]
        domains.update(dict.fromkeys(own_domains.split(), known))
        for key in {_key(name) for name in own_names.split("|")}:
            names.setdefault(key, []).append(known)
    return domains, names
