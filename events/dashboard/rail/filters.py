"""The rail: when, where, what and how it is told, each with the number of events that a choice would give.

For the page. The choices carry the glyphs of the map, so that the rail is the legend too. Nothing chosen means
everything. Online tiles are no choice of events, and stand last.
"""

from __future__ import annotations

import streamlit as st

from events.dashboard.desk.choosing import days_came, show_all_dates, show_news_dates, within_inputs
from events.dashboard.desk.desk_file import Visit
from events.dashboard.desk.url_state import EARLIEST, LATEST, MOST_SURENESS, SURENESS_STEP
from events.dashboard.labels import counts_beside
from events.dashboard.map.overlays import overlays_fold
from events.dashboard.rail.counted import counted_choices
from events.dashboard.rail.leaving_out import leave_out
from events.dashboard.rail.news import new_since, reported
from events.dashboard.rail.saved_views import saved_views
from events.dashboard.rail.sureness import sure_of_each
from events.look import locale
from events.look.marks import mark_uri, swatch_uri
from events.look.theme import Theme
from events.look.wording import day
from events.model import STATUSES
from events.ontology import FAMILIES, TYPES, family_of
from events.view import Counts, EventTable, RegionChoice, View
from events.view.stored import are_words_slow

INDENT = "\u2003"  # an em space: list boxes trim ordinary ones


def rail(table: EventTable, view: View, theme: Theme, visit: Visit | None = None) -> None:
    """Write the rail; each choice says how many events it would give as all others stand. visit: the viewer's last one."""
    counts = view.counts
    with st.container(key="name"):
        st.html('<div class="wordmark" role="img" aria-label="Dateline"><i></i>Dateline</div>')
    saved_views(table)
    _when(table)
    new_since(table, visit)
    _where(table.tree, counts)
    _what(counts, theme)
    _how_told(counts, theme)
    st.text_input("Words", key="words", placeholder="cable, or -cable to leave out", max_chars=200)
    if view.filter.words and are_words_slow(table):
        st.caption("There is no index of words yet; until it is made, a word takes some seconds.")
    _further(table, counts)
    leave_out(table, view, region_name)
    overlays_fold()
    reported(visit)


def days_within_inputs() -> None:
    """Bring the chosen days into what the date inputs can show. To be called before the rail is written."""
    state = st.session_state
    for name in ("start", "end"):
        if state[name]:
            state[name] = within_inputs(state[name])


def _when(table: EventTable) -> None:
    state = st.session_state
    days_within_inputs()
    form = locale.date_input()
    with st.container(key="days", gap=6):
        st.date_input("From", None, EARLIEST, LATEST, key="start", format=form, on_change=days_came)
        st.date_input("To", None, EARLIEST, LATEST, key="end", format=form, on_change=days_came)
    if not (table.window and table.first and table.last):
        return
    state.extent = (table.first, table.last)
    wider = table.first < table.window[0] or table.last > table.window[1]
    if (state.start, state.end) != table.window:
        st.button("Back to the days of the news", key="news_days", type="tertiary", on_click=show_news_dates)
    elif wider:
        older = table.first < table.window[0]
        reach = f"from {day(table.first, year=True)}" if older else f"until {day(table.last, year=True)}"
        st.button(f"All dates, {reach}", key="all_days", type="tertiary", on_click=show_all_dates)


def _where(tree: tuple[RegionChoice, ...], counts: Counts) -> None:
    known = {choice.id: choice for choice in tree}
    counted_choices(
        "Where", "regions", list(known), counts.regions, name=lambda region: region_name(known[region]),
        placeholder="Everywhere",
    )  # fmt: skip


def region_name(choice: RegionChoice) -> str:
    """A region as the lists of regions show it, indented under what it lies in.

    >>> region_name(RegionChoice("un:155", "Western Europe (UN)", "un-region", 1))
    '\u2003Western Europe (UN)'
    """
    return INDENT * choice.depth + choice.name


def _what(counts: Counts, theme: Theme) -> None:
    st.pills(
        "What", FAMILIES, selection_mode="multi", key="families",
        format_func=lambda family: _label(swatch_uri(theme.families[family]), family),
    )  # fmt: skip
    st.html(counts_beside("families", [counts.families[family] for family in FAMILIES]))


def _how_told(counts: Counts, theme: Theme) -> None:
    st.pills(
        "How it is told", STATUSES, selection_mode="multi", key="statuses",
        format_func=lambda status: _label(mark_uri(status, theme.ink, theme), status),
    )  # fmt: skip
    st.html(counts_beside("statuses", [counts.statuses[status] for status in STATUSES]))


def _label(picture: str, name: str) -> str:
    """Our own words only: labels are Markdown. No count is in it: the browser names a choice by its label, and one whose label
    has changed on the server meanwhile would be lost.
    """
    return f"![]({picture}) {name.capitalize()}"


def _further(table: EventTable, counts: Counts) -> None:
    """The fold of further choices, made only while it is open."""
    fold = st.expander("Type, source, sureness", key="further_fold", on_change="rerun")
    if not fold.open:
        return
    with fold:
        _types(counts)
        counted_choices("Source", "sources", table.sources.names, counts.sources, name=str, placeholder="All")
        st.slider(
            "At least this sure", 0.0, MOST_SURENESS, step=SURENESS_STEP, key="sureness", format="%.2f",
            help="How sure the reading is both that this is told and that it is told of this place. 0 shows all.",
        )  # fmt: skip
        sure_of_each()
        st.checkbox(
            "Online map tiles", key="tiles",
            help="OpenStreetMap's server then sees which part of the map you look at.",
        )  # fmt: skip


def _types(counts: Counts) -> None:
    families = st.session_state.families or FAMILIES
    chosen = st.session_state.types or []
    offered = [name for name in TYPES if family_of(name) in families or name in chosen]
    counted_choices(
        "Type", "types", offered, counts.types, name=str.title, placeholder="All",
        help="Types of the chosen kinds of event.",
    )  # fmt: skip
