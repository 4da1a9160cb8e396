"""CSV and its like to stories.

For files.py. A row that can't be read is a problem and holds up no other.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from events.reading.result import Problem, Result
from events.reading.tables.columns import names_a_table
from events.reading.tables.csv_rows import csv_rows
from events.reading.tables.rows import Row, stories_of_rows

_SEPARATORS = ",\t;|"
_FORMS = (".csv", ".tsv", ".tab")
_LONGEST_HEAD = 4_000


def is_table(text: str, name: str) -> bool:
    r"""Whether a text is a table of stories: its first line names such columns, or its file is called so.

    >>> is_table("title,text\nRain,It rained.", "x"), is_table("Rain, it rained, fell.", "x")
    (True, False)
    """
    first = _first_line(text)
    if not 0 < len(first) <= _LONGEST_HEAD:
        return False
    separator = _separator(first)
    if first.count(separator) < 1:
        return False
    return name.lower().endswith(_FORMS) or names_a_table(_cells(first, separator))


def read_table(text: str, name: str) -> Result:
    """The stories of a delimited text; name stands in the problems."""
    problems: list[Problem] = []
    result = stories_of_rows(_rows(text.removeprefix("\ufeff"), name, problems), name)
    return Result(result.stories, (*problems, *result.problems), result.spans, result.notes)


def _first_line(text: str) -> str:
    head = text[: _LONGEST_HEAD + 1].removeprefix("\ufeff").lstrip("\r\n")
    return head.partition("\n")[0].rstrip("\r")


def _separator(first: str) -> str:
    return max(_SEPARATORS, key=first.count)


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _rows(text: str, name: str, problems: list[Problem]) -> Iterator[Row]:
    """The rows, each with the line on which it begins."""

    def broken(line: int, why: str) -> None:
        problems.append(Problem(name, line, f"can't be read: {why}"))

    return csv_rows(text, _separator(_first_line(text)), broken)
