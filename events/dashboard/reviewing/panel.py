"""The events of a story beside its text: each a row, the open one with its reasons, what people said, and ways to correct.

For the story view. Whatever comes from a story is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from events.corrections import Accept, Reject
from events.dashboard.access import signing_in
from events.dashboard.desk.choosing import open_event
from events.dashboard.labels import plain_label
from events.dashboard.listing.cards import mark, source_line
from events.dashboard.listing.evidence import words_of
from events.dashboard.reviewing import signing
from events.dashboard.reviewing.editors import editor
from events.dashboard.reviewing.place_editor import forget, place_editor
from events.dashboard.reviewing.reasons import ROLE_NAMES, Role, reason_of, said_of
from events.dashboard.reviewing.together import together
from events.dashboard.reviewing.told import Told
from events.look import wording
from events.look.theme import Theme
from events.model import Actor, Event, Story
from events.view import EventTable

CountryName = Callable[[str | None], str]  # of an ISO code, "" for none
ROLES: tuple[Role, ...] = ("place", "date", "type", "status", "actor")
FIX = {
    "label": "Correct what happened", "place": "Correct the place", "date": "Correct the date",
    "type": "Correct the type", "status": "Correct how it is told", "actor": "Correct who takes part",
}  # fmt: skip


def panel(story: Story, told: Sequence[Told], opened: Told | None, table: EventTable, theme: Theme) -> None:
    """Write the rows of the story's events, the open one in full."""
    if not told:
        st.html(
            '<div class="empty"><h3>No event was found</h3><p>If the story tells of one, select the words that say so.'
            "</p></div>"
        )
    if opened is not None:
        with st.container(key="open_told", gap=4):
            _opened(opened, story, table, theme)
    others = [one for one in told if one is not opened]
    if others:
        st.html('<p class="also">Also told in this story</p>')
    for one in others:
        _row(one, table, theme)


def verdict(opened: Told) -> None:
    """Write the two buttons that say whether the open event is one."""
    event, unsigned = opened.event, not signing.who()
    st.button(
        "Accept", key="accept", icon=":material/check:", type="primary", shortcut="A", disabled=unsigned,
        on_click=_judge, args=(Accept(), event),
    )  # fmt: skip
    st.button(
        "Reject", key="reject", icon=":material/block:", shortcut="X", disabled=unsigned,
        on_click=_judge, args=(Reject(), event),
    )  # fmt: skip


def rows_of(event: Event, own: Event, story: Story, country_name: CountryName) -> list[tuple[Role, str]]:
    """The open event's rows, as HTML: the words, what they were read as, and why."""
    country = country_name(event.place.country) if event.place else ""
    words = words_of(own, story)
    readings: dict[Role, str] = {
        "place": wording.place_name(event.place, country),
        "date": wording.days(event.when.start, event.when.end) if event.when else "No date",
        "type": wording.type_reading(event),
        "status": event.status,
        "actor": wording.listed([_with_country(actor, country_name) for actor in event.actors]) or "Nobody",
    }
    found = []
    for role in ROLES:
        quoted = f"“{escape(words[role])}” → " if role != "actor" and words.get(role) else ""
        precision = f", {wording.place_reading(event.place)}" if role == "place" and event.place else ""
        body = f'<div class="reading-of {role}"><span class="role">{ROLE_NAMES[role]}</span>'
        body += f"<div>{quoted}<b>{escape(readings[role] + precision)}</b>"
        found.append((role, f"{body}<small>{escape(reason_of(role, event))}</small></div></div>"))
    return found


def _with_country(actor: Actor, country_name: CountryName) -> str:
    country = country_name(actor.country)
    return f"{actor.name} ({country})" if country and country not in actor.name else actor.name


def _row(one: Told, table: EventTable, theme: Theme) -> None:
    event = one.event
    country = table.country_name(event.place.country) if event.place else ""
    meta = f"{wording.when_in_short(event.when)} · {wording.place_name(event.place, country)}"
    with st.container(key=f"ev_told_{one.number}", gap=None):
        st.html(
            f'<div class="card slim">{mark(event, one.number, theme)}<div><h4>{escape(event.what)}</h4>'
            f'<div class="where">{escape(meta)}</div></div></div>'
        )
        name = plain_label(f"Open event {one.number}: {event.what}")
        st.button(name, key=f"go_told_{one.number}", on_click=_open, args=(event.id,))


def _open(event_id: str) -> None:
    st.session_state.fixing = None
    forget()
    open_event(event_id)


def _opened(one: Told, story: Story, table: EventTable, theme: Theme) -> None:
    event, state = one.event, st.session_state
    _fixable("label", _head(one, theme), one, story)
    for role, row in rows_of(event, one.own, story, table.country_name):
        _fixable(role, row, one, story)
    sure = wording.sureness_reading(event)
    st.html(f'<div class="told-by">{source_line(event)}<span>Sure {sure}</span></div>')
    for review in event.reviews:
        with st.container(key=f"review_{review.correction}", horizontal=True, gap=6, vertical_alignment="center"):
            st.html(f'<p class="review">{escape(said_of(review))}</p>')
            if not signing_in.may_change():
                continue
            st.button(
                "Undo", key=f"take_back_{review.correction}", icon=":material/undo:", type="tertiary",
                help=f"Take back correction {review.correction}", on_click=signing.take_back, args=(review.correction,),
            )  # fmt: skip
    if not signing_in.may_change():
        return
    st.button(
        "Merge or split",
        key="fix_join",
        icon=":material/merge:",
        type="tertiary",
        on_click=_fix,
        args=("join",),
    )
    if state.get("fixing") == "join":
        with st.container(key="editor", gap=6):
            together(one, table)


def _head(one: Told, theme: Theme) -> str:
    event = one.event
    return (
        f'<div class="open slim"><div class="top">{mark(event, one.number, theme)}'
        f"<b>{escape(wording.when_in_full(event.when))}</b>"
        f'<span class="caps">{escape(event.type)} · {event.status}</span></div><h3>{escape(event.what)}</h3></div>'
    )


def _fixable(attribute: str, row: str, one: Told, story: Story) -> None:
    """A row with its pencil; under it the editor, where it is being corrected."""
    with st.container(key=f"row_{attribute}", horizontal=True, gap=4):
        st.html(row)
        if not signing_in.may_change():
            return
        st.button(
            FIX[attribute],
            key=f"fix_{attribute}",
            icon=":material/edit:",
            type="tertiary",
            on_click=_fix,
            args=(attribute,),
        )
    if st.session_state.get("fixing") == attribute:
        with st.container(key="editor", gap=6):
            if attribute == "place":
                place_editor(one, story)
            else:
                editor(attribute, one)


def _fix(attribute: str) -> None:
    state = st.session_state
    forget()
    state.fixing = None if state.get("fixing") == attribute else attribute
    state.fixing_of = None  # the room says of which event, in the run that opens the editor


def _judge(verdict: Accept | Reject, event: Event) -> None:
    after = st.session_state.get("after")  # the next of the queue, as it was when the page was written
    if signing.say(verdict, signing.reports_of(event), about=event.what) and after:
        st.session_state.event = after
