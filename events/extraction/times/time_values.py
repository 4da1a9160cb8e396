"""The TIMEX3 value of a temporal expression, counted from the day the story was published.

For time_expressions.py. One rule a kind of expression, tried in order (days, clock times, what is told from a day, months
and years, parts of years, spans); a rule is a pattern over the whole expression in lower case and a function from its
match to a type and a value. Values follow TIMEX3: "2025-01-17", "2025-W03", "2025-01", "2025", "2025-SU", "2025-Q1",
"2025-01-17TMO", "P3D", "PAST_REF"; a span of days written as one expression is "start/end". Without a publication day
relative expressions have the value "", days and months without a year have "XXXX" in its place, and absolute ones
have their own.
"""

from __future__ import annotations

import re
from functools import lru_cache

from events.extraction.times import (
    clock_values,
    day_values,
    month_and_year_values,
    part_of_year_values,
    relative_values,
    span_values,
)
from events.extraction.times import time_words as words
from events.extraction.times.time_arithmetic import Setting, Valued

__all__ = ["Setting", "Valued", "value_of"]

_RULES = (
    *day_values.RULES,
    *clock_values.RULES,
    *relative_values.RULES,
    *month_and_year_values.RULES,
    *part_of_year_values.RULES,
    *span_values.RULES,
)
_BLANKS = re.compile(r"\s+")
_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th)\b")
_HAS_MONTH = re.compile(rf"\b{words.MONTH}")
_LEADING = re.compile(
    r"(?:on|about|around|nearly|almost|just over|just under|over|under|at least|at most|no more than|no less than|"
    r"more than|less than|fewer than|some|only|just|up to|as early as|as late as|within|as many as|"
    r"the (?:start|end|beginning|middle|close|week) of|as of|approximately|roughly|an estimated)\s+"
)
_MODIFIER = re.compile(r"(?:the\s+)?(?:very\s+)?(?:early|late|mid|later|earlier)[\s-]+(?:in\s+|on\s+)?(?!ago)(?=\w)")
_OTHER_CALENDAR = re.compile(rf"(?:.*[ \d])?(?:{words.OTHER_MONTHS})\b.*")
_LONGEST = 90


def value_of(text: str, setting: Setting) -> Valued | None:
    """The type and value of an expression, None when no rule knows it.

    >>> from datetime import date
    >>> value_of("Friday", Setting(date(2025, 1, 13), "ahead"))
    ('DATE', '2025-01-17')
    >>> value_of("three days", Setting(None)), value_of("last week", Setting(date(2025, 1, 13)))
    (('DURATION', 'P3D'), ('DATE', '2025-W02'))
    """
    plain = _BLANKS.sub(" ", text.strip().lower().translate(_PLAIN))
    return _value(plain, setting) if len(plain) <= _LONGEST else None


_PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-"})


@lru_cache(maxsize=4096)
def _value(plain: str, setting: Setting) -> Valued | None:
    if _OTHER_CALENDAR.fullmatch(plain):
        return "DATE", ""
    for form in _forms(plain):
        for pattern, rule in _RULES:
            if (match := pattern.fullmatch(form)) and (found := rule(match, setting)):
                return found
    return None


def _forms(plain: str) -> list[str]:
    """The expression, then without what stands before its core ("about", "early", "the")."""
    if _HAS_MONTH.search(plain):
        plain = _ORDINAL.sub(r"\1", plain)
    bare = plain
    while match := _LEADING.match(bare):
        bare = bare[match.end() :]
    core = _MODIFIER.sub("", bare, count=1)
    forms = [plain, bare, core, core.removeprefix("the ")]
    return [form.removesuffix("'s").removesuffix("'").rstrip(",") for form in dict.fromkeys(forms)]
