"""What is known of each feed and of its entries, in tables of their own in the store's database.

In the store's database and not beside it: a backup that is restored brings stories and feeds back in step, so that no
entry counts as read of which the store has no story; a store on a server keeps one state whoever watches; and the
database's lock keeps two watchers from asking one feed twice. Losing the tables would cost one more reading of each feed
and never a story twice, so tables of an older form are dropped and begun anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields

from sqlalchemy import (
    Boolean,
    Column,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from events.model import StoreError
from events.store import default_url
from events.store.database.opening import ANOTHER, as_url, engine_of, reason, shown, told, writing
from events.watching.subscriptions import Subscriptions

_metadata = MetaData()
_feeds = Table(
    "watched_feeds", _metadata,
    Column("address", String, primary_key=True),
    Column("moved_to", Text),
    Column("etag", Text),
    Column("modified", Text),
    Column("next_at", Float, nullable=False),
    Column("asked_at", Float),
    Column("succeeded_at", Float),
    Column("full_at", Float),
    Column("failures", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("taken_seconds", Float),
    Column("asked", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("errors", Integer, nullable=False),
    Column("packed_bytes", Integer, nullable=False),
    Column("stories", Integer, nullable=False),
    Column("versions", Integer, nullable=False),
    Column("events", Integer, nullable=False),
)  # fmt: skip
_entries = Table(
    "watched_entries", _metadata,
    Column("feed", String, primary_key=True),
    Column("entry", String, primary_key=True, index=True),
    Column("content", String, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("is_full", Boolean, nullable=False),
    Column("seen_at", Float, nullable=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed: how it stands, and what came of it. Times are seconds since 1970, None where it never happened.

    moved_to: where it stands for good by its server's word. full_at: when all of it was last sent, not only "unchanged".
    failures: in a row; error: the last one's reason, "" when all is well. taken_seconds: from the last answer with
    something new to its events in the store. asked, unchanged, errors, packed_bytes, stories, versions, events: in all.
    """

    address: str
    next_at: float
    moved_to: str | None = None
    etag: str | None = None
    modified: str | None = None
    asked_at: float | None = None
    succeeded_at: float | None = None
    full_at: float | None = None
    failures: int = 0
    error: str = ""
    taken_seconds: float | None = None
    asked: int = 0
    unchanged: int = 0
    errors: int = 0
    packed_bytes: int = 0
    stories: int = 0
    versions: int = 0
    events: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry that was read: the hash of its words, how often these changed, and whether they were all of the article."""

    content: str
    changes: int
    is_full: bool


class FeedStates:
    """The state of feeds in a store's database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def subscriptions(self) -> Subscriptions:
        """The list of feeds, in the same database. Raises StoreError."""
        return Subscriptions(self._engine)

    @classmethod
    def open(cls, url_or_path: str | None = None) -> FeedStates:
        """Open the state beside a store's tables. Raises StoreError."""
        url = url_or_path or default_url()
        try:
            engine = engine_of(as_url(url))
            with engine.connect() as connection:
                ready = all(_columns(connection, table) == set(table.columns.keys()) for table in (_feeds, _entries))
            if not ready:
                with writing(engine) as connection:
                    _make(connection)
        except (SQLAlchemyError, OSError) as error:
            raise StoreError(f"the store {shown(url)} can't be opened: {reason(error)}. {ANOTHER}") from error
        return cls(engine)

    def states(self) -> dict[str, FeedState]:
        """All feeds that were ever watched, by address."""
        with told("the state of the feeds can't be read"), self._engine.connect() as connection:
            rows = connection.execute(select(_feeds).order_by(_feeds.c.address))
            return {row["address"]: FeedState(**row) for row in rows.mappings()}

    def begin(self, addresses: Iterable[str], now: float) -> None:
        """Feeds that are new are due at once."""
        with told("the state of the feeds can't be written"), writing(self._engine) as connection:
            known = set(connection.scalars(select(_feeds.c.address)))
            rows = [asdict(FeedState(address, now)) for address in addresses if address not in known]
            if rows:
                connection.execute(insert(_feeds), rows)

    def claim(self, address: str, next_at: float, until: float) -> bool:
        """Keep other watchers from asking a feed until then. False where it is no longer due at next_at: one was quicker."""
        same = (_feeds.c.address == address) & (_feeds.c.next_at == next_at)
        with told("the state of the feeds can't be written"), writing(self._engine) as connection:
            return connection.execute(update(_feeds).where(same).values(next_at=until)).rowcount == 1

    def seen(self, feed: str) -> dict[str, Seen]:
        """The entries of a feed that were read, by key."""
        query = select(_entries).where(_entries.c.feed == feed)
        with told("the state of the feeds can't be read"), self._engine.connect() as connection:
            return {row.entry: Seen(row.content, row.changes, row.is_full) for row in connection.execute(query)}

    def had_in_full(self, entry: str) -> bool:
        """Whether any feed brought all of the article that an entry points to."""
        query = select(_entries.c.entry).where(_entries.c.entry == entry, _entries.c.is_full)
        with told("the state of the feeds can't be read"), self._engine.connect() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def save(self, state: FeedState, seen: Mapping[str, Seen], now: float, forget_before: float) -> None:
        """What came of a check: the feed's state and its entries that were read, all or nothing.

        forget_before: entries that no check has met since then are forgotten.
        """
        rows = [{"feed": state.address, "entry": key, "seen_at": now, **{f.name: getattr(row, f.name) for f in fields(row)}}
                for key, row in seen.items()]  # fmt: skip
        with told("the state of the feeds can't be written"), writing(self._engine) as connection:
            own = _entries.c.feed == state.address
            if rows:
                same = delete(_entries).where(own, _entries.c.entry == bindparam("key"))
                connection.execute(same, [{"key": row["entry"]} for row in rows])
                connection.execute(insert(_entries), rows)
            connection.execute(delete(_entries).where(own, _entries.c.seen_at < forget_before))
            values = asdict(state)
            done = connection.execute(update(_feeds).where(_feeds.c.address == state.address).values(values))
            if done.rowcount == 0:
                connection.execute(insert(_feeds), values)

    def close(self) -> None:
        """Give the database's files back."""
        self._engine.dispose()


def _columns(connection: Connection, table: Table) -> set[str]:
    """The columns that a table has; none where it is not there."""
    there = inspect(connection)
    return {column["name"] for column in there.get_columns(table.name)} if there.has_table(table.name) else set()


def _make(connection: Connection) -> None:
    """The tables, begun anew where they are of an older form."""
    for table in (_feeds, _entries):
        if _columns(connection, table) != set(table.columns.keys()):
            table.drop(connection, checkfirst=True)
    _metadata.create_all(connection)
