"""The map: a Folium map that loads nothing from outside unasked, and the one element that hands it the events.

For the page and its briefing. The base map's script never changes, so the frame is never loaded anew; the events come
in a feature group of one small element. Everything is drawn by static/dateline-*.js; text from stories crosses as JSON
data only and is written there with textContent or on a canvas, never as HTML. Branca reads what an element renders as
a template once more, so the data must be no template either.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import folium
import streamlit as st
from branca.element import MacroElement
from folium.template import Template
from streamlit_folium import st_folium

from events.dashboard.map.map_files import LAND, NAMES, SCRIPT, address
from events.look.marks import forms_for_map
from events.look.theme import Theme
from events.model import STATUSES, PlacePrecision, Status
from events.ontology import FAMILIES

STATIC = "../../app/static/"  # as seen from the component's frame, under any baseUrlPath
ROOT = "../../"  # the page's own address, as seen from there
HEIGHT = 460  # px, until the page's own sheet gives the map what is left of the window
MOST_NUMBERED = 199  # a number that nobody can find in the list is clutter
_TEMPLATE_OPENING = re.compile(r"\{(?=[{%#])")


@dataclass(frozen=True, slots=True)
class MapMark:
    """An event as the map draws it.

    `number` is its number in the list; `lat`, `lon` degrees, for areas and lines the place of the badge; `radius_km`
    how far the place reaches; `geometry` GeoJSON of its ground, if one is known; `members` the ISO codes of the
    countries that are its ground.
    """

    id: str
    number: int
    family: str
    status: Status
    title: str
    when_text: str
    place_name: str
    precision: PlacePrecision
    lat: float
    lon: float
    radius_km: float = 0.0
    geometry: dict[str, Any] | None = None
    members: tuple[str, ...] = ()


class OfflineMap(folium.Map):
    """A Folium map whose scripts and sheets are all ours."""

    default_js = [("dateline", f"{ROOT}{address(SCRIPT)}")]  # noqa: RUF012
    default_css = [("leaflet_css", f"{STATIC}vendor/leaflet.css"), ("map_css", f"{STATIC}dateline-map.css")]  # noqa: RUF012


class BaseMap(MacroElement):
    """Land, names and controls; the same in every run."""

    _template = Template(
        "{% macro script(this, kwargs) %}dateline.open({{ this._parent.get_name() }}, {{ this.given }});{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "BaseMap"
        given = {
            "land": f"{ROOT}{address(LAND)}",
            "names": f"{ROOT}{address(NAMES)}",
            "forms": forms_for_map(),
            "statuses": list(STATUSES),
            "families": list(FAMILIES),
        }
        self.given = script_data(given)


class Marks(MacroElement):
    """The events of one run. Empties the component's list of groups, which it only ever adds to and so leaks."""

    _template = Template(
        "{% macro script(this, kwargs) %}window.feature_group = [];"
        "dateline.show({{ this._parent.get_name() }}, {{ this.given }});{% endmacro %}"
    )

    def __init__(self, given: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Marks"
        self.given = script_data(given)


def event_map(picture: dict[str, Any], *, key: str, on_area: Callable[[str], None] | None = None) -> str | None:
    """Write the map with what `payload` gives. Returns the id of the event whose mark was clicked since the last run, else
    None. on_area: called with the text of a drawn area.
    """
    group = folium.FeatureGroup("events")
    group.add_child(Marks(picture))
    state = st_folium(
        _base(), key=key, height=HEIGHT, use_container_width=True, feature_group_to_add=group,
        returned_objects=["last_active_drawing"],
    )  # fmt: skip
    if on_area and (drawn := drawn_area(state, key)):
        on_area(drawn)
        st.rerun()
    return clicked(state, {mark["id"] for mark in picture["marks"]}, key, crowded=picture["crowd"] is not None)


def payload(
    marks: Sequence[MapMark], selected: str | None, theme: Theme, note: tuple[str, str] | None = None, *,
    tiles: bool = False, plain: bool = False, crowd: dict[str, Any] | None = None, area: str = "",
    overlays: Sequence[tuple[str, int]] = (),
) -> dict[str, Any]:  # fmt: skip
    """What the map's script gets: marks, their geometries (each sent once), colours and what else it shows.

    selected: the id of the open event. note: a headline and a line laid over the map where there is nothing to draw.
    tiles: whether OpenStreetMap's tiles, which the browser then asks for, lie over our land. plain: without key and
    buttons, for a sheet with a legend of its own. crowd: what is in sight where events are too many for single marks,
    as `events.dashboard.map.crowds` gives it. area: the text of the chosen area. overlays: the viewer's own layers beneath
    the events, as `events.dashboard.map.overlays` names them.
    """
    geometries: dict[str, int] = {}
    rows = [_row(mark, geometries) for mark in marks]
    return {
        "marks": rows,
        "geometries": [json.loads(text) for text in geometries],
        "numbered": len(rows) <= MOST_NUMBERED,
        "selected": selected,
        "theme": {name: _plain(value) for name, value in vars(theme).items()},
        "note": note,
        "tiles": tiles,
        "plain": plain,
        "crowd": crowd,
        "area": area,
        "overlays": list(overlays),
    }


def script_data(value: Any) -> str:
    r"""JSON to stand in a script: it closes no element and opens no expression of Jinja's.

    Brackets and braces are escaped in strings only: JSON itself never has a brace before one of "{%#", nor a "<".

    >>> script_data({"title": "</script>{{ 7 * 7 }}"})
    '{"title": "\\u003c/script\\u003e\\u007b{ 7 * 7 }}"}'
    """
    text = json.dumps(value)
    for sign in "<>&'":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return _TEMPLATE_OPENING.sub(r"\\u007b", text)


def clicked(state: Any, known: set[str], key: str, *, crowded: bool = False) -> str | None:
    """The id that a click in the frame reports, once for each click. What comes from a browser may be anything.

    crowded: whether the map has marks that it was not handed with the page; then any id is given back, to be looked up.
    """
    properties = _reported(state, key)
    event_id = properties.get("id")
    return event_id if isinstance(event_id, str) and (event_id in known or (crowded and event_id)) else None


def drawn_area(state: Any, key: str) -> str | None:
    """The text of the area that was drawn in the frame since the last run, to be read by `Area.parse`."""
    drawing = state.get("last_active_drawing") if isinstance(state, dict) else None
    properties = drawing.get("properties") if isinstance(drawing, dict) else None
    if not isinstance(properties, dict) or "area" not in properties:
        return None
    area = _reported(state, key).get("area")
    return area if isinstance(area, str) else None


def _reported(state: Any, key: str) -> dict[str, Any]:
    """What the frame reports, once; nothing of what is no report."""
    drawing = state.get("last_active_drawing") if isinstance(state, dict) else None
    properties = drawing.get("properties") if isinstance(drawing, dict) else None
    click = properties.get("click") if isinstance(properties, dict) else None
    seen = f"{key}_click"
    if not isinstance(properties, dict) or not isinstance(click, int | float) or click == st.session_state.get(seen):
        return {}
    st.session_state[seen] = click
    return properties


def _base() -> OfflineMap:
    base = OfflineMap(location=[25, 15], zoom_start=2, tiles=None, prefer_canvas=True, zoom_control=True)
    base.options.update(
        minZoom=1, maxZoom=10, zoomSnap=0.1, zoomDelta=0.8, wheelPxPerZoomLevel=110, attributionControl=True,
        keyboardPanDelta=120,
    )  # fmt: skip
    BaseMap().add_to(base)
    return base


def _row(mark: MapMark, geometries: dict[str, int]) -> dict[str, Any]:
    ground = None
    if mark.geometry:
        text = json.dumps(mark.geometry, sort_keys=True)
        ground = geometries.setdefault(text, len(geometries))
    return {
        "id": mark.id, "number": mark.number, "family": mark.family, "status": mark.status, "title": mark.title,
        "when": mark.when_text, "place": mark.place_name, "precision": mark.precision, "lat": mark.lat,
        "lon": mark.lon, "radius": mark.radius_km, "ground": ground, "members": list(mark.members),
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else dict(value)
