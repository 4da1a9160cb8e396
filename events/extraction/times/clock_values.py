"""Values of times of day: clocks, parts of a day, nights, early hours, with the day that they belong to."""

from __future__ import annotations

import re
from collections.abc import Callable

from events.extraction.times import time_words as words
from events.extraction.times.day_values import NEAR, month_day_value, weekday_value
from events.extraction.times.time_arithmetic import Rule, Rules, Setting, Valued, moved, number, part_suffix, rule_into

RULES: Rules = []
_W = rf"(?P<weekday>{words.alternatives(words.WEEKDAYS)})\.?"
_ANY_W = rf"(?:{words.alternatives(words.WEEKDAYS)})\.?"
_PART = rf"(?P<part>{words.alternatives(words.DAY_PARTS)})"
_CLOCK = (
    r"(?:(?P<h>\d{1,2})(?:[:.](?P<min>\d\d))? ?(?P<half>[ap])\.?m\.?|(?P<h24>[01]?\d|2[0-3])[:.h](?P<m24>[0-5]\d)|"
    rf"(?P<h4>[01]\d|2[0-3])(?P<m4>[0-5]\d)(?= (?:gmt|utc|hours|hrs))|(?P<word>noon|midnight|midday)|"
    rf"(?P<h12>\d{{1,2}}|{words.alternatives(words.NUMBERS)}) (?:o'clock|in the (?P<time>morning|afternoon|"
    r"evening)|(?P<late>at night)))"
)

_ZONE = r"(?:gmt|utc|e[ds]?t|c[ds]t|p[ds]t|m[ds]t|bst|cest|cet|ist|jst|hours|hrs|[a-z]+ time)"


def _rule(pattern: str) -> Callable[[Rule], Rule]:
    return rule_into(RULES, pattern)


@_rule(
    rf"(?:{_W}(?: (?:early|late))? )?(?:(?P<overnight>overnight)(?: (?:on|from|into|"
    rf"to) )? ?(?:{_W.replace('weekday>', 'weekday2>')})?)"
)
def _overnight(m: re.Match[str], s: Setting) -> Valued:
    weekday = m["weekday"] or m["weekday2"]
    if weekday:
        return "TIME", weekday_value(words.WEEKDAYS[weekday], "", s, "TNI")
    return "TIME", moved(s.day, 0 if s.ahead else -1, "TNI")


@_rule(
    rf"(?:the )?(?P<which>early|small|late) hours(?: (?:of|on))?(?: (?:the )?(?:{_W}|(?P<near>yesterday|today|"
    r"tomorrow|this)))?(?: morning)?"
)
def _early_hours(m: re.Match[str], s: Setting) -> Valued:
    suffix = "TEV" if m["which"] == "late" else "TMO"
    if m["weekday"]:
        return "TIME", weekday_value(words.WEEKDAYS[m["weekday"]], "", s, suffix)
    return "TIME", moved(s.day, {"yesterday": -1, "tomorrow": 1}.get(m["near"] or "", 0), suffix)


@_rule(
    rf"{_CLOCK}(?: {_ZONE})*"
    rf"(?:,? (?:on )?(?:{_W}(?: (?:morning|afternoon|evening|night))?|(?P<near>today|yesterday|tomorrow)|"
    r"(?P<rest>.+)))?"
)
def _clock(m: re.Match[str], s: Setting) -> Valued | None:
    suffix = _clock_suffix(m)
    if suffix is None:
        return None
    if m["weekday"]:
        return "TIME", weekday_value(words.WEEKDAYS[m["weekday"]], "", s, suffix)
    if m["rest"]:
        day = month_day_value(m["rest"], s)
        return ("TIME", day + suffix) if day else None
    if m["near"]:
        return "TIME", moved(s.day, NEAR[m["near"]], suffix)
    return "TIME", moved(s.last_day or s.day, 0, suffix)


@_rule(
    rf"(?:(?:the )?{_PART}(?: of| on|,)? |(?:the )?(?P<night>night) (?:of|from) )(?:{_W}(?: to {_ANY_W})?|"
    r"(?P<rest>.*\d.*))"
)
def _part_of_day(m: re.Match[str], s: Setting) -> Valued | None:
    suffix = part_suffix(m["part"] or m["night"])
    if m["weekday"]:
        return "TIME", weekday_value(words.WEEKDAYS[m["weekday"]], "", s, suffix)
    day = month_day_value(m["rest"], s)
    return ("TIME", day + suffix) if day else None


@_rule(r"(?P<day>.+?)(?:,| at) (?P<clock>[^,]*(?:\d|noon|midnight|midday|clock)[^,]*)")
def _day_and_clock(m: re.Match[str], s: Setting) -> Valued | None:
    clock = _CLOCK_ALONE.fullmatch(m["clock"])
    suffix = _clock_suffix(clock) if clock else None
    if suffix is None:
        return None
    weekday = words.WEEKDAYS.get(m["day"].rstrip("."))
    if weekday is not None:
        return "TIME", weekday_value(weekday, "", s, suffix)
    day = month_day_value(m["day"], s)
    return ("TIME", day + suffix) if day else None


def _clock_suffix(m: re.Match[str]) -> str | None:
    if m["word"]:
        return "T24:00" if m["word"] == "midnight" else "T12:00"
    hour = number(m["h12"]) if m["h12"] else int(m["h"] or m["h24"] or m["h4"])
    if m["half"]:
        hour = hour % 12 + (12 if m["half"] == "p" else 0)
    elif (m["time"] in {"afternoon", "evening"} or m["late"]) and hour < 12:
        hour += 12
    return f"T{hour:02d}:{m['min'] or m['m24'] or m['m4'] or '00'}" if hour < 25 else None


_CLOCK_ALONE = re.compile(rf"{_CLOCK}(?: {_ZONE})?")
