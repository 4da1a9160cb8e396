"""What a reader does at the page, timed in Chromium: from the reader's hand to two frames after the map was drawn.

For `benchmarks.million`. A press, a key or a release is timed in the browser, and so is the picture; what follows an act is
over before the next begins.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from playwright.sync_api import Frame, Page

WATCH = (
    "() => { for (const kind of ['pointerup', 'keydown', 'click'])"
    " window.addEventListener(kind, () => { window.__hand = Date.now(); }, true); }"
)
PATIENCE = 60_000  # ms
REST = 900  # ms between two acts, so that what follows the first is over
REGIONS = (  # one is chosen beside the other, so an act takes one that none took before
    "Europe", "Asia", "Africa", "India", "China", "Brazil", "France", "Nigeria", "Japan", "Mexico", "Poland", "Kenya",
    "Turkey", "Canada", "Chile", "Egypt",
)  # fmt: skip
# what the events of benchmarks.crowded_events tell, and a piece of the names of many towns
WORDS = ("farmers", "talks", "road", "envoys", "relief", "-officials", "judges san", "ville")
PANS = ((180, 0), (0, 120), (-180, 0), (0, -120))
LOOKS = 10  # at the browser's memory, evenly over all acts


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


def figures(page: Page, repeats: int) -> Iterator[Figure]:
    """One figure for each kind of act."""
    yield presses(page, repeats, "a filter is changed")
    clear(page)
    yield _figure("a brush is let go", [partial(_brush, page, n) for n in range(repeats)], page, _unbrush)
    clear(page)
    yield _figure("a region is picked", [partial(_region, page, n) for n in range(repeats)], page)
    clear(page)
    yield _figure("a word is typed", [partial(_word, page, n) for n in range(repeats)], page)
    clear(page)
    map_frame(page).evaluate("(map.setView([48, 12], 4, {animate: false}), 0)")
    page.wait_for_timeout(REST)
    pans = [f"map.panBy([{x}, {y}], {{animate: false}})" for x, y in PANS * (repeats // 4)]
    yield _moves("the map is moved", pans, page)
    zooms = [f"map.setZoom(map.getZoom() + {step}, {{animate: false}})" for step in (1, 1, -1, -1) * (repeats // 4)]
    yield _moves("the map is zoomed", zooms, page)


def presses(page: Page, repeats: int, act: str) -> Figure:
    """The figure of so many changes of the filter."""
    return _figure(act, [partial(_press, page, number) for number in range(repeats)], page)


def memory_over(page: Page, count: int) -> list[tuple[int, float]]:
    """The browser's heap in MB, after a collection, at several times over so many changes of the filter."""
    pills, frame = page.locator(".st-key-statuses button"), map_frame(page)
    seen = [(0, _heap(page))]
    for number in range(count):
        turn = _turn(frame)
        pills.nth(number % 6).click()
        _wait(frame, turn)
        if (number + 1) % max(1, count // LOOKS) == 0:
            seen.append((number + 1, _heap(page)))
    return seen


def slope(seen: Sequence[tuple[int, float]]) -> float:
    """By how much the second grows with the first, by least squares.

    >>> slope([(0, 10.0), (10, 11.0), (20, 12.0)])
    0.1
    """
    fitted: float = statistics.linear_regression([at for at, _ in seen], [value for _, value in seen]).slope
    return fitted


def _figure(
    act: str, acts: Sequence[Callable[[], object]], page: Page, before: Callable[[Page], object] | None = None
) -> Figure:
    """From the reader's hand to the painted map. before: what is done before each act and not measured."""
    times, frame = [], map_frame(page)
    for do in acts:
        if before:
            before(page)
        _settled(page)
        turn = _turn(frame)
        do()
        seen = _wait(frame, turn)
        hand = max(page.evaluate("window.__hand || 0"), frame.evaluate("window.__hand || 0"))
        times.append(seen - hand)
        page.wait_for_timeout(REST)
    return Figure(act, tuple(times), os.getloadavg()[0])


def _moves(act: str, scripts: Sequence[str], page: Page) -> Figure:
    """From a movement of the map to what then lies in sight, painted."""
    times, frame = [], map_frame(page)
    for script in scripts:
        begun = frame.evaluate(f"(() => {{ const begun = Date.now(); {script}; return begun; }})()")
        test = "(begun) => window.__painted.fresh && window.__painted.time >= begun && window.__painted.time"
        seen = frame.wait_for_function(test, arg=begun, polling="raf", timeout=PATIENCE)
        times.append(float(seen.json_value() - begun))
        page.wait_for_timeout(REST)
    return Figure(act, tuple(times), os.getloadavg()[0])


def _turn(frame: Frame) -> Any:
    return frame.evaluate("[window.__painted.turn, window.__painted.crowd]")


def _wait(frame: Frame, before: Any) -> float:
    """Until the map has painted another view than before. Returns when, in milliseconds since 1970."""
    test = (
        "(before) => { const now = window.__painted; return now.turn > before[0]"
        " && (now.crowd === null || now.crowd !== before[1]) && now.fresh && now.time; }"
    )
    seen: float = frame.wait_for_function(test, arg=before, polling="raf", timeout=PATIENCE).json_value()
    return seen


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


def _word(page: Page, number: int) -> None:
    field = page.locator(".st-key-words input")
    field.fill(WORDS[number % len(WORDS)])
    page.keyboard.press("Enter")


def clear(page: Page) -> None:
    """The page anew, with nothing chosen."""
    page.goto(page.url.partition("?")[0], timeout=PATIENCE)
    ready(page)


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


def ready(page: Page) -> float:
    """Wait for the painted map; when it was, in milliseconds since 1970."""
    frame = map_frame(page)
    test = "() => window.__painted && window.__painted.land && window.__painted.fresh && window.__painted.time > 0"
    test = f"{test} && window.__painted.time"  # told at once: the map may be about to draw anew
    seen: float = frame.wait_for_function(test, polling="raf", timeout=4 * PATIENCE).json_value()
    page.evaluate(WATCH)
    frame.evaluate(WATCH)
    page.wait_for_timeout(2 * REST)
    _settled(page)
    return seen


def _settled(page: Page) -> None:
    """Wait until the page's run has come through: the map is drawn before that, and until then the strip stands there twice."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=4 * PATIENCE)
