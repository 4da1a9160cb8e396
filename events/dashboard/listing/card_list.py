"""The cards of the list as one element of the page: its data, and what a click on a card gives back.

For the list. A card a widget of Streamlit's own would be three elements each, and a choice that brings other events would
make them all anew. What comes from a story crosses as JSON and is written by card_list.js as text, never as HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from events.dashboard.listing.cards import FACT, taking_part
from events.dashboard.reviewing.reasons import touched_by
from events.look import wording
from events.look.marks import mark_uri
from events.look.theme import Theme
from events.model import Event
from events.view import EventTable, View

SCRIPT = Path(__file__).with_name("card_list.js")
KEY = "cards"


def card_list(
    events: Sequence[Event], view: View, opened: Event | None, theme: Theme, *, year: bool, on_open: Callable[[str], None]
) -> None:  # fmt: skip
    """Write the cards of some of the view's events. opened: the open event; year: whether dates need one; on_open: called
    with the id of the event whose card was clicked.
    """

    def heard() -> None:
        event_id = clicked(st.session_state.get(KEY), view.table)
        if event_id:
            on_open(event_id)

    _component()(key=KEY, data=card_data(events, view, opened, theme, year=year), on_opened_change=heard)


def card_data(events: Sequence[Event], view: View, opened: Event | None, theme: Theme, *, year: bool) -> dict[str, Any]:
    """What the script gets: a row for each event, and the pictures of their marks, each once."""
    pictures: dict[str, int] = {}
    cards = []
    for event in events:
        row = _row(event, view.numbers.get(event.id), view.table, theme, year=year)
        picture = mark_uri(event.status, theme.families[event.family], theme)
        cards.append(row | {"picture": pictures.setdefault(picture, len(pictures)), "open": event is opened})
    return {"cards": cards, "pictures": list(pictures)}


def clicked(answer: Any, table: EventTable) -> str | None:
    """The id of the event whose card was clicked; None where a browser says anything else."""
    event_id = answer.get("opened") if isinstance(answer, Mapping) else None
    return event_id if isinstance(event_id, str) and table.row_of(event_id) is not None else None


def _row(event: Event, number: int | None, table: EventTable, theme: Theme, *, year: bool) -> dict[str, Any]:
    filled = event.status in FACT
    country = table.country_name(event.place.country) if event.place else ""
    touched = touched_by(event)
    return {
        "id": event.id, "number": number, "status": event.status, "hollow": not filled,
        "ink": theme.numerals[theme.families[event.family]] if filled else theme.ink,
        "when": wording.when_in_short(event.when, year), "type": event.type,
        "told": "" if event.status == "occurred" else event.status, "what": event.what,
        "where": wording.place_name(event.place, country), "touched": f" · {touched}" if touched else "",
        "who": taking_part(event, table.country_name),
        "label": f"Open event {number}: {event.what}" if number else f"Open event: {event.what}",
    }  # fmt: skip


@cache
def _component() -> Any:
    return st.components.v2.component("dateline_cards", js=SCRIPT.read_text(encoding="utf-8"), isolate_styles=False)
