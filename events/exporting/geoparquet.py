"""GeoParquet 1.1: typed columns, geometry as WKB, and a box for each row by which readers skip what they don't need.

Written by pyarrow. The metadata follow https://geoparquet.org/releases/v1.1.0/; no "crs" there means OGC:CRS84, degrees in
the order (lon, lat). What was left out stands in the file's own metadata under "dateline".
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from events.exporting.dataset import Dataset
from events.exporting.geometry import bounds, to_wkb
from events.exporting.rows import COLUMNS, Cell, CellKind, plain, rows_of

VERSION = "1.1.0"
SIDES = ("xmin", "ymin", "xmax", "ymax")
TYPES: dict[CellKind, Any] = {
    "text": pa.string(), "date": pa.date32(), "number": pa.float64(), "integer": pa.int64(), "flag": pa.bool_(),
}  # fmt: skip
BOX = pa.struct([(side, pa.float64()) for side in SIDES])
Box = tuple[float, float, float, float]


def geoparquet(dataset: Dataset) -> bytes:
    """The dataset as one Parquet file."""
    rows = rows_of(dataset)
    geometries = [ground.geometry if (ground := dataset.grounds.get(e.id)) else None for e in dataset.events]
    boxes = [bounds(geometry) if geometry else None for geometry in geometries]
    columns = {
        column.name: pa.array([_clean(row[column.name]) for row in rows], TYPES[column.kind]) for column in COLUMNS
    }
    columns["bbox"] = pa.array([dict(zip(SIDES, box, strict=True)) if box else None for box in boxes], BOX)
    columns["geometry"] = pa.array([to_wkb(geometry) for geometry in geometries], pa.binary())
    about = {
        "geo": json.dumps(geo_metadata((g["type"] for g in geometries if g), [box for box in boxes if box])),
        "dateline": json.dumps(dataset.scope.facts(), ensure_ascii=False),
    }
    table = pa.table(columns).replace_schema_metadata(about)
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def geo_metadata(kinds: Iterable[str], boxes: list[Box]) -> dict[str, Any]:
    """The value of the key "geo". kinds: the types of the geometries; boxes: (west, south, east, north) in degrees.

    >>> geo_metadata(["Point"], [(24.9, 60.2, 24.9, 60.2)])["columns"]["geometry"]["geometry_types"]
    ['Point']
    """
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted(set(kinds)),
        "orientation": "counterclockwise",
        "edges": "planar",
        "covering": {"bbox": {side: ["bbox", side] for side in SIDES}},
    }
    if boxes:
        west, south, east, north = zip(*boxes, strict=True)
        column["bbox"] = [min(west), min(south), max(east), max(north)]
    return {"version": VERSION, "primary_column": "geometry", "columns": {"geometry": column}}


def _clean(cell: Cell) -> Cell:
    return plain(cell) if isinstance(cell, str) else cell
