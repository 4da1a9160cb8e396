"""The interval of days that a TIMEX3 value stands for, with its precision."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from events.model import DatePrecision

_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}  # of the northern half of the Earth
Interval = tuple[date, date, DatePrecision]


def interval_of(value: str, published: date | None = None) -> Interval | None:
    """(first day, last day, precision) of a value; None for durations, sets and vague references.

    >>> interval_of("2025-W03"), interval_of("PAST_REF")
    ((datetime.date(2025, 1, 13), datetime.date(2025, 1, 19), 'week'), None)
    >>> interval_of("2024-02")[:2]
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    try:
        return _interval(value.removeprefix("FY"))
    except ValueError:
        return None


def _interval(value: str) -> Interval | None:
    if "/" in value:
        start, end = value.split("/", 1)
        return date.fromisoformat(start[:10]), date.fromisoformat(end[:10]), "day"
    if re.fullmatch(r"\d{4}-\d\d-\d\d(?:T.*)?", value):
        day = date.fromisoformat(value[:10])
        return (day, day + timedelta(days=1), "day") if value.endswith("TNI") else (day, day, "day")
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
        if m[3]:
            return monday + timedelta(days=5), monday + timedelta(days=6), "day"
        return monday, monday + timedelta(days=6), "week"
    if m := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return _months(int(m[1]), int(m[2]), int(m[1]), int(m[2]), "month")
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        first, last = _SEASON_MONTHS[m[2]]
        year = int(m[1])
        return _months(year, first, year + (last < first), last, "season")
    if m := re.fullmatch(r"(\d{4})-([QH])([1-4])", value):
        length = 3 if m[2] == "Q" else 6
        last = int(m[3]) * length
        return _months(int(m[1]), last - length + 1, int(m[1]), last, "season")
    if re.fullmatch(r"\d{4}", value):
        return date(int(value), 1, 1), date(int(value), 12, 31), "year"
    if re.fullmatch(r"\d{3}", value):
        return date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31), "year"
    return None


def _months(year: int, month: int, last_year: int, last_month: int, precision: DatePrecision) -> Interval:
    return date(year, month, 1), date(last_year, last_month, calendar.monthrange(last_year, last_month)[1]), precision
