"""The interval of days of a range that two temporal expressions make: "from Monday to Wednesday"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from events.extraction.times import time_words as words
from events.extraction.times.interval_readings import interval_of_expression
from events.extraction.times.intervals import Interval, joined
from events.model import TimeExpression

_BETWEEN = re.compile(r"\s*(?:to|through|thru|until|till|and|-|–|—)\s*", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|between)\s+(?:late |early |the )?$", re.IGNORECASE)
_YEAR = re.compile(rf"\b{words.YEAR}\b")
_WEEKDAY_ONLY = re.compile(words.FULL_WEEKDAY)


def interval_between(
    first: TimeExpression, second: TimeExpression, text: str, published: date | None
) -> Interval | None:
    """The interval of "from Monday to Wednesday" or "between 3 May and 5 June"; None when the two are no range.

    text: the part of the story (title or text) that both stand in. "and" makes a range after "between" only, and "to",
    "until" and a dash after "from" or between two dates that follow one another directly.

    >>> story = "The summit runs from Monday to Wednesday."
    >>> monday = TimeExpression("text", 21, 27, "Monday", "DATE", "2025-01-13")
    >>> wednesday = TimeExpression("text", 31, 40, "Wednesday", "DATE", "2025-01-15")
    >>> interval_between(monday, wednesday, story, None)
    (datetime.date(2025, 1, 13), datetime.date(2025, 1, 15), 'day')
    """
    joint = text[first.end : second.start]
    opening = _FROM.search(text[max(0, first.start - 16) : first.start])
    if first.part != second.part or not _BETWEEN.fullmatch(joint):
        return None
    if "and" in joint.lower() and not (opening and "between" in opening[0].lower()):
        return None
    start, end = interval_of_expression(first, published), interval_of_expression(second, published)
    if start is None or end is None:
        return None
    if not _YEAR.search(first.text) and (year := _YEAR.search(second.text)):
        start = _in_year(start, int(year[0]), end)
    if end[1] < start[0] and _WEEKDAY_ONLY.fullmatch(second.text.lower()):
        return _over_a_week(start, end, published)
    return joined(start, end)


def _in_year(start: Interval, year: int, end: Interval) -> Interval:
    """A start that is told without its year: in the year of the end or, where that is after it, the one before."""
    for told in (year, year - 1):
        shift = told - start[0].year
        try:
            moved = (start[0].replace(year=told), start[1].replace(year=start[1].year + shift), start[2])
        except ValueError:
            return start
        if moved[0] <= end[1]:
            return moved
    return start


def _over_a_week(start: Interval, end: Interval, published: date | None) -> Interval | None:
    """Weekdays that were given different directions: the range that ends after it starts, on the side of the start."""
    week = timedelta(days=7)
    if published is not None and start[0] > published:
        return joined((start[0] - week, start[1] - week, start[2]), end)
    return joined(start, (end[0] + week, end[1] + week, end[2]))
