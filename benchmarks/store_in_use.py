"""Two writers and twenty readers of one store at once, and what each of them could not do.

For benchmarks/watching.py.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.invented_feeds import HERE, Feeds
from events.extraction.pipeline import Extractor
from events.model import StoreError, Story
from events.reading import read_bytes
from events.store import Store
from events.watching.state import FeedStates

READERS = 20
FEED = f"https://{HERE}.example/"


class Use:
    """Writers and readers that work until an end, by the monotonic clock, and what came of it."""

    def __init__(self, path: Path, end: float) -> None:
        self.stories = self.changes = self.looks = 0
        self.wrong: list[str] = []
        self._path = path
        self._end = end

    def write(self, extractor: Extractor) -> None:
        """Store what a feed brings."""
        own, feeds = Store.open(self._path), Feeds()
        while self._goes_on():
            feeds.bring("/", 1)
            body = f"<rss version='2.0'><channel>{feeds.items['/'][0]}</channel></rss>".encode()
            for story in read_bytes(body, "feed.xml").stories:
                self._add(own, story, extractor)
        own.close()

    def change_list(self) -> None:
        """Pause a feed and resume it."""
        own = FeedStates.open(str(self._path))
        while self._goes_on():
            if self._tried(
                lambda: own.subscriptions.pause(FEED, "benchmark", time.time(), paused=self.changes % 2 == 0)
            ):
                self.changes += 1
            time.sleep(0.05)
        own.close()

    def look(self, store: Store) -> None:
        """Ask what is new."""
        while self._goes_on():
            self.looks += self._tried(lambda: (store.revision(), store.since(0, 0)))
            time.sleep(0.2)

    def _add(self, store: Store, story: Story, extractor: Extractor) -> None:
        analysis = extractor.read(story)
        try:
            self.stories += store.add(analysis.story, extractor.events_of(analysis))
        except StoreError as error:
            self.wrong.append(str(error))

    def _tried(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except StoreError as error:
            self.wrong.append(str(error))
            return False
        return True

    def _goes_on(self) -> bool:
        return time.monotonic() < self._end


def beside_one_another(folder: Path, seconds: float) -> None:
    """Let two write and twenty read, and print what came of it."""
    path = folder / "beside.sqlite"
    store, states = Store.open(path), FeedStates.open(str(path))
    states.subscriptions.add([FEED], "benchmark", 0.0)
    extractor = Extractor.load(light=True)
    use = Use(path, time.monotonic() + seconds)
    with ThreadPoolExecutor(READERS + 2) as threads:
        threads.submit(use.write, extractor)
        threads.submit(use.change_list)
        for _ in range(READERS):
            threads.submit(use.look, store)
    print(
        f"beside one another for {seconds:.0f} s: {use.stories} stories and {use.changes} changes of the list written, "
        f"{use.looks} looks; {len(use.wrong)} errors {use.wrong[:2]}"
    )
    states.close()
    store.close()
