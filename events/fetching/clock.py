"""The time, and waiting. Tests bring a clock of their own, so that a month passes in a second."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """What tells the time and waits."""

    def now(self) -> float:
        """Seconds since 1970, by the clock on the wall: it may be set, and jump."""

    def ticks(self) -> float:
        """Seconds that only ever grow, for durations."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def ticks(self) -> float:
        """Seconds that only ever grow."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(max(0.0, seconds))


class Deadline:
    """A moment by which all of a thing must be done."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._end = clock.ticks() + seconds

    def left(self) -> float:
        """Seconds that are left; 0 or less when it is over."""
        return self._end - self._clock.ticks()
