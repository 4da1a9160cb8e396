"""The words of a large store as one process has them at hand: the index in its files, and what came in since it was made.

For the source of the page's table. The index may be made, grown or deleted by others at any time; where it can't answer, the
answer is None and words are sought as in a store that has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from events.store.columns.columns import Ints
from events.store.columns.row_index import RowIndex, hashes_of
from events.store.words.word_index import BROKEN, MANIFEST, WordIndex, folder_of, forget, read_index, read_manifest

if TYPE_CHECKING:
    from events.store.words.searched import SearchedStore

MOST_SINCE = 20_000  # events that came in since the index was made and are looked through one by one

Stamp = tuple[int, int, int]
Ids = NDArray[np.bytes_]


class WordsAtHand:
    """What finds words in one store. One may serve several threads."""

    def __init__(self, store: SearchedStore) -> None:
        self._store = store
        self._lock = Lock()
        self._folder: Path | None = None
        self._stamp: Stamp | None = None  # of the manifest that was read last
        self._index: WordIndex | None = None
        self._since: dict[str, str] = {}  # what is told of the events that came in after the index was made, by id
        self._seen = 0  # the revision up to which these are known

    def rows_with(self, words: Sequence[str], ids: Ids, index: RowIndex) -> Ints | None:
        """The rows of a table whose events tell all of these folded words; None where no index can say.

        ids: of the table's rows; index: that of these ids. Raises StoreError.
        """
        with self._lock:
            found = self._opened(index)
            since = self._since
        if found is None:
            return None
        try:
            fits = found.fitting(words, index, len(ids))
        except BROKEN:
            with self._lock:
                self._forget(found)
            return None
        rows = index.find(ids, [event_id.encode() for event_id in since])
        told = np.array([all(word in wording for word in words) for wording in since.values()], dtype=np.bool_)
        fits[rows[rows >= 0]] = told[rows >= 0]
        return np.flatnonzero(fits).astype(np.int32)

    def _opened(self, index: RowIndex) -> WordIndex | None:
        """The index as it lies in its files now, and of what came in since all that is told."""
        identity, revision = self._store.identity(), self._store.revision()
        self._folder = folder_of(identity) if identity else None
        stamp = _stamp_of(self._folder / MANIFEST) if self._folder else None
        is_new = stamp != self._stamp
        if is_new:
            self._open(stamp)
        if self._index is None:
            return None
        upto = self._index.manifest.upto
        if upto > revision or (self._store.rows_stay and upto != revision):
            self._stamp = None  # it is of another store, or this process has not heard yet how far its own has come
            return None
        self._read_since(revision)
        if is_new and self._index and not (self._store.rows_stay or self._index.knows(index, _hashes(self._since))):
            self._forget(self._index)
        return self._index

    def _open(self, stamp: Stamp | None) -> None:
        self._index = read_index(self._folder) if stamp and self._folder else None
        self._stamp, self._since = stamp, {}
        self._seen = self._index.manifest.upto if self._index else 0

    def _read_since(self, revision: int) -> None:
        """Read what came in; where that is too much, the index answers no more until it has grown."""
        if self._seen == revision:
            return
        fresh = islice(self._store.wordings(self._seen), MOST_SINCE + 1)
        self._since = self._since | dict(fresh)
        self._seen = revision
        if len(self._since) > MOST_SINCE:
            self._index, self._since = None, {}

    def _forget(self, wrong: WordIndex) -> None:
        """Have an index made anew that turns out to be damaged, or of another store."""
        if self._folder and read_manifest(self._folder) == wrong.manifest:
            forget(self._folder)
        self._index = None


def _stamp_of(path: Path) -> Stamp | None:
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size, told.st_ino


def _hashes(since: dict[str, str]) -> NDArray[np.uint64]:
    return np.sort(hashes_of(np.array([event_id.encode() for event_id in since], dtype=np.bytes_)))
