"""What people merged and split, as far as it concerns some reports: it outranks every likeness.

For linking within the store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, Engine, Select, bindparam, exists, func, select
from sqlalchemy.engine import Connection, Row

from events.store.database.in_parts import in_parts
from events.store.database.opening import when_a_write_fails
from events.store.database.schema import changes, events, holds

_KEYS: BindParameter[str] = bindparam("keys", expanding=True)
_IS_SAID = changes.c.kind.in_(["merge", "split"])
_SPEAKING = (  # asked often, and so written once
    select(holds.c.change_id).join(changes, changes.c.id == holds.c.change_id).where(_IS_SAID)
)
_OF_REPORTS = _SPEAKING.where(holds.c.event_id.in_(_KEYS))
_OF_HAPPENINGS = _SPEAKING.where(holds.c.event_id.in_(select(events.c.id).where(events.c.happening.in_(_KEYS))))
_SINCE = select(
    select(func.max(changes.c.id)).scalar_subquery(),
    exists().where(changes.c.id > bindparam("seen"), _IS_SAID),
)
_LOOKED_AT: WeakKeyDictionary[Engine, tuple[int, bool]] = WeakKeyDictionary()  # up to which change; was there any?


@when_a_write_fails
def _forget(engine: Engine) -> None:
    _LOOKED_AT.pop(engine, None)


@dataclass(frozen=True, slots=True)
class Said:
    """Reports that a person merged, and pairs of reports that a person split; in the order in which it was said."""

    together: tuple[tuple[str, ...], ...]
    apart: tuple[tuple[str, str], ...]

    def reports(self) -> set[str]:
        """All reports that anything was said of."""
        return {key for some in (*self.together, *self.apart) for key in some}


def said_of(connection: Connection, reports: Collection[str], happenings: Collection[str]) -> Said:
    """What was said of these reports, or of any report of these happenings."""
    if not _anything_said(connection):
        return Said((), ())
    numbers: set[int] = set()
    for some in in_parts(reports):
        numbers |= set(connection.scalars(_OF_REPORTS, {"keys": some}))
    for some in in_parts(happenings):
        numbers |= set(connection.scalars(_OF_HAPPENINGS, {"keys": some}))
    return _in_force(_held(connection, numbers))


def _anything_said(connection: Connection) -> bool:
    """Whether anybody ever merged or split: of a store where nobody did, nothing else has to be asked."""
    seen, found = _LOOKED_AT.get(connection.engine, (0, False))
    if not found:
        newest, found = connection.execute(_SINCE, {"seen": seen}).one()
        if (newest or 0) < seen:  # another database stands in its place
            newest, found = connection.execute(_SINCE, {"seen": 0}).one()
        _LOOKED_AT[connection.engine] = newest or 0, bool(found)
    return bool(found)


def _held(connection: Connection, numbers: Collection[int]) -> dict[int, list[Row[Any]]]:
    """By the number of a correction, what it holds, with its kind."""
    query: Select[Any] = (
        select(holds.c.change_id, holds.c.report, holds.c.event_id, changes.c.kind)
        .join(changes, changes.c.id == holds.c.change_id)
        .order_by(holds.c.change_id, holds.c.report, holds.c.event_id)
    )
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for some in in_parts(numbers):
        for row in connection.execute(query.where(holds.c.change_id.in_(some))):
            found[row.change_id].append(row)
    return found


def _in_force(found: dict[int, list[Row[Any]]]) -> Said:
    together: list[tuple[str, ...]] = []
    apart: set[tuple[str, str]] = set()
    for number in sorted(found):  # the later word wins: a merge ends a split that came before it
        rows = found[number]
        if rows[0].kind == "merge":
            together.append(tuple(row.event_id for row in rows))
            apart = {pair for pair in apart if not set(pair) <= set(together[-1])}
        else:
            apart |= {(a.event_id, b.event_id) for a in rows for b in rows if a.report >= 0 > b.report}
    return Said(tuple(together), tuple(sorted(apart)))
