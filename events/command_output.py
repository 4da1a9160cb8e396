"""What a command hands on to the next program: rows of JSON, a line each, or bytes; in a file or on standard output.

For the commands that give data. Messages go to standard error (`events.terminal`).
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
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
            _take_no_more()
            raise typer.Exit(0) from None


def write_bytes(output: Path | None, data: bytes) -> None:
    """Write a file whole or not at all; a reader of standard output that has seen enough is no error.

    output: None for standard output. Raises typer.BadParameter for a file that can't be written.
    """
    write_parts(output, [data])


def write_parts(output: Path | None, parts: Iterable[bytes]) -> None:
    """The same of data that come in parts, which are written as they come."""
    if output is None:
        try:
            sys.stdout.buffer.writelines(parts)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            _take_no_more()
        return
    beside = output.with_name(output.name + ".part")
    try:
        with beside.open("wb") as file:
            file.writelines(parts)
        beside.replace(output)
    except OSError as error:
        raise _unwritten(output, error) from error
    finally:
        with suppress(OSError):  # where nothing could be written, nothing is there
            beside.unlink()


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
        raise _unwritten(output, error) from error
    with out:
        yield out


def _unwritten(output: Path, error: OSError) -> typer.BadParameter:
    return typer.BadParameter(f"{output} can't be written: {error.strerror}", param_hint="-o")


def _take_no_more() -> None:
    """Nobody reads standard output any more: else Python complains when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
