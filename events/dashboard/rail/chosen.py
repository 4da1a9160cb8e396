"""What is chosen, in words, under the headline: each choice with a cross that takes it back alone.

For the page. On a narrow screen, where the rail is folded away, this is where one sees what leaves events out.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from events.dashboard.desk.choosing import show_everything, show_news_dates, take_back
from events.dashboard.desk.desk_file import Visit
from events.dashboard.desk.session import chosen_days
from events.dashboard.desk.visitor import moment
from events.dashboard.labels import plain_label
from events.look import view_wording, wording
from events.view import EventTable, View


def chosen_line(table: EventTable, view: View, visit: Visit | None) -> None:
    """Write the line; nothing where nothing is chosen."""
    said = view_wording.in_words(view.filter, table.region_names)
    start, end = chosen_days(table)
    own_days = bool(start and end and (start, end) != table.window)
    if not said and not own_days:
        return
    with st.container(key="chosen", horizontal=True, gap=6, vertical_alignment="center"):
        if own_days and start and end:
            _chip("dates", wording.days(start, end), show_news_dates)
        for choice, words in said:
            if choice == "since" and visit and view.filter.since == visit.mark:
                words = f"new since your visit of {moment(visit.ended)}"
            _chip(choice, words, take_back, choice)
        if len(said) + own_days > 1:
            st.button("Show everything", key="chip_all", type="tertiary", on_click=show_everything)


def _chip(name: str, words: str, back: Callable[..., None], *args: object) -> None:
    st.button(
        plain_label(words[:1].upper() + words[1:]), key=f"chip_{name}", icon=":material/close:", icon_position="right",
        help="Take this choice back", on_click=back, args=args,
    )  # fmt: skip
