"""The briefing before it leaves the house: a preview, its headline, the order of its events, and which to leave out.

For the page, behind the Briefing button. Nothing is kept: what is decided here holds for the files that are taken from
here. A file is made when its button is pressed; the preview is the very picture that the PNG button gives.
"""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any, cast

import pandas as pd
import streamlit as st

from events.briefing import Briefing, BriefingError, Choices, Layout, Paper, Sheet, compose, png
from events.briefing.composing import MOST_EVENTS
from events.briefing.newest import newest_rows
from events.dashboard.handing_over.brief_command import written
from events.look import locale, wording
from events.view import EventTable, View
from geodata.gazetteer import Gazetteer

FORMATS = {"PDF": ".pdf", "PNG": ".png", "SVG": ".svg", "Markdown": ".md", "HTML": ".html"}
KINDS = {
    ".pdf": "application/pdf", ".png": "image/png", ".svg": "image/svg+xml", ".md": "text/markdown", ".html": "text/html",
}  # fmt: skip
SHEETS: dict[str, tuple[Layout, Paper]] = {
    "A4": ("page", "a4"), "Letter": ("page", "letter"), "Slide 16:9": ("slide", "a4")
}  # fmt: skip
MOST_OFFERED = 200  # events to order and to leave out; a longer view wants narrowing first
SIDE = 420  # px, of the column beside the preview
LONGEST_TITLE = 160
LONGEST_CELL = 90


@st.dialog("Briefing", width="large")
def briefing_dialog(table: EventTable, view: View, gazetteer: Gazetteer) -> None:
    """Write the dialog."""
    given = composed(view, table, gazetteer, Choices())
    desk = st.container(key="briefing_desk", horizontal=True, gap=24)
    side = desk.container(key="briefing_side", width=SIDE, gap=14)
    with side:
        title = st.text_input("Headline", placeholder=given.title, max_chars=LONGEST_TITLE, key="briefing_title") or ""
        name = st.segmented_control("Layout", list(SHEETS), default="A4", required=True, key="briefing_sheet")
        sheet = Sheet(*SHEETS[name or "A4"])
        choices = _choices(view, title)
    try:
        briefing = composed(view, table, gazetteer, choices)
        with side:
            _downloads(briefing, sheet)
            if st.button("Show as a page for screenshots", type="tertiary", key="to_sheet", on_click=_to_sheet):
                st.rerun()  # a dialog runs by itself: without this the page would stay
        with desk.container(key="briefing_page"), st.spinner("Drawing the sheet"):
            st.image(_preview(briefing, sheet), width="stretch")
    except BriefingError as error:
        desk.html(f'<div class="trouble" role="alert">{escape(str(error))}</div>')


def composed(view: View, table: EventTable, gazetteer: Gazetteer, choices: Choices) -> Briefing:
    """The briefing as `python -m events brief` composes it, whatever the viewer's locale is. Raises BriefingError."""
    with locale.usual():
        return compose(view, table, gazetteer, choices)


def choices_from(rows: pd.DataFrame, title: str) -> Choices:
    """What a person decided, from the edited rows: indexed by event id, with a rank and whether it is in.

    Events of one rank keep the order they have. A rank or a tick that was emptied counts as unchanged.

    >>> rows = pd.DataFrame({"Order": [2, 1, 3], "In": [True, True, False]}, index=["a", "b", "c"])
    >>> choices_from(rows, "Talks")
    Choices(title='Talks', order=('b', 'a', 'c'), left_out=frozenset({'c'}), as_of=None)
    """
    order = rows.sort_values("Order", kind="stable").index
    left_out = rows.index[~rows["In"].fillna(True).astype(bool)]
    return Choices(title, tuple(map(str, order)), frozenset(map(str, left_out)))


def rows_of(view: View) -> pd.DataFrame:
    """The events to decide about, in order of time: of too many the newest that can be drawn, then those only listed."""
    drawn = view.table.at(newest_rows(view, MOST_OFFERED))
    events = [*drawn, *view.undated[:MOST_OFFERED], *view.unplaced[:MOST_OFFERED]]
    return pd.DataFrame(
        {
            "In": [True for _ in events],
            "Order": [float(number) for number in range(1, len(events) + 1)],
            "Event": [event.what[:LONGEST_CELL] for event in events],
            "Date": [wording.when_in_short(event.when, year=True) for event in events],
            "Where": [event.place.name if event.place else "No place" for event in events],
            "Told": [str(event.status) for event in events],
        },
        index=pd.Index([event.id for event in events], dtype=object),
    )


def _choices(view: View, title: str) -> Choices:
    rows = rows_of(view)
    if rows.empty:
        return Choices(title)
    said = "Leave events out, or put them in another order"
    if len(view.shown) > MOST_EVENTS:
        said += f": of those that are in, the {MOST_EVENTS} reported last are drawn"
    with st.expander(said):
        edited = st.data_editor(
            rows, hide_index=True, width="stretch", height=min(420, 40 + 35 * len(rows)), key="briefing_rows",
            disabled=["Event", "Date", "Where", "Told"],
            column_config={
                "In": st.column_config.CheckboxColumn(width=50, help="Whether the briefing has it"),
                "Order": st.column_config.NumberColumn(width=76, step=0.5, format="%g", help="2.5 is between 2 and 3"),
                "Event": st.column_config.TextColumn(width=254),
            },
        )  # fmt: skip
    return choices_from(cast(pd.DataFrame, edited), title)


def _downloads(briefing: Briefing, sheet: Sheet) -> None:
    """A button a format; the file is made when it is asked for."""
    st.html('<p class="small">Download the briefing as</p>')
    with st.container(horizontal=True, gap=8, key="briefing_files"):
        for label, ending in FORMATS.items():
            st.download_button(
                label, partial(written, briefing, ending, sheet), file_name=file_name(briefing) + ending,
                mime=KINDS[ending], type="primary" if ending == ".pdf" else "secondary", on_click="ignore",
                key=f"briefing{ending}",
            )  # fmt: skip


def file_name(briefing: Briefing) -> str:
    """A name for the file, without its ending: the headline in plain letters."""
    letters = "".join(c if c.isalnum() and c.isascii() else "-" for c in briefing.title.lower())
    return "-".join(part for part in letters.split("-") if part)[:60] or "briefing"


def _preview(briefing: Briefing, sheet: Sheet) -> bytes:
    """The picture, made anew only when the briefing has changed."""
    kept: tuple[Any, bytes] | None = st.session_state.get("briefing_preview")
    if kept is None or kept[0] != (briefing, sheet):
        with locale.usual():
            kept = ((briefing, sheet), png(briefing, sheet))
        st.session_state.briefing_preview = kept
    return kept[1]


def _to_sheet() -> None:
    st.session_state.briefing = True
