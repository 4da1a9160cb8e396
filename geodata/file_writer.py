"""Writes the gazetteer file: records with their names in, one SQLite file out, in a fixed order.

The same records give the same bytes. What is derived here: folded names with their strongest kind, the standing of
places, outlines of regions from those of countries, the tree of regions, and the trie that the recogniser walks.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import marisa_trie

from geodata.borders import simplified_union
from geodata.countries import continents, demonyms, rows
from geodata.file_format import INDEXES, SCHEMA, STRENGTH
from geodata.folding import fold
from geodata.place import NameKind
from geodata.prior import prior
from geodata.records import Record
from geodata.standing import add_standing

_Add = Callable[[str, int, NameKind], None]


def write(
    connection: sqlite3.Connection, records: list[Record], outlines: dict[str, dict[str, Any]], facts: Mapping[str, str]
) -> int:
    """Everything into an empty file; returns how many names there are.

    outlines: ISO code -> GeoJSON geometry, may be empty. facts: what the file says of itself.
    """
    connection.executescript(SCHEMA)
    names = folded_names(records)
    add_standing(records, names)
    with connection:
        connection.executemany(
            "INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", map(_place_row, enumerate(records))
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
        connection.executemany("INSERT INTO facts VALUES (?, ?)", sorted(facts.items()))
        connection.executescript(INDEXES)
    connection.execute("VACUUM")
    return len(names)


def folded_names(records: list[Record]) -> dict[str, dict[int, int]]:
    """Folded name -> number of the place -> strongest kind of name (0 its own name)."""
    found: dict[str, dict[int, int]] = defaultdict(dict)

    def add(name: str, number: int, kind: NameKind) -> None:
        key = fold(name)
        if len(key) > 1:
            strength = STRENGTH[kind]
            found[key][number] = min(strength, found[key].get(number, strength))

    for number, record in enumerate(records):
        for name, kind in record.names:
            add(name, number, kind)
    _add_demonyms_and_abbreviations(records, add)
    _add_spellings(records, found, add)
    return found


def _add_demonyms_and_abbreviations(records: list[Record], add: _Add) -> None:
    numbers = {record.place.id: number for number, record in enumerate(records)}
    countries_of = {r.place.country: n for n, r in enumerate(records) if r.place.kind == "country"}
    for demonym, target in demonyms():
        number = countries_of.get(target, numbers.get(f"cur:{target}", numbers.get(f"iso:{target}")))
        if number is not None:
            add(demonym, number, "demonym")
    for row in rows("admin1_abbreviations.tsv"):
        if (number := numbers.get(f"iso:{row['iso_admin1_code']}")) is not None:
            add(row["abbreviation"], number, "abbreviation")


def _add_spellings(records: list[Record], found: dict[str, dict[int, int]], add: _Add) -> None:
    """Further spellings of towns that the packages know by another name."""
    for row in rows("spellings.tsv"):
        same = [n for n in found.get(fold(row["name"]), {}) if _is_town_in(records[n], row["country"].strip())]
        if same:
            best = max(same, key=lambda n: prior(records[n].place, "name"))
            add(row["spelling"], best, "name")


def _is_town_in(record: Record, country: str) -> bool:
    return record.place.kind == "town" and record.place.country == country


def _place_row(numbered: tuple[int, Record]) -> tuple[Any, ...]:
    number, record = numbered
    p = record.place
    return (
        number, p.id, p.name, p.lat, p.lon, p.kind, p.radius_km, p.country, " ".join(p.countries), p.admin1,
        p.population, p.geonames_id, int(p.curated), p.standing,
    )  # fmt: skip


def _geometries(records: list[Record], outlines: dict[str, dict[str, Any]]) -> Iterable[tuple[str, str]]:
    for record in records:
        place, geometry = record.place, record.geometry
        if geometry is None and place.kind == "country":
            geometry = outlines.get(place.country or "")
        if geometry is None and record.whole_countries:
            geometry = simplified_union([outlines[c] for c in place.countries if c in outlines])
        if geometry is not None:
            yield place.id, json.dumps(geometry, separators=(",", ":"))


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
        elif place.curated and place.kind in {"sea", "region"} and (record.geometry or record.whole_countries):
            yield place.id.replace("cur:", f"{place.kind}:"), place.name, place.kind, None, " ".join(place.countries)
