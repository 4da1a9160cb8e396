"""What the store has in touching cells, on near days and of fitting types: the reports, or the kinds of them.

For linking within the store. Reports of one kind have type, days, place and happening in common. What several reports ask
for alike is asked for once, and a few questions make one statement, written once for each mixture of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Integer,
    Select,
    String,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.engine import Connection, Row

from events.linking.blocks import blocks_around
from events.linking.likeness import DAYS_APART, LONGEST_SPAN_DAYS, Sketch, fitting_types, table_of
from events.store.database.schema import LONG_SPAN_DAYS, events, is_long

QUESTIONS_AT_ONCE = (4, 2, 1)  # in one statement, all of one shape: a new statement takes longer to write than to ask
MOST_TYPES = 8  # that fit one; fewer are filled up, so that statements are few
CELLS_ASKED = (0, 10, 22, 64, 600)  # the cells around a report are filled up to one of these
_NAMES: dict[str, Any] = {
    "shortest": Integer,
    "longest": Integer,
    "earliest": Integer,
    "latest": Integer,
    "table": String,
}
_HAPPENINGS: BindParameter[str] = bindparam("happenings", expanding=True)
_KIND = (events.c.type, events.c.start, events.c.end, events.c.lat, events.c.lon, events.c.radius_km, events.c.place_id,
         events.c.happening)  # fmt: skip

Value = TypeVar("Value")


class _Question(NamedTuple):
    """What is asked for: reports of these types that touch these days, in these cells or anywhere, not of this table."""

    cells: int
    of_a_table: bool
    earliest: int
    latest: int
    types: tuple[str, ...]
    blocks: tuple[int, ...]
    table: str


def kinds_near(connection: Connection, sketches: Mapping[str, Sketch]) -> Iterator[tuple[str, list[Row[Any]]]]:
    """By report, the kinds of the reports near it, its own among them: what they have in common, and the `id` of one."""
    return _near(connection, sketches, kinds=True)


def reports_near(
    connection: Connection, sketches: Mapping[str, Sketch], happenings: Collection[str] | None = None
) -> Iterator[tuple[str, list[Row[Any]]]]:
    """By report, the rows of `events` near it, its own among them; an undated report has none.

    happenings: only those that are of one of these, however many others they have.
    """
    return _near(connection, sketches, kinds=False, happenings=happenings)


def _near(
    connection: Connection, sketches: Mapping[str, Sketch], *, kinds: bool, happenings: Collection[str] | None = None
) -> Iterator[tuple[str, list[Row[Any]]]]:
    asking: dict[_Question, list[str]] = defaultdict(list)
    for key in sorted(sketches):
        if (question := _question(sketches[key])) is not None:
            asking[question].append(key)
    within = {} if happenings is None else {"happenings": sorted(happenings)}
    for some in _together(sorted(asking)):
        statement = _statement(len(some), some[0].cells, some[0].of_a_table, kinds, bool(within))
        asked = {name: value for at, one in enumerate(some) for name, value in _values(at, one).items()}
        found: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in connection.execute(statement, asked | within):
            found[row.question].append(row)
        yield from ((key, found[at]) for at, one in enumerate(some) for key in asking[one])


def _together(questions: Sequence[_Question]) -> Iterator[list[_Question]]:
    """The questions in few statements, those of one shape together."""
    for _, alike in groupby(questions, key=lambda one: (one.cells, one.of_a_table)):
        left = list(alike)
        while left:
            number = next(number for number in QUESTIONS_AT_ONCE if number <= len(left))
            yield left[:number]
            left = left[number:]


def _question(sketch: Sketch) -> _Question | None:
    if sketch.days is None:
        return None
    blocks, table = sorted(blocks_around(sketch) or ()), table_of(sketch.story_id)
    cells = next(number for number in CELLS_ASKED if number >= len(blocks))
    return _Question(
        cells, bool(table), sketch.days[0] - DAYS_APART, sketch.days[1] + DAYS_APART,
        _filled_up(sorted(fitting_types(sketch.type)), MOST_TYPES), _filled_up(blocks, cells), table,
    )  # fmt: skip


def _filled_up(values: Sequence[Value], number: int) -> tuple[Value, ...]:
    """The values with the last of them again and again, until there are so many."""
    return (*values, *[values[-1]] * (number - len(values))) if values else ()


def _values(at: int, question: _Question) -> dict[str, Any]:
    """What stands for the names in the statement of the question at this number."""
    values: dict[str, Any] = {
        f"shortest_{at}": question.earliest - LONG_SPAN_DAYS, f"longest_{at}": question.earliest - LONGEST_SPAN_DAYS,
        f"earliest_{at}": question.earliest, f"latest_{at}": question.latest,
    }  # fmt: skip
    values |= {f"type_{at}_{number}": name for number, name in enumerate(question.types)}
    values |= {f"block_{at}_{number}": block for number, block in enumerate(question.blocks)}
    if question.of_a_table:
        values[f"table_{at}"] = f"{question.table}:"
    return values


@cache
def _statement(questions: int, cells: int, of_a_table: bool, kinds: bool, within: bool) -> CompoundSelect[Any]:
    """The reports or their kinds, with the number of the `question` that each answers.

    Short reports that end late enough began a few days before at most; those that last long have an index of their own.
    """
    parts: list[Select[Any]] = []
    for at in range(questions):
        shortest, longest, earliest, latest, table = (
            bindparam(f"{name}_{at}", type_=kind) for name, kind in _NAMES.items()
        )
        short = events.c.start.between(shortest, latest)
        long = events.c.start.between(longest, shortest - 1) & is_long
        for span in (short, long):
            number = literal_column(str(at), Integer).label("question")
            one = select(number, *_KIND, func.min(events.c.id).label("id")) if kinds else select(number, events)
            one = one.where(
                span, events.c.end >= earliest, events.c.rejected.is_(False),
                events.c.type.in_([bindparam(f"type_{at}_{n}", type_=events.c.type.type) for n in range(MOST_TYPES)]),
            )  # fmt: skip
            if cells:
                one = one.where(events.c.block.in_([bindparam(f"block_{at}_{n}", type_=Integer) for n in range(cells)]))
            if of_a_table:  # who keeps such a table has parted its events already
                one = one.where(func.substr(events.c.story_id, 1, func.length(table)) != table)
            if within:  # not by their index: it has all reports of a happening, those of other years too
                one = one.where(func.coalesce(events.c.happening, "").in_(_HAPPENINGS))
            parts.append(one.group_by(*_KIND) if kinds else one)
    return union_all(*parts)
