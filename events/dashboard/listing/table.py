"""The table of events, in place of the cards: beside the map or below it, with the columns and the order one chooses.

For the page. A row that is chosen opens its event, on the map too; an event that was opened elsewhere is the chosen row.
Text goes to a grid that is drawn on a canvas, never as HTML; links only lead to web addresses.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import streamlit as st

from events.dashboard.desk.choosing import open_event
from events.dashboard.listing.table_rows import COLUMNS, MOST_ROWS, ORDERS, USUAL_COLUMNS, as_shown, frame, ordered_rows
from events.look import locale
from events.model import Event
from events.view import View
from events.view.rows import Rows

WIDTHS = {
    "number": 52,
    "what": 280,
    "place": 120,
    "country": 120,
    "type": 92,
    "actors": 180,
    "source": 130,
    "reports": 66,
    "sureness": 58,
}  # px
NUMBERS = {"number": "localized", "reports": "localized", "sureness": "%.2f"}


def event_table(view: View, events: Rows, event: Event | None) -> None:
    """Write the table of some of the view's events. event: the open one, None for none."""
    _choices()
    state = st.session_state
    rows = ordered_rows(view, events.rows, state.order)[:MOST_ROWS]
    written = view.table.at(rows)[:]
    ids = [each.id for each in written]
    key = _key(ids, event)
    state.table_ids = ids
    chosen: Any = {"selection": {"rows": [ids.index(event.id)]}} if event and event.id in ids else None
    st.dataframe(
        as_shown(frame(written, view), written), height="stretch", hide_index=True,
        column_order=[c for c in COLUMNS if c in state.columns],
        column_config=_config(), key=key, on_select=lambda: _chosen(key), selection_mode="single-row", row_height=32,
        selection_default=chosen,
        alt="Events, a row each. Choosing a row opens its event.",
    )  # fmt: skip
    if len(events) > len(ids):
        more = f"{locale.number(len(ids))} of {locale.number(len(events))} are in the table, the first in this order."
        st.html(f'<p class="small">{more}</p>')


def _choices() -> None:
    state = st.session_state
    with st.container(key="table_choices", horizontal=True, gap=8, vertical_alignment="center"):
        state.order = state.order or next(iter(ORDERS))
        st.selectbox(
            "Order of the table", list(ORDERS), key="order", format_func=ORDERS.__getitem__, label_visibility="collapsed"
        )  # fmt: skip
        with st.popover("Columns", icon=":material/view_column:"):
            state.columns = [name for name in COLUMNS if name in (state.columns or USUAL_COLUMNS)]
            st.pills("Columns", list(COLUMNS), selection_mode="multi", key="columns", format_func=COLUMNS.__getitem__)


def _key(ids: Sequence[str], event: Event | None) -> str:
    """A name for the grid that lasts as long as its rows, and as its chosen row is the one chosen in it."""
    state = st.session_state
    opened = event.id if event else None
    if opened != state.get("table_chose"):
        state.table_chose, state.table_turn = opened, state.get("table_turn", 0) + 1
    rows = sha256("\n".join(ids).encode()).hexdigest()[:12]
    return f"table_{rows}_{state.get('table_turn', 0)}"


def _chosen(key: str) -> None:
    """A row was chosen in the grid, or no longer is."""
    state = st.session_state
    rows = (state.get(key) or {}).get("selection", {}).get("rows") or []
    ids = state.table_ids
    state.table_chose = ids[rows[0]] if rows and rows[0] < len(ids) else None
    open_event(state.table_chose)


def _config() -> dict[str, Any]:
    form = st.column_config
    config: dict[str, Any] = {name: form.TextColumn(label, width=WIDTHS.get(name)) for name, label in COLUMNS.items()}
    for name in ("start", "end", "published"):
        config[name] = form.DateColumn(COLUMNS[name])  # a format would outdo what is written
    for name, written in NUMBERS.items():
        config[name] = form.NumberColumn(COLUMNS[name], width=WIDTHS[name], format=written)
    config["link"] = form.LinkColumn(COLUMNS["link"], display_text="Open", width="small")
    return config
