"""Words from strangers on a terminal: nothing in them that it would obey, and nothing that turns the reading around.

For the commands and the page's server. Headlines, ids, names of files and what servers answer stand in messages; stories go
to standard output as JSON, where the same signs are escaped: a reader of the JSON gets the story to the character. What
the libraries log, warn of or break with may hold a stranger's words too, and so may the words of a refused option.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, cast

import typer
from rich.console import Console
from typer.core import TyperGroup

from events.model import DatelineError
from geodata.place import GazetteerError

# Controls of both sets, halves of characters, ends of lines by another name, and the marks that change the direction of
# writing: a terminal obeys them or shows other words than there are. Joiners, which some scripts need, stay.
_OBEYED = (
    r"\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f"
)
_IN_A_MESSAGE = re.compile(rf"[\x00-\x1f{_OBEYED}]")
_IN_JSON = re.compile(rf"[{_OBEYED}]")


def on_a_terminal(text: str) -> str:
    r"""The text on one line, with a mark for each sign that a terminal would obey: a headline can't pass for a message.

    >>> on_a_terminal("Quake\x1b[2J in \u202eruS\x9b1m\nThe store is sound.")
    'Quake\ufffd[2J in \ufffdruS\ufffd1m The store is sound.'
    """
    return _IN_A_MESSAGE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\n", " ").replace("\t", " "))


def lines_on_a_terminal(text: str) -> str:
    r"""The text with its lines, for logs: all but the first are set in, so that none of them passes for a line of its own.

    >>> lines_on_a_terminal("broke on \x1b[2J\n2025-03-01 all is well")
    'broke on \ufffd[2J\n    2025-03-01 all is well'
    """
    return "\n    ".join(map(on_a_terminal, text.rstrip("\n").split("\n")))


def json_line(row: Mapping[str, Any]) -> str:
    r"""A row as one line of JSON in UTF-8 that is the same value and does nothing to a terminal.

    >>> print(json_line({"title": "Córk \u202e\x9b\x1b"}))
    {"title": "Córk \u202e\u009b\u001b"}
    """
    return _IN_JSON.sub(_escaped, json.dumps(row, ensure_ascii=False))


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]


class Messages(Console):
    """Standard error, for messages in plain words: no markup, no colours for numbers, no line broken by the width."""

    def __init__(self) -> None:
        super().__init__(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)

    def print(self, *said: Any, **how: Any) -> None:
        """Print a message; of strings only what a terminal may be given."""
        super().print(*(on_a_terminal(one) if isinstance(one, str) else one for one in said), **how)


@contextmanager
def told_as_bad_use(messages: Messages) -> Iterator[None]:
    """What the caller can put right ends a command with its message and exit status 2, not with a traceback."""
    try:
        yield
    except (DatelineError, GazetteerError) as error:
        messages.print(str(error))
        raise typer.Exit(2) from error


class Commands(TyperGroup):
    """The commands; what is wrong with a line that was typed is said without what a terminal would obey."""

    def make_context(self, *given: Any, **named: Any) -> Any:
        """As of any group."""
        with _plain_refusal():
            return super().make_context(*given, **named)

    def invoke(self, ctx: Any) -> Any:
        """As of any group."""
        with _plain_refusal():
            return super().invoke(ctx)


@contextmanager
def _plain_refusal() -> Iterator[None]:
    refusal = cast(Any, typer.BadParameter.__bases__[0])  # of bad use; Typer names it nowhere
    try:
        yield
    except refusal as error:
        raise refusal(on_a_terminal(error.format_message()), error.ctx) from error


def guard_logs() -> None:
    """From now on what this process logs, warns of and breaks with does nothing to a terminal, and no line is forged."""
    logging.setLogRecordFactory(_PlainRecord)
    warnings.showwarning = _warn
    sys.excepthook = _break


class _PlainRecord(logging.LogRecord):
    """A line of a log, whoever writes it and however it is laid out."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.exc_info and self.exc_info[0]:
            self.exc_text = lines_on_a_terminal("".join(traceback.format_exception(*self.exc_info)))

    def getMessage(self) -> str:
        return lines_on_a_terminal(super().getMessage())


def _warn(message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: Any, **__: Any) -> None:
    _complain(f"{filename}:{lineno}: {category.__name__}: {message}")


def _break(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
    _complain("".join(traceback.format_exception(kind, error, at)))


def _complain(text: str) -> None:
    sys.stderr.write(lines_on_a_terminal(text) + "\n")
