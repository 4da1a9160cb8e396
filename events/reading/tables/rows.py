"""The rows of a table to stories, by a guessed mapping of its columns that is said in the account.

For delimited.py and spreadsheets.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice

from events.model import Story, StoryError
from events.reading.identity import plain_address, story_id
from events.reading.json_stories import marked_captions
from events.reading.limits import check_length
from events.reading.paragraphs import squeezed, text_of
from events.reading.publication_dates import day_of
from events.reading.result import ID_TAKEN, Note, Problem, Result, same_words
from events.reading.tables.columns import NUMERIC_DATE, SAMPLE, Columns, Role, guess, names_a_table

_MOST_PROBLEMS = 1_000  # of one table: a file that is none has a million
_EXCEL_CELL = 32_767  # characters: Excel keeps no more
_MARKUP = re.compile(r"</(?:p|div|a|b|i|em|strong|span|li|h\d)>|<br ?/?>", re.IGNORECASE)

Row = tuple[int, Sequence[str]]


@dataclass
class _Reading:
    file: str
    stories: dict[str, Story] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def report(self, line: int, reason: str) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(Problem(self.file, line, reason))
        elif len(self.problems) == _MOST_PROBLEMS:
            self.problems.append(Problem(self.file, line, "and below are more rows that can't be read"))


def stories_of_rows(rows: Iterable[Row], name: str, what: str = "table") -> Result:
    """The stories of a table. rows: their numbers and cells, the names of the columns first where there are any.

    >>> rows = [(1, ["Headline", "Body"]), (2, ["Rain", "It rained."]), (3, ["Sun", ""])]
    >>> found = stories_of_rows(rows, "week.csv")
    >>> [story.text for story in found.stories], found.problems
    (['It rained.'], (Problem(file='week.csv', line=3, reason='has no text'),))
    """
    rows = iter(rows)
    head = list(islice(rows, SAMPLE))
    if not head:
        return Result(problems=(Problem(name, None, "is empty"),))
    columns, below = _columns(head)
    if "text" not in columns.roles:
        seen = ", ".join(f'"{squeezed(cell)[:30]}"' for cell in columns.names[:12])
        reason = f'has no column that looks like the text of stories (columns: {seen}): name one "text"'
        return Result(problems=(Problem(name, None, reason),))
    reading = _Reading(name)
    for line, cells in chain(below, rows):
        if any(cell.strip() for cell in cells):
            _take(line, cells, columns, reading)
    note = Note(name, f"a {what} of {len(reading.stories)} stories: {columns.said()}")
    return Result(tuple(reading.stories.values()), tuple(reading.problems), notes=(note,))


def _columns(head: Sequence[Row]) -> tuple[Columns, list[Row]]:
    """The guess, and the rows that are no column names."""
    first = [squeezed(cell)[:80] for cell in head[0][1]]
    if names_a_table(first) or _reads_like_names(first):
        return guess(first, [cells for _, cells in head[1:]]), list(head[1:])
    width = max(len(cells) for _, cells in head)
    return guess([f"{n}" for n in range(1, width + 1)], [cells for _, cells in head]), list(head)


def _reads_like_names(cells: Sequence[str]) -> bool:
    """Whether a first row has labels in all its cells and no value: short, different, no date and no address."""
    return len(set(cells)) == len(cells) and all(
        0 < len(cell) <= 40 and not cell[0].isdigit() and day_of(cell) is None and "://" not in cell for cell in cells
    )


def _take(line: int, cells: Sequence[str], columns: Columns, reading: _Reading) -> None:
    if any(cell.strip() for cell in cells[len(columns.names) :]):
        reading.report(line, f"has {len(cells)} cells where the table has {len(columns.names)} columns")
        return
    try:
        story = _story(line, cells, columns, reading)
    except StoryError as error:
        reading.report(line, str(error))
        return
    known = reading.stories.setdefault(story.id, story)
    if not same_words(known, story):
        reading.report(line, ID_TAKEN.format(story.id))


def _story(line: int, cells: Sequence[str], columns: Columns, reading: _Reading) -> Story:
    def cell(role: Role) -> str:
        index = columns.roles.get(role)
        return cells[index].strip() if index is not None and index < len(cells) else ""

    text = cell("text")
    if not text:
        raise StoryError("has no text")
    check_length(text)
    if len(text) == _EXCEL_CELL:
        reading.report(line, f"has a text of {_EXCEL_CELL:,} characters, where Excel cuts: it may go on")
    text, captions = _plain(text)
    title, source = squeezed(cell("title"))[:1000], squeezed(cell("source"))[:300] or None
    url = plain_address(cell("url"))
    published = _day(line, cell("published"), columns, reading)
    return Story(
        id=squeezed(cell("id"))[:200] or story_id(title, text, published, url, source),
        text=text,
        title=title,
        published=published,
        published_basis="metadata" if published else None,
        url=url,
        source=source,
        captions=captions,
    )


def _plain(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text as it stands, or what it shows where it is a piece of HTML."""
    text = text.replace("\r\n", "\n").encode("utf-8", errors="replace").decode()
    if _MARKUP.search(text):
        from events.reading.pages import fragment_paragraphs  # takes seconds, and few tables hold markup

        with suppress(StoryError):
            if paragraphs := fragment_paragraphs(text):
                return text_of(paragraphs)
    return text, marked_captions(text)


def _day(line: int, told: str, columns: Columns, reading: _Reading) -> date | None:
    if not told:
        return None
    ordered = NUMERIC_DATE.match(told) if columns.order else None
    if ordered:
        one, two, year = int(ordered[1]), int(ordered[2]), int(ordered[3])
        day, month = (one, two) if columns.order == "day first" else (two, one)
        told = f"{year:04d}-{month:02d}-{day:02d}"
    found = day_of(told)
    if found is None:
        reading.report(line, f"has a date that can't be read, {squeezed(told)[:40]!r}; the story is kept without it")
    return found
