"""A store as the database that it stands on: read as it was at one moment, written under a lock.

For the store, each side of which is made of this.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from events.model import StoreError
from events.store.database.notices import Revisions
from events.store.database.opening import file_of, identity_of, snapshot, told, writing


class ConnectedStore:
    """A store in a database; one may serve several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._revisions = Revisions(engine)

    def identity(self) -> str:
        """What tells this store from every other, whatever its revision; "" for one in memory. Raises StoreError."""
        with told(f"the store {self._engine.url} can't be read"):
            return identity_of(self._engine)

    def revision(self) -> int:
        """A number that grows by one with every story taken in and every correction; cheap to ask for every second.

        What other programs changed is known some milliseconds later where the store is on a server.
        """
        with told(f"the store {self._engine.url} can't be read"):
            return self._revisions.current()

    def file(self) -> Path:
        """The file that the store is kept in. Raises StoreError for a store that has none."""
        path = file_of(self._engine)
        if path is None:
            raise StoreError(f"the store {self._engine.url} is no file")
        return path

    def close(self) -> None:
        """Give the database's files and connections back."""
        self._revisions.close()
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told(f"the store {self._engine.url} can't be read"), snapshot(self._engine) as connection:
            yield connection

    @contextmanager
    def _writing(self, what: str) -> Iterator[Connection]:
        engine = self._engine
        try:
            with told(what), writing(engine) as connection:
                yield connection
        finally:
            self._revisions.wrote()
