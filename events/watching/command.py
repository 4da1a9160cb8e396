"""python -m events watch FEEDS: feeds into the store, again and again; and how they are.

For people in a terminal and for services. What happened goes to standard error, a line each with its time; --health writes
to standard output. Exit status: 0 all well, 1 some feed or line was bad, 2 bad use.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Annotated

import typer

from events.fetching import Fetcher, Settings
from events.fetching.clock import SystemClock
from events.store import Store
from events.store_options import StoreUrl, name_of_what_is_there
from events.terminal import Messages, told_as_bad_use
from events.watching.following import Following
from events.watching.health import health_line, health_lines
from events.watching.metrics import metrics_text, resident_bytes, told_to
from events.watching.named_lists import NamedLists
from events.watching.state import FeedStates

if TYPE_CHECKING:
    from events.extraction.pipeline import Extractor
    from events.watching.watcher import Watcher

messages = Messages()

Feeds = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FEEDS", help="A file of feed addresses, one a line, an OPML file, or addresses themselves."
    ),
]
Once = Annotated[bool, typer.Option("--once", help="Ask the feeds that are due and end: for a timer of your own.")]
Health = Annotated[bool, typer.Option("--health", help="Say how the feeds are, and ask none.")]
Pages = Annotated[bool, typer.Option("--pages", help="Where an entry is only a summary, read its page too.")]
Every = Annotated[float, typer.Option(metavar="MINUTES", min=1, max=1440, help="Between two looks at a feed.")]
Allow = Annotated[
    list[str] | None,
    typer.Option(metavar="HOST", help="A host that may stand in a private network; more with further --allow."),
]
Obeyed = Annotated[
    bool, typer.Option("--robots/--no-robots", help="Read pages only where the site's robots.txt lets programs.")
]
Metrics = Annotated[
    str | None,
    typer.Option(
        metavar="FILE|PORT",
        help="Keep metrics for Prometheus in a file, or at a port of this machine (0: any free one).",
    ),
]
Light = Annotated[bool, typer.Option("--light", help="Without the learned tagger.")]


def watch(
    feeds: Feeds = None, store: StoreUrl = None, once: Once = False, health: Health = False, pages: Pages = False,
    every: Every = 15, allow: Allow = None, robots: Obeyed = True, metrics: Metrics = None, light: Light = False,
) -> None:  # fmt: skip
    """Take in what feeds bring, again and again, until it is stopped. A restart goes on where it was.

    Feeds that were added on the page's Feeds page are watched too. Files are read again when they change.

    Example: python -m events watch feeds.opml --pages --store news.sqlite
    """
    lists = NamedLists(feeds or [], messages.print)
    with told_as_bad_use(messages):
        if health:
            name_of_what_is_there(store)  # nothing is made by looking
        states = FeedStates.open(store)
        try:
            if health:
                failed = _tell_health(states, lists, named=bool(feeds))
            else:
                run = Run(_settings(allow or [], robots=robots), pages, once, every * 60, metrics, light)
                failed = _watch(states, lists, store, run, named=bool(feeds))
        finally:
            states.close()
    if lists.any_bad or failed:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class Run:
    """How a run is wanted. every: seconds between two looks at a feed."""

    settings: Settings
    pages: bool
    once: bool
    every: float
    metrics: str | None
    light: bool


def _settings(allow: Sequence[str], *, robots: bool) -> Settings:
    own = Settings.from_environment()
    return replace(own, robots=robots, allowed=own.allowed | {host.strip().lower() for host in allow})


def _tell_health(states: FeedStates, lists: NamedLists, *, named: bool) -> bool:
    """Write how the feeds are: those that are named, else all that weren't taken off. Returns whether any is failing."""
    listed, known = states.subscriptions.known(), states.states()
    paused = {address for address, subscription in listed.items() if subscription.paused}
    with _unreadable_is_bad_use():
        wanted = [address for _, addresses in lists.first() for address in addresses] if named else list(known)
    off = set() if named else {address for address, subscription in listed.items() if subscription.removed}
    chosen = [known[address] for address in dict.fromkeys(wanted) if address in known and address not in off]
    for line in health_lines(chosen, SystemClock().now(), paused):
        typer.echo(line)
    return any(state.failures for state in chosen if state.address not in paused)


def _watch(states: FeedStates, lists: NamedLists, store: str | None, run: Run, *, named: bool) -> bool:
    """Watch until it is stopped, or once. Returns whether a feed failed."""
    from events.watching.asking import Asking  # these import the readers of feeds and pages: --help does without
    from events.watching.watcher import WORKERS, Watch, Watcher

    following = Following(lists, states.subscriptions, _say)
    with _unreadable_is_bad_use():
        wanted = following.first(SystemClock().now())
    if not wanted.addresses and (run.once or not named):
        raise typer.BadParameter("no feed is named, and none was added on the Feeds page", param_hint="FEEDS")
    kept = Store.open(store)
    executor = ThreadPoolExecutor(WORKERS, thread_name_prefix="feed")
    ending: list[bool] = []
    asking = Asking(_fetcher(run.settings), pages=run.pages, stopped=lambda: bool(ending))
    chance = Random()  # noqa: S311  # it spreads requests and guards nothing
    watch = Watch(kept, states, asking, _Loaded(run.light), _say, run.every, chance)
    watcher = Watcher(watch, wanted.addresses, executor, following.look)
    failed = 0
    try:
        with _ended_by_a_signal(), ExitStack() as meanwhile:
            _keep_metrics(run.metrics, watcher, meanwhile)
            if run.once:
                failed = watcher.once()
            else:
                _say(f"watching {health_line(watcher.feeds, SystemClock().now())}")
                watcher.run(lambda: False)
    except KeyboardInterrupt:
        _say("stopped; start it again to go on")
    finally:
        ending.append(True)
        watcher.close()
        executor.shutdown(wait=False, cancel_futures=True)
        kept.close()
        following.close()
    _say(health_line(watcher.feeds, SystemClock().now()))
    return bool(failed)


def _keep_metrics(where: str | None, watcher: Watcher, meanwhile: ExitStack) -> None:
    """Keep metrics, where they are wanted, as long as `meanwhile` lasts."""
    if where is None:
        return
    told = told_to(where, lambda: metrics_text(watcher.feeds, SystemClock().now(), resident_bytes()))
    try:
        place = meanwhile.enter_context(told)
    except (OSError, OverflowError) as error:
        raise typer.BadParameter(f"{where}: {error}", param_hint="--metrics") from error
    _say(f"metrics: {place}")


def _fetcher(settings: Settings) -> Fetcher:
    return Fetcher(settings)


class _Loaded:
    """The extractor, loaded when the first story needs it: feeds without anything new do without."""

    def __init__(self, light: bool) -> None:
        self._light = light
        self._extractor: Extractor | None = None

    def __call__(self) -> Extractor:
        if self._extractor is None:
            from events.extraction.pipeline import Extractor

            self._extractor = Extractor.load(light=self._light)
        return self._extractor


def _say(what: str) -> None:
    """A line of the log. What it says of feeds is free of what a terminal would obey."""
    messages.print(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}Z {what}")


@contextmanager
def _ended_by_a_signal() -> Iterator[None]:
    """A service manager's SIGTERM ends the run as Ctrl-C does."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _unreadable_is_bad_use() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise typer.BadParameter(f"{error.filename}: {error.strerror}", param_hint="FEEDS") from error
