"""Folium's own clusters on the same events: how long a page takes to make and to draw, for as many events as it survives.

    python -m benchmarks.folium_clusters STORE [SIZES...]

For `benchmarks.million`. What is drawn is a page of its own, the best case for Folium: in a running app each change of a filter
makes and sends such a page anew. The plugin's script is fetched from npm, pinned, into a folder of temporary files; where npm
can't be reached nothing is measured, and that is said.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import folium
from folium.plugins import FastMarkerCluster, MarkerCluster
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as BrowserError

from benchmarks.page_server import ROOT
from scripts.find_browser import find_browser

PLUGIN = "leaflet.markercluster@1.5.3"
SIZES = (10_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
PATIENCE = 60.0  # seconds: what takes longer is given up, and so are larger sizes
ROW = "function (row) { return L.marker(new L.LatLng(row[0], row[1])); }"
DRAWN = (
    "() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => "
    "resolve(document.querySelectorAll('.leaflet-marker-icon').length))))"
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--allow-file-access-from-files"]
Points = list[tuple[float, float]]


@dataclass(frozen=True)
class Drawing:
    """One page: which plugin, how many events, seconds to make it, its size in MB, seconds until it was drawn, the load.
    `drawn` is None where it took longer than a minute or the browser gave up.
    """

    plugin: str
    events: int
    made: float
    size: float
    drawn: float | None
    load: float

    def row(self) -> str:
        """A row of the table."""
        drawn = f"{1000 * self.drawn:.0f}" if self.drawn is not None else f"over {PATIENCE:.0f} s, or the page died"
        return f"| {self.plugin} | {self.events:,} | {1000 * self.made:.0f} | {self.size:.1f} | {drawn} | {self.load:.1f} |"


def main(arguments: Sequence[str]) -> int:
    """Measure and print the table. Returns the exit status."""
    sizes = [int(size) for size in arguments[1:]] or SIZES
    print("| plugin | events | made, ms | page, MB | drawn, ms | load |\n|---|---|---|---|---|---|")
    for drawing in drawings(Path(arguments[0]), sizes):
        print(drawing.row(), flush=True)
    return 0


def drawings(store: Path, sizes: Sequence[int]) -> Iterator[Drawing]:
    """One drawing for each plugin and size, until one takes too long."""
    plugin = plugin_files()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        for name in ("MarkerCluster", "FastMarkerCluster"):
            for size in sizes:
                browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
                drawing = _drawing(name, points(store, size), plugin, Path(folder), browser)
                browser.close()
                yield drawing
                if drawing.drawn is None or drawing.made > PATIENCE:
                    break


def points(store: Path, count: int) -> Points:
    """Where so many of the store's events are: latitude and longitude."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT lat, lon FROM happenings WHERE lat IS NOT NULL LIMIT ?", (count,))
        return [(lat, lon) for lat, lon in rows]


def page(name: str, where: Points, plugin: Path) -> str:
    """Folium's page with these points, all of whose files are at hand."""
    drawn = folium.Map(location=[25, 15], zoom_start=2, tiles=None, prefer_canvas=True)
    drawn.options["maxZoom"] = 18  # without tiles Folium leaves it out, and the plugin needs it
    made: Any = MarkerCluster if name == "MarkerCluster" else partial(FastMarkerCluster, callback=ROW)
    cluster = made(where)
    cluster.add_to(drawn)
    html = drawn.get_root().render()
    head, _, rest = html.partition("</head>")
    ours = [
        ROOT / "static" / "vendor" / "leaflet",
        *(plugin / name for name in ("leaflet.markercluster", "MarkerCluster")),
    ]
    links = (
        f'<link rel="stylesheet" href="{ours[0].as_uri()}.css"><link rel="stylesheet" href="{ours[2].as_uri()}.css">'
    )
    scripts = "".join(f'<script src="{path.as_uri()}.js"></script>' for path in ours[:2])
    return f"{_without_links(head)}{links}{scripts}</head>{rest}"


def plugin_files() -> Path:
    """The folder with the plugin's script, fetched where it is not there. Raises RuntimeError where npm can't be reached."""
    folder = Path(tempfile.gettempdir()) / "dateline-markercluster"
    files = folder / "node_modules" / "leaflet.markercluster" / "dist"
    if not files.exists():
        npm = shutil.which("npm")
        command = [
            npm or "npm",
            "install",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(folder),
            PLUGIN,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False) if npm else None
        if done is None or done.returncode:
            raise RuntimeError(f"{PLUGIN} could not be fetched from npm: {done.stderr[-300:] if done else 'no npm'}")
    return files


def _drawing(name: str, where: Points, plugin: Path, folder: Path, browser: Browser) -> Drawing:
    begun = time.perf_counter()
    html = page(name, where, plugin)
    made = time.perf_counter() - begun
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    return Drawing(name, len(where), made, file.stat().st_size / 1e6, _drawn(browser, file), os.getloadavg()[0])


def _drawn(browser: Browser, file: Path) -> float | None:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(1000 * PATIENCE)
    failed: list[BrowserError] = []
    opened.on("pageerror", lambda error: failed.append(error))  # Playwright takes no built-in method
    begun = time.perf_counter()
    try:
        opened.goto(file.as_uri(), wait_until="load")
        if failed:
            raise RuntimeError(f"Folium's page failed: {failed[0]}")
        opened.wait_for_selector(".leaflet-marker-icon", state="attached")
        opened.evaluate(DRAWN)
    except BrowserError:
        return None
    took = time.perf_counter() - begun
    return took if took <= PATIENCE else None


def _without_links(head: str) -> str:
    """The head of Folium's page without the scripts and sheets that it would fetch from the network."""
    lines = head.splitlines()
    return "\n".join(line for line in lines if "https://" not in line and "http://" not in line)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
