"""The command line: python -m events read | extract | geoparse | times | ingest.

For people in a terminal and for scripts. Data go to standard output or to -o, as JSON Lines; messages and progress go
to standard error. Exit status: 0 all well, 1 some input was bad (it is named, the rest is done), 2 bad use.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, TextIO, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from events.extraction.pipeline import Extractor
from events.extraction.resolution import resolve_spans
from events.extraction.toponyms import Toponym
from events.model import DatelineError, Story
from events.reading import Problem, read_path, read_text
from events.store import Store
from geodata import GazetteerError

Result = TypeVar("Result")

app = typer.Typer(help="News stories in, dated and placed events out.", no_args_is_help=True, add_completion=False)
messages = Console(stderr=True, highlight=False, markup=False, emoji=False)

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE…", help="Text files, JSON Lines or folders of them; - for standard input."),
]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write here instead of to standard output.")]
Published = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day the stories were published; outranks what they say."),
]
StoreUrl = Annotated[
    str | None, typer.Option("--store", help="A file or an SQLAlchemy URL; else DATELINE_STORE, else your data folder.")
]


@dataclass
class Input:
    """What was read: the stories, what was wrong, and the spans that a line of JSON may bring with its story."""

    stories: list[Story] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


@app.command()
def read(files: Files, output: Output = None, published: Published = None) -> None:
    """Any input to stories, one JSON object a line.

    Example: python -m events read wire.txt -o stories.jsonl
    """
    found = _read(files, published)
    with _writing(output) as out:
        for story in found.stories:
            _write(out, story.model_dump(mode="json"))
    _finish(found.problems)


@app.command()
def extract(files: Files, output: Output = None, published: Published = None) -> None:
    """Any input to events, one JSON object a line. Nothing is stored.

    Example: python -m events extract wire.txt --published 2025-01-14
    """
    found = _read(files, published)
    extractor = _load()
    with _writing(output) as out:
        for story in _shown(found.stories, "Extracting"):
            for event in _tried(lambda s: extractor.extract(s), story, found.problems, []):
                _write(out, event.model_dump(mode="json"))
    _finish(found.problems)


@app.command()
def geoparse(files: Files, output: Output = None) -> None:
    """The place names of each story's text, resolved. A story that brings "spans" has those resolved, in order.

    Example: python -m events geoparse stories.jsonl | head
    """
    found = _read(files, None)
    extractor = _load()

    def toponyms(story: Story) -> list[dict[str, Any]]:
        if story.id in found.spans:
            answers = resolve_spans(story, found.spans[story.id], extractor.gazetteer)
        else:
            answers = [toponym for toponym in extractor.read(story).toponyms if toponym.part == "text"]
        return [_toponym_row(toponym) for toponym in answers]

    with _writing(output) as out:
        for story in _shown(found.stories, "Geoparsing"):
            _write(out, {"id": story.id, "toponyms": _tried(toponyms, story, found.problems, [])})
    _finish(found.problems)


@app.command()
def times(files: Files, output: Output = None, published: Published = None) -> None:
    """The temporal expressions of each story's text with their TIMEX3 types and values.

    Example: python -m events times stories.jsonl
    """
    found = _read(files, published)
    extractor = _load()

    def rows(story: Story) -> list[dict[str, Any]]:
        return [
            {"start": t.start, "end": t.end, "text": t.text, "type": t.type, "value": t.value}
            for t in extractor.read(story).times
            if t.part == "text"
        ]

    with _writing(output) as out:
        for story in _shown(found.stories, "Reading times"):
            _write(out, {"id": story.id, "times": _tried(rows, story, found.problems, [])})
    _finish(found.problems)


@app.command()
def ingest(files: Files, store: StoreUrl = None, published: Published = None) -> None:
    """Read, extract and store. What is stored already is passed over, so a run that was stopped can be started again.

    Example: python -m events ingest archive/ --store news.sqlite
    """
    found = _read(files, published)
    with _usage_errors():
        kept = Store.open(store)
    news = [story for story in found.stories if not kept.has(story.id)]
    added = 0
    if news:
        extractor = _load()
        for story in _shown(news, "Taking in"):
            events = _tried(lambda s: extractor.extract(s), story, found.problems, None)
            if events is not None:
                dated = extractor.dated(story)
                added += kept.add(dated, events)
    events = kept.events()
    messages.print(
        f"{added} stories taken in, {len(found.stories) - len(news)} known already; {len(events)} events in the store."
    )
    kept.close()
    _finish(found.problems)


def _read(files: Iterable[Path], published: datetime | None) -> Input:
    """Read all files; a file or line that can't be read is a problem and holds up nothing."""
    day = published.date() if published else None
    found = Input()
    for path in files:
        if str(path) == "-":
            result = read_text(sys.stdin.read(), "standard input")
        elif path.exists():
            result = read_path(path)
        else:
            raise typer.BadParameter(f"{path} is not there")
        found.stories += [_published(story, day) for story in result.stories]
        found.problems += result.problems
        found.spans |= _spans(path)
    return found


def _published(story: Story, day: date | None) -> Story:
    if day is None:
        return story
    return story.model_copy(update={"published": day, "published_basis": "by hand"})


def _spans(path: Path) -> dict[str, list[tuple[int, int]]]:
    """The "spans" that lines of JSON bring with their stories, by story id."""
    if path.suffix not in {".jsonl", ".ndjson"} or not path.is_file():
        return {}
    rows = (_json_object(line) for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    return {
        str(row["id"]): [(int(start), int(end)) for start, end in row["spans"]]
        for row in rows
        if "id" in row and isinstance(row.get("spans"), list)
    }


def _json_object(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:  # reported by the reader, with its line
        return {}
    return row if isinstance(row, dict) else {}


def _load() -> Extractor:
    with _usage_errors():
        return Extractor.load()


@contextmanager
def _usage_errors() -> Iterator[None]:
    """What the caller can put right ends the run with a message, not with a traceback."""
    try:
        yield
    except (DatelineError, GazetteerError) as error:
        messages.print(str(error))
        raise typer.Exit(2) from error


def _tried(act: Callable[[Story], Result], story: Story, problems: list[Problem], otherwise: Result) -> Result:
    """Do it for one story; a story that breaks the extractor is named and the others go on."""
    try:
        return act(story)
    except Exception as error:
        problems.append(Problem(story.id, None, f"{type(error).__name__}: {error}"))
        return otherwise


def _shown(stories: list[Story], title: str) -> Iterator[Story]:
    """The stories one by one, with a progress bar on standard error when that is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=messages, transient=True, disable=not messages.is_terminal) as progress:
        yield from progress.track(stories, description=title)


@contextmanager
def _writing(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    with output.open("w", encoding="utf-8") as out:
        yield out


def _write(out: TextIO, row: dict[str, Any]) -> None:
    out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _toponym_row(toponym: Toponym) -> dict[str, Any]:
    place = toponym.place
    return {
        "start": toponym.start,
        "end": toponym.end,
        "name": toponym.text,
        "kind": toponym.kind,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "precision": place.precision if place else None,
        "geonames_id": place.geonames_id if place else None,
        "confidence": round(toponym.confidence, 3),
    }


def _finish(problems: list[Problem]) -> None:
    for problem in problems:
        where = f"{problem.file}:{problem.line}" if problem.line else problem.file
        messages.print(f"passed over {where}: {problem.reason}")
    if problems:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
