"""The tagger's numbers read as names and triggers.

For the tagger. Names are the likeliest sequence of BIO labels in which no I- stands without its beginning. A trigger is
a run of words that the model holds to be one with at least the asked probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
EXTENSION = 0.5  # a word joins a trigger when it is at least half as probable as the trigger's best word


class TriggerRun(NamedTuple):
    """The words [first, after) of a sentence as a trigger, with its probability."""

    first: int
    after: int
    probability: float


def softmax(logits: Array) -> Array:
    """Probabilities along the last axis.

    >>> softmax(np.zeros((1, 2), dtype=np.float32)).tolist()
    [[0.5, 0.5]]
    """
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def name_runs(logits: Array, labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first word, word after, label) of the names in a sentence. logits: (words, labels).

    >>> scores = np.array([[0, 5, 0], [1, 0, 4], [3, 0, 2]], dtype=np.float32)
    >>> name_runs(scores, ["O", "B-LOC", "I-LOC"])
    [(0, 2, 'LOC')]
    """
    best = [int(i) for i in logits.argmax(axis=-1)]
    if not _is_legal(best, labels):
        best = _viterbi(logits, labels)
    runs: list[tuple[int, int, str]] = []
    for word, chosen in enumerate(best):
        label = labels[chosen]
        if label.startswith("B-"):
            runs.append((word, word + 1, label[2:]))
        elif label.startswith("I-"):
            runs[-1] = (runs[-1][0], word + 1, runs[-1][2])
    return runs


def _is_legal(path: Sequence[int], labels: Sequence[str]) -> bool:
    before = "O"
    for chosen in path:
        label = labels[chosen]
        if label.startswith("I-") and before[2:] != label[2:]:
            return False
        before = label
    return True


def _viterbi(logits: Array, labels: Sequence[str]) -> list[int]:
    """The best legal path through the labels."""
    barred = np.array([[b.startswith("I-") and a[2:] != b[2:] for b in labels] for a in labels])
    penalty = np.where(barred, -1e9, 0.0)
    score = np.where([label.startswith("I-") for label in labels], -1e9, 0.0) + logits[0]
    back = []
    for row in logits[1:]:
        ways = score[:, None] + penalty
        back.append(ways.argmax(axis=0))
        score = ways.max(axis=0) + row
    path = [int(score.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def trigger_runs(probabilities: Array, threshold: float) -> list[TriggerRun]:
    """The triggers of a sentence. probabilities: (words, 3) of outside, begins, goes on.

    >>> trigger_runs(np.array([[0.9, 0.1, 0], [0.1, 0.9, 0], [0.3, 0.1, 0.6]], dtype=np.float32), 0.5)
    [TriggerRun(first=1, after=3, probability=0.89...)]
    """
    inside = 1 - probabilities[:, 0]
    runs: list[TriggerRun] = []
    word = 0
    while word < len(inside):
        if inside[word] < threshold:
            word += 1
            continue
        after = word + 1
        while after < len(inside) and inside[after] >= threshold and probabilities[after, 2] > probabilities[after, 1]:
            after += 1
        runs.append(_narrowed(inside, word, after))
        word = after
    return runs


def _narrowed(inside: Array, first: int, after: int) -> TriggerRun:
    """A run without the weak words at its ends."""
    best = float(inside[first:after].max())
    while inside[first] < EXTENSION * best:
        first += 1
    while inside[after - 1] < EXTENSION * best:
        after -= 1
    return TriggerRun(first, after, best)
