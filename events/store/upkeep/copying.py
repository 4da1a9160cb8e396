"""Moves a store from one database to another, whatever kind each is: every row of every table, in one transaction.

For the command line. The new store must be empty; it ends as the old one was, or empty as before.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Integer, MetaData, Table, delete, func, inspect, select
from sqlalchemy.engine import Connection

from events.model import StoreError
from events.store.database import schema
from events.store.database.notices import notify
from events.store.database.opening import as_url, engine_of, snapshot, told, writing
from events.store.migrating.migration import create_or_migrate
from events.store.upkeep.bulk_writing import write_rows

AT_ONCE = 2000  # rows that are written together
_OWN_OF_THE_DATABASE = {"spatial_ref_sys", "sqlite_sequence", "alembic_version"}
_MADE_WITH_THE_STORE = (schema.facts,)

Progress = Callable[[str, int], None]  # a table's name, and how many rows of it were copied just now


def unheard(_table: str, _rows: int) -> None:
    """Progress that nobody asked for."""


def copy_into_file(source: Engine, path: Path) -> None:
    """Copy a store of any kind into a new file of SQLite, which is there whole or not at all. Raises StoreError."""
    if path.exists():
        raise StoreError(f"{path} is there already: name another file")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{path.name}.", dir=path.parent) as folder:
        part = Path(folder) / path.name
        target = engine_of(as_url(str(part)))
        try:
            create_or_migrate(target)
            copy_rows(source, target)
        finally:
            target.dispose()
        part.replace(path)


def copy_rows(source: Engine, target: Engine, progress: Progress = unheard) -> dict[str, int]:
    """Copy all rows of a store into an empty one of the same schema. Returns how many there are of each table.

    Raises StoreError where the target holds anything.
    """
    with (
        told("the store can't be copied"),
        snapshot(source) as old,
        writing(target) as new,
    ):
        _refuse_filled(new)
        for table in _MADE_WITH_THE_STORE:
            new.execute(delete(table))
        own = [table for table in schema.metadata.sorted_tables if table.name not in _OWN_OF_THE_DATABASE]
        copied = {table.name: _copy(old, new, table, progress) for table in own}
        copied |= {table.name: _copy(old, new, table, progress) for table in _of_other_rooms(old, new)}
        notify(new)
    return copied


def _refuse_filled(connection: Connection) -> None:
    for table in (schema.stories, schema.changes, schema.intakes):
        if connection.scalar(select(func.count()).select_from(table)):
            raise StoreError(f"the store {connection.engine.url} is not empty: name one that is not there yet")


def _copy(old: Connection, new: Connection, table: Table, progress: Progress) -> int:
    number = 0
    for rows in _batches(old, table):
        write_rows(new, table, rows)
        number += len(rows)
        progress(table.name, len(rows))
    _count_on(new, table)
    return number


def _batches(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    query = select(table).order_by(*table.primary_key.columns)
    for part in connection.execution_options(yield_per=AT_ONCE).execute(query).mappings().partitions():
        yield [dict(row) for row in part]


def _count_on(connection: Connection, table: Table) -> None:
    """Let a server number further rows from the last one on."""
    key = table.autoincrement_column
    if connection.dialect.name != "postgresql" or key is None or not isinstance(key.type, Integer):
        return
    sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, key.name)))
    last = connection.scalar(select(func.max(key)))
    if sequence and last:
        connection.execute(select(func.setval(sequence, last)))


def _of_other_rooms(old: Connection, new: Connection) -> Iterator[Table]:
    """Tables that other rooms keep in the store's database (the state of watched feeds), made anew in the new one."""
    known = set(schema.metadata.tables) | _OWN_OF_THE_DATABASE
    for name in sorted(set(inspect(old).get_table_names()) - known):
        table = Table(name, MetaData(), autoload_with=old)
        for column in table.columns:
            column.type = column.type.as_generic()
        there = Table(name, MetaData())
        there.drop(new, checkfirst=True)
        table.create(new)
        yield table
