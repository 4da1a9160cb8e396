"""The map's own way to the server: who is answered, and with what."""

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit import config

from events.dashboard.map.crowds import PASSES
from events.dashboard.map.map_files import LAND, NAMES, SCRIPT, WantedFiles, address, version
from events.dashboard.map.routes import routes
from events.view import EventTable, Filter, select
from tests.news import NoGazetteer, SmallAtlas, march_events

PORT = {"west": "-180", "south": "-80", "east": "180", "north": "80", "zoom": "2"}


@pytest.fixture
def view():
    return select(EventTable.from_events(march_events(), SmallAtlas(), NoGazetteer()), Filter())


@pytest.fixture
def given(view):
    return PASSES.of_map(None, view, NoGazetteer())


@pytest.fixture
def browser():
    return TestClient(Starlette(routes=routes()), base_url="http://127.0.0.1:8501")


def sight(browser, key, headers=None, **changes):
    return browser.get("/dateline/sight", params={**PORT, "pass": key, **changes}, headers=headers or {})


def test_a_map_with_a_pass_gets_what_is_in_sight(browser, given):
    answer = sight(browser, given.key)
    assert answer.status_code == 200
    assert answer.json()["count"] == 40
    assert len(answer.json()["marks"]["ids"]) == 40


def test_no_word_of_a_story_crosses(browser, given, view):
    text = sight(browser, given.key).text
    for event in view.shown:
        assert event.what not in text
        assert event.place.name not in text


@pytest.mark.parametrize("key", ["", "guessed", "../../etc/passwd"])
def test_who_has_no_pass_gets_nothing(browser, key):
    assert sight(browser, key).status_code == 403


def test_the_maps_script_comes_in_one_file_that_a_browser_keeps(browser):
    answer = browser.get("/dateline/map.js", params={"v": version(SCRIPT)})
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert (
        answer.text.index("Leaflet 1.9.4")
        < answer.text.index("dateline.outline =")
        < answer.text.index("dateline.show =")
    )
    assert browser.get("/dateline/map.js", params={"v": "older"}).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", [LAND, NAMES])
def test_land_and_names_come_packed_and_are_kept(browser, name):
    if not version(name):
        pytest.skip("set-up has not fetched the base map")
    answer = browser.get(f"/{address(name)}", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    plain = browser.get(f"/{address(name)}", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert answer.json() == plain.json()


def test_the_pages_first_answer_names_what_its_map_will_load():
    answers = Starlette(
        routes=[Route("/", lambda request: Response("page")), Route("/x", lambda request: Response("x"))]
    )
    browser = TestClient(WantedFiles(answers), base_url="http://127.0.0.1:8501")
    assert f"<{address(SCRIPT)}>; rel=prefetch; as=script" in browser.get("/").headers["link"]
    assert "link" not in browser.get("/x").headers


def test_another_sites_script_gets_nothing(browser, given):
    assert sight(browser, given.key, {"sec-fetch-site": "cross-site"}).status_code == 403
    assert sight(browser, given.key, {"origin": "http://evil.example"}).status_code == 403


def test_a_page_for_this_machine_is_reached_by_no_other_name(given):
    before = config.get_option("server.address")
    config.set_option("server.address", "127.0.0.1")
    try:
        rebound = TestClient(Starlette(routes=routes()), base_url="http://rebound.example:8501")
        assert sight(rebound, given.key).status_code == 403
    finally:
        config.set_option("server.address", before)


@pytest.mark.parametrize("changes", [{"west": "nan"}, {"zoom": "x"}, {"south": "85"}, {"east": "1e9"}, {"zoom": "-1"}])
def test_what_is_no_viewport_is_refused(browser, given, changes):
    assert sight(browser, given.key, **changes).status_code == 400


def test_a_pass_remembers_where_its_map_looked_last(browser, given):
    sight(browser, given.key, west="20", south="40", east="40", north="60", zoom="5")
    assert given.look()["port"] == [20.0, 40.0, 40.0, 60.0, 5.0]


def test_a_new_view_is_a_new_turn(given, view):
    assert given.look()["turn"] == 0
    again = PASSES.of_map(given.key, select(view.table, Filter(statuses=("planned",))), NoGazetteer())
    assert (again is given, again.look()["turn"], again.look()["count"]) == (True, 1, 7)


def test_grounds_come_by_number_and_unknown_numbers_are_passed_over(browser, given):
    answer = browser.get("/dateline/grounds", params={"pass": given.key, "places": "0,999999"})
    assert list(answer.json()) == ["0"]
    assert set(answer.json()["0"]) == {"members", "geometry", "radius"}


def test_answers_are_kept_nowhere(browser, given):
    assert sight(browser, given.key).headers["cache-control"] == "no-store"
