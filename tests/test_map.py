"""What the map is handed and what it hands back, without a browser."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from shapely.geometry import shape
from streamlit.testing.v1 import AppTest

from events.dashboard.map.crowds import extent
from events.dashboard.map.drawing import map_marks, picture
from events.dashboard.map.folium_map import MapMark, OfflineMap, clicked, drawn_area, payload
from events.look.theme import DARK, LIGHT
from events.store import Store
from events.view import EventTable, Filter, select
from events.view.clusters import MOST_SINGLE
from geodata.place import Place
from tests.news import NoGazetteer, SmallAtlas, march_events, march_stories

ROOT = Path(__file__).resolve().parents[1]
LINE = {"type": "LineString", "coordinates": [[24.5, 60.2], [27.0, 59.4]]}


class OneCountry(NoGazetteer):
    """A gazetteer that knows Uganda, as a square from 28 to 30.3 degrees east and from the equator to 2 north."""

    def country(self, code):
        return Place(id="gn:226074", name="Uganda", lat=1, lon=32, kind="country", radius_km=250, country="UG")

    def geometry(self, place_id):
        square = [[28, 0], [30.3, 0], [30.3, 2], [28, 2], [28, 0]]
        return {"type": "Polygon", "coordinates": [square]} if place_id == "gn:226074" else None


def mark(event_id, **changes):
    ferry = MapMark(
        id=event_id, number=1, family="incident", status="occurred", title="Ferry sinks", when_text="3 Mar",
        place_name="Banjul", precision="city", lat=13.45, lon=-16.57,
    )  # fmt: skip
    return replace(ferry, **changes)


def report(event_id, click):
    return {"last_active_drawing": {"type": "Feature", "properties": {"id": event_id, "click": click}}}


@pytest.fixture(autouse=True)
def fresh_session():
    st.session_state.clear()


def test_a_mark_crosses_with_what_the_script_draws():
    row = payload([mark("a", radius_km=6.0, members=("GM",))], None, LIGHT, None)["marks"][0]
    assert row["place"] == "Banjul"
    assert (row["lat"], row["lon"], row["radius"], row["members"], row["ground"]) == (13.45, -16.57, 6.0, ["GM"], None)


def test_a_geometry_that_several_events_share_crosses_once():
    given = payload([mark("a", geometry=LINE), mark("b", geometry=dict(LINE)), mark("c")], None, LIGHT, None)
    assert given["geometries"] == [LINE]
    assert [row["ground"] for row in given["marks"]] == [0, 0, None]


def test_numbers_are_left_out_of_a_crowd():
    assert payload([mark(str(n)) for n in range(199)], None, LIGHT, None)["numbered"] is True
    assert payload([mark(str(n)) for n in range(200)], None, LIGHT, None)["numbered"] is False


def test_the_theme_crosses_with_its_numerals():
    theme = payload([], None, DARK, ("Nothing to draw", "Why"))["theme"]
    assert (theme["name"], theme["sea"], theme["numerals"]["#5EBFDD"]) == ("dark", "#18222A", "#0E141A")


def test_online_tiles_are_off_unless_they_are_asked_for():
    assert payload([], None, LIGHT, None)["tiles"] is False
    assert payload([], None, LIGHT, None, tiles=True)["tiles"] is True


def test_a_click_counts_once():
    assert clicked(report("a", 1000), {"a", "b"}, "map") == "a"
    assert clicked(report("a", 1000), {"a", "b"}, "map") is None
    assert clicked(report("a", 1001), {"a", "b"}, "map") == "a"


@pytest.mark.parametrize(
    "state",
    [
        None, {}, "text", {"last_active_drawing": "text"}, {"last_active_drawing": {"properties": []}},
        {"last_active_drawing": {"properties": {"id": "a"}}}, report("nobody", 7), report(["a"], 7), report("a", "now"),
    ],
)  # fmt: skip
def test_what_is_no_click_on_a_drawn_event_is_passed_over(state):
    assert clicked(state, {"a"}, "map") is None


def test_the_map_asks_for_files_of_our_own_only():
    assert [address.partition("?")[0] for _, address in OfflineMap.default_js] == ["../../dateline/map.js"]
    for _, address in OfflineMap.default_css:
        assert address.startswith("../../app/static/")
        path = ROOT / "static" / address.removeprefix("../../app/static/")
        assert path.exists() or "vendor" in path.parts, path


def test_each_event_is_drawn_on_its_own_ground():
    table = EventTable.from_events(march_events(), SmallAtlas(), NoGazetteer())
    marks = {mark.id: mark for mark in map_marks(select(table, Filter()), OneCountry())}
    assert len(marks) == 40
    assert marks["ev11"].precision == "country"
    assert marks["ev11"].members == ("YE",)
    assert marks["ev5"].members == ()


def test_a_district_ends_at_the_border_of_its_country():
    event = next(event for event in march_events() if event.place and event.place.name == "Bundibugyo")
    table = EventTable.from_events([event], SmallAtlas(), NoGazetteer())
    drawn = map_marks(select(table, Filter()), OneCountry())[0].geometry
    west, south, east, north = shape(drawn).bounds
    assert (round(west, 2), round(south, 2), round(north, 2)) == (29.5, 0.12, 1.2)  # 60 km around 0.66 N 30.04 E
    assert east == 30.3


def test_hostile_titles_cross_as_data(tmp_path, monkeypatch):
    payload_text = "</script><img src=x onerror=alert(1)>`${1} {{7*7}} {% raw %} {# \\u2028"
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    store = Store.open(tmp_path / "news.sqlite")
    store.add(march_stories()[5], [march_events()[5].model_copy(update={"what": payload_text})])
    store.close()
    st.cache_resource.clear()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    sent = json.loads(page.get("component_instance")[0].proto.json_args)
    st.cache_resource.clear()
    assert [error.value for error in page.exception] == []
    assert "window.feature_group = [];" in sent["feature_group"]
    assert "<img" not in sent["feature_group"]
    assert "\\u003c/script\\u003e\\u003cimg src=x" in sent["feature_group"]
    assert "\\u007b{7*7}} \\u007b% raw %} \\u007b# " in sent["feature_group"]
    assert [link.partition("?")[0] for link in sent["js_links"]] == ["../../dateline/map.js"]
    assert all(link.startswith("../../app/static/") for link in sent["css_links"])


class Crowded:
    """A view of one event in more places than are drawn one by one."""

    def __init__(self):
        event = march_events()[5]
        events = [
            event.model_copy(
                update={"id": f"n{n}", "place": event.place.model_copy(update={"lat": n % 60, "lon": n / 10})}
            )
            for n in range(MOST_SINGLE + 1)
        ]
        self.view = select(EventTable.from_events(events, SmallAtlas(), NoGazetteer()), Filter())


def test_few_events_are_all_handed_over_as_marks():
    view = select(EventTable.from_events(march_events(), SmallAtlas(), NoGazetteer()), Filter())
    shown, _ = picture(view, None, OneCountry(), None)
    assert (len(shown.marks), shown.crowd) == (40, None)


def test_a_crowd_is_handed_over_as_clusters_with_the_open_event_beside():
    view = Crowded().view
    opened = view.shown[3]
    shown, key = picture(view, opened, OneCountry(), None)
    assert [mark.id for mark in shown.marks] == [opened.id]
    assert (shown.crowd["count"], shown.crowd["pass"]) == (MOST_SINGLE + 1, key)
    assert sum(sum(mix) for _, _, *mix in shown.crowd["clusters"]) == MOST_SINGLE + 1


def test_the_view_of_all_reaches_over_nearly_all_events():
    found = extent(Crowded().view)
    assert found["lats"] == [0.0, 60.0]
    assert (found["lons"][0], found["lons"][-1]) == (0.0, 50.0)


def test_a_click_on_a_mark_that_came_later_counts_in_a_crowd_alone():
    assert clicked(report("later", 5), set(), "map") is None
    assert clicked(report("later", 6), set(), "map", crowded=True) == "later"


def test_a_drawn_area_is_taken_once_and_opens_no_event():
    drawn = {"last_active_drawing": {"properties": {"id": "", "click": 9, "area": "9,49;17,49;17,51"}}}
    assert drawn_area(drawn, "map") == "9,49;17,49;17,51"
    assert drawn_area(drawn, "map") is None
    assert clicked(drawn, {"a"}, "map", crowded=True) is None
    assert drawn_area({"last_active_drawing": {"properties": {"click": 10, "area": 7}}}, "map") is None
