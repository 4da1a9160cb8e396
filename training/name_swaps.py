"""Our own stories told of other people and places: each name changed, all through a story, for another of its kind.

For tagger_packs. It keeps a tagger from learning that what happens in a certain town is a certain thing.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

from training.tagger_data import NAME_LABELS, Labels, Passage, PieceCache

KINDS = ("PER", "LOC", "DEM")  # organisations are too often made of their place and their trade
Run = tuple[int, int, str]  # first word, the word after the last, kind


class NamePool:
    """The names of a collection of passages by kind and number of words. Make it with `of`."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, bool], list[str]] = defaultdict(list)

    @classmethod
    def of(cls, passages: Sequence[Passage], pieces_of: PieceCache) -> NamePool:
        """Every name of the passages, as often as it stands there, so that common ones stay common."""
        pool = cls()
        for passage in passages:
            for text, labels in zip(passage.texts, passage.labels, strict=True):
                words = pieces_of(text).words
                for first, after, kind in name_runs(labels):
                    name = text[words[first][1] : words[after - 1][2]]
                    if not name.isupper():
                        pool._names[kind, after - first > 1].append(name)
        return pool

    def another(self, kind: str, several: bool, chooser: random.Random) -> str | None:
        """A name of this kind, of one word or of several; None where there is none."""
        names = self._names.get((kind, several))
        return chooser.choice(names) if names else None


def name_runs(labels: Sequence[Labels]) -> Iterator[Run]:
    """The names of a sentence whose kind may be changed for another.

    >>> list(name_runs([Labels(1), Labels(2), Labels(0), Labels(5)]))
    [(0, 2, 'PER'), (3, 4, 'LOC')]
    """
    first = None
    for at in range(len(labels) + 1):
        label = NAME_LABELS[labels[at].name] if at < len(labels) and 0 <= labels[at].name < len(NAME_LABELS) else "O"
        if first is not None and not label.startswith("I-"):
            kind = NAME_LABELS[labels[first].name][2:]
            if kind in KINDS:
                yield first, at, kind
            first = None
        if label.startswith("B-"):
            first = at


def with_other_names(passage: Passage, pool: NamePool, pieces_of: PieceCache, chooser: random.Random) -> Passage:
    """The passage with its names changed, the same name for the same one; a sentence that would not fit stays as it is."""
    chosen: dict[tuple[str, str], str | None] = {}
    changed = Passage([], [], passage.title)
    for text, labels in zip(passage.texts, passage.labels, strict=True):
        words = pieces_of(text).words
        parts: list[str] = []
        new: list[Labels] = []
        done, word = 0, 0
        for first, after, kind in name_runs(labels):
            start, end = words[first][1], words[after - 1][2]
            name = text[start:end]
            if (kind, name) not in chosen:
                chosen[kind, name] = pool.another(kind, after - first > 1, chooser)
            other = chosen[kind, name]
            if other is None or name.isupper() or any(label.trigger > 0 for label in labels[first:after]):
                continue
            parts += [text[done:start], other]
            new += [*labels[word:first], *_name_labels(labels[first], len(pieces_of(other).words))]
            done, word = end, after
        sentence = "".join([*parts, text[done:]])
        new += labels[word:]
        fits = len(pieces_of(sentence).words) == len(new)
        changed.texts.append(sentence if fits else text)
        changed.labels.append(new if fits else labels)
    return changed


def _name_labels(first: Labels, count: int) -> list[Labels]:
    """The labels of a name's words, given that of its first."""
    inside = Labels(first.name + 1, first.trigger, first.type, first.status, first.core)
    return [first, *[inside] * (count - 1)]
