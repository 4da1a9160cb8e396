"""One feed asked now, by who wants it and not by a watcher: for the page, where nobody watches.

It goes the watcher's way, with its bounds and its state, so that the next watcher repeats nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from random import Random
from typing import TYPE_CHECKING, Any

from events.fetching import Fetcher, Settings
from events.store import Store
from events.watching.asking import Asking
from events.watching.following import Wanted
from events.watching.state import FeedStates
from events.watching.watcher import Watch, Watcher

if TYPE_CHECKING:
    from events.extraction.pipeline import Extractor

USUALLY = 900.0  # seconds until the feed is due again


def ask_now(
    address: str, store: Store, states: FeedStates, extractor: Callable[[], Extractor], fetcher: Fetcher | None = None
) -> list[str]:
    """Ask a feed and take in what it brings. Returns what is to be said of it. Raises StoreError.

    fetcher: by default with the environment's settings.
    """
    said: list[str] = []
    asking = Asking(fetcher or Fetcher(Settings.from_environment()))
    now = asking.fetcher.clock.now()
    watch = Watch(store, states, asking, extractor, said.append, USUALLY, Random())  # noqa: S311  # guards nothing
    watcher = Watcher(watch, [address], _Here(), lambda _: Wanted((address,), {address: now}))
    watcher.once()
    return said


class _Here(Executor):
    """Does what it is given in the caller's thread."""

    def submit(self, act: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Do it, and give its outcome."""
        future: Future[Any] = Future()
        try:
            future.set_result(act(*arguments, **named))
        except Exception as error:
            future.set_exception(error)
        return future
