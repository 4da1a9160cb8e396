"""Writes an archive (`events.store.archive.dataset`): partitioned GeoParquet, a month a folder, with the stories beside.

For the command line. Events and stories are taken as they come and are never all in memory. The folder is made under another
name and moved into its place when all of it stands, so nobody finds half of one.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import groupby, islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from events.exporting.archive_rows import Shapes, event_rows, event_schema, record_rows, record_schema
from events.exporting.dataset import Scope, scope_of
from events.exporting.grounds import Places
from events.model import Event, StoreError, Story
from events.store import Store
from events.store.archive.dataset import (
    EVENTS,
    MANIFEST,
    RECORDS,
    STORIES,
    UNDATED,
    ArchiveFile,
    Manifest,
    file_in,
    id_of,
    is_archive,
    path_in,
)
from events.store.streaming import ToldStory
from events.view import View

BATCH = 2_000  # events that are in memory as objects
GROUP = 50_000  # rows of events in a row group, for programs that read whole columns
RECORD_GROUP = 2_000  # rows of records in one, for a page that reads a dozen
STORY_GROUP = 500
MOST_SHARED = 16 << 20  # bytes of a dictionary: shared outlines stand once in a row group
STORY_SCHEMA = pa.schema([
    ("id", pa.string()), ("title", pa.string()), ("text", pa.string()), ("published", pa.date32()),
    ("source", pa.string()), ("url", pa.string()), ("record", pa.string()), ("told", pa.list_(pa.string())),
])  # fmt: skip


class Scoped(NamedTuple):
    """What is said of the events of an archive: the choices in words, and the days on which reports were published."""

    chosen: dict[str, str]
    oldest: date | None
    newest: date | None


def write_view(view: View, store: Store, gazetteer: Places, folder: Path) -> Scope:
    """Write what a view lists, with the stories that tell of it. Returns what is in it and what is left out.

    Raises StoreError and OSError.
    """
    scope = scope_of(view, store.story_count())
    rows = np.sort(np.concatenate((view.shown.rows, view.undated.rows, view.unplaced.rows)))
    tellers: set[str] | None = set() if scope.left_out else None  # of all events all stories are taken
    events = _noting_tellers(view.table.walk(rows), tellers)
    columns = view.table.columns
    write_archive(
        folder, events, store.told_stories(tellers), gazetteer, Scoped(scope.facts(), columns.oldest, columns.newest)
    )  # fmt: skip
    return scope


def _noting_tellers(events: Iterable[Event], tellers: set[str] | None) -> Iterator[Event]:
    """The events as they come; the ids of the stories that tell of them are put into the set."""
    for event in events:
        if tellers is not None:
            tellers.add(event.story_id)
            tellers.update(report.story_id for report in event.reports)
        yield event


def write_archive(
    folder: Path, events: Iterable[Event], stories: Iterable[ToldStory], gazetteer: Places, scope: Scoped
) -> Manifest:
    """Write the archive into a folder, in place of the archive that is there. Returns what is in it.

    events: in order of time, the undated last. stories: by id; they are asked for when the events are written.
    Raises StoreError where the folder holds anything else.
    """
    if folder.exists() and not is_archive(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder} is there and is no dataset: name another folder")
    with _whole(folder) as new:
        told, kept = _write_events(new, events, Shapes(gazetteer))
        written = _write_stories(new, stories)
        found = Manifest(
            id=id_of((*told, *kept, *written)), oldest=scope.oldest, newest=scope.newest, chosen=scope.chosen,
            events=told, records=kept, stories=written,
        )  # fmt: skip
        (new / MANIFEST).write_text(found.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return found


@contextmanager
def _whole(folder: Path) -> Iterator[Path]:
    """A new folder that takes the place of another when all went well."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    new, old = place / "new", place / "old"
    try:
        new.mkdir()
        yield new
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _write_events(
    folder: Path, events: Iterable[Event], shapes: Shapes
) -> tuple[tuple[ArchiveFile, ...], tuple[ArchiveFile, ...]]:
    """The files of events and those of their records, a month each."""
    told: list[ArchiveFile] = []
    kept: list[ArchiveFile] = []
    for month, some in groupby(events, month_of):
        paths = [path_in(folder, name, month) for name in (EVENTS, RECORDS)]
        rows = _write_month(paths[0], paths[1], some, shapes)
        told.append(file_in(folder, paths[0], rows))
        kept.append(file_in(folder, paths[1], rows))
    return tuple(told), tuple(kept)


def month_of(event: Event) -> str:
    """The month in which an event begins: "2025-01"; "undated" for none.

    >>> from events.model import Quote, When
    >>> event = Event(id="1", story_id="s", type="AID", family="material cooperation", status="occurred", what="Aid arrives",
    ...     evidence=(Quote(part="text", start=0, end=4, text="Aid."),))
    >>> month_of(event)
    'undated'
    """
    return event.when.start.isoformat()[:7] if event.when else UNDATED


def _write_month(events_file: Path, records_file: Path, events: Iterable[Event], shapes: Shapes) -> int:
    rows = 0
    with (
        open_rows(events_file, event_schema(), GROUP) as told,
        open_rows(records_file, record_schema(), RECORD_GROUP) as kept,
    ):
        for some in _batches(events, BATCH):
            told.take(event_rows(some, shapes))
            kept.take(record_rows(some))
            rows += len(some)
    return rows


def _write_stories(folder: Path, stories: Iterable[ToldStory]) -> tuple[ArchiveFile, ...]:
    path, rows = path_in(folder, STORIES), 0
    with open_rows(path, STORY_SCHEMA, STORY_GROUP) as out:
        for some in _batches(stories, STORY_GROUP):
            out.take(_story_rows(some))
            rows += len(some)
    return (file_in(folder, path, rows),)


def _story_rows(some: list[ToldStory]) -> Any:
    read = [Story.model_validate_json(each.record) for each in some]
    columns = {
        name: [getattr(story, name) for story in read] for name in ("title", "text", "published", "source", "url")
    }
    columns |= {"id": [each.id for each in some], "record": [each.record for each in some]}
    return pa.table({**columns, "told": [list(each.told) for each in some]}, schema=STORY_SCHEMA)


class _Rows:
    """A Parquet file that is written group by group."""

    def __init__(self, writer: Any, group: int) -> None:
        self._writer, self._group = writer, group
        self._waiting: list[Any] = []

    def take(self, table: Any) -> None:
        """Take in some rows; they are written when there are enough for a group."""
        self._waiting.append(table)
        if sum(len(each) for each in self._waiting) >= self._group:
            self.write()

    def write(self) -> None:
        """Write what is waiting."""
        if self._waiting:
            self._writer.write_table(pa.concat_tables(self._waiting), row_group_size=self._group)
            self._waiting = []


@contextmanager
def open_rows(path: Path, schema: Any, group: int) -> Iterator[_Rows]:
    """A new Parquet file that takes rows and writes them in groups of so many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = "record" in schema.names  # of what stands there once nothing is gained by a dictionary
    with pq.ParquetWriter(
        path, schema, compression="zstd", dictionary_pagesize_limit=MOST_SHARED, use_dictionary=not whole,
        write_statistics=["id"] if whole else True,
    ) as writer:  # fmt: skip
        rows = _Rows(writer, group)
        yield rows
        rows.write()


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    one_by_one = iter(items)
    while some := list(islice(one_by_one, size)):
        yield some
