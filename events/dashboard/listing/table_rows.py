"""The events of a view as rows of a table: which columns there are, in which order they can stand, and their values.

For `events.dashboard.listing.table` and the link. Knows no Streamlit. Rows are put in order by columns of numbers, before any
event is read: of a million, only those that are written are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.io.formats.style import Styler

from events.dashboard.listing.evidence import is_web_address
from events.look import wording
from events.model import DatePrecision, Event
from events.store.columns.columns import Ints
from events.view import View

MOST_ROWS = 1_000  # written at a time: all of them cross to the browser
COLUMNS = {
    "number": "No.",
    "start": "From",
    "end": "To",
    "what": "What",
    "place": "Place",
    "country": "Country",
    "type": "Type",
    "family": "Kind",
    "status": "Told as",
    "actors": "Actors",
    "source": "Source",
    "reports": "Reports",
    "sureness": "Sure",
    "precision": "Placed as",
    "published": "First reported",
    "link": "Story",
}
USUAL_COLUMNS = ("number", "start", "what", "place", "type", "status", "source", "reports", "sureness")
ORDERS = {
    "start": "Date, first to last",
    "-start": "Date, last to first",
    "-published": "Newest report first",
    "-sureness": "Surest first",
    "sureness": "Least sure first",
    "type": "Type",
    "status": "How it is told",
    "place": "Place",
    "country": "Country",
}
USUAL_ORDER = "start"


def ordered_rows(view: View, rows: Ints, order: str) -> Ints:
    """Rows that stand in order of time, put in an order of `ORDERS`; what is equal in it stays in order of time."""
    name = order.removeprefix("-")
    if name == "start":
        return rows[::-1] if order.startswith("-") else rows
    values = _values(view, name)[rows]
    return rows[np.argsort(-values if order.startswith("-") else values, kind="stable")]


def _values(view: View, name: str) -> NDArray[Any]:
    """Numbers by which all rows of the table can be put in order. Names stand in the order of the alphabet."""
    columns = view.table.columns
    if name == "published":
        return columns.published
    if name == "sureness":
        return columns.sureness
    if name == "type":
        return columns.types
    if name == "status":
        return columns.statuses
    texts = [
        place.name if name == "place" else view.table.country_name(place.country) for place in columns.known_places
    ]
    ranks = {text: rank for rank, text in enumerate(sorted(set(texts), key=_alphabetical))}
    return np.array([ranks[text] for text in texts] + [len(ranks)])[columns.places]


def frame(events: Sequence[Event], view: View) -> pd.DataFrame:
    """The rows of these events, with all columns, as a frame whose index are the events' ids."""
    rows = [{name: value(event, view) for name, value in _CELLS.items()} for event in events]
    return pd.DataFrame(rows, index=[event.id for event in events], columns=list(_CELLS))


def as_shown(rows: pd.DataFrame, events: Sequence[Event]) -> Styler:
    """A frame of these events whose days are written no more exactly than they are known ("2025"), and stay days: a column
    of them is put in order by day.
    """
    shown = rows.style.format(na_rep="").format(partial(wording.day, year=True), na_rep="", subset=["published"])
    for precision in get_args(DatePrecision):
        ids = [event.id for event in events if event.when and event.when.precision == precision]
        shown.format(partial(wording.as_known, precision=precision), subset=(ids, ["start", "end"]))
    return shown


def _alphabetical(text: str) -> tuple[bool, str]:
    return not text, text.casefold()  # what has none comes last


def _first_report(event: Event) -> date | None:
    return min((report.published for report in event.reports if report.published), default=None)


def _sources(event: Event) -> str:
    return ", ".join(dict.fromkeys(report.source for report in event.reports if report.source))


def _link(event: Event) -> str | None:
    urls = (report.url for report in event.reports if report.url and is_web_address(report.url))
    return next(urls, None)


_CELLS: dict[str, Callable[[Event, View], Any]] = {
    "number": lambda event, view: view.numbers.get(event.id),
    "start": lambda event, _: event.when.start if event.when else None,
    "end": lambda event, _: event.when.end if event.when else None,
    "what": lambda event, _: event.what,
    "place": lambda event, _: event.place.name if event.place else "",
    "country": lambda event, view: view.table.country_name(event.place.country) if event.place else "",
    "type": lambda event, _: event.type.title(),
    "family": lambda event, _: event.family,
    "status": lambda event, _: event.status,
    "actors": lambda event, _: ", ".join(actor.name for actor in event.actors),
    "source": lambda event, _: _sources(event),
    "reports": lambda event, _: len(event.reports),
    "sureness": lambda event, _: min(event.confidence, event.place.confidence) if event.place else event.confidence,
    "precision": lambda event, _: event.place.precision if event.place else "",
    "published": lambda event, _: _first_report(event),
    "link": lambda event, _: _link(event),
}
