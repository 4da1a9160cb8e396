"""The TIMEX3 value of a temporal expression, counted from the day the story was published.

For time_expressions.py. One rule a kind of expression, tried in order; a rule is a pattern over the whole expression in lower
case and a function from its match to a type and a value. Values follow TIMEX3: "2025-01-17", "2025-W03", "2025-01", "2025",
"2025-SU", "2025-Q1", "2025-01-17TMO", "P3D", "PAST_REF"; a span of days written as one expression is "start/end". Without a
publication day relative expressions have the value "" and absolute ones their own.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from events.extraction import time_words as words
from events.model import TimeType

Valued = tuple[TimeType, str]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a value is counted from: the publication day, whether the clause looks ahead, and the order of numerals."""

    day: date | None
    future: bool = False
    day_first: bool = False


Rule = Callable[[re.Match[str], Setting], Valued | None]
_RULES: list[tuple[re.Pattern[str], Rule]] = []
_LEADING = re.compile(
    r"^(?:on|about|around|nearly|at least|more than|less than|over|almost|some|only|just|up to|as early as|as late as|"
    r"the start of|the end of|the beginning of|the middle of|as of|approximately|roughly|an estimated)\s+"
)
_MODIFIER = re.compile(r"^(?:the\s+)?(?:early|late|mid|later|earlier)[\s-]+(?:in\s+|on\s+)?(?!ago)(?=\w)")


def value_of(text: str, setting: Setting) -> Valued | None:
    """The type and value of an expression, None when no rule knows it.

    >>> value_of("Friday", Setting(date(2025, 1, 13), future=True))
    ('DATE', '2025-01-17')
    >>> value_of("three days", Setting(None)), value_of("last week", Setting(date(2025, 1, 13)))
    (('DURATION', 'P3D'), ('DATE', '2025-W02'))
    """
    plain = re.sub(r"\s+", " ", text.strip().lower().replace("’", "'"))
    plain = (
        re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", plain) if "century" not in plain and "quarter" not in plain else plain
    )
    for form in _forms(plain):
        for pattern, rule in _RULES:
            if (match := pattern.fullmatch(form)) and (found := rule(match, setting)):
                return found
    return None


def _forms(plain: str) -> list[str]:
    """The expression, then without what stands before its core ("about", "early", "the")."""
    bare = _LEADING.sub("", plain)
    core = _MODIFIER.sub("", bare)
    forms = [plain, bare, core, core.removeprefix("the ")]
    return [form.removesuffix("'s").removesuffix("'").rstrip(",") for form in dict.fromkeys(forms)]


def _rule(pattern: str) -> Callable[[Rule], Rule]:
    def register(function: Rule) -> Rule:
        _RULES.append((re.compile(pattern), function))
        return function

    return register


_M = rf"(?P<month>{words.alternatives(words.MONTHS)})\.?"
_W = rf"(?P<weekday>{words.alternatives(words.WEEKDAYS)})\.?"
_N = rf"(?P<n>\d{{1,3}}|{words.alternatives(words.NUMBERS)})"
_U = r"(?P<unit>day|week|month|year|decade|century|quarter|fortnight)"
_PART = rf"(?P<part>{words.alternatives(words.DAY_PARTS)})"


@_rule(r"(\d{4})-(\d\d)-(\d\d)(?:t.*)?")
def _iso(m: re.Match[str], _: Setting) -> Valued | None:
    return _day(int(m[1]), int(m[2]), int(m[3]))


@_rule(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
def _numeric(m: re.Match[str], s: Setting) -> Valued | None:
    a, b, year = int(m[1]), int(m[2]), _century(int(m[3]))
    month, day = (b, a) if (s.day_first or a > 12) and b <= 12 else (a, b)
    return _day(year, month, day)


@_rule(rf"(\d{{1,2}})[- ]{_M}[- ](\d{{4}})")
def _dashed(m: re.Match[str], _: Setting) -> Valued | None:
    return _day(int(m[3]), words.MONTHS[m["month"]], int(m[1]))


@_rule(
    r"now|currently|at present|at the moment|right now|these days|nowadays|at this time|presently|(?:the )?present|the current time"
)
def _present(_: re.Match[str], __: Setting) -> Valued:
    return "DATE", "PRESENT_REF"


@_rule(
    r"recently|recent(?: (?:days|weeks|months|years|times))?|previously|formerly|lately|(?:the )?past|(?:the )?recent past|once|long ago|in the past|(?:several|a few|few|many|some) (?:day|week|month|year|decade)s? (?:ago|earlier|before)|(?:day|week|month|year|decade)s (?:ago|earlier)|the time|at the time"
)
def _past(_: re.Match[str], __: Setting) -> Valued:
    return "DATE", "PAST_REF"


@_rule(
    r"(?:the )?(?:near |foreseeable |immediate )?future|soon|eventually|shortly|some ?day|coming (?:days|weeks|months|years)|(?:several|a few|few) (?:day|week|month|year)s? (?:later|from now)"
)
def _coming(_: re.Match[str], __: Setting) -> Valued:
    return "DATE", "FUTURE_REF"


@_rule(rf"(?:today|this day|same day)|(?P<night>tonight|overnight)|(?:this|that) {_PART}|early today|later today")
def _today(m: re.Match[str], s: Setting) -> Valued:
    if m["night"]:
        return "TIME", _shifted(s, 0, "TNI")
    if m["part"]:
        return "TIME", _shifted(s, 0, "T" + words.DAY_PARTS[m["part"]])
    return "DATE", _shifted(s, 0)


@_rule(rf"(?P<day>yesterday|tomorrow|last|the day before yesterday|the day after tomorrow)(?: {_PART})?")
def _near_day(m: re.Match[str], s: Setting) -> Valued | None:
    offset = {"yesterday": -1, "tomorrow": 1, "last": -1, "the day before yesterday": -2, "the day after tomorrow": 2}[
        m["day"]
    ]
    if m["part"]:
        return "TIME", _shifted(s, offset, "T" + words.DAY_PARTS[m["part"]])
    return None if m["day"] == "last" else ("DATE", _shifted(s, offset))


@_rule(rf"(?:(?P<which>last|next|this|past|this past|this coming|the past|coming) )?{_W}(?: (?:early |late )?{_PART})?")
def _weekday(m: re.Match[str], s: Setting) -> Valued:
    suffix = "T" + words.DAY_PARTS[m["part"]] if m["part"] else ""
    kind: TimeType = "TIME" if suffix else "DATE"
    if s.day is None:
        return kind, ""
    wanted = words.WEEKDAYS[m["weekday"]]
    back, ahead = (s.day.weekday() - wanted) % 7, (wanted - s.day.weekday()) % 7
    which = m["which"] or ""
    if "last" in which or "past" in which:
        offset = -(back or 7)
    elif "next" in which or "coming" in which:
        offset = ahead or 7
    elif which == "this":
        offset = wanted - s.day.weekday()
    else:
        offset = ahead if back and s.future else -back
    return kind, _shifted(s, offset, suffix)


_DAY_OF_MONTH = rf"(?:{_M} (?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}}) (?:of )?{_M.replace('month>', 'month2>')})"


@_rule(
    rf"(?:{words.alternatives(words.WEEKDAYS)})?\.?,? ?(?:the )?{_DAY_OF_MONTH}(?:,? (?P<year>\d{{4}}|last year|this year|next year))?(?: {_PART})?"
)
def _month_day(m: re.Match[str], s: Setting) -> Valued | None:
    month, day = words.MONTHS[m["month"] or m["month2"]], int(m["day"] or m["day2"])
    suffix = "T" + words.DAY_PARTS[m["part"]] if m["part"] else ""
    year = _year(m["year"], s) if m["year"] else _year_of_day(month, day, s)
    if year is None:
        return "DATE", f"XXXX-{month:02d}-{day:02d}"
    found = _day(year, month, day)
    return ("TIME", found[1] + suffix) if found and suffix else found


@_rule(
    rf"{_M} (?P<a>\d{{1,2}}) ?(?:-|–|—|to|and) ?(?P<b>\d{{1,2}})(?:,? (?P<year>\d{{4}}))?|(?P<a2>\d{{1,2}}) ?(?:-|–|—|to|and) ?(?P<b2>\d{{1,2}}) {_M.replace('month>', 'month2>')}(?:,? (?P<year2>\d{{4}}))?"
)
def _days_of_month(m: re.Match[str], s: Setting) -> Valued | None:
    month = words.MONTHS[m["month"] or m["month2"]]
    a, b = int(m["a"] or m["a2"]), int(m["b"] or m["b2"])
    stated = m["year"] or m["year2"]
    year = int(stated) if stated else _year_of_day(month, a, s)
    if year is None or not (start := _day(year, month, a)) or not (end := _day(year, month, b)) or b < a:
        return None
    return "DATE", f"{start[1]}/{end[1]}"


@_rule(rf"(?:(?P<which>last|next|this|past) )?{_M}(?:(?: of)?,? (?P<year>\d{{4}}|last year|this year|next year))?")
def _month(m: re.Match[str], s: Setting) -> Valued:
    month = words.MONTHS[m["month"]]
    if m["year"]:
        year = _year(m["year"], s)
        return "DATE", f"{year}-{month:02d}" if year else ""
    if s.day is None:
        return "DATE", f"XXXX-{month:02d}"
    if m["which"] == "next" or (not m["which"] and s.future and month != s.day.month):
        year = s.day.year + (month <= s.day.month)
    elif m["which"] in {"last", "past"}:
        year = s.day.year - (month >= s.day.month)
    else:
        year = s.day.year - (month > s.day.month)
    return "DATE", f"{year}-{month:02d}"


@_rule(rf"(?:(?:year|fiscal|fiscal year|fy|the year) )?({words.YEAR})")
def _plain_year(m: re.Match[str], _: Setting) -> Valued:
    return "DATE", m[1]


@_rule(
    r"'?((?:1[6-9]|20)\d)0'?s|'?([2-9])0'?s|(?:the )?(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)"
)
def _decade(m: re.Match[str], _: Setting) -> Valued:
    if m[3]:
        return (
            "DATE",
            f"19{2 + 'twenties thirties forties fifties sixties seventies eighties nineties'.split().index(m[3])}",
        )
    return "DATE", m[1] or f"19{m[2]}"


@_rule(
    rf"(?P<which>last|this|next|that|past|current|previous|coming|following|same|prior) (?P<of>fiscal |calendar |academic |entire |whole )?{_U}"
)
def _which_unit(m: re.Match[str], s: Setting) -> Valued:
    steps = {"last": -1, "past": -1, "previous": -1, "prior": -1, "next": 1, "coming": 1, "following": 1}.get(
        m["which"], 0
    )
    if m["of"] == "fiscal " and s.day and m["unit"] == "year":
        return "DATE", f"FY{s.day.year + steps}"
    return "DATE", _units(s, m["unit"], steps)


@_rule(r"(?:the )?(?P<unit>week|month|year|quarter)")
def _this_unit(m: re.Match[str], s: Setting) -> Valued:
    return "DATE", _units(s, m["unit"], 0)


@_rule(
    rf"{_N}(?: (?:or so|or more|full|whole|straight|consecutive))? {_U}s? (?P<way>ago|earlier|before|previously|prior|later|from now|hence|from today|after)"
)
def _counted(m: re.Match[str], s: Setting) -> Valued:
    ahead = m["way"] in {"later", "from now", "hence", "from today", "after"}
    return "DATE", _units(s, m["unit"], _number(m["n"]) * (1 if ahead else -1))


@_rule(rf"{_N} (?:hour|minute)s? (?:ago|earlier|before|later|from now)")
def _hours_ago(_: re.Match[str], s: Setting) -> Valued:
    return "TIME", _shifted(s, 0)


@_rule(r"(?:a )?(?P<unit>year|month|week|day)[- ](?:ago|earlier)(?: (?:period|quarter|month|week|level))?")
def _unit_ago(m: re.Match[str], s: Setting) -> Valued:
    return "DATE", _units(s, m["unit"], -1)


@_rule(r"(?:(?P<which>last|this|next|past|coming|the|that|at the) )?weekend")
def _weekend(m: re.Match[str], s: Setting) -> Valued:
    if s.day is None:
        return "DATE", ""
    steps = {"last": -1, "past": -1, "next": 1}.get(m["which"] or "", 0)
    if steps == 0 and not s.future and m["which"] != "this" and m["which"] != "coming":
        steps = -1 if s.day.weekday() < 5 else 0
    year, week, _ = (s.day + timedelta(days=7 * steps)).isocalendar()
    return "DATE", f"{year}-W{week:02d}-WE"


@_rule(
    rf"(?:(?P<which>last|this|next|past|coming|that|the) )?(?P<season>{words.SEASON})(?:,? (?:of )?(?P<year>\d{{4}}|last year|this year|next year))?"
)
def _season(m: re.Match[str], s: Setting) -> Valued:
    if m["year"]:
        year = _year(m["year"], s)
    else:
        year = s.day.year + {"last": -1, "past": -1, "next": 1}.get(m["which"] or "", 0) if s.day else None
    return "DATE", f"{year}-{words.SEASONS[m['season']]}" if year else ""


@_rule(
    rf"(?P<nth>{words.alternatives(words.ORDINALS)})[- ](?P<what>quarter|half)(?: of)?(?:,? (?:fiscal )?(?P<year>\d{{4}}|last year|this year|next year|the year))?"
)
def _quarter(m: re.Match[str], s: Setting) -> Valued:
    year = _year(m["year"], s) if m["year"] and m["year"] != "the year" else (s.day.year if s.day else None)
    return "DATE", f"{year}-{'Q' if m['what'] == 'quarter' else 'H'}{words.ORDINALS[m['nth']]}" if year else ""


@_rule(r"(\d{1,2})(?:th|st|nd|rd) century")
def _nth_century(m: re.Match[str], _: Setting) -> Valued:
    return "DATE", str(int(m[1]) - 1)


@_rule(
    rf"(?:(?P<h>\d{{1,2}})(?:[:.](?P<min>\d\d))? ?(?P<half>[ap])\.?m\.?|(?P<h24>[01]?\d|2[0-3])[:.](?P<m24>[0-5]\d)(?: ?(?:gmt|utc|local time))?|(?P<word>noon|midnight|midday)|(?P<h12>\d{{1,2}}|{words.alternatives(words.NUMBERS)}) o'clock).*"
)
def _clock(m: re.Match[str], s: Setting) -> Valued | None:
    if m["word"]:
        return "TIME", _shifted(s, 0, "T24:00" if m["word"] == "midnight" else "T12:00")
    if m["h12"]:
        return "TIME", _shifted(s, 0, f"T{_number(m['h12']):02d}:00")
    hour = int(m["h"] or m["h24"])
    if m["half"]:
        hour = hour % 12 + (12 if m["half"] == "p" else 0)
    return ("TIME", _shifted(s, 0, f"T{hour:02d}:{m['min'] or m['m24'] or '00'}")) if hour < 25 else None


@_rule(
    r"(?:every|each|per) (?:other )?(?P<unit>day|week|month|year|morning|night|evening|weekend|hour)|(?P<adverb>daily|weekly|monthly|yearly|annually|annual|quarterly|hourly|nightly)|every (?P<weekday>\w+day)"
)
def _set(m: re.Match[str], _: Setting) -> Valued | None:
    if m["weekday"]:
        number = words.WEEKDAYS.get(m["weekday"])
        return ("SET", f"XXXX-WXX-{number + 1}") if number is not None else None
    unit = m["unit"] or {
        "daily": "day",
        "nightly": "day",
        "weekly": "week",
        "monthly": "month",
        "quarterly": "quarter",
        "hourly": "hour",
    }.get(m["adverb"], "year")
    letters = {"day": "P1D", "week": "P1W", "month": "P1M", "year": "P1Y", "quarter": "P3M", "hour": "PT1H"}
    return "SET", letters.get(unit, "P1D")


@_rule(
    rf"(?:(?:the )?(?:past|last|next|previous|coming|first|final) )?(?:{_N}|(?P<vague>several|a few|few|many|some|recent|two or three))[- ](?:more |full |whole |straight |consecutive |additional )?(?P<unit>second|minute|hour|day|night|week|weekend|month|quarter|year|decade|century|fortnight)(?:s|s'|'s)?(?:-(?:old|long))?(?: (?:old|long))?"
)
def _duration(m: re.Match[str], _: Setting) -> Valued:
    return "DURATION", _period(m["unit"], "X" if m["vague"] else str(_number(m["n"])))


@_rule(r"(?P<unit>second|minute|hour|day|week|month|year|decade|centur(?:y|ie))s")
def _durations(m: re.Match[str], _: Setting) -> Valued:
    return "DURATION", _period("century" if m["unit"].startswith("centur") else m["unit"], "X")


@_rule(
    r"(?:all|the (?:whole|entire)|all the) (?P<unit>day|week|month|year|night)|(?P<long>day|week|month|year|decade|hour)-?long"
)
def _whole(m: re.Match[str], _: Setting) -> Valued:
    return "DURATION", _period(m["unit"] or m["long"], "1")


def _day(year: int, month: int, day: int) -> Valued | None:
    try:
        return "DATE", date(year, month, day).isoformat()
    except ValueError:
        return None


def _century(year: int) -> int:
    return year if year > 99 else 1900 + year if year > 60 else 2000 + year


def _number(text: str) -> int:
    return int(text) if text.isdigit() else words.NUMBERS[text]


def _shifted(s: Setting, days: int, suffix: str = "") -> str:
    return (s.day + timedelta(days=days)).isoformat() + suffix if s.day else ""


def _year(text: str, s: Setting) -> int | None:
    if text.isdigit():
        return int(text)
    return s.day.year + {"last year": -1, "this year": 0, "next year": 1}[text] if s.day else None


def _year_of_day(month: int, day: int, s: Setting) -> int | None:
    """The year of a day that is told without one: the nearest ahead in a clause that looks ahead, else the latest behind."""
    if s.day is None:
        return None
    days = [
        date(y, month, day)
        for y in (s.day.year - 1, s.day.year, s.day.year + 1)
        if day <= calendar.monthrange(y, month)[1]
    ]
    if not days:
        return s.day.year
    if s.future and (ahead := [d for d in days if d >= s.day]):
        return min(ahead).year
    behind = [d for d in days if (d - s.day).days <= 45]
    return max(behind).year if behind else days[-1].year


def _units(s: Setting, unit: str, steps: int) -> str:
    """So many units from the publication day, written at the unit's own grain."""
    if s.day is None:
        return ""
    day = s.day
    if unit == "fortnight":
        unit, steps = "week", 2 * steps
    if unit == "day":
        return (day + timedelta(days=steps)).isoformat()
    if unit == "week":
        year, week, _ = (day + timedelta(days=7 * steps)).isocalendar()
        return f"{year}-W{week:02d}"
    if unit == "month":
        months = day.year * 12 + day.month - 1 + steps
        return f"{months // 12}-{months % 12 + 1:02d}"
    if unit == "quarter":
        quarters = day.year * 4 + (day.month - 1) // 3 + steps
        return f"{quarters // 4}-Q{quarters % 4 + 1}"
    if unit == "year":
        return str(day.year + steps)
    return str(day.year // 10 + steps) if unit == "decade" else str(day.year // 100 + steps)


def _period(unit: str, n: str) -> str:
    if unit in {"second", "minute", "hour"}:
        return f"PT{n}{unit[0].upper()}"
    letter = {"night": "D", "weekend": "WE", "decade": "DE", "century": "CE", "fortnight": "W", "quarter": "Q"}.get(
        unit, unit[0].upper()
    )
    return f"P{n}{letter}"
