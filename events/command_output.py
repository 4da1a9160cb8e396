"""What a command hands on to the next program: rows of JSON, a line each, in a file or on standard output.

For the commands that give data. Messages go to standard error (`events.terminal`).
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from events.terminal import json_line

Row = Mapping[str, Any]

Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here instead of to standard output.")
]


def write_rows(output: Path | None, rows: Iterable[Row]) -> None:
    """Write each row as it comes. A reader that has seen enough ("| head") ends the run without a complaint.

    output: None for standard output. Raises typer.BadParameter for a file that can't be written.
    """
    with _writing(output) as out:
        try:
            for row in rows:
                out.write(json_line(row) + "\n")
            out.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains when it ends
            raise typer.Exit(0) from None


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun.

    >>> counted(1, "story", "stories"), counted(0, "story", "stories")
    ('1 story', '0 stories')
    """
    return f"{number} {one if number == 1 else many}"


@contextmanager
def _writing(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        yield sys.stdout
        return
    try:
        out = output.open("w", encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(f"{output} can't be written: {error.strerror}", param_hint="-o") from error
    with out:
        yield out
