"""When a story was published: by its own word for it, else by what its text allows.

A date that the story brings is kept. Else a dated line above the text or a dateline with its year settles it. Else the
text gives constraints: a day told with its year in a caption or in the opening, the weekdays of the story's own narration,
occasions whose day is fixed by law. The earliest day that satisfies all of them is taken and marked as inferred, each
constraint with its reason. A year alone, or an old date far down in the text, settles nothing: None, never today.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from events.extraction import time_words as words
from events.extraction.scheduled_dates import anchored_value
from events.extraction.tense import looks_ahead
from events.extraction.time_expressions import find_times
from events.model import Sentence, Story, TimeExpression

OPENING = 320  # characters: a day told with its year in the opening is the news; further down it is background
_HORIZON = 60  # days that a story is looked for after the last day that it tells of
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_RANGE = re.compile(r"\d{4}-\d\d-\d\d/(\d{4}-\d\d-\d\d)")
_WEEKDAY = re.compile(rf"\b({words.alternatives(words.WEEKDAYS)})\b", re.IGNORECASE)
_BARE_WEEKDAY = re.compile(
    rf"(?:(?:early|late|later|on|this) )*({words.alternatives(words.WEEKDAYS)})\.?(?: (?:early|late))?(?: {words.PART})?",
    re.IGNORECASE,
)
_LINE_OF_ITS_OWN = re.compile(
    r"(?:published|posted|issued|updated|date|dated|last updated)?\b|by\b|from\b|\d{1,2}[:.]\d\d|[|,:.·•–—-]",
    re.IGNORECASE,
)
_DATELINE_HEAD = re.compile(r"\s*(?:[^\W\d_][^\n\d—:]{1,60}?,? ?)??\(?$")
_DATELINE_TAIL = re.compile(
    r",? ?(?:\d{1,2}:?\d\d|\d{4} ?UTC|\d{1,2}:?\d\d ?(?:UTC|GMT)?)?\)?(?: ?\([^()\n]{1,50}\))?\.? ?[.:–—_-]{1,2}(?:\s|$)"
)
_ISSUED = re.compile(r"\b(?:issued|published|posted|updated)\b[^\n.;]{0,80}$", re.IGNORECASE)
_SPEECH = re.compile(
    r"\b(?:said|says|told|announced|reported|stated|confirmed|added|reports|according to)\b[^.;]{0,60}$", re.IGNORECASE
)
_QUOTED = re.compile(r"“[^”\n]{0,600}”|\"[^\"\n]{0,600}\"")


@dataclass(frozen=True, slots=True)
class Constraint:
    """What the publication day must satisfy, and why, in words."""

    holds: Callable[[date], bool]
    reason: str


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
    times = find_times(sentences, None)
    stated = _stated(story, times)
    if stated:
        day, basis, reason = stated
        return story.model_copy(update={"published": day, "published_basis": basis, "published_reasons": (reason,)})
    inferred = _inferred(sentences, times)
    if inferred is None:
        return story
    day, reasons = inferred
    return story.model_copy(update={"published": day, "published_basis": "inferred", "published_reasons": reasons})


def _stated(story: Story, times: Sequence[TimeExpression]) -> tuple[date, str, str] | None:
    """The day of a dateline or of a dated line above the story, its basis and the reason."""
    for time in times:
        if time.part != "text" or time.start > 200 or not (day := _full_day(time)):
            continue
        line_start = story.text.rfind("\n", 0, time.start) + 1
        line_end = story.text.find("\n", time.end)
        line_end = len(story.text) if line_end < 0 else line_end
        before, after = story.text[line_start : time.start], story.text[time.end : line_end]
        if line_start == len(story.text[:line_start].rstrip()) == 0 or not story.text[:line_start].strip():
            if _DATELINE_HEAD.match(before) and _DATELINE_TAIL.match(after) and before.strip():
                return day, "dateline", f"the dateline says {time.text}"
        if _ISSUED.search(before) or (len(before) < 40 and len(after) < 40 and not _is_prose(before + after)):
            return day, "header", f"a line above the text says {time.text}"
    return None


def _is_prose(rest: str) -> bool:
    """Whether a date's line has lower-case words besides those of a dated line."""
    return bool(
        re.search(
            r"(?<![\w])(?!published|posted|issued|updated|by|from|at|am|pm|on|last|date|all|times|are|local)[a-z]{2,}",
            rest,
        )
    )


def _full_day(time: TimeExpression) -> date | None:
    if time.type not in {"DATE", "TIME"}:
        return None
    if match := _RANGE.fullmatch(time.value):
        return date.fromisoformat(match[1])
    return date.fromisoformat(time.value[:10]) if _DAY.match(time.value) else None


def _inferred(sentences: Sequence[Sentence], times: Sequence[TimeExpression]) -> tuple[date, tuple[str, ...]] | None:
    """The earliest day that satisfies all constraints, with their reasons."""
    found = list(_placed(sentences, times))
    anchor, behind, before = _days_with_a_year(found)
    weekdays = _weekdays(found)
    if anchor is not None:
        start = max([anchor, *[d for d in behind if d <= anchor + timedelta(days=_HORIZON)]])
        constraints = [Constraint(lambda d: d >= start, f"{start:%-d %B %Y} is told as past")]
    elif before and weekdays[0]:
        last = min(before)
        start = last - timedelta(days=6)
        constraints = [Constraint(lambda d: d <= last, f"{last:%-d %B %Y} is told as still to come")]
    else:
        return None
    constraints += _weekday_constraints(*weekdays)
    constraints += [
        Constraint(lambda d, day=day: d <= day, f"{day:%-d %B %Y} is told as still to come")
        for day in before
        if anchor is not None and day >= start
    ]
    constraints += _occasions(found, weekdays[1])
    return _earliest(start, constraints)


def _earliest(start: date, constraints: list[Constraint]) -> tuple[date, tuple[str, ...]] | None:
    for offset in range(_HORIZON):
        day = start + timedelta(days=offset)
        if all(c.holds(day) for c in constraints):
            return day, tuple(c.reason for c in constraints)
    return None


@dataclass(frozen=True, slots=True)
class _Told:
    """An expression with its sentence and whether its clause looks ahead."""

    time: TimeExpression
    sentence: Sentence
    ahead: bool
    quoted: bool


def _placed(sentences: Sequence[Sentence], times: Sequence[TimeExpression]) -> Iterator[_Told]:
    number = 0
    for time in times:
        while number < len(sentences) and not (
            sentences[number].part == time.part and sentences[number].start <= time.start < sentences[number].end
        ):
            number += 1
        if number == len(sentences):
            return
        sentence = sentences[number]
        at = time.start - sentence.start
        quoted = any(m.start() <= at < m.end() for m in _QUOTED.finditer(sentence.text))
        yield _Told(time, sentence, looks_ahead(sentence, time.start, time.end), quoted)


def _days_with_a_year(found: Sequence[_Told]) -> tuple[date | None, list[date], list[date]]:
    """(the last day that is told as the story's news, all days told as past, days told as still to come)."""
    fresh, behind, before = [], [], []
    for told in found:
        day = _full_day(told.time)
        if day is None:
            continue
        caption = told.sentence.kind == "caption"
        news = caption or told.sentence.part == "title" or told.time.start < OPENING
        if told.ahead and not caption:
            before += [day] if news else []
            continue
        behind.append(day)
        fresh += [day] if news else []
    return (max(fresh) if fresh else None), behind, before


def _weekdays(found: Sequence[_Told]) -> tuple[list[tuple[int, bool]], list[int]]:
    """The weekdays of the narration: (those told as past, whether of speech), and those told as still to come."""
    past, ahead = [], []
    for told in found:
        match = _BARE_WEEKDAY.fullmatch(told.time.text)
        if not match or told.sentence.kind == "caption" or told.quoted:
            continue
        number = words.WEEKDAYS[match[1].lower()]
        if told.ahead:
            ahead.append(number)
        else:
            said = _SPEECH.search(told.sentence.text[: told.time.start - told.sentence.start])
            past.append((number, bool(said)))
    return past, ahead


def _weekday_constraints(past: list[tuple[int, bool]], ahead: list[int]) -> Iterator[Constraint]:
    """The publication day is the last of the weekdays that are told as past."""
    if past:
        spoken = [day for day, said in past if said] or [day for day, _ in past]
        last = min(dict.fromkeys(spoken), key=lambda d: sum((d - other) % 7 for other, _ in past))
        name = list(words.WEEKDAYS)[last].title()
        yield Constraint(lambda d: d.weekday() == last, f"the story's last weekday in the past tense is {name}")


def _occasions(found: Sequence[_Told], ahead: list[int]) -> Iterator[Constraint]:
    """A visit on Friday that falls "three days before the inauguration" puts the story in the week before that day."""
    for told in found:
        if told.time.value or not re.search(r" (?:before|after) ", told.time.text):
            continue

        def holds(day: date, text: str = told.time.text) -> bool:
            valued = anchored_value(text, day)
            if not valued or not _DAY.match(valued[1]):
                return True
            fixed = date.fromisoformat(valued[1][:10])
            return 0 <= (fixed - day).days <= 6 if fixed.weekday() in ahead else fixed >= day

        if told.ahead:
            yield Constraint(holds, f"“{told.time.text}” is told as still to come")
