"""Values of what is told from a day: now and lately, "last week", "this quarter", "three years ago"."""

from __future__ import annotations

import re
from collections.abc import Callable

from events.extraction.times import time_words as words
from events.extraction.times.part_of_year_values import like_last_quarter
from events.extraction.times.time_arithmetic import (
    Rule,
    Rules,
    Setting,
    Valued,
    moved,
    number,
    rule_into,
    units_from,
    units_long,
)

RULES: Rules = []
_N = rf"(?P<n>\d{{1,3}}|{words.alternatives(words.NUMBERS)})"
_U = r"(?P<unit>day|week|month|year|decade|century|quarter|fortnight|weekend|night)"
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
    return "DATE", like_last_quarter("year", 1, "ago", s) or units_from(s.day, "quarter", -4)


@_rule(r"the (?:first|second) half of (?P<which>the|this|last|next) (?P<unit>month|year)")
def _half_of_unit(m: re.Match[str], s: Setting) -> Valued:
    whole = units_from(s.day, m["unit"], {"last": -1, "next": 1}.get(m["which"], 0))
    half = "1" if "first" in m[0] else "2"
    return "DATE", f"{whole}-H{half}" if m["unit"] == "year" and whole else whole


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
        return "DATE", like_last_quarter(unit, n, way, s) or units_from(
            s.day, unit, n if "from" in way or way == "hence" else -n
        )
    if way in {"later", "after", "after that"}:
        if s.told(unit) is None and not s.ahead:
            return "DURATION", units_long(unit, str(n))
        return "DATE", units_from(s.told(unit) or s.day, unit, n)
    return "DATE", like_last_quarter(unit, n, way, s) or units_from(
        (s.last_day if unit == "day" else None) or s.day, unit, -n
    )


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
    return "DATE", like_last_quarter(unit, 1, "ago", s) or units_from(s.day, unit, -1)
