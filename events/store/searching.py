"""Which events may tell of words, asked of the database where there are too many to look through them all.

For the page's table, while the index of words is not made yet. A server looks into an index of trigrams where its owner has
made one (docs/postgresql.md).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, intersect, select, text, union
from sqlalchemy.engine import Connection

from events.store.database.schema import happenings, records

# What the owner of a database says, once, to have words sought by an index. It is no part of the schema.
TRIGRAMS = (
    "CREATE EXTENSION pg_trgm",
    "CREATE INDEX records_by_words ON records USING gin ((coalesce(shown, extracted)) gin_trgm_ops)",
    "CREATE INDEX happenings_by_words ON happenings USING gin (record gin_trgm_ops, source gin_trgm_ops)",
)
SHORTEST = 3  # letters of a word that trigrams can find


def candidates(connection: Connection, words: Sequence[str]) -> list[str]:
    """The ids of the events in whose record all words stand, in capitals or not; accents count.

    A record holds more than what is told (names of fields, ids), so some of them have the words elsewhere.
    """
    if words and min(map(len, words)) >= SHORTEST and _has_trigrams(connection):
        return list(connection.scalars(intersect(*(union(*_told_with(word)) for word in words))))
    record = func.coalesce(happenings.c.record, records.c.shown, records.c.extracted)
    query = select(happenings.c.id).join(records, records.c.event_id == happenings.c.speaker)
    for word in words:
        held = record.icontains(word, autoescape=True) | happenings.c.source.icontains(word, autoescape=True)
        query = query.where(held)
    return list(connection.scalars(query))


def _has_trigrams(connection: Connection) -> bool:
    if connection.dialect.name != "postgresql":
        return False
    found = "SELECT to_regclass('records_by_words') IS NOT NULL AND to_regclass('happenings_by_words') IS NOT NULL"
    return bool(connection.scalar(text(found)))


def _told_with(word: str) -> tuple[Select[tuple[str]], ...]:
    """The events with a word, by where it stands, each as an index can answer it: one report's record, several reports'
    record, the outlet.
    """
    held = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    ids = select(happenings.c.id)
    single = ids.join(records, records.c.event_id == happenings.c.speaker).where(happenings.c.record.is_(None))
    return (
        single.where(func.coalesce(records.c.shown, records.c.extracted).ilike(held)),
        ids.where(happenings.c.record.ilike(held)),
        ids.where(happenings.c.source.ilike(held)),
    )
