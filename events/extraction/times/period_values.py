"""Values of weeks, months, quarters, seasons, years and longer, and of what is counted in them from a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from events.extraction.times import time_words as words
from events.extraction.times.day_values import month_day_value
from events.extraction.times.scheduled_dates import nth_weekday
from events.extraction.times.time_arithmetic import (
    Rule,
    Rules,
    Setting,
    Valued,
    moved,
    number,
    rule_into,
    stated_year,
    units_from,
    units_long,
    year_of_month,
)

RULES: Rules = []
_M = rf"(?P<month>{words.alternatives(words.MONTHS)})\.?"
_N = rf"(?P<n>\d{{1,3}}|{words.alternatives(words.NUMBERS)})"
_U = r"(?P<unit>day|week|month|year|decade|century|quarter|fortnight|weekend|night)"
_STATED = r"(?P<year>\d{4}|last year|this year|next year|the year)"
_NORTHERN = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # months in which seasons begin
_SOUTHERN = {"SP": 9, "SU": 12, "FA": 3, "WI": 6}
_STEPS = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1, "next": 1, "coming": 1, "following": 1}


def _rule(pattern: str) -> Callable[[Rule], Rule]:
    return rule_into(RULES, pattern)


@_rule(
    r"(?:right |until |by )?now|currently|current|(?:at )?present|at the moment|these days|nowadays|at this time|"
    r"presently"
)
def _present(_: re.Match[str], __: Setting) -> Valued:
    return "DATE", "PRESENT_REF"


@_rule(
    r"(?:more |most )?recently|previously|formerly|lately|recent|(?:the )?(?:recent )?past|"
    r"(?:several|a few|few|many|some) (?:\w+ )?(?:day|night|week|month|year|decade)s? (?:ago|earlier|before)|"
    r"(?:day|week|month|year|decade|centurie)s (?:ago|earlier)"
)
def _past(_: re.Match[str], __: Setting) -> Valued:
    return "DATE", "PAST_REF"


@_rule(
    r"(?:the )?(?:near |foreseeable |immediate )?future|soon|(?:several|a few|few) (?:day|week|month|year)s? from now"
)
def _coming(_: re.Match[str], __: Setting) -> Valued:
    return "DATE", "FUTURE_REF"


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


@_rule(
    r"(?:the )?(?P<which>last|this|next|that|past|current|previous|coming|following|preceding|same|prior|"
    rf"latest) (?P<of>fiscal |calendar |academic |school |financial |entire |whole )?{_U}(?: or so)?"
)
def _which_unit(m: re.Match[str], s: Setting) -> Valued:
    unit, which = m["unit"], m["which"]
    if unit == "quarter" and which == "latest":
        return "DATE", s.quarter or units_from(s.day, unit, -1)
    told = s.told(unit) if which in {"that", "following", "previous", "preceding", "same"} else None
    steps = _STEPS.get(which, 0)
    if unit == "year" and s.day and (m["of"] or "").strip() in {"academic", "school"} and not s.southern:
        first = s.day.year - (s.day.month < 8) + steps  # from one summer to the next
        return "DATE", f"{first}/{first + 1}"
    if unit == "weekend":
        return "DATE", _weekend(which, s)
    if (which == "past" and unit in {"decade", "century"}) or (
        which == "past" and m[0].startswith("the past") and unit != "year"
    ):
        return "DURATION", {"decade": "P10Y", "century": "P100Y"}.get(unit, f"P1{unit[0].upper()}")
    return "DATE", units_from(told or s.day, unit, steps)


@_rule(
    r"(?:the )?(?P<unit>week|month|year|quarter|full year|fiscal year)|(?:the )?(?P<end>year)(?:'s)?[- ]end|"
    r"(?:earlier |later )?in the (?P<in>week|month|year)"
)
def _this_unit(m: re.Match[str], s: Setting) -> Valued:
    unit = (m["unit"] or m["end"] or m["in"]).split()[-1]
    if unit == "quarter" and s.quarter:
        return "DATE", s.quarter
    return "DATE", units_from(s.day, unit, 0)


@_rule(r"(?:the )?quarter a year ago")
def _quarter_a_year_ago(_: re.Match[str], s: Setting) -> Valued:
    return "DATE", _like_last_quarter("year", 1, "ago", s) or units_from(s.day, "quarter", -4)


@_rule(r"the week of (?P<rest>.*\d.*)")
def _week_of_day(m: re.Match[str], s: Setting) -> Valued | None:
    day = month_day_value(m["rest"], s)
    if day is None:
        return None
    year, week, _ = date.fromisoformat(day).isocalendar() if day[0] != "X" else (0, 0, 0)
    return "DATE", f"{year}-W{week:02d}" if year else ""


@_rule(
    rf"(?:the )?(?P<nth>first|second|third|fourth|last) (?P<weekday>{words.WEEKDAY_NAME}) (?:of|in) {_M}"
    rf"(?:,? (?:of )?{_STATED})?"
)
def _nth_weekday(m: re.Match[str], s: Setting) -> Valued:
    month = words.MONTHS[m["month"]]
    year = stated_year(m["year"], s.day) if m["year"] else year_of_month(month, s)
    if year is None:
        return "DATE", ""
    return "DATE", nth_weekday(year, month, words.WEEKDAYS[m["weekday"]], words.ORDINALS.get(m["nth"], -1)).isoformat()


@_rule(rf"(?P<what>[qh])(?P<n>[1-4])(?:,? (?:of )?(?P<year>{words.YEAR}))?")
def _short_quarter(m: re.Match[str], s: Setting) -> Valued:
    year = int(m["year"]) if m["year"] else s.day.year if s.day else None
    begun = s.day is None or int(m["n"]) <= (s.day.month - 1) // 3 + 1
    if year and not m["year"] and not begun and not s.ahead:
        year -= 1
    return "DATE", f"{year}-{m['what'].upper()}{m['n']}" if year else ""


@_rule(r"the (?:first|second) half of (?P<which>the|this|last|next) (?P<unit>month|year)")
def _half_of_unit(m: re.Match[str], s: Setting) -> Valued:
    whole = units_from(s.day, m["unit"], {"last": -1, "next": 1}.get(m["which"], 0))
    half = "1" if "first" in m[0] else "2"
    return "DATE", f"{whole}-H{half}" if m["unit"] == "year" and whole else whole


@_rule(r"'(?P<year>\d\d)")
def _short_year(m: re.Match[str], s: Setting) -> Valued:
    """A year of two digits: the last such year that had begun by the publication."""
    if s.day is None:
        return "DATE", ""
    year = s.day.year // 100 * 100 + int(m["year"])
    return "DATE", str(year - 100 if year > s.day.year + 20 * s.ahead else year)


@_rule(r"(?:the )?weekend")
def _the_weekend(_: re.Match[str], s: Setting) -> Valued:
    return "DATE", _weekend("the", s)


def _weekend(which: str, s: Setting) -> str:
    steps = {"last": -1, "past": -1, "previous": -1, "next": 1, "following": 1}.get(which, 0)
    if which in {"the", "that"} and s.direction != "ahead" and s.day and s.day.weekday() < 5:
        steps = -1
    if which == "next" and s.day and s.day.weekday() < 5:
        steps = 0 if s.day.weekday() < 3 else 1
    return units_from(s.day, "weekend", steps)


@_rule(
    rf"{_N}(?: (?:or so|or more|full|whole|straight|consecutive|more|long))? {_U}s? (?P<way>ago|earlier|before|"
    r"previously|prior|later|from now|hence|from today|after|after that)"
)
def _counted(m: re.Match[str], s: Setting) -> Valued:
    n, way, unit = number(m["n"]), m["way"], m["unit"]
    if way in {"ago", "from now", "from today", "hence", "previously"}:
        return "DATE", _like_last_quarter(unit, n, way, s) or units_from(
            s.day, unit, n if "from" in way or way == "hence" else -n
        )
    if way in {"later", "after", "after that"}:
        if s.told(unit) is None and not s.ahead:
            return "DURATION", units_long(unit, str(n))
        return "DATE", units_from(s.told(unit) or s.day, unit, n)
    return "DATE", _like_last_quarter(unit, n, way, s) or units_from(
        (s.last_day if unit == "day" else None) or s.day, unit, -n
    )


def _like_last_quarter(unit: str, n: int, way: str, s: Setting) -> str:
    """The quarter of the year before, for "a year earlier" beside a quarter's figures; "" elsewhere."""
    if unit == "year" and n == 1 and way in {"ago", "earlier", "before"} and s.quarter:
        return f"{int(s.quarter[:4]) - 1}{s.quarter[4:]}"
    return ""


@_rule(rf"(?:several|a few|few|many|some) {_U}s? (?:later|after)")
def _vaguely_later(m: re.Match[str], _: Setting) -> Valued:
    return "DURATION", units_long(m["unit"], "X")


@_rule(rf"{_N} (?:hour|minute|second)s? (?P<way>ago|earlier|before|later|from now)")
def _hours_ago(_: re.Match[str], s: Setting) -> Valued:
    return "TIME", moved(s.day, 0)


@_rule(
    r"(?:the |a )?(?P<unit>year|month|week|day)[- ](?:ago|earlier)(?: (?P<what>period|quarter|month|week|level))?|"
    r"(?P<last>last) year's (?:quarter|period)"
)
def _unit_ago(m: re.Match[str], s: Setting) -> Valued:
    unit = "year" if m["last"] else m["unit"]
    return "DATE", _like_last_quarter(unit, 1, "ago", s) or units_from(s.day, unit, -1)


@_rule(rf"(?:(?P<which>last|this|next|past|coming|that|the) )?(?P<season>{words.SEASON})(?:,? (?:of )?{_STATED})?")
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
    rf"(?:(?: of)?,? (?:fiscal )?{_STATED})?"
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
    return "DATE", _like_last_quarter("year", 1, "ago", s) if m[0].endswith("last year") else s.quarter


@_rule(r"(?:the )?(\d{1,2})(?:th|st|nd|rd)[- ]century")
def _nth_century(m: re.Match[str], _: Setting) -> Valued:
    return "DATE", f"{int(m[1]) - 1:02d}"
