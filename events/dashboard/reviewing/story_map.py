"""The map beside a story: its events, and, while a place is corrected, a pencil for a point or an area.

For the story view. The same base map as the desk's, with one script more; it never reloads while the story is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import folium
import streamlit as st
from branca.element import MacroElement
from folium.template import Template
from streamlit_folium import st_folium

from events.dashboard.map.drawing import mark_of
from events.dashboard.map.folium_map import STATIC, BaseMap, Marks, OfflineMap, clicked, payload, script_data
from events.dashboard.reviewing.choosing_place import MOST_CORNERS
from events.dashboard.reviewing.told import Told
from events.look.theme import Theme
from geodata.gazetteer import Gazetteer

HEIGHT = 300  # px, until the sheet says otherwise
Pencil = Literal["", "point", "area"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody did on the map: clicked an event's mark, or put down corners, (lat, lon); one corner is a point."""

    event_id: str | None = None
    corners: tuple[tuple[float, float], ...] = ()


class StoryMap(OfflineMap):
    """The base map with the pencil."""

    default_js = [*OfflineMap.default_js, ("pencil", f"{STATIC}dateline-pencil.js")]  # noqa: RUF012


class PencilElement(MacroElement):
    """What may be drawn in this run, and the candidates to show."""

    _template = Template(
        "{% macro script(this, kwargs) %}dateline.pencil({{ this._parent.get_name() }}, {{ this.given }});{% endmacro %}"
    )

    def __init__(self, given: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Pencil"
        self.given = script_data(given)


def story_map(
    told: Sequence[Told], opened: Told | None, theme: Theme, gazetteer: Gazetteer, *, key: str,
    pencil: Pencil = "", candidates: Sequence[tuple[float, float]] = (), drawn: Sequence[tuple[float, float]] = (),
) -> Answer:  # fmt: skip
    """Write the map. candidates: numbered points to choose from; drawn: the corners that were put down; (lat, lon) each."""
    marks = [mark_of(one.event, one.event.place, one.number, gazetteer, year=False) for one in told if one.event.place]
    note = None if marks or pencil or candidates else ("Nothing to draw", "No event of this story has a place.")
    selected = opened.event.id if opened and opened.event.place else None
    group = folium.FeatureGroup("events")
    group.add_child(Marks(payload(marks, selected, theme, note) | {"plain": True, "crowd": None}))
    group.add_child(PencilElement({
        "pencil": pencil, "candidates": [list(spot) for spot in candidates], "drawn": [list(spot) for spot in drawn],
        "ink": theme.ink, "panel": theme.panel,
    }))  # fmt: skip
    state = st_folium(
        _base(), key=key, height=HEIGHT, use_container_width=True, feature_group_to_add=group,
        returned_objects=["last_active_drawing"],
    )  # fmt: skip
    corners = corners_from(state, key)
    return Answer(None, corners) if corners else Answer(clicked(state, {mark.id for mark in marks}, key))


def corners_from(state: Any, key: str) -> tuple[tuple[float, float], ...]:
    """The corners that the frame reports, once for each drawing. What comes from a browser may be anything."""
    drawing = state.get("last_active_drawing") if isinstance(state, dict) else None
    properties = drawing.get("properties") if isinstance(drawing, dict) else None
    given = properties.get("corners") if isinstance(properties, dict) else None
    click, seen = properties.get("click") if isinstance(properties, dict) else None, f"{key}_drawn"
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_CORNERS or click == st.session_state.get(seen):
        return ()
    st.session_state[seen] = click
    corners = [corner for corner in given if _is_corner(corner)]
    return tuple((float(lat), _turned(float(lon))) for lat, lon in corners) if len(corners) == len(given) else ()


def _is_corner(corner: Any) -> bool:
    return (
        isinstance(corner, list) and len(corner) == 2 and all(isinstance(n, int | float) for n in corner)
        and -90 <= corner[0] <= 90 and -540 <= corner[1] <= 540
    )  # fmt: skip


def _turned(lon: float) -> float:
    """A longitude of any turn of the world as one from -180 to 180."""
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180


def _base() -> StoryMap:
    base = StoryMap(location=[25, 15], zoom_start=2, tiles=None, prefer_canvas=True, zoom_control=True)
    base.options.update(
        minZoom=1, maxZoom=12, zoomSnap=0.1, zoomDelta=0.8, wheelPxPerZoomLevel=110, attributionControl=True,
        keyboardPanDelta=120, doubleClickZoom=False,
    )  # fmt: skip
    BaseMap().add_to(base)
    return base
