"""Which feeds are watched: one list in the store's database that files, the command line and the page's Feeds page share.

A watcher looks at it again and again, so that a feed that somebody adds, pauses or takes out is heeded without a restart.
What files name is written into it when they are read, and read anew when they change. Who did what is noted in the audit trail,
in the same transaction. Nothing is asked here.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Engine,
    Float,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import Connection

from events.store.changes import feed_changes
from events.store.changes.audit import operator
from events.store.changes.feed_changes import FeedChange
from events.store.database.opening import told, writing

COMMAND_LINE = "the command line"
PAGE = "page"
IN_SIGHT = 300.0  # seconds: a watcher that is taking in a long feed gives no sign meanwhile
_FORGOTTEN_AFTER = 86_400.0
_UNWRITTEN = "the list of feeds can't be written"
_metadata = MetaData()
_subscriptions = Table(
    "feed_subscriptions", _metadata,
    Column("address", String, primary_key=True),
    Column("source", Text, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("asked_for", Float),
    Column("changed_at", Float, nullable=False),
    Column("changed_by", Text, nullable=False),
)  # fmt: skip
_watchers = Table(
    "feed_watchers", _metadata,
    Column("name", String, primary_key=True),
    Column("seen_at", Float, nullable=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed of the list. source: the file that names it, "" where a person added it. removed: it is asked no more.

    asked_for: when somebody wanted it to be asked at once. changed_at, changed_by: the last word on it; seconds since 1970.
    """

    address: str
    source: str = ""
    paused: bool = False
    removed: bool = False
    asked_for: float | None = None
    changed_at: float = 0.0
    changed_by: str = ""


class Subscriptions:
    """The list of feeds in a store's database."""

    def __init__(self, engine: Engine) -> None:
        """Raises StoreError where the list is not there and can't be made."""
        self._engine = engine
        with told("the list of feeds can't be read"), engine.connect() as connection:
            there = inspect(connection)
            ready = all(there.has_table(table.name) for table in _metadata.sorted_tables)
            ready = ready and feed_changes.is_ready(connection)
        if not ready:
            with told(_UNWRITTEN), writing(engine) as connection:
                _metadata.create_all(connection)
                feed_changes.make(connection)

    def standing(self) -> dict[str, Subscription]:
        """The feeds that are on the list, paused ones too, by address."""
        return {address: known for address, known in self.known().items() if not known.removed}

    def known(self) -> dict[str, Subscription]:
        """All feeds that were ever on the list, by address."""
        with told("the list of feeds can't be read"), self._engine.connect() as connection:
            return _known(connection)

    # ------------------------------------------------------------------ what people do

    def add(self, addresses: Iterable[str], who: str, now: float) -> list[str]:
        """Put feeds on the list. Returns those that were not on it. The addresses must have been checked."""
        with told(_UNWRITTEN), writing(self._engine) as connection:
            known = _known(connection)
            fresh = [a for a in dict.fromkeys(addresses) if a not in known or known[a].removed]
            _put(connection, [Subscription(address, changed_at=now, changed_by=who) for address in fresh])
            _note(connection, "feed added", fresh, who, now)
            return fresh

    def pause(self, address: str, who: str, now: float, *, paused: bool) -> None:
        """Leave a feed unasked for now, or ask it again."""
        done = "feed paused" if paused else "feed resumed"
        self._change(address, done, who, now, paused=paused, changed_at=now, changed_by=who)

    def remove(self, address: str, who: str, now: float) -> None:
        """Take a feed off the list. What it brought stays in the store, and what is known of it as well."""
        self._change(address, "feed taken off", who, now, removed=True, paused=False, changed_at=now, changed_by=who)

    def ask(self, address: str, who: str, now: float) -> None:
        """Let whoever watches ask a feed at once."""
        self._change(address, "feed asked", who, now, asked_for=now)

    # ------------------------------------------------------------------ what watchers do

    def listed(self, source: str, addresses: Iterable[str], now: float) -> None:
        """Write down what a source names today: what is new is put on the list, what a file names no more is taken off.

        A feed that a person added, or another file names, is left as it stands; so is a pause. Several watchers may be
        given addresses on their command lines: what one of them lacks is not taken from the others.
        """
        named = dict.fromkeys(addresses)
        with told(_UNWRITTEN), writing(self._engine) as connection:
            known = _known(connection)
            fresh = [a for a in named if a not in known or known[a].removed]
            mine = [s for s in known.values() if s.source == source != COMMAND_LINE and not s.removed]
            rows = [Subscription(address, source, changed_at=now, changed_by=source) for address in fresh]
            gone = [s for s in mine if s.address not in named]
            rows += [replace(s, removed=True, paused=False, changed_at=now, changed_by=source) for s in gone]
            _put(connection, rows)
            _note(connection, "feed added", fresh, operator(), now, way=source)
            _note(connection, "feed taken off", [s.address for s in gone], operator(), now, way=source)

    def sign_of_life(self, now: float) -> None:
        """Say that this process watches."""
        with told(_UNWRITTEN), writing(self._engine) as connection:
            old = _watchers.c.seen_at < now - _FORGOTTEN_AFTER
            connection.execute(delete(_watchers).where(old | (_watchers.c.name == _own_name())))
            connection.execute(insert(_watchers), [{"name": _own_name(), "seen_at": now}])

    def no_longer_watching(self) -> None:
        """Say that this process watches no more."""
        with told(_UNWRITTEN), writing(self._engine) as connection:
            connection.execute(delete(_watchers).where(_watchers.c.name == _own_name()))

    def last_sign_of_life(self) -> float | None:
        """When a watcher was last there, in seconds since 1970; None where none is."""
        with told("the list of feeds can't be read"), self._engine.connect() as connection:
            return connection.scalar(select(_watchers.c.seen_at).order_by(_watchers.c.seen_at.desc()).limit(1))

    def _change(self, address: str, done: str, who: str, now: float, **values: object) -> None:
        """Change a feed that is on the list; one that is so already is left as it is."""
        with told(_UNWRITTEN), writing(self._engine) as connection:
            before = _known(connection, address).get(address)
            if before is None or all(getattr(before, name) == value for name, value in _told_by(values).items()):
                return
            connection.execute(update(_subscriptions).where(_subscriptions.c.address == address).values(**values))
            _note(connection, done, [address], who, now)


def _told_by(values: dict[str, object]) -> dict[str, object]:
    """What of a change is the feed's own, and not only who made it and when."""
    return {name: value for name, value in values.items() if name not in {"changed_at", "changed_by"}}


def _note(connection: Connection, what: str, addresses: Iterable[str], who: str, now: float, way: str = PAGE) -> None:
    at = datetime.fromtimestamp(now, UTC)
    feed_changes.note(connection, [FeedChange(at, who, what, address, way) for address in addresses])


def _known(connection: Connection, address: str | None = None) -> dict[str, Subscription]:
    query = select(_subscriptions).order_by(_subscriptions.c.address)
    rows = connection.execute(query if address is None else query.where(_subscriptions.c.address == address))
    return {row["address"]: Subscription(**row) for row in rows.mappings()}


def _put(connection: Connection, rows: list[Subscription]) -> None:
    for row in rows:
        connection.execute(delete(_subscriptions).where(_subscriptions.c.address == row.address))
    if rows:
        connection.execute(insert(_subscriptions), [asdict(row) for row in rows])


def _own_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
