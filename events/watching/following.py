"""What a watcher has to follow now: the list of feeds, looked at every few seconds.

For the watcher. A look costs two queries; what files name is written into the list when they have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from events.fetching.errors import printable
from events.model import StoreError
from events.watching.named_lists import NamedLists
from events.watching.subscriptions import Subscription, Subscriptions

LOOK_EVERY = 3.0  # seconds
_SIGN_EVERY = 30.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """The feeds to follow. asked_for: when somebody last wanted one of them to be asked at once, by address."""

    addresses: tuple[str, ...]
    asked_for: Mapping[str, float] = field(default_factory=dict)


class Following:
    """The list of feeds as one watcher sees it: what people added, and what its own files and command line name."""

    def __init__(self, lists: NamedLists, subscriptions: Subscriptions, say: Callable[[str], None]) -> None:
        self._lists = lists
        self._subscriptions = subscriptions
        self._say = say
        self._signed_at: float | None = None
        self._trouble = ""

    def first(self, now: float) -> Wanted:
        """Write down what is named, and what is to be followed. Raises OSError and StoreError."""
        for source, addresses in self._lists.first():
            self._subscriptions.listed(source, addresses, now)
        return self._wanted()

    def look(self, now: float) -> Wanted | None:
        """What is to be followed now; None where the list can't be read: nothing changes then."""
        try:
            for source, addresses in self._lists.changed():
                self._subscriptions.listed(source, addresses, now)
            if self._signed_at is None or not 0 <= now - self._signed_at < _SIGN_EVERY:
                self._subscriptions.sign_of_life(now)
                self._signed_at = now
            wanted = self._wanted()
        except StoreError as error:
            self._tell(str(error))
            return None
        self._trouble = ""
        return wanted

    def close(self) -> None:
        """Say that nobody watches here any more."""
        if self._signed_at is not None:
            with suppress(StoreError):
                self._subscriptions.no_longer_watching()

    def _wanted(self) -> Wanted:
        own = {address: known for address, known in self._subscriptions.standing().items() if self._is_own(known)}
        return Wanted(tuple(own), {a: known.asked_for for a, known in own.items() if known.asked_for is not None})

    def _is_own(self, known: Subscription) -> bool:
        lists = self._lists
        return not known.paused and (
            not known.source or known.source in lists.files or known.address in lists.addresses
        )

    def _tell(self, trouble: str) -> None:
        """Say what is wrong with the list, once as long as it lasts."""
        if trouble != self._trouble:
            self._trouble = trouble
            self._say(printable(trouble))
