"""Which reports form one event on the map: decided when they come, kept, and decided again where something changed.

For the store. New or changed reports are compared with their neighbours alone: reports of touching cells, near days and
fitting types. The event on the map is named after the report whose id is the eldest (`born`), so its id stays when more come,
when its place is corrected and when its stories are read again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Connection, Row

from events.linking.grouping import Grouping
from events.store.database.in_parts import in_parts
from events.store.database.schema import events, happenings
from events.store.grouping.families import in_the_same_words
from events.store.grouping.gathering import Gathered, Spoken, write
from events.store.grouping.neighbours import Pair, alike, linked
from events.store.grouping.said import Said, said_of
from events.store.grouping.whole import stories_in, wholes
from events.store.grouping.wording import Wording

MOST_REOPENED = 300  # stories of the happenings that are taken apart because a story made families of copies one
_OF_IDS = events.c.id.in_(bindparam("ids", expanding=True))
_REPORTS = select(events).where(events.c.rejected.is_(False), _OF_IDS)  # asked often, and so written once
_HOMES = select(events.c.id, events.c.happening).where(events.c.happening.is_not(None), _OF_IDS)
_TOLD_IN = select(func.sum(happenings.c.reports)).where(happenings.c.id.in_(bindparam("ids", expanding=True)))


class _Part(NamedTuple):
    """What is joined as a whole: a report (its id), or all reports that stand together in a happening (its name)."""

    stands: bool
    name: str


@dataclass(slots=True)
class _Known:
    """Of a part: the happening that it is of now, its seniority with the name it would give, what keeps it from another.

    stories: of a report its story; of a happening those of its stories that other parts tell of too.
    number: how many stories tell of it.
    """

    stories: set[str]
    happening: str | None
    order: tuple[int, str]
    number: int = 1


def relink(
    connection: Connection, ids: Collection[str], wording: Wording, *, grown: Collection[str] | None = (),
    at_hand: Mapping[str, Spoken] | None = None,
) -> None:  # fmt: skip
    """Decide anew of which happenings these reports are, and make the rows of the happenings that it changes.

    Reports that stand in one happening with one of these must be among them (`members_of`). grown: reports of stories of
    which more are copies than before; None where these reports are of stories without copies. at_hand: reports, by id, as
    they would be read.
    """
    if grown and _told_in(connection, grown) <= MOST_REOPENED:
        ids, grown = members_of(connection, grown) | set(ids), ()
    reports = _reports(connection, ids)
    same = [] if grown is None else in_the_same_words(connection, reports.keys(), grown)
    pairs = [*((a, b) for _, a, b in same), *linked(connection, reports, wording)]
    homes = _homes(connection, {key for pair in pairs for key in pair} - reports.keys())
    said = said_of(connection, reports.keys(), set(homes.values()))
    homes |= _homes(connection, said.reports() - reports.keys() - homes.keys())
    opened = {homes[key] for pair in said.apart for key in pair if key in homes}
    known = _known(connection, reports, set(homes.values()), opened)
    grouping = _as_said(known, said, homes, opened)
    if opened or not grouping.join_in_turn(_parts_of(pairs, known, homes)):  # then it counts who is most alike
        scored = sorted([*alike(connection, reports, wording), *same], key=lambda row: (-row[0], row[1], row[2]))
        pairs = [(a, b) for _, a, b in scored]
        homes |= _homes(connection, {key for pair in pairs for key in pair} - reports.keys() - homes.keys())
        grouping = _as_said(known, said, homes, opened)
        grouping.join_in_turn(_parts_of(pairs, known, homes))
    groups = [group for group in grouping.members() if _is_other(group, reports, bool(grown))]
    gathered = [_gathered(connection, group, known) for group in groups]
    write(connection, gathered, wording.revision + 1, at_hand or {})


def members_of(connection: Connection, ids: Collection[str]) -> set[str]:
    """These reports and all that stand in one happening with one of them."""
    query, found = select(events.c.id), set(ids)
    for some in in_parts(set(_homes(connection, ids).values())):
        found |= set(connection.scalars(query.where(events.c.happening.in_(some))))
    return found


def _reports(connection: Connection, ids: Iterable[str]) -> dict[str, Row[Any]]:
    return {row.id: row for some in in_parts(ids) for row in connection.execute(_REPORTS, {"ids": some})}


def _homes(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """The happenings of these reports, by id; those that have none are left out."""
    rows = (row for some in in_parts(ids) for row in connection.execute(_HOMES, {"ids": some}))
    return {row.id: row.happening for row in rows}


def _told_in(connection: Connection, ids: Collection[str]) -> int:
    """How many stories tell of the happenings of these reports."""
    homes = set(_homes(connection, ids).values())
    return sum(connection.scalar(_TOLD_IN, {"ids": some}) or 0 for some in in_parts(homes))


def _is_other(group: Sequence[_Part], reports: Collection[str], grown: bool) -> bool:
    """Whether a group has one of these reports, or is made of happenings that copies have brought together."""
    joined = grown and sum(part.stands for part in group) > 1
    return joined or any(not part.stands and part.name in reports for part in group)


def _known(
    connection: Connection, reports: Mapping[str, Row[Any]], homes: Collection[str], opened: Collection[str]
) -> dict[_Part, _Known]:
    """All parts, the eldest first: these reports, the happenings, and the reports of those that are opened."""
    found = {
        _Part(False, key): _Known({row.story_id}, row.happening, (row.seniority, row.born))
        for key, row in reports.items()
    }
    query = select(events.c.id, events.c.story_id, events.c.happening, events.c.seniority, events.c.born)
    for some in in_parts(opened):
        for key, story_id, happening, seniority, born in connection.execute(query.where(events.c.happening.in_(some))):
            found[_Part(False, key)] = _Known({story_id}, happening, (seniority, born))
    single = {story for row in found.values() for story in row.stories}
    for whole in wholes(connection, set(homes) - set(opened), single):
        order = (whole.seniority, whole.happening)
        found[_Part(True, whole.happening)] = _Known(whole.shared, whole.happening, order, whole.number)
    return dict(sorted(found.items(), key=lambda item: item[1].order))


def _as_said(
    known: Mapping[_Part, _Known], said: Said, homes: Mapping[str, str], opened: Collection[str]
) -> Grouping[_Part]:  # fmt: skip
    """The parts, joined and kept apart as people said; what stood together before and was opened is joined again."""
    apart = [pair for pair in _parts_of(said.apart, known, homes) if pair[0] != pair[1]]
    grouping = Grouping({part: row.stories for part, row in known.items()}, apart)
    for together in said.together:
        parts = dict.fromkeys(_part_of(key, known, homes) for key in together)
        grouping.join_for_good([part for part in parts if part is not None])
    for happening in sorted(opened):
        grouping.join_for_good(sorted(part for part, row in known.items() if row.happening == happening))
    return grouping


def _part_of(key: str, known: Mapping[_Part, _Known], homes: Mapping[str, str]) -> _Part | None:
    """The part in which a report is; None where it is in none of these."""
    alone = _Part(False, key)
    if alone in known:
        return alone
    standing = _Part(True, homes[key]) if key in homes else None
    return standing if standing in known else None


def _parts_of(
    pairs: Iterable[Pair], known: Mapping[_Part, _Known], homes: Mapping[str, str]
) -> list[tuple[_Part, _Part]]:  # fmt: skip
    ends = ((_part_of(a, known, homes), _part_of(b, known, homes)) for a, b in pairs)
    return [(one, other) for one, other in ends if one is not None and other is not None]


def _gathered(connection: Connection, group: Sequence[_Part], known: Mapping[_Part, _Known]) -> Gathered:
    standing = tuple(part.name for part in group if part.stands)
    return Gathered(
        name=min(known[part].order for part in group)[1],
        reports={part.name: known[part].happening for part in group if not part.stands},
        standing=standing,
        stories=_number_of_stories(connection, group, known),
    )


def _number_of_stories(connection: Connection, group: Sequence[_Part], known: Mapping[_Part, _Known]) -> int:
    """How many stories tell of a group; where a person joined happenings, one may tell of two of them."""
    single = {story for part in group if not part.stands for story in known[part].stories}
    whole = [part for part in group if part.stands]
    shared = [known[part].stories for part in whole]
    if sum(map(len, shared)) > len(set().union(*shared)):
        return len(single | stories_in(connection, [part.name for part in whole]))
    return len(single - set().union(*shared)) + sum(known[part].number for part in whole)
