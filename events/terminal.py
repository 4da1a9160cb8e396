"""Words from strangers on a terminal: nothing in them that it would obey, and nothing that turns the reading around.

For the commands. Headlines, ids, names of files and what servers answer stand in messages; stories go to standard output
as JSON, where the same signs are escaped: a reader of the JSON gets the story to the character.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from rich.console import Console

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
