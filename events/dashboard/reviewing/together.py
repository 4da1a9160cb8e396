"""Reports of one happening joined to one event, or parted again.

For the panel of the story view. Which events may be one is put in order by numbers alone: same place, same type, near in
time. The person says whether they are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from events.corrections import Merge, Split
from events.dashboard import loading
from events.dashboard.labels import plain_label
from events.dashboard.reviewing import signing
from events.dashboard.reviewing.told import Told
from events.look import wording
from events.model import Event
from events.store.columns.columns import NOWHERE, Ints
from events.view import EventTable

DAYS_APART = 7
MOST_OFFERED = 25


def likely_same(event: Event, table: EventTable) -> Ints:
    """Rows of the table that may tell of the same happening, likeliest first: near in time, then by place and type."""
    row = table.row_of(event.id)
    if row is None:
        return np.zeros(0, dtype=np.int32)
    apart = np.abs(table.start - table.start[row])
    near = (apart <= DAYS_APART) & table.dated if table.dated[row] else ~table.dated
    near[row] = False
    rows = np.flatnonzero(near).astype(np.int32)
    places, types = table.columns.places, table.columns.types
    same_place = (places[rows] == places[row]) & (places[row] != NOWHERE)
    far = 4.0 * ~same_place + 2.0 * (types[rows] != types[row]) + 1.0 * (table.families[rows] != table.families[row])
    order = np.argsort(far + apart[rows] / (DAYS_APART + 1), kind="stable")
    return rows[order][:MOST_OFFERED]


def together(told: Told, table: EventTable) -> None:
    """Write what joins the event to others and what parts its reports."""
    _merge(told.event, table)
    reports = signing.reports_of(told.event)
    if len(reports) > 1:
        with st.container(key="split", gap=6):
            _split(told.event, reports)


def _merge(event: Event, table: EventTable) -> None:
    offered = {other.id: other for other in table.at(likely_same(event, table))[:]}
    if not offered:
        st.html('<p class="small">No other event of these days could be the same.</p>')
        return
    with st.form(f"merge_{event.id}", border=False):
        chosen = st.multiselect(
            "The same happening as", list(offered), placeholder="Choose one or several", max_selections=10,
            format_func=lambda event_id: plain_label(line_of(offered[event_id], table)),
        )  # fmt: skip
        why = st.text_input("Why", key=f"merge_why_{event.id}", placeholder="May stay empty", max_chars=2000)
        pressed = st.form_submit_button(
            "Merge", type="primary", key=f"merge_now_{event.id}", disabled=not signing.who()
        )
    if pressed and chosen:
        ids = [event.id, *chosen]
        reports = tuple(report for event_id in ids for report in loading.store().reports_of(event_id))
        about = f"{event.what}, with {wording.plural(len(chosen), 'other event')}"
        signing.say(Merge(), reports, why, about=about)
        st.rerun()


def _split(event: Event, reports: Sequence[Event]) -> None:
    told = {report.id: report for report in reports}
    with st.form(f"split_{event.id}", border=False):
        chosen = st.multiselect(
            "Reports of another happening", list(told), placeholder="Choose what is to be parted",
            format_func=lambda report_id: plain_label(_report_line(told[report_id])),
        )  # fmt: skip
        why = st.text_input("Why", key=f"split_why_{event.id}", placeholder="May stay empty", max_chars=2000)
        pressed = st.form_submit_button("Split off", key=f"split_now_{event.id}", disabled=not signing.who())
    parted = tuple(report for report in reports if report.id in chosen)
    rest = tuple(report for report in reports if report.id not in chosen)
    if pressed and parted and rest:
        signing.say(Split(rest=rest), parted, why, about=event.what)
        st.rerun()
    elif pressed:
        st.html('<p class="small" role="alert">Choose some of the reports, and not all of them.</p>')


def line_of(event: Event, table: EventTable) -> str:
    """An event in one line, to be told from others."""
    country = table.country_name(event.place.country) if event.place else ""
    return f"{event.what} · {wording.when_in_short(event.when, True)} · {wording.place_name(event.place, country)}"


def _report_line(report: Event) -> str:
    first = report.reports[0] if report.reports else None
    return f"{(first.source if first else None) or 'Source unnamed'}: {report.what}"
