"""Our own tables of facts, geodata/curated/*.tsv: seas, regions, rivers, lines, islands, mountains, sites, spellings.

For the build. A row that can't be read is reported by file and line and passed over; the others are kept. Tables are
written (lat, lon), for people; geometries leave here in GeoJSON's order (lon, lat).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

import shapely

from geodata.countries import CURATED
from geodata.place import Kind, Place
from geodata.records import Record, kilometres

TABLES = (
    "seas.tsv",
    "regions.tsv",
    "lines.tsv",
    "rivers.tsv",
    "mountains.tsv",
    "islands.tsv",
    "sites.tsv",
    "towns.tsv",
)
_LINES = {"line", "river"}


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row of a table that was passed over: where it stands and what is wrong with it."""

    file: str
    line: int
    reason: str


def curated(problems: list[BadRow]) -> Iterator[Record]:
    """The places of all tables. Bad rows are added to `problems`."""
    for name in TABLES:
        path = CURATED / name
        if not path.exists():
            continue
        for line, row in _numbered_rows(path):
            try:
                yield _record(row)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                problems.append(BadRow(name, line, str(error)))


def parse_geometry(text: str) -> list[list[tuple[float, float]]]:
    """The parts of a geometry cell, each a list of (lat, lon).

    >>> parse_geometry("54.1 15.1; 55.2 12.1 / 1 2")
    [[(54.1, 15.1), (55.2, 12.1)], [(1.0, 2.0)]]
    """
    parts = []
    for part in text.split("/"):
        points = [(float(lat), float(lon)) for lat, lon in (pair.split() for pair in part.split(";") if pair.strip())]
        if any(not (-90 <= lat <= 90 and -200 <= lon <= 200) for lat, lon in points):
            raise ValueError(f"a point lies off the Earth: {part.strip()[:60]} (tables are lat lon)")
        if points:
            parts.append(points)
    if not parts:
        raise ValueError("no geometry")
    return parts


def _numbered_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    header: list[str] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = next(csv.reader([line], delimiter="\t", quoting=csv.QUOTE_NONE))
        if header is None:
            header = cells
        else:
            yield number, dict(zip(header, [*cells, *[""] * len(header)], strict=False))


def _record(row: dict[str, str]) -> Record:
    kind = cast(Kind, row["kind"].strip())
    if kind not in get_args(Kind):
        raise ValueError(f"no such kind: {kind!r}")
    countries = tuple(row["countries"].split())
    kept, _, label = row["geometry"].partition("@")
    whole = kept.strip() == "countries"
    parts = parse_geometry(label if whole else kept)
    points = [point for part in parts for point in part]
    lat, lon = _label_point(kind, parts)
    stated = row["radius_km"].strip()
    radius = float(stated) if stated else max((kilometres(lat, lon, *point) for point in points), default=0.0)
    place = Place(
        id=f"cur:{row['slug'].strip()}", name=row["name"].strip(), lat=round(lat, 4), lon=round(lon, 4), kind=kind,
        radius_km=round(max(radius, 0.5), 1), country=countries[0] if len(countries) == 1 else None,
        countries=countries, curated=True,
    )  # fmt: skip
    record = Record(place, [(place.name, "name")], None if whole else _geojson(kind, parts), whole_countries=whole)
    record.names += [(alias.strip(), "name") for alias in row["aliases"].split("|") if alias.strip()]
    ends = row.get("ends", "").split()
    if len(ends) == 2:
        record.ends, record.carries = (ends[0], ends[1]), row.get("carries", "").strip()
    return record


def _label_point(kind: Kind, parts: list[list[tuple[float, float]]]) -> tuple[float, float]:
    """The middle vertex of a line; of an area the centre of its largest part, or a point within it; a point itself."""
    if kind in _LINES or max(map(len, parts)) < 3:
        largest = max(parts, key=len)
        return largest[len(largest) // 2]
    area = max((shapely.Polygon([(lon, lat) for lat, lon in part]) for part in parts if len(part) > 2), key=_extent)
    centre = area.centroid if area.contains(area.centroid) else area.representative_point()
    return float(centre.y), float(centre.x)


def _extent(area: shapely.Polygon) -> float:
    return float(area.area)


def _geojson(kind: Kind, parts: list[list[tuple[float, float]]]) -> dict[str, Any] | None:
    rings = [[[lon, lat] for lat, lon in part] for part in parts]
    if kind in _LINES and len(rings[0]) > 1:
        return (
            {"type": "LineString", "coordinates": rings[0]}
            if len(rings) == 1
            else {"type": "MultiLineString", "coordinates": rings}
        )
    closed = [[*ring, ring[0]] for ring in rings if len(ring) > 2]
    if not closed:
        return None
    return (
        {"type": "Polygon", "coordinates": closed}
        if len(closed) == 1
        else {"type": "MultiPolygon", "coordinates": [[ring] for ring in closed]}
    )
