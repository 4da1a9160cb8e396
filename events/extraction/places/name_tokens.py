"""A sentence cut into the words that names are made of.

For the recognition of place names. Hyphens part words here ("Denver-based" has Denver in it) and stops belong to
abbreviations ("W. Va.", "St.", "U.S."). The parser has words of its own.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from events.extraction.places import name_context as context
from events.model import Sentence
from geodata.folding import fold

_STATES = "|".join(context.STATE_ABBREVIATIONS)
_LETTER = r"(?:[^\W_]|[\u0300-\u036f])"
_WORD = re.compile(
    rf"(?:[A-Z]\.){{2,}}|[NSEW]\. (?:Va|Car|Dak|Mex)\b\.?|(?:St|Ste|Mt|Ft|ST|MT|FT)\.|(?:{_STATES})\.|"
    rf"(?!(?<=['’])s\b){_LETTER}+(?:[.&]{_LETTER}+|['’ʻ](?!s\b){_LETTER}+)*"
)


@dataclass(slots=True)
class Words:
    """A sentence's words.

    bounds are (start, end) within the sentence, keys the folded words, gaps the text before each word, ends included.
    shouted: nearly all letters are capitals; title_case: a headline with a capital at nearly every word.
    """

    sentence: Sentence
    bounds: list[tuple[int, int]]
    words: list[str]
    keys: list[str]
    gaps: list[str]
    shouted: bool
    title_case: bool

    def capital(self, i: int) -> bool:
        """Whether the word i begins with a capital, or does so behind an elided article ("d'Ivoire")."""
        if not 0 <= i < len(self.words):
            return False
        word = self.words[i]
        return word[0].isupper() or (len(word) > 2 and word[1] in "'’" and word[2].isupper())

    def joined(self, i: int) -> bool:
        """Whether the word i follows its neighbour as words of one name do: by a blank, a hyphen, an initial's stop."""
        if not 0 < i < len(self.words):
            return False
        gap = self.gaps[i]
        return gap in {" ", "-", "\u00a0"} or (gap == ". " and self.is_short_form(i - 1))

    def is_short_form(self, i: int) -> bool:
        """Whether a stop after the word i is no full stop: after an initial or a title."""
        return len(self.words[i]) == 1 or self.keys[i] in context.TITLES

    def text(self, i: int, length: int) -> str:
        """The words i to i + length as they stand."""
        return self.sentence.text[self.bounds[i][0] : self.bounds[i + length - 1][1]]


def tokenise(sentence: Sentence) -> Words:
    """Cut a sentence into words.

    >>> tokenise(Sentence("text", 0, 33, "Denver-based Ito left W. Va. today", "body", 0)).words
    ['Denver', 'based', 'Ito', 'left', 'W. Va.', 'today']
    """
    text = sentence.text
    matches = list(_WORD.finditer(text))
    bounds = [m.span() for m in matches]
    words = [m[0] for m in matches]
    gaps = ["", *(text[a[1] : b[0]] for a, b in itertools.pairwise(bounds))]
    letters = sum(map(str.isalpha, text))
    shouted = letters > 0 and sum(map(str.isupper, text)) > 0.8 * letters
    long_words = [w for w in words if len(w) > 3]
    capitals = sum(w[0].isupper() for w in long_words)
    title_case = sentence.kind == "headline" and not shouted and capitals > 0.7 * max(1, len(long_words))
    return Words(sentence, bounds, words, [_fold(word) for word in words], gaps, shouted, title_case)


@lru_cache(maxsize=100_000)
def _fold(word: str) -> str:
    return fold(word)
