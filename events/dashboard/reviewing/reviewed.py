"""Which events somebody has looked at: accepted, corrected, merged, split or added.

For the queue. Found from what was said, not from the events, so that no million of them is read.
"""

from __future__ import annotations

import numpy as np
import streamlit as st

from events.dashboard import loading
from events.store.columns.columns import Ints
from events.view import EventTable


def reviewed_rows(table: EventTable) -> Ints:
    """The rows of the events that somebody has looked at."""
    ids = _reviewed_ids(loading.store().revision())
    rows = [row for event_id in ids if (row := table.row_of(event_id)) is not None]
    return np.array(sorted(rows), dtype=np.int32)


@st.cache_resource(show_spinner=False, max_entries=2)
def _reviewed_ids(revision: int) -> frozenset[str]:  # noqa: ARG001  # the revision is what the cache goes by
    said = [row.correction for row in loading.store().corrections() if row.undone is None]
    return frozenset(found for c in said for report in c.reports if (found := _on_the_map(report.id)))


@st.cache_resource(show_spinner=False, max_entries=20_000)
def _on_the_map(event_id: str) -> str | None:
    """The id under which a report's event is drawn; it is kept through corrections, so it is looked up once."""
    event = loading.store().event(event_id)
    return event.id if event else None
