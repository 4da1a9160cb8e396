"""Sign-ins that were ended before their time: whoever signs out is out, in every window and with every copy of the cookie.

For the gate and the page. They are known to this server until it is started anew, or they would have ended anyhow.
"""

from __future__ import annotations

from datetime import datetime
from threading import Lock

from events.dashboard.access.persons import Person


class Ended:
    """The sign-ins that were ended, by their keys."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}
        self._lock = Lock()

    def add(self, person: Person, now: datetime) -> None:
        """End a sign-in, and forget those whose time is over."""
        with self._lock:
            self._until = {key: until for key, until in self._until.items() if until > now}
            self._until[person.key] = person.ends

    def __contains__(self, person: Person) -> bool:
        return person.key in self._until


ENDED = Ended()
