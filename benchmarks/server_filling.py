"""Fills a store on a PostgreSQL server with millions of invented events by COPY, and says what each phase took.

For `benchmarks.large_server`. The tables are the product's own; what keeps them in order (keys, references, indexes) is taken
away before the load and put back after it, as the catalogue told it. The geometry is made by the database as rows come in.
All rows are loaded in one transaction; a run that is broken off after it goes on with the indexes that are missing.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pyarrow.csv as csv  # type: ignore[import-untyped]

from benchmarks.crowded_events import Drawn, draw, gazetteer_places
from benchmarks.server_bands import Bands
from benchmarks.server_rows import Rows, batches, word_rows
from events.store import Store
from events.store.database.schema import metadata

LEAST_FREE = 15e9  # bytes on the disk, below which the load is broken off
TABLES = ("stories", "readings", "events", "records", "echoes", "happenings", "bands", "words")
FIRST = (
    "stories_pkey",
    "events_pkey",
    "happenings_pkey",
    "records_pkey",
    "ix_events_happening",
)  # what a card is read by
ORDER = "order.json"
SEED = 7
_BINARY_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_BINARY_END = b"\xff\xff"
_CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('f', 'p', 'u') ORDER BY contype = 'f', conrelid, conname
"""
_INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s)"
_THERE = """
    SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes WHERE schemaname = 'public'
"""

Phases = dict[str, float]  # seconds


def fill(address: str, folder: Path, count: int) -> Phases:
    """Load the rows into an empty store. folder: of the server, whose disk must not run full. Returns what each phase took."""
    took: Phases = {}
    with _phase(took, "events drawn"):
        places = gazetteer_places()
        drawn = draw(np.random.default_rng(SEED), places, count)
        rows = Rows(places, drawn)
        bands = Bands(rows, drawn)
    with psycopg.connect(_driver_address(address), autocommit=True) as connection:
        _take_away(connection, folder / ORDER)
        with _phase(took, "rows made and copied in"), connection.transaction():
            connection.execute(f"TRUNCATE {', '.join(TABLES)}")  # in one transaction with the load: nothing is logged
            _load(connection, rows, bands, drawn, folder, took)
            _note_facts(connection, drawn)
    return took


def is_loaded(address: str) -> bool:
    """Whether the rows are there."""
    Store.open(address).close()
    with psycopg.connect(_driver_address(address)) as connection:
        return connection.execute("SELECT 1 FROM stories LIMIT 1").fetchone() is not None


def put_in_order(address: str, folder: Path) -> Phases:
    """Make what is missing of keys, indexes and references, those first that the page needs. Returns what each took."""
    took: Phases = {}
    told: dict[str, str] = json.loads((folder / ORDER).read_text())
    with psycopg.connect(_driver_address(address), autocommit=True) as connection:
        there = {name for (name,) in connection.execute(_THERE)}
        missing = [name for name in told if name not in there]
        for name in sorted(missing, key=lambda name: (told[name].count("FOREIGN KEY"), _turn(name))):
            with _phase(took, name):
                connection.execute(told[name])
            _refuse_full(folder)
        with _phase(took, "VACUUM ANALYZE"):
            connection.execute("VACUUM (ANALYZE)")
            connection.execute("CHECKPOINT")
    return took


def _turn(name: str) -> int:
    return FIRST.index(name) if name in FIRST else len(FIRST) + name.startswith("bands")


def _load(
    connection: psycopg.Connection[Any],
    rows: Rows,
    bands: Bands,
    drawn: Drawn,
    folder: Path,
    took: Phases,
) -> None:
    for some in batches(drawn):
        begun = time.perf_counter()
        tables, keys = rows.of(some), bands.of(some)
        took["… rows made"] = took.get("… rows made", 0.0) + time.perf_counter() - begun
        for name, table in tables.items():
            _copy(connection, name, table)
        _copy_bands(connection, keys)
        if some.stop % 1_000_000 < len(some):
            _refuse_full(folder)
            print(
                f"{some.stop:,} events, {time.perf_counter() - begun:.1f} s for the last", file=sys.stderr, flush=True
            )
    _copy(connection, "words", word_rows(rows, drawn))


def _copy(connection: psycopg.Connection[Any], name: str, table: Any) -> None:
    columns = ", ".join(f'"{column}"' for column in table.column_names)
    out = io.BytesIO()
    csv.write_csv(table, out, csv.WriteOptions(include_header=False))
    with connection.cursor().copy(f"COPY {name} ({columns}) FROM STDIN (FORMAT csv, FREEZE)") as stream:
        stream.write(out.getbuffer())


def _copy_bands(connection: psycopg.Connection[Any], keys: bytes) -> None:
    with connection.cursor().copy("COPY bands (key, number) FROM STDIN (FORMAT binary, FREEZE)") as stream:
        stream.write(_BINARY_HEAD)
        stream.write(keys)
        stream.write(_BINARY_END)


def _note_facts(connection: psycopg.Connection[Any], drawn: Drawn) -> None:
    """One revision a story, and every report's words counted."""
    for key, value in {"revision": int(drawn.stories[-1]) + 1, "documents": len(drawn.stories)}.items():
        connection.execute("UPDATE facts SET value = %s WHERE key = %s", (value, key))


def _take_away(connection: psycopg.Connection[Any], told: Path) -> None:
    """Drop keys, indexes and references, and write down by name how each is made."""
    names = list(metadata.tables)
    constraints = connection.execute(_CONSTRAINTS, (names,)).fetchall()
    made = {name: f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {how}' for table, name, how in constraints}
    for table, name, _ in reversed(constraints):
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
    indexes = connection.execute(_INDEXES, (names,)).fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    told.write_text(json.dumps(made | dict(indexes), indent=1))


def _refuse_full(folder: Path) -> None:
    if shutil.disk_usage(folder).free < LEAST_FREE:
        raise RuntimeError(f"{folder}: the disk is nearly full")


@contextmanager
def _phase(took: Phases, name: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    took[name] = time.perf_counter() - begun
    print(f"{name}: {took[name]:.1f} s", file=sys.stderr, flush=True)


def _driver_address(address: str) -> str:
    return address.replace("postgresql+psycopg://", "postgresql://")
