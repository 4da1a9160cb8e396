"""Temporal expressions found in sentences, with their TIMEX3 types and values.

For the pipeline and the `times` command. Patterns find candidates (time_patterns.py); rules value them
(time_values.py); the clause around one says whether it looks ahead ("will be signed on Friday") or back ("said
Monday"). What was told before is remembered: the day for "the following day", the quarter for "a year earlier". "May",
"March", "second" and "fall" in their other senses are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from events.extraction.times.scheduled_dates import NATIONAL_DAY, anchored_value, national_day
from events.extraction.times.story_anchors import Counting, counted_from, counting
from events.extraction.times.tense import direction
from events.extraction.times.time_patterns import CORE, EXPRESSION, FIRST, WORD
from events.extraction.times.time_senses import is_other_sense
from events.extraction.times.time_values import Setting, Valued, value_of
from events.extraction.times.time_words import SOUTHERN
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
_ANCHOR = re.compile(r" (?:before|after) |\beve of ")
_NATIONAL = re.compile(rf"({NATIONAL_DAY})(?:,? (\d{{4}}))?")
_NAMES = re.compile(r"(?: [A-Z][\w’'-]{0,30}){1,4}")
_QUARTER = re.compile(r"\d{4}-Q[1-4]")
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|1st|2nd|3rd|4th)\b")
_CLOCK = re.compile(r"[\[(]?\d{1,2}[:.h]\d\d\b")
_DATED = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?![\d-])")
_FIGURES = re.compile(r"[$€£]|\bcents?\b|\bmillion\b|\bbillion\b|%|\bpercent\b|\bearnings?\b|\bprofits?\b|\bsales\b")


def find_times(
    sentences: Sequence[Sentence], published: date | None, day_first: bool | None = None, home: str | None = None
) -> list[TimeExpression]:
    """The temporal expressions of a story in order. Relative ones have the value "" when `published` is None.

    day_first: whether "3/4/2025" is the third of April; None: American order unless the first number is above twelve.
    home: the ISO 3166-1 code of the outlet's country or the story's, for whose Independence Day and which half of the
    Earth's summer is meant.

    >>> from events.model import Sentence
    >>> found = find_times([Sentence("text", 0, 28, "They will meet on Friday.", "body", 0)], date(2025, 1, 13))
    >>> [(t.text, t.type, t.value) for t in found]
    [('Friday', 'DATE', '2025-01-17')]
    """
    told = _Told(home=home)
    found = [time for sentence in sentences for time in _in_sentence(sentence, published, bool(day_first), told)]
    return _counted(found, told.countings, sentences) if told.countings else found


def _counted(
    found: list[TimeExpression],
    countings: dict[tuple[str, int], tuple[Counting, Sentence]],
    sentences: Sequence[Sentence],
) -> list[TimeExpression]:
    """The expressions with those valued, in their whole words, that count from an act which the story dates."""
    valued: list[TimeExpression] = []
    for time in found:
        count, own = countings.get((time.part, time.start), (None, None))
        value = counted_from(count, own, sentences, found) if count and own else None
        if count and own and value:
            text = own.text[time.start - own.start : count.end - own.start]
            time = replace(time, end=count.end, text=text, type="DATE", value=value)
        if not valued or valued[-1].part != time.part or time.start >= valued[-1].end:
            valued.append(time)
    return valued


@dataclass(slots=True)
class _Told:
    """What the story has told so far: its last day, its last date of any grain, where, its last quarter by number."""

    value: str = ""
    at: int = 0
    day: str = ""
    day_at: int = 0
    part: str = "text"
    quarter: str | None = None
    home: str | None = None
    countings: dict[tuple[str, int], tuple[Counting, Sentence]] = field(default_factory=dict)

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
        quarter, southern = told.quarter if figures else None, told.home in SOUTHERN
        setting = Setting(published, way, day_first, date_told, day_told, quarter, southern)
        if national := _NATIONAL.fullmatch(plain, start, end):
            beside = f"{plain[max(0, start - 24) : start]} {plain[end : end + 24]}"
            valued = _of_nation(national, beside, told.home, published), end - start
        else:
            found_value = _valued(plain[start:end], plain[end : end + 6], setting)
            if (count := _unvalued_count(sentence, plain, start, end, found_value)) is not None:
                told.countings[sentence.part, a] = count, sentence
                found_value = found_value or (("DATE", ""), count.end - a)
            if found_value is None:
                continue
            valued = found_value
        (kind, value), length = valued
        at = _with_names(sentence.text, start, start + length)
        found = TimeExpression(sentence.part, a, sentence.start + at, sentence.text[start:at], kind, value)
        told.note(found, plain[start:at])
        yield found


def _unvalued_count(
    sentence: Sentence, plain: str, start: int, end: int, valued: tuple[Valued, int] | None
) -> Counting | None:
    """What the words count from, where they do and no table has given them a day."""
    if (valued and valued[0][0] == "DATE") or not _ANCHOR.search(plain, start, end):
        return None
    return counting(sentence, plain, start)


def _of_nation(match: re.Match[str], beside: str, home: str | None, published: date | None) -> Valued:
    """A national day: of the stated year, else the one nearest to the publication; "" where nothing tells whose it is."""
    if match[2] or published is None:
        day = national_day(match[1], beside, home, int(match[2])) if match[2] else None
        return "DATE", day.isoformat() if day else ""
    near = published
    years = range(max(1, near.year - 1), min(9999, near.year + 1) + 1)
    days = [day for year in years if (day := national_day(match[1], beside, home, year))]
    return "DATE", min(days, key=lambda d: abs((d - near).days)).isoformat() if days else ""


def _without_stop(plain: str, end: int) -> int:
    """The end without a full stop that belongs to the sentence."""
    return end - (plain[end - 1] == "." and not _KEEPS_STOP.search(plain, max(0, end - 8), end))


def _valued(text: str, after: str, setting: Setting) -> tuple[Valued, int] | None:
    """The value of the words and how many characters they are: an occasion may need fewer than were found."""
    found: Valued | None = value_of(text, setting)
    if text.endswith(" year") and not text[0].isdigit() and after.startswith((" ended", " endin")):
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
