"""The interval of days that the words of a temporal expression stand for, as an event reads it.

It goes beyond the value: "last Thursday" covers both of its readings, "earlier this year" ends with the publication day,
"the past three days" has days, "recently" has none.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from events.extraction.times import time_words as words
from events.extraction.times.intervals import Interval, interval_of
from events.model import DatePrecision, TimeExpression

_LAST_WEEKDAY = re.compile(rf"(last|next) (?:{words.FULL_WEEKDAY})")
_OVERNIGHT_WEEKDAY = re.compile(
    rf"overnight(?: (?:on|from|into|to))? {words.FULL_WEEKDAY}|{words.FULL_WEEKDAY} overnight"
)
_EARLIER = re.compile(r"earlier(?: in| on)? (?:this|the) (?:week|month|year|season|spring|summer|fall|autumn|winter)")
_LATER = re.compile(r"later(?: in| on)? (?:this|the) (?:week|month|year|season|spring|summer|fall|autumn|winter)")
_SHARE = re.compile(
    r"(?:the )?(?:(early)|(start of|beginning of)|(mid|middle of)|(late)|(end of))[ -](?!hours)(?:in |on )?(?=\w)"
)
_SEASON_WORD = re.compile(rf"\b(?:{words.SEASON})\b")
_ACADEMIC = re.compile(r"\b(?:academic|school)\b")
_FISCAL = re.compile(r"\b(?:fiscal|financial|academic|school|budget|fy)\b")
_LATELY = re.compile(
    rf"(?:the )?(past|last|previous|next|coming) (?:({words.NUMBER}) )?(hour|day|night|week|month|year)s?"
)
_STEPS: dict[str, tuple[int, DatePrecision]] = {
    "hour": (1, "day"), "day": (1, "day"), "night": (1, "day"), "week": (7, "week"), "month": (31, "month"),
    "year": (366, "year"),
}  # fmt: skip


def interval_of_expression(expression: TimeExpression, published: date | None) -> Interval | None:
    """(first day, last day, precision) of an expression as an event reads it; None where no days can be had.

    What goes beyond the value: "last Thursday" said later in the same week may mean this week's or the one before, and
    covers both; a night runs into the next day; "overnight on Tuesday" is either of Tuesday's nights; "earlier this
    month" ends and "later this month" begins with the publication day; "early", "mid-" and "late" take their part of a
    period; "the past three days" and "the next two weeks" lie beside the publication day; a fiscal year covers the
    ways of counting one. "Recently" and "in recent weeks" have no days.

    >>> last = TimeExpression("text", 0, 13, "last Thursday", "DATE", "2025-01-16")
    >>> interval_of_expression(last, date(2025, 1, 18))
    (datetime.date(2025, 1, 9), datetime.date(2025, 1, 16), 'week')
    """
    text = " ".join(expression.text.lower().replace("’", "'").split())
    if expression.type == "SET":
        return None
    if expression.type == "DURATION":
        return _beside(text, published) if published else None
    plain = interval_of(expression.value, published)
    if plain is not None and "/" in expression.value and _SEASON_WORD.search(text):
        plain = plain[0], plain[1], "season"  # a southern one
    if plain is None or published is None:
        return _fiscal(text, plain)
    if match := _LAST_WEEKDAY.match(text):
        return _both_weeks(plain, match[1], published)
    if _OVERNIGHT_WEEKDAY.fullmatch(text):
        return _clipped(plain[0] - timedelta(days=1), plain[1], published)
    if _EARLIER.match(text) and plain[0] <= published:
        return plain[0], min(plain[1], published), plain[2]
    if _LATER.match(text) and plain[1] >= published:
        return max(plain[0], published), plain[1], plain[2]
    return _share(text, _fiscal(text, plain))


def _both_weeks(plain: Interval, which: str, published: date) -> Interval:
    """A weekday with "last" that has passed in this week, or with "next" that is still to come in it, is ambiguous."""
    day = plain[0]
    same_week = day.isocalendar()[:2] == published.isocalendar()[:2]
    if not same_week or day == published:
        return plain
    if which == "last":
        return day - timedelta(days=7), plain[1], "week"
    return day, plain[1] + timedelta(days=7), "week"


def _clipped(start: date, end: date, published: date) -> Interval:
    """What began before the publication and is told by it has ended by it."""
    return start, (published if start < published < end else end), "day"


def _fiscal(text: str, plain: Interval | None) -> Interval | None:
    """A year that begins in the year before or ends in the year after, by country and habit: all that it may cover.

    One of two years ("the 2023-24 school year") runs from August to July in schools, from April or later to June else.
    """
    if plain is None or plain[2] != "year" or not _FISCAL.search(text):
        return plain
    first, last = plain[0].year, plain[1].year
    if last - first == 1:
        in_school = bool(_ACADEMIC.search(text))
        return date(first, 8 if in_school else 4, 1), date(last, 7, 31) if in_school else date(last, 6, 30), "year"
    if first != last:
        return plain
    return date(plain[0].year - 1, 7, 1), date(plain[0].year + 1, 6, 30), "year"


def _share(text: str, plain: Interval | None) -> Interval | None:
    """The part of a week, a month or longer that "early" or "late" (a half), "mid-" (the middle half), "the start of" or
    "the end of" (a quarter) leave.
    """
    match = _SHARE.match(text)
    if plain is None or match is None or (plain[1] - plain[0]).days < 6:
        return plain
    start, end, precision = plain
    length = (end - start).days
    if match[3]:
        return start + timedelta(days=length // 4), end - timedelta(days=length // 4), precision
    share = timedelta(days=length // (2 if match[1] or match[4] else 4))
    return (start, start + share, precision) if match[1] or match[2] else (end - share, end, precision)


def _beside(text: str, published: date) -> Interval | None:
    """The days of "the past three days" or "the next two weeks"; None for a mere length of time."""
    match = _LATELY.fullmatch(text.removeprefix("over ").removeprefix("in "))
    if not match:
        return None
    n = int(match[2]) if match[2] and match[2].isdigit() else words.NUMBERS.get(match[2] or "one", 1)
    days, precision = _STEPS[match[3]]
    span = -(-n // 24) if match[3] == "hour" else n * days
    try:
        if match[1] in {"next", "coming"}:
            return published, published + timedelta(days=span), precision
        return published - timedelta(days=span), published, precision
    except OverflowError:
        return None
