"""CSV for spreadsheets and scripts: one row an event, and no cell that a spreadsheet would run.

RFC 4180 with a byte order mark, without which Excel takes UTF-8 for something else. A text that begins with a sign that
starts a formula gets an apostrophe before it, and so does one after a semicolon, which parts cells in half of Europe
(OWASP, "CSV Injection"). Numbers are numbers: a negative longitude stays as it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date

from events.exporting.dataset import Dataset, Grounded, Scope
from events.exporting.rows import NAMES, Cell, plain, row_of

LONGEST_CELL = 32_000  # Excel breaks a cell of more than 32,767 characters in two
_SPACES = re.compile(r"[\t\r\n\x85\u2028\u2029]+")
_FORMULA = re.compile(r"(^|;)([\s\"']*)(?=[=+\-@＝＋－＠])")


def csv_table(dataset: Dataset) -> bytes:
    """The dataset as CSV in UTF-8: a header, then a row an event; all texts quoted."""
    return b"".join(csv_in_parts(dataset.scope, dataset.grounded()))


def csv_in_parts(_scope: Scope, events: Iterable[Grounded]) -> Iterator[bytes]:
    """The same, as the events come."""
    yield _line(NAMES).encode("utf-8-sig")
    for event, ground in events:
        row = row_of(event, ground)
        yield _line([_cell(row[name]) for name in NAMES]).encode("utf-8")


def _line(cells: Iterable[str | float | int]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def safe_text(text: str) -> str:
    """A text as one line that starts no formula.

    >>> safe_text("=1+1"), safe_text("A deal; @SUM(A1)"), safe_text("Talks - at last")
    ("'=1+1", "A deal;' @SUM(A1)", 'Talks - at last')
    """
    line = _SPACES.sub(" ", plain(text))
    cut = line if len(line) <= LONGEST_CELL else line[: LONGEST_CELL - 1] + "…"
    return _FORMULA.sub(r"\1'\2", cut)


def _cell(value: Cell) -> str | float | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return safe_text(value) if isinstance(value, str) else value
