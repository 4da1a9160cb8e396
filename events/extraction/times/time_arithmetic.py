"""What time values are counted with: the setting of an expression, and days, units and nearest years from it.

Shared by the modules of rules (*_values.py).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from events.extraction.times import time_words as words
from events.model import TimeType

Valued = tuple[TimeType, str]
STATED_YEAR = r"(?P<year>\d{4}|last year|this year|next year|the year)"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a value is counted from.

    day: the publication day; direction: which way the clause looks; day_first: the order of numerals; reference: the
    last date told before, for "a month later"; day_told: the last day, for "the following day"; quarter: the last
    quarter told before, for "a year earlier"; southern: whether summer begins in December.
    """

    day: date | None
    direction: Literal["ahead", "back"] | None = None
    day_first: bool = False
    reference: str = ""
    day_told: str = ""
    quarter: str | None = None
    southern: bool = False

    @property
    def ahead(self) -> bool:
        """Whether the clause looks ahead."""
        return self.direction == "ahead"

    @property
    def last_day(self) -> date | None:
        """The last day told before."""
        return date.fromisoformat(self.day_told) if self.day_told else None

    def told(self, unit: str) -> date | None:
        """A day in the day, month or year told before, None when that is coarser than the unit."""
        if unit in {"day", "night", "week", "weekend", "fortnight"}:
            return self.last_day
        least = {"year": 4, "decade": 4, "century": 4, "month": 7}.get(unit, 10)
        return date.fromisoformat(f"{self.reference}-01-01"[:10]) if len(self.reference) >= least else None


Rule = Callable[[re.Match[str], Setting], Valued | None]
Rules = list[tuple[re.Pattern[str], Rule]]


def rule_into(rules: Rules, pattern: str) -> Callable[[Rule], Rule]:
    """A decorator that keeps a function as the rule for whole expressions of a pattern."""

    def register(function: Rule) -> Rule:
        rules.append((re.compile(pattern), function))
        return function

    return register


def day_value(year: int, month: int, day: int, suffix: str = "") -> Valued | None:
    """A day as a value, None for one that the calendar doesn't have.

    >>> day_value(2024, 2, 29), day_value(2025, 2, 29)
    (('DATE', '2024-02-29'), None)
    """
    try:
        found = date(year, month, day).isoformat()
    except ValueError:
        return None
    return ("TIME", found + suffix) if suffix else ("DATE", found)


def part_suffix(part: str | None) -> str:
    """The TIMEX3 ending of a part of the day: "TNI" for "night"; "" for None."""
    return "T" + words.DAY_PARTS[part] if part else ""


def number(text: str) -> int:
    """A number in digits or words."""
    return int(text) if text.isdigit() else words.NUMBERS[text]


def four_digits(year: int) -> int:
    """A year of two digits in full: 61 and later are of the last century."""
    return year if year > 99 else 1900 + year if year > 60 else 2000 + year


def moved(day: date | None, days: int, suffix: str = "") -> str:
    """So many days from a day, "" without one or past the calendar's ends."""
    if day is None:
        return ""
    try:
        return (day + timedelta(days=days)).isoformat() + suffix
    except OverflowError:
        return ""


def stated_year(text: str, day: date | None) -> int | None:
    """The year of "2024" or "last year"; None when it hangs on a day that is not known."""
    if text.isdigit():
        return int(text)
    steps = {"last": -1, "this": 0, "next": 1, "the": 0}[text.split()[0]]
    return day.year + steps if day else None


def year_of_day(month: int, day: int, setting: Setting) -> int | None:
    """The year of a day that is told without one: the nearest, by the way in which the clause looks."""
    if setting.day is None:
        return None
    near = setting.day
    days = [
        date(year, month, day)
        for year in range(max(1, near.year - 1), min(9999, near.year + 1) + 1)
        if day <= calendar.monthrange(year, month)[1]
    ]
    if not days:
        return near.year
    return min(days, key=lambda d: _distance((d - near).days, setting.direction, back=8.0, ahead=2.0)).year


def year_of_month(month: int, setting: Setting) -> int | None:
    """The year of a month that is told without one, by the same rule."""
    if setting.day is None:
        return None
    months = {steps: setting.day.month + steps for steps in range(-11, 12)}
    steps = min(
        (s for s, m in months.items() if (m - 1) % 12 + 1 == month),
        key=lambda s: _distance(s, setting.direction, back=9.0, ahead=1.5),
    )
    return setting.day.year + (months[steps] - 1) // 12


def _distance(steps: int, direction: str | None, back: float, ahead: float) -> float:
    """How far a day is, in days or months, with what lies against the clause's direction pushed away.

    back: how much further the future looks from a clause that looks back; ahead: the past from one that looks ahead.
    """
    against = steps > 0 if direction == "back" else steps < 0 if direction == "ahead" else steps > 0
    factor = back if direction == "back" else ahead if direction == "ahead" else 1.6
    return abs(steps) * (factor if against else 1.0)


def units_from(day: date | None, unit: str, steps: int) -> str:
    """So many units from a day, written at the unit's own grain; "" without a day.

    >>> units_from(date(2025, 1, 13), "week", -1), units_from(date(2025, 1, 13), "quarter", -1)
    ('2025-W02', '2024-Q4')
    """
    if day is None or abs(steps) > 5000:
        return ""
    if unit == "fortnight":
        unit, steps = "week", 2 * steps
    if unit in {"day", "night"}:
        return moved(day, steps)
    if unit in {"week", "weekend"}:
        year, week, _ = date.fromisoformat(moved(day, 7 * steps) or day.isoformat()).isocalendar()
        return f"{year}-W{week:02d}" + ("-WE" if unit == "weekend" else "")
    if unit == "month":
        months = day.year * 12 + day.month - 1 + steps
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    if unit == "quarter":
        quarters = day.year * 4 + (day.month - 1) // 3 + steps
        return f"{quarters // 4:04d}-Q{quarters % 4 + 1}"
    if unit == "year":
        return f"{day.year + steps:04d}"
    if unit == "decade":
        return f"{day.year + 10 * steps:04d}" if steps else f"{day.year // 10:03d}"
    return f"{day.year // 100 + steps:02d}"


def units_long(unit: str, n: str, half: bool = False) -> str:
    """A length of time: decades and centuries in years, half units in the unit below. n: a number, or "X" for some.

    >>> units_long("decade", "2"), units_long("hour", "5", half=True), units_long("week", "X")
    ('P20Y', 'PT5H30M', 'PXW')
    """
    if unit in {"decade", "century", "centurie"}:
        years = 10 if unit == "decade" else 100
        return f"P{int(n) * years}Y" if n.isdigit() else {10: "PXDE", 100: "PXCE"}[years]
    if unit in {"second", "minute", "hour"}:
        return f"PT{n}{unit[0].upper()}" + ("30M" if half and unit == "hour" else "")
    if unit == "fortnight" and n.isdigit():
        return f"P{2 * int(n)}W"
    letter = {"night": "D", "weekend": "WE", "summer": "SU", "winter": "WI"}.get(unit, unit[0].upper())
    return f"P{n}.5{letter}" if half else f"P{n}{letter}"
