"""The view as a briefing: one sheet with map, timeline, legend and list, and nothing around it.

For the page at ?view=briefing, so that a screenshot or the browser's print makes a briefing. It says what it covers
and what it leaves out. Its upper part, .st-key-picture, is 1000 x 800 pixels in every window. When map and timeline are
drawn it says so to tools: .st-key-picture[data-briefing="ready"].
"""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from events.briefing.newest import newest_rows
from events.dashboard.listing.cards import mark, own_report, quoted
from events.dashboard.map.drawing import picture, spans_years
from events.dashboard.map.folium_map import event_map, payload
from events.dashboard.timeline.strip import plain_strip
from events.look import locale, view_wording, wording
from events.look.marks import mark_uri
from events.look.theme import Theme
from events.model import Event
from events.ontology import FAMILIES
from events.view import EventTable, View
from geodata.gazetteer import Gazetteer

MOST_ROWS = 60
CHROME = "[data-testid='stSidebar'],[data-testid='stHeader'],[data-testid='stToolbar']"
# Constant, and so no way in for a story's words. The map tells in its own frame what it has drawn (dateline-map.js).
READY = """<script>(() => {
  const stage = () => document.querySelector(".st-key-picture");
  const drawn = () => {
    const frame = stage().querySelector(".st-key-map iframe"), strip = stage().querySelector(".st-key-picture_strip");
    const map = frame && frame.contentWindow && frame.contentWindow.__painted;
    return map && map.land && map.named && (!strip || strip.querySelector("canvas, svg"));
  };
  let seen = false;
  clearInterval(window.briefingWatch);
  window.briefingWatch = setInterval(() => {
    if (!stage()) { if (seen) clearInterval(window.briefingWatch); return; }
    seen = true;
    if (drawn()) stage().dataset.briefing = "ready";
  }, 100);
})();</script>"""


def sheet(table: EventTable, view: View, days: tuple[date, date] | None, theme: Theme, gazetteer: Gazetteer) -> None:
    """Write the sheet. days: the chosen days, None while nothing is stored."""
    st.html(f"<style>{CHROME}{{display:none!important}}</style>")
    st.button("Back to the desk", icon=":material/arrow_back:", key="leave", type="tertiary", on_click=_leave)
    with st.container(key="sheet", gap=10):
        with st.container(key="picture", gap=10):
            _picture(table, view, days, theme, gazetteer)
        if view.shown:
            st.html(rows_html(table, view, theme))
        st.html(foot_html(table, view))
    st.html(READY, unsafe_allow_javascript=True)


def _picture(
    table: EventTable, view: View, days: tuple[date, date] | None, theme: Theme, gazetteer: Gazetteer
) -> None:  # fmt: skip
    """What a screenshot shows: headline, legend, map and timeline."""
    st.html(head_html(table, view, days, theme))
    with st.container(key="map"):
        shown, st.session_state.map_pass = picture(view, None, gazetteer, st.session_state.get("map_pass"))
        event_map(payload(shown.marks, None, theme, plain=True, crowd=shown.crowd), key="briefing_map")
    if days and view.shown:
        with st.container(key="picture_strip"):
            plain_strip(table, view, days, theme, key="briefing_timeline")


def head_html(table: EventTable, view: View, days: tuple[date, date] | None, theme: Theme) -> str:
    """What the sheet covers, in words, and its legend."""
    chosen = view.filter
    place = view_wording.where(chosen.regions, table.region_names)
    how_told = "" if len(chosen.statuses) == 1 else view_wording.how_told(view.told)
    sentences = (how_told, view_wording.not_drawn(view), view_wording.counted_of(view))
    facts = " ".join(said for said in sentences if said)
    told = [status for status, count in view.told.items() if count]
    families = {event.family for event in view.shown}
    forms = "".join(f'<span><img alt="" src="{mark_uri(name, theme.ink, theme)}">{name}</span>' for name in told)
    colours = "".join(
        f'<span><i style="background:{theme.families[name]}"></i>{name}</span>' for name in FAMILIES if name in families
    )
    count, _, when = view_wording.headline(view, *(days or (None, None))).partition(", ")
    title = escape(count) + (f", <span>{escape(when)}</span>" if when else "")
    return (
        f'<div class="sheet"><div class="kicker">Event briefing · {escape(place)}</div><h1>{title}</h1>'
        f'<p class="line">{escape(" ".join((_choices(view), facts)).strip())}</p>'
        f'<div class="key">{forms}</div><div class="key">{colours}</div></div>'
    )


def rows_html(table: EventTable, view: View, theme: Theme) -> str:
    """The shown events in order of time, each with its first quote and its source; of too many those reported last."""
    year = spans_years(view)
    listed = view.table.at(newest_rows(view, MOST_ROWS))
    rows = "".join(_row(event, view.numbers[event.id], table, theme, year) for event in listed)
    rest = len(view.shown) - MOST_ROWS
    more = (
        f'<p class="small">{wording.plural(rest, "older event")} shown on the map, not listed here: the list has room for the '
        f"{MOST_ROWS} newest, by the day of their first report. A view of fewer days, regions or kinds has room for all.</p>"
        if rest > 0
        else ""
    )
    return f'<div class="rows">{rows}</div>{more}'


def foot_html(table: EventTable, view: View) -> str:
    """Where it comes from."""
    stories = len({report.story_id for event in view.shown for report in event.reports})
    newest = f", the newest of {wording.days(table.newest, table.newest)}" if table.newest else ""
    source = f"From {wording.plural(stories, 'story', 'stories')}{newest}." if stories else ""
    said = f"{source} Land and borders: Natural Earth. Places: GeoNames. Boundaries imply no endorsement."
    return f'<p class="small">{escape(said.strip())}</p>'


def _choices(view: View) -> str:
    """The choices beside days and regions that narrow the sheet, in words."""
    chosen = view.filter
    kinds = [*chosen.families, *(name.title() for name in chosen.types)]
    parts = [wording.listed(kinds, "or")] if kinds else []
    parts += [wording.listed(chosen.statuses, "or")] if chosen.statuses else []
    parts += [f"with the words “{chosen.words.strip()}”"] if chosen.words.strip() else []
    parts += [f"from {wording.listed(chosen.sources, 'or')}"] if chosen.sources else []
    parts += [f"at least {locale.decimal(chosen.sureness)} sure"] if chosen.sureness else []
    parts += [words for choice, words in view_wording.in_words(chosen, {}) if choice == "sure_of"]
    return f"Only {'; '.join(parts)}." if parts else ""


def _row(event: Event, number: int, table: EventTable, theme: Theme, year: bool) -> str:
    country = table.country_name(event.place.country) if event.place else ""
    report = own_report(event)
    source = (report.source if report else None) or "source unnamed"
    status = "" if event.status == "occurred" else f'<span class="caps">{event.status}</span>'
    when = escape(wording.when_in_short(event.when, year))
    said = f"{escape(source)}, {wording.reports(len(event.reports))}"
    return (
        f'<div class="row">{mark(event, number, theme)}<div class="when">'
        f'<b>{when}</b><span class="caps">{escape(event.type)}</span>{status}</div>'
        f'<div><h4>{escape(event.what)}</h4><div class="where">{escape(wording.place_name(event.place, country))}</div>'
        f'<p class="quote">“{quoted(event, event.evidence[0])}” <span>{said}</span></p></div></div>'
    )


def _leave() -> None:
    st.session_state.briefing = False
