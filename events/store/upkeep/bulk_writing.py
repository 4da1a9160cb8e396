"""Many rows into a table at once: by COPY where the database is PostgreSQL, else by inserts.

For copying a store. COPY takes rows as one stream, without an answer to each statement
(https://www.postgresql.org/docs/15/sql-copy.html).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Column, Dialect, Table, insert
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

Bound = Callable[[Any], Any]


def write_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Write rows that have a value for every column. Raises SQLAlchemyError."""
    if connection.dialect.name == "postgresql":
        _copy_in(connection, table, rows)
    else:
        connection.execute(insert(table), rows)


def _copy_in(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    dialect = connection.dialect
    bound = [(column.name, _bound(column, dialect)) for column in table.columns]
    quote = dialect.identifier_preparer.quote
    statement = f"COPY {quote(table.name)} ({', '.join(quote(name) for name, _ in bound)}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as stream:
            for row in rows:
                stream.write_row([value(row[name]) for name, value in bound])
    except dialect.loaded_dbapi.Error as error:
        raise DBAPIError(statement, None, error) from error


def _bound(column: Column[Any], dialect: Dialect) -> Bound:
    """How a value of a column is given to the database."""
    return column.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
