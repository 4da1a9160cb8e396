"""A segment of the index of words: blocks in the files of one folder, written one after the other and mapped by who asks.

For the index. A file holds one kind of array of all blocks, end to end, in little-endian bytes; `about.json` says how
long those of each block are. A folder without it, or with files of another length than it says, is none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from events.store.words.block import MOST_EVENTS, ROW_OF_BITS, Block

FORM = 1  # another number whenever other files are written
ABOUT = "about.json"
KINDS: Mapping[str, str] = {
    "letters": "<u1", "ends": "<i4", "starts": "<i4", "events": "<u2", "bits": "<u1", "hashes": "<u8",
}  # fmt: skip


class SegmentWriter:
    """Writes the files of a segment into a folder that is there and empty. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = {kind: (folder / f"{kind}.bin").open("wb") for kind in KINDS}
        self._told: list[dict[str, Any]] = []

    def __enter__(self) -> SegmentWriter:
        return self

    def add(self, block: Block) -> None:
        """Write one block more."""
        none: NDArray[np.uint64] = np.zeros(0, dtype=np.uint64)
        arrays: Mapping[str, NDArray[Any]] = {
            "letters": block.letters, "ends": block.ends, "starts": block.starts, "events": block.events,
            "bits": block.bits.reshape(-1), "hashes": none if block.hashes is None else block.hashes,
        }  # fmt: skip
        for kind, form in KINDS.items():
            self._files[kind].write(np.ascontiguousarray(arrays[kind], dtype=form).data)
        lengths = {kind: len(array) for kind, array in arrays.items()}
        own = {"size": block.size, "begin": block.begin, "hashed": block.hashes is not None}
        self._told.append({**own, "common": dict(block.common), "lengths": lengths})

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:  # fmt: skip
        for file in self._files.values():
            file.close()
        if error is None:
            about = json.dumps({"form": FORM, "blocks": self._told}, ensure_ascii=True)
            (self._folder / ABOUT).write_text(about, encoding="ascii")


def read_segment(folder: Path) -> tuple[Block, ...]:
    """The blocks in a folder, mapped and not read. Raises OSError, ValueError, KeyError, TypeError or OverflowError where it
    holds no segment, or a damaged one.
    """
    about = json.loads((folder / ABOUT).read_bytes())
    if about["form"] != FORM:
        raise ValueError(f"{folder} holds a segment of another form")
    blocks = about["blocks"]
    wholes = {kind: _mapped(folder / f"{kind}.bin", kind, [told["lengths"][kind] for told in blocks]) for kind in KINDS}
    at = dict.fromkeys(KINDS, 0)
    found = []
    for told in blocks:
        own = {kind: wholes[kind][at[kind] : at[kind] + told["lengths"][kind]] for kind in KINDS}
        at = {kind: at[kind] + told["lengths"][kind] for kind in KINDS}
        found.append(_block(told, own))
    return tuple(found)


def _mapped(path: Path, kind: str, lengths: list[int]) -> NDArray[Any]:
    form = np.dtype(KINDS[kind])
    if any(type(length) is not int or length < 0 for length in lengths) or (
        path.stat().st_size != sum(lengths) * form.itemsize
    ):
        raise ValueError(f"{path} has not the length that is told of it")
    return np.asarray(np.memmap(path, form, mode="r")) if sum(lengths) else np.zeros(0, dtype=form)


def _block(told: Any, arrays: Mapping[str, NDArray[Any]]) -> Block:
    size, begin = int(told["size"]), int(told["begin"])
    bits, common = arrays["bits"].reshape(-1, ROW_OF_BITS), {str(k): int(row) for k, row in told["common"].items()}
    is_sound = 0 <= size <= MOST_EVENTS and begin >= 0 and len(arrays["starts"]) == len(arrays["ends"]) + 1
    if not is_sound or len(arrays["hashes"]) != (size if told["hashed"] else 0):
        raise ValueError("the arrays of a block of words don't fit together")
    if any(not 0 <= row < len(bits) for row in common.values()):
        raise ValueError("a block of words lacks events that it should have")
    return Block(
        size, arrays["letters"], arrays["ends"], arrays["starts"], arrays["events"], common, bits,
        arrays["hashes"] if told["hashed"] else None, begin,
    )  # fmt: skip
