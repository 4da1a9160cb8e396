"""Days that are fixed long before: feasts, elections, inaugurations, and days that have become names.

What "three days before the inauguration" is counted from, what "Thanksgiving" and "9/11" are. Rules from law and
calendar; an occasion that is not known gives nothing, and the words are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from events.extraction.times import time_words as words
from events.model import TimeType

_STEPS = {"day": 1, "week": 7, "month": 30}


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(month: int, weekday: int, n: int) -> Callable[[int], date]:
    """The n-th weekday of a month; n = -1 is the last one."""

    def rule(year: int) -> date:
        if n < 0:
            last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            return last - timedelta(days=(last.weekday() - weekday) % 7)
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))

    return rule


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by Butcher's rule (Nature, 20 April 1876, p. 487).

    >>> easter(2025)
    datetime.date(2025, 4, 20)
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


def us_election_day(year: int) -> date:
    """The Tuesday after the first Monday in November: 2 U.S. Code, section 7."""
    return _nth(11, 0, 1)(year) + timedelta(days=1)


_HOLIDAYS: dict[str, Callable[[int], date]] = {
    "new year's day": _fixed(1, 1), "new year's eve": _fixed(12, 31), "valentine's day": _fixed(2, 14),
    "international women's day": _fixed(3, 8), "st patrick's day": _fixed(3, 17), "st. patrick's day": _fixed(3, 17),
    "may day": _fixed(5, 1), "bastille day": _fixed(7, 14), "halloween": _fixed(10, 31),
    "armistice day": _fixed(11, 11), "remembrance day": _fixed(11, 11), "christmas eve": _fixed(12, 24),
    "christmas day": _fixed(12, 25), "christmas": _fixed(12, 25), "boxing day": _fixed(12, 26),
    "anzac day": _fixed(4, 25), "juneteenth": _fixed(6, 19), "ash wednesday": _from_easter(-46),
    "palm sunday": _from_easter(-7), "maundy thursday": _from_easter(-3), "good friday": _from_easter(-2),
    "holy saturday": _from_easter(-1), "easter sunday": _from_easter(0), "easter monday": _from_easter(1),
    "easter": _from_easter(0), "ascension day": _from_easter(39), "whit monday": _from_easter(50),
    "pentecost": _from_easter(49), "thanksgiving day": _nth(11, 3, 4), "thanksgiving": _nth(11, 3, 4),
    "memorial day": _nth(5, 0, -1), "labor day": _nth(9, 0, 1), "election day": us_election_day,
}  # fmt: skip
HOLIDAY = words.alternatives(_HOLIDAYS)

# Days of one year that have become names: (pattern over lower-case words, day).
_NAMED: tuple[tuple[re.Pattern[str], date], ...] = (
    (re.compile(r"9/11|sept(?:ember|\.)? 11,? (?:terrorist |terror )?attacks?"), date(2001, 9, 11)),
    (re.compile(r"oct(?:ober|\.)? 7,? (?:attacks?|massacre|assault)"), date(2023, 10, 7)),
    (re.compile(r"jan(?:uary|\.)? 6,? (?:attacks?|riots?|insurrection)"), date(2021, 1, 6)),
)
_EXPRESSION = re.compile(rf"({words.NUMBER}|the) (day|week|month)s? (before|after) (?:the |his |her |its |their )?(.+)")


def holiday(name: str, year: int) -> date | None:
    """The day of a feast in a year, None for a name that is not known.

    >>> holiday("thanksgiving", 2024)
    datetime.date(2024, 11, 28)
    """
    rule = _HOLIDAYS.get(name)
    return rule(year) if rule else None


def named_day(text: str) -> date | None:
    """The day that words like "9/11" have become the name of.

    >>> named_day("9/11")
    datetime.date(2001, 9, 11)
    """
    lower = text.lower()
    return next((day for pattern, day in _NAMED if pattern.match(lower)), None)


def _nearest(days: list[date], near: date) -> date:
    return min(days, key=lambda d: abs((d - near).days))


def _years(near: date, margin: int) -> range:
    return range(max(1, near.year - margin), min(9999, near.year + margin) + 1)


def _inauguration(near: date) -> date:
    """20 January of the year after a US presidential election: Twentieth Amendment, section 1."""
    return _nearest([date(y, 1, 20) for y in _years(near, 4) if y % 4 == 1], near)


def _us_election(near: date) -> date:
    """The nearest November election of an even year."""
    return _nearest([us_election_day(y) for y in _years(near, 2) if y % 2 == 0], near)


_OCCASIONS: tuple[tuple[re.Pattern[str], Callable[[date], date]], ...] = (
    (
        re.compile(
            r"\binauguration\b.*\b(?:us|u\.s\.|american|president-elect|washington)|\b(?:us|u\.s\.|"
            r"american)\b.*\binaugurat"
        ),
        _inauguration,
    ),
    (re.compile(r"\b(?:us|u\.s\.|american|midterm)\b.*\belections?\b"), _us_election),
)


def occasion(text: str, near: date) -> date | None:
    """The day of an occasion that the words name, the one nearest to `near`; None for one that is not known.

    >>> occasion("the inauguration of the US president", date(2025, 1, 13))
    datetime.date(2025, 1, 20)
    """
    lower = text.lower().replace("’", "'").removeprefix("the ")
    for pattern, rule in _OCCASIONS:
        if pattern.search(lower):
            return rule(near)
    for name in sorted(_HOLIDAYS, key=len, reverse=True):
        if lower.startswith(name):
            return _nearest([_HOLIDAYS[name](y) for y in _years(near, 1)], near)
    return None


def anchored_value(text: str, near: date | None) -> tuple[TimeType, str] | None:
    """The TIMEX3 value of "three days before Christmas", None when the occasion is not known.

    Without a day to be near to it is "", if the occasion is known at all.

    >>> anchored_value("three days before the inauguration of US President-elect Ito", date(2025, 1, 13))
    ('DATE', '2025-01-17')
    """
    match = _EXPRESSION.fullmatch(text.lower().replace("’", "'"))
    if not match:
        return None
    day = occasion(match[4], near or date(2000, 1, 1))
    if day is None or near is None:
        return ("DATE", "") if day else None
    n = int(match[1]) if match[1].isdigit() else words.NUMBERS.get(match[1], 1)
    steps = n * _STEPS[match[2]] * (1 if match[3] == "after" else -1)
    return "DATE", (day + timedelta(days=steps)).isoformat()
