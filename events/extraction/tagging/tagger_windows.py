"""Sentences turned into the windows of word pieces that the tagger's encoder reads.

For the tagger and for its training, so that both see the same. A window holds as many consecutive sentences as fit,
each closed by [SEP]; every window but the first begins with the headline, so that a sentence is read beside what the
story is about. Letter case, which the word pieces have lost, goes in as a number for each piece. A sentence longer than
a window is cut into overlapping ones, and each word belongs to the one in which it stands further from the edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WINDOW = 128  # pieces of a window, special ones among them
TITLE = 32  # pieces of the headline that later windows begin with
OVERLAP = 32  # pieces that two windows of one long sentence share
LOWER, CAPITAL, ALL_CAPITALS, MIXED = range(4)


class Pieces(NamedTuple):
    """A sentence in word pieces: their ids, their case, and (first piece, start, end) of each word, in characters."""

    ids: list[int]
    cases: list[int]
    words: list[tuple[int, int, int]]


@dataclass(slots=True)
class Window:
    """What the encoder reads at once: its pieces' ids and cases, and (position, sentence, word) of its own words."""

    ids: list[int]
    cases: list[int]
    words: list[tuple[int, int, int]] = field(default_factory=list)


def letter_case(word: str) -> int:
    """How a word is written: 0 lower case or no letters, 1 capitalised, 2 all capitals, 3 mixed.

    >>> [letter_case(word) for word in ("strait", "1990s", "Baltic", "NATO", "McCann", "U")]
    [0, 0, 1, 2, 3, 1]
    """
    if word.islower() or not word[0].isalpha():
        return LOWER
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return CAPITAL
    if word.isupper():
        return ALL_CAPITALS
    return MIXED if word != word.lower() else LOWER


def pieces(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Pieces]:
    """Each text in word pieces. Words are runs of letters and digits, and single marks."""
    found = []
    for text, encoding in zip(texts, tokenizer.encode_batch(list(texts), add_special_tokens=False), strict=True):
        offsets, numbers = encoding.offsets, encoding.word_ids
        words: list[tuple[int, int, int]] = []
        last = None
        for index, number in enumerate(numbers):
            if number != last:
                words.append((index, *offsets[index]))
            else:
                words[-1] = (words[-1][0], words[-1][1], offsets[index][1])
            last = number
        cases = [LOWER] * len(numbers)
        ends = [*(first for first, _, _ in words[1:]), len(numbers)]
        for (first, start, end), after in zip(words, ends, strict=False):
            cases[first:after] = [letter_case(text[start:end])] * (after - first)
        found.append(Pieces(encoding.ids, cases, words))
    return found


def special_ids(tokenizer: Tokenizer) -> tuple[int, int]:
    """The ids of [CLS] and [SEP]."""
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    assert cls is not None and sep is not None, "a tokenizer of another model"
    return cls, sep


def windows(sentences: Sequence[Pieces], title: bool, cls: int, sep: int, size: int = WINDOW) -> list[Window]:
    """The windows that hold every word of the sentences once. title: whether the first sentence is the headline."""
    prefix = Window([cls], [LOWER])
    made: list[Window] = []
    current = Window([cls], [LOWER])
    for number, sentence in enumerate(sentences):
        for first, after, own_first, own_after in _cuts(sentence, size - len(prefix.ids) - 1):
            if current.words and len(current.ids) + after - first + 1 > size:
                made.append(current)
                current = Window([*prefix.ids], [*prefix.cases])
            _append(current, sentence, number, (first, after), (own_first, own_after), sep)
        if title and number == 0:
            prefix = Window([cls, *sentence.ids[:TITLE], sep], [LOWER, *sentence.cases[:TITLE], LOWER])
    return [*made, current] if current.words else made


def _append(
    window: Window, sentence: Pieces, number: int, span: tuple[int, int], own: tuple[int, int], sep: int
) -> None:
    """Puts the pieces `span` of a sentence into a window, which takes the words that begin in `own`."""
    shift = len(window.ids) - span[0]
    window.words += [(p + shift, number, w) for w, (p, _, _) in enumerate(sentence.words) if own[0] <= p < own[1]]
    window.ids += [*sentence.ids[span[0] : span[1]], sep]
    window.cases += [*sentence.cases[span[0] : span[1]], LOWER]


def _cuts(sentence: Pieces, room: int) -> list[tuple[int, int, int, int]]:
    """(first, after, own first, own after) in pieces: the whole sentence, or the parts of one longer than the room."""
    length = len(sentence.ids)
    if length <= room:
        return [(0, length, 0, length)] if length else []
    cuts = []
    first, own = 0, 0
    while first + room < length:
        after = first + room
        cuts.append((first, after, own, after - OVERLAP // 2))
        first, own = after - OVERLAP, after - OVERLAP // 2
    return [*cuts, (first, length, own, length)]
