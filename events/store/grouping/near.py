"""What the store has in touching cells, on near days and of fitting types: the reports, or the kinds of them.

For linking within the store. Reports of one kind have type, days, place and happening in common. What several reports ask
for alike is asked for once, and a few questions make one statement, written once for each mixture of them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import TextClause, text
from sqlalchemy.engine import Connection, Row

from events.linking.blocks import blocks_around
from events.linking.likeness import DAYS_APART, LONGEST_SPAN_DAYS, Sketch, fitting_types, table_of
from events.store.database.schema import LONG_SPAN_DAYS

QUESTIONS_AT_ONCE = (4, 2, 1)  # in one statement, all of one shape: there are few statements, and each is written once
_KIND = 'events.type, events.start, events."end", events.lat, events.lon, events.radius_km, events.place_id, events.happening'
_SPANS = (
    "events.start BETWEEN :shortest_{at} AND :latest_{at}",
    f'events.start BETWEEN :longest_{{at}} AND :before_{{at}} AND events."end" - events.start > {LONG_SPAN_DAYS}',
)
# SQLite keeps no count of what an index tells apart, and would look for days and types all over the Earth: so it is told to
# go by cell, type and day, in this order.
_AMONG = {
    "sqlite": "FROM json_each(:types_{at}) AS of_type CROSS JOIN json_each(:blocks_{at}) AS of_block CROSS JOIN events "
    "WHERE events.block = of_block.value AND events.type = of_type.value",
    "postgresql": "FROM events WHERE events.block = ANY(:blocks_{at}) AND events.type = ANY(:types_{at})",
}
_AMONG_ANYWHERE = {
    "sqlite": "FROM json_each(:types_{at}) AS of_type CROSS JOIN events WHERE events.type = of_type.value",
    "postgresql": "FROM events WHERE events.type = ANY(:types_{at})",
}
_NOT_OF_THE_TABLE = "substr(events.story_id, 1, length(:table_{at})) <> :table_{at}"
_WITHIN = {  # not by its index: that has the reports of all other days too
    "sqlite": "coalesce(events.happening, '') IN (SELECT value FROM json_each(:happenings))",
    "postgresql": "coalesce(events.happening, '') = ANY(:happenings)",
}


class _Question(NamedTuple):
    """What is asked for: reports of these types that touch these days, in these cells or anywhere, not of this table."""

    anywhere: bool
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
    dialect = connection.dialect.name
    asking: dict[_Question, list[str]] = defaultdict(list)
    for key in sorted(sketches):
        if (question := _question(sketches[key])) is not None:
            asking[question].append(key)
    within = {} if happenings is None else {"happenings": _listed(dialect, sorted(happenings))}
    for some in _together(sorted(asking)):
        statement = _statement(dialect, len(some), some[0].anywhere, some[0].of_a_table, kinds, bool(within))
        asked = {name: value for at, one in enumerate(some) for name, value in _values(dialect, at, one).items()}
        found: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in connection.execute(statement, asked | within):
            found[row.question].append(row)
        yield from ((key, found[at]) for at, one in enumerate(some) for key in asking[one])


def _together(questions: Sequence[_Question]) -> Iterator[list[_Question]]:
    """The questions in few statements, those of one shape together."""
    for _, alike in groupby(questions, key=lambda one: (one.anywhere, one.of_a_table)):
        left = list(alike)
        while left:
            number = next(number for number in QUESTIONS_AT_ONCE if number <= len(left))
            yield left[:number]
            left = left[number:]


def _question(sketch: Sketch) -> _Question | None:
    if sketch.days is None:
        return None
    blocks, table = blocks_around(sketch), table_of(sketch.story_id)
    return _Question(
        blocks is None, bool(table), sketch.days[0] - DAYS_APART, sketch.days[1] + DAYS_APART,
        tuple(sorted(fitting_types(sketch.type))), tuple(sorted(blocks or ())), table,
    )  # fmt: skip


def _values(dialect: str, at: int, question: _Question) -> dict[str, Any]:
    """What stands for the names in the statement of the question at this number."""
    values: dict[str, Any] = {
        f"shortest_{at}": question.earliest - LONG_SPAN_DAYS, f"longest_{at}": question.earliest - LONGEST_SPAN_DAYS,
        f"before_{at}": question.earliest - LONG_SPAN_DAYS - 1, f"earliest_{at}": question.earliest,
        f"latest_{at}": question.latest, f"types_{at}": _listed(dialect, question.types),
    }  # fmt: skip
    if not question.anywhere:
        values[f"blocks_{at}"] = _listed(dialect, question.blocks)
    if question.of_a_table:
        values[f"table_{at}"] = f"{question.table}:"
    return values


def _listed(dialect: str, values: Sequence[str] | Sequence[int]) -> Any:
    """Values, however many, as one that is bound: a statement takes some ten thousand of them at most."""
    return json.dumps(values) if dialect == "sqlite" else list(values)


@cache
def _statement(
    dialect: str, questions: int, anywhere: bool, of_a_table: bool, kinds: bool, within: bool
) -> TextClause:  # fmt: skip
    """The reports or their kinds, with the number of the `question` that each answers.

    Short reports that end late enough began a few days before at most; those that last long have an index of their own.
    """
    columns = f"{_KIND}, min(events.id) AS id" if kinds else "events.*"
    conditions = ['events."end" >= :earliest_{at}', "NOT events.rejected"]
    if of_a_table:  # who keeps such a table has parted its events already
        conditions.append(_NOT_OF_THE_TABLE)
    conditions += [_WITHIN[dialect]] if within else []
    among = (_AMONG_ANYWHERE if anywhere else _AMONG)[dialect]
    parts = [
        " ".join(["SELECT {at} AS question,", columns, among, "AND", " AND ".join([span, *conditions])])
        + (f" GROUP BY {_KIND}" if kinds else "")
        for span in _SPANS
    ]
    return text(" UNION ALL ".join(part.format(at=at) for at in range(questions) for part in parts))
