"""Values of days and times of day: explicit dates, days without a year, weekdays, today and its neighbours, clocks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from events.extraction.times import time_words as words
from events.extraction.times.scheduled_dates import holiday, is_holiday, named_day
from events.extraction.times.time_arithmetic import (
    Rule,
    Rules,
    Setting,
    Valued,
    day_value,
    four_digits,
    moved,
    part_suffix,
    rule_into,
    stated_year,
    year_of_day,
)

RULES: Rules = []
_M = rf"(?P<month>{words.alternatives(words.MONTHS)})\.?"
_M2 = _M.replace("month>", "month2>")
_W = rf"(?P<weekday>{words.alternatives(words.WEEKDAYS)})\.?"
_ANY_W = rf"(?:{words.alternatives(words.WEEKDAYS)})\.?"
_PART = rf"(?P<part>{words.alternatives(words.DAY_PARTS)})"
_WHICH_YEAR = r"\d{4}|last year|this year|next year"


def _rule(pattern: str) -> Callable[[Rule], Rule]:
    return rule_into(RULES, pattern)


@_rule(r"(\d{4})[-/](\d\d)[-/](\d\d)(?:t.*)?")
def _iso(m: re.Match[str], _: Setting) -> Valued | None:
    return day_value(int(m[1]), int(m[2]), int(m[3]))


@_rule(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
def _numerals(m: re.Match[str], s: Setting) -> Valued | None:
    a, b, year = int(m[1]), int(m[3]), four_digits(int(m[4]))
    day_first = (s.day_first or m[2] == "." or a > 12) and b <= 12
    return day_value(year, *((b, a) if day_first else (a, b)))


@_rule(rf"(\d{{1,2}})[- ]{_M}[- ](\d{{4}})")
def _dashed(m: re.Match[str], _: Setting) -> Valued | None:
    return day_value(int(m[3]), words.MONTHS[m["month"]], int(m[1]))


@_rule(
    rf"(?:{_ANY_W},? )?(?:the )?(?:{_M} (?:the )?(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}}) (?:of )?{_M2})"
    rf"(?:,? (?:of )?(?P<year>{_WHICH_YEAR}))?,?(?: {_PART})?"
)
def _month_day(m: re.Match[str], s: Setting) -> Valued | None:
    month, day = words.MONTHS[m["month"] or m["month2"]], int(m["day"] or m["day2"])
    year = stated_year(m["year"], s.day) if m["year"] else year_of_day(month, day, s) if 0 < day < 32 else None
    if year is None:
        return ("DATE", f"XXXX-{month:02d}-{day:02d}") if 0 < day < 32 else None
    return day_value(year, month, day, part_suffix(m["part"]))


_AND = r" ?(?:-|to|and|or|until|till|through) ?"


@_rule(
    rf"(?:{_M} (?P<a>\d{{1,2}}){_AND}(?P<b>\d{{1,2}})|(?P<a2>\d{{1,2}}){_AND}(?P<b2>\d{{1,2}}) (?:of )?{_M2})"
    rf"(?:,? (?P<year>\d{{4}}))?"
)
def _days_of_month(m: re.Match[str], s: Setting) -> Valued | None:
    month = words.MONTHS[m["month"] or m["month2"]]
    return _range(month, int(m["a"] or m["a2"]), month, int(m["b"] or m["b2"]), m["year"], s)


@_rule(
    rf"(?:{_M} (?P<a>\d{{1,2}}) ?- ?{_M2} (?P<b>\d{{1,2}})|(?P<a2>\d{{1,2}}) {_M.replace('month>', 'month3>')} ?- ?"
    rf"(?P<b2>\d{{1,2}}) {_M.replace('month>', 'month4>')})(?:,? (?P<year>\d{{4}}))?"
)
def _days_of_months(m: re.Match[str], s: Setting) -> Valued | None:
    first, last = words.MONTHS[m["month"] or m["month3"]], words.MONTHS[m["month2"] or m["month4"]]
    return _range(first, int(m["a"] or m["a2"]), last, int(m["b"] or m["b2"]), m["year"], s)


def _range(month: int, a: int, last_month: int, b: int, stated: str | None, s: Setting) -> Valued | None:
    """Days from one to another as "start/end"; a range that runs over the year's end has its stated year at its end."""
    if not (0 < a < 32 and 0 < b < 32) or (month == last_month and b < a):
        return None
    over = last_month < month
    year = int(stated) - over if stated else year_of_day(month, a, s)
    if year is None:
        return "DATE", f"XXXX-{month:02d}-{a:02d}/XXXX-{last_month:02d}-{b:02d}"
    start, end = day_value(year, month, a), day_value(year + over, last_month, b)
    return ("DATE", f"{start[1]}/{end[1]}") if start and end else None


@_rule(rf"(?:(?P<which>last|next|this|past|this past|this coming|the past|coming) )?{_W}(?: (?:early |late )?{_PART})?")
def _weekday(m: re.Match[str], s: Setting) -> Valued:
    suffix = part_suffix(m["part"])
    return "TIME" if suffix else "DATE", weekday_value(words.WEEKDAYS[m["weekday"]], m["which"] or "", s, suffix)


def weekday_value(wanted: int, which: str, s: Setting, suffix: str = "") -> str:
    """The publication day for its own weekday; else the last such day, or the next in a clause that looks ahead."""
    if s.day is None:
        return ""
    back, ahead = (s.day.weekday() - wanted) % 7, (wanted - s.day.weekday()) % 7
    if "last" in which or "past" in which:
        return moved(s.day, -(back or 7), suffix)
    if "next" in which or "coming" in which:
        return moved(s.day, ahead or 7, suffix)
    if which == "this":
        return moved(s.day, ahead if s.direction != "back" else -back, suffix)
    return moved(s.day, ahead if back and s.ahead else -back, suffix)


NEAR = {"the day before yesterday": -2, "the day after tomorrow": 2, "yesterday": -1, "tomorrow": 1, "today": 0}


@_rule(rf"(?P<day>{words.alternatives(NEAR)})(?: {_PART})?")
def _near_day(m: re.Match[str], s: Setting) -> Valued:
    suffix = part_suffix(m["part"])
    return "TIME" if suffix else "DATE", moved(s.day, NEAR[m["day"]], suffix)


@_rule(
    r"(?:this day|(?:earlier |later )?in the day|(?:that |the )?same day)|(?P<which>tonight|last night|last evening)|"
    rf"(?P<this>this|that) {_PART}"
)
def _today(m: re.Match[str], s: Setting) -> Valued:
    if m["which"]:
        return "TIME", moved(s.day, -1 if "last" in m["which"] else 0, "TEV" if "evening" in m["which"] else "TNI")
    if m["part"]:
        return "TIME", moved(s.day if m["this"] == "this" else s.last_day or s.day, 0, part_suffix(m["part"]))
    return "DATE", moved(s.day if m[0] == "this day" else s.last_day or s.day, 0)


@_rule(
    rf"(?:the )?(?P<which>next|following|previous|preceding|same) (?:day|{_PART})|"
    r"(?:the )?(?:day|(?P<night>night)) (?P<other>before|after)"
)
def _neighbouring_day(m: re.Match[str], s: Setting) -> Valued:
    steps = {"next": 1, "following": 1, "after": 1, "same": 0}.get(m["which"] or m["other"], -1)
    suffix = part_suffix(m["part"] or m["night"])
    return "TIME" if suffix else "DATE", moved(s.last_day or s.day, steps, suffix)


@_rule(rf"(?:the )?day (?P<side>before|after) (?:(?P<which>last|next|the following|the previous) )?{_W}")
def _beside_weekday(m: re.Match[str], s: Setting) -> Valued:
    day = weekday_value(words.WEEKDAYS[m["weekday"]], m["which"] or "", s)
    return "DATE", moved(date.fromisoformat(day), 1 if m["side"] == "after" else -1) if day else ""


_NTH = r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"


@_rule(
    rf"the day|(?:a|its|their|the|his|her) (?:{_NTH})(?: straight| consecutive| successive)? "
    rf"(?:day|(?P<night>night|morning|evening))"
)
def _day_in_row(m: re.Match[str], s: Setting) -> Valued:
    """The day that is told of: "for a second day", "at the end of the day"."""
    suffix = part_suffix(m["night"])
    return "TIME" if suffix else "DATE", moved(s.last_day or s.day, 0, suffix)


@_rule(
    r"(?:the )?(?:early |late )?(?P<part>morning|evening|afternoon|dusk|dawn|nightfall|sunset|sunrise|daybreak|midday)"
)
def _part_alone(m: re.Match[str], s: Setting) -> Valued:
    """As in "by dusk" or "until morning": of the day that is told of."""
    return "TIME", moved(s.last_day or s.day, 0, part_suffix(m["part"]))


@_rule(r"(?:the )?(?P<n>\d{1,2})(?:st|nd|rd|th)? of (?P<which>last|this|next|the) month")
def _day_of_which_month(m: re.Match[str], s: Setting) -> Valued | None:
    if s.day is None:
        return "DATE", ""
    months = s.day.year * 12 + s.day.month - 1 + {"last": -1, "next": 1}.get(m["which"], 0)
    return day_value(months // 12, months % 12 + 1, int(m["n"]))


@_rule(r"(?:the )?(?P<n>\d{1,2})(?:st|nd|rd|th)")
def _day_alone(m: re.Match[str], s: Setting) -> Valued | None:
    """A day such as "the 14th" of this month, or of the month on the side to which the clause looks."""
    day = int(m["n"])
    if not 0 < day < 32 or s.day is None:
        return ("DATE", "") if 0 < day < 32 else None
    months = [divmod(s.day.year * 12 + s.day.month - 1 + k, 12) for k in (-1, 0, 1)]
    found = [v for year, month in months if (v := day_value(year, month + 1, day))]
    today = s.day.isoformat()
    if s.ahead:
        return next((v for v in found if v[1] >= today), found[-1])
    return next((v for v in reversed(found) if v[1] <= today), found[0])


@_rule(rf"{_W} (?:of )?(?P<which>last|next|this) week")
def _weekday_of_week(m: re.Match[str], s: Setting) -> Valued:
    if s.day is None:
        return "DATE", ""
    steps = {"last": -7, "this": 0, "next": 7}[m["which"]]
    return "DATE", moved(s.day, steps + words.WEEKDAYS[m["weekday"]] - s.day.weekday())


@_rule(rf"(?:the )?(?P<which>previous|preceding|following) {_W}")
def _weekday_beside(m: re.Match[str], s: Setting) -> Valued:
    near = s.last_day or s.day
    if near is None:
        return "DATE", ""
    steps = words.WEEKDAYS[m["weekday"]] - near.weekday()
    return "DATE", moved(near, steps % 7 or 7 if m["which"] == "following" else -(-steps % 7 or 7))


_MONTH_DAY = next(pattern for pattern, function in RULES if function is _month_day)


def month_day_value(text: str, s: Setting) -> str | None:
    """The day of "Jan. 8" or "Monday, 8 January 2025" as "2025-01-08", None for other words."""
    match = _MONTH_DAY.fullmatch(text)
    found = _month_day(match, s) if match else None
    return found[1][:10] if found else None


@_rule(r"(?:last |this |next |the )?(?P<name>[a-z][a-z'. -]+?)(?:,? (?P<year>\d{4}))?")
def _holiday(m: re.Match[str], s: Setting) -> Valued | None:
    if m["year"]:
        found = holiday(m["name"], int(m["year"]))
        return ("DATE", found.isoformat() if found else "") if is_holiday(m["name"]) else None
    if s.day is None:
        return ("DATE", "") if is_holiday(m["name"]) else None
    days = [d for y in range(max(1, s.day.year - 1), min(9999, s.day.year + 1) + 1) if (d := holiday(m["name"], y))]
    if not days:
        return ("DATE", "") if is_holiday(m["name"]) else None
    near = s.day
    if m[0].startswith("last "):
        return "DATE", max(d for d in days if d < near).isoformat()
    if m[0].startswith("next "):
        return "DATE", min((d for d in days if d > near), default=days[-1]).isoformat()
    against = 8 if s.direction == "back" else 2 if s.ahead else 1
    found = min(days, key=lambda d: abs((d - near).days) * (against if (d < near) == s.ahead else 1))
    return "DATE", found.isoformat()


@_rule(r"(?:the )?(?P<words>9/11|[a-z]+\.? \d{1,2})(?: (?:attacks?|massacre|riot|terrorist).*)?")
def _named(m: re.Match[str], _: Setting) -> Valued | None:
    found = named_day(m[0])
    return ("DATE", found.isoformat()) if found else None
