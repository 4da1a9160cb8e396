"""Fills a store on a PostgreSQL server with millions of invented events by COPY, and says what each phase took.

For `benchmarks.large_server`. The tables are the product's own; what keeps them in order (keys, references, indexes) is taken
away before the load and put back after it, as its catalogue told it. The geometry is made by the database as rows come in.
"""

from __future__ import annotations

import io
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

from benchmarks import crowded_store
from benchmarks.server_bands import Bands
from benchmarks.server_rows import Rows, batches, word_rows
from events.store import Store
from events.store.database.schema import metadata

LEAST_FREE = 15e9  # bytes on the disk, below which the load is broken off
TABLES = ("stories", "readings", "events", "records", "echoes", "happenings", "bands", "words")
SEED = 7
_BINARY_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_BINARY_END = b"\xff\xff"
_CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('f', 'p', 'u') ORDER BY contype = 'f', conrelid, conname
"""
_INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s)"

Phases = dict[str, float]  # seconds


def fill(address: str, folder: Path, count: int) -> Phases:
    """Fill an empty store. folder: of the server, whose disk must not run full. Returns what each phase took."""
    Store.open(address).close()
    took: Phases = {}
    with _phase(took, "events drawn"):
        places = crowded_store._gazetteer_places()
        drawn = crowded_store._draw(np.random.default_rng(SEED), places, count)
        rows = Rows(places, drawn)
        bands = Bands(rows, drawn)
    with psycopg.connect(_driver_address(address), autocommit=True) as connection:
        constraints, indexes = _take_away(connection)
        with _phase(took, "rows made and copied in"), connection.transaction():
            connection.execute(f"TRUNCATE {', '.join(TABLES)}")  # in one transaction with the load: nothing is logged
            _load(connection, rows, bands, drawn, folder, took)
            _note_facts(connection, drawn)
        with _phase(took, "keys, indexes and references"):
            _put_back(connection, constraints, indexes, folder, took)
        with _phase(took, "VACUUM ANALYZE"):
            connection.execute("VACUUM (ANALYZE)")
            connection.execute("CHECKPOINT")
    return took


def _load(
    connection: psycopg.Connection[Any],
    rows: Rows,
    bands: Bands,
    drawn: crowded_store.Drawn,
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


def _note_facts(connection: psycopg.Connection[Any], drawn: crowded_store.Drawn) -> None:
    """One revision a story, and every report's words counted."""
    for key, value in {"revision": int(drawn.stories[-1]) + 1, "documents": len(drawn.stories)}.items():
        connection.execute("UPDATE facts SET value = %s WHERE key = %s", (value, key))


def _take_away(connection: psycopg.Connection[Any]) -> tuple[list[Any], list[Any]]:
    names = list(metadata.tables)
    constraints = connection.execute(_CONSTRAINTS, (names,)).fetchall()
    for table, name, _ in reversed(constraints):
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
    indexes = connection.execute(_INDEXES, (names,)).fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    return constraints, indexes


def _put_back(
    connection: psycopg.Connection[Any], constraints: list[Any], indexes: list[Any], folder: Path, took: Phases
) -> None:
    keys = [row for row in constraints if not row[2].startswith("FOREIGN")]
    references = [row for row in constraints if row[2].startswith("FOREIGN")]
    statements = [(f"… {name}", f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {told}') for table, name, told in keys]
    statements += [(f"… {name}", told) for name, told in indexes]
    statements += [
        (f"… {name}", f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {told}') for table, name, told in references
    ]
    for name, statement in statements:
        with _phase(took, name):
            connection.execute(statement)
        _refuse_full(folder)


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
