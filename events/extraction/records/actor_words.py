"""The words of an actor's name without what the parse took in beside it: dates, prepositions, by-lines, ends of clauses.

For the names of participants.
"""

from __future__ import annotations

import re

_CLAUSE_AT_START = re.compile(
    r"^(?:(?:in|since|by|until) (?:[A-Z][a-z]+ )?\d{4}|where|when|while|as|that|which|who|since|at|and|after|because|by|"
    r"between|from|in|of) (?:the |a |an )?",
    re.IGNORECASE,
)
_CLAUSE_AT_END = re.compile(r" (?:of \w+ing|, for its part|of an?|of the|of)$")
_DAY = r"(?:yesterday|today|tomorrow|tonight|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_SPAN = r"(?:last|this|next) (?:year|week|month|night|summer|winter|spring|autumn|weekend)"
_HOUR = r"(?: (?:morning|afternoon|evening|night))?"
_TIME_AT_START = re.compile(rf"^(?:{_DAY}|{_SPAN}|early|late|earlier|later|now|then){_HOUR} ", re.IGNORECASE)
_TIME_AT_END = re.compile(
    rf",? (?:(?:early|late) )?(?:{_DAY}|{_SPAN}|early|late|earlier|later|also|now|again)$", re.IGNORECASE
)
_BY_LINE = re.compile(r"^By: (?:[A-Z][\w.’'-]+ ){2}")
_AGED = r"man|woman|boy|girl|security|driver|student|farmer|worker|teacher|officer|soldier|mother|father"
_AGE = re.compile(rf"^old (?=(?:{_AGED})\b)")  # of "34-year-old security guard"


def bare_name(name: str) -> str:
    """A name alone.

    >>> bare_name("Police today"), bare_name("last year gunmen"), bare_name("By: Ann Lee US-based producer Alcoa")
    ('Police', 'gunmen', 'US-based producer Alcoa')
    >>> bare_name("by exploration firm Ocean Infinity"), bare_name("old security guard")
    ('exploration firm Ocean Infinity', 'security guard')
    """
    before = None
    while before != name:
        before = name
        for pattern in (_BY_LINE, _CLAUSE_AT_START, _TIME_AT_START, _TIME_AT_END, _CLAUSE_AT_END, _AGE):
            name = pattern.sub("", name).strip(" ,")
    return name
