"""The interval of days that a temporal expression stands for, with its precision.

`interval_of` reads a TIMEX3 value alone. `interval_of_expression` looks at the words too and reads as an event needs
it: "last Thursday" covers both of its readings, "earlier this year" ends with the publication day, "the past three
days" has days, "recently" has none. `interval_between` joins two expressions of a range ("from Monday to Wednesday").
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from events.extraction.times import time_words as words
from events.model import DatePrecision, TimeExpression

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
        return _joined(first, last) if first and last else None
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


def _joined(first: Interval, last: Interval) -> Interval | None:
    """From the start of one to the end of another, at the coarser precision; None when they are the wrong way round."""
    if last[1] < first[0]:
        return None
    return first[0], last[1], max(first[2], last[2], key=_ORDER.index)


# ------------------------------------------------------------------ as an event reads it

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


# ------------------------------------------------------------------ ranges of two expressions

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
    return _joined(start, end)


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
        return _joined((start[0] - week, start[1] - week, start[2]), end)
    return _joined(start, (end[0] + week, end[1] + week, end[2]))
