"""The page: the rail, the sentence that says what is shown, the map, the timeline and the list.

For app.py. It wires the parts together and decides nothing itself: what is shown comes from `events.view`, what is
chosen from the session.
"""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from events.dashboard import loading
from events.dashboard.access import signing_in
from events.dashboard.access.listening import is_this_machine
from events.dashboard.desk import choosing, going_back, session, visitor
from events.dashboard.desk.desk_file import Visit
from events.dashboard.desk.url_state import Layout, PageState, to_params
from events.dashboard.feeds.feeds_page import ROOM, feeds_page
from events.dashboard.handing_over.briefing_dialog import briefing_dialog
from events.dashboard.handing_over.downloads import downloads
from events.dashboard.handing_over.sheet import sheet
from events.dashboard.hints import hints
from events.dashboard.listing.listing import listing, opened_event, tabled
from events.dashboard.live import live
from events.dashboard.map import map_telling, overlays
from events.dashboard.map.drawing import picture
from events.dashboard.map.folium_map import event_map, payload
from events.dashboard.rail.chosen import chosen_line
from events.dashboard.rail.filters import days_within_inputs, rail
from events.dashboard.stories.adding import add_stories, forget_preview, just_kept
from events.dashboard.stories.story import enter_review, room
from events.dashboard.timeline.strip import strip
from events.dashboard.trouble import loaded
from events.look import locale, view_wording
from events.look.theme import DARK, LIGHT, Theme, css_tokens
from events.model import Event
from events.view import EventTable, View, select

STYLE = Path(__file__).with_name("style.css")
REVIEW_STYLE = Path(__file__).parent / "reviewing" / "review.css"
ICON = Path(__file__).with_name("icon.svg")
RAIL_WIDTH = 256
WIDTHS: dict[Layout, int] = {"cards": 340, "beside": 560, "below": 340}  # of the column beside the map
GAP = 18  # px beside it
STRIP = 124  # px that the timeline takes, as its own sheet says
LONG_TITLE, LONGER_TITLE = 50, 60  # the same for the headline
LONG_LINE = 105  # letters that fit beside the buttons in a window of 1,280 pixels
DIALOG = '[data-testid="stDialog"]'  # stands outside .stApp and has no colour scheme of its own


def show() -> None:
    """Write the whole page, once for each run of the script."""
    st.set_page_config("Dateline", ICON, layout="wide", initial_sidebar_state=RAIL_WIDTH)
    locale.use(st.context.locale)
    theme = DARK if st.context.theme.type == "dark" else LIGHT
    st.html(f"<style>{DIALOG}{{color-scheme:{theme.name}}}.stApp,{DIALOG}{{{css_tokens()}}}</style>")
    st.html(STYLE)
    st.html(REVIEW_STYLE)
    signing_in.admit()
    went = going_back.went()
    table, gazetteer = loaded(lambda: (live.table(), loading.gazetteer()))
    session.adopt(table, went)
    if st.session_state.briefing:
        now = session.current(table)
        sheet(table, select(table, now.filter), _days(table), theme, gazetteer)
    elif st.session_state.get("room") == ROOM:
        feeds_page()
        now = session.current(table)
    elif st.session_state.get("room"):
        now = _room(table, theme, visitor.last_visit())
    else:
        now = _desk(table, theme)
    with st.sidebar:
        signing_in.who_is_here()
    session.write_address(table)


def _room(table: EventTable, theme: Theme, visit: Visit | None) -> PageState:
    """The story view and the review, with the rail whose choices the review goes by. Returns the state that it shows."""
    with st.sidebar.container(key="rail"):
        rail(table, select(table, session.current(table).filter), theme, visit)
    now = session.current(table)
    room(table, select(table, now.filter), theme)
    return session.current(table)


def _desk(table: EventTable, theme: Theme) -> PageState:
    """The working page. Returns the state that it shows."""
    visit = visitor.last_visit()
    days_within_inputs()
    now = session.current(table)
    view = select(table, now.filter)
    event = table.event(now.event)
    drawn = map_telling.told(_picture(table, view, event, theme))  # first of all: it is what one waits for
    side = st.sidebar.container(key="rail")
    head = st.container(key="head", horizontal=True, vertical_alignment="center", gap=20)
    over_map = st.container(key="over_map", gap=None)  # even when empty: else the map moves and its frame loads anew
    desk = st.container(key="desk", horizontal=True, gap=GAP)
    stage = desk.container(key="stage", gap=8)
    if table.events:
        head.html(room_kept(now.layout))
    with stage:
        live.news_line(narrowed=live.is_narrowed(now.filter, table))
        _map(view, drawn)
    map_telling.wait_for_first()
    with head:
        _header(table, view, now, theme)
    with over_map:
        chosen_line(table, view, visit)
        if table.events:
            hints()
    days = _days(table)
    if days:
        with stage.container(key="strip", gap=2):
            strip(table, view, days, theme, event)
    if event is None:
        st.session_state.in_sight = None
    _listed(desk, table, view, event, theme, now.layout)
    with side:
        rail(table, view, theme, visit)
    return now


def _listed(
    desk: DeltaGenerator, table: EventTable, view: View, event: Event | None, theme: Theme, layout: Layout
) -> None:
    """The events as cards or as a table, beside the map; or below it, with the open event beside it."""
    below = layout == "below"
    if not below or event is not None:
        with desk.container(key="list_column", width=WIDTHS[layout], gap=8):
            if below and event is not None:
                with st.container(key="list", gap=None):
                    opened_event(event, view, table, theme)
            elif layout == "beside":
                tabled(table, view, event, theme, with_open=True)
            else:
                listing(table, view, event, theme)
    if below:
        with st.container(key="below", gap=8):
            tabled(table, view, event, theme, with_open=False)


def _picture(table: EventTable, view: View, event: Event | None, theme: Theme) -> dict[str, Any]:
    note = None
    if not table.events:
        note = ("Nothing to draw yet", "Add stories, or look at the samples.")
    elif not view.shown:
        note = ("Nothing to draw", "The list says which choice to take back.")
    selected = event.id if event and event.id in view.numbers else None
    shown, st.session_state.map_pass = picture(view, event, loading.gazetteer(), st.session_state.get("map_pass"))
    return payload(
        shown.marks, selected, theme, note, tiles=st.session_state.tiles, crowd=shown.crowd,
        area=view.filter.area.text() if view.filter.area else "", overlays=overlays.ticked(),
    )  # fmt: skip


def _map(view: View, drawn: dict[str, Any]) -> None:
    with st.container(key="map"):
        clicked = event_map(drawn, key="map_state", on_area=choosing.take_area)
    if clicked and clicked in view.numbers:
        choosing.open_from_map(clicked)
        st.rerun()


def room_kept(layout: Layout) -> str:
    """A sheet that keeps the room of headline, list and timeline until they come, for a newcomer's map to stay where it is."""
    width = 0 if layout == "below" else WIDTHS[layout] + GAP
    beside = f".st-key-desk:not(:has(.st-key-list_column)){{padding-right:{width}px}}"
    above = (
        ".st-key-stage:not(:has(.st-key-strip)) .st-key-map iframe{height:calc(var(--rest) - var(--strip))!important}"
    )
    below = ".stApp:not(:has(.say)) .st-key-desk{margin-top:calc(var(--head) + 5px)}"
    return f"<style>@media (min-width:1100px){{.stApp{{--strip:{STRIP}px}}{below}{beside}{above}}}</style>"


def _header(table: EventTable, view: View, now: PageState, theme: Theme) -> None:
    st.html(sentence(table, view, _days(table), just_kept()))
    with st.container(key="acts", horizontal=True, width="content", gap=8):
        may_change = signing_in.may_change()
        if may_change and st.button("Add stories", icon=":material/add:", width="content", key="add"):
            forget_preview()
            add_stories(theme)
        if not table.events:
            return  # nothing to review, to share or to hand over
        if may_change:
            st.button("Review", icon=":material/fact_check:", width="content", key="to_review", on_click=enter_review)
        share = st.popover("Share", icon=":material/link:", width="content", key="share", on_change="rerun")
        if share.open:
            with share:
                link = share_link(now, table)
                st.html(f'<p class="small">{who_can_open(link)}</p>')
                st.code(link, language=None, wrap_lines=True)
        downloads(view, loading.gazetteer(), loading.store().story_count())
        if st.button("Briefing", type="primary", icon=":material/description:", width="content", key="to_briefing"):
            briefing_dialog(table, view, loading.gazetteer())


def sentence(table: EventTable, view: View, days: tuple[date, date] | None, news: str = "") -> str:
    """What is shown, as a headline and one line under it; nothing that is left out goes unsaid. news: said in that line's
    place.
    """
    if not table.events:
        return '<div class="say"><h1>No events yet</h1><p>Dateline draws what your stories tell of.</p></div>'
    place = view_wording.where(view.filter.regions, table.region_names)
    told = view_wording.how_told(view.told) if len(view.filter.statuses) != 1 else ""  # else the headline says it
    parts = [told, view_wording.not_drawn(view), view_wording.counted_of(view)]
    line = news or " ".join(part for part in parts if part)
    title = view_wording.headline(view, *(days or (None, None)))
    place = "" if place == view_wording.EVERYWHERE and len(title) > LONGER_TITLE else f", {place}"
    small = ' class="long"' if len(line) > LONG_LINE else ""
    size = f' class="{size}"' if (size := _size(len(title) + len(place))) else ""
    whole = escape(title + place, quote=True)
    return (
        f'<div class="say"><h1{size} title="{whole}">{escape(title)}<span>{escape(place)}</span></h1>'
        f"<p{small}>{escape(line)}</p></div>"
    )


def _size(letters: int) -> str:
    """The class of a headline that would not fit beside the buttons in its usual size."""
    return "longer" if letters > LONGER_TITLE else "long" if letters > LONG_TITLE else ""


def who_can_open(link: str) -> str:
    """For whom a link works, in words.

    >>> who_can_open("http://127.0.0.1:8501/?to=2025-03-01")
    'The page is served to this machine alone, so this link works here only. To serve it to others: docs/sign-in.md.'
    >>> who_can_open("https://news.example/dateline/")
    'Who opens this link sees what you see, if they have the same stories.'
    """
    if is_this_machine(urlsplit(link).hostname or ""):
        only = "The page is served to this machine alone, so this link works here only."
        return f"{only} To serve it to others: docs/sign-in.md."
    return "Who opens this link sees what you see, if they have the same stories."


def share_link(now: PageState, table: EventTable) -> str:
    """The address of what is shown now. Its days are in it even when they are those of the news: those move on."""
    start, end = session.chosen_days(table)
    params = to_params(now)
    if start and end:
        params = {"from": [start.isoformat()], "to": [end.isoformat()]} | params
    here = urlsplit(st.context.url or "http://127.0.0.1:8501/")
    return urlunsplit((here.scheme, here.netloc, here.path or "/", urlencode(params, doseq=True), ""))


def _days(table: EventTable) -> tuple[date, date] | None:
    start, end = session.chosen_days(table)
    return (start, end) if start and end else None
