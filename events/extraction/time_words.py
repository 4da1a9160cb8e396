"""Words of time as patterns and tables: weekdays, months, numbers, seasons, parts of the day. Data and nothing else."""

from __future__ import annotations

import calendar

WEEKDAYS: dict[str, int] = {name.lower(): i for i, name in enumerate(calendar.day_name)}
WEEKDAYS |= {name.lower()[:3]: i for i, name in enumerate(calendar.day_name)} | {
    "tues": 1,
    "thur": 3,
    "thurs": 3,
    "weds": 2,
}
MONTHS: dict[str, int] = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower()[:3]: i for i, name in enumerate(calendar.month_name) if name} | {"sept": 9}
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
DAY_PARTS = {
    "morning": "MO", "dawn": "MO", "afternoon": "AF", "evening": "EV", "dusk": "EV", "night": "NI", "overnight": "NI",
    "noon": "MI", "midday": "MI", "midnight": "NI",
}  # fmt: skip
ORDINALS = {w: i for i, w in enumerate("first second third fourth".split(), 1)} | {
    f"{i}{s}": i for i, s in enumerate(("st", "nd", "rd", "th"), 1)
}
_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS: dict[str, int] = {w: i for i, w in enumerate(_ONES, 1)} | {
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "a couple": 2,
    "a dozen": 12,
    "half a dozen": 6,
}
NUMBERS |= {t: 10 * i for i, t in enumerate(_TENS, 2)} | {"a hundred": 100, "one hundred": 100}
NUMBERS |= {f"{t}-{o}": 10 * i + j for i, t in enumerate(_TENS, 2) for j, o in enumerate(_ONES[:9], 1)}


def alternatives(words: object) -> str:
    """A regular expression's choice of words, the longest first."""
    return "|".join(sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


FULL_MONTH = alternatives(name for name in calendar.month_name if name)
SHORT_MONTH = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
MONTH = rf"(?:{FULL_MONTH}|{SHORT_MONTH})"
FULL_WEEKDAY = alternatives(calendar.day_name)
WEEKDAY = rf"(?:{FULL_WEEKDAY}|(?:Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)\.)"
NUMBER = rf"(?:\d{{1,3}}|{alternatives(NUMBERS)})"
VAGUE = r"(?:several|a few|few|many|some)"
UNIT = r"(?:day|week|month|year|decade|century|quarter|fortnight)"
CLOCK_UNIT = r"(?:hour|minute|second)"
PART = r"(?:morning|afternoon|evening|night|dawn|dusk|noon|midnight)"
SEASON = alternatives(SEASONS)
YEAR = r"(?:1[6-9]|20)\d\d"
