"""Other people's event tables to events, by what columns they have; bad rows are named and good ones kept.

GDELT 2 and 1, ACLED, UCDP GED. What an event can't be made of is a problem with its file and line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import ValidationError

from events.importing import acled, gdelt, ucdp
from events.importing.delimited import Delimited, TableRow, table_of
from events.importing.result import Imported, Record, RowError
from events.importing.table_places import Places
from events.reading.result import Problem

OURS = frozenset({"event", "event_text", "place_precision"})  # columns of our own CSV


@dataclass(frozen=True, slots=True)
class Source:
    """A source of tables: its name, the columns by which it is known, and what makes an event of a row."""

    name: str
    needed: frozenset[str]
    record_of: Callable[[TableRow, Places], Record]


SOURCES = (
    Source(gdelt.NAME, gdelt.NEEDED, gdelt.record_of),
    Source(acled.NAME, acled.NEEDED, acled.record_of),
    Source(ucdp.NAME, ucdp.NEEDED, ucdp.record_of),
)


def read_table(text: str, name: str, gazetteer: Places) -> Imported:
    """The events of a delimited table. One of no source that is known is a problem that says which columns are missed."""
    table = table_of(text, name)
    if gdelt.is_headerless(table.columns):
        table.columns, table.has_header = gdelt.columns_of(table.columns), False
    columns = set(table.columns)
    source = next((source for source in SOURCES if source.needed <= columns), None)
    if source is None:
        return Imported("unknown", problems=(Problem(name, None, _why_unknown(columns)),))
    return _read_rows(table, source, gazetteer)


def _read_rows(table: Delimited, source: Source, gazetteer: Places) -> Imported:
    records: dict[str, Record] = {}
    problems: list[Problem] = []
    for row in table.rows():
        try:
            record = source.record_of(row, gazetteer)
        except (RowError, ValidationError, OverflowError) as error:
            problems.append(Problem(table.name, row.line, _reason(error)))
            continue
        if records.setdefault(record.story.id, record) != record:
            problems.append(Problem(table.name, row.line, f"has the id of another row: {record.story.id}"))
        elif record.note:
            problems.append(Problem(table.name, row.line, f"is kept without a place: {record.note}"))
    every = sorted((*table.problems, *problems), key=lambda problem: problem.line or 0)
    return Imported(source.name, tuple(records.values()), tuple(every))


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        return f"has a {'.'.join(str(part) for part in first['loc'])} that can't be: {str(first['input'])[:40]}"
    return str(error) if isinstance(error, RowError) else f"has a number or a day out of reach: {error}"


def _why_unknown(columns: set[str]) -> str:
    if columns >= OURS:
        return "is Dateline's CSV, which leaves things out: import the GeoJSON or the JSON Lines of the same view"
    nearest = min(SOURCES, key=lambda source: len(source.needed - columns))
    missed = ", ".join(sorted(nearest.needed - columns))
    return f"is no table of GDELT, ACLED or UCDP GED: for {nearest.name} it lacks {missed}"
