"""What was done to the list of feeds, by whom and when: the third part of the audit trail, beside changes and intakes.

For events.watching, which writes a row in the same transaction as the change itself, and for events.store.changes.audit, which
reads them. The table is the list's own and is made with it: a store that watches no feeds has none. Rows are never changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table, insert, inspect, select, text
from sqlalchemy.engine import Connection, Row

from events.store.database.column_types import Key, Words
from events.store.database.guards import never_changed
from events.store.database.rows import moment_of

_metadata = MetaData()
_changes = Table(
    "feed_changes", _metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Key, nullable=False),
    Column("who", Words, nullable=False),
    Column("what", Key, nullable=False),
    Column("address", Words, nullable=False),
    Column("way", Words, nullable=False),
    sqlite_autoincrement=True,
)  # fmt: skip
_ARE_GUARDED = {
    "sqlite": "SELECT count(*) = 2 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'feed_changes'",
    "postgresql": "SELECT count(*) = 1 FROM pg_trigger WHERE tgrelid = 'feed_changes'::regclass AND NOT tgisinternal",
}


@dataclass(frozen=True, slots=True)
class FeedChange:
    """One thing that was done to the list. at: UTC, to the second; what: "feed added", "feed paused", "feed resumed",
    "feed taken off" or "feed asked"; way: "page", or the file or the command line that names the feed.
    """

    at: datetime
    who: str
    what: str
    address: str
    way: str


def is_ready(connection: Connection) -> bool:
    """Whether the table is there and guarded; one that was copied from another database has lost its guards."""
    there = inspect(connection).has_table(_changes.name)
    return there and bool(connection.scalar(text(_ARE_GUARDED[connection.dialect.name])))


def make(connection: Connection) -> None:
    """Make the table and its guards, within the caller's transaction."""
    _metadata.create_all(connection)
    for statement in never_changed(_changes.name)[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def note(connection: Connection, done: Sequence[FeedChange]) -> None:
    """Take down what was done, within the caller's transaction."""
    if done:
        rows = [asdict(change) | {"at": moment_of(change.at)} for change in done]
        connection.execute(insert(_changes), rows)


def noted(connection: Connection, since: str = "", limit: int | None = None) -> Iterator[FeedChange]:
    """What was done from a moment on, the newest first. since: as the table has it, "2025-03-01T09:30:00Z"."""
    if not inspect(connection).has_table(_changes.name):
        return
    query = select(_changes).where(_changes.c.at >= since).order_by(_changes.c.at.desc(), _changes.c.id.desc())
    for row in connection.execute(query.limit(limit)):
        yield _change(row)


def _change(row: Row[Any]) -> FeedChange:
    return FeedChange(datetime.fromisoformat(row.at), row.who, row.what, row.address, row.way)
