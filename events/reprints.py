"""Which stories are copies of one wire story, printed by several outlets with their own cuts, headlines and leads.

For ingest and the benchmarks. Candidates come from MinHash signatures in bands (Broder 1997; Leskovec, Rajaraman, Ullman,
Mining of Massive Datasets, ch. 3), in numpy and our own, for the usual library needs SciPy. Each candidate pair is then
looked at as a whole: how much of the shorter story stands in the longer one, and whether that is its opening. A follow-up
repeats the background of its forerunner but not its news; a bulletin by template has other names and numbers.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from events.model import Story

BANDS, ROWS = 48, 2  # pairs that share a fifth of their shingles are met with a chance of .86, a half with 1
WORDS = 3  # a shingle
SAME = 0.46  # from here two stories are one; set on the seen half of benchmarks/data/reprints.jsonl
DAYS_APART = 7  # a weekly prints what a daily had
SHORTEST = 15  # words: of less, nothing can be told
OPENING = 20  # shingles: the first sentence, which a follow-up writes anew and a copy keeps, be it below a local lead
_MOST_ALIKE = 0.9  # with nearly all of the shorter one in the longer, its opening doesn't matter
_SHARED_FACTS = 0.5  # of the numbers and names of the shorter one
_FIGURES = 2  # numbers: of so many, a copy keeps one at least; a bulletin by template has others
_OTHER_FIGURES = 0.5

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_FACT = re.compile(r"\d+(?:[.,]\d+)*|(?<![.!?] )(?<!^)\b[A-Z][\w’'-]{2,}")
_SPELLING = (
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e|es|ed|ing|ation|ations|er|ers)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|ite|able|hood|hoods)?$)"), "or"),
    (re.compile(r"(?<=[a-z]{2})tre(?=s?$)"), "ter"),
    (re.compile(r"ll(?=(?:ed|ing|er|ers)$)"), "l"),
    (re.compile(r"ence$"), "ense"),
    (re.compile(r"amme(?=s?$)"), "am"),
)
_MIXER = np.random.default_rng(20250108)
_ODD = _MIXER.integers(1, 1 << 63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
_ADDED = _MIXER.integers(0, 1 << 63, BANDS * ROWS, dtype=np.uint64)


@dataclass(frozen=True)
class Copy:
    """What is compared of a story: its shingles in their order, their set, its signature, its numbers and names, its day.

    Most that meet are no copies: what few comparisons ask for is made when it is asked for, and kept. Shingles are hashes
    of this process alone; the signature, which a store keeps the bands of, is the same in all.
    """

    text: str
    shingles: tuple[int, ...]
    known: frozenset[int]
    day: int | None

    @cached_property
    def signature(self) -> NDArray[np.uint32]:
        """The MinHash signature of its shingles."""
        words = _words(self.text)
        return signature(frozenset(_hashed(" ".join(words[i : i + WORDS])) for i in range(len(words) - WORDS + 1)))

    @cached_property
    def facts(self) -> frozenset[str]:
        """Its numbers and names."""
        return frozenset(_FACT.findall(self.text))

    @cached_property
    def figures(self) -> frozenset[str]:
        """Its numbers."""
        return frozenset(fact for fact in self.facts if fact[0].isdigit())


def groups(stories: Sequence[Story]) -> list[list[int]]:
    """Which stories are copies of one: lists of indices, each in order, ordered by their first.

    >>> wire = "Rain fell on Cork for nine hours on Friday and closed the quays, the mayor said, as pumps ran all night "
    >>> wire += "and schools sent their pupils home before noon."
    >>> told = [Story(id="a", text=wire), Story(id="b", text=wire + " Nobody was hurt."), Story(id="c", text="It shone.")]
    >>> groups(told)
    [[0, 1], [2]]
    """
    copies = [copy_of(story) for story in stories]
    scored = [(likeness(copies[a], copies[b]), a, b) for a, b in _candidates(copies)]
    leader = list(range(len(stories)))

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for score, a, b in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if score >= SAME:
            one, other = sorted((find(a), find(b)))
            leader[other] = one
    found: dict[int, list[int]] = defaultdict(list)
    for index in range(len(stories)):
        found[find(index)].append(index)
    return list(found.values())


def copy_of(story: Story) -> Copy:
    """The sketch of a story: of its running text, captions and headline left out, for each outlet has its own."""
    text = _body(story)
    words = _words(text)
    shingles = tuple(map(hash, zip(*(words[at:] for at in range(WORDS)), strict=False)))
    day = story.published.toordinal() if story.published else None
    return Copy(text, shingles, frozenset(shingles), day)


def likeness(one: Copy, other: Copy) -> float:
    """How surely two stories are copies of one, 0 to 1: the share of the shorter one's shingles that the longer one has.

    Less where the opening of neither is in the other, or numbers and names are others. Two copies with two local leads are
    told by the copy without one.
    """
    short, long, shared = _shared(one, other)
    if not shared or len(short.shingles) < SHORTEST - WORDS:
        return shared
    if shared >= _MOST_ALIKE:
        return shared * _facts_factor(short, long)
    return shared * _facts_factor(short, long) * _news_factor(short, long)


def most_likeness(one: Copy, other: Copy) -> float:
    """No less than the likeness of two stories, for a part of the work: the share of shingles alone."""
    return _shared(one, other)[2]


def signature(shingles: frozenset[int]) -> NDArray[np.uint32]:
    """The MinHash signature of a set of 64-bit hashes, by multiply-shift; all ones for an empty set."""
    if not shingles:
        return np.full(BANDS * ROWS, 0xFFFFFFFF, dtype=np.uint32)
    hashes = np.fromiter(shingles, dtype=np.uint64, count=len(shingles))
    mixed = (hashes[:, None] * _ODD[None, :] + _ADDED[None, :]) >> np.uint64(32)
    lowest: NDArray[np.uint32] = mixed.min(axis=0).astype(np.uint32)
    return lowest


def bands_of(copy: Copy) -> list[bytes]:
    """The keys under which a copy meets its candidates: for a store that looks them up."""
    return [bytes([band]) + copy.signature[band * ROWS : (band + 1) * ROWS].tobytes() for band in range(BANDS)]


def may_meet(one: Copy, other: Copy) -> bool:
    """Whether two copies share a band, so that they are compared."""
    same: NDArray[np.bool_] = one.signature == other.signature
    return bool(one.known and other.known and same.reshape(BANDS, ROWS).all(axis=1).any())


def wording_key(text: str) -> str:
    """A hash of words, alike however they are spelled, set in capitals or parted.

    >>> wording_key("The harbour burned.") == wording_key("the HARBOR  burned"), len(wording_key(""))
    (True, 16)
    """
    words = " ".join(_words(text))
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _candidates(copies: Sequence[Copy]) -> Iterator[tuple[int, int]]:
    """The pairs that share a band."""
    meeting: dict[bytes, list[int]] = defaultdict(list)
    for index, copy in enumerate(copies):
        if copy.known:
            for key in bands_of(copy):
                meeting[key].append(index)
    seen: set[tuple[int, int]] = set()
    for members in meeting.values():
        for pair in combinations(members, 2):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _shared(one: Copy, other: Copy) -> tuple[Copy, Copy, float]:
    """The shorter, the longer, and the share of the one's shingles that the other has: the most that their likeness can be.

    Very short ones share all or nothing, and so do those of days too far apart: nothing.
    """
    short, long = sorted((one, other), key=lambda copy: len(copy.shingles))
    if one.day is not None and other.day is not None and abs(one.day - other.day) > DAYS_APART:
        return short, long, 0.0
    if len(short.shingles) < SHORTEST - WORDS:
        return short, long, float(bool(short.shingles) and short.shingles == long.shingles)
    return short, long, _held(short.shingles, long) / len(short.shingles)


def _held(shingles: Sequence[int], copy: Copy) -> int:
    """How many of these shingles a copy has."""
    return sum(map(copy.known.__contains__, shingles))


def _news_factor(short: Copy, long: Copy) -> float:
    """Whether the news is shared: the opening of one of them stands in the other. 0.25 (not at all) to 1."""
    shares = []
    for one, other in ((short, long), (long, short)):
        opening = one.shingles[:OPENING]
        shares.append(_held(opening, other) / len(opening))
    return 0.25 + 0.75 * max(shares)


def _facts_factor(short: Copy, long: Copy) -> float:
    """1 where the shorter story's numbers and names are the longer one's too, less where under half are, or no number is."""
    factor = _OTHER_FIGURES if len(short.figures) >= _FIGURES and not short.figures & long.figures else 1.0
    if len(short.facts) < 3:
        return factor
    return factor * min(1.0, len(short.facts & long.facts) / len(short.facts) / _SHARED_FACTS)


def _body(story: Story) -> str:
    text, at = [], 0
    for start, end in story.captions:
        text.append(story.text[at:start])
        at = end
    return "".join([*text, story.text[at:]])


def _words(text: str) -> list[str]:
    return [_plain(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    """A word as American outlets spell it, in small letters; both spellings of one word come out alike.

    >>> _plain("Organised"), _plain("harbours"), _plain("organized")
    ('organized', 'harbors', 'organized')
    """
    word = word.casefold().replace("’", "'").removesuffix("'s")
    for pattern, spelling in _SPELLING:
        word = pattern.sub(spelling, word)
    return word


def _hashed(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=8).digest(), "big")
