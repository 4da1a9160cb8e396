"""Temporal expressions found in sentences, with their TIMEX3 types and values.

For the pipeline and the `times` command. Patterns find candidates; time_values.py values them; the clause around one says
whether it looks ahead ("will be signed on Friday") or back ("said Monday"). "May", "March", "second" and "fall" in their
other senses are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from events.extraction import time_words as words
from events.extraction.tense import looks_ahead
from events.extraction.time_values import Setting, value_of
from events.model import Sentence, TimeExpression

_W, _M, _N, _U, _P, _S, _Y = words.WEEKDAY, words.MONTH, words.NUMBER, words.UNIT, words.PART, words.SEASON, words.YEAR
_EDGE = r"(?:early |late |mid-|later |earlier )"
_WHICH = r"(?:last|next|this past|this coming|this|past|coming)"
_DATE = "|".join([
    r"\d{4}-\d\d-\d\d", r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?!\d)", rf"\d{{1,2}}-{_M}-\d{{4}}",
    rf"{_M} \d{{1,2}} ?(?:-|–|—) ?\d{{1,2}}(?:,? {_Y})?(?![\d%])", rf"\d{{1,2}} ?(?:-|–|—|to) ?\d{{1,2}} {_M}(?: {_Y})?",
    rf"(?:{_W},? )?(?:the )?{_M} \d{{1,2}}(?:st|nd|rd|th)?\b(?!:)(?:,? {_Y}\b(?! people))?(?: {_P})?", rf"(?:{_W},? )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_M}(?:,? {_Y}\b)?",
    rf"(?:{_EDGE}|{_WHICH} )?{_M}(?:,? (?:of )?(?:{_Y}\b|last year|this year|next year))?",
])  # fmt: skip
_RELATIVE = "|".join([
    rf"(?:{_EDGE}(?:on )?)?(?:{_WHICH} )?{_W}(?: (?:early |late )?{_P})?",
    rf"(?:about |around |nearly |almost |more than |over |some |at least |just )?(?:{_N}|{words.VAGUE})(?: or (?:so|more))? (?:{_U}|{words.CLOCK_UNIT})s? (?:ago|earlier|later|before(?= that|,|\.)|from now|previously)",
    rf"{_EDGE}?(?:on )?(?:this|last|next|that|the (?:past|previous|following|coming|current|next|last|same)) (?:fiscal |academic |calendar )?(?:{_U}|weekend|{_S}|{_P})\b(?!s)",
    rf"(?:a|one) {_U} (?:ago|earlier|later)", r"(?:year|month|week)-(?:ago|earlier)",
    rf"(?:the day before |the day after )?(?:yesterday|tomorrow)(?: {_P})?", rf"(?:{_EDGE})?today", r"tonight|overnight", r"last night",
    rf"{_N} (?:days?|weeks?|months?) (?:before|after) (?:the |his |her |its |their )?[\w'’ -]{{3,40}}?(?=,|\.|;| of\b| in\b| on\b|$)",
    rf"(?:the )?(?:{_EDGE})?(?:{words.alternatives(words.ORDINALS)})[- ](?:quarter|half)(?: of (?:last year|this year|next year|{_Y}|the year))?",
    rf"(?:{_EDGE}|the {_EDGE}?|last |this |next )?(?:{_S})(?:,? (?:of )?{_Y})", rf"(?:last|this|next|coming|the past) (?:{_S})\b",
    rf"(?:{_EDGE}|the (?:{_EDGE})?)?(?:1[6-9]|20)\d0s", rf"(?:{_EDGE})?(?<![\d$€£.,#-]){_Y}(?![\d,.]\d|\w|-\w|%)", r"the \d{1,2}(?:th|st|nd|rd) century",
    r"(?:now|currently|recently|lately|nowadays|at present|at the moment|these days|in the past|the past|the future|the near future)",
    r"\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\.?(?![a-z])(?: (?:GMT|UTC|ET|EST|local time))?", r"(?:[01]?\d|2[0-3]):[0-5]\d(?: (?:GMT|UTC|local time))?(?![\d:])", r"(?:noon|midnight)",
    rf"(?:every|each) (?:other )?(?:day|week|month|year|{_P}|weekend|{words.FULL_WEEKDAY})", r"daily|weekly|monthly|annually|annual|quarterly|hourly|nightly",
    rf"(?:the )?(?:past|last|next|coming|first) (?:{_N}|{words.VAGUE}) (?:{_U}|{words.CLOCK_UNIT})s",
    rf"(?:more than |nearly |about |almost |over |at least |up to |some |around )?(?:(?<![\d.,$])\d{{1,3}}|{words.alternatives(words.NUMBERS)}|several|a few|many)[- ](?:{_U}|{words.CLOCK_UNIT})(?:s|s')?(?![\w-]*old\b)\b",
    r"(?:decades|centuries|years|months|weeks|days|hours)\b(?! old)",
])  # fmt: skip
_PATTERN = re.compile(rf"(?<![\w$€£])(?:{_DATE}|{_RELATIVE})\b\.?(?!\w)", re.IGNORECASE)
_BARE_MONTH_CUE = re.compile(
    r"\b(?:in|of|since|by|last|next|until|till|early|late|during|through|from|to|and|before|after|every|mid)[\s-]+$",
    re.IGNORECASE,
)
_AMBIGUOUS = {"may", "march", "second", "sun", "sat", "fall", "spring", "mar", "now", "once"}
_AGE = re.compile(r"^[- ](?:year|month|week|day)?-?s?[- ]?old\b", re.IGNORECASE)


def find_times(
    sentences: Sequence[Sentence], published: date | None, day_first: bool | None = None
) -> list[TimeExpression]:
    """The temporal expressions of a story in order. Relative ones have the value "" when `published` is None.

    day_first: whether "3/4/2025" is the third of April; None: American order unless the first number is above twelve.
    """
    return [found for sentence in sentences for found in _in_sentence(sentence, published, bool(day_first))]


def _in_sentence(sentence: Sentence, published: date | None, day_first: bool) -> list[TimeExpression]:
    found = []
    for match in _PATTERN.finditer(sentence.text):
        start, end = match.span()
        text = match[0]
        if text.endswith(".") and not _keeps_stop(text):
            text, end = text[:-1], end - 1
        if _is_other_sense(sentence.text, start, end, text):
            continue
        ahead = looks_ahead(sentence, sentence.start + start, sentence.start + end)
        valued = value_of(text, Setting(published, ahead, day_first)) or _anchored(text, published)
        if valued:
            a, b = sentence.start + start, sentence.start + end
            found.append(TimeExpression(sentence.part, a, b, text, valued[0], valued[1]))
    return found


def _keeps_stop(text: str) -> bool:
    return bool(
        re.search(
            r"(?:\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)|[ap]\.m)\.$",
            text,
            re.IGNORECASE,
        )
    )


def _is_other_sense(sentence: str, start: int, end: int, text: str) -> bool:
    """Whether the words are there but no time is meant."""
    lower = text.lower().rstrip(".")
    if lower in _AMBIGUOUS and lower != "now":
        capital = text[0].isupper() and lower in {"may", "march"}
        return not (capital and _BARE_MONTH_CUE.search(sentence[max(0, start - 12) : start]))
    if lower in words.MONTHS and not text[0].isupper():
        return True
    if (
        re.match(r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)\b", text)
        and text[0].islower()
    ):
        return True
    return bool(_AGE.match(sentence[end : end + 12]))


def _anchored(text: str, published: date | None) -> tuple[str, str] | None:  # type: ignore[type-arg]
    from events.extraction.scheduled_dates import anchored_value

    return anchored_value(text, published)
