"""A store that is an archive of files (`events.store.archive.dataset`): for viewing, never for writing.

For the command line and the page, which take it for any other store. What it can't do ends in a StoreError that says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from numpy.typing import NDArray
from pydantic import ValidationError

from events.corrections.values import Recorded
from events.model import Event, StoreError, Story
from events.store.archive.dataset import Manifest, is_archive, manifest_of
from events.store.archive.dataset_columns import archive_columns, archive_ids
from events.store.archive.parquet_files import ParquetFiles
from events.store.changes.reviewing import Change
from events.store.columns.columns import EventColumns, Ints
from events.store.columns.kept_columns import folder_of, read_columns
from events.store.columns.row_index import RowIndex
from events.store.database.within import Box
from events.store.reading import StoryVersion
from events.store.store import Store, opens_too
from events.store.streaming import ToldStory
from events.store.words.telling import Worded

AT_ONCE = 2_000  # events that are read together


class ArchiveStore(Store):
    """The events and stories of an archive. One may serve several threads."""

    rows_stay = True

    def __init__(self, folder: str | Path) -> None:
        """Open the archive in a folder. Raises StoreError where a file is missing or of another size than it had."""
        self.folder = Path(folder).expanduser()
        self.manifest: Manifest = manifest_of(self.folder)
        for file in (*self.manifest.events, *self.manifest.records, *self.manifest.stories):
            path = self.folder / file.path
            if not path.is_file() or path.stat().st_size != file.size:
                raise StoreError(f"the dataset {self.folder} is damaged: {file.path} is missing or was changed")
        self._records = ParquetFiles(self.folder, self.manifest.records)
        self._stories = ParquetFiles(self.folder, self.manifest.stories)

    @property
    def _engine(self) -> Any:
        raise StoreError(
            f"the dataset {self.folder} is only read: to add or correct, name a store that is a database with --store"
        )

    @_engine.setter
    def _engine(self, value: object) -> None: ...  # it has no database

    # ------------------------------------------------------------------ events

    def columns(self, box: Box | None = None) -> EventColumns:  # noqa: ARG002
        """All events as columns of numbers, in order of time; wherever they stand, for it is quick to read all."""
        with self._told():
            return archive_columns(self.folder, self.manifest)

    def events_named(self, ids: Sequence[str]) -> list[Event]:
        """The events of these ids, in any order."""
        columns, index = self._indexed
        rows = np.sort(index.find(columns, [each.encode() for each in ids]))
        rows = rows[rows >= 0]
        with self._told():
            return [Event.model_validate_json(record) for record in self._records.cells("record", rows)]

    def events_in_order(self, ids: Sequence[str]) -> Iterator[Event]:
        """The events of these ids, in their order, a few thousand at a time."""
        for begin in range(0, len(ids), AT_ONCE):
            some = ids[begin : begin + AT_ONCE]
            found = {event.id: event for event in self.events_named(some)}
            yield from (found[each] for each in some if each in found)

    def rows_worded(self, words: Sequence[str]) -> Ints:
        """The rows of the events that have all of these folded words in what is told of them."""
        found, begin = [np.zeros(0, dtype=np.int64)], 0
        with self._told():
            for table in self._records.tables(["wording"]):
                fits = pc.match_substring(table["wording"], words[0]) if words else None
                for word in words[1:]:
                    fits = pc.and_(fits, pc.match_substring(table["wording"], word))
                rows = np.arange(len(table)) if fits is None else np.flatnonzero(fits.to_numpy())
                found.append(rows + begin)
                begin += len(table)
        return np.concatenate(found).astype(np.int32)

    def wordings(self, after: int | None = None) -> Iterator[Worded]:
        """All that is told of every event, folded, in the order of the rows. after: nothing, for none comes after another."""
        with self._told():
            for table in self._records.tables(["id", "wording"]) if after is None else ():
                yield from map(Worded, table["id"].to_pylist(), table["wording"].to_pylist())

    def candidates(self, words: Sequence[str]) -> list[str]:
        """The ids of the events that have all of these folded words."""
        ids = self._indexed[0]
        return [each.decode() for each in ids[self.rows_worded(words)].tolist()]

    def event_count(self) -> int:
        """How many events there are."""
        return self.manifest.event_count

    def event_ids(self) -> list[str]:
        """The ids of all events."""
        return [each.decode() for each in self._indexed[0].tolist()]

    def columns_after(self, revision: int) -> None:  # noqa: ARG002
        """Nothing: what an archive holds does not change."""
        return

    def identity(self) -> str:
        """The hash of all files."""
        return f"dataset {self.manifest.id}"

    def events(self) -> list[Event]:
        """All events, in order of time."""
        with self._told():
            tables = self._records.tables(["record"])
            return [Event.model_validate_json(each) for table in tables for each in table["record"].to_pylist()]

    def event(self, event_id: str) -> Event | None:
        """The event of this id."""
        return next(iter(self.events_named([event_id])), None)

    def revision(self) -> int:
        """A number for what the files hold: another archive has another."""
        return int(self.manifest.id[:12], 16)

    def mark(self) -> tuple[int, int]:
        """How many stories there are; nothing changes."""
        return self.manifest.story_count, 0

    def since(self, story: int, change: int) -> set[str]:  # noqa: ARG002
        """Nothing: an archive knows of no later day than that on which it was made."""
        return set()

    def corrected_since(self, change: int) -> set[str]:  # noqa: ARG002
        """Nothing: what people said is in the events, and when they said it is not kept."""
        return set()

    def changed_between(self, first: date, last: date, among: Collection[str] | None = None) -> set[str]:  # noqa: ARG002
        """Nothing: of each event the day of its first report is known, which the columns hold."""
        return set()

    # ------------------------------------------------------------------ stories

    def story(self, story_id: str) -> Story | None:
        """The story of this id."""
        with self._told():
            found = self._stories.row(story_id)
        return Story.model_validate_json(found["record"]) if found else None

    def has(self, story_id: str) -> bool:
        """Whether there is a story of this id."""
        return self.story(story_id) is not None

    def events_of(self, story_id: str) -> list[Event]:
        """The events that one story tells of."""
        with self._told():
            found = self._stories.row(story_id)
        return [Event.model_validate_json(each) for each in found["told"]] if found else []

    def story_ids(self) -> list[str]:
        """The ids of all stories, in their order."""
        with self._told():
            return [each for table in self._stories.tables(["id"]) for each in table["id"].to_pylist()]

    def stories(self) -> list[Story]:
        """All stories, by id."""
        with self._told():
            tables = self._stories.tables(["record"])
            return [Story.model_validate_json(each) for table in tables for each in table["record"].to_pylist()]

    def told_stories(self, only: Collection[str] | None = None) -> Iterator[ToldStory]:
        """The stories by id, each with what it tells of."""
        with self._told():
            for table in self._stories.tables(["id", "record", "told"]):
                for row in table.to_pylist():
                    if only is None or row["id"] in only:
                        yield ToldStory(row["id"], row["record"], tuple(row["told"]))

    def story_count(self) -> int:
        """How many stories there are."""
        return self.manifest.story_count

    def copies(self, story_id: str) -> tuple[str, ...]:
        """The story itself: which are copies of one is not kept."""
        return (story_id,)

    def versions(self, story_id: str) -> tuple[StoryVersion, ...]:
        """The one version that there is."""
        story = self.story(story_id)
        return (StoryVersion(1, story, tuple(self.events_of(story_id)), None),) if story else ()

    # ------------------------------------------------------------------ what people said is in the events; who said it is not

    def reports_of(self, event_id: str) -> tuple[Event, ...]:
        """The event itself, for want of its reports one by one."""
        found = self.event(event_id)
        return (found,) if found else ()

    def corrections(self, story_id: str | None = None) -> list[Recorded]:  # noqa: ARG002
        """None."""
        return []

    def rejected(self) -> list[Event]:
        """None."""
        return []

    def history(self, limit: int | None = None) -> list[Change]:  # noqa: ARG002
        """None."""
        return []

    def file(self) -> Path:
        """The folder."""
        return self.folder

    def close(self) -> None:
        """Nothing is held open."""

    @cached_property
    def _indexed(self) -> tuple[NDArray[np.bytes_], RowIndex]:
        """The ids of all rows, and which row each stands in: from the files of the columns where there are any."""
        kept = read_columns(folder_of(self.identity(), self.revision()))
        if kept is not None:
            return kept.ids, kept.index
        with self._told():
            ids = archive_ids(self.folder, self.manifest)
        return ids, RowIndex.of(ids)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (OSError, pa.ArrowException) as error:
            raise StoreError(f"the dataset {self.folder} can't be read: {error}") from error
        except ValidationError as error:
            raise StoreError(f"the dataset {self.folder} can't be read: a record in it is damaged") from error


@opens_too
def _opened(address: str) -> ArchiveStore | None:
    return ArchiveStore(address) if is_archive(address) else None
