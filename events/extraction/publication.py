"""When a story was published: by its own word for it, else by what its text allows.

A date that the story brings is kept. Else the day in its address, a dateline or a dated line with its year settles it.
Else the clues in the text (publication_clues.py) are taken together: the earliest day that satisfies all of them, marked
as inferred, each with its reason. A year alone, or an old date in the background, settles nothing: None, never today.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from events.extraction.publication_clues import (
    Clue,
    Told,
    fixed_weeks,
    newest_year,
    news_days,
    occasion_clues,
    told,
    weekday_clues,
)
from events.extraction.times.time_expressions import find_times
from events.model import PublishedBasis, Sentence, Story

_HORIZON = 45  # days that a story is looked for after the last day that it tells of
_ROUND = 4 * 366  # days in which an occasion of every fourth year comes round
_HEAD = 200  # characters of the text in which a dateline or a dated line stands
_LINE_HEAD = 60  # characters before the date of a dateline
_LINE_REST = 45  # characters beside the date of a line that is nothing but a date
_PLACE = re.compile(r"(?:[^\W\d_][^\n\d:;.!?]{1,55}[ ,(–—-])?$|[^\n]{0,40}\([A-Z][\w ]{1,20}\)[ ,–—-]{1,3}$")
_NO_NAME = re.compile(r"\b(?!(?:of|de|la|del|al|el|da|do|region|state|district|at|and|near|by)\b)[a-z]")
_AFTER_DATELINE = re.compile(
    r"(?:,? \d{1,2}[:.]?\d\d(?: ?(?:utc|gmt|local time|hours))?)?\)?(?: ?\([^()\n]{1,50}\))?\.?,? ?"
    r"(?:[.:–—_-]{1,2}(?:\s|$)|$)",
    re.IGNORECASE,
)
_ISSUED = re.compile(r"\b(?:issued|published|posted|updated|date)\b[^\n;]{0,80}$", re.IGNORECASE)
_PROSE = re.compile(
    r"\b(?!published|posted|issued|updated|by|from|at|am|pm|on|last|date|all|times|are|local|time|update|photo|"
    r"week|of)[a-z]{2,}"
)
_ADDRESSED = re.compile(r"(?<=[/-])(19[89]\d|20\d\d)([/-]?)([01]\d)\2([0-3]\d)(?=[^\d]|$)")  # …/2025/01/14/…
_END_OF_TITLE = re.compile(r"[,–—(|:-] ?$")


def date_story(story: Story, sentences: Sequence[Sentence]) -> Story:
    """The story with `published`, `published_basis` and `published_reasons`; unchanged when nothing gives a date.

    sentences: the story's own, parsed or not.

    >>> from events.extraction.sentences import split
    >>> story = Story(id="1", text="OSLO, 3 March 2024 - It snowed on Sunday.")
    >>> dated = date_story(story, split(story))
    >>> dated.published, dated.published_basis
    (datetime.date(2024, 3, 3), 'dateline')
    """
    if story.published is not None:
        return story
    dated = _addressed(story)
    if dated is None:
        found = told(sentences, find_times(sentences, None))
        dated = _stated(story, found) or _inferred(found)
    if dated is None:
        return story
    day, basis, reasons = dated
    return story.model_copy(update={"published": day, "published_basis": basis, "published_reasons": reasons})


def _addressed(story: Story) -> tuple[date, PublishedBasis, tuple[str, ...]] | None:
    """The day in the path of the story's address, as most papers write it."""
    match = _ADDRESSED.search(story.url or "")
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None
    return day, "metadata", (f"its address says {match[0]}",)


def _stated(story: Story, found: Sequence[Told]) -> tuple[date, PublishedBasis, tuple[str, ...]] | None:
    """The day of a dateline, of a dated line at the head of the text, or at the end of the title."""
    for one in found:
        time, day = one.time, one.day
        if day is None or "/" in time.value or one.sentence.kind == "caption":
            continue
        if time.part == "title":
            if time.end >= len(story.title.rstrip(" )")) and _END_OF_TITLE.search(story.title[: time.start]):
                return day, "header", (f"the headline ends with {time.text}",)
            continue
        if time.start > _HEAD:
            break
        start, end = _line(story.text, time.start)
        before, after = story.text[start : time.start], story.text[time.end : end]
        if _ISSUED.search(before):
            return day, "header", (f"a line above the text says {time.text}",)
        first = not story.text[:start].strip()
        if first and len(before) <= _LINE_HEAD and _is_place(before) and _AFTER_DATELINE.match(after):
            basis: PublishedBasis = "dateline" if before.strip() and after.strip() else "header"
            return day, basis, (f"the {'dateline' if basis == 'dateline' else 'line above the text'} says {time.text}",)
        alone = len(before) <= _LINE_REST and len(after) <= _LINE_REST and not _PROSE.search(before + after)
        if alone:
            return day, "header", (f"a line above the text says {time.text}",)
    return None


def _is_place(before: str) -> bool:
    """Whether what stands before a dateline's date is nothing, or names: "KABUL, ", "CAIRO – ", "N'Djamena, "."""
    return bool(_PLACE.match(before)) and not _NO_NAME.search(before)


def _line(text: str, at: int) -> tuple[int, int]:
    """Start and end of the line that holds an offset."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _inferred(found: Sequence[Told]) -> tuple[date, PublishedBasis, tuple[str, ...]] | None:
    """The earliest day that meets all clues, with their reasons."""
    news, coming = news_days(found)
    newest = newest_year(found)
    clues = list(weekday_clues(found))
    if news:
        start = max(news)
        if newest is not None and newest > start.year:
            return None  # a later year is told as begun: the day is background
        clues.insert(0, Clue(lambda day: day >= start, f"{_words(start)} is told as its news"))
    elif coming and clues:
        last = min(coming)
        start = last - timedelta(days=6)
        clues.insert(0, Clue(lambda day: day <= last, f"{_words(last)} is told as still to come"))
    else:
        return _from_occasions(found, clues, newest)
    clues += [
        Clue(lambda day, last=last: day <= last, f"{_words(last)} is told as still to come")  # type: ignore[misc]
        for last in coming
        if news and last >= start
    ]
    return _earliest(start, [*clues, *occasion_clues(found)])


def _from_occasions(
    found: Sequence[Told], clues: list[Clue], newest: int | None
) -> tuple[date, PublishedBasis, tuple[str, ...]] | None:
    """The week before an occasion whose day is fixed by law, from the latest year that the story names as begun."""
    fixed = list(fixed_weeks(found))
    if not fixed or not clues or newest is None:
        return None
    named = Clue(lambda day: day.year >= newest, f"{newest} is told as begun")
    return _earliest(date(newest, 1, 1), [named, *clues, *fixed], horizon=_ROUND)


def _words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _earliest(
    start: date, clues: Sequence[Clue], horizon: int = _HORIZON
) -> tuple[date, PublishedBasis, tuple[str, ...]] | None:
    """The first day from `start` on that meets all clues; None when none does within the horizon."""
    for offset in range(horizon):
        day = start + timedelta(days=offset)
        if all(clue.holds(day) for clue in clues):
            return day, "inferred", tuple(clue.reason for clue in clues)
    return None
