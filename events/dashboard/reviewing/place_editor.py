"""Correcting where an event happened: from the gazetteer, by a point or an area on the map, or not to be had.

For the panel of the story view. What is chosen here is drawn on the map above; it is stored by one press on Save.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

import streamlit as st

from events.corrections import SetPlace
from events.dashboard import loading
from events.dashboard.labels import plain_label
from events.dashboard.reviewing import signing
from events.dashboard.reviewing.choosing_place import (
    REACH_KM,
    Choice,
    at_point,
    choices,
    coordinates,
    in_outline,
    words_of_place,
)
from events.dashboard.reviewing.story_map import Pencil
from events.dashboard.reviewing.told import Told
from events.look import wording
from events.model import EventPlace, PlacePrecision, Story

WAYS = ("By name", "A point", "An area", "None")
PENCILS: dict[str, Pencil] = {"A point": "point", "An area": "area"}
POINT_PRECISIONS: tuple[PlacePrecision, ...] = tuple(REACH_KM)
Reach = Literal["event", "story", "outlet"]
Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What the map is to show of a place that is being corrected."""

    pencil: Pencil = ""
    candidates: Corners = ()
    drawn: Corners = ()


def draft(told: Told | None, story: Story) -> Draft:
    """What the map shows before the editor below it is written, from what the editor's widgets hold."""
    state = st.session_state
    if told is None or state.get("fixing") != "place":
        return Draft()
    way = state.get("place_way") or WAYS[0]
    if way == "By name":
        found = choices(state.get("place_name", first_name(told, story)), loading.gazetteer())
        return Draft(candidates=tuple((choice.place.lat, choice.place.lon) for choice in found))
    return Draft(PENCILS.get(way, ""), (), tuple(state.get("place_corners") or ()))


def take_corners(corners: Corners) -> None:
    """What was drawn on the map: kept until it is saved; a point is written into its input."""
    state = st.session_state
    state.place_corners = corners
    if len(corners) == 1:
        state.place_degrees = f"{corners[0][0]:.4f}, {corners[0][1]:.4f}"


def first_name(told: Told, story: Story) -> str:
    """What the search begins with: the words that gave the place, else the place's name."""
    place = told.own.place
    if place is None:
        return ""
    words = words_of_place(story.part(place.evidence.part), place.evidence) if place.evidence else ""
    return words or place.name


def place_editor(told: Told, story: Story) -> None:
    """Write the editor."""
    way = st.segmented_control(
        "Find the place", WAYS, key="place_way", default=WAYS[0], required=True, on_change=_clear_corners
    )
    found: EventPlace | None = None
    if way == "By name":
        found = _by_name(told, story)
    elif way == "A point":
        found = _by_point()
    elif way == "An area":
        found = _by_area()
    else:
        st.html('<p class="small">The event is listed with those that have no place, and drawn nowhere.</p>')
    ready = found is not None or way == "None"
    reach = _reach(told, story)
    why = st.text_input("Why", key="place_why", placeholder="For those who come after you; may stay empty")
    if _buttons(ready, told.event.id):
        name = first_name(told, story) if reach != "event" else ""
        change = SetPlace(place=found, reach=reach, name=name)
        if signing.say(change, signing.reports_of(told.event), why, about=_about(found, told)):
            forget()
        st.rerun()


def forget() -> None:
    """Begin anew with the next place."""
    for name in (
        "place_corners",
        "place_degrees",
        "place_name",
        "place_way",
        "place_why",
        "place_choice",
        "place_reach",
    ):
        st.session_state.pop(name, None)


def _clear_corners() -> None:
    st.session_state.place_corners = ()


def _about(found: EventPlace | None, told: Told) -> str:
    return f"{told.event.what} → {found.name if found else 'no place'}"


def _by_name(told: Told, story: Story) -> EventPlace | None:
    if "place_name" not in st.session_state:
        st.session_state.place_name = first_name(told, story)
    name = st.text_input("Search the gazetteer", key="place_name", placeholder="A town, province, sea, pipeline …")
    found = choices(name, loading.gazetteer())
    if not found:
        said = f"The gazetteer has no “{name.strip()}”. Try another spelling, or set a point." if name.strip() else ""
        st.html(f'<p class="small" role="status">{escape(said)}</p>')
        return None
    at = st.radio(
        "Candidates, numbered as on the map", range(len(found)), key=f"place_choice_{name}",
        format_func=lambda n: _candidate(n, found), captions=[_caption(choice) for choice in found],
    )  # fmt: skip
    return found[at].place if at is not None else None


def _candidate(number: int, found: Sequence[Choice]) -> str:
    return f"{number + 1}\\. **{plain_label(found[number].place.name)}**"


def _caption(choice: Choice) -> str:
    return plain_label(f"{choice.what} · {choice.why}")


def _by_point() -> EventPlace | None:
    st.html('<p class="small">Click on the map above, or type degrees.</p>')
    typed = st.text_input("Latitude, longitude", key="place_degrees", placeholder="48.85, 2.35")
    spot = coordinates(typed)
    if typed.strip() and spot is None:
        st.html('<p class="small" role="status">These are no degrees: latitude first, such as 48.85, 2.35.</p>')
    name = st.text_input("Name of the place", key="place_called", placeholder="As it shall stand on the map")
    precision = st.selectbox(
        "How exactly it is known", POINT_PRECISIONS,
        format_func=lambda kind: wording.PRECISION[kind].format(km=f"{REACH_KM[kind]:.0f}").capitalize(),
    )  # fmt: skip
    return at_point(name, *spot, precision, loading.gazetteer()) if spot else None


def _by_area() -> EventPlace | None:
    corners: Corners = tuple(st.session_state.get("place_corners") or ())
    name = st.text_input("Name of the area", key="area_called", placeholder="As it shall stand on the map")
    if len(corners) < 3:
        st.html(
            '<p class="small">Click corner after corner on the map above; a double click or Enter closes the area, '
            "Backspace takes a corner back. A named area is found by name too; without a mouse, set a point and say how "
            "far it reaches.</p>"
        )
        return None
    try:
        found = in_outline(name, corners, loading.gazetteer())
    except ValueError as error:
        st.html(f'<p class="small" role="alert">{escape(str(error))}</p>')
        return None
    st.html(f'<p class="small" role="status">An area of {len(corners)} corners, within {found.radius_km:.0f} km.</p>')
    return found


def _reach(told: Told, story: Story) -> Reach:
    """For whom the place holds: asked where words of the story gave it, which others of the story or outlet may use too."""
    words = first_name(told, story) if told.own.place and told.own.place.evidence else ""
    if not words:
        return "event"
    says = {
        "event": "This event only",
        "story": f"Every event that this story places by “{words}”",
        "outlet": f"Every story of {story.source} that says “{words}”",
    }
    offered: tuple[Reach, ...] = ("event", "story", "outlet") if story.source else ("event", "story")
    return (
        st.radio("Holds for", offered, key="place_reach", format_func=lambda reach: plain_label(says[reach])) or "event"
    )


def _buttons(ready: bool, event_id: str) -> bool:
    """Save and Cancel. Whether Save was pressed; a press on what was written for another event is none."""
    with st.container(horizontal=True, gap=8):
        pressed = st.button(
            "Save", type="primary", key=f"save_place_{event_id}", disabled=not (ready and signing.who())
        )
        if st.button("Cancel", key="cancel_place"):
            st.session_state.fixing = None
            forget()
            st.rerun()
    return pressed
