"""What the taggers read in training, as arrays: each pack holds the windows of one pass over all text.

For distil_tagger and train_tagger. Our own stories are set a little differently in each pack, some of their names changed for
others, and each keeps the number of its fold, so that a teacher can leave a fold out. Unmarked text has no labels: there a
student learns from its teachers alone.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tokenizers import Tokenizer

from events.extraction.tagging.tagger_windows import WINDOW, special_ids
from training.name_swaps import NamePool, with_other_names
from training.tagger_data import (
    FIELDS,
    IGNORE,
    Example,
    Labels,
    Passage,
    PieceCache,
    checked,
    examples,
    is_held_out,
    own_passage,
    own_stories,
    public_passages,
    varied,
)

OWN_TIMES = 2  # passes over our own news for one over the public corpora
FOLDS = 4
NO_FOLD = -1
SWAPPED = 0.5  # of the readings of a story of our own, the share that has other names
UNMARKED = {
    "ewt_train.conllu": "3fb78e2b55482c8ee00caa653af436c88c9e5bc9a73ce26e4ae3ddc79d2b7e7b",
    "gum_open_train.conllu": "2c74a7a601cc7b1db91c542944562bcb8d4ee3158b7c556b754a4a2748d6d113",
}


class Pack(NamedTuple):
    """Windows as arrays (windows, 128), shorter ones filled up: pieces, their case, which begin a word, labels by field.

    `lengths` and `folds` have a number a window; a fold of -1 is text that every teacher may read.
    """

    ids: np.ndarray
    cases: np.ndarray
    words: np.ndarray
    labels: dict[str, np.ndarray]
    lengths: np.ndarray
    folds: np.ndarray

    def save(self, path: Path) -> None:
        """Write the arrays."""
        named = {f"label_{name}": value for name, value in self.labels.items()}
        np.savez(
            path, ids=self.ids, cases=self.cases, words=self.words, lengths=self.lengths, folds=self.folds, **named
        )

    @classmethod
    def load(cls, path: Path) -> Pack:
        """The arrays as they were saved."""
        with np.load(path) as found:
            labels = {name: found[f"label_{name}"] for name in FIELDS}
            return cls(labels=labels, **{n: found[n] for n in ("ids", "cases", "words", "lengths", "folds")})


def fold_of(story_id: str) -> int:
    """The fold of a story of our own, by a hash of its id."""
    return hashlib.sha256(story_id.encode()).digest()[2] % FOLDS


def marked_windows(tokenizer: Tokenizer, data: Path, seed: int, swaps: bool = False) -> Iterator[tuple[int, Example]]:
    """(fold, window) of one pass over the public corpora and several over our own news, each time set differently."""
    chooser = random.Random(seed)
    pieces = PieceCache(tokenizer)
    rows = [row for row in own_stories() if not is_held_out(row["id"])]
    own = [(fold_of(row["id"]), own_passage(row, pieces)) for row in rows]
    public = [(NO_FOLD, passage) for passage in public_passages(data, pieces, chooser)]
    pool = NamePool.of([passage for _, passage in own], pieces) if swaps else None
    for fold, passage in [*public, *(own * OWN_TIMES)]:
        changed = passage
        if pool and fold != NO_FOLD and chooser.random() < SWAPPED:
            changed = with_other_names(changed, pool, pieces, chooser)
        changed = _set_differently(changed, tokenizer, chooser)
        for example in examples(changed, pieces, *special_ids(tokenizer), chooser.choice((WINDOW, WINDOW, 96, 64))):
            yield fold, example


def _set_differently(passage: Passage, tokenizer: Tokenizer, chooser: random.Random) -> Passage:
    """The passage as another newsroom might set it, if that leaves its words the same."""
    changed = varied(passage, chooser)
    fresh = PieceCache(tokenizer)
    same = changed is passage or all(
        len(fresh(text).words) == len(known) for text, known in zip(changed.texts, changed.labels, strict=True)
    )
    return changed if same else passage


def unmarked_windows(tokenizer: Tokenizer, data: Path, seed: int) -> Iterator[tuple[int, Example]]:
    """(-1, window) of the treebanks' sentences, without any label."""
    chooser = random.Random(seed)
    pieces = PieceCache(tokenizer)
    for name, sha256 in UNMARKED.items():
        for document in _documents(checked(data / name, sha256).decode()):
            labels = [[Labels(IGNORE)] * len(pieces(text).words) for text in document]
            passage = _set_differently(Passage(document, labels), tokenizer, chooser)
            size = chooser.choice((WINDOW, WINDOW, 96, 64))
            for example in examples(passage, pieces, *special_ids(tokenizer), size):
                yield NO_FOLD, example


def _documents(conllu: str) -> Iterator[list[str]]:
    """The sentences of each document of a treebank."""
    document: list[str] = []
    for line in conllu.splitlines():
        if line.startswith("# newdoc") and document:
            yield document
            document = []
        elif line.startswith("# text = "):
            document.append(line.removeprefix("# text = "))
    yield document


def held_out_windows(tokenizer: Tokenizer) -> Iterator[tuple[int, Example]]:
    """(-1, window) of the stories of our own that no tagger learns from, as they are."""
    pieces = PieceCache(tokenizer)
    for row in own_stories():
        if is_held_out(row["id"]):
            for example in examples(own_passage(row, pieces), pieces, *special_ids(tokenizer), WINDOW):
                yield NO_FOLD, example


def packed(windows: Iterator[tuple[int, Example]]) -> Pack:
    """The windows as arrays."""
    found = list(windows)
    shape = (len(found), WINDOW)
    pack = Pack(
        np.zeros(shape, np.int16), np.zeros(shape, np.uint8), np.zeros(shape, bool),
        {name: np.full(shape, IGNORE, np.int8) for name in FIELDS},
        np.array([len(example.ids) for _, example in found], np.int16), np.array([fold for fold, _ in found], np.int8),
    )  # fmt: skip
    for row, (_, example) in enumerate(found):
        n = len(example.ids)
        pack.ids[row, :n], pack.cases[row, :n] = example.ids, example.cases
        positions = [at for at, label in enumerate(example.labels) if label is not None]
        labels = [label for label in example.labels if label is not None]
        pack.words[row, positions] = True
        for name in FIELDS:
            pack.labels[name][row, positions] = [getattr(label, name) for label in labels]
    return pack
