"""What watching costs: stories an hour on one core, seconds from feed to map, memory, and a page open beside it.

    python -m benchmarks.watching [--stories 600] [--rounds 12] [--page 8] [--sessions 19] [--beside 30]

Feeds of invented stories on this machine; each brings some 25 names that no other has, as much as real news bring of new
words at first, and more than later. First a watcher in this process, bound to one core, takes stories in with the
extractor that ships. Then `python -m events watch` runs as its users run it, beside the page in Chromium: each time a feed
has six new stories, the time from the server's answer to the page's line that says so. Then sessions beside the one that
is looked at, as their fragments ask; and two writers and twenty readers of one store at once. Nothing is asked of the
outside. Not run in tests.
"""

from __future__ import annotations

import argparse
import itertools
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from events.extraction.pipeline import Extractor
from events.fetching import Fetcher, Settings
from events.model import StoreError
from events.store import Store
from events.watching.asking import Asking
from events.watching.metrics import resident_bytes
from events.watching.state import FeedStates
from events.watching.watcher import Watch, Watcher

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
HERE = "127.0.0.1"
PLACES = ("Cork", "Turku", "Muscat", "Odesa", "Lima", "Kourou", "Brest", "Izmir", "Hobart", "Recife", "Tampa", "Osaka")
DEEDS = (
    "A ferry with {n} people aboard ran aground off {place}", "Police arrested {n} people after a rally in {place}",
    "A fire destroyed {n} warehouses in {place}", "Nurses walked out of {n} clinics in {place}",
    "Floods cut off {n} villages near {place}", "The mayor of {place} met {n} envoys from the port of {other}",
)  # fmt: skip
REST = (
    "The council of {place} said that {n} houses had been without power since the evening, and that schools stay closed. "
    "Crews from {other} were on their way, an official said on Tuesday, but the road was blocked. "
    "“We have never seen this here,” said Maria {name}, who runs a bakery near the harbour. "
    "A spokesman for the ministry told reporters that an inquiry had begun, and that its report is due in {m} weeks. "
)
BROUGHT = 6  # stories at a time to the page: some of them tell of no event
NAMES = ("Okafor", "Lindholm", "Duarte", "Petrenko", "Yamada", "Quispe", "Moreau", "Aydin")
ONSETS, VOWELS = "b ch d f g h j k l m n p r s t v w z".split(), "a e i o u ou ai".split()
GUESTS = " {} {} of {} met the {} {} group in the evening."  # what brings new words


class Feeds:
    """Feeds of invented stories, by path, and when each was last answered."""

    def __init__(self, guests: int = 5) -> None:
        """guests: sentences of a story that bring five new names each."""
        self._guests = guests
        self.items: dict[str, list[str]] = {}
        self.answered: dict[str, float] = {}
        self._numbers = itertools.count(1)
        self._chance = Random(8)  # invents news, guards nothing

    def bring(self, path: str, count: int) -> None:
        """Let a feed bring new stories in place of those it had."""
        self.items[path] = [self._item(next(self._numbers)) for _ in range(count)]

    def _item(self, number: int) -> str:
        chance = self._chance
        place, other = chance.sample(PLACES, 2)
        given = {"place": place, "other": other, "n": chance.randint(3, 900), "m": chance.randint(2, 9)}
        deed = chance.choice(DEEDS).format(**given)
        text = "".join(REST.format(name=chance.choice(NAMES), **given) for _ in range(3))
        text += "".join(GUESTS.format(*(self._name() for _ in range(5))) for _ in range(self._guests))
        told = format_datetime(datetime.now(UTC))
        return (
            f"<item><title>{deed}</title><link>http://{HERE}/story/{number}</link><pubDate>{told}</pubDate>"
            f"<description>{deed} on Monday, report {number} says. {text}</description></item>"
        )

    def _name(self) -> str:
        chance = self._chance
        return "".join(chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(chance.randint(2, 4))).capitalize()


@contextmanager
def served(feeds: Feeds) -> Iterator[int]:
    """The feeds, at a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<rss version='2.0'><channel>{''.join(feeds.items.get(self.path, []))}</channel></rss>".encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            feeds.answered[self.path] = time.time()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((HERE, 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()


def stories_an_hour(folder: Path, stories: int, rounds: int) -> None:
    """Take in stories round by round on one core, and print how many go in an hour and what memory is held."""
    cores = os.sched_getaffinity(0)
    feeds, settings = Feeds(), Settings(allowed=frozenset([HERE]), pace_seconds=0)
    with served(feeds) as port, ThreadPoolExecutor(4) as threads:
        store, states = Store.open(folder / "hour.sqlite"), FeedStates.open(str(folder / "hour.sqlite"))
        extractor = Extractor.load()
        os.sched_setaffinity(0, {min(cores)})
        watch = Watch(store, states, Asking(Fetcher(settings)), lambda: extractor, lambda _: None, 1.0, Random())
        begun = resident_bytes() or 0
        for number in range(1, rounds + 1):
            feeds.bring(f"/{number}", stories // rounds)
            watcher = Watcher(watch, [f"http://{HERE}:{port}/{number}"], threads)
            at, cpu = time.monotonic(), time.process_time()
            watcher.once()
            took, worked = time.monotonic() - at, time.process_time() - cpu
            count = stories // rounds
            print(
                f"round {number}: {count} stories in {took:.0f} s ({worked:.0f} s of the core): "
                f"{count / took * 3600:,.0f} an hour by the clock, {count / worked * 3600:,.0f} by the core; "
                f"{(resident_bytes() or 0) / 1e6:.0f} MB (before the first {begun / 1e6:.0f}); load {os.getloadavg()[0]:.1f}"
            )
        print(f"stored {store.story_count()} of {stories}, {len(store.events())} events")
        os.sched_setaffinity(0, cores)
        states.close()
        store.close()


def feed_to_map(folder: Path, times: int, sessions: int) -> None:
    """Seconds from a feed's answer to the line in a page that is open, with watcher and page as their users run them."""
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
        ):
            wait_for(lambda: store.exists() and _stories(store) == 5)
            states = FeedStates.open(str(store))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"]
                )
                window = browser.new_page()
                window.goto(address)
                window.wait_for_selector(".say", timeout=60_000)
                window.wait_for_timeout(3000)
                seconds = []
                for _ in range(times):
                    while window.locator(".st-key-show_news button").count():  # of six stories more may still come in
                        window.locator(".st-key-show_news button").click()
                        window.wait_for_timeout(8000)
                    feeds.bring("/feed", BROUGHT)
                    feeds.answered.clear()
                    states.subscriptions.ask(feed, "benchmark", time.time())
                    wait_for(lambda: "/feed" in feeds.answered)
                    window.wait_for_selector(".st-key-show_news button", timeout=120_000)
                    seconds.append(time.time() - feeds.answered["/feed"])
                if sessions:
                    _idle(browser, address, server, sessions)
                browser.close()
            print(
                f"from feed to map: mean {statistics.mean(seconds):.1f} s, longest {max(seconds):.1f} s of {times}; "
                f"watcher {_resident(watcher.pid):.0f} MB; load {os.getloadavg()[0]:.1f}"
            )
            states.close()


def beside_one_another(folder: Path, seconds: float) -> None:
    """Two writers and twenty readers of one store, and what each of them could not do."""
    path = folder / "beside.sqlite"
    feeds = Feeds()
    wrong: list[str] = []
    done = {"stories": 0, "list": 0, "looks": 0}
    end = time.monotonic() + seconds
    store, states = Store.open(path), FeedStates.open(str(path))
    states.subscriptions.add([f"https://{HERE}.example/"], "benchmark", 0.0)
    extractor = Extractor.load(light=True)
    from events.reading import read_bytes

    def write() -> None:
        own = Store.open(path)
        while time.monotonic() < end:
            feeds.bring("/", 1)
            body = f"<rss version='2.0'><channel>{feeds.items['/'][0]}</channel></rss>".encode()
            for story in read_bytes(body, "feed.xml").stories:
                analysis = extractor.read(story)
                try:
                    done["stories"] += own.add(analysis.story, extractor.events_of(analysis))
                except StoreError as error:
                    wrong.append(str(error))
        own.close()

    def change_list() -> None:
        own = FeedStates.open(str(path))
        while time.monotonic() < end:
            try:
                own.subscriptions.pause(
                    f"https://{HERE}.example/", "benchmark", time.time(), paused=done["list"] % 2 == 0
                )
                done["list"] += 1
            except StoreError as error:
                wrong.append(str(error))
            time.sleep(0.05)
        own.close()

    def look() -> None:
        while time.monotonic() < end:
            try:
                store.revision()
                store.since(0, 0)
                done["looks"] += 1
            except StoreError as error:
                wrong.append(str(error))
            time.sleep(0.2)

    with ThreadPoolExecutor(22) as threads:
        for act in (write, change_list, *[look] * 20):
            threads.submit(act)
    print(
        f"beside one another for {seconds:.0f} s: {done['stories']} stories and {done['list']} changes of the list written, "
        f"{done['looks']} looks; {len(wrong)} errors {wrong[:2]}"
    )
    states.close()
    store.close()


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


def _worked(pid: int) -> float:
    """Seconds of a core that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> float:
    """Megabytes that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--stories", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--page", type=int, default=8, help="stories that are followed to the page")
    parser.add_argument("--sessions", type=int, default=19, help="pages open beside that one")
    parser.add_argument("--beside", type=float, default=30, help="seconds of writers and readers at once")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.stories:
            stories_an_hour(Path(folder), options.stories, options.rounds)
        if options.page:
            feed_to_map(Path(folder), options.page, options.sessions)
        if options.beside:
            beside_one_another(Path(folder), options.beside)


if __name__ == "__main__":
    main()
