"""Writes which reports are of one happening, and the row by which each happening stands on the map.

For linking within the store. A report that comes to a happening costs the same however many it has: who spoke for them
speaks on, unless one comes that knows more. Where people corrected one of them, all are looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection, Row

from events.linking.joining import joined
from events.model import Event, Report
from events.store.database.rows import Values, first_published, happening_values, report_from
from events.store.database.schema import events, facts, happenings, records, stories
from events.store.grouping.in_parts import in_parts

_TOLD = (  # asked often, and so written once
    select(events, records.c.extracted, records.c.shown, stories.c.url, stories.c.title, stories.c.published)
    .join(stories, stories.c.id == events.c.story_id)
    .join(records, records.c.event_id == events.c.id)
    .where(events.c.id.in_(bindparam("ids", expanding=True)))
)


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


def write(connection: Connection, groups: Sequence[Gathered]) -> None:
    """Give the reports of each group its name, and make its row on the map anew."""
    before = _happenings(connection, {name for group in groups for name in group.standing})
    speaking = _speaking(connection, groups, before)
    for some in in_parts({name for group in groups for name in group.former()}):
        connection.execute(delete(happenings).where(happenings.c.id.in_(some)))
    _move(connection, groups)
    rows = [_row(group, speaking[group.name], before) for group in groups]
    if rows:
        revision = connection.scalar(select(facts.c.value).where(facts.c.key == "revision")) or 0
        connection.execute(insert(happenings), [row | {"written": revision + 1} for row in rows])


def tellers(reports: Iterable[Report]) -> tuple[Report, ...]:
    """The reports of an event, each story once, in the order of publication."""
    return tuple(sorted({report.story_id: report for report in reports}.values(), key=first_published))


def _happenings(connection: Connection, names: Collection[str]) -> dict[str, Row[Any]]:
    query: Select[Any] = select(
        happenings.c.id, happenings.c.speaker, happenings.c.published, happenings.c.reviewed
    )  # fmt: skip
    return {
        row.id: row for some in in_parts(names) for row in connection.execute(query.where(happenings.c.id.in_(some)))
    }


def _speaking(
    connection: Connection, groups: Sequence[Gathered], before: Mapping[str, Row[Any]]
) -> dict[str, list[Row[Any]]]:
    """By the name of each group, the reports that may speak for it, the eldest first, with record and story."""
    group_of = {key: group.name for group in groups for key in group.reports}
    corrected = {name: group.name for group in groups for name in group.standing if before[name].reviewed}
    group_of |= {before[name].speaker: group.name for group in groups for name in group.standing}
    for some in in_parts(corrected):
        query = select(events.c.id, events.c.happening).where(events.c.happening.in_(some))
        group_of |= {row.id: corrected[row.happening] for row in connection.execute(query)}
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in sorted(_told(connection, group_of.keys()), key=lambda row: (row.seniority, row.born)):
        found[group_of[row.id]].append(row)
    return found


def _told(connection: Connection, ids: Collection[str]) -> Iterator[Row[Any]]:
    for some in in_parts(ids):
        yield from connection.execute(_TOLD, {"ids": some})


def _move(connection: Connection, groups: Sequence[Gathered]) -> None:
    whole = [{"former": name, "name": group.name} for group in groups for name in group.standing if name != group.name]
    single = [
        {"key": key, "name": group.name}
        for group in groups
        for key, happening in group.reports.items()
        if happening != group.name
    ]
    change = update(events).values(happening=bindparam("name"))
    if whole:
        connection.execute(change.where(events.c.happening == bindparam("former")), whole)
    if single:
        connection.execute(change.where(events.c.id == bindparam("key")), single)


def _row(group: Gathered, speaking: Sequence[Row[Any]], before: Mapping[str, Row[Any]]) -> Values:
    reports = [Event.model_validate_json(row.shown or row.extracted) for row in speaking]
    event = joined(reports)
    speaker = next(report for report in reports if report.id == event.id)
    values = happening_values(group.name, event, speaker, tellers([report_from(row) for row in speaking]))
    days = [values["published"], *(before[name].published for name in group.standing)]
    return values | {
        "reports": group.stories, "published": min((day for day in days if day is not None), default=None),
    }  # fmt: skip
