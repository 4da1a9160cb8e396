"""Days that are fixed long before: what "three days before the inauguration" is counted from.

For temporal expressions that hang on a named occasion. A small table of rules from law and calendar; occasions that it does
not know give nothing, and the words are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from events.extraction import time_words as words
from events.model import TimeType

_EXPRESSION = re.compile(
    rf"({words.NUMBER}) (day|week|month)s? (before|after) (?:the |his |her |its |their )?(.+)", re.IGNORECASE
)
_FIXED: tuple[tuple[str, int, int], ...] = (
    ("christmas eve", 12, 24), ("christmas", 12, 25), ("new year's eve", 12, 31), ("new year's day", 1, 1), ("new year", 1, 1),
    ("valentine's day", 2, 14), ("international women's day", 3, 8), ("may day", 5, 1), ("victory day", 5, 9), ("bastille day", 7, 14),
    ("halloween", 10, 31), ("armistice day", 11, 11),
)  # fmt: skip


def _inauguration(near: date) -> date:
    """20 January of the year after a US presidential election: Twentieth Amendment, section 1."""
    return min(
        (date(y, 1, 20) for y in range(near.year - 4, near.year + 6) if y % 4 == 1), key=lambda d: abs((d - near).days)
    )


def _us_election(near: date) -> date:
    """The Tuesday after the first Monday in November of even years: 2 U.S. Code, section 7."""
    days = []
    for year in range(near.year - 2, near.year + 3):
        if year % 2 == 0:
            first = date(year, 11, 1)
            days.append(first + timedelta(days=(0 - first.weekday()) % 7 + 1))
    return min(days, key=lambda d: abs((d - near).days))


_OCCASIONS: tuple[tuple[re.Pattern[str], Callable[[date], date]], ...] = (
    (
        re.compile(
            r"\binauguration\b(?=.*\b(?:us|u\.s\.|american|president-elect|trump|biden|washington)\b)|\b(?:us|u\.s\.|american)\b.*\binauguration\b",
            re.IGNORECASE,
        ),
        _inauguration,
    ),
    (re.compile(r"\b(?:us|u\.s\.|american)\b.*\belections?\b", re.IGNORECASE), _us_election),
)


def occasion(text: str, near: date) -> date | None:
    """The day of an occasion that the words name, the one nearest to `near`; None for one that is not known.

    >>> occasion("the inauguration of the US president", date(2025, 1, 13))
    datetime.date(2025, 1, 20)
    """
    lower = text.lower().replace("’", "'")
    for pattern, rule in _OCCASIONS:
        if pattern.search(lower):
            return rule(near)
    for name, month, day in _FIXED:
        if lower.startswith(name):
            return min(
                (date(y, month, day) for y in (near.year - 1, near.year, near.year + 1)),
                key=lambda d: abs((d - near).days),
            )
    return None


def anchored_value(text: str, near: date | None) -> tuple[TimeType, str] | None:
    """The TIMEX3 value of "three days before Christmas", None when the occasion is not known."""
    match = _EXPRESSION.fullmatch(text)
    if not match or near is None:
        return None
    day = occasion(match[4], near)
    if day is None:
        return None
    n = int(match[1]) if match[1].isdigit() else words.NUMBERS[match[1].lower()]
    steps = n * {"day": 1, "week": 7, "month": 30}[match[2].lower()]
    return "DATE", (day + timedelta(days=steps if match[3].lower() == "after" else -steps)).isoformat()
