"""Seconds from a feed's answer to the line in a page that is open, and what pages that nobody touches cost.

For benchmarks/watching.py. `python -m events watch` runs as its users run it, beside the page in Chromium.
"""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.invented_feeds import HERE, Feeds, served
from events.store import Store
from events.watching.state import FeedStates

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
BROUGHT = 6  # stories at a time to the page: some of them tell of no event
NEWS = ".st-key-show_news button"  # the line that says so


def feed_to_map(folder: Path, times: int, sessions: int) -> None:
    """Print the seconds from a feed's answer to the page, so many times, and what so many sessions cost that look on."""
    from playwright.sync_api import sync_playwright

    from scripts.find_browser import find_browser

    store, feeds = folder / "map.sqlite", Feeds()
    feeds.bring("/feed", 5)
    environment = {**os.environ, "DATELINE_STORE": str(store), "DATELINE_ALLOW_HOSTS": HERE}
    with served(feeds) as port:
        feed = f"http://{HERE}:{port}/feed"
        with (
            process(["-m", "events", "watch", feed, "--every", "1"], environment) as watcher,
            page(environment) as (address, server),
            sync_playwright() as playwright,
        ):
            wait_for(lambda: store.exists() and _stories(store) == 5)
            states = FeedStates.open(str(store))
            browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
            window = browser.new_page()
            window.goto(address)
            window.wait_for_selector(".say", timeout=60_000)
            window.wait_for_timeout(3000)
            seconds = [_seconds_to_page(window, feeds, feed, states) for _ in range(times)]
            if sessions:
                _idle(browser, address, server, sessions)
            browser.close()
            print(
                f"from feed to map: mean {statistics.mean(seconds):.1f} s, longest {max(seconds):.1f} s of {times}; "
                f"watcher {_resident(watcher.pid):.0f} MB; load {os.getloadavg()[0]:.1f}"
            )
            states.close()


def _seconds_to_page(window: Page, feeds: Feeds, feed: str, states: FeedStates) -> float:
    """Let a feed bring new stories: the time from its answer until the page says that there are some."""
    while window.locator(NEWS).count():  # of six stories more may still come in
        window.locator(NEWS).click()
        window.wait_for_timeout(8000)
    feeds.bring("/feed", BROUGHT)
    feeds.answered.clear()
    states.subscriptions.ask(feed, "benchmark", time.time())
    wait_for(lambda: "/feed" in feeds.answered)
    window.wait_for_selector(NEWS, timeout=120_000)
    return time.time() - feeds.answered["/feed"]


def _idle(browser: Browser, address: str, server: int, sessions: int) -> None:
    """Print what sessions that nobody touches cost the server."""
    tabs = [browser.new_page() for _ in range(sessions)]
    for tab in tabs:
        tab.goto(address)
        tab.wait_for_selector(".say", timeout=120_000)
    time.sleep(10)
    before, held = _worked(server), _resident(server)
    time.sleep(30)
    print(
        f"{sessions + 1} sessions that nobody touches: {(_worked(server) - before) / 30:.1%} of a core for all; the server's "
        f"memory {held:.0f} MB before and {_resident(server):.0f} MB after 30 s"
    )


@contextmanager
def process(arguments: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A Python process of ours, ended with the block."""
    child = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield child
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(timeout=30)


@contextmanager
def page(environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """The address of the page, and its process."""
    with socket.socket() as free:
        free.bind((HERE, 0))
        port = free.getsockname()[1]
    told = ["--server.address", HERE, "--server.port", str(port), "--server.headless", "true"]
    command = ["-m", "streamlit", "run", "app.py", *told, "--server.fileWatcherType", "none"]
    with process(command, environment) as server:
        wait_for(lambda: _answers(port))
        yield f"http://{HERE}:{port}/", server.pid


def wait_for(true: Callable[[], bool], seconds: float = 120) -> None:
    """Wait until something holds. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.2)


def _answers(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex((HERE, port)) == 0


def _stories(path: Path) -> int:
    store = Store.open(path)
    try:
        return store.story_count()
    finally:
        store.close()


def _worked(pid: int) -> float:
    """Seconds of a core that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> float:
    """Megabytes that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
