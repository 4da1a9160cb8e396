"""The map's own line: who may open it, what crosses it, and how long the page waits for it."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from events.dashboard.map import map_telling
from events.dashboard.map.map_line import LINES, Lines
from events.dashboard.map.routes import routes
from events.look.theme import LIGHT
from events.view.clusters import Viewport

ADDRESS = "ws://127.0.0.1:8501/dateline/line?key={}"


@pytest.fixture
def browser():
    with TestClient(Starlette(routes=routes()), base_url="http://127.0.0.1:8501") as client:
        yield client


@pytest.fixture(autouse=True)
def fresh_session():
    st.session_state.clear()


def opened(line):
    """Whether the line comes up within a second: its socket is accepted on another thread."""
    return any(line.tell("{}") or time.sleep(0.01) for _ in range(100))


def test_a_picture_goes_to_the_map_and_the_page_hears_that_it_is_painted(browser):
    line = LINES.of_map(None)
    with browser.websocket_connect(ADDRESS.format(line.key)) as socket:
        assert opened(line)
        assert socket.receive_text() == "{}"
        line.tell('{"marks": []}')
        assert socket.receive_text() == '{"marks": []}'
        socket.send_text("7")
        assert line.wait_until_painted(7, 5)
        assert not line.wait_until_painted(8, 0.01)


@pytest.mark.parametrize("word", ["", "-1", "1e3", "٣", "9" * 13, "<b>"])
def test_what_is_no_number_is_passed_over(browser, word):
    line = LINES.of_map(None)
    with browser.websocket_connect(ADDRESS.format(line.key)) as socket:
        socket.send_text(word)
        socket.send_text("1")
        assert line.wait_until_painted(1, 5)
        assert not line.wait_until_painted(2, 0.01)


def test_nobody_opens_a_line_without_its_key(browser):
    with pytest.raises(WebSocketDisconnect), browser.websocket_connect(ADDRESS.format("guessed")):
        pass


def test_no_other_site_opens_a_line_and_no_other_sign_in(browser):
    mine, theirs = LINES.of_map(None), LINES.of_map(None, "ada")
    for key, origin in ((mine.key, "http://evil.example"), (theirs.key, "http://127.0.0.1:8501")):
        with (
            pytest.raises(WebSocketDisconnect),
            browser.websocket_connect(ADDRESS.format(key), headers={"origin": origin}),
        ):
            pass
    assert LINES.of_map(theirs.key, "ada") is theirs
    assert LINES.of_map(theirs.key, "eve") is not theirs


def test_a_line_that_was_hung_up_takes_no_picture(browser):
    line = LINES.of_map(None)
    with browser.websocket_connect(ADDRESS.format(line.key)):
        assert opened(line)
    assert any(not line.tell("{}") or time.sleep(0.01) for _ in range(100))


def test_only_another_picture_has_another_number():
    numbers = [map_telling.told({"marks": marks, "theme": LIGHT.name})["number"] for marks in ([], [], [1])]
    assert numbers == [1, 1, 2]


def test_the_page_waits_for_the_map_and_no_longer_than_it_may():
    line = Lines().of_map(None)
    threading.Timer(0.05, line._hear, ["3"]).start()
    begun = time.monotonic()
    assert line.wait_until_painted(3, 5)
    assert not line.wait_until_painted(4, 0.05)
    assert time.monotonic() - begun < 4


@pytest.mark.parametrize(
    ("answer", "told"),
    [("1 -10 40 30 60 4.5", Viewport(-10, 40, 30, 60, 4.5)), ("1 -10 40 30 inf 4", None), ("2 -10 40 30 60 4", None)],
)
def test_the_map_is_asked_where_it_would_look_and_only_a_viewport_is_believed(browser, answer, told):
    line = LINES.of_map(None)
    with browser.websocket_connect(ADDRESS.format(line.key)) as socket, ThreadPoolExecutor(1) as pool:
        assert opened(line)
        assert socket.receive_text() == "{}"
        asked = pool.submit(line.where_next, {"lats": [40.0, 60.0], "lons": [0.0]}, 5 if told else 0.3)
        assert json.loads(socket.receive_text())["ask"] == 1
        socket.send_text(answer)
        assert asked.result() == told
