"""Which stories are copies of one wire story, and which of their events stand in the same words.

For the store. Candidates (`events.store.grouping.candidates`) are compared as a whole (`events.reprints`). A family is
closed under likeness, so it is the same in whichever order its stories come; the first that came stands for it. Each copy
keeps its own events: those in words that another of the family has too are reports of one happening, and what only one
outlet says, a local lead, stays an event of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, delete, insert, select
from sqlalchemy.engine import Connection, Row

from events.model import Story
from events.preparing import band_keys
from events.reprints import SAME, Copy, copy_of, likeness, may_meet, most_likeness
from events.store.database.in_parts import in_parts
from events.store.database.schema import bands, concerned, echoes, events, families, holds, stories
from events.store.grouping.candidates import Seeking, candidates

MOST_PAIRED = 20  # reports in the same words with which all others of a family are paired
IN_THE_SAME_WORDS = 2.0  # above any likeness: such pairs are joined before all others
_WITH_THEIR_FAMILIES = select(families).where(  # asked often, and so written once
    families.c.first.in_(select(families.c.first).where(families.c.story_id.in_(bindparam("ids", expanding=True))))
)
_OWN = select(stories.c.number, stories.c.published, stories.c.record).where(stories.c.id == bindparam("id"))
_TOLD = (
    select(families.c.first, echoes.c.told)
    .join(events, events.c.story_id == families.c.story_id)
    .join(echoes, echoes.c.event_id == events.c.id)
    .where(events.c.id.in_(bindparam("ids", expanding=True)))
)


def note_bands(connection: Connection, number: int, keys: Sequence[int]) -> None:
    """Keep the bands of a story (`band_keys`), by its number."""
    rows = [{"key": key, "number": number} for key in keys]
    if rows:
        connection.execute(insert(bands), rows)


def forget_bands(connection: Connection, number: int, story: Story) -> None:
    """Take away the bands that a story had while it said this."""
    connection.execute(delete(bands).where(bands.c.key.in_(band_keys(story)), bands.c.number == number))


def join_family(connection: Connection, story_id: str, record: str, own: Seeking) -> set[str] | None:
    """Bring a story that is new together with those that it is a copy of.

    Returns the other stories whose family changed; None where it is a copy of none.
    """
    joined = _joined(connection, story_id, record, own)
    if joined is None:
        return None
    return {member for member, first in joined.before.items() if first != joined.first}


def settle(connection: Connection, story_id: str) -> set[str]:
    """Find the family of a story that says something else, and of those that were in one with it.

    Returns the other stories whose family changed.
    """
    before = _members(connection, [story_id])
    if before:
        connection.execute(delete(families).where(families.c.first.in_(sorted(set(before.values())))))
        _part(connection, before.keys() - {story_id})
    number, published, record = connection.execute(_OWN, {"id": story_id}).one()
    keys = band_keys(Story.model_validate_json(record))
    joined = _joined(connection, story_id, record, Seeking(number, published, keys))
    before = (joined.before if joined else {}) | before
    now: dict[str, str] = {}
    for some in in_parts(before):
        now |= {row.story_id: row.first for row in connection.execute(_rows_of(some))}
    return {member for member, first in before.items() if now.get(member) != first} - {story_id}


def family_of(connection: Connection, story_id: str) -> tuple[str, ...]:
    """The stories that are copies of one with this, the first first; this alone where there is no other."""
    query = (
        select(families.c.story_id)
        .join(stories, stories.c.id == families.c.story_id)
        .where(families.c.first == select(families.c.first).where(families.c.story_id == story_id).scalar_subquery())
        .order_by(stories.c.number)
    )
    return tuple(connection.scalars(query)) or (story_id,)


def in_the_same_words(
    connection: Connection, ids: Collection[str], grown: Collection[str] = ()
) -> list[tuple[float, str, str]]:
    """The pairs of reports in the same words, of two stories of one family, of which one is among these.

    grown: further reports, which stay in the happenings that they stand in.
    """
    found: set[tuple[str, str]] = set()
    held = select(holds.c.event_id).join(concerned, concerned.c.change_id == holds.c.change_id)
    for_an_outlet = events.c.id.in_(held.where(concerned.c.outlet != "")).label("for_an_outlet")
    for first, told in sorted(_told_in_families(connection, {*ids, *grown}).items()):
        query = (
            select(
                echoes.c.told,
                events.c.id,
                events.c.story_id,
                events.c.happening,
                events.c.lat,
                events.c.lon,
                for_an_outlet,
            )
            .join(events, events.c.id == echoes.c.event_id)
            .join(families, families.c.story_id == events.c.story_id)
            .where(families.c.first == first, events.c.rejected.is_(False), echoes.c.told.in_(sorted(told)))
            .order_by(echoes.c.told, events.c.id)
        )
        for _, same in groupby(connection.execute(query).all(), key=lambda row: row.told):
            found |= _paired(list(same), ids)
    return [(IN_THE_SAME_WORDS, a, b) for a, b in sorted(found)]


def _paired(alike: Sequence[Row[Any]], ids: Collection[str]) -> set[tuple[str, str]]:
    """The pairs of reports in the same words; of one report with those that stand in one happening the first alone."""
    found: set[tuple[str, str]] = set()
    standing: dict[str | None, list[Row[Any]]] = defaultdict(list)
    for row in alike:
        standing[None if row.id in ids else row.happening].append(row)
    for a in alike[:MOST_PAIRED]:
        own = None if a.id in ids else a.happening
        for happening, others in standing.items():
            if own is None or happening != own:
                pairs = {(min(a.id, b.id), max(a.id, b.id)) for b in others if _may_meet(a, b)}
                found |= pairs if happening is None or not pairs else {min(pairs)}
    return found


def _may_meet(a: Row[Any], b: Row[Any]) -> bool:
    """Whether two reports in the same words may be of one happening: not where only one outlet means another place by them."""
    if a.story_id == b.story_id:
        return False
    return bool(a.for_an_outlet == b.for_an_outlet) or (a.lat, a.lon) == (b.lat, b.lon)


def event_ids(connection: Connection, story_ids: Collection[str]) -> set[str]:
    """The events of these stories."""
    found: set[str] = set()
    for some in in_parts(story_ids):
        found |= set(connection.scalars(select(events.c.id).where(events.c.story_id.in_(some))))
    return found


class _Joined(NamedTuple):
    """The family that a story came into, by its first, and the families that its members had, by story."""

    first: str
    before: dict[str, str]


def _joined(connection: Connection, story_id: str, record: str, own: Seeking) -> _Joined | None:
    """Bring a story that is of no family together with those that it is a copy of; None where there are none."""
    before: dict[str, str] = {}
    together: set[str] = {story_id}
    for other, its_record in candidates(connection, own):
        if other not in together and _are_alike(_copy(record), _copy(its_record)):
            theirs = _members(connection, [other])  # who is alike to one of them need not be compared with the others
            before |= theirs
            together |= {other, *theirs}
    if len(together) == 1:
        return None
    first = _eldest(connection, {before.get(member, member) for member in together})
    moved = sorted(member for member in together if before.get(member) != first)
    for some in in_parts(moved):
        connection.execute(delete(families).where(families.c.story_id.in_(some)))
    _note_family(connection, first, moved)
    return _Joined(first, before)


def _part(connection: Connection, members: Collection[str]) -> None:
    """Note the families of stories that were of one until a story between them left or changed.

    As the family was closed under likeness, none of them is a copy of a story outside. Each is compared with those not
    yet reached alone: near-identical ones cost a comparison each.
    """
    left = {member: _copy(record) for member, record in _in_order(connection, members).items()}
    while left:
        first = next(iter(left))
        family, reached = [first], [left.pop(first)]
        while reached and left:
            copy = reached.pop()
            alike = [m for m, other in left.items() if may_meet(copy, other) and _are_alike(copy, other)]
            family += alike
            reached += [left.pop(member) for member in alike]
        if len(family) > 1:
            _note_family(connection, first, family)


def _note_family(connection: Connection, first: str, members: Iterable[str]) -> None:
    connection.execute(insert(families), [{"story_id": member, "first": first} for member in members])


def _eldest(connection: Connection, ids: Collection[str]) -> str:
    """The one of these stories that came in first."""
    query = select(stories.c.number, stories.c.id)
    rows = (row for some in in_parts(ids) for row in connection.execute(query.where(stories.c.id.in_(some))))
    return str(min((row.number, row.id) for row in rows)[1])


def _in_order(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """The records of these stories by id, in the order in which they came in."""
    query = select(stories.c.number, stories.c.id, stories.c.record)
    rows = [row for some in in_parts(ids) for row in connection.execute(query.where(stories.c.id.in_(some)))]
    return {row.id: row.record for row in sorted(rows, key=lambda row: row.number)}


def _rows_of(story_ids: Collection[str]) -> Select[Any]:
    return select(families).where(families.c.story_id.in_(sorted(story_ids)))


def _members(connection: Connection, story_ids: Iterable[str]) -> dict[str, str]:
    """All stories of the families of these, each with the first of its family."""
    return {
        row.story_id: row.first for row in connection.execute(_WITH_THEIR_FAMILIES, {"ids": sorted(set(story_ids))})
    }


def _told_in_families(connection: Connection, ids: Collection[str]) -> dict[str, set[str]]:
    """By family, in which words these reports stand."""
    found: dict[str, set[str]] = defaultdict(set)
    for some in in_parts(ids):
        for row in connection.execute(_TOLD, {"ids": some}):
            found[row.first].add(row.told)
    return found


def _are_alike(one: Copy, other: Copy) -> bool:
    """Whether two stories are copies of one: most that meet share too few words for it, and the rest isn't looked at."""
    return most_likeness(one, other) >= SAME and likeness(one, other) >= SAME


@lru_cache(maxsize=512)
def _copy(record: str) -> Copy:
    return copy_of(Story.model_validate_json(record))
