"""Which events may tell of words, asked of the database where there are too many to look through them all.

For the page's table.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from events.store.database.schema import happenings, records


def candidates(connection: Connection, words: Sequence[str]) -> list[str]:
    """The ids of the events in whose record all words stand, in capitals or not; accents count.

    A record holds more than what is told (names of fields, ids), so some of them have the words elsewhere.
    """
    record = func.coalesce(happenings.c.record, records.c.shown, records.c.extracted)
    query = select(happenings.c.id).join(records, records.c.event_id == happenings.c.speaker)
    for word in words:
        held = record.icontains(word, autoescape=True) | happenings.c.source.icontains(word, autoescape=True)
        query = query.where(held)
    return list(connection.scalars(query))
