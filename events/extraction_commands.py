"""Commands on stories: python -m events read | extract | geoparse | times | ingest.

For people in a terminal and for scripts. A story that breaks the extractor is named and the others go on. Exit status: 0
all well, 1 some input was bad (it is named, the rest is done), 2 bad use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from events.command_input import Files, Input, Published, Sources, one_by_one, read_input
from events.command_output import Output, counted, write_rows
from events.distributing import Answer, Profile, answers_of, open_workers
from events.fetching import is_address
from events.model import Story, TimeExpression
from events.store import Store
from events.store.changes.audit import operator
from events.store_options import StoreUrl
from events.terminal import Messages, told_as_bad_use

if TYPE_CHECKING:  # the extractor takes seconds to import: --help and read do without it
    from events.extraction.pipeline import Extractor
    from events.extraction.places.toponyms import Toponym

Row = dict[str, Any]

STOPPED = 130  # what a shell reports for a program ended by Ctrl-C
messages = Messages()

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


def read(files: Files, output: Output = None, published: Published = None) -> None:
    """Any input to stories, one JSON object a line: to look at what was understood, or to keep it.

    Example: python -m events read wire.txt -o stories.jsonl
    """
    found = read_input(files, published)
    write_rows(output, (story.model_dump(mode="json") for story in found.stories))
    found.finish()


def extract(
    files: Files, output: Output = None, published: Published = None, light: Light = False, names: Names = "",
    dask: Dask = "",
) -> None:  # fmt: skip
    """Any input to events, one JSON object a line. Nothing is stored.

    Example: python -m events extract wire.txt --published 2025-01-14 | head
    """
    found = read_input(files, published)
    answers = _extracted(found, found.stories, "Extracting", Profile(light, names), dask)
    write_rows(output, (event.model_dump(mode="json") for answer in answers for event in answer.events))
    found.finish()


def geoparse(files: Files, output: Output = None, light: Light = False, names: Names = "") -> None:
    """The place names of each story's text, with the places they mean.

    A story in JSON that brings "spans", pairs of start and end, has those resolved: one answer each, in order.

    Example: python -m events geoparse stories.jsonl -o toponyms.jsonl
    """
    from events.extraction.places.resolution import resolve_spans

    found = read_input(files)
    extractor = _load(light, names)

    def row(story: Story) -> Row:
        if story.id in found.spans:
            toponyms = resolve_spans(story, found.spans[story.id], extractor.gazetteer)
        else:
            toponyms = [toponym for toponym in extractor.read(story).toponyms if toponym.part == "text"]
        return {"id": story.id, "toponyms": [_toponym_row(toponym) for toponym in toponyms]}

    write_rows(output, _rows(row, found, "Geoparsing"))
    found.finish()


def times(files: Files, output: Output = None, published: Published = None) -> None:
    """The temporal expressions of each story's text, with their TIMEX3 types and values.

    Example: python -m events times stories.jsonl
    """
    found = read_input(files, published)
    extractor = _load(light=True)

    def row(story: Story) -> Row:
        return {"id": story.id, "times": [_time_row(t) for t in extractor.read(story).times if t.part == "text"]}

    write_rows(output, _rows(row, found, "Reading times"))
    found.finish()


def ingest(
    files: Sources, store: StoreUrl = None, published: Published = None, light: Light = False, names: Names = "",
    dask: Dask = "",
) -> None:  # fmt: skip
    """Read, extract and store. What is stored already is passed over, so a run that was stopped can be started again.

    Web addresses are fetched: public ones, and those whose hosts DATELINE_ALLOW_HOSTS names; see docs/feeds.md.

    Example: python -m events ingest archive/ https://example.org/quake --store news.sqlite
    """
    paths, addresses = [Path(f) for f in files if not is_address(f)], [f for f in files if is_address(f)]
    found = read_input(paths, published, addresses)
    with told_as_bad_use(messages), closing(Store.open(store)) as kept:
        _ingest(found, kept, Profile(light, names), dask)
    found.finish()


def _ingest(found: Input, kept: Store, profile: Profile, dask: str) -> None:
    """Extract and store what the store lacks, and say what was done."""
    before = kept.story_count()
    news = [story for story in found.stories if not _is_known(story, kept, found)]
    try:
        taken, events = _take_in(found, news, profile, dask, kept) if news else (0, 0)
    except KeyboardInterrupt:
        done = counted(kept.story_count() - before, "story", "stories")
        messages.print(f"Stopped: {done} of {len(news)} taken in. Start it again to go on.")
        raise typer.Exit(STOPPED) from None
    after = kept.story_count()
    taken_in = f"{counted(after - before, 'story', 'stories')} taken in with {counted(events, 'event', 'events')}"
    known = f", {len(found.stories) - len(news)} known already" if len(found.stories) > len(news) else ""
    versions = f", {taken - (after - before)} in a new version" if taken > after - before else ""
    messages.print(f"{taken_in}{versions}{known}; the store holds {counted(after, 'story', 'stories')}.")


def _take_in(found: Input, news: Sequence[Story], profile: Profile, dask: str, kept: Store) -> tuple[int, int]:
    """Extract and store story by story: each is there whole or not at all. Returns the numbers of stories and events."""
    stories = events = 0
    for answer in _extracted(found, news, "Taking in", profile, dask, for_a_store=True):
        if kept.add(answer.story, answer.events, who=operator(), way="ingest", made=answer.prepared):
            stories, events = stories + 1, events + len(answer.events)
    return stories, events


def _is_known(story: Story, kept: Store, found: Input) -> bool:
    """Whether the store has the story. One with other words under its id alone is a problem: it is not taken in."""
    standing = kept.standing(story)
    if standing == "conflict":
        found.went_wrong(story, f'the store has another story under the id "{story.id}"')
    return standing in {"known", "conflict"}


def _extracted(
    found: Input, stories: Sequence[Story], title: str, profile: Profile, dask: str, *, for_a_store: bool = False
) -> Iterator[Answer]:
    """Each story with its publication date and its events, here or on Dask's workers; one that breaks is a problem."""
    with told_as_bad_use(messages), _answers(stories, profile, dask, for_a_store) as answers:
        for answer in one_by_one(answers, title, len(stories)):
            if answer.trouble:
                found.went_wrong(answer.story, answer.trouble)
            else:
                yield answer


@contextmanager
def _answers(
    stories: Sequence[Story], profile: Profile, dask: str, for_a_store: bool
) -> Iterator[Iterator[Answer]]:  # fmt: skip
    if dask:
        with open_workers(dask) as workers:
            messages.print(f"{counted(workers.threads, 'worker', 'workers')}; Dask's page: {workers.dashboard}")
            yield answers_of(stories, workers, profile, for_a_store=for_a_store)
        return
    extractor = _load(profile.light, profile.names)
    from events.distributing.on_worker import answer_of

    yield (answer_of(story, extractor) for story in stories)


def _load(light: bool, names: str = "") -> Extractor:
    with told_as_bad_use(messages), _waiting("Loading the extractor"):
        from events.extraction.pipeline import Extractor

        return Extractor.load(light=light, names=names)


@contextmanager
def _waiting(title: str) -> Iterator[None]:
    if messages.is_terminal:
        with messages.status(title):
            yield
    else:
        yield


def _rows(act: Callable[[Story], Row], found: Input, title: str) -> Iterator[Row]:
    """A row for each story; a story that breaks the extractor is named and the others go on."""
    for story in one_by_one(found.stories, title, len(found.stories)):
        try:
            row = act(story)
        except Exception as error:
            found.went_wrong(story, f"{type(error).__name__}: {error}")
            continue
        yield row


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
