"""Temporal expressions found in sentences, with their TIMEX3 types and values.

For the pipeline and the `times` command. Patterns find candidates (time_patterns.py); rules value them
(time_values.py); the clause around one says whether it looks ahead ("will be signed on Friday") or back ("said
Monday"). What was told before is remembered: the day for "the following day", the quarter for "a year earlier". "May",
"March", "second" and "fall" in their other senses are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from events.extraction.times.scheduled_dates import anchored_value
from events.extraction.times.tense import direction
from events.extraction.times.time_patterns import CORE, EXPRESSION, FIRST, WORD
from events.extraction.times.time_senses import is_other_sense
from events.extraction.times.time_values import Setting, Valued, value_of
from events.model import Sentence, TimeExpression

_REACH = 400  # characters over which "a month later" looks back for a date
_REACH_DAY = 900  # the same for "the following day" and the day of a bare clock
# Length for length: lower case for ASCII, plain spaces, hyphens and apostrophes.
_PLAIN = str.maketrans(
    {chr(c): chr(c + 32) for c in range(ord("A"), ord("Z") + 1)}
    | dict.fromkeys("\t\r\v\f\xa0\u2002\u2003\u2009\u202f", " ")
    | dict.fromkeys("–—‑−", "-")
    | dict.fromkeys("’‘", "'")
)
_KEEPS_STOP = re.compile(
    r"(?:\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|weds?|thu|thurs?|fri|sat|sun)|[ap]\.m)\.$"
)
_ANCHOR = re.compile(r" (?:before|after) ")
_NAMES = re.compile(r"(?: [A-Z][\w’'-]{0,30}){1,4}")
_QUARTER = re.compile(r"\d{4}-Q[1-4]")
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|1st|2nd|3rd|4th)\b")
_CLOCK = re.compile(r"[\[(]?\d{1,2}[:.h]\d\d\b")
_DATED = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?![\d-])")
_FIGURES = re.compile(r"[$€£]|\bcents?\b|\bmillion\b|\bbillion\b|%|\bpercent\b|\bearnings?\b|\bprofits?\b|\bsales\b")


def find_times(
    sentences: Sequence[Sentence], published: date | None, day_first: bool | None = None
) -> list[TimeExpression]:
    """The temporal expressions of a story in order. Relative ones have the value "" when `published` is None.

    day_first: whether "3/4/2025" is the third of April; None: American order unless the first number is above twelve.

    >>> from events.model import Sentence
    >>> found = find_times([Sentence("text", 0, 28, "They will meet on Friday.", "body", 0)], date(2025, 1, 13))
    >>> [(t.text, t.type, t.value) for t in found]
    [('Friday', 'DATE', '2025-01-17')]
    """
    told = _Told()
    return [found for sentence in sentences for found in _in_sentence(sentence, published, bool(day_first), told)]


@dataclass(slots=True)
class _Told:
    """What the story has told so far: its last day, its last date of any grain, where, its last quarter by number."""

    value: str = ""
    at: int = 0
    day: str = ""
    day_at: int = 0
    part: str = "text"
    quarter: str | None = None

    def note(self, found: TimeExpression, plain: str) -> None:
        if found.part != self.part:
            self.value = self.day = ""
            self.part = found.part
        if found.type in {"DATE", "TIME"} and (dated := _DATED.match(found.value)):
            self.value, self.at = dated[0], found.start
            if len(dated[0]) == len("2025-01-13"):
                self.day, self.day_at = dated[0], found.start
        elif _QUARTER.fullmatch(found.value) and _ORDINAL.search(plain):
            self.quarter = found.value

    def near(self, sentence: Sentence, start: int) -> tuple[str, str]:
        """The last date of any grain and the last day, "" where they are of another part or too far back."""
        if self.part != sentence.part:
            return "", ""
        return self.value if start - self.at <= _REACH else "", self.day if start - self.day_at <= _REACH_DAY else ""


def _in_sentence(sentence: Sentence, published: date | None, day_first: bool, told: _Told) -> Iterator[TimeExpression]:
    plain = sentence.text.translate(_PLAIN)
    starts = [(m[0], m.start()) for m in WORD.finditer(plain)]
    if not any(word in CORE or word[0].isdigit() for word, _ in starts):
        return
    figures = bool(_FIGURES.search(plain))
    at = 0
    for word, start in starts:
        if start < at or not (word in FIRST or not word[0].isalpha()) or not (match := EXPRESSION.match(plain, start)):
            continue
        end = _without_stop(plain, match.end())
        if is_other_sense(sentence, plain, start, end):
            continue
        a, b = sentence.start + start, sentence.start + end
        way = direction(sentence, a, b)
        date_told, day_told = told.near(sentence, a)
        if start == 0 and _CLOCK.match(plain):
            day_told = ""  # an entry of a running report: of the day itself
        setting = Setting(published, way, day_first, date_told, day_told, told.quarter if figures else None)
        valued = _valued(plain[start:end], plain[end : end + 6], setting)
        if valued is None:
            continue
        (kind, value), length = valued
        at = _with_names(sentence.text, start, start + length)
        found = TimeExpression(sentence.part, a, sentence.start + at, sentence.text[start:at], kind, value)
        told.note(found, plain[start:at])
        yield found


def _without_stop(plain: str, end: int) -> int:
    """The end without a full stop that belongs to the sentence."""
    return end - (plain[end - 1] == "." and not _KEEPS_STOP.search(plain, max(0, end - 8), end))


def _valued(text: str, after: str, setting: Setting) -> tuple[Valued, int] | None:
    """The value of the words and how many characters they are: an occasion may need fewer than were found."""
    found: Valued | None = value_of(text, setting)
    if text.endswith(" year") and after.startswith((" ended", " endin")):
        found = ("DURATION", "P1Y")  # "the year ended March 31" is no calendar year
    if found and found[0] == "DURATION" and text.endswith(" later"):
        return found, len(text) - len(" later")
    if found:
        return found, len(text)
    if not (anchor := _ANCHOR.search(text)):
        return None
    if (anchored := _anchored(text, setting.day)) or text.startswith("the "):
        return anchored
    length = value_of(text[: anchor.start()], setting)  # "three days after the storm": three days
    return (length, anchor.start()) if length else None


def _anchored(text: str, published: date | None) -> tuple[Valued, int] | None:
    """The value of "three days before the inauguration of …", and the shortest run of its words that gives it."""
    found = anchored_value(text, published)
    if found is None:
        return None
    ends = [m.start() for m in re.finditer(r" |$", text)]
    shortest = next(end for end in ends if anchored_value(text[:end].rstrip(".,;'"), published) == found)
    return found, len(text[:shortest].rstrip(".,;'"))


def _with_names(original: str, start: int, end: int) -> int:
    """The end of an occasion with the capitalised words that go on with it ("of US President-elect Ito")."""
    if not _ANCHOR.search(original, start, end):
        return end
    name = _NAMES.match(original, end)
    return name.end() if name else end
