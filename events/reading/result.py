"""What reading gives: stories, what was wrong, and the spans that a story brought to be resolved.

For everyone who calls a reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from events.model import Story

ID_TAKEN = 'the id "{}" belongs to another story that was read before'
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read as it stands: in which file, on which line (from 1; None: all of it), and why."""

    file: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """Stories in their order with unique ids, problems in theirs, and by story id the spans that came with a story."""

    stories: tuple[Story, ...] = ()
    problems: tuple[Problem, ...] = ()
    spans: Mapping[str, Spans] = field(default_factory=dict)


def joined(named: Iterable[tuple[str, Result]]) -> Result:
    """The results of several files as one. The same story twice is one; an id that stands for two stories is a problem.

    >>> one = Result(stories=(Story(id="a", text="It rained."),))
    >>> len(joined([("a.jsonl", one), ("copy.jsonl", one)]).stories)
    1
    """
    stories: dict[str, Story] = {}
    problems: list[Problem] = []
    spans: dict[str, Spans] = {}
    for name, result in named:
        problems += result.problems
        spans = {**result.spans, **spans}
        for story in result.stories:
            known = stories.setdefault(story.id, story)
            if not same_words(known, story):
                problems.append(Problem(name, None, ID_TAKEN.format(story.id)))
    return Result(tuple(stories.values()), tuple(problems), spans)


def same_words(one: Story, other: Story) -> bool:
    """Whether two stories say the same, whatever is known of them besides."""
    return (one.title, one.text) == (other.title, other.text)
