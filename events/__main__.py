"""The command line: python -m events COMMAND; --help names the commands.

For people in a terminal and for scripts. Data go to standard output or to -o, as JSON Lines in UTF-8; messages and
progress go to standard error. Exit status: 0 all well, 1 some input was bad (it is named, the rest is done), 2 bad use.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO, TypeVar

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from typer.main import get_command

from events.audit_command import audit
from events.dashboard.handing_over.brief_command import brief
from events.distributing import Answer, Profile, answers_of, open_workers
from events.exporting.command import export
from events.fetching import fetch_all, is_address
from events.importing.command import import_events
from events.model import DatelineError, Story, TimeExpression
from events.reading import Problem, Result, files_of, joined, read_bytes, read_path
from events.store import Store
from events.store.changes.audit import operator
from events.store_commands import backup, check, copy, gold, migrate, reextract, restore
from events.terminal import Commands, Messages, guard_logs, json_line
from events.watching.command import watch
from geodata import GazetteerError

if TYPE_CHECKING:  # the extractor takes seconds to import: --help and read do without it
    from events.extraction.pipeline import Extractor
    from events.extraction.places.toponyms import Toponym

Item = TypeVar("Item")
Row = dict[str, Any]

STOPPED = 130  # what a shell reports for a program ended by Ctrl-C

app = typer.Typer(
    cls=Commands,
    help="News stories in, dated and placed events out.",
    epilog="Input: text, web pages, feeds, tables (CSV, xlsx), PDF, Word, e-mails, JSON Lines, .zip and .gz of these, "
    "or folders; see docs/input-formats.md. "
    "Exit status: 0 all well, 1 some input was bad (it is named, the rest is done), 2 bad use.",
    no_args_is_help=True,
    add_completion=False,
)
app.command("import")(import_events)
app.command()(export)
app.command()(brief)
for _command in (watch, check, backup, restore, copy, migrate, reextract, gold, audit):
    app.command()(_command)
messages = Messages()

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help="Files of any kind that is read, or folders of them; - for standard input."),
]
Sources = Annotated[
    list[str],
    typer.Argument(metavar="FILE|URL", help="Files, folders of them or web addresses; - for standard input."),
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here instead of to standard output.")
]
Published = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The day the stories were published; outranks what they say."
    ),
]
StoreUrl = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="URL", help="A file or an SQLAlchemy URL; else DATELINE_STORE, else your data folder."
    ),
]
Light = Annotated[
    bool, typer.Option("--light", help="Without the learned tagger: quicker and smaller, finds fewer names.")
]

Names = Annotated[
    str,
    typer.Option(metavar="MODEL", help="Another tagger of names in the shipped one's seat: spacy:MODEL or hf:MODEL."),
]
Dask = Annotated[
    str,
    typer.Option(metavar="WHERE", help="Extract on Dask's workers: local, local:4 or tcp://scheduler:8786."),
]


@dataclass
class Input:
    """What was read: the stories, the spans to resolve by story id, and what was wrong, now and later."""

    stories: list[Story]
    spans: dict[str, Sequence[tuple[int, int]]]
    problems: list[Problem] = field(default_factory=list)


@app.command()
def read(files: Files, output: Output = None, published: Published = None) -> None:
    """Any input to stories, one JSON object a line: to look at what was understood, or to keep it.

    Example: python -m events read wire.txt -o stories.jsonl
    """
    found = _read(files, published)
    _write_rows(output, (story.model_dump(mode="json") for story in found.stories))
    _finish(found.problems)


@app.command()
def extract(
    files: Files, output: Output = None, published: Published = None, light: Light = False, names: Names = "",
    dask: Dask = "",
) -> None:  # fmt: skip
    """Any input to events, one JSON object a line. Nothing is stored.

    Example: python -m events extract wire.txt --published 2025-01-14 | head
    """
    found = _read(files, published)
    answers = _extracted(found.stories, "Extracting", Profile(light, names), dask, found.problems)
    _write_rows(output, (event.model_dump(mode="json") for answer in answers for event in answer.events))
    _finish(found.problems)


@app.command()
def geoparse(files: Files, output: Output = None, light: Light = False, names: Names = "") -> None:
    """The place names of each story's text, with the places they mean.

    A story in JSON that brings "spans", pairs of start and end, has those resolved: one answer each, in order.

    Example: python -m events geoparse stories.jsonl -o toponyms.jsonl
    """
    from events.extraction.places.resolution import resolve_spans

    found = _read(files, None)
    extractor = _load(light, names)

    def row(story: Story) -> Row:
        if story.id in found.spans:
            toponyms = resolve_spans(story, found.spans[story.id], extractor.gazetteer)
        else:
            toponyms = [toponym for toponym in extractor.read(story).toponyms if toponym.part == "text"]
        return {"id": story.id, "toponyms": [_toponym_row(toponym) for toponym in toponyms]}

    _write_rows(output, _rows(row, found, "Geoparsing"))
    _finish(found.problems)


@app.command()
def times(files: Files, output: Output = None, published: Published = None) -> None:
    """The temporal expressions of each story's text, with their TIMEX3 types and values.

    Example: python -m events times stories.jsonl
    """
    found = _read(files, published)
    extractor = _load(light=True)

    def row(story: Story) -> Row:
        return {"id": story.id, "times": [_time_row(t) for t in extractor.read(story).times if t.part == "text"]}

    _write_rows(output, _rows(row, found, "Reading times"))
    _finish(found.problems)


@app.command()
def ingest(
    files: Sources, store: StoreUrl = None, published: Published = None, light: Light = False, names: Names = "",
    dask: Dask = "",
) -> None:  # fmt: skip
    """Read, extract and store. What is stored already is passed over, so a run that was stopped can be started again.

    Web addresses are fetched: public ones, and those whose hosts DATELINE_ALLOW_HOSTS names; see docs/feeds.md.

    Example: python -m events ingest archive/ https://example.org/quake --store news.sqlite
    """
    paths, addresses = [Path(f) for f in files if not is_address(f)], [f for f in files if is_address(f)]
    found = _read(paths, published, addresses)
    with _usage_errors():
        kept = Store.open(store)
        try:
            _ingest(found, kept, Profile(light, names), dask)
        finally:
            kept.close()
    _finish(found.problems)


def _ingest(found: Input, kept: Store, profile: Profile, dask: str) -> None:
    """Extract and store what the store lacks, and say what was done."""
    before = kept.story_count()
    news = [story for story in found.stories if not _is_known(story, kept, found.problems)]
    try:
        taken, events = _take_in(news, profile, dask, kept, found.problems) if news else (0, 0)
    except KeyboardInterrupt:
        done = _counted(kept.story_count() - before, "story", "stories")
        messages.print(f"Stopped: {done} of {len(news)} taken in. Start it again to go on.")
        raise typer.Exit(STOPPED) from None
    after = kept.story_count()
    taken_in = f"{_counted(after - before, 'story', 'stories')} taken in with {_counted(events, 'event', 'events')}"
    known = f", {len(found.stories) - len(news)} known already" if len(found.stories) > len(news) else ""
    versions = f", {taken - (after - before)} in a new version" if taken > after - before else ""
    messages.print(f"{taken_in}{versions}{known}; the store holds {_counted(after, 'story', 'stories')}.")


def _take_in(
    news: Sequence[Story], profile: Profile, dask: str, kept: Store, problems: list[Problem]
) -> tuple[int, int]:  # fmt: skip
    """Extract and store story by story: each is there whole or not at all. Returns the numbers of stories and events."""
    stories = events = 0
    for answer in _extracted(news, "Taking in", profile, dask, problems):
        if kept.add(answer.story, answer.events, who=operator(), way="ingest"):
            stories, events = stories + 1, events + len(answer.events)
    return stories, events


def _extracted(
    stories: Sequence[Story], title: str, profile: Profile, dask: str, problems: list[Problem]
) -> Iterator[Answer]:
    """Each story with its publication date and its events, here or on Dask's workers; one that breaks is a problem."""
    with _usage_errors(), _answers(stories, profile, dask) as answers:
        for answer in _shown(answers, title, len(stories)):
            if answer.trouble:
                problems.append(Problem(answer.story.title or answer.story.id, None, answer.trouble))
            else:
                yield answer


@contextmanager
def _answers(stories: Sequence[Story], profile: Profile, dask: str) -> Iterator[Iterator[Answer]]:
    if dask:
        with open_workers(dask) as workers:
            messages.print(f"{_counted(workers.threads, 'worker', 'workers')}; Dask's page: {workers.dashboard}")
            yield answers_of(stories, workers, profile)
        return
    extractor = _load(profile.light, profile.names)
    from events.distributing.on_worker import answer_of

    yield (answer_of(story, extractor) for story in stories)


def _is_known(story: Story, kept: Store, problems: list[Problem]) -> bool:
    """Whether the store has the story. One with other words under its id alone is a problem: it is not taken in."""
    standing = kept.standing(story)
    if standing == "conflict":
        problems.append(
            Problem(story.title or story.id, None, f'the store has another story under the id "{story.id}"')
        )
    return standing in {"known", "conflict"}


def _read(files: Sequence[Path], published: datetime | None, fetched: Sequence[str] = ()) -> Input:
    """Read all files and addresses; one that can't be read is a problem and holds up no other. None there at all is bad use."""
    for address in (path for path in files if str(path).startswith(("http:/", "https:/"))):
        raise typer.BadParameter(
            f"{address} is a web address: only ingest fetches; save it to a file first", param_hint="FILE"
        )
    if not fetched and not any(str(path) == "-" or path.exists() for path in files):
        raise typer.BadParameter(f"{files[0]} is not there", param_hint="FILE")
    paths = [file for path in files for file in files_of(path)]
    named = [(str(path), _read_one(path)) for path in _shown(paths, "Reading")]
    result = joined([*named, *fetch_all(_shown(fetched, "Fetching"))])
    by_hand = (
        {"published": published.date(), "published_basis": "by hand", "published_reasons": ()} if published else {}
    )
    stories = [story.model_copy(update=by_hand) for story in result.stories]
    if not paths and not fetched:
        messages.print("There is no file in the folder.")
    for note in result.notes:
        messages.print(f"{note.file}: {note.said}")
    return Input(stories, dict(result.spans), list(result.problems))


def _read_one(path: Path) -> Result:
    return read_bytes(sys.stdin.buffer.read(), "standard input") if str(path) == "-" else read_path(path)


def _load(light: bool, names: str = "") -> Extractor:
    with _usage_errors(), _waiting("Loading the extractor"):
        from events.extraction.pipeline import Extractor

        return Extractor.load(light=light, names=names)


@contextmanager
def _usage_errors() -> Iterator[None]:
    """What the caller can put right ends the run with a message, not with a traceback."""
    try:
        yield
    except (DatelineError, GazetteerError) as error:
        messages.print(str(error))
        raise typer.Exit(2) from error


def _rows(act: Callable[[Story], Row], found: Input, title: str) -> Iterator[Row]:
    """A row for each story; a story that breaks the extractor is named and the others go on."""
    for story in _shown(found.stories, title):
        try:
            row = act(story)
        except Exception as error:
            found.problems.append(Problem(story.title or story.id, None, f"{type(error).__name__}: {error}"))
            continue
        yield row


def _shown(items: Sequence[Item] | Iterator[Item], title: str, total: int | None = None) -> Iterator[Item]:
    """The items one by one, with a progress bar on standard error when that is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    total = len(items) if isinstance(items, Sequence) else total
    hidden = not messages.is_terminal or (total or 0) < 2
    with Progress(*columns, console=messages, transient=True, disable=hidden) as progress:
        yield from progress.track(items, total=total, description=title)


@contextmanager
def _waiting(title: str) -> Iterator[None]:
    if messages.is_terminal:
        with messages.status(title):
            yield
    else:
        yield


def _write_rows(output: Path | None, rows: Iterator[Row]) -> None:
    """Write each row as it comes. A reader that has seen enough ("| head") ends the run without a complaint."""
    with _writing(output) as out:
        try:
            for row in rows:
                out.write(json_line(row) + "\n")
            out.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains when it ends
            raise typer.Exit(0) from None


@contextmanager
def _writing(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        yield sys.stdout
        return
    try:
        out = output.open("w", encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(f"{output} can't be written: {error.strerror}", param_hint="-o") from error
    with out:
        yield out


def _toponym_row(toponym: Toponym) -> Row:
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


def _time_row(time: TimeExpression) -> Row:
    return {"start": time.start, "end": time.end, "text": time.text, "type": time.type, "value": time.value}


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _finish(problems: Sequence[Problem]) -> None:
    """Name what was wrong, and end with 1 when there was anything."""
    for problem in problems:
        where = f"{problem.file}:{problem.line}" if problem.line else problem.file
        messages.print(f"{where}: {problem.reason}")
    if problems:
        raise typer.Exit(1)


if __name__ == "__main__":
    guard_logs()
    get_command(app)()  # and not app(), which would put a hook of Typer's own in the place of ours
