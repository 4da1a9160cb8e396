"""Which kept reports are like these: sought by block, day and type, compared by place and day, and then by words.

For linking within the store. Most neighbours fall out by their narrow rows alone; words are fetched for the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection, Row

from events.linking.blocks import blocks_around
from events.linking.likeness import (
    DAYS_APART,
    LINK_THRESHOLD,
    LONGEST_SPAN_DAYS,
    Sketch,
    fitting_types,
    likeness,
    may_fit,
)
from events.store.database.rows import sketch_from
from events.store.database.schema import LONG_SPAN_DAYS, events, is_long, records
from events.store.grouping.wording import Wording

AT_ONCE = 500  # ids in one statement


def alike(
    connection: Connection, reports: Mapping[str, Row[Any]], wording: Wording
) -> list[tuple[float, str, str]]:  # fmt: skip
    """Each of the reports with each of its neighbours that is alike enough to be of one happening, and how alike.

    reports: rows of `events` by id.
    """
    texts = _words(connection, reports)
    found: dict[tuple[str, str], float] = {}
    for key in sorted(reports):
        own = sketch_from(reports[key])
        near = [(row.id, sketch) for row in _near(connection, own) if may_fit(own, sketch := sketch_from(row))]
        texts |= _words(connection, [other for other, _ in near if other not in texts])
        mine, *theirs = wording.vectors([texts[key], *(texts[other] for other, _ in near)])
        for (other, sketch), vector in zip(near, theirs, strict=True):
            found[min(key, other), max(key, other)] = likeness(own, sketch, mine, vector)
    return [(score, a, b) for (a, b), score in sorted(found.items()) if score >= LINK_THRESHOLD]


def _near(connection: Connection, sketch: Sketch) -> Iterator[Row[Any]]:
    """The reports of other stories in touching cells, on near days, of fitting types; an undated report has none.

    Short reports that end late enough began a few days before at most; those that last long have an index of their own.
    """
    if sketch.days is None:
        return
    first, last = sketch.days
    earliest, latest = first - DAYS_APART, last + DAYS_APART
    blocks = blocks_around(sketch)
    short = events.c.start.between(earliest - LONG_SPAN_DAYS, latest)
    long = events.c.start.between(earliest - LONGEST_SPAN_DAYS, earliest - LONG_SPAN_DAYS - 1) & is_long
    for span in (short, long):
        query = select(events).where(
            span, events.c.end >= earliest, events.c.type.in_(sorted(fitting_types(sketch.type))),
            events.c.rejected.is_(False), events.c.story_id != sketch.story_id,
        )  # fmt: skip
        yield from connection.execute(query if blocks is None else query.where(events.c.block.in_(sorted(blocks))))


def _words(connection: Connection, ids: Sequence[str] | Mapping[str, Any]) -> dict[str, str]:
    wanted = sorted(ids)
    found: dict[str, str] = {}
    for begin in range(0, len(wanted), AT_ONCE):
        query = select(records.c.event_id, records.c.words)
        rows = connection.execute(query.where(records.c.event_id.in_(wanted[begin : begin + AT_ONCE])))
        found.update({row.event_id: row.words for row in rows})
    return found
