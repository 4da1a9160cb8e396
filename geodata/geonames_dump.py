"""A user's full GeoNames dump beside the packages: allCountries.txt or a country's file, and what lies beside it.

Read at build time only, for `python -m geodata build --geonames PATH`. The files are those of download.geonames.org/export/
dump: tab-separated, UTF-8, no header. Beside the main file alternateNamesV2.txt, admin1CodesASCII.txt and admin2Codes.txt
are used where they are there. Rows that the gazetteer knows by GeoNames id keep their place and gain names; towns,
divisions, waters, mountains and sites that it lacks are added. GeoNames data are CC BY 4.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from geodata.folding import fold, is_latin
from geodata.place import Kind, NameKind, Place
from geodata.records import Record
from geodata.towns import radius_km

COLUMNS = 19  # of the main file
LANGUAGES = {"en", "", "fr", "es", "de", "pt", "it"}  # what an English story may spell a name in
_KINDS: dict[str, Kind] = {
    "ADM1": "province", "ADM1H": "province", "ADM2": "district", "ADM3": "district",
    "SEA": "sea", "GULF": "sea", "STRT": "sea", "BAY": "sea", "LK": "sea", "LKS": "sea", "CHN": "sea", "SD": "sea",
    "STM": "river", "STMS": "river", "CNL": "river", "WAD": "river",
    "MT": "mountain", "MTS": "mountain", "PK": "mountain", "VLC": "mountain", "DSRT": "mountain", "PASS": "mountain",
    "ISL": "island", "ISLS": "island", "RF": "island", "SHOL": "island", "ATOL": "island",
    "RGN": "region", "AIRP": "site", "AIRB": "site", "AIRF": "site", "DAM": "site", "PRT": "site", "BDG": "site",
    "INSM": "site", "MILB": "site", "NVB": "site", "PS": "site", "PSN": "site", "OILR": "site", "CTRM": "site", "PRN": "site",
    "STDM": "site", "RSTN": "site", "MSQE": "site", "CH": "site", "TMPL": "site", "HSP": "site", "UNIV": "site",
    "CMPRF": "site", "CSTM": "site", "PAL": "site", "MNMT": "site", "PRK": "site", "RES": "site", "SPCE": "site",
}  # fmt: skip
_RADII: dict[Kind, float] = {
    "province": 80.0, "district": 30.0, "sea": 40.0, "river": 40.0, "mountain": 15.0, "island": 20.0, "region": 100.0,
    "site": 3.0,
}  # fmt: skip
_WITHOUT_PEOPLE = {"PPLX", "PPLQ", "PPLH", "PPLW"}  # quarters of towns; abandoned, historical, destroyed places


@dataclass(frozen=True, slots=True)
class Gain:
    """What a dump added to the gazetteer. `skipped`: lines that could not be read."""

    source: str
    rows: int
    places: int
    names: int
    skipped: int
    kinds: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class _Count:
    rows: int = 0
    places: int = 0
    names: int = 0
    skipped: int = 0
    kinds: dict[str, int] = field(default_factory=dict)


def with_dump(records: list[Record], geonames: Path) -> tuple[list[Record], Gain]:
    """The records with what the dump knows beyond them, and what that was.

    geonames: the main file, or the folder it lies in. Raises FileNotFoundError, and ValueError when it isn't such a file.
    """
    path = main_file(geonames)
    count = _Count()
    known = {record.place.geonames_id: record for record in records if record.place.geonames_id}
    provinces = {_division_key(r.place): r for r in records if r.place.kind == "province" and r.place.admin1}
    added: list[Record] = []
    spelled = (path.parent / "alternateNamesV2.txt").is_file()
    for row in _rows(path, count):
        number = int(row[0])
        record = known.get(number) or (provinces.get((row[8], row[10])) if row[7] == "ADM1" else None)
        if record is None:
            record = _new_record(row, notable_only=path.name == "allCountries.txt")
            if record is None:
                continue
            added.append(record)
            count.places += 1
            count.kinds[record.place.kind] = count.kinds.get(record.place.kind, 0) + 1
        known[number] = record
        count.names += _add_names(record, [(row[1], "name"), (row[2], "name")])
        if not spelled:
            count.names += _add_names(record, [(name, "alternate") for name in row[3].split(",")])
    for number, names in _more_names(path.parent):
        if number in known:
            count.names += _add_names(known[number], names)
    if not count.rows:
        raise ValueError(f"{path} has no row of a GeoNames dump: {COLUMNS} columns parted by tabs are expected")
    kinds = tuple(sorted(count.kinds.items()))
    return [*records, *added], Gain(path.name, count.rows, count.places, count.names, count.skipped, kinds)


def main_file(geonames: Path) -> Path:
    """The main file of a dump: the path itself, or in a folder allCountries.txt or the only country's file."""
    if geonames.is_file():
        return geonames
    if (whole := geonames / "allCountries.txt").is_file():
        return whole
    found = sorted(path for path in geonames.glob("??.txt") if path.stem.isupper())
    if len(found) != 1:
        raise FileNotFoundError(
            f"{geonames} is no GeoNames dump: give allCountries.txt or one country's file, as UA.txt"
        )
    return found[0]


def _rows(path: Path, count: _Count) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == COLUMNS and cells[0].isdigit():
                count.rows += 1
                yield cells
            elif line.strip():
                count.skipped += 1


def _new_record(row: list[str], *, notable_only: bool) -> Record | None:
    """A place that the packages lack; None for what no story needs: names in no Latin script, wells, farms.

    notable_only: of the whole world (12 million rows) keep towns with people, and of the rest what has another spelling.
    """
    kind = _kind(row)
    name = row[1] if is_latin(row[1]) else row[2]
    if kind is None or len(name) < 3:
        return None
    if notable_only and not (row[14].strip("0") if kind == "town" else row[3] or row[6] == "A"):
        return None
    try:
        lat, lon, population = float(row[4]), float(row[5]), int(row[14] or 0)
    except ValueError:
        return None
    radius = radius_km(population) if kind == "town" else _RADII[kind]
    place = Place(
        id=f"gn:{row[0]}", name=name, lat=round(lat, 4), lon=round(lon, 4), kind=kind, radius_km=round(radius, 1),
        country=row[8] or None, countries=(row[8],) if row[8] else (), admin1=row[10], population=population,
        geonames_id=int(row[0]),
    )  # fmt: skip
    return Record(place)


def _kind(row: list[str]) -> Kind | None:
    if row[6] == "P":
        return None if row[7] in _WITHOUT_PEOPLE else "town"
    return _KINDS.get(row[7])


def _add_names(record: Record, names: Iterable[tuple[str, NameKind]]) -> int:
    """Add the names that the record lacks; returns how many."""
    had = {fold(name) for name, _ in record.names}
    gained = 0
    for name, kind in names:
        if len(name) > 2 and is_latin(name) and fold(name) not in had:
            had.add(fold(name))
            record.names.append((name, kind))
            gained += 1
    return gained


def _more_names(folder: Path) -> Iterator[tuple[int, list[tuple[str, NameKind]]]]:
    """(GeoNames id, names) from the files beside the main one. English spellings are names in their own right."""
    for name in ("admin1CodesASCII.txt", "admin2Codes.txt"):
        if (path := folder / name).is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                cells = line.split("\t")
                if len(cells) == 4 and cells[3].isdigit():
                    yield int(cells[3]), [(cells[1], "name"), (cells[2], "name")]
    if (path := folder / "alternateNamesV2.txt").is_file():
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                cells = line.rstrip("\n").split("\t")
                if len(cells) >= 4 and cells[1].isdigit() and cells[2] in LANGUAGES and "1" not in cells[6:8]:
                    yield int(cells[1]), [(cells[3], "name" if cells[2] == "en" else "alternate")]


def _division_key(place: Place) -> tuple[str | None, str]:
    return place.country, place.admin1
