"""Tells a session's map its new picture over the map's own line, and lets the rest of the page wait for it to be painted.

For the page. A browser has one thread for the map and for all else: what else a run writes would stand before the picture. So
a run holds its breath, for a tenth of a second at most; the first one, in which the map's frame is yet to come up, for longer.
"""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from events.dashboard.access import signing_in
from events.dashboard.map.map_line import LINES
from events.view.clusters import Viewport

PATIENCE = 0.12  # seconds that a run waits for the map
FIRST_PATIENCE = 2.5  # the same for a newcomer's first run
ASKING_PATIENCE = 0.08  # the same for the map to say where it will look
KEY, LAST = "map_line", "map_last"  # of the session: the line's key; the last picture and its number
EXTENT = "map_extent"  # of the session: where the last crowd was


def told(picture: dict[str, Any]) -> dict[str, Any]:
    """The picture with its number and the key of its line. Another than the last is sent, and its painting waited for."""
    state = st.session_state
    line = LINES.of_map(state.get(KEY), signing_in.holder())
    text = json.dumps(picture)
    last, number = state.get(LAST, ("", 0))
    is_new = text != last or line.key != state.get(KEY)
    number += is_new
    state[KEY], state[LAST] = line.key, (text, number)
    numbered = picture | {"line": line.key, "number": number}
    if is_new and line.tell(json.dumps(numbered)):
        line.wait_until_painted(number, PATIENCE)
    return numbered


def where_next(extent: dict[str, Any] | None) -> Viewport | None:
    """Where the map will look when it is shown a crowd of another extent than the last; None where it stays or doesn't say.

    Else its picture would be of where it looked before, and the map would have to ask for another on its arrival.
    """
    state = st.session_state
    ends = [extent["lats"], extent["lons"][0], extent["lons"][-1]] if extent and extent["lons"] else None
    before, state[EXTENT] = state.get(EXTENT), ends
    line = LINES.get(state.get(KEY, ""), signing_in.holder())
    if line is None or before is None or ends is None or ends == before:
        return None
    return line.where_next(extent, ASKING_PATIENCE)


def wait_for_first() -> None:
    """Once a session, wait until the map that was just written is painted; not where no browser is at the other end."""
    state = st.session_state
    if state.get("map_came_up") or not st.context.headers:
        return
    state.map_came_up = True
    _, number = state[LAST]
    LINES.of_map(state[KEY], signing_in.holder()).wait_until_painted(number, FIRST_PATIENCE)
