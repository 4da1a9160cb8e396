"""The real page in Chromium: our own server on a free port, a store of invented events, and no way out."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect, sync_playwright

from events.dashboard.desk.desk_file import DeskFile
from events.store import Store
from scripts.find_browser import ADVICE, find_browser
from tests.news import march_events, march_stories

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
OURS = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
LOCALE = "en-GB"  # the page writes dates as the browser's owner does
SECONDS_TO_START = 60
PATIENCE = 60_000  # ms: a loaded machine is slow, and a page that will never come is rare
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in item.nodeid.replace("\\", "/"):
            item.add_marker(pytest.mark.browser)


def fill(path, pairs):
    store = Store.open(path)
    for story, event in pairs:
        store.add(story, [event])
    store.close()


@contextmanager
def serving(store, *, hints=False):
    """The page's address, while a server shows this store. hints: whether it greets newcomers with its tour."""
    if not hints:
        DeskFile.beside(SimpleNamespace(file=lambda: store)).put_hints_away("")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [
        sys.executable, "-m", "streamlit", "run", "app.py",
        "--server.address", "127.0.0.1", "--server.port", str(port), "--server.headless", "true",
        "--server.fileWatcherType", "none",
    ]  # fmt: skip
    log = store.with_suffix(".log").open("w")
    server = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "DATELINE_STORE": str(store)}, stdout=log, stderr=subprocess.STDOUT
    )
    try:
        wait_until_up(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def wait_until_up(address, server):
    for _ in range(SECONDS_TO_START * 4):
        if server.poll() is not None:
            pytest.fail(f"the server ended at once with status {server.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"the server did not answer within {SECONDS_TO_START} seconds")


@pytest.fixture(scope="session")
def march(tmp_path_factory):
    """The address of a server with the invented events of March 2025."""
    store = tmp_path_factory.mktemp("march") / "news.sqlite"
    fill(store, zip(march_stories(), march_events(), strict=True))
    with serving(store) as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    path = find_browser()
    if path is None:
        pytest.fail(ADVICE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def profile(chromium):
    """One profile for all windows, so that Streamlit's own scripts are fetched once. It may ask no one outside: no name
    but 127.0.0.1 resolves. (A route that stops requests would switch the browser's cache off.)
    """
    context = chromium.new_context(locale=LOCALE)
    yield context
    context.close()


@pytest.fixture
def window(profile):
    """Opens addresses in windows; at the end nothing may have been asked from outside, nor a script have failed.

    allowed: the one address outside whose files a window may ask for, in a test of just that.
    """
    outside, broken, pages = [], [], []

    def note(url, allowed):
        if not url.startswith(OURS) and not (allowed and url.startswith(allowed)):
            outside.append(url)

    def open_window(address, *, width=1280, height=800, scheme="light", query="", allowed=None):
        page = profile.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("request", lambda request: note(request.url, allowed))
        page.on("websocket", lambda socket: note(socket.url, None))
        page.goto(f"{address}/{query}")
        page.wait_for_selector(".say, .sheet", timeout=PATIENCE)
        settle(page)
        return page

    yield open_window
    for page in pages:
        page.close()
    assert outside == []
    assert broken == []


def settle(page):
    """Wait until the script has run and the page is drawn, map and timeline too."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=PATIENCE)
    painted(page)
    page.wait_for_timeout(150)


def map_frame(page):
    """The frame that the map lives in."""
    for _ in range(120):
        for frame in page.frames:
            if "streamlit_folium" in frame.url:
                return frame
        page.wait_for_timeout(250)
    pytest.fail("the page has no map")


def painted(page, condition="true"):
    """What the map says that it has drawn, once land and names are there and a condition on it holds."""
    frame = map_frame(page)
    test = f"window.__painted && ((painted) => painted.land && painted.named && ({condition}))(window.__painted)"
    frame.wait_for_function(test, timeout=PATIENCE)
    return frame.evaluate("window.__painted")


def click_map(page, spot):
    """Click a spot of the map, in the map's own pixels."""
    box = page.locator(".st-key-map iframe").bounding_box()
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
