"""Delimited text to rows by column name, each with its line, whatever parts the cells.

For the readers of tables. A row that can't be read is a problem and holds up no other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from events.importing.result import RowError
from events.reading.result import Problem
from events.reading.tables.csv_rows import csv_rows

SEPARATORS = "\t,;|"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: the number of the line on which it begins, and its cells by lower-case column name."""

    line: int
    cells: dict[str, str]

    def get(self, name: str) -> str:
        """The cell of a column without the blanks around it; "" where there is none."""
        return self.cells.get(name, "").strip()

    def number(self, name: str) -> float | None:
        """The cell as a finite number, None for an empty one. Raises RowError for what is none."""
        text = self.get(name)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError as error:
            raise RowError(f"has a {name} that is no number: {text[:40]!r}") from error
        if not math.isfinite(value):
            raise RowError(f"has a {name} that is no number: {text[:40]!r}")
        return value

    def whole(self, name: str) -> int | None:
        """The cell as a whole number ("2" or "2.0"), None for an empty one. Raises RowError for what is none."""
        value = self.number(name)
        if value is not None and value != int(value):
            raise RowError(f"has a {name} that is no whole number: {value}")
        return None if value is None else int(value)


@dataclass(slots=True)
class Delimited:
    """A table: its lower-case column names, its text, what parts the cells, and what was wrong with its rows."""

    name: str
    columns: tuple[str, ...]
    text: str
    separator: str
    has_header: bool = True
    problems: list[Problem] = field(default_factory=list)

    def rows(self) -> Iterator[TableRow]:
        """The rows in order. One with more or fewer cells than there are columns is a problem."""
        for line, cells in _rows(self.text, self.separator, self._broken):
            if self.has_header and line == 1:
                continue
            if len(cells) != len(self.columns):
                said = f"has {len(cells)} cells where the table has {len(self.columns)} columns"
                self.problems.append(Problem(self.name, line, said))
                continue
            yield TableRow(line, dict(zip(self.columns, cells, strict=True)))

    def _broken(self, line: int, why: str) -> None:
        self.problems.append(Problem(self.name, line, f"can't be read: {why}"))


def table_of(text: str, name: str) -> Delimited:
    """The table of a text: its first line gives the columns and, by what it has most of, the sign that parts them."""
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    _, names = next(_rows(text, separator, lambda _line, _why: None), (1, []))
    return Delimited(name, tuple(cell.strip().lower() for cell in names), text, separator)


def _rows(text: str, separator: str, broken: Callable[[int, str], None]) -> Iterator[tuple[int, list[str]]]:
    """The rows. Tab-separated exports (GDELT's) quote nothing, so a lone quotation mark opens nothing there."""
    return csv_rows(text, separator, broken, quoted=separator != "\t")
