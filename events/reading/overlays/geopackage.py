"""GeoPackage (OGC 12-128r19): an SQLite file with tables of shapes, of which only the geometry columns are read.

It is read by SQLite itself, in memory and without views, triggers or functions of the file's own: a general reader of map
formats would open what such a file points to.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import shapely

from events.reading.overlays.shapes import MOST_SHAPES, WGS84, Overlay, OverlayError, overlay_of

SIGNATURE = b"SQLite format 3\x00"
MOST_LAYERS = 8
MOST_STEPS = 200  # thousands of SQLite's steps that one question may take: a broken file must not hold the page up
ENVELOPES = (0, 32, 48, 48, 64)  # bytes, by the header's code
BROKEN = "The GeoPackage is damaged: {}. Save it anew and try again."
_LAYERS = """SELECT g.table_name, g.column_name, s.organization, s.organization_coordsys_id
    FROM gpkg_geometry_columns AS g
    JOIN sqlite_master AS m ON m.name = g.table_name AND m.type = 'table'
    LEFT JOIN gpkg_spatial_ref_sys AS s ON s.srs_id = g.srs_id
    WHERE m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY g.table_name"""


def read(content: bytes, name: str) -> tuple[Overlay, ...]:
    """The overlays of a file's content, one a table. Raises OverlayError."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            return _read(database, content, name)
        except sqlite3.Error as error:
            raise OverlayError(BROKEN.format(error)) from None


def _read(database: sqlite3.Connection, content: bytes, name: str) -> tuple[Overlay, ...]:
    database.deserialize(content[:18] + b"\x01\x01" + content[20:])  # in memory there is no write-ahead log
    for setting in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
        database.execute(f"PRAGMA {setting}")
    _limit(database)
    known = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"gpkg_geometry_columns", "gpkg_spatial_ref_sys"} <= known:
        raise OverlayError("It is a database but no GeoPackage: it has no tables of shapes.")
    layers = database.execute(_LAYERS).fetchmany(MOST_LAYERS + 1)
    if not layers:
        raise OverlayError("The GeoPackage has no layer of shapes.")
    if len(layers) > MOST_LAYERS:
        raise OverlayError(
            f"The GeoPackage has more than {MOST_LAYERS} layers. Save those you need in one of their own."
        )
    return tuple(
        _layer(database, row, name if len(layers) == 1 or row[0] == name else f"{name}: {row[0]}") for row in layers
    )


def _layer(database: sqlite3.Connection, row: Sequence[Any], name: str) -> Overlay:
    table, column, organisation, code = row
    _limit(database)
    question = f"SELECT {_quoted(column)} FROM {_quoted(table)}"  # noqa: S608  # names can't be bound
    cells = database.execute(question).fetchmany(MOST_SHAPES + 1)
    if len(cells) > MOST_SHAPES:
        raise OverlayError(f"“{table}” has more than {MOST_SHAPES:,} shapes. Cut it to the part you need.")
    shapes = [geometry_of(cell[0]) for cell in cells if cell[0] is not None]
    kept = [shape for shape in shapes if shape is not None]
    return overlay_of(name, kept, _crs(organisation, code), len(shapes) - len(kept))


def geometry_of(cell: Any) -> Any:
    """The shapely geometry of a cell: a header of 8 bytes, an envelope, and well-known binary. None for what is none."""
    if not isinstance(cell, bytes) or len(cell) < 8 or cell[:2] != b"GP":
        return None
    code = (cell[3] >> 1) & 0b111
    if code >= len(ENVELOPES):
        return None
    try:
        return shapely.from_wkb(cell[8 + ENVELOPES[code] :])
    except (shapely.errors.ShapelyError, struct.error, ValueError):
        return None


def _crs(organisation: Any, code: Any) -> str:
    if str(organisation).upper() == "EPSG" and isinstance(code, int) and 1000 <= code <= 999_999:
        return f"EPSG:{code}"
    if str(organisation).upper() == "OGC" and "84" in str(code):
        return WGS84
    raise OverlayError("The GeoPackage gives no EPSG code for its coordinates. Save it in WGS 84 (EPSG:4326).")


def _quoted(name: Any) -> str:
    return '"' + str(name).replace('"', '""') + '"'


def _limit(database: sqlite3.Connection) -> None:
    """Let SQLite end a question that takes too many steps."""
    steps = iter(range(MOST_STEPS))
    database.set_progress_handler(lambda: int(next(steps, None) is None), 100_000)
