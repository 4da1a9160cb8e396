"""The sheets of an .xlsx workbook to stories: what the cells show, formulas never worked out.

For files.py. A workbook is a zip of XML: its parts are weighed before openpyxl sees them.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl  # type: ignore[import-untyped]

from events.reading.archives import printable
from events.reading.result import MEMBER, Problem, Result, joined
from events.reading.tables.rows import Row, stories_of_rows

MOST_ROWS = 1_048_576  # what Excel can hold; a file may claim more
MOST_COLUMNS = 512
_MOST_SHEETS = 200


def read_workbook(data: bytes, name: str) -> Result:
    """The stories of all sheets. data: a workbook whose parts were looked at; name stands in the problems."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what openpyxl leaves out: styles, pictures
            workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            return _all_sheets(workbook, name)
    except Exception as error:  # a broken workbook breaks openpyxl in many ways
        return Result(problems=(Problem(name, None, f"is a workbook that can't be read: {type(error).__name__}"),))


def _all_sheets(workbook: Any, name: str) -> Result:
    sheets = workbook.worksheets[:_MOST_SHEETS]
    many = len(sheets) > 1
    results = []
    for sheet in sheets:
        own = f"{name}{MEMBER}{printable(sheet.title)}" if many else name
        broken: list[Problem] = []
        found = stories_of_rows(_rows(sheet, own, broken), own, "sheet")
        if many and not found.stories and not broken:
            found = Result(notes=found.notes)  # a sheet of notes beside the one with the stories
        results.append((own, Result(found.stories, (*found.problems, *broken), found.spans, found.notes)))
    whole = joined(results)
    if whole.stories or whole.problems:
        return whole
    return Result(
        problems=(
            Problem(name, None, 'has no sheet with a column that looks like the text of stories: name one "text"'),
        )
    )


def _rows(sheet: Any, name: str, broken: list[Problem]) -> Iterator[Row]:
    number = 0
    try:
        for number, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS, values_only=True), 1):
            values = [shown(cell) for cell in cells[:MOST_COLUMNS]]
            if any(values):
                yield number, values
    except Exception as error:
        broken.append(Problem(name, number + 1, f"can't be read from this row on: {type(error).__name__}"))


def shown(value: Any) -> str:
    """What a cell shows.

    >>> shown(datetime(2025, 3, 8, 9, 30)), shown(None), shown(7.0)
    ('2025-03-08', '', '7')
    """
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
