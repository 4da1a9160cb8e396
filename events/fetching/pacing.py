"""How long one host is left alone between two requests; shared by all threads that ask."""

from __future__ import annotations

import threading

from events.fetching.clock import Clock

_LONGEST = 60.0  # seconds: a robots.txt may ask for a day
_MOST_HOSTS = 10_000


class Pace:
    """Lets requests to one host begin some seconds apart."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._own: dict[str, float] = {}
        self._free: dict[str, float] = {}
        self._lock = threading.Lock()

    def slow_down(self, host: str, seconds: float) -> None:
        """A host asks for more time between requests (Crawl-delay); up to a minute is heeded."""
        with self._lock:
            self._own[host] = min(max(seconds, self._seconds), _LONGEST)

    def wait(self, host: str) -> None:
        """Wait until the host may be asked, and count from then."""
        with self._lock:
            now = self._clock.ticks()
            if len(self._free) > _MOST_HOSTS:
                self._free = {name: free for name, free in self._free.items() if free > now}
            begin = max(now, self._free.get(host, now))
            self._free[host] = begin + self._own.get(host, self._seconds)
        if begin > now:
            self._clock.sleep(begin - now)
