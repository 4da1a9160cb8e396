"""Going back or forward in the browser, told apart from a browser that still shows the address before the last choice.

For the page. Each run of the script brings an address along, and one that is late looks like one that was gone back to;
so a small script in the page says when somebody did go, and where to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from events.dashboard.desk.url_state import Params

SCRIPT = Path(__file__).with_name("going_back.js")
MOST_FIELDS = 500  # of an address; what has more was not written by the page


@dataclass(frozen=True, slots=True)
class Went:
    """Where somebody went in the browser's history. turn: another at each time; it comes again with every later run."""

    params: Params
    turn: str


def went() -> Went | None:
    """Listen to the browser's history. Where somebody went last; None for nowhere yet."""
    return went_from(_component()(key="going_back", on_gone_change=_nothing).gone)


def went_from(answer: Any) -> Went | None:
    """What the script's answer says; None for none, and for what is no answer of its.

    >>> went_from({"to": "?status=planned&status=alleged", "turn": "1.5"})
    Went(params={'status': ['planned', 'alleged']}, turn='1.5')
    """
    if not isinstance(answer, Mapping):
        return None
    to, turn = answer.get("to"), answer.get("turn")
    if not isinstance(to, str) or not isinstance(turn, str):
        return None
    try:
        return Went(parse_qs(to.removeprefix("?"), max_num_fields=MOST_FIELDS), turn)
    except ValueError:
        return None


@cache
def _component() -> Any:
    return st.components.v2.component("dateline_going_back", js=SCRIPT.read_text(encoding="utf-8"))


def _nothing() -> None:
    """Streamlit wants a callback for each value that a component gives back."""
