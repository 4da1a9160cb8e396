"""Words that look like a time and are none: "may" the verb, "2000 people", "the fall of the city", an age, a name.

For time_expressions.py, on what its patterns have found.
"""

from __future__ import annotations

import re

from events.extraction.times import time_words as words
from events.model import Sentence

_MONTH_CUE = re.compile(
    r"\b(?:in|of|since|by|last|next|until|till|early|late|during|throughout|through|from|to|and|before|after|every|each|mid|this|"
    r"between|for|on|or|end|for|as|per)[\s-]+(?:early |late |mid-)?$"
)
_WEEKDAY_CUE = re.compile(r"\b(?:on|every|last|next|by|until|till|from|early|late|since)\s+$")
_YEAR_CUE = re.compile(
    r"(?:\b(?:in|since|of|by|until|till|from|to|and|before|after|for|during|between|through|late|early|mid|around|"
    r"circa|"
    r"or|than|as|over|into|throughout|year|back|[a-z]{3,9}\.?)[ -]|[(,\"'] ?|^)$"
)
_OLD_YEAR_CUE = re.compile(r"\b(?:in|since|circa|year|of) $")
_COUNTED = re.compile(
    r" (?!years|was|is|has|as|his|its|this|plus|us|vs)(?:[a-z]{3,}s\b(?<!ss)|people|men|women|children)"
)
_AGE = re.compile(r"(?:[- ](?:year|month|week|day)s?)?[- ]olds?\b")
_ABBREVIATED = re.compile(r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?")
_WEEKDAY_ABBREVIATED = re.compile(r"(?:mon|tues?|weds?|thu|thurs?|fri|sat|sun)\.?")
_FOUR_DIGITS = re.compile(words.ANY_YEAR)
_OTHER_MONTH = re.compile(words.OTHER_MONTHS)
_TITLE = re.compile(r"[A-Za-z\d]+ (?:Minutes|Hours|Days|Week|Month|Year|Years|Night|Morning|Century)")
_MEASURED = re.compile(r"(?:km|kilomet(?:re|er)s|miles|knots|met(?:re|er)s)\s$")
_RANK = re.compile(r"\b(?:General|Gen\.|Mr\.?|Dr\.?|Captain|Colonel|Major|Judge|Minister|Professor|Senator)\s$")
_HALF_TIME = re.compile(r"(?:the )?(?:first|second) half|(?:the )?(?:first|second|third|fourth) quarter")
_MATCH = re.compile(
    r"\b(?:goals?|scor(?:ed|er|ing)|goalkeeper|keeper|striker|midfielder|defender|penalty|kick-?off|half-?time|touchdown|"
    r"equali[sz]\w+|header|headed|cross|corner|visitors|hosts|referee|wicket|basket|pitch|victory|defeat|\d+-\d+)\b"
)
_NO_TIMES = frozenset(("a second", "one second", "a minute", "a quarter", "a night"))
_WORD_MONTHS = frozenset(("may", "march", "august", "april", "june", "mar", "jan", "dec", "sep", "jun", "jul"))


def is_other_sense(sentence: Sentence, plain: str, start: int, end: int) -> bool:
    """Whether the words plain[start:end] of a sentence are there but no time is meant.

    plain: the sentence's text in lower case, length for length.
    """
    original = sentence.text
    text = plain[start:end].rstrip(".")
    before, after = plain[max(0, start - 14) : start], plain[end : end + 24]
    if _AGE.match(after):
        return True
    if text[:1] in {"q", "h"} and text[1:2].isdigit():
        return not original[start].isupper()
    if text in words.MONTHS:
        return _no_month(original, text, start, end, before)
    if _WEEKDAY_ABBREVIATED.fullmatch(text):
        dated = re.match(rf",? (?:{words.MONTH}|\d)", after)
        stopped = plain[end - 1] == "." or text not in {"sun", "sat"}
        return not original[start].isupper() or not (dated or (stopped and _WEEKDAY_CUE.search(before)))
    if _OTHER_MONTH.fullmatch(text):
        return not original[start].isupper() or not _MONTH_CUE.search(before)
    if _FOUR_DIGITS.fullmatch(text):
        return _no_year(text, before, after)
    if text.split(" ")[0] in {"may", "march", "mar", "sun", "sat"} and original[start].islower():
        return True
    if text == "two thousand" and not before.endswith(("in ", "by ", "since ", "year ", "until ")):
        return True
    if text in {"an hour", "a day", "a year"} and _MEASURED.search(before):
        return True
    if text in words.WEEKDAYS and _RANK.search(original[max(0, start - 14) : start]):
        return True
    if _HALF_TIME.fullmatch(text) and _MATCH.search(plain):
        return True
    if text in _NO_TIMES or (sentence.kind == "body" and _TITLE.fullmatch(original[start:end])):
        return True
    return text.startswith("the ") and text.endswith(("fall", "spring")) and after.startswith((" of ", " in "))


def _no_month(original: str, text: str, start: int, end: int, before: str) -> bool:
    """Whether a lone month name is a verb ("may"), a person's name ("June said") or a fragment ("Jan")."""
    if original[start].islower():
        return True
    cued = bool(_MONTH_CUE.search(before))
    if (
        _ABBREVIATED.fullmatch(text)
        and text not in {"may"}
        and original[end : end + 1] != "."
        and original[end - 1] != "."
    ):
        return True
    if text in {"may", "march"}:
        return not cued
    return (
        text in _WORD_MONTHS
        and not cued
        and bool(re.match(r" (?:[A-Z][a-z]|said|told|was|is|has)", original[end : end + 6]))
    )


def _no_year(text: str, before: str, after: str) -> bool:
    """Whether four digits are a count ("2000 people") or a number of something else."""
    if not "1800" <= text <= "2099":
        return bool(_COUNTED.match(after)) or not _OLD_YEAR_CUE.search(before)
    cued = bool(_YEAR_CUE.search(before))
    if _COUNTED.match(after) and not re.search(r"\b(?:in|since|of|by|the|from|before|after|during)[ -]$", before):
        return True
    return not cued and not "1900" <= text <= "2040"
