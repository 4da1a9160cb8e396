"""Makes a block of the index of words of what some events tell.

For the making of the index. Needs some 200 MB and a second or two for a block of news.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from events.store.words.block import MOST_EVENTS, ROW_OF_BITS, Block

COMMON = MOST_EVENTS // 4  # events, counted once for each of their words: a piece that has more is kept ready
LONGEST_PIECE = 8  # letters; longer ones are in few words

Members = dict[str, list[int]]  # the words of the vocabulary that hold a piece, by number


def block_of(wordings: Sequence[str], hashes: NDArray[np.uint64] | None = None, begin: int = 0) -> Block:
    """The block of events that tell this, at most MOST_EVENTS. hashes, begin: as in a block, the events in that order.

    >>> block = block_of(["drones over odesa", "rain in odesa", "drains"])
    >>> block.having(["odesa"]).tolist(), block.having(["dr", "ain"]).tolist(), block.having(["desa i"]).tolist()
    ([0, 1], [2], [])
    """
    numbers: defaultdict[str, int] = defaultdict(lambda: len(numbers))
    told, sizes = array("i"), array("i")
    for wording in wordings:
        own = set(wording.split(" "))
        own.discard("")
        told.extend([numbers[word] for word in own])
        sizes.append(len(own))
    words, starts, events = list(numbers), *_by_word(np.array(told, dtype=np.int32), sizes, len(numbers))
    members = _common_pieces(words, np.diff(starts).tolist())
    ends = np.cumsum([len(_bytes(word)) + 1 for word in words], dtype=np.int32)
    letters = np.frombuffer(b"".join(_bytes(word) + b" " for word in words), dtype=np.uint8)
    whole = Block(len(wordings), letters, ends, starts, events, {}, np.zeros((0, ROW_OF_BITS), np.uint8), hashes, begin)
    common, bits = _ready(whole, members)
    starts, events = _without(starts, events, [number for number, word in enumerate(words) if word in common])
    return Block(len(wordings), letters, ends, starts, events, common, bits, hashes, begin)


def _bytes(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


def _by_word(
    told: NDArray[np.int32], sizes: Sequence[int], words: int
) -> tuple[NDArray[np.int32], NDArray[np.uint16]]:  # fmt: skip
    """Of the words that the events tell, event by event: where the events of each word begin, and these."""
    order = np.argsort(told, kind="stable")
    events = np.repeat(np.arange(len(sizes), dtype=np.uint16), sizes)[order]
    starts = np.concatenate(([0], np.cumsum(np.bincount(told, minlength=words)))).astype(np.int32)
    return starts, events


def _common_pieces(words: Sequence[str], counts: Sequence[int]) -> Members:
    """The pieces of words that are common. counts: how many events have each word. A piece is no commoner than its parts."""
    found: Members = {}
    shorter: set[str] = set()
    open_still: Sequence[int] = range(len(words)) if sum(counts) >= COMMON else ()
    for length in range(1, LONGEST_PIECE + 1):
        members: defaultdict[str, list[int]] = defaultdict(list)
        for number in open_still:
            word = words[number]
            for piece in {word[at : at + length] for at in range(len(word) - length + 1)}:
                if length == 1 or (piece[1:] in shorter and piece[:-1] in shorter):
                    members[piece].append(number)
        common = {
            piece: some for piece, some in members.items() if sum(counts[number] for number in some) >= COMMON
        }  # fmt: skip
        found |= common
        shorter = set(common)
        open_still = sorted({number for some in common.values() for number in some})
    return found


def _ready(block: Block, members: Members) -> tuple[dict[str, int], NDArray[np.uint8]]:
    """The events of common pieces as rows of bits; pieces that have the same share a row."""
    rows: dict[bytes, int] = {}
    common: dict[str, int] = {}
    for piece, tokens in members.items():
        fits = np.zeros(MOST_EVENTS, dtype=np.bool_)
        fits[block.told_by(np.array(tokens, dtype=np.int64))] = True
        common[piece] = rows.setdefault(np.packbits(fits).tobytes(), len(rows))
    return common, np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(-1, ROW_OF_BITS)


def _without(
    starts: NDArray[np.int32], events: NDArray[np.uint16], words: Sequence[int]
) -> tuple[NDArray[np.int32], NDArray[np.uint16]]:  # fmt: skip
    """The lists without those of some words: what is a part of a word that is a common piece is one as well."""
    counts = np.diff(starts)
    gone = np.zeros(len(counts), dtype=np.bool_)
    gone[list(words)] = True
    stays = events[~np.repeat(gone, counts)]
    counts[gone] = 0
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int32), stays
