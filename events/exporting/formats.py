"""The formats of an export: what each is called, its ending, its media type, and the function that writes it.

For the command line and the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from events.exporting.calendar import calendar
from events.exporting.csv_table import csv_in_parts, csv_table
from events.exporting.dataset import Dataset, Grounded, Scope
from events.exporting.geojson import geojson, geojson_in_parts
from events.exporting.geoparquet import geoparquet
from events.exporting.json_lines import json_lines, json_lines_in_parts
from events.exporting.layers import geopackage, kml


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `endings`: without the dot, the first is the usual one; `opens`: the programs it is for; `in_parts`: gives
    the same bytes as `write`, while the events come; None where a file is made of all of them together.
    """

    name: str
    label: str
    endings: tuple[str, ...]
    media_type: str
    opens: str
    write: Callable[[Dataset], bytes]
    in_parts: Callable[[Scope, Iterable[Grounded]], Iterator[bytes]] | None = None


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format(
            "geojson",
            "GeoJSON",
            ("geojson", "json"),
            "application/geo+json",
            "QGIS, web maps",
            geojson,
            geojson_in_parts,
        ),
        Format("csv", "CSV", ("csv",), "text/csv", "Excel, LibreOffice, R", csv_table, csv_in_parts),
        Format("gpkg", "GeoPackage", ("gpkg",), "application/geopackage+sqlite3", "QGIS, ArcGIS", geopackage),
        Format("kml", "KML", ("kml",), "application/vnd.google-earth.kml+xml", "Google Earth", kml),
        Format(
            "parquet", "GeoParquet", ("parquet",), "application/vnd.apache.parquet", "GeoPandas, DuckDB", geoparquet
        ),
        Format("ics", "iCalendar", ("ics",), "text/calendar", "calendars: planned events", calendar),
        Format(
            "jsonl",
            "JSON Lines",
            ("jsonl", "ndjson"),
            "application/x-ndjson",
            "Dateline, scripts",
            json_lines,
            json_lines_in_parts,
        ),
    )
}


def format_of(name: str | Path) -> Format | None:
    """The format of a file by its ending, or of a bare name; None for one that is not known.

    >>> format_of("out/march.geojson").label, format_of("csv").label, format_of("notes.txt")
    ('GeoJSON', 'CSV', None)
    """
    ending = (Path(name).suffix or str(name)).removeprefix(".").lower()
    return next((one for one in FORMATS.values() if ending == one.name or ending in one.endings), None)
