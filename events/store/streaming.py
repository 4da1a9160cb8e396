"""Stories and events of a store one after the other: for what must not hold a large store in memory.

For `events.exporting`. Some events are sought by their ids, a few hundred at a time. Of many, on a server, whole tables are
read instead: each of them would be looked for at five places of the disk, and to read all of a table takes less than to look
for a hundredth of its rows. (Ten million events on a disk of 130 MB a second: half an hour for 500,000, or two minutes.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, Select, String, bindparam, func, select, text
from sqlalchemy.engine import Connection, Row

from events.model import Event
from events.store import reading
from events.store.database.rows import report_from
from events.store.database.schema import events, happenings, records, stories

AT_ONCE = 500  # stories or events in one question
FEW = 5_000  # events that are sought one by one, however small the store
SHARE = 100  # and one in so many of a large one
MOST_SCANNED_FOR = 1_000_000  # events whose ids are in memory, and that one pass over the tables is made for
_ALL_ROWS = ("SET LOCAL enable_nestloop = off", "SET LOCAL enable_mergejoin = off", "SET LOCAL work_mem = '64MB'")
_HAPPENINGS = "SELECT reltuples FROM pg_class WHERE oid = 'happenings'::regclass"  # as far as the server knows


class ToldStory(NamedTuple):
    """A story and the events that it alone tells of, as people corrected them; all as JSON."""

    id: str
    record: str
    told: tuple[str, ...]


def told_stories(connection: Connection, only: Collection[str] | None = None) -> Iterator[ToldStory]:
    """The stories in the order of their ids. only: the ids of those that are wanted; None for all."""
    after = ""
    while rows := connection.execute(_next(after)).all():
        after = rows[-1].id
        wanted = {row.id: row.record for row in rows if only is None or row.id in only}
        told = _told(connection, list(wanted))
        yield from (ToldStory(story_id, record, tuple(told[story_id])) for story_id, record in wanted.items())


def _next(after: str) -> Select[Any]:
    return select(stories.c.id, stories.c.record).where(stories.c.id > after).order_by(stories.c.id).limit(AT_ONCE)


def _told(connection: Connection, ids: list[str]) -> dict[str, list[str]]:
    query = select(events.c.story_id, records.c.shown, records.c.extracted).join(
        records, records.c.event_id == events.c.id
    )
    some = query.where(events.c.story_id.in_(ids), events.c.rejected.is_(False)).order_by(events.c.position)
    found: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(some) if ids else ():
        found[row.story_id].append(row.shown or row.extracted)
    return found


def events_in_order(connection: Connection, ids: Sequence[str]) -> Iterator[Event]:
    """The events on the map of these very ids, in their order; ids that there are none of are passed over."""
    many = connection.dialect.name == "postgresql" and len(ids) > max(FEW, _size(connection) // SHARE)
    step, read = (MOST_SCANNED_FOR, _scanned) if many else (AT_ONCE, _sought)
    for begin in range(0, len(ids), step):
        yield from read(connection, ids[begin : begin + step])


def _size(connection: Connection) -> int:
    return int(connection.scalar(text(_HAPPENINGS)) or 0)


def _sought(connection: Connection, ids: Sequence[str]) -> Iterator[Event]:
    found = {event.id: event for event in reading.joined_events_named(connection, ids)}
    return (found[each] for each in ids if each in found)


def _scanned(connection: Connection, ids: Sequence[str]) -> Iterator[Event]:
    """By hashing what is wanted and passing once over each table. The server puts the rows in order, on its disk."""
    for setting in _ALL_ROWS:
        connection.execute(text(setting))
    wanted = func.unnest(bindparam("ids", ids, ARRAY(String))).table_valued("id", with_ordinality="at", name="wanted")
    told = wanted.render_derived()
    speaking = reading.spoken().add_columns(told.c.at).join(told, told.c.id == happenings.c.id).order_by(told.c.at)
    telling = (
        reading.tellers_of().add_columns(told.c.at).join(told, told.c.id == events.c.happening).order_by(told.c.at)
    )
    by_event = groupby(_streamed(connection, telling), key=lambda row: row.at)
    at, reports = 0, []
    for row in _streamed(connection, speaking):
        while at < row.at:
            at, rows = next(by_event)
            reports = [report_from(each) for each in rows]
        yield reading.joined(row, reports)


def _streamed(connection: Connection, query: Select[Any]) -> Iterator[Row[Any]]:
    return iter(connection.execute(query, execution_options={"yield_per": AT_ONCE}))
