"""How fast the page is on a million events, in Chromium, beside Folium's own clusters on the same events.

    python -m benchmarks.million [--store PATH] [--repeats 12] [--interactions 200] [--sessions 20] [--short]

The store is made where it is not there (`benchmarks.crowded_store`). A time runs from the event in the browser (a press, a
key, a release) to two frames after the map was drawn. The load of the machine is told beside the figures: with other work on
the machine they say nothing of the page. `--short` takes about six minutes on two quiet cores, all of it about twenty. Not
run in tests.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks import folium_clusters
from benchmarks.crowded_store import fill
from benchmarks.other_sessions import others
from benchmarks.page_acts import PATIENCE, Figure, figures, memory_over, presses, ready, slope
from benchmarks.page_server import resident, serving
from events.store import Store
from events.store.words.making import bring_up_to_date
from scripts.find_browser import find_browser

EVENTS = 1_000_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--enable-precise-memory-info"]
HEAD = "| act | times | median ms | 95th percentile ms | load |\n|---|---|---|---|---|"
FOLIUM_HEAD = "| plugin | events | made, ms | page, MB | drawn, ms | load |\n|---|---|---|---|---|---|"
SHORT = {"repeats": 8, "interactions": 60, "sessions": 20, "folium": "10000,50000"}


def main(arguments: Sequence[str]) -> int:
    """Measure and print the tables. Returns the exit status."""
    options = _options(arguments)
    if not options.store.exists():
        fill(options.store, options.events)
    with closing(Store.open(options.store)) as store:
        bring_up_to_date(store)  # else the server has it made while it is measured
    print(f"load before: {os.getloadavg()[0]:.1f}\n\n{HEAD}")
    with serving(options.store) as (address, server), _page(address) as (page, first):
        print(Figure("first paint, a new visitor", first, os.getloadavg()[0]).row(), flush=True)
        for figure in figures(page, options.repeats):
            print(figure.row(), flush=True)
        if options.sessions > 1:
            _with_others(page, address, options.sessions, options.repeats)
        print(f"\nserver: {resident(server):.0f} MB")
        if options.interactions:
            _memory(page, server, options.interactions)
    _folium(options.store, [int(size) for size in options.folium.split(",") if size])
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, default=Path(tempfile.gettempdir()) / "dateline-million.sqlite")
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--repeats", type=int, default=12)
    parser.add_argument(
        "--interactions", type=int, default=200, help="acts over which the browser's memory is looked at"
    )
    parser.add_argument("--sessions", type=int, default=20, help="people at the page at once")
    parser.add_argument(
        "--folium", default="10000,50000,100000,200000,500000", help="events of Folium's pages; empty: none"
    )
    parser.add_argument("--short", action="store_true", help="fewer repeats, fewer acts, fewer of Folium's pages")
    options = parser.parse_args(arguments)
    if options.short:
        vars(options).update(SHORT)
    return options


def _with_others(page: Page, address: str, sessions: int, repeats: int) -> None:
    """The filter once more, while others change theirs every few seconds."""
    with others(address, sessions - 1) as people:
        figure = presses(page, repeats, f"a filter is changed, {sessions} people at once")
    print(figure.row(), flush=True)
    if people.answers:
        answers = tuple(1000 * seconds for seconds in people.answers)
        print(Figure("… the others' maps are sent, by the server", answers, figure.load).row(), flush=True)


def _memory(page: Page, server: int, interactions: int) -> None:
    seen = memory_over(page, interactions)
    later = seen[len(seen) // 2 :]
    told = ", ".join(f"{heap:.0f}" for _, heap in seen)
    print(f"browser's heap over {interactions} acts, MB: {told}")
    grown, grown_later = (f"{1000 * slope(some):+.0f} kB an act" for some in (seen, later))
    print(f"  {grown} over all; {grown_later} over the second half")
    print(f"server after them: {resident(server):.0f} MB")


def _folium(store: Path, sizes: Sequence[int]) -> None:
    if not sizes:
        return
    print(f"\nFolium's own clusters, a page of their own:\n\n{FOLIUM_HEAD}")
    try:
        for drawing in folium_clusters.drawings(store, sizes):
            print(drawing.row(), flush=True)
    except RuntimeError as error:
        print(f"not measured: {error}")


@contextmanager
def _page(address: str) -> Iterator[tuple[Page, tuple[float, ...]]]:
    """The page in Chromium, and how long its first paint took once the server had read the store, for three new visitors, each
    with an empty cache.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        warming = browser.new_page()
        warming.goto(address, timeout=PATIENCE)
        ready(warming)
        warming.context.close()
        paints: list[float] = []
        while True:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            begun = time.time() * 1000
            page.goto(address, timeout=PATIENCE)
            paints.append(ready(page) - begun)
            if len(paints) == 3:
                break
            page.context.close()
        yield page, tuple(paints)
        browser.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
