"""What is chosen on the page, between the widgets, the session and the address.

For the page. The widgets write into the session under the names of `CHOSEN`; the address follows, and when somebody
comes in by a link, or goes back in the browser, the session follows the address.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import monotonic

import streamlit as st

from events.attribute_sureness import ATTRIBUTES
from events.dashboard import loading
from events.dashboard.desk.choosing import BRUSH, GROWN, SURE_OF
from events.dashboard.desk.going_back import Went
from events.dashboard.desk.url_state import LONGEST_VALUE, TIMELINE, PageState, Params, from_params, to_params
from events.dashboard.listing.table_rows import COLUMNS, USUAL_COLUMNS, USUAL_ORDER
from events.model import Event
from events.view import EventTable, Filter
from events.view.filtering import Choice

LISTS: tuple[Choice, ...] = (
    "regions", "families", "types", "statuses", "sources",
    "not_regions", "not_families", "not_types", "not_statuses", "not_sources",
)  # fmt: skip
TIMELINE_KEYS = ("strip_basis", "strip_near")  # of the session, in the order of `TIMELINE`
DAYS = ("start", "end", "changed_from", "changed_to")
CHOSEN = (
    *LISTS,
    *DAYS,
    "words",
    "sureness",
    *SURE_OF,
    "since",
    "area",
    "event",
    "briefing",
    "room",
    "listed",
    "layout",
    "order",
    "columns",
    "strip_basis",
    "strip_near",
    "me",
)


def adopt(table: EventTable, went: Went | None = None) -> None:
    """Bring the session up to date, before any widget is made: with an address, and with new events' dates.

    The address is followed when somebody comes in. Later it only follows the session, and lags behind where clicks
    follow one another closely: then it is followed where somebody went in the browser's history. went: where to, last.
    """
    state = st.session_state
    if "address" not in state:
        address = _address()
        follow(from_params(address), table)
        state.me = next(iter(address.get("me", [])), "")[:LONGEST_VALUE]
    elif went and went.turn != state.went_last and went.params != state.address:
        follow(from_params(went.params), table)
    state.went_last = went.turn if went else None
    if table.window != state.get("window"):
        before, state.window = state.get("window"), table.window
        if before and (state.start, state.end) == before and table.window:
            state.start, state.end = table.window
            state[GROWN] = (before, table.window, monotonic())
    if move := state.pop("move", None):  # days that playing moved on to, before their widgets are made
        state.start, state.end = move
        state[BRUSH] = state.get(BRUSH, 0) + 1
    for name in CHOSEN:  # a widget that is not made in one run would else take its choice with it
        state[name] = state.get(name)
    state.layout = state.layout or "cards"
    state.tiles = bool(state.get("tiles"))  # never from an address: who opens a link calls nobody unasked


def current(table: EventTable) -> PageState:
    """The state that the session is in. Dates that leave nothing out are no choice."""
    state = st.session_state
    start, end = chosen_days(table)
    whole = start is None or end is None or table.first is None or table.last is None
    changed = [day for day in (state.changed_from, state.changed_to) if day]
    open_ended = whole or (start <= table.first and end >= table.last)  # type: ignore[operator]
    return PageState(
        filter=Filter(
            start=None if open_ended else start,
            end=None if open_ended else end,
            words=state.words or "",
            sureness=state.sureness or 0.0,
            changed_from=min(changed, default=None) if len(changed) == 2 else state.changed_from,
            changed_to=max(changed, default=None) if len(changed) == 2 else state.changed_to,
            since=state.since,
            area=state.area,
            sure_of=tuple(
                (name, least) for name, key in zip(ATTRIBUTES, SURE_OF, strict=True) if (least := state[key])
            ),
            **{name: tuple(state[name] or ()) for name in LISTS},
        ),
        event=state.event,
        briefing=bool(state.briefing),
        room=state.room or None,
        layout=state.layout or "cards",
        order=state.order or USUAL_ORDER,
        columns=tuple(name for name in COLUMNS if name in state.columns) if state.columns else USUAL_COLUMNS,
        timeline=tuple(name for name, key in zip(TIMELINE, TIMELINE_KEYS, strict=True) if state[key]),
    )


def chosen_days(table: EventTable) -> tuple[date | None, date | None]:
    """The two days of the date inputs, in order; the days of the news where an input is empty."""
    start, end = st.session_state.start, st.session_state.end
    if table.window:
        start, end = start or table.window[0], end or table.window[1]
    return (end, start) if start and end and end < start else (start, end)


def write_address(table: EventTable) -> None:
    """Let the address say what is shown."""
    params = _params(table)
    st.session_state.address = params
    if params != _address():
        st.query_params.from_dict(params)


def params_of(now: PageState, table: EventTable) -> Params:
    """The parameters of a state of the session's. The days of the news, which is what a newcomer sees, go unsaid."""
    start, end = chosen_days(table)
    dates = {"start": None, "end": None} if (start, end) == table.window else {"start": start, "end": end}
    return to_params(replace(now, filter=replace(now.filter, **dates)))


def _params(table: EventTable) -> Params:
    """The address of what the session holds, with the name of who looks at it."""
    me = str(st.session_state.get("me") or "").strip()
    return params_of(current(table), table) | ({"me": [me]} if me else {})


def _standing(event_id: str | None, table: EventTable) -> str | None:
    """The event of a link, or the one that it was joined to since; None for one that is gone."""
    if event_id is None or table.event(event_id):
        return event_id
    joined = loading.store().event(event_id)
    return joined.id if joined and table.event(joined.id) else None


def _tab_of(event: Event | None) -> str:
    """The list in which an event stands."""
    if event is None or (event.place and event.when):
        return "Events"
    return "No place" if event.place is None else "No date"


def _address() -> Params:
    return {name: st.query_params.get_all(name) for name in sorted(st.query_params)}


def follow(linked: PageState, table: EventTable) -> None:
    """Take over the state of a link or of a saved view, as far as the events at hand have what it names."""
    state, chosen = st.session_state, linked.filter
    regions = {choice.id for choice in table.tree}
    first, last = table.window or (None, None)
    state.start, state.end = chosen.start or first, chosen.end or last
    known = {"regions": regions, "sources": set(table.sources.names)}
    for name in LISTS:
        values = getattr(chosen, name)
        among = known.get(name.removeprefix("not_"))
        state[name] = [value for value in values if among is None or value in among]
    state.words, state.sureness, state.since = chosen.words, chosen.sureness, chosen.since
    state.changed_from, state.changed_to = chosen.changed_from, chosen.changed_to
    state.area = chosen.area
    for attribute, key in zip(ATTRIBUTES, SURE_OF, strict=True):
        state[key] = dict(chosen.sure_of).get(attribute, 0.0)
    state.layout, state.order, state.columns = linked.layout, linked.order, list(linked.columns)
    state.event = _standing(linked.event, table)
    state.briefing, state.room = linked.briefing, linked.room
    for mode, key in zip(TIMELINE, TIMELINE_KEYS, strict=True):
        state[key] = mode in linked.timeline
    state.listed = _tab_of(table.event(state.event))
    state.window = table.window
    state[BRUSH] = state.get(BRUSH, 0) + 1
