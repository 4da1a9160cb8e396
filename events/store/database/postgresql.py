"""What a store on a PostgreSQL server needs of its connections, and how it makes writers wait for one another.

For the opening of a store. A connection that was lost, with the server or on the way, is noticed before it is used and
made anew; a program that hangs lets go of what it holds.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, text
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import UserDefinedType

from events.model import StoreError

DRIVER = "postgresql+psycopg"
NAMES = {"postgres", "postgresql"}  # by which people call the database when they don't say the driver
MOST_CONNECTIONS = 20  # of one program; further threads wait for one
KEPT_OPEN = 5
LONGEST_PAUSE = 300  # seconds that a transaction may stand still before the server ends it
ON_THE_WAY = {  # a server that is gone is noticed within a minute, whatever the network says
    "connect_timeout": "10", "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3",
    "tcp_user_timeout": "45000", "application_name": "dateline",
}  # fmt: skip
READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}  # all that is read is of one moment
NUMBER_OF_DATABASE = "SELECT oid FROM pg_database WHERE datname = current_database()"  # another when it is made anew
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('dateline'))"  # a database holds one store


class Geometry(UserDefinedType[str]):
    """PostGIS's type, by name, for whoever looks at what columns there are."""

    cache_ok = True

    def __init__(self, *_modifiers: object) -> None:
        """modifiers: the kind of shape and the number of the system of coordinates."""

    def get_col_spec(self, **_kw: object) -> str:
        """Its name."""
        return "geometry"


ischema_names["geometry"] = Geometry


def is_postgresql(url: URL) -> bool:
    """Whether an address is that of a database on a PostgreSQL server."""
    return url.drivername in NAMES or url.get_backend_name() == "postgresql"


def make_engine(url: URL, longest_wait: float) -> Engine:
    """An engine for a server. longest_wait: seconds for another writer, and for a free connection.

    Raises StoreError where its driver isn't installed.
    """
    if url.drivername in NAMES:
        url = url.set(drivername=DRIVER)
    missing = {name: value for name, value in ON_THE_WAY.items() if name not in url.query}
    try:
        engine = create_engine(
            url, connect_args=missing, pool_pre_ping=True, pool_size=KEPT_OPEN,
            max_overflow=MOST_CONNECTIONS - KEPT_OPEN, pool_timeout=longest_wait,
        )  # fmt: skip
    except ModuleNotFoundError as error:
        raise StoreError(
            f"a store on a PostgreSQL server needs its driver: pip install 'psycopg[binary]' ({error})"
        ) from error
    settings = (
        f"SET lock_timeout = {round(longest_wait * 1000)}; SET jit = off; SET timezone = 'UTC'; "
        f"SET idle_in_transaction_session_timeout = {LONGEST_PAUSE * 1000}"
    )
    event.listen(engine, "connect", lambda connection, _record: _prepare(connection, settings))
    event.listen(engine, "begin", _wait_for_writers)
    return engine


def prepare_database(connection: Connection) -> None:
    """See to it that a database has PostGIS, before tables are made. Raises StoreError where it can't have it."""
    if connection.dialect.name != "postgresql":
        return
    if connection.scalar(text("SELECT count(*) FROM pg_extension WHERE extname = 'postgis'")):
        return
    try:
        connection.execute(text("CREATE EXTENSION postgis"))
    except SQLAlchemyError as error:
        raise StoreError(
            "the database needs PostGIS: install it on the server (Debian 12: apt install postgresql-15-postgis-3), "
            f"then, as the database's superuser, CREATE EXTENSION postgis ({getattr(error, 'orig', error)})"
        ) from error


def _prepare(connection: Any, settings: str) -> None:
    """Settings that outlast a transaction that is rolled back."""
    connection.autocommit = True
    connection.execute(settings)
    connection.autocommit = False


def _wait_for_writers(connection: Connection) -> None:
    """Who writes holds a lock until the end of the transaction, as in SQLite. Whoever only reads never waits."""
    if connection.get_execution_options().get("writing", False):
        connection.exec_driver_sql(_LOCK)
