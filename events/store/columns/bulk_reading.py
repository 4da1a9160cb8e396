"""All events of a store as columns, read in bulk from its narrow rows.

For the page's table. A million rows take some seconds and no more memory than the arrays and one batch of rows. A server
sends them by COPY (`copied_rows`), SQLite through a cursor; the columns are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
from sqlalchemy import ColumnElement, Float, Integer, Select, func, literal_column, select, true
from sqlalchemy.engine import Connection

from events.attribute_sureness import unpacked
from events.model import STATUSES
from events.store.columns.columns import NO_DAY, NOWHERE, TYPE_NAMES, EventColumns, Ints, PlaceKey, Sets
from events.store.columns.copied_rows import codes, copied, numbered
from events.store.columns.several_reports import AT_ONCE, anew, several_reports
from events.store.database import schema
from events.store.database.within import Box, in_box_or_nowhere

OVERLAPPING = 20  # revisions: writers at one time may take one number, and be seen one after the other
LAST_DAY = date.max.toordinal()
EVERY = true()
_TYPE_CODES = {name: code for code, name in enumerate(TYPE_NAMES)}
_STATUS_CODES = {name: code for code, name in enumerate(STATUSES)}
_SHARED = schema.happenings.c  # what is read of a row, in this order
_READ = (
    _SHARED.id, _SHARED.start, _SHARED.end, _SHARED.published, _SHARED.type, _SHARED.status, _SHARED.confidence,
    _SHARED.place_confidence, _SHARED.attributes, _SHARED.reports, _SHARED.source, _SHARED.place_id, _SHARED.place_name,
    _SHARED.lat, _SHARED.lon, _SHARED.precision, _SHARED.radius_km, _SHARED.country,
)  # fmt: skip
_NUMBERS = (schema.stories.c.number, func.coalesce(anew.c.number, 0).label("reading"))
_WITH_NUMBERS: Any = (  # those that the first report's story has
    select(*_NUMBERS, *_READ)
    .join_from(schema.happenings, schema.events, schema.events.c.id == _SHARED.speaker)
    .join(schema.stories, schema.stories.c.id == schema.events.c.story_id)
    .join(anew, anew.c.story_id == schema.stories.c.id, isouter=True)
)
_ALONE: Any = select(*(literal_column("0", Integer).label(column.name) for column in _NUMBERS), *_READ)
_ARROWS = {Integer: pa.int32(), Float: pa.float64()}
_COPIED = {column.name: _ARROWS.get(type(column.type), pa.string()) for column in (*_NUMBERS, *_READ)}


def columns_of_store(connection: Connection, box: Box | None = None) -> EventColumns:
    """The columns of all events, in order of time. box: of those alone that stand in it or nowhere, without the numbers of
    stories and changes, which lie in other tables.
    """
    if box is None:
        return _read(connection, EVERY)
    oldest, newest = _published(connection)  # what is read says nothing of how fresh the store is
    found = _read(connection, in_box_or_nowhere(connection, box), _ALONE)
    return replace(found, oldest=oldest, newest=newest, newest_story=None, newest_change=None)


def columns_after(connection: Connection, revision: int) -> EventColumns:
    """The columns of the events whose rows came after a revision, in order of time, and of some that came shortly before."""
    return _read(connection, _SHARED.written > revision - OVERLAPPING)


def _read(connection: Connection, which: ColumnElement[bool], rows: Select[Any] = _WITH_NUMBERS) -> EventColumns:
    query = rows.where(which)
    shared = _Shared()
    if connection.dialect.name == "postgresql":
        batches = [_copied_columns(rows, shared) for rows in copied(connection, query, _COPIED)]
    else:
        batches = [_columns(rows, shared) for rows in _batches(connection, query)]
    if not batches:
        return EventColumns.of([])
    ids, start, end, published, types, statuses, sureness, attributes, places, outlets, told, read, reports = (
        np.concatenate(parts) for parts in zip(*batches, strict=True)
    )
    told_again = np.flatnonzero(reports > 1)
    several = several_reports(connection, ids[told_again].tolist(), which, shared.sources)
    last = published.copy()
    several.put_into(ids, told_again, outlets, told, read, last)
    order = np.lexsort((ids, end, start, start == NO_DAY))
    days = published[published != NO_DAY]
    return EventColumns(
        ids=ids[order], start=start[order], end=end[order], published=published[order], types=types[order],
        statuses=statuses[order], sureness=sureness[order], places=places[order],
        known_places=tuple(PlaceKey(*key) for key in shared.places),
        sources=Sets.numbered(tuple(shared.outlets), outlets[order]),
        oldest=_day(days.min(initial=LAST_DAY)) if len(days) else None, newest=_day(last.max()),
        attributes=attributes[order], newest_story=told[order], newest_change=read[order],
        last_published=last[order],
    )  # fmt: skip


class _Shared:
    """What many events share, numbered as it is met."""

    def __init__(self) -> None:
        self.places: dict[tuple[Any, ...], int] = {}
        self.outlets: dict[frozenset[str], int] = {}

    def place(self, key: tuple[Any, ...]) -> int:
        return NOWHERE if key[4] is None else self.places.setdefault(key, len(self.places))

    def sources(self, names: frozenset[str]) -> int:
        return self.outlets.setdefault(names, len(self.outlets))


def _batches(connection: Connection, query: Select[Any]) -> Iterator[Sequence[Any]]:
    """Rows, some thousands at a time."""
    return connection.execute(query, execution_options={"yield_per": AT_ONCE}).partitions()


def _columns(rows: Sequence[Any], shared: _Shared) -> tuple[Any, ...]:
    (stories, changes, ids, start, end, published, types, statuses, sure, place_sure, known, reports, outlets,
     *place) = zip(*rows, strict=True)  # fmt: skip
    one = {name: shared.sources(frozenset({name} if name else ())) for name in set(outlets)}
    names = np.array([event_id.encode() for event_id in ids], dtype=np.bytes_)
    return (
        names, _days(start), _days(end), _days(published),
        np.array([_TYPE_CODES[name] for name in types], dtype=np.int8),
        np.array([_STATUS_CODES[name] for name in statuses], dtype=np.int8),
        np.fmin(np.array(sure, dtype=np.float32), np.array(place_sure, dtype=np.float32)), unpacked(known, place_sure),
        np.fromiter(map(shared.place, zip(*place, strict=True)), dtype=np.int32, count=len(rows)),
        *(np.array(numbers, dtype=np.int32) for numbers in ([one[name] for name in outlets], stories, changes, reports)),
    )  # fmt: skip


def _copied_columns(rows: Any, shared: _Shared) -> tuple[Any, ...]:
    """As `_columns`, of a batch of Arrow's."""
    ids = np.array(rows["id"].cast(pa.binary()).to_pylist(), dtype=np.bytes_)
    place_sure = rows["place_confidence"].to_numpy(zero_copy_only=False)
    sure = np.fmin(rows["confidence"].to_numpy(zero_copy_only=False).astype(np.float32), place_sure.astype(np.float32))
    outlets = numbered([rows["source"]], lambda names: shared.sources(frozenset(name for name in names if name)))
    return (
        ids, *(rows[name].fill_null(NO_DAY).to_numpy(zero_copy_only=False) for name in ("start", "end", "published")),
        codes(rows["type"], TYPE_NAMES), codes(rows["status"], tuple(_STATUS_CODES)), sure,
        unpacked(rows["attributes"].to_pylist(), place_sure),
        numbered([rows[name] for name in list(_COPIED)[-7:]], shared.place), outlets,
        *(rows[name].to_numpy(zero_copy_only=False) for name in ("number", "reading", "reports")),
    )  # fmt: skip


def _days(ordinals: Sequence[int | None]) -> Ints:
    return np.array([day or NO_DAY for day in ordinals], dtype=np.int32)


def _day(ordinal: Any) -> date | None:
    return None if ordinal == NO_DAY else date.fromordinal(int(ordinal))


def _published(connection: Connection) -> tuple[date | None, date | None]:
    """The first and the last day on which a story that tells of an event was published."""
    day = schema.stories.c.published
    first, last = connection.execute(select(func.min(day), func.max(day))).one()
    while first and not _tells(connection, first):
        first = connection.scalar(select(func.min(day)).where(day > first))
    while last and not _tells(connection, last):
        last = connection.scalar(select(func.max(day)).where(day < last))
    return first, last


def _tells(connection: Connection, day: date) -> bool:
    """Whether a story that was published on a day tells of an event on the map."""
    query = select(schema.events.c.id).join(schema.stories, schema.stories.c.id == schema.events.c.story_id)
    told = query.where(schema.stories.c.published == day, schema.events.c.happening.is_not(None))
    return connection.scalar(told.limit(1)) is not None
