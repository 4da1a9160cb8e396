"""What reading gives: stories, what was wrong, how the input was understood, and the spans that a story brought.

For everyone who calls a reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from events.model import Story
from events.reading.identity import same_address

ID_TAKEN = 'the id "{}" belongs to another story that was read before'
Spans = tuple[tuple[int, int], ...]


MEMBER = " > "  # between an archive, a mail or a workbook and what is in it, in the name of a file


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read as it stands: in which file, on which line (from 1; None: all of it), and why.

    The line of a table is its row, that of a PDF its page, that of a feed its entry. A member of an archive, an attachment
    and a sheet are named behind their file: "week.zip > monday/quake.html".
    """

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        """As a message has it: "week.csv:7: has no text"."""
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Note:
    """How an input was understood where that was guessed: the columns of a table, the entries of a feed."""

    file: str
    said: str


@dataclass(frozen=True, slots=True)
class Result:
    """Stories in their order with unique ids, problems in theirs, and by story id the spans that came with a story.

    notes: the account of what was guessed; nothing in it is wrong.
    """

    stories: tuple[Story, ...] = ()
    problems: tuple[Problem, ...] = ()
    spans: Mapping[str, Spans] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


def joined(named: Iterable[tuple[str, Result]]) -> Result:
    """The results of several files as one. The same story twice is one; an id that stands for two stories is a problem.

    >>> one = Result(stories=(Story(id="a", text="It rained."),))
    >>> len(joined([("a.jsonl", one), ("copy.jsonl", one)]).stories)
    1
    """
    stories: dict[str, Story] = {}
    problems: list[Problem] = []
    spans: dict[str, Spans] = {}
    notes: list[Note] = []
    for name, result in named:
        problems += result.problems
        notes += result.notes
        spans = {**result.spans, **spans}
        for story in result.stories:
            known = stories.setdefault(story.id, story)
            if not same_words(known, story):
                problems.append(Problem(name, None, ID_TAKEN.format(story.id)))
    return Result(tuple(stories.values()), tuple(problems), spans, tuple(notes))


def refused(name: str, reason: str, line: int | None = None) -> Result:
    """The result of an input that is none, with the reason."""
    return Result(problems=(Problem(name, line, reason),))


def same_words(one: Story, other: Story) -> bool:
    """Whether two stories say the same, whatever is known of them besides.

    At one address the text decides: a feed and a page often head one article differently.
    """
    if one.url and other.url and same_address(one.url, other.url):
        return one.text.split() == other.text.split()
    return (one.title, one.text) == (other.title, other.text)
