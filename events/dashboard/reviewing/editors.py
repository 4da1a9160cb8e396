"""Correcting an event's dates, type, status, label and actors: a small form each.

For the panel of the story view. A form holds what the event says now, and a reason; it is stored by one press on Save.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import get_args

import streamlit as st

from events.corrections import Change, SetActors, SetLabel, SetStatus, SetType, SetWhen
from events.dashboard import loading
from events.dashboard.desk.url_state import EARLIEST, LATEST
from events.dashboard.reviewing import signing
from events.dashboard.reviewing.reasons import STATUS_REASONS
from events.dashboard.reviewing.told import Told
from events.look import locale
from events.model import STATUSES, Actor, DatePrecision, Event, When
from events.ontology import TYPES

PRECISIONS: tuple[DatePrecision, ...] = get_args(DatePrecision)
LONGEST_LABEL = 200
MOST_ACTORS = 12
ActorRow = tuple[str, str, str | None]  # name, side, ISO code of the country
SIDES = {"actor": "does it", "recipient": "has it done to"}


def editor(attribute: str, told: Told) -> None:
    """Write the form for an attribute: "label", "date", "type", "status" or "actor"."""
    with st.form(f"fix_{attribute}_of_{told.event.id}", border=False):  # a press for another event is none
        change = _FIELDS[attribute](told.event)
        why = st.text_input("Why", placeholder="For those who come after you; may stay empty", max_chars=2000)
        with st.container(horizontal=True, gap=8):
            saved = st.form_submit_button(
                "Save", type="primary", key=f"save_fix_{told.event.id}", disabled=not signing.who()
            )
            left = st.form_submit_button("Cancel", key=f"cancel_fix_{told.event.id}")
    if left:
        st.session_state.fixing = None
        st.rerun()
    if saved:
        if isinstance(change, str):
            st.html(f'<p class="small" role="alert">{escape(change)}</p>')
        else:
            signing.say(change, signing.reports_of(told.event), why, about=told.event.what)
            st.rerun()


def when_from(start: date | None, end: date | None, precision: DatePrecision, known: When | None) -> SetWhen | str:
    """The interval that a form gives; none for no first day; what is wrong with it, in words.

    >>> when_from(date(2025, 3, 4), None, "day", None).when.end
    datetime.date(2025, 3, 4)
    >>> when_from(date(2025, 3, 4), date(2025, 3, 1), "day", None)
    'The last day is before the first.'
    """
    if start is None:
        return "Give the first day too, or empty both: then the event has no date." if end else SetWhen(when=None)
    end = end or start
    if end < start:
        return "The last day is before the first."
    evidence = known.evidence if known else None
    return SetWhen(
        when=When(start=start, end=end, precision=precision, text=known.text if known else "", evidence=evidence)
    )


def actors_from(rows: Sequence[ActorRow]) -> SetActors:
    """The actors of (name, side, country) rows; empty names are left out.

    >>> actors_from([("Ada", "actor", "GB"), (" ", "recipient", None)]).actors
    (Actor(name='Ada', role='actor', country='GB'),)
    """
    named = [(name.strip(), side, country) for name, side, country in rows if name.strip()]
    return SetActors(
        actors=tuple(
            Actor(name=name, role="recipient" if side == "recipient" else "actor", country=country)
            for name, side, country in named
        )
    )


def _label(event: Event) -> Change | str:
    words = st.text_input("What happened", event.what, max_chars=LONGEST_LABEL)
    return SetLabel(what=words.strip()) if words.strip() else "An event needs a label."


def _when(event: Event) -> Change | str:
    when = event.when
    with st.container(horizontal=True, gap=8):
        start = st.date_input("First day", when.start if when else None, EARLIEST, LATEST, format=locale.date_input())
        end = st.date_input("Last day", when.end if when else None, EARLIEST, LATEST, format=locale.date_input())
    precision = st.selectbox(
        "Known to the", PRECISIONS, PRECISIONS.index(when.precision) if when else 0, help="Both days empty: no date."
    )
    return when_from(start, end, precision, when)


def _type(event: Event) -> Change | str:
    names = list(TYPES)
    name = st.selectbox(
        "Type", names, names.index(event.type),
        format_func=lambda one: f"{one.title()} — {TYPES[one].meaning}",
    )  # fmt: skip
    return SetType(type=name)


def _status(event: Event) -> Change | str:
    status = st.radio(
        "How it is told", STATUSES, STATUSES.index(event.status), format_func=str.capitalize,
        captions=[STATUS_REASONS[name] for name in STATUSES],
    )  # fmt: skip
    return SetStatus(status=status) if status else "Choose how it is told."


def _actors(event: Event) -> Change | str:
    known = [(actor.name, actor.role, actor.country) for actor in event.actors][:MOST_ACTORS]
    blanks: list[ActorRow] = [("", "actor", None), ("", "recipient", None)]
    return actors_from([_actor(number, row) for number, row in enumerate([*known, *blanks], 1)])


def _actor(number: int, row: ActorRow) -> ActorRow:
    """One who takes part: a name, and under it what they do and the country that they have."""
    name, side, country = row
    sides, names = list(SIDES), country_names()
    codes = [*names, country] if country and country not in names else list(names)
    with st.container(key=f"actor_{number}", gap=4):
        given = st.text_input(f"Name {number}", name, max_chars=200, placeholder="Nobody")
        with st.container(horizontal=True, gap=8):
            role = st.selectbox(f"Part {number}", sides, sides.index(side), format_func=SIDES.__getitem__, width=150)
            chosen = st.selectbox(
                f"Country {number}", codes, codes.index(country) if country else None, placeholder="None named",
                format_func=lambda code: names.get(code, code),
            )  # fmt: skip
    return given, role, chosen


def country_names() -> dict[str, str]:
    """The countries of the atlas by ISO code, in the order of their names."""
    tree = loading.atlas().tree()
    return {region.id.partition(":")[2]: region.name for region in tree if region.kind == "country"}


_FIELDS: dict[str, Callable[[Event], Change | str]] = {
    "label": _label, "date": _when, "type": _type, "status": _status, "actor": _actors,
}  # fmt: skip
