"""Which kept reports are like these: sought by block, day and type, compared by place and day, and then by words.

For linking within the store. In a crowded place thousands of reports are alike in place, day and type: those are asked for
as one kind, and looked at one by one only where words decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection, Row

from events.linking.blocks import block_of, blocks_around
from events.linking.likeness import DAYS_APART, LINK_THRESHOLD, Sketch, likeness, may_fit
from events.linking.wording import Vector
from events.store.database.in_parts import in_parts
from events.store.database.rows import sketch_from
from events.store.database.schema import records
from events.store.grouping.near import kinds_near, reports_near
from events.store.grouping.wording import Wording

NO_WORDS: Vector = {}
WORDS_AT_ONCE = 20  # reports of one happening whose words are read together
STRETCH_DAYS = 4  # by which reports are found again by their days
_WORDS_OF = select(records.c.event_id, records.c.words).where(  # asked often, and so written once
    records.c.event_id.in_(bindparam("ids", expanding=True))
)

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
    """Each report is compared with those alone to which no pair leads yet, and which are of days that touch its own."""
    left = _ByDay({key: sketch_from(reports[key]) for key in sorted(reports)})
    reached: list[tuple[str, Sketch]] = []
    while left:
        key, own = reached.pop() if reached else left.take_last()
        for other, sketch in left.near(own):
            if _alike(key, own, other, sketch, words, _either_near):
                yield min(key, other), max(key, other)
                reached.append((other, sketch))
                left.take(other)


class _ByDay:
    """Reports that are left to be compared, found by the days that they touch."""

    def __init__(self, sketches: dict[str, Sketch]) -> None:
        """sketches: by report, in order."""
        self._left = sketches
        self._days: dict[int, dict[str, None]] = defaultdict(dict)
        for key, sketch in sketches.items():
            for stretch in _stretches(sketch, 0):
                self._days[stretch][key] = None

    def __bool__(self) -> bool:
        return bool(self._left)

    def near(self, own: Sketch) -> list[tuple[str, Sketch]]:
        """Those that may be of days that touch these, in order."""
        keys = {key for stretch in _stretches(own, DAYS_APART) for key in self._days.get(stretch, ())}
        return [(key, self._left[key]) for key in sorted(keys)]

    def take_last(self) -> tuple[str, Sketch]:
        """The last of them, which is no longer left."""
        key = next(reversed(self._left))
        return key, self.take(key)

    def take(self, key: str) -> Sketch:
        """Its sketch; it is no longer left."""
        sketch = self._left.pop(key)
        for stretch in _stretches(sketch, 0):
            del self._days[stretch][key]
        return sketch


def _stretches(sketch: Sketch, apart: int) -> range:
    """The numbers of the stretches of days that a report and so many days around it touch; none where it has no day."""
    if sketch.days is None:
        return range(0)
    first, last = sketch.days
    return range((first - apart) // STRETCH_DAYS, (last + apart) // STRETCH_DAYS + 1)


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
    yield from _linked_by_words(connection, sketches, {key: found for key, found in by_words.items() if found}, words)


def _linked_by_words(
    connection: Connection, sketches: Mapping[str, Sketch], by_words: Mapping[str, set[str]], words: _Words
) -> Iterator[Pair]:  # fmt: skip
    """Of each report with each of the happenings that its words decide on, one pair where they are alike enough."""
    asking = {key: sketches[key] for key in by_words}
    asked = {happening for found in by_words.values() for happening in found}
    for key, near in reports_near(connection, asking, asked) if asking else ():
        members: dict[str, list[tuple[str, Sketch]]] = defaultdict(list)
        for row in near:
            if row.happening in by_words[key]:
                members[row.happening].append((row.id, sketch_from(row)))
        words.fetch([key, *(other for some in members.values() for other, _ in some[:WORDS_AT_ONCE])])
        for happening in sorted(members):
            other = _first_alike(key, sketches[key], members[happening], words)
            if other is not None:
                yield min(key, other), max(key, other)


def _sketch_of_kind(kind: Row[Any]) -> Sketch:
    return Sketch("", kind.type, kind.start, kind.end, kind.lat, kind.lon, kind.radius_km, kind.place_id)


def _first_alike(key: str, own: Sketch, members: Sequence[tuple[str, Sketch]], words: _Words) -> str | None:
    """The first of these that is alike to a report; of a crowd the words of a few are read, as a rule one of them is."""
    for first in range(0, len(members), WORDS_AT_ONCE):
        some = members[first : first + WORDS_AT_ONCE]
        if first:  # the words of those before are read
            words.fetch([other for other, _ in some])
        for other, sketch in some:
            if _alike(key, own, other, sketch, words, _near):
                return other
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
        for some in in_parts([key for key in ids if key not in self._counted]):
            rows = self._connection.execute(_WORDS_OF, {"ids": some})
            self._counted.update({row.event_id: row.words for row in rows})

    def of(self, key: str) -> Vector:
        """The vector of a report: one of those that are compared, or one whose words are here."""
        if key not in self._counted:
            self.fetch(self._ids)
        if key not in self._vectors:
            (self._vectors[key],) = self._wording.vectors([self._counted[key]])
        return self._vectors[key]
