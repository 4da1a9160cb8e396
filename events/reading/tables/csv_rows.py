"""The rows of delimited text, each with the line on which it begins; one that can't be read holds up no other.

For tables of stories, and for those of events (`events.importing`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from events.reading.limits import MOST_CHARACTERS


def csv_rows(
    text: str, separator: str, broken: Callable[[int, str], None], *, quoted: bool = True
) -> Iterator[tuple[int, list[str]]]:  # fmt: skip
    r"""The rows that have a cell, in order. broken: told the line and the reason of a row that can't be read.

    quoted: whether quotation marks hold a cell together. A mark that nobody closed takes no more than the bound of one cell.

    >>> list(csv_rows('name;text\nRain;"It\nrained."\n\nSun;It shone.', ";", print))
    [(1, ['name', 'text']), (2, ['Rain', 'It\nrained.']), (5, ['Sun', 'It shone.'])]
    """
    csv.field_size_limit(MOST_CHARACTERS)
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
    after = 1
    while True:
        first = after
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            too_long = "field larger" in str(error)
            broken(first, f"a cell has more than {MOST_CHARACTERS:,} characters" if too_long else str(error))
            cells = []
        after = reader.line_num + 1
        if cells:
            yield first, cells
