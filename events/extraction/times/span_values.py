"""Values of durations ("three days" is P3D) and of sets ("every Monday" is XXXX-WXX-1)."""

from __future__ import annotations

import re
from collections.abc import Callable

from events.extraction.times import time_words as words
from events.extraction.times.time_arithmetic import Rule, Rules, Setting, Valued, number, rule_into, units_long

RULES: Rules = []
_LETTERS = {
    "day": "P1D",
    "week": "P1W",
    "month": "P1M",
    "year": "P1Y",
    "quarter": "P3M",
    "hour": "PT1H",
    "weekend": "P1WE",
}
_ADVERBS = {
    "daily": "day",
    "nightly": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "hourly": "hour",
}
_N = rf"(?P<n>\d{{1,4}}(?:[.,]\d{{1,3}})?|{words.alternatives(words.NUMBERS)})"
_SPAN = (
    r"(?P<unit>second|minute|hour|day|night|week|weekend|month|quarter|year|decade|century|centurie|fortnight|summer|"
    r"winter)"
)


def _rule(pattern: str) -> Callable[[Rule], Rule]:
    return rule_into(RULES, pattern)


@_rule(
    r"(?:(?:once|twice|three times|four times|several times) )?(?:every|each|per|an?) (?:other )?"
    r"(?P<unit>day|week|month|year|morning|afternoon|night|evening|weekend|hour|quarter|summer|winter|spring|autumn|fall)|"
    rf"(?P<adverb>{words.alternatives(_ADVERBS)}|yearly|annually|annual)|"
    rf"(?:every |each |on )?(?P<weekday>{words.WEEKDAY_NAME})s?(?: (?P<part>{words.PART}))?"
)
def _set(m: re.Match[str], _: Setting) -> Valued | None:
    if m["weekday"]:
        if not m[0].startswith(("every ", "each ")) and not m[0].endswith("s"):
            return None
        part = f"T{words.DAY_PARTS[m['part']]}" if m["part"] else ""
        return "SET", f"XXXX-WXX-{words.WEEKDAYS[m['weekday']] + 1}{part}"
    if m["unit"] and m[0].startswith(("a ", "an ")):
        return None
    unit = m["unit"] or _ADVERBS.get(m["adverb"], "year")
    if unit in words.SEASONS:
        return "SET", f"XXXX-{words.SEASONS[unit]}"
    if unit in {"morning", "afternoon", "night", "evening"}:
        return "SET", f"XXXX-XX-XXT{words.DAY_PARTS[unit]}"
    return "SET", _LETTERS[unit].replace("1", "2") if " other " in m[0] else _LETTERS[unit]


@_rule(
    rf"(?:(?:the )?(?:past|last|next|previous|coming|first|final|latest|early) |the )?(?:(?:\d{{1,3}}|"
    rf"{words.SPELLED}) (?:to|or) )?"
    rf"(?:{_N}(?P<half>(?: and a half| 1/2))?|(?P<vague>several|a few|few|many|some|recent|coming|past|the))[- ]"
    rf"(?:more |full |whole |straight |consecutive |additional |long |trading |working |business )?{_SPAN}(?:s|s'|'s)?"
    r"(?:-(?:old|long)| period| span| stretch| or so| or more)?"
)
def _duration(m: re.Match[str], _: Setting) -> Valued:
    if m["vague"]:
        return "DURATION", units_long(m["unit"], "X")
    n = m["n"].replace(",", "")
    count = n if "." in n else str(number(n))
    return "DURATION", units_long(m["unit"], count, half=bool(m["half"]))


@_rule(r"(?P<unit>second|minute|hour|day|week|month|year|decade|centurie)s(?:-long)?")
def _durations(m: re.Match[str], _: Setting) -> Valued:
    return "DURATION", units_long(m["unit"], "X")


@_rule(
    r"(?:all|the (?:whole|entire)|all the|a full|an entire) (?P<unit>day|week|month|year|night)|(?P<long>day|week|"
    r"month|year|decade|hour)-?long|"
    r"(?P<half>half an? (?:hour|day|year|century))"
)
def _whole(m: re.Match[str], _: Setting) -> Valued:
    if m["half"]:
        return "DURATION", {"hour": "PT30M", "day": "PT12H", "year": "P6M", "century": "P50Y"}[m["half"].split()[-1]]
    return "DURATION", units_long(m["unit"] or m["long"], "1")
