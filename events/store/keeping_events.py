"""Writes the rows of a story's events: as extracted, as people corrected them, each under the id that it has on the map.

For `events.store.keeping`. Everything here happens within the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row

from events.corrections.anchoring import find
from events.corrections.applying import StandingEvent, standing_events
from events.corrections.values import Correction
from events.model import Event, Report, StoreError, Story
from events.preparing import Prepared, PreparedEvent, counted, echo_key
from events.store.database.in_parts import in_parts
from events.store.database.rows import Name, Values, event_values
from events.store.database.schema import changes, concerned, echoes, events, holds, records
from events.store.grouping.gathering import Spoken
from events.store.grouping.links import members_of, relink
from events.store.grouping.wording import Wording

_OF_STORY = events.c.story_id == bindparam("story")  # what is asked for every story is written once
_ROWS: Select[Any] = (
    select(events, records.c.words, records.c.extracted, records.c.shown)
    .join(records, records.c.event_id == events.c.id)
    .where(_OF_STORY)
    .order_by(events.c.position)
)
_SPEAKING = select(concerned.c.change_id).where(
    (concerned.c.story_id == bindparam("story"))
    | ((concerned.c.outlet == bindparam("outlet")) & (concerned.c.outlet != ""))
)
_UNDONE = select(changes.c.undoes).where(changes.c.undoes.is_not(None))
_CORRECTIONS = (
    select(changes.c.id, changes.c.detail)
    .where(changes.c.id.in_(_SPEAKING), changes.c.id.not_in(_UNDONE))
    .order_by(changes.c.id)
)
_NEWEST = select(func.max(events.c.seniority))
_BORN = select(events.c.born).where(events.c.born.in_(bindparam("names", expanding=True)))


class _Kept(NamedTuple):
    """What has become of a story's events. reports: those that are new or changed, by id; beside: others whose links may
    change.
    """

    reports: dict[str, Spoken]
    beside: set[str]


class _Fresh(NamedTuple):
    """An event whose rows are made. extracted, shown: as JSON, as it was extracted and, where it differs, as it stands; made:
    what is prepared of it as it stands; position: in its story.
    """

    row: StandingEvent
    extracted: str | None
    shown: str | None
    made: PreparedEvent
    position: int
    name: Name


def insert_events(
    connection: Connection, story: Story, found: Sequence[Event], made: Prepared, grown: Collection[str] | None
) -> None:  # fmt: skip
    """Make the rows of a new story's events, and link them. made: of the same events.

    grown: the reports of stories of which more are copies now than before; None where the story is a copy of none.
    """
    wording = Wording(connection)
    kept = _keep_events(
        connection, story, found, wording, made=dict(zip(_ids(found), made.events, strict=True)), is_new=True
    )
    relink(connection, kept.reports.keys(), wording, grown=grown, at_hand=kept.reports)


def relinked(
    connection: Connection, pairs: Sequence[tuple[Story, Sequence[Event]]], *, all_anew: bool = False,
    beside: Collection[str] = (),
) -> None:  # fmt: skip
    """Make the rows of these stories' events what they are to be, and decide their links anew.

    pairs: each story with its events as extracted. all_anew: also of those that are as before. beside: further reports
    whose links are decided anew. Raises StoreError where two events of a story have one id.
    """
    wording = Wording(connection)
    reports: dict[str, Spoken] = {}
    others = set(beside)
    for story, found in pairs:
        kept = _keep_events(connection, story, found, wording, all_anew=all_anew)
        reports |= kept.reports
        others |= kept.beside
    relink(connection, members_of(connection, others) | reports.keys(), wording, at_hand=reports)


def extracted_of(story_id: str) -> Any:
    """The query for a story's events as the extractor gave them, as JSON, in their order."""
    return (
        select(records.c.extracted)
        .join(events, events.c.id == records.c.event_id)
        .where(events.c.story_id == story_id, records.c.extracted.is_not(None))
        .order_by(events.c.position)
    )


def _ids(found: Sequence[Event]) -> list[str]:
    return [event.id for event in found]


def _keep_events(
    connection: Connection, story: Story, found: Sequence[Event], wording: Wording, *, all_anew: bool = False,
    made: Mapping[str, PreparedEvent] | None = None, is_new: bool = False,
) -> _Kept:  # fmt: skip
    """Make the rows of a story's events what they are to be."""
    if len(set(_ids(found))) < len(found):
        raise StoreError(f"story {story.id} can't be stored: two of its events have one id")
    before = {} if is_new else {row.id: row for row in connection.execute(_ROWS, {"story": story.id})}
    standing, held = standing_events(found, story, _corrections_for(connection, story))
    extracted = {event.id: event.model_dump_json() for event in found}
    after = {row.event.id: row for row in standing}
    names = _names(connection, before, after, story)
    changed = [key for key, row in after.items() if all_anew or _differs(before.get(key), row, extracted.get(key))]
    gone = sorted({*(before.keys() - after.keys()), *(key for key in changed if key in before)})
    beside = members_of(connection, gone) - set(gone)
    _take_away(connection, before, gone, names.values(), wording)
    position = {key: number for number, key in enumerate(after)}
    as_found = {event.id: event for event in found}
    fresh = []
    for key in changed:
        shown, prepared = _as_it_stands(after[key].event, as_found.get(key), extracted.get(key), story, made)
        fresh.append(_Fresh(after[key], extracted.get(key), shown, prepared, position[key], names[key]))
    _put_in(connection, story, fresh, wording)
    kept = {key: number for key, number in position.items() if key not in changed and before[key].position != number}
    for key, number in kept.items():
        connection.execute(update(events).where(events.c.id == key).values(position=number))
    if before:
        own = select(events.c.id).where(events.c.story_id == story.id)
        connection.execute(delete(holds).where(holds.c.event_id.in_(own)))
    rows = {(hold.correction, hold.event_id, hold.report) for hold in held}
    if rows:
        connection.execute(
            insert(holds), [{"change_id": c, "event_id": e, "report": r} for c, e, r in sorted(rows)]
        )  # fmt: skip
    return _Kept({one.row.event.id: _spoken(one, story) for one in fresh if not one.row.rejected}, beside)


def _as_it_stands(
    event: Event, found: Event | None, extracted: str | None, story: Story, made: Mapping[str, PreparedEvent] | None
) -> tuple[str | None, PreparedEvent]:  # fmt: skip
    """An event as JSON where it does not stand as it was extracted, and what is prepared of it."""
    if made is not None and event is found:
        return None, made[event.id]
    shown = event.model_dump_json()
    return None if shown == extracted else shown, PreparedEvent(counted(event, story), echo_key(event, story))


def _spoken(one: _Fresh, story: Story) -> Spoken:
    report = Report(story_id=story.id, title=story.title, source=story.source, url=story.url, published=story.published)
    return Spoken((one.name.seniority, one.name.born), one.row.event, report)


def _differs(before: Row[Any] | None, after: StandingEvent, extracted: str | None) -> bool:
    if before is None or before.extracted != extracted or before.rejected != after.rejected:
        return True
    return bool((before.shown or before.extracted) != after.event.model_dump_json())


def _names(
    connection: Connection, before: Mapping[str, Row[Any]], after: Mapping[str, StandingEvent], story: Story
) -> dict[str, Name]:  # fmt: skip
    """Under which id each event stands or would stand on the map: that of its forerunner where it has one."""
    names = {key: _name(before[key]) for key in after if key in before}
    free = [row.event for key, row in after.items() if key not in before]
    for key, row in before.items():
        if key not in after and free:
            heir = find(Event.model_validate_json(row.shown or row.extracted), free, story)
            if heir is not None:
                names[heir.id] = _name(row)
                free = [event for event in free if event.id != heir.id]
    if free:
        last = connection.scalar(_NEWEST) or 0
        taken = {name for some in in_parts(_ids(free)) for name in connection.scalars(_BORN, {"names": some})}
        for seniority, event in enumerate(free, last + 1):
            names[event.id] = Name(_unused(connection, event.id) if event.id in taken else event.id, seniority)
    return names


def _name(row: Row[Any]) -> Name:
    return Name(row.born, row.seniority)


def _unused(connection: Connection, name: str) -> str:
    """The name itself, with a number behind it where a report of old has handed it on to another."""
    number, free = 2, name
    while connection.scalar(select(events.c.id).where(events.c.born == free)) is not None:
        free, number = f"{name}-{number}", number + 1
    return free


def _take_away(
    connection: Connection, before: Mapping[str, Row[Any]], gone: Sequence[str],
    names: Iterable[Name], wording: Wording,
) -> None:  # fmt: skip
    """Delete rows. An event on the map that a report founded which is no more keeps its id: the next one hands it on."""
    if not gone:
        return
    wording.count([before[key].words for key in gone if not before[key].rejected], -1)
    handed = {name.born for name in names}
    connection.execute(delete(events).where(events.c.id.in_(gone)))
    for key in gone:
        row = before[key]
        if row.born == row.happening and row.born not in handed:
            others = select(events.c.id).where(events.c.happening == row.happening)
            heir = connection.scalar(others.order_by(events.c.seniority).limit(1))
            if heir is not None:
                connection.execute(update(events).where(events.c.id == heir).values(_name(row)._asdict()))


def _put_in(connection: Connection, story: Story, fresh: Sequence[_Fresh], wording: Wording) -> None:
    if not fresh:
        return
    rows: list[Values] = [
        event_values(one.row.event, story, one.position, one.name, rejected=one.row.rejected) for one in fresh
    ]
    kept = [
        {"event_id": one.row.event.id, "words": one.made.words, "extracted": one.extracted, "shown": one.shown}
        for one in fresh
    ]
    connection.execute(insert(events), rows)
    connection.execute(insert(records), kept)
    connection.execute(insert(echoes), [{"event_id": one.row.event.id, "told": one.made.told} for one in fresh])
    wording.count([one.made.words for one in fresh if not one.row.rejected], 1)


def _corrections_for(connection: Connection, story: Story) -> list[Correction]:
    """What people said of the story or its outlet and did not take back."""
    rows = connection.execute(_CORRECTIONS, {"story": story.id, "outlet": story.source or ""})
    return [Correction.model_validate_json(row.detail).model_copy(update={"id": row.id}) for row in rows]
