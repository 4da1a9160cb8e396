"""What people merged and split, as far as it concerns some reports: it outranks every likeness.

For linking within the store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.engine import Connection, Row

from events.store.database.schema import changes, events, holds
from events.store.grouping.in_parts import in_parts

_KEYS: BindParameter[str] = bindparam("keys", expanding=True)
_SPEAKING = (  # asked often, and so written once
    select(holds.c.change_id)
    .join(changes, changes.c.id == holds.c.change_id)
    .where(changes.c.kind.in_(["merge", "split"]))
)
_OF_REPORTS = _SPEAKING.where(holds.c.event_id.in_(_KEYS))
_OF_HAPPENINGS = _SPEAKING.where(holds.c.event_id.in_(select(events.c.id).where(events.c.happening.in_(_KEYS))))


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
    numbers: set[int] = set()
    for some in in_parts(reports):
        numbers |= set(connection.scalars(_OF_REPORTS, {"keys": some}))
    for some in in_parts(happenings):
        numbers |= set(connection.scalars(_OF_HAPPENINGS, {"keys": some}))
    return _in_force(_held(connection, numbers))


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
