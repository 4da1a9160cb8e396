"""All feeds side by side: those that are due are asked by threads, one feed a host at a time; what they bring is taken in.

A feed that hangs holds up its own host until its time is over, and no other. What the store can't take (disk full, another
writer) is left at the feed and asked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from events.fetching import Answer, FetchError
from events.fetching.addresses import parse
from events.fetching.clock import Clock
from events.fetching.errors import printable
from events.model import StoreError
from events.store import Store
from events.watching.asking import Asking, Checked
from events.watching.following import LOOK_EVERY, Wanted
from events.watching.health import health_line
from events.watching.outcomes import (
    SOON,
    after_answering,
    after_failing,
    is_whole,
    said_of_answering,
    said_of_failing,
    said_of_waiting,
)
from events.watching.schedule import DAY, after_failure, after_success, due
from events.watching.state import FeedState, FeedStates, Seen
from events.watching.taking_in import take_in

if TYPE_CHECKING:
    from events.extraction.pipeline import Extractor

WORKERS = 8
LEASE = 1_800.0  # seconds: longer than a check; after a kill a feed that was being asked waits so long
_HEALTH_EVERY = 3_600.0
_MOST_WAIT = 120.0  # seconds without a look at the clock, which may be set
_KEPT_ENTRIES = 30 * DAY


@dataclass(frozen=True, slots=True)
class Watch:
    """What a watcher works with. every: seconds between two checks of a feed that is well; extractor: loaded when needed."""

    store: Store
    states: FeedStates
    asking: Asking
    extractor: Callable[[], Extractor]
    say: Callable[[str], None]
    every: float
    chance: Random


class Watcher:
    """Watches feeds until it is stopped, or through one round of those that are due."""

    def __init__(
        self, watch: Watch, addresses: Iterable[str], executor: Executor,
        look: Callable[[float], Wanted | None] | None = None,
    ) -> None:  # fmt: skip
        """look: what is to be followed at a time, asked every few seconds; without it the feeds stay what they are.

        Raises StoreError where the state can't be kept.
        """
        self._watch = watch
        self._clock: Clock = watch.asking.fetcher.clock
        self._executor = executor
        self._look = look
        self._looked_at = float("-inf")
        self._running: dict[Future[Checked], FeedState] = {}
        self._told_at = self._clock.now()
        self._feeds: dict[str, FeedState] = {}
        self._stored: dict[str, float] = {}  # when each is asked again, as the database has it
        self._asked_for: Mapping[str, float] = {}
        self._heeded: dict[str, float | None] = {}
        self._follow(addresses)

    @property
    def feeds(self) -> list[FeedState]:
        """How the feeds stand."""
        return list(self._feeds.values())

    def once(self) -> int:
        """Check every feed that is due, or nearly, and wait for all of them. Returns how many failed."""
        self._look_again()
        slack = 0.25 * self._watch.every  # a timer that starts us at the interval must not come too early every time
        waiting = [state for state in self.feeds if self._is_due(state, self._clock.now(), slack)]
        checked = [state.address for state in waiting]
        while waiting or self._running:
            waiting = self._begin(waiting)
            self._finish_some(None)
        return sum(self._feeds[address].failures > 0 for address in checked if address in self._feeds)

    def run(self, stopped: Callable[[], bool]) -> None:
        """Check feeds as they become due, until it is told to stop."""
        while not stopped():
            self._look_again()
            now = self._clock.now()
            running = {state.address for state in self._running.values()}
            self._begin([s for s in self.feeds if s.address not in running and self._is_due(s, now)])
            if now - self._told_at >= _HEALTH_EVERY or now < self._told_at:
                self._told_at = now
                self._watch.say(health_line(self.feeds, now))
            nearest = min((s.next_at for s in self.feeds if s.address not in running), default=now + _MOST_WAIT)
            pause = min(max(nearest - now, 0.05), LOOK_EVERY if self._look else _MOST_WAIT)
            if self._running:
                self._finish_some(min(pause, 1.0))
            else:
                self._clock.sleep(pause)

    def close(self) -> None:
        """Give back what was begun and not finished, so that the next run asks it at once."""
        for address, state in self._feeds.items():
            if self._stored[address] != state.next_at:
                with suppress(StoreError):
                    self._watch.states.claim(address, self._stored[address], state.next_at)

    # ------------------------------------------------------------------ which feeds

    def _look_again(self) -> None:
        """Heed what was changed in the list of feeds."""
        now = self._clock.now()
        if self._look is None or 0 <= now - self._looked_at < LOOK_EVERY:
            return
        self._looked_at = now
        wanted = self._look(now)
        if wanted is None:
            return
        try:
            self._follow(wanted.addresses)
        except StoreError as error:
            self._watch.say(printable(str(error)))
        self._asked_for = wanted.asked_for

    def _follow(self, addresses: Iterable[str]) -> None:
        """Watch these feeds and no others. One that is being asked now is still taken in."""
        wanted = dict.fromkeys(addresses)
        fresh = [address for address in wanted if address not in self._feeds]
        if fresh:
            self._watch.states.begin(fresh, self._clock.now())
            known = self._watch.states.states()
            self._feeds |= {address: known[address] for address in fresh}
            self._stored |= {address: known[address].next_at for address in fresh}
        for address in self._feeds.keys() - wanted.keys():
            del self._feeds[address], self._stored[address]

    def _is_due(self, state: FeedState, now: float, slack: float = 0.0) -> bool:
        """Whether a feed is due, by the clock or because somebody wants it asked at once."""
        asked_for = self._asked_for.get(state.address)
        is_wanted = asked_for is not None and asked_for > (state.asked_at or 0.0)
        return (is_wanted and self._heeded.get(state.address) != asked_for) or due(state.next_at, now, slack)

    # ------------------------------------------------------------------ one feed

    def _begin(self, waiting: list[FeedState]) -> list[FeedState]:
        """Begin what can be begun. Returns those whose host is being asked, or for which there is no room."""
        busy = {parse(state.address).host for state in self._running.values()}
        left = []
        for state in sorted(waiting, key=lambda state: state.next_at):
            host = parse(state.address).host
            if host in busy or len(self._running) >= 2 * WORKERS:
                left.append(state)
            elif self._claim(state):
                busy.add(host)
        return left

    def _claim(self, state: FeedState) -> bool:
        """Begin a check, where no other watcher has."""
        self._heeded[state.address] = self._asked_for.get(state.address)  # once, whatever another clock says
        try:
            until = self._clock.now() + LEASE
            if not self._watch.states.claim(state.address, self._stored[state.address], until):
                other = self._watch.states.states()[state.address]
                self._feeds[state.address], self._stored[state.address] = other, other.next_at
                return False
            self._stored[state.address] = until
            seen = self._watch.states.seen(state.address)
        except StoreError as error:
            self._put_off(state, str(error))
            return False
        self._running[self._executor.submit(self._watch.asking.check, state, seen)] = state
        return True

    def _finish_some(self, timeout: float | None) -> None:
        if self._running:
            done, _ = wait(self._running, timeout, return_when=FIRST_COMPLETED)
            for future in done:
                self._finish(self._running.pop(future), future)

    def _finish(self, state: FeedState, future: Future[Checked]) -> None:
        """Take in what a check brought, and put down how the feed stands."""
        try:
            checked = future.result()
        except Exception as error:  # a feed on which the reader breaks holds up no other
            checked = Checked(None, FetchError("damaged", f"can't be read: {type(error).__name__}: {error}"))
        try:
            if checked.answer is None:
                self._failed(state, checked)
            else:
                self._answered(state, checked.answer, checked)
        except StoreError as error:
            self._put_off(state, str(error))

    def _failed(self, state: FeedState, checked: Checked) -> None:
        error = checked.error
        assert error is not None
        now = self._clock.now()
        delay = after_failure(
            self._watch.every, state.failures + 1, error.retry_after, self._watch.chance.random(),
            gone=error.status == 410,
        )  # fmt: skip
        after = after_failing(state, error, now, delay)
        self._keep(after, {}, now)
        self._watch.say(said_of_failing(after, error, delay))

    def _answered(self, state: FeedState, answer: Answer, checked: Checked) -> None:
        taken = take_in(
            checked.readings, self._watch.store, self._watch.extractor, self._watch.states.had_in_full, self._look_again
        )  # fmt: skip
        now = self._clock.now()
        delay = after_success(self._watch.every, answer.max_age, self._watch.chance.random())
        soon = min(SOON, self._watch.every)
        after = after_answering(state, answer, checked, taken, now=now, delay=delay, soon=soon)
        self._keep(after, {**checked.met, **taken.seen}, now, whole=is_whole(answer, checked, taken))
        for line in said_of_answering(state, checked, taken):
            self._watch.say(line)

    def _keep(self, state: FeedState, seen: Mapping[str, Seen], now: float, *, whole: bool = False) -> None:
        self._watch.states.save(state, seen, now, now - _KEPT_ENTRIES if whole else 0.0)
        if state.address in self._feeds:
            self._feeds[state.address], self._stored[state.address] = state, state.next_at

    def _put_off(self, state: FeedState, why: str) -> None:
        """The store can't be written for now: the feed is asked again soon, and nothing of it counts as read."""
        if state.address in self._feeds:
            self._feeds[state.address] = replace(state, next_at=self._clock.now() + SOON)
        self._watch.say(said_of_waiting(state, why))
