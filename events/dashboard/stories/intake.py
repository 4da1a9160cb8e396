"""What somebody brings, read and extracted but not kept: new stories with their events, and an account of the rest.

For the dialog in which stories are added. Nothing here writes into the store but `keep`. A story that comes in another
way joins by the same two steps: a reading `Result`, then `extract`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Protocol

from events.fetching import fetch_story
from events.look import wording
from events.model import Event, Story
from events.reading import Note, Problem, Result, read_bytes, read_text
from events.store import Store

if TYPE_CHECKING:
    from events.extraction.pipeline import Extractor

PASTED = "pasted text"
KNOWN = "is in the store already, word for word"
CONFLICT = "has the id of a story in the store that says something else"
Progress = Callable[[int, int, Story], None]


@dataclass(frozen=True, slots=True)
class Found:
    """What was made of the input.

    `news`: stories to be kept, with their events; `versions`: the ids of those that are new versions of a known story;
    `known`: stories that the store has; `problems`: what was passed over, by file and line; `notes`: how an input was
    understood where that was guessed.
    """

    news: tuple[tuple[Story, tuple[Event, ...]], ...]
    known: tuple[Story, ...]
    problems: tuple[Problem, ...]
    versions: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()


class File(Protocol):
    """An uploaded file."""

    name: str

    def getvalue(self) -> bytes:
        """Its content."""


def read_input(text: str, files: Iterable[File], published: date | None, address: str = "") -> Result:
    """Read pasted text, uploaded files and a web address. published: the day that outranks what the stories say."""
    results = [read_text(text, PASTED, published)] if text.strip() else []
    results += [fetch_story(address)] if address.strip() else []
    results += [read_bytes(file.getvalue(), base_name(file.name)) for file in files]
    stories = {story.id: story for result in results for story in result.stories}
    by_hand = {"published": published, "published_basis": "by hand"} if published else {}
    return Result(
        tuple(story.model_copy(update=by_hand) for story in stories.values()),
        tuple(problem for result in results for problem in result.problems),
        notes=tuple(note for result in results for note in result.notes),
    )


def base_name(name: str) -> str:
    r"""A file's name without the folders that a browser may send along.

    >>> base_name("../../etc/wire.txt"), base_name("C:\\news\\\\wire.txt")
    ('wire.txt', 'wire.txt')
    """
    return PureWindowsPath(PurePosixPath(name).name).name or "file"


def extract(read: Result, extractor: Extractor, store: Store, progress: Progress) -> Found:
    """Extract the events of the stories that the store does not have yet. progress: told of each story before it is read."""
    standings = [(story, store.standing(story)) for story in read.stories]
    fresh = [(story, standing) for story, standing in standings if standing in {"new", "version"}]
    wrong = [
        *read.problems,
        *(Problem(name_of(story), None, CONFLICT) for story, standing in standings if standing == "conflict"),
    ]
    news: list[tuple[Story, tuple[Event, ...]]] = []
    for number, (story, _) in enumerate(fresh, 1):
        progress(number, len(fresh), story)
        try:
            analysis = extractor.read(story)
            news.append((analysis.story, tuple(extractor.events_of(analysis))))
        except Exception as error:  # one story that breaks the extractor holds up no other
            wrong.append(Problem(name_of(story), None, f"can't be extracted ({type(error).__name__}: {error})"))
    known = tuple(story for story, standing in standings if standing == "known")
    versions = frozenset(story.id for story, standing in fresh if standing == "version")
    return Found(tuple(news), known, tuple(wrong), versions, read.notes)


def with_day(found: Found, day: date, extractor: Extractor, store: Store, progress: Progress) -> Found:
    """The same find, its stories without a date taken to be of a day that a person named, and extracted anew."""
    by_hand = {"published": day, "published_basis": "by hand"}
    undated = tuple(story.model_copy(update=by_hand) for story, _ in found.news if story.published is None)
    again = extract(Result(undated, ()), extractor, store, progress)
    anew = {story.id: (story, events) for story, events in again.news}
    news = tuple(anew.get(story.id, (story, events)) for story, events in found.news)
    return replace(found, news=news, problems=(*found.problems, *again.problems))


def keep(found: Found, store: Store, left_out: Collection[str] = ()) -> int:
    """Store the stories with their events, but for those of these ids. Returns how many went in. Raises StoreError."""
    return sum(store.add(story, events) for story, events in found.news if story.id not in left_out)


def kept(found: Found, left_out: Collection[str] = ()) -> str:
    """What was kept, in a sentence.

    >>> kept(Found(((Story(id="1", text="Rain."), ()),), (), ()))
    'Kept: 1 story with 0 events.'
    """
    stories = [events for story, events in found.news if story.id not in left_out]
    events = wording.plural(sum(map(len, stories)), "event")
    return f"Kept: {wording.plural(len(stories), 'story', 'stories')} with {events}."


def name_of(story: Story) -> str:
    """A story by its title, else by its first words."""
    words = story.title or next((line for line in story.text.splitlines() if line.strip()), "")
    return " ".join(words.split())[:90] or story.id


def account(found: Found) -> list[tuple[str, list[str]]]:
    """What was passed over: by file, each with its lines and reasons; and the stories that are known.

    >>> account(Found((), (), (Problem("a.jsonl", 2, "is no JSON"), Problem("a.jsonl", 7, "is no JSON"))))
    [('a.jsonl', ['line 2: is no JSON', 'line 7: is no JSON'])]
    """
    by_file = groupby(sorted(found.problems, key=lambda p: (p.file, p.line or 0)), key=lambda p: p.file)
    rows = [(file, [reason_line(problem) for problem in problems]) for file, problems in by_file]
    return rows + [(name_of(story), [KNOWN]) for story in found.known]


def reason_line(problem: Problem) -> str:
    """Why a file or a line of it was passed over.

    >>> reason_line(Problem("news.jsonl", 2, "is no JSON")), reason_line(Problem("news.txt", None, "is empty"))
    ('line 2: is no JSON', 'is empty')
    """
    return f"line {problem.line}: {problem.reason}" if problem.line else problem.reason


def summary(found: Found) -> str:
    """What was found, in a sentence.

    >>> summary(Found((), (), ()))
    'No new story.'
    """
    events = sum(len(events) for _, events in found.news)
    if not found.news:
        return "No new story."
    new = len(found.news) - len(found.versions)
    parts = [wording.plural(new, "new story", "new stories")] if new else []
    versions = len(found.versions)
    parts += (
        [wording.plural(versions, "new version of a known story", "new versions of known stories")] if versions else []
    )
    return f"{wording.listed(parts)} with {wording.plural(events, 'event')}."
