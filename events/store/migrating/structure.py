"""Brings the tables that are there to those of the present schema: what is missing is added, nothing is taken away.

For the steps in events.store.migrating.schemas.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, inspect
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateIndex

from events.store.database.schema import metadata


def complete(connection: Connection) -> None:
    """Make the tables, columns and indexes that are missing."""
    there = inspect(connection)
    known = set(there.get_table_names())
    for table in metadata.sorted_tables:
        if table.name not in known:
            table.create(connection)
            continue
        has = {column["name"] for column in there.get_columns(table.name)}
        for column in table.columns:
            if column.name not in has:
                op.add_column(table.name, Column(column.name, column.type, nullable=True))
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))
