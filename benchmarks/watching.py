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
import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

from benchmarks.feed_to_page import feed_to_map
from benchmarks.invented_feeds import HERE, Feeds, served
from benchmarks.store_in_use import beside_one_another
from events.extraction.pipeline import Extractor
from events.fetching import Fetcher, Settings
from events.store import Store
from events.watching.asking import Asking
from events.watching.metrics import resident_bytes
from events.watching.state import FeedStates
from events.watching.watcher import Watch, Watcher


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
