"""Days that are fixed long before: feasts, national days, elections, inaugurations, and days that have become names.

What "three days before the inauguration" is counted from, what "Thanksgiving" and "9/11" are. The table with its sources is
lists/scheduled_days.tsv; an occasion that is not known, or whose day hangs on a sighting, gives nothing, and the words
are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from events.extraction.times import time_words as words
from events.model import TimeType

TABLE = Path(__file__).parents[1] / "lists" / "scheduled_days.tsv"
_STEPS = {"day": 1, "week": 7, "month": 30}
_FIXED = re.compile(r"(\d\d)-(\d\d)")
_NTH = re.compile(r"(\d|last) (mon|tue|wed|thu|fri|sat|sun) (\d\d)(?: \+(\d))?")
_EASTER = re.compile(r"easter ([+-]\d+)")
_EVERY = re.compile(r"(.+) every (\d) from (\d{4})")


@dataclass(frozen=True, slots=True)
class Occasion:
    """A row of the table. whose: the words that must stand beside its name, () where the name alone tells."""

    names: tuple[str, ...]
    country: str
    whose: tuple[str, ...]
    rule: str

    def day(self, year: int) -> date | None:
        """Its day in a year; None in a year that has none, and where the day is not resolved."""
        rule = self.rule
        if every := _EVERY.fullmatch(rule):
            rule = every[1]
            if year < int(every[3]) or (year - int(every[3])) % int(every[2]):
                return None
        return _day_of(rule, year)


def _day_of(rule: str, year: int) -> date | None:
    if fixed := _FIXED.fullmatch(rule):
        return date(year, int(fixed[1]), int(fixed[2]))
    if nth := _NTH.fullmatch(rule):
        n = -1 if nth[1] == "last" else int(nth[1])
        return nth_weekday(year, int(nth[3]), words.WEEKDAYS[nth[2]], n) + timedelta(days=int(nth[4] or 0))
    if after := _EASTER.fullmatch(rule):
        return easter(year) + timedelta(days=int(after[1]))
    return {"nowruz": nowruz, "orthodox easter": orthodox_easter}[rule](year) if rule != "?" else None


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th weekday of a month, Monday is 0; n = -1 is the last one.

    >>> nth_weekday(2025, 3, 4, 3)
    datetime.date(2025, 3, 21)
    """
    if n < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


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


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the Julian calendar as a Gregorian day, from 1900 to 2099 (Meeus, Astronomical Algorithms, ch. 8).

    >>> orthodox_easter(2024)
    datetime.date(2024, 5, 5)
    """
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def nowruz(year: int) -> date:
    """The first day of the Iranian solar year, by the rule of 8 leap years in 33.

    >>> nowruz(2024), nowruz(2025)
    (datetime.date(2024, 3, 20), datetime.date(2025, 3, 21))
    """
    since = year + 974
    return date.fromordinal(max(1, 365 * since + since // 33 * 8 + (since % 33 + 3) // 4 - 356032))


@lru_cache(maxsize=1)
def occasions() -> tuple[Occasion, ...]:
    """The table, in its order."""
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return tuple(
        Occasion(tuple(names.split("|")), country, () if whose == "-" else tuple(whose.split("|")), rule)
        for names, country, whose, rule, _ in rows
    )


_BY_NAME = {name: one for one in occasions() if one.country == "-" for name in one.names}
_NATIONAL = [one for one in occasions() if one.country != "-" and one.names[0].endswith(" day")]
_ROUND = [one for one in occasions() if one.country != "-" and not one.names[0].endswith(" day")]
HOLIDAY = words.alternatives(_BY_NAME)
NATIONAL_DAY = words.alternatives({name for one in _NATIONAL for name in one.names})

# Days of one year that have become names: (pattern over lower-case words, day).
_NAMED: tuple[tuple[re.Pattern[str], date], ...] = (
    (re.compile(r"9/11|sept(?:ember|\.)? 11,? (?:terrorist |terror )?attacks?"), date(2001, 9, 11)),
    (re.compile(r"oct(?:ober|\.)? 7,? (?:attacks?|massacre|assault)"), date(2023, 10, 7)),
    (re.compile(r"jan(?:uary|\.)? 6,? (?:attacks?|riots?|insurrection)"), date(2021, 1, 6)),
)
_EXPRESSION = re.compile(rf"({words.NUMBER}|the) (day|week|month)s? (before|after) (?:the |his |her |its |their )?(.+)")
_EVE = re.compile(r"(?:the )?eve of (?:the )?(.+)")
_WORD = re.compile(r"[a-z.]+(?:-[a-z]+)*")


def holiday(name: str, year: int) -> date | None:
    """The day of a feast in a year, None for a name that is not known or whose day is not resolved.

    >>> holiday("thanksgiving", 2024), holiday("diwali", 2024)
    (datetime.date(2024, 11, 28), None)
    """
    one = _BY_NAME.get(name)
    return one.day(year) if one else None


def is_holiday(name: str) -> bool:
    """Whether a feast is in the table, resolved or not."""
    return name in _BY_NAME


def national_day(name: str, beside: str, home: str | None, year: int) -> date | None:
    """The day of "independence day" in a year: of the country that the words beside it name, else of the outlet's.

    >>> national_day("independence day", "on ukraine's", None, 2024)
    datetime.date(2024, 8, 24)
    """
    near = set(_WORD.findall(beside))
    named = [one for one in _NATIONAL if name in one.names and near & set(one.whose)]
    own = [one for one in _NATIONAL if name in one.names and one.country == home]
    found = named or own
    return found[0].day(year) if len({one.rule for one in found}) == 1 else None


def named_day(text: str) -> date | None:
    """The day that words like "9/11" have become the name of.

    >>> named_day("9/11")
    datetime.date(2001, 9, 11)
    """
    lower = text.lower()
    return next((day for pattern, day in _NAMED if pattern.match(lower)), None)


def _nearest(one: Occasion, near: date, margin: int) -> date | None:
    days = [one.day(y) for y in range(max(1, near.year - margin), min(9999, near.year + margin) + 1)]
    return min((d for d in days if d), key=lambda d: abs((d - near).days), default=None)


def occasion(text: str, near: date) -> date | None:
    """The day of an occasion that the words name, the one nearest to `near`; None for one that is not known.

    >>> occasion("the inauguration of the US president", date(2025, 1, 13))
    datetime.date(2025, 1, 20)
    """
    lower = text.lower().replace("’", "'").removeprefix("the ")
    said = set(_WORD.findall(lower.replace("'s", "")))
    for one in _ROUND:
        if said & set(one.names) and said & set(one.whose):
            return _nearest(one, near, 4)
    for one in _NATIONAL:
        if any(name in lower for name in one.names) and said & set(one.whose):
            return _nearest(one, near, 1)
    name = next((n for n in sorted(_BY_NAME, key=len, reverse=True) if lower.startswith(n)), None)
    return _nearest(_BY_NAME[name], near, 1) if name else None


def anchored_value(text: str, near: date | None) -> tuple[TimeType, str] | None:
    """The TIMEX3 value of "three days before Christmas", None when the occasion is not known.

    Without a day to be near to it is "", if the occasion is known at all.

    >>> anchored_value("three days before the inauguration of US President-elect Ito", date(2025, 1, 13))
    ('DATE', '2025-01-17')
    """
    plain = text.lower().replace("’", "'")
    match, eve = _EXPRESSION.fullmatch(plain), _EVE.fullmatch(plain)
    if not match and not eve:
        return None
    day = occasion(match[4] if match else eve[1] if eve else "", near or date(2000, 1, 1))
    if day is None or near is None:
        return ("DATE", "") if day else None
    if not match:
        return "DATE", (day - timedelta(days=1)).isoformat()
    n = int(match[1]) if match[1].isdigit() else words.NUMBERS.get(match[1], 1)
    steps = n * _STEPS[match[2]] * (1 if match[3] == "after" else -1)
    return "DATE", (day + timedelta(days=steps)).isoformat()
