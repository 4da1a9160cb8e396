"""What a command is given to read: files of any kind, folders, standard input, web addresses; and what was wrong with them.

For the commands that read stories. Nothing that can't be read holds up what can.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from events.fetching import fetch_all
from events.model import Story
from events.reading import Problem, Result, files_of, joined, read_bytes, read_path
from events.terminal import Messages

Item = TypeVar("Item")
messages = Messages()

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help="Files of any kind that is read, or folders of them; - for standard input."),
]
Sources = Annotated[
    list[str],
    typer.Argument(metavar="FILE|URL", help="Files, folders of them or web addresses; - for standard input."),
]
Published = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The day the stories were published; outranks what they say."
    ),
]


@dataclass
class Input:
    """What was read: the stories, the spans to resolve by story id, and what was wrong, now and later."""

    stories: list[Story]
    spans: dict[str, Sequence[tuple[int, int]]]
    problems: list[Problem] = field(default_factory=list)

    def went_wrong(self, story: Story, why: str) -> None:
        """Take down what was wrong with a story after it was read."""
        self.problems.append(Problem(story.title or story.id, None, why))

    def finish(self) -> None:
        """Name what was wrong, and end with 1 when there was anything."""
        for problem in self.problems:
            messages.print(str(problem))
        if self.problems:
            raise typer.Exit(1)


def read_input(files: Sequence[Path], published: datetime | None = None, fetched: Sequence[str] = ()) -> Input:
    """Read all files and addresses; one that can't be read is a problem and holds up no other.

    published: outranks what the stories say. Raises typer.BadParameter where none of the files is there, and for a web
    address among them.
    """
    for address in (path for path in files if str(path).startswith(("http:/", "https:/"))):
        raise typer.BadParameter(
            f"{address} is a web address: only ingest fetches; save it to a file first", param_hint="FILE"
        )
    if not fetched and not any(str(path) == "-" or path.exists() for path in files):
        raise typer.BadParameter(f"{files[0]} is not there", param_hint="FILE")
    paths = [file for path in files for file in files_of(path)]
    named = [(str(path), _read_one(path)) for path in one_by_one(paths, "Reading", len(paths))]
    result = joined([*named, *fetch_all(one_by_one(fetched, "Fetching", len(fetched)))])
    by_hand = (
        {"published": published.date(), "published_basis": "by hand", "published_reasons": ()} if published else {}
    )
    stories = [story.model_copy(update=by_hand) for story in result.stories]
    if not paths and not fetched:
        messages.print("There is no file in the folder.")
    for note in result.notes:
        messages.print(f"{note.file}: {note.said}")
    return Input(stories, dict(result.spans), list(result.problems))


def one_by_one(items: Iterable[Item], title: str, total: int) -> Iterator[Item]:
    """The items one by one, with a progress bar on standard error when that is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    hidden = not messages.is_terminal or total < 2
    with Progress(*columns, console=messages, transient=True, disable=hidden) as progress:
        yield from progress.track(items, total=total, description=title)


def _read_one(path: Path) -> Result:
    return read_bytes(sys.stdin.buffer.read(), "standard input") if str(path) == "-" else read_path(path)
