"""Words of time as tables and pieces of patterns: weekdays, months, numbers, seasons, parts of the day, other
calendars.

Data and nothing else. Patterns are for text in lower case with plain spaces, hyphens and apostrophes.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable


def alternatives(words: Iterable[str]) -> str:
    """A regular expression's choice of words, the longest first.

    >>> alternatives(["fall", "autumn"])
    'autumn|fall'
    """
    return "|".join(sorted(words, key=len, reverse=True))


WEEKDAYS: dict[str, int] = {name.lower(): i for i, name in enumerate(calendar.day_name)}
WEEKDAYS |= {name.lower()[:3]: i for i, name in enumerate(calendar.day_name)}
WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
MONTHS: dict[str, int] = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower()[:3]: i for i, name in enumerate(calendar.month_name) if name} | {"sept": 9}
# States whose summer begins in December (ISO 3166-1); near the equator seasons have other names.
SOUTHERN = frozenset("AO AR AU BO BR BW CL FJ FK LS MG MU MW MZ NA NZ PE PY RE SZ UY ZA ZM ZW".split())
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
DAY_PARTS = {
    "morning": "MO", "dawn": "MO", "afternoon": "AF", "evening": "EV", "dusk": "EV", "night": "NI", "overnight": "NI",
    "noon": "MI", "midday": "MI", "midnight": "NI", "lunchtime": "MI", "daybreak": "MO", "sunrise": "MO",
    "sunset": "EV", "nightfall": "NI",
}  # fmt: skip
ORDINALS: dict[str, int] = {w: i for i, w in enumerate("first second third fourth".split(), 1)}
ORDINALS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS: dict[str, int] = {w: i for i, w in enumerate(_ONES, 1)} | {"a": 1, "an": 1, "a couple of": 2, "a couple": 2}
NUMBERS |= {"a dozen": 12, "half a dozen": 6, "a hundred": 100, "one hundred": 100}
NUMBERS |= {t: 10 * i for i, t in enumerate(_TENS, 2)}
NUMBERS |= {
    f"{t}{by}{o}": 10 * i + j for i, t in enumerate(_TENS, 2) for j, o in enumerate(_ONES[:9], 1) for by in "- "
}
_CENTURIES = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}
SPELLED_YEARS: dict[str, int] = {
    f"{word} {below}": century + n
    for word, century in _CENTURIES.items()
    for below, n in NUMBERS.items()
    if 9 < n < 100
} | {"two thousand": 2000}
DECADES = {f"{t.removesuffix('y')}ies": i for i, t in enumerate(_TENS, 2)}
# Months of calendars that are not turned into days here: their days depend on a sighting, a country, a leap rule.
OTHER_MONTHS = (
    "muharram|safar|rabi al-awwal|rabi al-thani|jumada al-awwal|jumada al-thani|rajab|shaban|sha'ban|ramadan|ramzan|"
    "shawwal|dhu al-qadah|dhu al-hijjah?|dhul hijjah|zilhaj|farvardin|ordibehesht|khordad|mordad|shahrivar|bahman|"
    "esfand|nisan|tishrei|kislev|adar|sivan|elul|baisakh|jestha|ashadh|shrawan|bhadra|ashwin|kartik|mangsir|poush|"
    "falgun|chaitra|meskerem|tikimt|hidar|tahsas|yekatit|megabit|miyazya|ginbot|hamle|nehasse"
)

FULL_MONTH = alternatives(name.lower() for name in calendar.month_name if name)
MONTH = rf"(?:(?:{FULL_MONTH})\b|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
WEEKDAY_NAME = alternatives(name.lower() for name in calendar.day_name)
FULL_WEEKDAY = rf"(?:{WEEKDAY_NAME})\b"
WEEKDAY = rf"(?:{FULL_WEEKDAY}|(?:mon|tues?|weds?|thurs?|thu|fri|sat|sun)\b\.?)"
NUMBER = rf"(?:\d{{1,3}}|{alternatives(NUMBERS)})"
SPELLED = alternatives(word for word in NUMBERS if word not in {"a", "an"})
VAGUE = r"(?:several|a few|few|many|some)"
UNIT = r"(?:day|week|month|year|decade|centurie|century|quarter|fortnight|weekend|night)"
CLOCK_UNIT = r"(?:hour|minute|second)"
PART = r"(?:morning|afternoon|evening|night|dawn|dusk|noon|midnight|midday|lunchtime)"
SEASON = alternatives(SEASONS)
YEAR = r"(?:1[6-9]|20)\d\d"
ANY_YEAR = r"(?:1\d|20)\d\d"
