"""The audit trail on the page, for editors: who added, corrected, merged, split and took back, the newest first.

For the list of what people said. Names and titles are escaped.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from events.dashboard.access import signing_in
from events.look import wording
from events.model import StoreError
from events.store import Store
from events.store.changes.audit import Act

MOST_SHOWN = 200


def audit_trail(store: Store) -> None:
    """Write the fold with the trail, which is read only while it is open. Nothing for who is no editor."""
    if not signing_in.may_change():
        return
    fold = st.expander("All that was done", key="audit_fold", on_change="rerun")
    if not fold.open:
        return
    with fold:
        try:
            found = store.acts(limit=MOST_SHOWN)
        except StoreError as error:
            st.html(f'<div class="trouble" role="alert">{escape(str(error))}</div>')
            return
        st.html("".join(act_html(act) for act in found) or '<p class="small">Nothing yet.</p>')
        if len(found) == MOST_SHOWN:
            st.html('<p class="small">What is older is told by <code>python -m events audit</code>.</p>')


def act_html(act: Act) -> str:
    """An act as two lines: what was done to what; when, by whom, on which way and why."""
    when = f"{wording.day(act.at.date(), year=True)}, {act.at:%H:%M} UTC"
    parts = [when, act.who, act.way, act.why]
    about = f": {act.about}" if act.about else ""
    said = " · ".join(part for part in parts if part)
    return f'<div class="said"><b>{escape(act.what[:1].upper() + act.what[1:] + about)}</b><br>{escape(said)}</div>'
