"""Values of quarters, halves and seasons of a year."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from events.extraction.times import time_words as words
from events.extraction.times.time_arithmetic import STATED_YEAR, Rule, Rules, Setting, Valued, rule_into, stated_year

RULES: Rules = []
_NORTHERN = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # months in which seasons begin
_SOUTHERN = {"SP": 9, "SU": 12, "FA": 3, "WI": 6}


def _rule(pattern: str) -> Callable[[Rule], Rule]:
    return rule_into(RULES, pattern)


@_rule(rf"(?P<what>[qh])(?P<n>[1-4])(?:,? (?:of )?(?P<year>{words.YEAR}))?")
def _short_quarter(m: re.Match[str], s: Setting) -> Valued:
    year = int(m["year"]) if m["year"] else s.day.year if s.day else None
    begun = s.day is None or int(m["n"]) <= (s.day.month - 1) // 3 + 1
    if year and not m["year"] and not begun and not s.ahead:
        year -= 1
    return "DATE", f"{year}-{m['what'].upper()}{m['n']}" if year else ""


@_rule(rf"(?:(?P<which>last|this|next|past|coming|that|the) )?(?P<season>{words.SEASON})(?:,? (?:of )?{STATED_YEAR})?")
def _season(m: re.Match[str], s: Setting) -> Valued:
    season = words.SEASONS[m["season"]]
    begins = (_SOUTHERN if s.southern else _NORTHERN)[season]
    if m["year"]:
        year = stated_year(m["year"], s.day)
        if s.southern and begins == 12 and year and not (s.day and s.day >= date(year, 12, 1)):
            year -= 1  # "the summer of 2025" has most of its days in 2025
    elif s.day is None:
        return "DATE", ""
    else:
        year = _year_of_season(begins, m["which"] or "", s.day, back=s.direction == "back")
    if s.southern and year:
        last = begins + 2
        return "DATE", f"{year}-{begins:02d}/{year + (last > 12)}-{(last - 1) % 12 + 1:02d}"
    return "DATE", f"{year}-{season}" if year else ""


def _year_of_season(begins: int, which: str, day: date, back: bool) -> int:
    """The year in which a season told without one began, by "last" or "next" or the side to which the clause looks.

    begins: the month in which it begins.
    """
    under_way = begins == 12 and day.month < 3  # it began in December
    year, begun = day.year - under_way, under_way or day.month >= begins
    if which in {"last", "past"}:
        return year - (under_way or day.month < begins + 3)
    if which in {"next", "coming"}:
        return year + begun
    return year - (back and not begun and which != "this")


@_rule(
    rf"(?:the |its |their )?(?:(?:(?P<year1>{words.YEAR})|(?P<rel>last|this|next) year's|(?P<ago>year-ago|"
    rf"year-earlier)) )?(?P<fiscal>fiscal[- ])?(?P<nth>{words.alternatives(words.ORDINALS)})[- ]"
    r"(?:fiscal )?(?P<what>quarter|half)"
    rf"(?:(?: of)?,? (?:fiscal )?{STATED_YEAR})?"
)
def _quarter(m: re.Match[str], s: Setting) -> Valued:
    stated = m["year"] or m["year1"] or (m["rel"] and f"{m['rel']} year")
    n, kind = words.ORDINALS[m["nth"]], "Q" if m["what"] == "quarter" else "H"
    if stated:
        year = stated_year(stated, s.day)
    elif s.day is None:
        return "DATE", ""
    else:
        begun = (s.day.month - 1) // (3 if kind == "Q" else 6) + 1
        year = s.day.year - (n > begun + (1 if kind == "Q" else 0) and not s.ahead) - bool(m["ago"])
    return "DATE", f"{year}-{kind}{n}" if year else ""


@_rule(rf"(?:the )?(?:(?P<year>{words.YEAR})|latest|corresponding) (?:period|quarter)(?: last year)?")
def _period_like(m: re.Match[str], s: Setting) -> Valued | None:
    if m["year"]:
        return "DATE", f"{m['year']}{s.quarter[4:]}" if s.quarter else m["year"]
    if not s.quarter:
        return None
    return "DATE", like_last_quarter("year", 1, "ago", s) if m[0].endswith("last year") else s.quarter


def like_last_quarter(unit: str, n: int, way: str, s: Setting) -> str:
    """The quarter of the year before, for "a year earlier" beside a quarter's figures; "" elsewhere."""
    if unit == "year" and n == 1 and way in {"ago", "earlier", "before"} and s.quarter:
        return f"{int(s.quarter[:4]) - 1}{s.quarter[4:]}"
    return ""
