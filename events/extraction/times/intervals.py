"""The interval of days that a TIMEX3 value stands for, with its precision.

interval_readings.py looks at the words of an expression too, interval_ranges.py joins the two ends of a range.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from events.model import DatePrecision

_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}  # of the northern half of the Earth
Interval = tuple[date, date, DatePrecision]
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
_PART_OF_YEAR = re.compile(r"(\d{4})-([QH])([1-4])")
_ORDER: tuple[DatePrecision, ...] = ("day", "week", "month", "season", "year")


def interval_of(value: str, published: date | None = None) -> Interval | None:
    """(first day, last day, precision) of a value; None for durations, sets, vague references and unknown years.

    published: not needed by any value at present; kept for values that hang on it.

    >>> interval_of("2025-W03"), interval_of("PAST_REF")
    ((datetime.date(2025, 1, 13), datetime.date(2025, 1, 19), 'week'), None)
    >>> interval_of("2024-02")[:2], interval_of("2025-01-09/2025-01-12")[:2]
    ((datetime.date(2024, 2, 1), datetime.date(2024, 2, 29)), (datetime.date(2025, 1, 9), datetime.date(2025, 1, 12)))
    """
    if "/" in value:
        first, last = (interval_of(end, published) for end in value.split("/", 1))
        return joined(first, last) if first and last else None
    try:
        return _interval(value.removeprefix("FY"))
    except (ValueError, OverflowError):
        return None


def _interval(value: str) -> Interval | None:
    if m := _DAY.fullmatch(value):
        day = date.fromisoformat(m[1])
        over_midnight = value.endswith(("TNI", "T24:00"))
        return day, day + timedelta(days=over_midnight), "day"
    if m := _WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
        if m[3]:
            return monday + timedelta(days=5), monday + timedelta(days=6), "day"
        return monday, monday + timedelta(days=6), "week"
    if m := _MONTH.fullmatch(value):
        return _months(int(m[1]), int(m[2]), int(m[1]), int(m[2]), "month")
    if m := _SEASON.fullmatch(value):
        first, last = _SEASON_MONTHS[m[2]]
        year = int(m[1])
        return _months(year, first, year + (last < first), last, "season")
    if m := _PART_OF_YEAR.fullmatch(value):
        length = 3 if m[2] == "Q" else 6
        last = int(m[3]) * length
        return _months(int(m[1]), last - length + 1, int(m[1]), last, "season")
    if re.fullmatch(r"\d{3,4}", value):
        first, last = int(value.ljust(4, "0")), int(value.ljust(4, "9"))
        return date(first, 1, 1), date(last, 12, 31), "year"
    return None


def _months(year: int, month: int, last_year: int, last_month: int, precision: DatePrecision) -> Interval:
    return date(year, month, 1), date(last_year, last_month, calendar.monthrange(last_year, last_month)[1]), precision


def joined(first: Interval, last: Interval) -> Interval | None:
    """From the start of one to the end of another, at the coarser precision; None when they are the wrong way round."""
    if last[1] < first[0]:
        return None
    return first[0], last[1], max(first[2], last[2], key=_ORDER.index)
