"""Writes which reports are of one happening, and the row by which each happening stands on the map.

For linking within the store. A report that comes to a happening costs the same however many it has: who spoke for them
speaks on, unless one comes that knows more. Where people corrected one of them, all are looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection

from events.linking.joining import joined
from events.model import Event, Report
from events.store.database.in_parts import in_parts
from events.store.database.rows import Values, first_published, happening_values, report_from
from events.store.database.schema import events, happenings, records, stories

_TOLD = (  # asked often, and so written once
    select(events, records.c.extracted, records.c.shown, stories.c.url, stories.c.title, stories.c.published)
    .join(stories, stories.c.id == events.c.story_id)
    .join(records, records.c.event_id == events.c.id)
    .where(events.c.id.in_(bindparam("ids", expanding=True)))
)
_BEFORE = select(happenings.c.id, happenings.c.speaker, happenings.c.published, happenings.c.reviewed).where(
    happenings.c.id.in_(bindparam("ids", expanding=True))
)
_MOVE = update(events).values(happening=bindparam("name"))
_MOVE_ONE = _MOVE.where(events.c.id == bindparam("key"))
_MOVE_ALL = _MOVE.where(events.c.happening == bindparam("former"))


class Spoken(NamedTuple):
    """A report that may speak for its happening: its seniority with the name it would give, its event as shown, its story."""

    order: tuple[int, str]
    event: Event
    report: Report


@dataclass(frozen=True, slots=True)
class Gathered:
    """What becomes one happening. reports: by id, with the happening that each was of; standing: happenings as they were."""

    name: str
    reports: Mapping[str, str | None]
    standing: tuple[str, ...]
    stories: int

    def former(self) -> set[str]:
        """The happenings that it takes the place of."""
        return {happening for happening in (*self.reports.values(), *self.standing) if happening}


def write(
    connection: Connection, groups: Sequence[Gathered], revision: int, at_hand: Mapping[str, Spoken]
) -> None:  # fmt: skip
    """Give the reports of each group its name, and make its row on the map anew.

    revision: with which the rows come; at_hand: reports, by id, that needn't be read.
    """
    before = _happenings(connection, {name for group in groups for name in group.standing})
    speaking = _speaking(connection, groups, before, at_hand)
    for some in in_parts({name for group in groups for name in group.former()}):
        connection.execute(delete(happenings).where(happenings.c.id.in_(some)))
    _move(connection, groups)
    rows = [_row(group, speaking[group.name], before) | {"written": revision} for group in groups]
    if rows:
        connection.execute(insert(happenings), rows)


def tellers(reports: Iterable[Report]) -> tuple[Report, ...]:
    """The reports of an event, each story once, in the order of publication."""
    return tuple(sorted({report.story_id: report for report in reports}.values(), key=first_published))


def _happenings(connection: Connection, names: Collection[str]) -> dict[str, Any]:
    return {row.id: row for some in in_parts(names) for row in connection.execute(_BEFORE, {"ids": some})}


def _speaking(
    connection: Connection, groups: Sequence[Gathered], before: Mapping[str, Any], at_hand: Mapping[str, Spoken]
) -> dict[str, list[Spoken]]:
    """By the name of each group, the reports that may speak for it, the eldest first."""
    group_of = {key: group.name for group in groups for key in group.reports}
    corrected = {name: group.name for group in groups for name in group.standing if before[name].reviewed}
    group_of |= {before[name].speaker: group.name for group in groups for name in group.standing}
    for some in in_parts(corrected):
        query = select(events.c.id, events.c.happening).where(events.c.happening.in_(some))
        group_of |= {row.id: corrected[row.happening] for row in connection.execute(query)}
    told = {key: spoken for key, spoken in at_hand.items() if key in group_of}
    told |= _told(connection, group_of.keys() - told.keys())
    found: dict[str, list[Spoken]] = defaultdict(list)
    for key, spoken in sorted(told.items(), key=lambda item: item[1].order):
        found[group_of[key]].append(spoken)
    return found


def _told(connection: Connection, ids: Collection[str]) -> Iterator[tuple[str, Spoken]]:
    for some in in_parts(ids):
        for row in connection.execute(_TOLD, {"ids": some}):
            event = Event.model_validate_json(row.shown or row.extracted)
            yield row.id, Spoken((row.seniority, row.born), event, report_from(row))


def _move(connection: Connection, groups: Sequence[Gathered]) -> None:
    whole = [{"former": name, "name": group.name} for group in groups for name in group.standing if name != group.name]
    single = [
        {"key": key, "name": group.name}
        for group in groups
        for key, happening in group.reports.items()
        if happening != group.name
    ]
    if whole:
        connection.execute(_MOVE_ALL, whole)
    if single:
        connection.execute(_MOVE_ONE, single)


def _row(group: Gathered, speaking: Sequence[Spoken], before: Mapping[str, Any]) -> Values:
    reports = [spoken.event for spoken in speaking]
    event = joined(reports)
    speaker = next(report for report in reports if report.id == event.id)
    values = happening_values(group.name, event, speaker, tellers([spoken.report for spoken in speaking]))
    days = [values["published"], *(before[name].published for name in group.standing)]
    return values | {
        "reports": group.stories, "published": min((day for day in days if day is not None), default=None),
    }  # fmt: skip
