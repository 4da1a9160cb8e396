"""The revision of a store as others change it: heard from the server where there is one, else read.

For the store. On PostgreSQL whoever writes sends a notice (NOTIFY) when the writing is done, and a connection of its own
listens; so asking again and again costs no query. A notice arrives some milliseconds later than a query would tell. Where
nobody can listen (a standby server, a pool of connections) it is read each time.
"""

from __future__ import annotations

from threading import Lock
from time import monotonic
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.engine import Connection

from events.store.database.opening import snapshot
from events.store.database.schema import facts

_LISTEN, _NOTICE = "LISTEN dateline", "NOTIFY dateline"
_DEAF_FOR = 30.0  # seconds until it is tried again to listen
_REVISION = "SELECT value FROM facts WHERE key = 'revision'"


def notify(connection: Connection) -> None:
    """Tell all who listen that the store is another, when the transaction ends well."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_NOTICE)


class Revisions:
    """The revision of one store, for many threads that ask again and again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._listening: Any = None  # the driver's connection
        self._heard: int | None = None
        self._deaf_until = 0.0

    def current(self) -> int:
        """The revision. Raises what SQLAlchemy raises."""
        if self._engine.dialect.name == "postgresql":
            with self._lock:
                if (heard := self._heard_of_it()) is not None:
                    return heard
        with snapshot(self._engine) as connection:
            return connection.scalar(select(facts.c.value).where(facts.c.key == "revision")) or 0

    def wrote(self) -> None:
        """The store was changed here: what is asked next is told by the database itself, not by a notice on its way."""
        self._heard = None

    def close(self) -> None:
        """Give the connection back."""
        with self._lock:
            self._hang_up()

    def _heard_of_it(self) -> int | None:
        """The revision, by listening; None where that can't be done now: it is read for a while."""
        if self._listening is None and monotonic() < self._deaf_until:
            return None
        try:
            return self._listened()
        except Exception:  # the server was started anew, is away or lets nobody listen, or the way to it is cut
            self._hang_up()
            self._deaf_until = monotonic() + _DEAF_FOR
            return None

    def _listened(self) -> int:
        if self._listening is None:
            self._listening = _listener(self._engine)
            self._heard = None
        if list(self._listening.notifies(timeout=0)):
            self._heard = None
        if self._heard is None:
            row = self._listening.execute(_REVISION).fetchone()
            self._heard = int(row[0]) if row else 0
        return self._heard

    def _hang_up(self) -> None:
        if self._listening is not None:
            self._listening.close()
        self._listening = None


def _listener(engine: Engine) -> Any:
    """A connection of the driver's, apart from the pool, that hears of changes."""
    connection = engine.raw_connection()
    own: Any = connection.driver_connection
    connection.detach()
    try:
        own.autocommit = True
        own.execute(_LISTEN)
    except Exception:
        own.close()
        raise
    return own
