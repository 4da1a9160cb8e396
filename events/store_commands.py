"""Commands on the store: python -m events check | backup | restore | copy | migrate | reextract | index | gold.

For people in a terminal. Exit status: 0 all well, 1 something is wrong with the store, 2 bad use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from events.command_output import Output, counted, write_rows
from events.corrections.gold import gold_story, is_gold
from events.model import StoreError
from events.store import Store
from events.store.archive.dataset import is_archive
from events.store.changes.audit import operator
from events.store.database.opening import as_url, engine_of, shown
from events.store.database.schema import SCHEMA_VERSION
from events.store.upkeep.checking import findings
from events.store.upkeep.findings import Finding
from events.store.words.making import bring_up_to_date
from events.store.words.word_index import LEAST_INDEXED
from events.store_options import AnyStore, StoreUrl, name_of_what_is_there
from events.terminal import Messages, on_a_terminal, told_as_bad_use

MOST_SHOWN = 100  # findings that are told one by one
messages = Messages()

Copy = Annotated[Path, typer.Argument(metavar="FILE", help="The copy.")]
From = Annotated[str, typer.Argument(metavar="FROM", help="The store: a file or an SQLAlchemy URL.")]
To = Annotated[str, typer.Argument(metavar="TO", help="The new one, which is not there yet or is empty.")]
Light = Annotated[bool, typer.Option("--light", help="Without the learned tagger.")]


def check(store: StoreUrl = None) -> None:
    """Verify a store: its file, its references, quotes, columns and links, and what stands in it twice. Changes nothing.

    Example: python -m events check --store news.sqlite
    """
    with _bad_use():
        engine = engine_of(as_url(_database(store)))
    try:
        bad = _tell(findings(engine))
    finally:
        engine.dispose()
    if bad:
        raise typer.Exit(1)


def backup(file: Copy, store: StoreUrl = None) -> None:
    """Copy a store into a new file, while others may go on reading and writing. One on a server becomes a file, too.

    Example: python -m events backup news-2025-03-01.sqlite --store news.sqlite
    """
    with _opened(store) as kept:
        kept.backup(file)
    messages.print(f"The store is copied to {file}.")


def restore(file: Copy, store: StoreUrl = None) -> None:
    """Put a copy in the store's place. The store that was there is kept beside it.

    Example: python -m events restore news-2025-03-01.sqlite --store news.sqlite
    """
    with _bad_use():
        kept = Store.restore(file, store)
    messages.print(f"The store is now what {file} held." + (f" What it was is in {kept}." if kept else ""))


def copy(source: From, target: To) -> None:
    """Move a store: copy all that it holds into a new one, of a file or on a server, either way. Nothing of it is lost.

    Example: python -m events copy news.sqlite postgresql://ada@desk.example.org/news
    """
    with _opened(source) as old, closing(Store.open(target)) as new, _progress() as progress:
        task = progress.add_task("", total=None)
        copied = old.copy_to(new, lambda name, rows: progress.update(task, description=name, advance=rows))
    messages.print(
        f"{copied['stories']} stories, {copied['events']} events and all else were copied to {shown(target)}."
    )


def migrate(store: StoreUrl = None) -> None:
    """Bring a store of an older program up to date; older programs can't read it afterwards. Back it up before.

    A store in a file is brought up to date whenever it is opened, and a copy of the old one kept beside it; one on a
    server only so, since others use it too. Example: python -m events migrate --store postgresql://ada@desk/news
    """
    with _bad_use():
        Store.open(_database(store), migrate=True).close()
    messages.print(f"The store has schema {SCHEMA_VERSION}.")


def reextract(store: StoreUrl = None, light: Light = False) -> None:
    """Extract anew from the stories that a store holds, after an upgrade. What people corrected stays as they left it.

    A run that was stopped can be started again. Example: python -m events reextract --store news.sqlite
    """
    changed, failed = 0, 0
    with _opened(store) as kept:
        from events.extraction.pipeline import Extractor

        extractor = Extractor.load(light=light)
        for story_id in kept.story_ids():
            story = kept.story(story_id)
            if story is None:
                continue
            try:
                analysis = extractor.read(story)
                found = extractor.events_of(analysis)
            except Exception as error:  # one story that breaks the extractor holds up no other
                messages.print(f"{story.title or story.id}: {type(error).__name__}: {error}")
                failed += 1
                continue
            changed += kept.replace_events(analysis.story, found, who=operator())
        messages.print(f"The events of {changed} of {kept.story_count()} stories are other than before.")
    if failed:
        raise typer.Exit(1)


def index(store: AnyStore = None) -> None:
    """Make the index by which words are found in a large store, or bring it up to date.

    The page has it made by itself; this is for having it beforehand. It lies in your cache folder. A store of fewer than
    50,000 events needs none. Example: python -m events index --store news.sqlite
    """
    with _bad_use(), closing(Store.open(name_of_what_is_there(store))) as kept, _progress() as progress:
        count = kept.event_count()
        if count < LEAST_INDEXED:
            messages.print(f"No index is needed: the store has fewer than {LEAST_INDEXED:,} events.")
            return
        task = progress.add_task("words", total=count)
        is_mine = bring_up_to_date(kept, lambda events: progress.advance(task, events))
    messages.print("The index of words is up to date." if is_mine else "Another process is making the index of words.")


def gold(store: StoreUrl = None, output: Output = None) -> None:
    """Reviewed stories as gold for the scorers, one JSON object a line: those of which every event was looked at.

    Example: python -m events gold --store news.sqlite -o gold.jsonl
    """
    with _opened(store) as kept:
        reviewed = sorted({report.story_id for row in kept.corrections() if not row.undone
                           for report in row.correction.reports})  # fmt: skip
        stories = ((kept.story(story_id), kept.events_of(story_id)) for story_id in reviewed)
        rows = [gold_story(story, events) for story, events in stories if story is not None and is_gold(events)]
    write_rows(output, rows)
    half = len(reviewed) - len(rows)
    more = f"; {half} more are reviewed in part and left out" if half else ""
    messages.print(f"{counted(len(rows), 'story is', 'stories are')} gold{more}.")


def _progress() -> Progress:
    return Progress(console=messages, transient=True, disable=not messages.is_terminal)


def _tell(found: Iterable[Finding]) -> bool:
    """Say what is found, while it is found. Returns whether any of it is bad."""
    number = bad = 0
    for finding in found:
        number, bad = number + 1, bad + finding.bad
        if number <= MOST_SHOWN:
            typer.echo(on_a_terminal(finding.what))
    if number > MOST_SHOWN:
        typer.echo(f"and {number - MOST_SHOWN} more")
    messages.print(f"The store is not sound: {bad} found." if bad else "The store is sound.")
    return bad > 0


def _database(store: str | None) -> str:
    """The name of a store that is there and can be written. Raises StoreError."""
    name = name_of_what_is_there(store)
    if is_archive(name):
        raise StoreError(f"{name} is a dataset, which is only read: this command is for a store that is a database")
    return name


@contextmanager
def _opened(store: str | None) -> Iterator[Store]:
    with _bad_use(), closing(Store.open(_database(store))) as kept:
        yield kept


@contextmanager
def _bad_use() -> Iterator[None]:
    try:
        with told_as_bad_use(messages):
            yield
    except OSError as error:
        messages.print(f"{error.filename}: {error.strerror}")
        raise typer.Exit(2) from error
