"""Which reports form one event on the map: decided when they come, kept, and decided again where something changed.

For the store. New or changed reports are compared with their neighbours alone: reports of touching cells, near days and
fitting types. The event on the map is named after the report whose id is the eldest (`born`), so its id stays when more come,
when its place is corrected and when its stories are read again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection, Row

from events.linking.grouping import Grouping
from events.linking.joining import joined
from events.model import Event, Report
from events.store.database.rows import first_published, happening_values, report_from
from events.store.database.schema import changes, events, facts, happenings, holds, records, stories
from events.store.grouping.families import in_the_same_words
from events.store.grouping.neighbours import alike
from events.store.grouping.wording import Wording

AT_ONCE = 500  # ids in one statement


@dataclass(frozen=True, slots=True)
class _Known:
    """A report among those that are looked at: its story, its happening, its seniority with the name it would give."""

    story_id: str
    happening: str | None
    order: tuple[int, str]


def relink(connection: Connection, ids: Collection[str], wording: Wording) -> None:
    """Decide anew of which happenings these reports are, and make the rows of the happenings that it changes.

    Reports that stand in one happening with one of these must be among them, else they stay together as they are.
    """
    known = _by_id(connection, select(events).where(events.c.rejected.is_(False)), events.c.id, ids)
    scored = [*alike(connection, known, wording), *in_the_same_words(connection, known.keys())]
    near = _with_their_happenings(connection, {key for _, *pair in scored for key in pair} - known.keys())
    told = _told(connection, known.keys() | near.keys())
    merged = {event_id for group in told.together for event_id in group}
    around = near | _with_their_happenings(connection, merged - known.keys() - near.keys())
    everyone = {key: _known(row) for key, row in [*around.items(), *known.items()]}
    grouping = Grouping({key: row.story_id for key, row in _in_order(everyone)}, told.apart)
    standing: dict[str, list[str]] = defaultdict(list)
    for key in sorted(around.keys() - known.keys()):
        standing[everyone[key].happening or key].append(key)
    for together in [*told.together, *standing.values()]:
        grouping.join_for_good([key for key in together if key in everyone])
    grouping.join_alike(scored)
    _write(connection, [group for group in grouping.members() if any(key in known for key in group)], everyone)


def members_of(connection: Connection, ids: Collection[str]) -> set[str]:
    """These reports and all that stand in one happening with one of them."""
    return set(_with_their_happenings(connection, ids)) | set(ids)


def _by_id(connection: Connection, query: Select[Any], column: Any, ids: Iterable[str]) -> dict[str, Row[Any]]:
    wanted = sorted(set(ids))
    found: dict[str, Row[Any]] = {}
    for first in range(0, len(wanted), AT_ONCE):
        some = connection.execute(query.where(column.in_(wanted[first : first + AT_ONCE])))
        found.update({row.id: row for row in some})
    return found


def _with_their_happenings(connection: Connection, ids: Collection[str]) -> dict[str, Row[Any]]:
    named = _by_id(connection, select(events.c.id, events.c.happening), events.c.id, ids).values()
    return _by_id(connection, select(events), events.c.happening, {row.happening for row in named if row.happening})


def _known(row: Row[Any]) -> _Known:
    return _Known(row.story_id, row.happening, (row.seniority, row.born))


def _in_order(everyone: dict[str, _Known]) -> list[tuple[str, _Known]]:
    return sorted(everyone.items(), key=lambda item: item[1].order)


# ------------------------------------------------------------------ what people said


@dataclass(frozen=True, slots=True)
class _Told:
    together: tuple[tuple[str, ...], ...]
    apart: tuple[tuple[str, str], ...]


def _told(connection: Connection, known: Collection[str]) -> _Told:
    """What people merged and split, as far as it concerns these reports."""
    speaking = select(holds.c.change_id).where(holds.c.event_id.in_(bindparam("ids", expanding=True)))
    query = (
        select(holds.c.change_id, holds.c.report, holds.c.event_id, changes.c.kind)
        .join(changes, changes.c.id == holds.c.change_id)
        .where(changes.c.kind.in_(["merge", "split"]), holds.c.change_id.in_(speaking))
        .order_by(holds.c.change_id, holds.c.report)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    wanted = sorted(known)
    for first in range(0, len(wanted), AT_ONCE):
        for row in connection.execute(query, {"ids": wanted[first : first + AT_ONCE]}):
            found[row.change_id].append(row)
    together: list[tuple[str, ...]] = []
    apart: set[tuple[str, str]] = set()
    for number in sorted(found):  # the later word wins: a merge ends a split that came before it
        rows = found[number]
        if rows[0].kind == "merge":
            together.append(tuple(row.event_id for row in rows))
            apart = {pair for pair in apart if not set(pair) <= set(together[-1])}
        else:
            apart |= {(a.event_id, b.event_id) for a in rows for b in rows if a.report >= 0 > b.report}
    return _Told(tuple(together), tuple(sorted(apart)))


# ------------------------------------------------------------------ rows


def _write(connection: Connection, groups: Sequence[Sequence[str]], everyone: dict[str, _Known]) -> None:
    """Name each group after its eldest report, and make its happening."""
    former = {row.happening for group in groups for key in group if (row := everyone[key]).happening}
    _delete_happenings(connection, sorted(former))
    moved = []
    for group in groups:
        name = min(everyone[key].order for key in group)[1]
        moved += [{"key": key, "name": name} for key in group if everyone[key].happening != name]
    if moved:
        change = update(events).where(events.c.id == bindparam("key")).values(happening=bindparam("name"))
        connection.execute(change, moved)
    rows = list(_happening_rows(connection, [key for group in groups for key in group]))
    if rows:
        revision = connection.scalar(select(facts.c.value).where(facts.c.key == "revision")) or 0
        connection.execute(insert(happenings), [row | {"written": revision + 1} for row in rows])


def _delete_happenings(connection: Connection, names: Sequence[str]) -> None:
    for first in range(0, len(names), AT_ONCE):
        connection.execute(delete(happenings).where(happenings.c.id.in_(names[first : first + AT_ONCE])))


def _happening_rows(connection: Connection, ids: Collection[str]) -> Iterator[dict[str, Any]]:
    query = (
        select(events, records.c.extracted, records.c.shown, stories.c.url, stories.c.title, stories.c.published)
        .join(stories, stories.c.id == events.c.story_id)
        .join(records, records.c.event_id == events.c.id)
    )
    rows = _by_id(connection, query, events.c.id, ids)
    grouped: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in sorted(rows.values(), key=lambda row: (row.seniority, row.born)):
        grouped[row.happening].append(row)
    for name, members in grouped.items():
        reports = [Event.model_validate_json(row.shown or row.extracted) for row in members]
        event = joined(reports)
        speaker = next(report for report in reports if report.id == event.id)
        yield happening_values(name, event, speaker, tellers([report_from(row) for row in members]))


def tellers(reports: Iterable[Report]) -> tuple[Report, ...]:
    """The reports of an event, each story once, in the order of publication."""
    return tuple(sorted({report.story_id: report for report in reports}.values(), key=first_published))
