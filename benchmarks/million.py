"""How fast the page is on a million events, in Chromium: from the reader's hand to the painted map.

    python -m benchmarks.million [--store PATH] [--repeats 12] [--interactions 200]

The store is made where it is not there (`benchmarks.crowded_store`). A time runs from the event in the browser (a press, a
key, a release) to two frames after the map was drawn. The load of the machine is told beside the figures. Not run in tests.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame, Page, sync_playwright

from benchmarks.crowded_store import fill
from scripts.find_browser import find_browser

ROOT = Path(__file__).resolve().parents[1]
EVENTS = 1_000_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--enable-precise-memory-info"]
WATCH = (
    "() => { for (const kind of ['pointerup', 'keydown', 'click'])"
    " window.addEventListener(kind, () => { window.__hand = Date.now(); }, true); }"
)
PATIENCE = 60_000  # ms
REST = 900  # ms between two acts, so that what follows the first is over
REGIONS = ("Europe", "Asia", "Africa", "India", "China", "Brazil")
PANS = ((180, 0), (0, 120), (-180, 0), (0, -120))


@dataclass(frozen=True)
class Figure:
    """The times of one kind of act in milliseconds, and the load of the machine meanwhile."""

    act: str
    times: tuple[float, ...]
    load: float

    def row(self) -> str:
        """A row of the table."""
        ordered = sorted(self.times)
        high = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
        return f"| {self.act} | {len(ordered)} | {statistics.median(ordered):.0f} | {high:.0f} | {self.load:.1f} |"


def main(arguments: Sequence[str]) -> int:
    """Measure and print the table. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, default=Path(tempfile.gettempdir()) / "dateline-million.sqlite")
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--repeats", type=int, default=12)
    parser.add_argument("--interactions", type=int, default=200, help="acts between two looks at the browser's memory")
    options = parser.parse_args(arguments)
    if not options.store.exists():
        fill(options.store, options.events)
    print("| act | times | median ms | 95th percentile ms | load |\n|---|---|---|---|---|")
    with serving(options.store) as (address, server), _page(address) as (page, first):
        print(Figure("first paint, a new visitor", (first,), os.getloadavg()[0]).row(), flush=True)
        for figure in figures(page, options.repeats):
            print(figure.row(), flush=True)
        print(f"\nserver: {resident(server):.0f} MB")
        if options.interactions:
            before, after = memory_over(page, options.interactions)
            print(f"browser's heap: {before:.0f} MB before, {after:.0f} MB after {options.interactions} acts")
            print(f"server: {resident(server):.0f} MB")
    return 0


def figures(page: Page, repeats: int) -> Iterator[Figure]:
    """One figure for each kind of act."""
    yield _figure("a filter is changed", [partial(_press, page, n) for n in range(repeats)], page)
    _clear(page)
    yield _figure("a brush is let go", [partial(_brush, page, n) for n in range(repeats)], page, _unbrush)
    _clear(page)
    yield _figure("a region is picked", [partial(_region, page, n) for n in range(repeats)], page)
    _clear(page)
    map_frame(page).evaluate("(map.setView([48, 12], 4, {animate: false}), 0)")
    page.wait_for_timeout(REST)
    pans = [f"map.panBy([{x}, {y}], {{animate: false}})" for x, y in PANS * (repeats // 4)]
    yield _moves("the map is moved", pans, page)
    zooms = [f"map.setZoom(map.getZoom() + {step}, {{animate: false}})" for step in (1, 1, -1, -1) * (repeats // 4)]
    yield _moves("the map is zoomed", zooms, page)


def memory_over(page: Page, count: int) -> tuple[float, float]:
    """The browser's heap in MB before and after so many changes of the filter."""
    pills, frame = page.locator(".st-key-statuses button"), map_frame(page)
    before = _heap(page)
    for number in range(count):
        turn = _turn(frame)
        pills.nth(number % 6).click()
        _wait(frame, turn)
    return before, _heap(page)


def resident(server: int) -> float:
    """The memory that a process holds, in MB."""
    status = Path(f"/proc/{server}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _figure(
    act: str, acts: Sequence[Callable[[], object]], page: Page, before: Callable[[Page], object] | None = None
) -> Figure:
    """From the reader's hand to the painted map. before: what is done before each act and not measured."""
    times, frame = [], map_frame(page)
    for do in acts:
        if before:
            before(page)
        turn = _turn(frame)
        do()
        _wait(frame, turn)
        hand = max(page.evaluate("window.__hand || 0"), frame.evaluate("window.__hand || 0"))
        times.append(float(frame.evaluate("window.__painted.time") - hand))
        page.wait_for_timeout(REST)
    return Figure(act, tuple(times), os.getloadavg()[0])


def _moves(act: str, scripts: Sequence[str], page: Page) -> Figure:
    """From a movement of the map to what then lies in sight, painted."""
    times, frame = [], map_frame(page)
    for script in scripts:
        begun = frame.evaluate(f"(() => {{ const begun = Date.now(); {script}; return begun; }})()")
        test = "(begun) => window.__painted.fresh && window.__painted.time >= begun"
        frame.wait_for_function(test, arg=begun, polling="raf", timeout=PATIENCE)
        times.append(float(frame.evaluate("window.__painted.time") - begun))
        page.wait_for_timeout(REST)
    return Figure(act, tuple(times), os.getloadavg()[0])


def _turn(frame: Frame) -> Any:
    return frame.evaluate("[window.__painted.turn, window.__painted.crowd]")


def _wait(frame: Frame, before: Any) -> None:
    """Until the map has painted another view than before."""
    test = (
        "(before) => { const now = window.__painted; return now.turn > before[0] && now.crowd !== before[1]"
        " && now.fresh && now.time > 0; }"
    )
    frame.wait_for_function(test, arg=before, polling="raf", timeout=PATIENCE)


def _press(page: Page, number: int) -> None:
    page.locator(".st-key-statuses button").nth(number % 6).click()


def _brush(page: Page, number: int) -> None:
    strip = page.locator(".st-key-strip .vega-embed")
    strip.scroll_into_view_if_needed()
    box = strip.bounding_box()
    assert box
    begin, middle = box["x"] + box["width"] * (0.1 + 0.05 * (number % 8)), box["y"] + box["height"] * 0.4
    page.mouse.move(begin, middle)
    page.mouse.down()
    page.mouse.move(begin + box["width"] * 0.3, middle, steps=5)
    page.mouse.up()


def _unbrush(page: Page) -> None:
    """Show all days again, which empties the brush: a press within it would move it."""
    back = page.locator(".st-key-news_days button")
    if back.count():
        turn = _turn(map_frame(page))
        back.click()
        _wait(map_frame(page), turn)
        page.wait_for_timeout(REST)


def _region(page: Page, number: int) -> None:
    field = page.locator(".st-key-regions input")
    field.click()
    field.fill(REGIONS[number % len(REGIONS)])
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")


def _clear(page: Page) -> None:
    """The page anew, with nothing chosen."""
    page.goto(page.url.partition("?")[0])
    _ready(page)


def _heap(page: Page) -> float:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used: float = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
    session.detach()
    return used


def map_frame(page: Page) -> Frame:
    """The frame that the map lives in."""
    while True:
        for frame in page.frames:
            if "streamlit_folium" in frame.url:
                return frame
        page.wait_for_timeout(20)


def _ready(page: Page) -> float:
    """Wait for the painted map; when it was, in milliseconds since 1970."""
    frame = map_frame(page)
    test = "() => window.__painted && window.__painted.land && window.__painted.fresh && window.__painted.time > 0"
    frame.wait_for_function(test, polling="raf", timeout=4 * PATIENCE)
    seen: float = frame.evaluate("window.__painted.time")
    page.evaluate(WATCH)
    frame.evaluate(WATCH)
    page.wait_for_timeout(2 * REST)
    return seen


@contextmanager
def _page(address: str) -> Iterator[tuple[Page, float]]:
    """The page in Chromium, and how long its first paint took once the server had read the store."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        warming = browser.new_page()
        warming.goto(address)
        _ready(warming)
        warming.context.close()
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        begun = time.time() * 1000
        page.goto(address)
        yield page, _ready(page) - begun
        browser.close()


@contextmanager
def serving(store: Path) -> Iterator[tuple[str, int]]:
    """The page's address and its process, while a server shows this store."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"]
    log = Path(tempfile.gettempdir()) / "dateline-million.log"
    with log.open("w") as told:
        server = subprocess.Popen(
            [*command, "--server.port", str(port)], cwd=ROOT, env={**os.environ, "DATELINE_STORE": str(store)},
            stdout=told, stderr=told,
        )  # fmt: skip
        address = f"http://127.0.0.1:{port}"
        try:
            while not _is_up(address):
                time.sleep(0.2)
            yield address, server.pid
        finally:
            server.terminate()
            server.wait(timeout=20)


def _is_up(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
            return True
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
