"""Which sign-ins were ended before their time, in a small table that every process of the same store reads.

For events.dashboard.access.ended. It stands in the store's database; where that is only read (a dataset, a file that may
not be written) in a file of the data folder, so that the processes of one machine know of it all the same. What is kept of
a sign-in is the hash that tells it from others, and when it would have ended anyhow.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import platformdirs
from sqlalchemy import Column, Engine, Float, MetaData, String, Table, delete, insert, inspect, select

from events.store.archive.dataset import is_archive
from events.store.database.opening import as_url, engine_of, file_of, told, writing

FILE = "sign-outs.sqlite"
_metadata = MetaData()
_ended = Table(
    "ended_sign_ins", _metadata,
    Column("sign_in", String, primary_key=True),
    Column("until", Float, nullable=False),
)  # fmt: skip


class SignOuts:
    """The table. It is made when the first person signs out."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._is_there = False

    @classmethod
    def of(cls, store: str) -> SignOuts:
        """The table that goes with a store, by its address or its file. Nothing is opened yet. Raises StoreError."""
        with told("who signed out can't be read"):
            return cls(engine_of(as_url(place_of(store))))

    def ended(self, now: datetime) -> frozenset[str]:
        """The keys of all sign-ins that were ended and would still last. Raises StoreError."""
        file = file_of(self._engine)
        if file is not None and not file.exists():
            return frozenset()  # and none is made by looking
        with told("who signed out can't be read"), self._engine.connect() as connection:
            self._is_there = self._is_there or inspect(connection).has_table(_ended.name)
            if not self._is_there:
                return frozenset()
            return frozenset(connection.scalars(select(_ended.c.sign_in).where(_ended.c.until > now.timestamp())))

    def add(self, key: str, until: datetime, now: datetime) -> None:
        """End a sign-in, and forget those whose time is over. Raises StoreError."""
        with told("a sign-out can't be written"), writing(self._engine) as connection:
            _metadata.create_all(connection)
            connection.execute(delete(_ended).where((_ended.c.sign_in == key) | (_ended.c.until <= now.timestamp())))
            connection.execute(insert(_ended), {"sign_in": key, "until": until.timestamp()})

    def close(self) -> None:
        """Give the database's files back."""
        self._engine.dispose()


def place_of(store: str) -> str:
    """Where the table of a store is: its own database, else a file of the data folder.

    >>> place_of("postgresql://desk/news")
    'postgresql://desk/news'
    """
    file = Path(store.removeprefix("sqlite:///")).expanduser()
    is_only_read = is_archive(store) or ("://" not in str(file) and file.exists() and not os.access(file, os.W_OK))
    return str(platformdirs.user_data_path("dateline") / FILE) if is_only_read else store
