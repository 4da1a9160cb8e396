"""Dates and numbers as the viewer's own locale writes them, in sentences that stay English.

For `events.look.wording`. A run of the page says once whose locale is meant (`use`); where nobody says, as on the command
line and in briefings, it is British English, so that the same data gives the same words everywhere. Names and orders are
the CLDR's, through babel; English is put together here, because the CLDR shortens its months in stretches of days.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.numbers import format_decimal

USUAL = "en_GB"
DATE_INPUTS = {"y": "YYYY", "M": "MM", "d": "DD"}
_CHOSEN: ContextVar[str] = ContextVar("locale", default=USUAL)


def use(named: str | None) -> str:
    """From here on, in this thread, write as this locale does ("de-DE"). Returns its name as babel has it.

    One that is not known, or is written from right to left, which would turn English sentences round, gives the usual.

    >>> use("en-US"), number(1200), use("xx"), use(None)
    ('en_US', '1,200', 'en_GB', 'en_GB')
    """
    chosen = _known(named or USUAL)
    _CHOSEN.set(chosen)
    return chosen


@contextmanager
def usual() -> Iterator[None]:
    """What is written within is written as everywhere, whoever looks on: for files, so that one view gives the same bytes.

    >>> _ = use("de-DE")
    >>> with usual():
    ...     number(1200)
    '1,200'
    >>> number(1200), use(None)
    ('1.200', 'en_GB')
    """
    before = _CHOSEN.set(USUAL)
    try:
        yield
    finally:
        _CHOSEN.reset(before)


def number(value: int) -> str:
    """A whole number with its thousands parted."""
    return f"{value:,}" if _english() else _plain(format_decimal(value, locale=_CHOSEN.get()))


def decimal(value: float, places: int = 2) -> str:
    """A number with this many places after the point.

    >>> decimal(0.8), use("de-DE"), decimal(48.86, 1), use(None)
    ('0.80', 'de_DE', '48,9', 'en_GB')
    """
    if _english():
        return f"{value:,.{places}f}"
    form = f"#,##0.{'0' * places}" if places else "#,##0"
    return _plain(format_decimal(value, form, locale=_CHOSEN.get()))


def day(value: date, year: bool = False) -> str:
    """A day in short, with its year if asked for."""
    if not _english():
        return _plain(format_skeleton("yMMMd" if year else "MMMd", value, locale=_CHOSEN.get()))
    after = f"{', ' if _month_first() else ' '}{value.year}" if year else ""
    return f"{value:%b} {value.day}{after}" if _month_first() else f"{value.day} {value:%b}{after}"


def days(start: date, end: date) -> str:
    """A stretch of days, both included, in full."""
    if not _english():
        if start == end:
            return _plain(format_date(start, "long", locale=_CHOSEN.get()))
        return _plain(format_interval(start, end, "yMMMMd", locale=_CHOSEN.get()))
    return _month_first_days(start, end) if _month_first() else _day_first_days(start, end)


def short_days(start: date, end: date, year: bool) -> str:
    """Days of one month in short."""
    if not _english():
        return _plain(format_interval(start, end, "yMMMd" if year else "MMMd", locale=_CHOSEN.get()))
    if _month_first():
        return f"{start:%b} {start.day}–{end.day}" + (f", {end.year}" if year else "")
    return f"{start.day}–{day(end, year)}"


def month(value: date) -> str:
    """A month with its year."""
    return f"{value:%B} {value.year}" if _english() else _plain(format_skeleton("yMMMM", value, locale=_CHOSEN.get()))


def weekday(value: date) -> str:
    """The day of the week in short."""
    return f"{value:%a}" if _english() else _plain(format_date(value, "ccc", locale=_CHOSEN.get()))


def clock(at: datetime) -> str:
    """A time of the day, without seconds.

    >>> clock(datetime(2025, 3, 6, 17, 5))
    '17:05'
    """
    return _plain(format_time(at.time(), "short", locale=_CHOSEN.get()))


def date_input() -> str:
    """How a date input writes a day: "DD/MM/YYYY", or "MM/DD/YYYY", or "YYYY-MM-DD" in all other orders.

    >>> _ = use("en-US"); date_input(), use(None)
    ('MM/DD/YYYY', 'en_GB')
    """
    pattern = Locale.parse(_CHOSEN.get()).date_formats["short"].pattern
    order = "".join(dict.fromkeys(letter for letter in pattern if letter in DATE_INPUTS))
    sign = next((letter for letter in pattern if letter in "/.-"), "-")
    return sign.join(DATE_INPUTS[letter] for letter in order) if order in {"dMy", "Mdy"} else "YYYY-MM-DD"


@lru_cache
def _known(named: str) -> str:
    try:
        found = Locale.parse(named.replace("_", "-"), sep="-")
    except (ValueError, UnknownLocaleError):
        return USUAL
    return USUAL if found.text_direction == "rtl" else str(found)


def _english() -> bool:
    return _CHOSEN.get().startswith("en")


@lru_cache
def _puts_month_first(locale: str) -> bool:
    return str(Locale.parse(locale).datetime_skeletons["MMMd"].pattern).startswith("M")


def _month_first() -> bool:
    return _puts_month_first(_CHOSEN.get())


def _day_first_days(start: date, end: date) -> str:
    last = f"{end.day} {end:%B} {end.year}"
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    return f"{start.day} {start:%B}{'' if start.year == end.year else f' {start.year}'} – {last}"


def _month_first_days(start: date, end: date) -> str:
    first, year = f"{start:%B} {start.day}", f", {end.year}"
    if start == end:
        return f"{first}{year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{first}–{end.day}{year}"
    return f"{first}{'' if start.year == end.year else f', {start.year}'} – {end:%B} {end.day}{year}"


def _plain(text: str) -> str:
    """Without the CLDR's thin spaces, which some typefaces draw as boxes."""
    return text.replace("\u2009", " ").replace("\u202f", "\xa0")
