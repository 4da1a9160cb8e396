"""Who is at the page, and what is new to them: without a cookie, by a name in the page's own address.

For the page. `?me=Ada` names the viewer, and a bookmark keeps it; nobody else's link carries it. Where the page is served
to this machine alone there is one viewer, who needs no name. Somebody unnamed on a shared server is not remembered.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import streamlit as st
from streamlit import config

from events.dashboard import loading
from events.dashboard.access import signing_in
from events.dashboard.desk.desk_file import Visit
from events.dashboard.live import live
from events.dashboard.map.routes import THIS_MACHINE
from events.look import locale, wording
from events.view import EventTable

LONGEST_NAME = 40


def viewer() -> str | None:
    """The viewer's name, signed in or given; "" for the one person at this machine; None for somebody unknown."""
    if signed := signing_in.signed_name():
        return signed
    named = " ".join(str(st.session_state.get("me") or "").split())[:LONGEST_NAME]
    return named or ("" if config.get_option("server.address") in THIS_MACHINE else None)


def last_visit() -> Visit | None:
    """The viewer's visit before this one, and this one noted; None where there was none or nobody knows."""
    name = viewer()
    if name is None:
        return None
    return loading.desk_file().visit(name, datetime.now(UTC), live.mark_shown())


def new_to(table: EventTable, visit: Visit) -> int:
    """How many events came in or changed after a visit."""
    return int(np.count_nonzero(table.since(visit.mark)))


def moment(at: datetime) -> str:
    """A moment in the viewer's own time: "6 Mar, 17:05"."""
    local = at.astimezone(_zone())
    return f"{wording.day(local.date())}, {locale.clock(local)}"


def hints_wanted() -> bool:
    """Whether the viewer has not put the hints away yet."""
    name = viewer()
    if st.session_state.get("hints_away"):
        return False
    return name is None or not loading.desk_file().has_seen_hints(name)


def put_hints_away() -> None:
    """Show the viewer no hints any more, in this session and, where they are known, ever."""
    st.session_state.hints_away = True
    name = viewer()
    if name is not None:
        loading.desk_file().put_hints_away(name)


def _zone() -> tzinfo:
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
