"""When a feed is asked again: pure arithmetic, with the chance handed in.

Feeds that are well are asked at the interval and a little later, so that they don't all come at once. One that fails is left
alone twice as long each time, up to a day, by a chance of between half of that and all of it: many watchers that lost one
server together don't come back to it together.
"""

from __future__ import annotations

DAY = 86_400.0
_SPREAD = 0.1
_MOST_DOUBLINGS = 20
_LONGEST_HEEDED = 6 * 3_600.0  # of a max-age: servers say a year where they mean an hour


def after_success(every: float, max_age: float, chance: float) -> float:
    """Seconds until a feed that is well is asked again. chance: from 0 to 1.

    >>> after_success(900, 0, 0.5), after_success(900, 3600, 0)
    (945.0, 3600.0)
    """
    return max(every, min(max_age, _LONGEST_HEEDED)) * (1 + _SPREAD * chance)


def after_failure(every: float, failures: int, asked_for: float | None, chance: float, *, gone: bool = False) -> float:
    """Seconds until a feed that failed so often in a row is asked again, at least what its server asked for, up to a day.

    >>> [after_failure(900, failures, None, 1) / 60 for failures in (1, 2, 3, 20)]
    [30.0, 60.0, 120.0, 1440.0]
    >>> after_failure(900, 1, 7200.0, 0), after_failure(900, 1, None, 0, gone=True) == DAY
    (7200.0, True)
    """
    doubled = min(DAY, every * 2.0 ** min(failures, _MOST_DOUBLINGS))
    delay = DAY if gone else doubled * (0.5 + 0.5 * chance)
    return min(DAY, max(delay, asked_for or 0.0))


def due(next_at: float, now: float, slack: float = 0.0) -> bool:
    """Whether a feed is due. One that is further away than any delay was put there before a clock was set back.

    >>> due(100, 100), due(160, 100), due(160, 100, slack=60), due(100 + 3 * DAY, 100)
    (True, False, True, True)
    """
    return next_at <= now + slack or next_at > now + 2 * DAY
