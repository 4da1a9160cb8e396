"""GeoPackage and KML, written by GDAL through pyogrio; no GeoPandas is needed.

A GeoPackage has a layer each for points, lines and areas, since many programs take one kind of geometry a layer, a table
for events without a ground, and a table "about" that says what the export holds. KML has one layer; what Google Earth
shows as HTML is written so that no markup comes through.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyogrio  # type: ignore[import-untyped]
from pyogrio.raw import write  # type: ignore[import-untyped]

from events.exporting.dataset import Dataset
from events.exporting.geometry import Geometry, to_wkb
from events.exporting.rows import COLUMNS, GAP, NAMES, Cell, CellKind, Row, plain, row_of, rows_of
from events.model import Event

CRS = "EPSG:4326"
LAYERS = {  # name: the geometries that belong to it, and what they are written as
    "points": (("Point", "MultiPoint"), "Point"),
    "lines": (("LineString", "MultiLineString"), "MultiLineString"),
    "areas": (("Polygon", "MultiPolygon"), "MultiPolygon"),
}
MISSING: dict[CellKind, Any] = {"text": "", "date": "1970-01-01", "number": 0.0, "integer": 0, "flag": False}
TYPES: dict[CellKind, Any] = {
    "text": object, "date": "datetime64[D]", "number": np.float64, "integer": np.int64, "flag": np.bool_,
}  # fmt: skip
KML_FIELDS = ("event", "status", "date", "enddate", "date_precision", "place", "place_precision", "ground", "sources")
_gdal = threading.Lock()  # its settings are of the whole process


def geopackage(dataset: Dataset) -> bytes:
    """The dataset as an OGC GeoPackage (WGS 84)."""
    rows = rows_of(dataset)
    stamp = f"{dataset.scope.newest or '1970-01-01'}T00:00:00.000Z"
    with _written("events.gpkg", OGR_CURRENT_DATE=stamp) as path:
        for layer, (kinds, kind) in LAYERS.items():
            geometries = [_of_kind(dataset, row, kinds) for row in rows]
            chosen = [number for number, geometry in enumerate(geometries) if geometry]
            _write_layer(path, layer, [rows[n] for n in chosen], [geometries[n] for n in chosen], kind)
        _write_layer(path, "no_ground", [row for row in rows if row["ground"] is None])
        _write_about(path, dataset.scope.facts())
        return path.read_bytes()


def kml(dataset: Dataset) -> bytes:
    """The dataset as KML 2.2 with a time span for each dated event."""
    with _written("events.kml", LIBKML_USE_SCHEMADATA="NO") as path:
        rows = [_kml_row(event, row_of(event, dataset.grounds.get(event.id))) for event in dataset.events]
        names = tuple(rows[0]) if rows else ("Name",)
        geometries = [g.geometry if (g := dataset.grounds.get(event.id)) else None for event in dataset.events]
        facts = "\n".join(f"{name}: {value}" for name, value in dataset.scope.facts().items())
        write(
            path, geometry=_wkb(geometries), field_data=[_texts(rows, name) for name in names], fields=list(names),
            field_mask=[np.array([row[name] is None for row in rows], dtype=np.bool_) for name in names],
            layer="events", driver="LIBKML", geometry_type="Unknown", crs=CRS,
            layer_options={"NAME": "Dateline events", "DESCRIPTION": _no_markup(facts)},
        )  # fmt: skip
        return path.read_bytes()


def _write_layer(
    path: Path, layer: str, rows: Sequence[Row], geometries: Sequence[Geometry | None] = (), kind: str | None = None
) -> None:
    masks = [np.array([row[name] is None for row in rows], dtype=np.bool_) for name in NAMES]
    data = [
        np.array([_value(row[column.name], column.kind) for row in rows], dtype=TYPES[column.kind])
        for column in COLUMNS
    ]
    options = {"IDENTIFIER": layer, "FID": "fid"} | ({"GEOMETRY_NAME": "geom"} if kind else {})
    write(
        path, geometry=_wkb(geometries) if kind else None, field_data=data, fields=list(NAMES), field_mask=masks,
        layer=layer, driver="GPKG", geometry_type=kind, crs=CRS if kind else None, promote_to_multi=kind != "Point",
        layer_options=options,
    )  # fmt: skip


def _write_about(path: Path, facts: Mapping[str, str]) -> None:
    columns = [np.array(list(facts), dtype=object), np.array([plain(fact) for fact in facts.values()], dtype=object)]
    write(path, geometry=None, field_data=columns, fields=["name", "value"], layer="about", driver="GPKG")


def _kml_row(event: Event, row: Row) -> dict[str, str | None]:
    """What a placemark holds. Name, description, begin and end are the names by which GDAL knows KML's own elements."""
    kept = {name: _no_markup(str(row[name])) if row[name] is not None else None for name in KML_FIELDS}
    lines = [
        f"<p>“{_html(GAP.join(quote.text for quote in event.evidence))}”</p>",
        *(f"<p>{_html(label)}: {_html(str(row[name]))}</p>" for label, name in _SAID if row[name] is not None),
    ]
    return {
        "Name": _no_markup(event.what), "description": "".join(lines), "begin": _text(row["date"]),
        "end": _text(row["enddate"]), "id_of_event": _no_markup(event.id), **kept,
    }  # fmt: skip


_SAID = (
    ("Type", "event"), ("Status", "status"), ("From", "date"), ("To", "enddate"), ("Date known to the", "date_precision"),
    ("Place", "place"), ("Place known as", "place_precision"), ("The outline is", "ground"),
    ("According to", "attribution"), ("Sources", "sources"), ("Stories", "urls"),
)  # fmt: skip


def _html(text: str) -> str:
    """Text within HTML; "$[", by which Google Earth fills in other fields, is none."""
    return escape(plain(text)).replace("$", "&#36;")


def _no_markup(text: str) -> str:
    """Text that Google Earth may put into HTML by itself, and GDAL into CDATA, which "]]>" would end."""
    return plain(text).replace("<", "&lt;").replace(">", "&gt;").replace("$[", "$ [")


def _of_kind(dataset: Dataset, row: Row, kinds: Sequence[str]) -> Geometry | None:
    ground = dataset.grounds.get(str(row["id"]))
    return ground.geometry if ground and ground.geometry["type"] in kinds else None


def _wkb(geometries: Sequence[Geometry | None]) -> Any:
    out = np.empty(len(geometries), dtype=object)
    for number, geometry in enumerate(geometries):
        out[number] = to_wkb(geometry)
    return out


def _texts(rows: Sequence[Mapping[str, str | None]], name: str) -> Any:
    return np.array([row[name] or "" for row in rows], dtype=object)


def _value(cell: Cell, kind: CellKind) -> Any:
    if cell is None:
        return MISSING[kind]
    return plain(cell) if isinstance(cell, str) else cell


def _text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)


@contextmanager
def _written(name: str, **settings: str) -> Iterator[Path]:
    """A path in a folder that is thrown away, under settings of GDAL that are then taken back."""
    with _gdal, TemporaryDirectory(prefix="dateline-") as folder:
        before = {key: pyogrio.get_gdal_config_option(key) for key in settings}
        pyogrio.set_gdal_config_options(settings)
        try:
            yield Path(folder) / name
        finally:
            pyogrio.set_gdal_config_options(before)
