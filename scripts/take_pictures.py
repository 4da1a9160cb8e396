"""Makes docs/pictures of the page and of a briefing anew, from the sample stories: what the README shows.

    python -m scripts.take_pictures              # a minute or two; needs the test tools and a Chrome or Chromium
    python -m scripts.take_pictures --to FOLDER  # elsewhere, to look at them first

The samples are read into a store of their own; the reader's own is not touched. The pictures in docs/scaling.md come from
`benchmarks.flame_graph`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.page_server import serving
from events.dashboard.desk.desk_file import DeskFile
from events.store import Store
from scripts.find_browser import ADVICE, find_browser

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
LOCALE = "en-GB"
PATIENCE = 90_000  # ms
AT_REST = 1_500  # ms after the last is drawn: typefaces and fades
COLOURS = 256  # of a picture: a third of the bytes, and no difference to be seen
BRIEFING = ("--region", "Baltic Sea", "--title", "Watch over the Baltic")
PAINTED = "window.__painted && window.__painted.land && window.__painted.named && window.__painted.time"


@dataclass(frozen=True)
class Shot:
    """A picture of the page. size: of the window in pixels; query: what the page shows, in which EVENT stands for the id of
    an event on a line.
    """

    name: str
    size: tuple[int, int]
    scheme: Literal["light", "dark"]
    query: str = ""


SHOTS = (
    Shot("page-light", (1280, 800), "light", "?event=EVENT"),
    Shot("page-dark", (1280, 800), "dark", "?event=EVENT"),
    Shot("page-wide-light", (1920, 1080), "light", "?table=below"),
    Shot("page-wide-dark", (1920, 1080), "dark", "?event=EVENT"),
    Shot("page-tablet-dark", (820, 1180), "dark"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Take all pictures. Returns the exit status."""
    parser = argparse.ArgumentParser("python -m scripts.take_pictures", description="Make docs/pictures anew.")
    parser.add_argument("--to", type=Path, default=PICTURES, help="the folder for them; else %(default)s")
    folder: Path = parser.parse_args(arguments).to
    browser_path = find_browser()
    if browser_path is None:
        print(ADVICE, file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        store = Path(scratch) / "samples.sqlite"
        _events("ingest", str(ROOT / "samples"), store=store)
        opened = _event_to_open(store)
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        with serving(store) as (address, _):
            for shot in SHOTS:
                _keep(_take(browser, address, shot, opened), folder / f"{shot.name}.png")
        browser.close()
        sheet = Path(scratch) / "briefing.png"
        _events("brief", *BRIEFING, "-o", str(sheet), store=store)
        _keep(sheet.read_bytes(), folder / "briefing.png")
    return 0


def _events(command: str, *arguments: str, store: Path) -> None:
    environment = {**os.environ, "DATELINE_STORE": str(store)}
    subprocess.run([sys.executable, "-m", "events", command, *arguments], cwd=ROOT, env=environment, check=True)


def _event_to_open(path: Path) -> str:
    """The id of an event on a line, one that is only alleged if there is one. The tour of newcomers is put away."""
    store = Store.open(path)
    DeskFile.beside(store).put_hints_away("")
    on_lines = [event for event in store.events() if event.place and event.place.precision == "line" and event.when]
    store.close()
    return min(on_lines, key=lambda event: (event.status != "alleged", event.id)).id


def _take(browser: Browser, address: str, shot: Shot, opened: str) -> bytes:
    width, height = shot.size
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=shot.scheme, locale=LOCALE)
    page.goto(f"{address}/{shot.query.replace('EVENT', opened)}", timeout=PATIENCE)
    _wait_until_drawn(page)
    taken = page.screenshot()
    page.close()
    return taken


def _wait_until_drawn(page: Page) -> None:
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"] .say', timeout=PATIENCE)
    page.wait_for_selector(".st-key-strip .vega-embed :is(canvas, svg)", timeout=PATIENCE)
    frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    frame.wait_for_function(PAINTED, timeout=PATIENCE)
    page.wait_for_timeout(AT_REST)


def _keep(picture: bytes, path: Path) -> None:
    with Image.open(BytesIO(picture)) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path, flush=True)


if __name__ == "__main__":
    sys.exit(main())
