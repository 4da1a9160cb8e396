"""Whether the memory of `watch` stays flat over many days: feeds on this machine, and a clock that is turned.

    python -m benchmarks.days_of_watching [--days 60] [--with none] [--guests 1]
    python -m benchmarks.days_of_watching --days 30 --with full --guests 40 --strings 60000 --filled

Twelve feeds of twelve hosts are asked every hour; each has a new story twice a day and keeps its last ten, and one has an
entry without words beside them. A thirteenth can't be reached. --with: the extractor, "none" for one event a story by a
pattern, so that months of asking, reading and storing pass in minutes; "light" or "full" as it ships. --guests: sentences
with five new names each, so that the parser meets so many new words that it is loaded anew; --strings: after so many (the
shipped bound is 120,000). Ends with 1 where the line through the second half grows by more than --most MB in a thousand
stories.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper
from pathlib import Path
from random import Random
from typing import Any, cast

from benchmarks.invented_feeds import HERE, Feeds, served
from events import reprints
from events.extraction import syntax
from events.extraction.happenings import arguments
from events.extraction.pipeline import Extractor
from events.extraction.places import name_facts, name_tokens, name_variants
from events.extraction.records import actor_names
from events.extraction.syntax import Parser
from events.fetching import Fetcher, Settings
from events.model import Event, Quote, Story
from events.ontology import family_of
from events.store import Store
from events.watching.asking import Asking
from events.watching.metrics import resident_bytes
from events.watching.schedule import DAY
from events.watching.state import FeedStates
from events.watching.watcher import WORKERS, Watch, Watcher

FEEDS, KEPT, A_DAY, HOUR = 12, 10, 2, 3600.0
TENTHS = 10


class TurnedClock:
    """A clock that waiting turns, from now on."""

    def __init__(self) -> None:
        self.time = self.begun = time.time()

    def now(self) -> float:
        """Seconds since 1970, by its own account."""
        return self.time

    def ticks(self) -> float:
        """The same."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Turn it."""
        self.time += seconds


class ByPattern:
    """In place of an extractor: one event a story, its first sentence."""

    def read(self, story: Story) -> Any:
        """The story itself."""
        return type("Analysis", (), {"story": story})

    def events_of(self, analysis: Any) -> list[Event]:
        """One event, of no place and no day."""
        story = analysis.story
        end = story.text.find(".") + 1 or 20
        quote = Quote(part="text", start=0, end=end, text=story.text[:end])
        return [
            Event(id=f"{story.id}-1", story_id=story.id, type="OTHER", family=family_of("OTHER"), status="occurred",
                  what=quote.text, evidence=(quote,))
        ]  # fmt: skip


class News:
    """What the feeds have as the clock goes on."""

    def __init__(self, clock: TurnedClock, guests: int) -> None:
        self.feeds = Feeds(guests)
        self._clock = clock
        self._kept = [deque[str](maxlen=KEPT) for _ in range(FEEDS)]
        self._brought = 0

    def go_on(self) -> None:
        """Bring what is new since."""
        days = (self._clock.time - self._clock.begun) / DAY
        while self._brought <= days * A_DAY:
            self._brought += 1
            for number, kept in enumerate(self._kept):
                self.feeds.bring("/", 1)
                kept.append(self.feeds.items["/"][0])
                broken = ["<item><title></title></item>"] if number == 2 else []
                self.feeds.items[f"/{number}"] = [*kept, *broken]


@dataclass
class Held:
    """What was held as stories came in. tenths: megabytes at the end of each; seen: stories and bytes, again and again."""

    seen: list[tuple[int, float]] = field(default_factory=list)
    reloads: list[int] = field(default_factory=list)

    def by_tenths(self) -> list[float]:
        """Megabytes at the end of each tenth of the stories."""
        last = self.seen[-1][0]
        return [
            next(held for count, held in self.seen if count >= last * tenth / TENTHS) for tenth in range(1, TENTHS + 1)
        ]

    def growth(self) -> float:
        """Megabytes in a thousand stories, by the line through the second half."""
        half = [each for each in self.seen if each[0] >= self.seen[-1][0] / 2]
        slope, _ = statistics.linear_regression([count for count, _ in half], [held for _, held in half])
        return slope * 1000


def extractor_of(kind: str, strings: int, reloaded: Callable[[], None]) -> Extractor:
    """The extractor of a kind, which says when its parser is loaded anew."""
    if kind == "none":
        return cast("Extractor", ByPattern())
    parser = Parser.load()
    load = parser._load

    def anew() -> Any:
        reloaded()
        return load()

    parser._most_strings, parser._load = strings, anew
    return Extractor.load(light=kind == "light")


def fill(extractor: Extractor) -> None:
    """Fill what the extractor remembers of words and names to its bounds, as weeks of news would."""
    world = extractor.gazetteer
    for number in range(100_000):
        word = f"Zorb{number:x}ek"
        name_tokens._fold(word)
        if number < 50_000:
            name_facts.facts(world, word.lower())
            syntax._lemma(word.lower(), "PROPN")
        if number < 20_000:
            name_facts.is_container(world, word)
            name_variants.named(word, world)
            name_variants.variants(word, world)
            reprints._plain(word)
            arguments.lemma_as(word.lower(), "VERB")
            actor_names.without_titles(f"Dr {word}")


def caches() -> str:
    """How full everything is that remembers up to a bound, where it holds a thousand or more."""
    kept = [each.cache_info() for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
    large = [info for info in kept if info.maxsize and info.maxsize >= 1000 and info.currsize]
    return ", ".join(f"{info.currsize:,} of {info.maxsize:,}" for info in large)


def _here(_host: str, _seconds: float) -> list[str]:
    return [HERE]


def watched(folder: Path, days: float, kind: str, guests: int, strings: int, *, filled: bool) -> Held:
    """Watch for so many days of the turned clock."""
    clock, held = TurnedClock(), Held()
    news = News(clock, guests)
    names = frozenset(f"feed{number}.test" for number in range(FEEDS))
    settings = Settings(allowed=names, pace_seconds=0, most_bytes=8 << 20)
    fetcher = Fetcher(settings, clock, _here)
    extractor = extractor_of(kind, strings, lambda: held.reloads.append(held.seen[-1][0] if held.seen else 0))
    if kind != "none" and filled:
        fill(extractor)
    with served(news.feeds) as port, ThreadPoolExecutor(WORKERS) as threads:
        store, states = Store.open(folder / "days.sqlite"), FeedStates.open(str(folder / "days.sqlite"))
        said: deque[str] = deque(maxlen=100)
        watch = Watch(store, states, Asking(fetcher), lambda: extractor, said.append, HOUR, Random(1))
        addresses = [f"http://feed{number}.test:{port}/{number}" for number in range(FEEDS)]
        addresses.append("http://feed0.test:1024/gone")
        watcher, at = Watcher(watch, addresses, threads), 0.0

        def stopped() -> bool:
            nonlocal at
            news.go_on()
            if clock.time - clock.begun >= at:
                at += days * DAY / 200
                held.seen.append((store.story_count(), (resident_bytes() or 0) / 1e6))
            return clock.time >= clock.begun + days * DAY

        watcher.run(stopped)
        held.seen.append((store.story_count(), (resident_bytes() or 0) / 1e6))
        asked = sum(state.asked for state in watcher.feeds)
        errors = sum(state.errors for state in watcher.feeds)
        print(
            f"{days:g} days, {asked:,} times asked, {errors:,} errors, {store.story_count():,} stories, {kind} extractor"
        )
        watcher.close()
        states.close()
        store.close()
    return held


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was held; 1 where it grows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--days", type=float, default=60)
    parser.add_argument("--with", dest="kind", choices=("none", "light", "full"), default="none")
    parser.add_argument("--guests", type=int, default=1)
    parser.add_argument("--strings", type=int, default=120_000)
    parser.add_argument("--filled", action="store_true", help="begin with what is remembered of words at its bounds")
    parser.add_argument("--most", type=float, default=2.0, help="MB in a thousand stories")
    asked = parser.parse_args(arguments)
    begun, worked = time.monotonic(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        held = watched(Path(folder), asked.days, asked.kind, asked.guests, asked.strings, filled=asked.filled)
    print(
        f"memory: {held.seen[0][1]:.0f} MB at first; by tenths {', '.join(f'{mb:.0f}' for mb in held.by_tenths())} MB"
    )
    print(f"growth in the second half: {held.growth():.2f} MB in a thousand stories ({asked.most:g} allowed)")
    print(f"the parser was loaded anew after {held.reloads} stories; {len(gc.get_objects()):,} objects at the end")
    print(f"remembered: {caches()}")
    seconds, cpu = time.monotonic() - begun, time.process_time() - worked
    print(f"{seconds:.0f} s, {cpu:.0f} s of the core; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 1 if held.growth() > asked.most else 0


if __name__ == "__main__":
    sys.exit(main())
