"""The day in a header line, a line of its own or a metadata field: "Date: 8 January 2025", "2025-01-08T10:00:00Z".

For the readers. Dates that a story tells of are extraction's. A date keeps the day of its own time zone; one that can
be read in two ways ("04/05/2025") is not read.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>\d{4})([-/.])(?P<number>\d{1,2})\2(?P<day>\d{1,2})(?!\d)",
        r"(?<![\d-])(?P<year>\d{4})(?P<number>\d{2})(?P<day>\d{2})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH}\.?,?[ -](?P<year>\d{{4}})(?!\d)",
        rf"\b{_MONTH}\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})(?!\d)",
        r"(?<![\d/.-])(?P<one>\d{1,2})([-/.])(?P<two>\d{1,2})\2(?P<year>\d{4})(?!\d)",
    )
)
_LONGEST = 120
_EARLIEST, _LATEST = 1700, 2200  # a year outside is a default or a slip
# What may stand beside the date on a line that is nothing but a date.
_BESIDE = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b|"
    r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?|\b\d{1,2} ?(?=[ap]\.?m)|"
    r"[ap]\.?m\b\.?|\b(?:first|last|published|posted|updated|modified|created|issued|on|at|date|time|local|hrs|hours|"
    r"gmt|utc|ist|est|edt|cst|cdt|mst|mdt|pst|pdt|et|ct|pt|bst|cet|cest|eet|eest|msk|sast|wat|eat|gst|pkt|jst|kst|hkt|"
    r"sgt|aest|aedt|nzst|nzdt)\b|[+-]\d{2}:?\d{2}|[\s|,.:;·•/()T-]",
    re.IGNORECASE,
)


def day_of(text: str) -> date | None:
    """The day that the text names, None when it names none or more than one can be meant.

    >>> [day_of(t) for t in ("Wed, 08 Jan 2025 23:30:00 -0500", "Jan. 8, 2025", "20250108", "04/05/2025")]
    [datetime.date(2025, 1, 8), datetime.date(2025, 1, 8), datetime.date(2025, 1, 8), None]
    """
    found = _search(text[:_LONGEST])
    return found[0] if found else None


def is_date_line(text: str) -> bool:
    """Whether a line is a date, with its time and the like, and nothing else.

    >>> is_date_line("Published: Tuesday, Jan. 14, 2025 at 5:30 p.m. GMT"), is_date_line("On 14 May 2025 it rained.")
    (True, False)
    """
    if len(text) > _LONGEST:
        return False
    found = _search(text)
    return found is not None and not _BESIDE.sub("", text[: found[1]] + " " + text[found[2] :])


def _search(text: str) -> tuple[date, int, int] | None:
    for form in _FORMS:
        for match in form.finditer(text):
            day = _day(match.groupdict())
            if day:
                return day, match.start(), match.end()
    return None


def _day(parts: dict[str, str | None]) -> date | None:
    year = int(parts["year"] or 0)
    if not _EARLIEST <= year <= _LATEST:
        return None
    if "one" in parts:
        return _unordered(year, int(parts["one"] or 0), int(parts["two"] or 0))
    name = parts.get("month")
    month = _MONTHS.index(name[:3].lower()) + 1 if name else int(parts.get("number") or 0)
    return _valid(year, month, int(parts["day"] or 0))


def _unordered(year: int, one: int, two: int) -> date | None:
    """A day and a month in no known order: read only when one order alone gives a date."""
    readings = {day for day in (_valid(year, one, two), _valid(year, two, one)) if day}
    return readings.pop() if len(readings) == 1 else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
