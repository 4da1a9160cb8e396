"""Happenings that are joined with others as a whole: what has to be known of them, however many reports they have.

For linking within the store. A happening of a thousand reports is not read for one that comes to it. Of its stories only those
count that keep it apart from what it might be joined with: a story tells of no happening twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from events.store.database.in_parts import in_parts
from events.store.database.schema import events, happenings

_ROWS = (  # asked often, and so written once
    select(happenings.c.id, happenings.c.reports, events.c.seniority)
    .join(events, events.c.born == happenings.c.id)
    .where(happenings.c.id.in_(bindparam("ids", expanding=True)))
)
_OF_STORIES = select(events.c.happening, events.c.story_id).where(
    events.c.happening.is_not(None), events.c.story_id.in_(bindparam("ids", expanding=True))
)
_ONE, _OTHER = events.alias("one"), events.alias("other")
_IN_TWO = (
    select(_ONE.c.happening, _OTHER.c.happening.label("another"))
    .distinct()
    .join(_OTHER, _OTHER.c.story_id == _ONE.c.story_id)
    .where(_ONE.c.happening.in_(bindparam("ids", expanding=True)), _OTHER.c.happening != _ONE.c.happening)
)


@dataclass(frozen=True, slots=True)
class Whole:
    """A happening: how early the eldest of its reports came up, after which it is named, and how many stories tell of it.

    shared: those of them that tell of something else it might be joined with, and a mark for each happening with which it
    has a story in common.
    """

    happening: str
    seniority: int
    number: int
    shared: set[str]


def wholes(connection: Connection, names: Collection[str], stories: Collection[str]) -> Iterator[Whole]:
    """These happenings. stories: those of the reports that they might be joined with."""
    rows = [row for some in in_parts(names) for row in connection.execute(_ROWS, {"ids": some})]
    shared: dict[str, set[str]] = defaultdict(set)
    for some in in_parts(stories if rows else ()):
        for happening, story in connection.execute(_OF_STORIES, {"ids": some}):
            shared[happening].add(story)
    for pair in _with_a_story_in_common(connection, rows):
        for happening in pair:
            shared[happening].add(chr(0).join(sorted(pair)))
    return (Whole(row.id, row.seniority, row.reports, shared[row.id]) for row in rows)


def stories_in(connection: Connection, names: Collection[str]) -> set[str]:
    """The stories that tell of one of these happenings."""
    query = select(events.c.story_id).distinct()
    return {
        story for some in in_parts(names) for story in connection.scalars(query.where(events.c.happening.in_(some)))
    }


def _with_a_story_in_common(connection: Connection, rows: Sequence[Any]) -> set[frozenset[str]]:
    """The pairs of these happenings of which one story tells; the largest is not read for it."""
    largest_last = sorted(rows, key=lambda row: (row.reports, row.id))
    names = {row.id for row in rows}
    found = {
        frozenset(pair)
        for some in in_parts([row.id for row in largest_last[:-1]])
        for pair in connection.execute(_IN_TWO, {"ids": some})
    }
    return {pair for pair in found if pair <= names}
