"""Which events a briefing has room for: of too many those that were reported last, as whoever comes on duty asks for them.

Rows are chosen by columns of numbers: of a large view only the events that are drawn are read.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from events.store.columns.columns import Ints
from events.view import View


def newest_rows(view: View, most: int, without: Collection[str] = ()) -> Ints:
    """The rows of the shown events, in order of time, but for those of some ids; of more than `most` those whose first
    report is the newest, and of one day's those that happened last.
    """
    rows = view.shown.rows
    if without:
        rows = rows[~np.isin(rows, [row for row in map(view.table.row_of, without) if row is not None])]
    if len(rows) <= most:
        return rows
    newest = np.argsort(view.table.columns.published[rows], kind="stable")[-most:]
    return rows[np.sort(newest)]
