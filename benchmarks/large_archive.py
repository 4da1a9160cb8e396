"""An archive of many millions of invented events, written a month at a time without making an object of any of them.

    python -m benchmarks.large_archive FOLDER [EVENTS]

For `benchmarks.large_store`. The events are those of `benchmarks.crowded_events`; the folder is one that `export
--to-dataset` could have written, and every file of it is in the form that is read. Its stories have a line for each event.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.archive_tables import columns_of, event_table, record_table, story_table
from benchmarks.crowded_events import DAYS, FIRST_DAY, draw, gazetteer_places
from benchmarks.shared_columns import SHAPES, Names, shared_by
from events.exporting.archive import GROUP, RECORD_GROUP, STORY_GROUP, STORY_SCHEMA, open_rows
from events.exporting.archive_rows import event_schema, record_schema
from events.store.archive import dataset
from events.store.archive.dataset import ArchiveFile, Manifest

AT_ONCE = 100_000  # rows that are made together


def main(arguments: Sequence[str]) -> int:
    """Write the archive. Returns the exit status."""
    folder, count = Path(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 10_000_000
    manifest = write(folder, count)
    files = (*manifest.events, *manifest.records, *manifest.stories)
    print(f"{folder}: {manifest.event_count:,} events, {sum(file.size for file in files) / 1e6:,.0f} MB")
    return 0


def write(folder: Path, count: int, seed: int = 7) -> Manifest:
    """Write an archive of `count` invented events into a folder that is not there."""
    places = gazetteer_places()
    drawn = draw(np.random.default_rng(seed), places, count)
    shared = shared_by(places, folder.parent / SHAPES)
    begin = np.where(drawn.widths > 0, drawn.starts, DAYS)
    order = np.lexsort((drawn.widths, begin))
    months = [(FIRST_DAY + timedelta(days=day)).isoformat()[:7] for day in range(DAYS)] + [dataset.UNDATED]
    ends = np.searchsorted(begin[order], np.arange(DAYS + 1), side="right")
    told: list[ArchiveFile] = []
    kept: list[ArchiveFile] = []
    for month in dict.fromkeys(months):
        days = [day for day, own in enumerate(months) if own == month]
        rows = order[ends[days[0] - 1] if days[0] else 0 : ends[days[-1]]]
        events, records = _write_month(folder, month, rows, drawn, shared)
        told.append(events)
        kept.append(records)
    stories = (_write_stories(folder, drawn),)
    days_told = FIRST_DAY, FIRST_DAY + timedelta(days=DAYS - 1)
    manifest = Manifest(
        id=dataset.id_of((*told, *kept, *stories)), oldest=days_told[0], newest=days_told[1], chosen={},
        events=tuple(told), records=tuple(kept), stories=stories,
    )  # fmt: skip
    (folder / dataset.MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    return manifest


def _write_month(folder: Path, month: str, rows: Any, drawn: Any, shared: Names) -> tuple[ArchiveFile, ArchiveFile]:
    """The file of a month's events and that of their records."""
    one, other = (dataset.path_in(folder, name, month) for name in (dataset.EVENTS, dataset.RECORDS))
    with open_rows(one, event_schema(), GROUP) as out, open_rows(other, record_schema(), RECORD_GROUP) as whole:
        for some in _parts(rows):
            columns = columns_of(some, drawn, shared)
            out.take(event_table(columns, shared))
            whole.take(record_table(columns, shared))
    return dataset.file_in(folder, one, len(rows)), dataset.file_in(folder, other, len(rows))


def _parts(rows: Any) -> Iterator[Any]:
    yield from (rows[begin : begin + AT_ONCE] for begin in range(0, len(rows), AT_ONCE))


def _write_stories(folder: Path, drawn: Any) -> ArchiveFile:
    """Stories by id, each with a line for each of its events."""
    numbers, lines = np.unique(drawn.stories, return_counts=True)
    order = np.argsort(numbers.astype(np.bytes_))
    path = dataset.path_in(folder, dataset.STORIES)
    with open_rows(path, STORY_SCHEMA, STORY_GROUP) as out:
        for some in _parts(order):
            out.take(story_table(numbers[some], lines[some]))
    return dataset.file_in(folder, path, len(numbers))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
