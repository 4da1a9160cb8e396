"""python -m events watch FEEDS: feeds into the store, again and again; and how they are.

For people in a terminal and for services. What happened goes to standard error, a line each with its time; --health writes
to standard output. Exit status: 0 all well, 1 some feed or line was bad, 2 bad use.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from events.fetching import Fetcher, Settings
from events.fetching.clock import SystemClock
from events.fetching.errors import printable
from events.model import DatelineError
from events.store import Store, default_url
from events.watching.feed_list import feeds_of
from events.watching.health import health_line, health_lines
from events.watching.state import FeedStates
from geodata import GazetteerError

if TYPE_CHECKING:
    from events.extraction.pipeline import Extractor

messages = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)

Feeds = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FEEDS", help="A file of feed addresses, one a line, an OPML file, or addresses themselves."
    ),
]
StoreUrl = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="URL", help="A file or an SQLAlchemy URL; else DATELINE_STORE, else your data folder."
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
Light = Annotated[bool, typer.Option("--light", help="Without the learned tagger.")]


def watch(
    feeds: Feeds = None, store: StoreUrl = None, once: Once = False, health: Health = False, pages: Pages = False,
    every: Every = 15, allow: Allow = None, robots: Obeyed = True, light: Light = False,
) -> None:  # fmt: skip
    """Take in what feeds bring, again and again, until it is stopped. A restart goes on where it was.

    Example: python -m events watch feeds.opml --pages --store news.sqlite
    """
    addresses, bad = _named(feeds or [])
    name = store or default_url()
    if health and "://" not in name and not Path(name).expanduser().is_file():  # nothing is made by looking
        messages.print(f"there is no store at {name}")
        raise typer.Exit(2)
    with _usage_errors():
        states = FeedStates.open(store)
        try:
            if health:
                failed = _tell_health(states, addresses)
            else:
                settings = _settings(allow or [], robots=robots)
                failed = _watch(states, addresses, store, settings, pages=pages, once=once, every=every, light=light)
        finally:
            states.close()
    if bad or failed:
        raise typer.Exit(1)


def _named(feeds: Sequence[str]) -> tuple[list[str], bool]:
    """The addresses of all that is named, and whether any of it was bad; that is said."""
    addresses: dict[str, None] = {}
    bad = False
    for named in feeds:
        try:
            found, problems = feeds_of(named)
        except OSError as error:
            raise typer.BadParameter(f"{named}: {error.strerror or error}", param_hint="FEEDS") from error
        addresses.update(dict.fromkeys(found))
        for problem in problems:
            where = f"{problem.file}:{problem.line}" if problem.line else problem.file
            messages.print(printable(f"{where}: {problem.reason}"))
            bad = True
    return list(addresses), bad


def _settings(allow: Sequence[str], *, robots: bool) -> Settings:
    own = Settings.from_environment()
    return replace(own, robots=robots, allowed=own.allowed | {host.strip().lower() for host in allow})


def _tell_health(states: FeedStates, addresses: Sequence[str]) -> bool:
    """Write how the feeds are: those that are named, else all. Returns whether any is failing."""
    known = states.states()
    chosen = [known[address] for address in addresses or known if address in known]
    for line in health_lines(chosen, SystemClock().now()):
        typer.echo(line)
    return any(state.failures for state in chosen)


def _watch(
    states: FeedStates, addresses: Sequence[str], store: str | None, settings: Settings, *, pages: bool, once: bool,
    every: float, light: bool,
) -> bool:  # fmt: skip
    """Watch until it is stopped, or once. Returns whether a feed failed."""
    from events.watching.asking import Asking  # these import the readers of feeds and pages: --help does without
    from events.watching.watcher import WORKERS, Watch, Watcher

    if not addresses:
        raise typer.BadParameter("no feed is named", param_hint="FEEDS")
    kept = Store.open(store)
    executor = ThreadPoolExecutor(WORKERS, thread_name_prefix="feed")
    ending: list[bool] = []
    asking = Asking(_fetcher(settings), pages=pages, stopped=lambda: bool(ending))
    chance = Random()  # noqa: S311  # it spreads requests and guards nothing
    watcher = Watcher(
        Watch(kept, states, asking, _Loaded(light), _say, every * 60, chance), addresses, executor
    )  # fmt: skip
    failed = 0
    try:
        with _ended_by_a_signal():
            if once:
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
    _say(health_line(watcher.feeds, SystemClock().now()))
    return bool(failed)


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
def _usage_errors() -> Iterator[None]:
    try:
        yield
    except (DatelineError, GazetteerError) as error:
        messages.print(str(error))
        raise typer.Exit(2) from error
