"""Sign-ins that were ended before their time: whoever signs out is out, in every window and with every copy of the cookie.

For the gate and the page. What this process was told it knows at once; what others were told it reads of their common table
(events.dashboard.access.sign_outs), once a second at most. Where the table can't be read for a minute nobody knows any
more who signed out, and nobody is let in.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from events.dashboard.access.persons import Person
from events.dashboard.access.sign_outs import SignOuts
from events.model import StoreError
from events.store import default_url

LOOK_EVERY = 1.0  # seconds
BLIND_AFTER = 60.0  # seconds without a look that succeeded
_log = logging.getLogger(__name__)


class Ended:
    """The sign-ins that were ended, by their keys."""

    def __init__(self, store: Callable[[], str] = default_url, clock: Callable[[], float] = time.monotonic) -> None:
        """store: whose table it is, asked at each look; clock: seconds that never go back."""
        self._store = store
        self._clock = clock
        self._own: dict[str, datetime] = {}
        self._untold: dict[str, datetime] = {}
        self._read: frozenset[str] = frozenset()
        self._table: tuple[str, SignOuts] | None = None
        self._looked_at = float("-inf")
        self._seen_at: float | None = None
        self._trouble = ""
        self._lock = Lock()

    def add(self, person: Person, now: datetime) -> None:
        """End a sign-in: here at once, and for all others as soon as the table can be written. Raises nothing."""
        with self._lock:
            self._own = {key: until for key, until in self._own.items() if until > now} | {person.key: person.ends}
            self._untold[person.key] = person.ends
            self._look(now)

    def __contains__(self, person: Person) -> bool:
        return person.key in self._own or person.key in self._read

    def is_stale(self) -> bool:
        """Whether it is time for a look: `look` reads a database, and a server's loop must not wait for that."""
        return self._clock() - self._looked_at >= LOOK_EVERY

    def look(self, now: datetime) -> None:
        """Learn what other processes were told, where the last look is a second old. Raises nothing."""
        if self.is_stale():
            with self._lock:
                if self.is_stale():
                    self._look(now)

    def trouble(self) -> str:
        """Why nobody knows who signed out; "" where it is known."""
        blind = self._seen_at is not None and self._clock() - self._seen_at > BLIND_AFTER
        return self._trouble if blind else ""

    def close(self) -> None:
        """Give the table's files back; a look opens it again."""
        if self._table:
            self._table[1].close()
        self._table = None

    def _look(self, now: datetime) -> None:
        self._looked_at = self._clock()
        if self._seen_at is None:
            self._seen_at = self._looked_at
        try:
            table = self._opened()
            for key, until in list(self._untold.items()):
                table.add(key, until, now)
                del self._untold[key]
            self._read = table.ended(now)
        except StoreError as error:
            if str(error) != self._trouble:
                _log.warning("%s", error)
            self._trouble = str(error)
        else:
            self._seen_at, self._trouble = self._looked_at, ""

    def _opened(self) -> SignOuts:
        """The table of the store that is in use now. Raises StoreError."""
        store = self._store()
        if self._table is None or self._table[0] != store:
            self.close()
            self._table = store, SignOuts.of(store)
        return self._table[1]


ENDED = Ended()
