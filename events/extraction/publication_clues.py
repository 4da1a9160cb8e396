"""What a story's text says of the day it was published: days told with their year, weekdays of the narration,
occasions.

For publication.py. A clue is a condition on the publication day with its reason in words. A day with its year counts as
the story's news in a caption, with "today" beside it, or in the opening with a weekday or without a rival weekday;
older days further down, births and "since 1994" are background and say nothing but "not before".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from events.extraction.times import time_words as words
from events.extraction.times.scheduled_dates import anchored_value
from events.extraction.times.tense import direction
from events.model import Sentence, TimeExpression

OPENING = 320  # characters of the text in which a day with its year is news when nothing speaks against it
OLDEST_NEWS = 1985  # a day before it is history to nearly every text that comes without its own date
OLDEST_BARE = 2000  # the same for a day without its weekday, which histories and anniversaries begin with too
_NEWEST = 2100  # years beyond are no years of a story
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_RANGE = re.compile(r"\d{4}-\d\d-\d\d/(\d{4}-\d\d-\d\d)")
_BARE_WEEKDAY = re.compile(
    rf"(?:(?:early|late|on) ){{0,2}}({words.alternatives(words.WEEKDAYS)})\.?(?: (?:early|late))?(?: {words.PART})?"
)
_HAS_WEEKDAY = re.compile(words.WEEKDAY)
_TODAY = re.compile(r"\b(today|yesterday)[ ,(]{1,3}$")
_AHEAD = re.compile(
    r"\b(?:due|ending|until|till|through|by|expires?|expiring|maturing|matures?|scheduled for|set for|before|than|"
    r"slated for|planned for|take place on|be held on)\s+(?:on )?(?:the )?$"
)
_BACKGROUND = re.compile(
    r"\b(?:since|born|founded|established|anniversary|after|killed on|died on|war|(?:night|morning|evening|eve) of)\b"
)
_MATURES = re.compile(r"\b(?:due|matur\w+|redeem\w*|expir\w+)\b[^.;]{0,40}$")
_PERIOD_IN_TITLE = re.compile(r"\b(?:week|month|period|days) (?:to|ending|ended|of)\s+(?:the )?$")
_ANCHORED = re.compile(r" (?:before|after) ")
_SPEECH = re.compile(
    r"\b(?:said|says|told|announced|reported|stated|confirmed|added|warned|accused|vowed|reports|"
    r"according to)\b[^.;]{0,60}$"
)
_MOST_QUOTES = 50  # of one sentence
_QUOTED = re.compile(r"“[^”\n]{0,600}”|\"[^\"\n]{0,600}\"|``[^'\n]{0,600}''")
_YEAR_OF_PLAN = re.compile(r"\b(?:by|until|to|for|of|through|the|before|target\w*|vision|agenda|due)[\s-]+$")


@dataclass(frozen=True, slots=True)
class Clue:
    """A condition that the publication day must meet, and why, in words."""

    holds: Callable[[date], bool]
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """A temporal expression in its sentence: which way its clause looks, what stands before it, whether in quotes."""

    time: TimeExpression
    sentence: Sentence
    ahead: bool
    before: str
    quoted: bool

    @property
    def day(self) -> date | None:
        """The day of an expression that has its year, the last one of a range."""
        if self.time.type not in {"DATE", "TIME"}:
            return None
        value = self.time.value
        if match := _RANGE.fullmatch(value):
            value = match[1]
        return date.fromisoformat(value[:10]) if _DAY.match(value) else None

    @property
    def weekday(self) -> int | None:
        """The weekday of an expression that is nothing else, with a part of the day at most."""
        match = _BARE_WEEKDAY.fullmatch(self.time.text.lower())
        return words.WEEKDAYS[match[1]] if match else None


def told(sentences: Sequence[Sentence], times: Sequence[TimeExpression]) -> list[Told]:
    """The expressions of a story in their sentences. sentences and times: in the story's order."""
    found, number, quotes = [], 0, _quotes(sentences[0]) if sentences else []
    for time in times:
        while number < len(sentences) and not _holds(sentences[number], time):
            number += 1
            quotes = _quotes(sentences[number]) if number < len(sentences) else []
        if number == len(sentences):
            break
        sentence = sentences[number]
        at = time.start - sentence.start
        quoted = any(start <= at < end for start, end in quotes)
        before = sentence.text[max(0, at - 90) : at].lower()
        ahead = direction(sentence, time.start, time.end) == "ahead" or bool(_AHEAD.search(before))
        found.append(Told(time, sentence, ahead, before, quoted))
    return found


def _quotes(sentence: Sentence) -> list[tuple[int, int]]:
    """The first quotations of a sentence, as offsets in it."""
    return [match.span() for match in islice(_QUOTED.finditer(sentence.text), _MOST_QUOTES)]


def _holds(sentence: Sentence, time: TimeExpression) -> bool:
    return sentence.part == time.part and sentence.start <= time.start < sentence.end


def news_days(found: Sequence[Told]) -> tuple[list[date], list[date]]:
    """(days told as the story's own news, days told in the opening as still to come)."""
    rivals = any(t.weekday is not None and t.time.part == "text" and t.time.start < OPENING for t in found)
    news, coming = [], []
    for one in found:
        day = one.day
        if day is None or one.quoted or day.year < OLDEST_NEWS or _MATURES.search(one.before):
            continue
        if one.sentence.kind == "caption":
            news.append(day)
        elif match := _TODAY.search(one.before):
            news.append(day + timedelta(days=match[1] == "yesterday"))
        elif one.ahead:
            coming += [day] if one.time.start < OPENING else []
        elif one.time.start < OPENING and _is_news(one, rivals):
            news.append(day)
    return news, coming


def _is_news(one: Told, rivals: bool) -> bool:
    """Whether a day with its year in the opening or the title is the news.

    It is when it has its weekday, when it stands in the first sentence and no bare weekday ("said Monday") dates the
    news instead, or when the title says that a period ends with it.
    """
    if one.sentence.part == "title":
        return bool(_PERIOD_IN_TITLE.search(one.before)) or "/" in one.time.value
    if _BACKGROUND.search(one.before[-40:]):
        return False
    if _HAS_WEEKDAY.search(one.time.text.lower()):
        return True
    return not rivals and one.sentence.start < 40 and (one.day or date.min).year >= OLDEST_BARE


def newest_year(found: Sequence[Told]) -> int | None:
    """The latest year that is told as begun; plans ("by 2030") are passed over."""
    years = [
        int(one.time.value[:4])
        for one in found
        if re.match(r"\d{4}(?:-|$)", one.time.value) and not one.ahead and not _YEAR_OF_PLAN.search(one.before)
    ]
    return max((year for year in years if year < _NEWEST), default=None)


def weekday_clues(found: Sequence[Told]) -> Iterator[Clue]:
    """The publication day is the last weekday told as past in the opening or of a speaker ("said Monday")."""
    past = [
        (one.weekday, bool(_SPEECH.search(one.before)))
        for one in found
        if one.weekday is not None and not one.ahead and not one.quoted and one.sentence.kind == "body"
        and (one.time.start < 2 * OPENING or _SPEECH.search(one.before))
    ]  # fmt: skip
    if past:
        spoken = [day for day, said in past if said] or [day for day, _ in past]
        last = min(dict.fromkeys(spoken), key=lambda d: sum((d - other) % 7 for other, _ in past))
        name = list(words.WEEKDAYS)[last].title()
        yield Clue(lambda day: day.weekday() == last, f"its news is of a {name}, the last weekday told as past")


def occasion_clues(found: Sequence[Told]) -> Iterator[Clue]:
    """What is to come "three days before the inauguration", on a Friday ahead, puts the story in the week before it."""
    ahead = {one.weekday for one in found if one.ahead and one.weekday is not None}
    for one in found:
        if one.time.value or not one.ahead or not _ANCHORED.search(one.time.text):
            continue

        def holds(day: date, text: str = one.time.text) -> bool:
            fixed = _fixed(text, day)
            if fixed is None:
                return True
            return 0 <= (fixed - day).days <= 6 if fixed.weekday() in ahead else fixed >= day

        yield Clue(holds, f"what is told of as “{one.time.text}” is still to come")


def fixed_weeks(found: Sequence[Told]) -> Iterator[Clue]:
    """The occasion clues that settle the year too: the occasion's day falls on a weekday that is told as to come."""
    ahead = {one.weekday for one in found if one.ahead and one.weekday is not None}
    for one in found:
        if one.time.value or not one.ahead or not ahead or not _ANCHORED.search(one.time.text):
            continue

        def holds(day: date, text: str = one.time.text) -> bool:
            fixed = _fixed(text, day)
            return fixed is not None and fixed.weekday() in ahead and 0 <= (fixed - day).days <= 6

        yield Clue(holds, f"“{one.time.text}” falls on a weekday that is told as still to come")


def _fixed(text: str, near: date) -> date | None:
    """The day of "three days before the inauguration", with the occasion that is nearest to a day."""
    valued = anchored_value(text, near)
    return date.fromisoformat(valued[1][:10]) if valued and _DAY.match(valued[1]) else None
