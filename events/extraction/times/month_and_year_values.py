"""Values of months, years, decades and centuries by their names, and of the weeks and weekdays that are told by them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from events.extraction.times import time_words as words
from events.extraction.times.day_values import month_day_value
from events.extraction.times.scheduled_dates import nth_weekday
from events.extraction.times.time_arithmetic import (
    STATED_YEAR,
    Rule,
    Rules,
    Setting,
    Valued,
    rule_into,
    stated_year,
    year_of_month,
)

RULES: Rules = []
_M = rf"(?P<month>{words.alternatives(words.MONTHS)})\.?"


def _rule(pattern: str) -> Callable[[Rule], Rule]:
    return rule_into(RULES, pattern)


@_rule(
    rf"(?P<which>last|next|this|past|each|every)? ?{_M}(?:(?: of)?,? (?P<year>{words.YEAR}|last year|this year|"
    rf"next year|{words.alternatives(words.SPELLED_YEARS)}))?"
)
def _month(m: re.Match[str], s: Setting) -> Valued:
    month, which = words.MONTHS[m["month"]], m["which"] or ""
    if which in {"each", "every"}:
        return "SET", f"XXXX-{month:02d}"
    if m["year"]:
        year = words.SPELLED_YEARS.get(m["year"]) or stated_year(m["year"], s.day)
    elif s.day is None:
        return "DATE", f"XXXX-{month:02d}"
    elif which in {"last", "past"}:
        year = s.day.year - (month >= s.day.month)
    elif which == "next":
        year = s.day.year + (month <= s.day.month)
    else:
        year = year_of_month(month, s)
    return "DATE", f"{year}-{month:02d}" if year else ""


@_rule(rf"(?:the )?(?:year|fiscal|fiscal year|fy|academic year)? ?(?P<year>{words.ANY_YEAR})(?: and beyond)?")
def _plain_year(m: re.Match[str], _: Setting) -> Valued:
    return "DATE", m["year"]


@_rule(rf"(?:the year )?({words.alternatives(words.SPELLED_YEARS)})")
def _spelled_year(m: re.Match[str], _: Setting) -> Valued:
    return "DATE", str(words.SPELLED_YEARS[m[1]])


@_rule(rf"(?P<a>{words.YEAR}) ?[-/] ?(?P<b>\d\d|{words.YEAR})(?: (?:fiscal|financial|academic|school|budget) year)?")
def _two_years(m: re.Match[str], _: Setting) -> Valued | None:
    first = int(m["a"])
    last = int(m["b"]) if len(m["b"]) == 4 else first // 100 * 100 + int(m["b"])
    return ("DATE", f"{first}/{last}") if first < last else None


@_rule(
    rf"(?:the )?(?:'?(?P<full>(?:1[6-9]|20)\d)0'?s|'(?P<short>[2-9])0'?s|(?P<word>{words.alternatives(words.DECADES)}))"
)
def _decade(m: re.Match[str], _: Setting) -> Valued:
    return "DATE", m["full"] or f"19{m['short'] or words.DECADES[m['word']]}"


@_rule(r"the week of (?P<rest>.*\d.*)")
def _week_of_day(m: re.Match[str], s: Setting) -> Valued | None:
    day = month_day_value(m["rest"], s)
    if day is None:
        return None
    year, week, _ = date.fromisoformat(day).isocalendar() if day[0] != "X" else (0, 0, 0)
    return "DATE", f"{year}-W{week:02d}" if year else ""


@_rule(
    rf"(?:the )?(?P<nth>first|second|third|fourth|last) (?P<weekday>{words.WEEKDAY_NAME}) (?:of|in) {_M}"
    rf"(?:,? (?:of )?{STATED_YEAR})?"
)
def _nth_weekday(m: re.Match[str], s: Setting) -> Valued:
    month = words.MONTHS[m["month"]]
    year = stated_year(m["year"], s.day) if m["year"] else year_of_month(month, s)
    if year is None:
        return "DATE", ""
    return "DATE", nth_weekday(year, month, words.WEEKDAYS[m["weekday"]], words.ORDINALS.get(m["nth"], -1)).isoformat()


@_rule(r"'(?P<year>\d\d)")
def _short_year(m: re.Match[str], s: Setting) -> Valued:
    """A year of two digits: the last such year that had begun by the publication."""
    if s.day is None:
        return "DATE", ""
    year = s.day.year // 100 * 100 + int(m["year"])
    return "DATE", str(year - 100 if year > s.day.year + 20 * s.ahead else year)


@_rule(r"(?:the )?(\d{1,2})(?:th|st|nd|rd)[- ]century")
def _nth_century(m: re.Match[str], _: Setting) -> Valued:
    return "DATE", f"{int(m[1]) - 1:02d}"
