"""Makes the index of words of a store, or brings it up to date, one process at a time.

For the command `index` and the process that the page's server starts. Events are read a block at a time. What came since a
revision becomes a small segment; small ones are read again as one before they grow many, so that each event is read some
few times in all. A run that is killed leaves the index as it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

import numpy as np

from events.store.columns.row_index import hashes_of
from events.store.database.opening import told
from events.store.words.block import MOST_EVENTS, Block
from events.store.words.block_making import block_of
from events.store.words.searched import SearchedStore
from events.store.words.segment import SegmentWriter
from events.store.words.telling import Worded
from events.store.words.word_index import (
    Manifest,
    Segment,
    delete_others,
    folder_of,
    new_folder,
    read_index,
    write_manifest,
)

LOCK = "lock.sqlite"
Progress = Callable[[int], object]  # told of so many events more


def unheard(_: int) -> None:
    """Progress that nobody watches."""


def bring_up_to_date(store: SearchedStore, progress: Progress = unheard) -> bool:
    """Make the index of a store know all of it. False where another process is at it. Raises StoreError.

    A store in memory has none: nothing is done.
    """
    identity, revision = store.identity(), store.revision()  # asked before its events are read: these may be newer
    if not identity:
        return True
    folder = folder_of(identity)
    with told(f"the index of words in {folder} can't be made"), _alone(folder) as is_free:
        if not is_free:
            return False
        found = read_index(folder)
        known = found.manifest if found is not None and found.manifest.upto <= revision else None
        made = _grown(store, folder, known, revision, progress) if known else _anew(store, folder, revision, progress)
        write_manifest(folder, made)
        delete_others(folder, made)
    return True


def _anew(store: SearchedStore, folder: Path, revision: int, progress: Progress) -> Manifest:
    return Manifest(revision, (_written(store, folder, None, progress),))


def _grown(store: SearchedStore, folder: Path, known: Manifest, revision: int, progress: Progress) -> Manifest:
    if known.upto == revision:
        return known
    fresh = _written(store, folder, known.upto, progress)
    stay = staying([each.events for each in known.segments], fresh.events)
    if stay < len(known.segments):
        fresh = _written(store, folder, known.segments[stay].after, progress)
    return Manifest(revision, (*known.segments[:stay], fresh))


def staying(sizes: Sequence[int], fresh: int) -> int:
    """How many segments stay as they are, of so many events each, when another comes: those that are much larger than all
    after them.

    >>> staying([1_000_000, 5_000, 900], 700), staying([1_000_000, 90_000], 2_000), staying([10_000], 6_000)
    (2, 2, 0)
    >>> staying([1_000_000, 5_000, 900], 2_000)
    1
    """
    stay = len(sizes)
    while stay and sizes[stay - 1] <= 2 * fresh:
        stay -= 1
        fresh += sizes[stay]
    return stay


def _written(store: SearchedStore, folder: Path, after: int | None, progress: Progress) -> Segment:
    """A segment of the events that came after a revision."""
    events, worded = 0, store.wordings(after)
    with new_folder(folder) as new, SegmentWriter(new) as writer:
        for some in _parts(worded):
            writer.add(_rows_from(events, some) if store.rows_stay else _block(some))
            events += len(some)
            progress(len(some))
    return Segment(new.name, events, after)


def _parts(worded: Iterator[Worded]) -> Iterable[list[Worded]]:
    while some := list(islice(worded, MOST_EVENTS)):
        yield some


def _rows_from(begin: int, some: Sequence[Worded]) -> Block:
    return block_of([each.wording for each in some], begin=begin)


def _block(some: Sequence[Worded]) -> Block:
    hashes = hashes_of(np.array([each.id.encode() for each in some], dtype=np.bytes_))
    order = np.argsort(hashes, kind="stable")
    return block_of([some[number].wording for number in order.tolist()], hashes[order])


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether no other process is at it. The lock is SQLite's, so that every system ends it with the process that holds it.

    Raises OSError where the folder can't be made or written in.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise OSError(f"{folder / LOCK} is no lock that can be taken: delete it") from error
            yield False
            return
        yield True
