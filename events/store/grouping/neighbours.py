"""Which kept reports are like these: sought by block, day and type, compared by place and day, and then by words.

For linking within the store. In a crowded place thousands of reports are alike in place, day and type: those are asked for
as one kind, and looked at one by one only where words decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection, Row

from events.linking.blocks import block_of, blocks_around
from events.linking.likeness import LINK_THRESHOLD, Sketch, likeness, may_fit
from events.linking.wording import Vector
from events.store.database.rows import sketch_from
from events.store.database.schema import events, records
from events.store.grouping.in_parts import in_parts
from events.store.grouping.near import kinds_near, reports_near
from events.store.grouping.wording import Wording

NO_WORDS: Vector = {}

Rows = Mapping[str, Row[Any]]
Pair = tuple[str, str]  # the ids of two reports, in order


def linked(connection: Connection, reports: Rows, wording: Wording) -> list[Pair]:
    """Pairs of reports that are alike enough to be of one happening: as many as show which can be joined.

    Of each of the reports with each happening that holds no other of them, one pair; of the reports among themselves,
    enough to lead from each to all that it can be joined with. reports: rows of `events` by id, and with each report all
    that are of its happening.
    """
    words = _Words(connection, wording, reports.keys())
    return [*_linked_among(reports, words), *_linked_with_others(connection, reports, words)]


def alike(connection: Connection, reports: Rows, wording: Wording) -> list[tuple[float, str, str]]:
    """Each of the reports with each of its neighbours that is alike enough to be of one happening, and how alike.

    reports: rows of `events` by id.
    """
    words = _Words(connection, wording, reports.keys())
    sketches = {key: sketch_from(row) for key, row in reports.items()}
    found: dict[Pair, float] = {}
    for key, near in reports_near(connection, sketches):
        own = sketches[key]
        fitting = [(row.id, sketch) for row in near if may_fit(own, sketch := sketch_from(row))]
        words.fetch([key, *(other for other, _ in fitting)])
        for other, sketch in fitting:
            if other not in reports or other < key:
                found[min(key, other), max(key, other)] = likeness(own, sketch, words.of(key), words.of(other))
    return [(score, a, b) for (a, b), score in sorted(found.items()) if score >= LINK_THRESHOLD]


# ------------------------------------------------------------------ pairs that show what can be joined


def _linked_among(reports: Rows, words: _Words) -> Iterator[Pair]:
    """Each report is compared with those alone to which no pair leads yet."""
    left = {key: sketch_from(reports[key]) for key in sorted(reports)}
    reached: list[tuple[str, Sketch]] = []
    while left:
        key, own = reached.pop() if reached else left.popitem()
        for other in [other for other, sketch in left.items() if _alike(key, own, other, sketch, words, _either_near)]:
            yield min(key, other), max(key, other)
            reached.append((other, left.pop(other)))


def _alike(
    key: str, own: Sketch, other: str, sketch: Sketch, words: _Words, near: Callable[[Sketch, Sketch], bool]
) -> bool:  # fmt: skip
    if own.days is None or sketch.days is None or not may_fit(own, sketch) or not near(own, sketch):
        return False
    return _sure(own, sketch) or likeness(own, sketch, words.of(key), words.of(other)) >= LINK_THRESHOLD


def _near(own: Sketch, other: Sketch) -> bool:
    """Whether the other is found where one asks around this report."""
    blocks = blocks_around(own)
    return blocks is None or block_of(other) in blocks


def _either_near(own: Sketch, other: Sketch) -> bool:
    return _near(own, other) or _near(other, own)


def _sure(own: Sketch, other: Sketch) -> bool:
    """Whether two reports are alike enough however they are worded."""
    return likeness(own, other, NO_WORDS, NO_WORDS) >= LINK_THRESHOLD


def _linked_with_others(connection: Connection, reports: Rows, words: _Words) -> Iterator[Pair]:
    own_happenings = {row.happening for row in reports.values()}
    sketches = {key: sketch_from(row) for key, row in reports.items()}
    by_words: dict[str, set[str]] = {}
    for key, kinds in kinds_near(connection, sketches):
        others = [(kind, sketch) for kind in kinds if kind.happening and kind.happening not in own_happenings
                  and may_fit(sketches[key], sketch := _sketch_of_kind(kind))]  # fmt: skip
        sure = {kind.happening: kind.id for kind, sketch in others if _sure(sketches[key], sketch)}
        yield from ((min(key, other), max(key, other)) for other in sure.values())
        by_words[key] = {kind.happening for kind, _ in others} - sure.keys()
    asked = {happening for happenings in by_words.values() for happening in happenings}
    members = _members(connection, asked, words)
    for key, happenings in by_words.items():
        for happening in sorted(happenings):
            other = _first_alike(key, sketches[key], members[happening], words)
            if other is not None:
                yield min(key, other), max(key, other)


def _sketch_of_kind(kind: Row[Any]) -> Sketch:
    return Sketch("", kind.type, kind.start, kind.end, kind.lat, kind.lon, kind.radius_km, kind.place_id)


def _members(connection: Connection, happenings: Collection[str], words: _Words) -> Mapping[str, Sequence[Row[Any]]]:
    """The reports of these happenings; their words are kept."""
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    query = select(events, records.c.words).join(records, records.c.event_id == events.c.id)
    for some in in_parts(happenings):
        for row in connection.execute(query.where(events.c.happening.in_(some))):
            found[row.happening].append(row)
            words.keep(row.id, row.words)
    return found


def _first_alike(key: str, own: Sketch, members: Sequence[Row[Any]], words: _Words) -> str | None:
    for row in members:
        sketch = sketch_from(row)
        if _alike(key, own, row.id, sketch, words, _near):
            return str(row.id)
    return None


class _Words:
    """The words of reports as vectors, each fetched and weighed once, and none before words decide."""

    def __init__(self, connection: Connection, wording: Wording, ids: Collection[str]) -> None:
        """ids: the reports that all others are compared with."""
        self._connection, self._wording, self._ids = connection, wording, ids
        self._counted: dict[str, str] = {}
        self._vectors: dict[str, Vector] = {}

    def fetch(self, ids: Collection[str]) -> None:
        """Read the counted words of these reports, a few hundred at once."""
        query = select(records.c.event_id, records.c.words)
        for some in in_parts([key for key in ids if key not in self._counted]):
            rows = self._connection.execute(query.where(records.c.event_id.in_(some)))
            self._counted.update({row.event_id: row.words for row in rows})

    def keep(self, key: str, counted: str) -> None:
        """Take the counted words of a report that were read already."""
        self._counted[key] = counted

    def of(self, key: str) -> Vector:
        """The vector of a report: one of those that are compared, or one whose words are here."""
        if key not in self._counted:
            self.fetch(self._ids)
        if key not in self._vectors:
            (self._vectors[key],) = self._wording.vectors([self._counted[key]])
        return self._vectors[key]
