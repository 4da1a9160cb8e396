"""The index of words of a store: which segments there are, up to which revision they know it, and what they find.

For the page's table, which asks, and for the making of the index. It lies in the user's cache folder, a folder a store. What a
later segment has of an event stands in the place of what an earlier one had. Files that are damaged are as good as none:
they are deleted and the index is made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
from numpy.typing import NDArray

from events.store.columns.columns import Ints, Mask
from events.store.columns.row_index import RowIndex
from events.store.words.block import Block
from events.store.words.segment import FORM, read_segment

MANIFEST = "index.json"
LEAST_INDEXED = 50_000  # events; the words of fewer are kept in memory
MANY = 8  # a block's share of events that are found, from which on the rows of all of them are worth remembering
SAMPLE = 200  # rows by which it is seen that an index is of this very store
LEAST_KNOWN = 0.9  # the share of them that it must have
BROKEN = (OSError, ValueError, KeyError, TypeError, IndexError, OverflowError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Segment:
    """A folder of blocks by its name, how many events it has, and the revision after which these came; None for all."""

    name: str
    events: int
    after: int | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index is made of, the oldest segment first. upto: the revision of the store that it knows."""

    upto: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, eq=False)
class WordIndex:
    """The segments of an index, mapped from their files."""

    manifest: Manifest
    blocks: tuple[tuple[Block, ...], ...]
    _rows: dict[int, tuple[RowIndex | None, Ints]] = field(default_factory=dict)

    def fitting(self, words: Sequence[str], index: RowIndex | None, size: int) -> Mask:
        """Which rows of a table tell all of these folded words. index: that of the table's ids; size: how many rows it has.

        Raises one of BROKEN where the files are damaged.
        """
        fits = np.zeros(size, dtype=np.bool_)
        for number, blocks in enumerate(self.blocks):
            for block in blocks if number else ():
                fits[_there(self._rows_of(block, index))] = False
            for block in blocks:
                found = block.having(words)
                many = block.hashes is not None and len(found) > block.size // MANY
                rows = self._rows_of(block, index)[found] if many else _rows_at(block, found, index)
                fits[_there(rows)] = True
        return fits

    def knows(self, index: RowIndex, but: NDArray[np.uint64]) -> bool:
        """Whether it has nearly all of some rows of a table, drawn evenly; a few may be gone since the table was made.

        but: hashes of rows that it needn't have, in order.
        """
        some = index.hashes[:: max(1, len(index.hashes) // SAMPLE)]
        known = _among(but, some)
        for block in (block for blocks in self.blocks for block in blocks if block.hashes is not None):
            known |= _among(block.hashes, some)
        return not len(known) or float(known.mean()) >= LEAST_KNOWN

    def _rows_of(self, block: Block, index: RowIndex | None) -> Ints:
        """The rows of all events of a block, -1 for those that are gone; remembered for one table."""
        known = self._rows.get(id(block))
        if known is None or known[0] is not index:
            known = self._rows[id(block)] = index, _rows_at(block, np.arange(block.size), index)
        return known[1]


def _among(hashes: NDArray[np.uint64] | None, some: NDArray[np.uint64]) -> Mask:
    """Which of some numbers are among others that stand in order."""
    if hashes is None or not len(hashes):
        return np.zeros(len(some), dtype=np.bool_)
    found: Mask = hashes[np.minimum(np.searchsorted(hashes, some), len(hashes) - 1)] == some
    return found


def _rows_at(block: Block, events: NDArray[np.int64], index: RowIndex | None) -> Ints:
    """The rows of some events of a block, -1 for those that are gone. Hashes of ids stand for these: in one of some hundred
    thousand stores of ten million events, two are alike by chance.
    """
    if block.hashes is None:
        return (events + block.begin).astype(np.int32)
    if index is None or not len(index.hashes):
        return np.full(len(events), -1, dtype=np.int32)
    hashes = block.hashes[events]
    places = np.minimum(np.searchsorted(index.hashes, hashes), len(index.hashes) - 1)
    rows: Ints = np.where(index.hashes[places] == hashes, index.rows[places], np.int32(-1))
    return rows


def _there(rows: Ints) -> Ints:
    return rows[rows >= 0]


# ------------------------------------------------------------------ files


def folder_of(identity: str) -> Path:
    """Where the index of a store lies."""
    name = hashlib.sha256(identity.encode()).hexdigest()[:20]
    return platformdirs.user_cache_path("dateline") / "words" / name


def has_index(identity: str) -> bool:
    """Whether there is an index of a store."""
    return bool(identity) and read_manifest(folder_of(identity)) is not None


def read_manifest(folder: Path) -> Manifest | None:
    """What the index in a folder is made of; None where there is none, or one of another form."""
    try:
        told = json.loads((folder / MANIFEST).read_bytes())
        if told["form"] != FORM:
            return None
        segments = tuple(_segment(each) for each in told["segments"])
        return Manifest(int(told["upto"]), segments) if segments and segments[0].after is None else None
    except BROKEN:
        return None


def _segment(told: Any) -> Segment:
    name, after = str(told["name"]), told["after"]
    if Path(name).name != name or name.startswith("."):
        raise ValueError(f"{name} is no name of a segment")
    return Segment(name, int(told["events"]), None if after is None else int(after))


def read_index(folder: Path) -> WordIndex | None:
    """The index in a folder, mapped and not read; None where there is none. One that is damaged is forgotten."""
    manifest = read_manifest(folder)
    if manifest is None:
        return None
    try:
        return WordIndex(manifest, tuple(read_segment(folder / each.name) for each in manifest.segments))
    except BROKEN:
        if read_manifest(folder) == manifest:  # else another was made meanwhile, and these files are gone
            forget(folder)
        return None


def forget(folder: Path) -> None:
    """Take an index for none, so that it is made anew."""
    with suppress(OSError):  # it may be another user's, or be read just now on Windows
        (folder / MANIFEST).unlink()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Let an index be made of these segments from now on. Raises OSError."""
    segments = [{"name": each.name, "events": each.events, "after": each.after} for each in manifest.segments]
    new = folder / f".{MANIFEST}.{os.getpid()}"
    try:
        new.write_text(json.dumps({"form": FORM, "upto": manifest.upto, "segments": segments}), encoding="ascii")
        new.replace(folder / MANIFEST)
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A folder for a new segment; it is gone again where its making fails."""
    made = Path(tempfile.mkdtemp(prefix="segment-", dir=folder))
    try:
        yield made
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def delete_others(folder: Path, manifest: Manifest) -> None:
    """Delete the segments that an index is no longer made of; a program that has one mapped keeps what it mapped."""
    named = {each.name for each in manifest.segments}
    for path in folder.glob("segment-*"):
        if path.name not in named:
            shutil.rmtree(path, ignore_errors=True)
