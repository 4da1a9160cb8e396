"""The words of a sentence that a label keeps, and what they read like together.

For the modules that cut labels. Words come out in the order and the form of the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from events.model import Sentence, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass
class Words:
    """Kept tokens of a sentence, with other words in the place of some."""

    sentence: Sentence
    kept: set[int] = field(default_factory=set)
    instead: dict[int, str] = field(default_factory=dict)

    def text(self) -> str:
        """The kept words as they stand in the text; a comma stays between words that both stay."""
        tokens = self.sentence.tokens
        kept = self.kept | {
            i for i in range(1, len(tokens) - 1) if tokens[i].pos in {"PUNCT", "SYM"} and {i - 1, i + 1} <= self.kept
        }
        kept -= {i for i in kept if tokens[i].text == "," and i + 1 < len(tokens) and tokens[i + 1].tag in _FINITE}
        for index in sorted(kept):
            kept |= _hyphenated(tokens, index)
        kept |= {i - 1 for i in kept if i and tokens[i - 1].end == tokens[i].start and tokens[i - 1].pos != "PUNCT"}
        pieces: list[str] = []
        previous = None
        for index in sorted(kept):
            word = self.instead.get(index, tokens[index].text)
            glued = previous is not None and previous == index - 1 and tokens[previous].end == tokens[index].start
            pieces.append(word if glued or not pieces else f" {word}")
            previous = index
        return " ".join("".join(pieces).split())

    def count(self, more: Iterable[int] = ()) -> int:
        """How many words there would be with some more tokens."""
        return len(Words(self.sentence, self.kept | set(more), self.instead).text().split())

    def add(self, choices: Iterable[set[int]], most: int) -> bool:
        """Add the first of the choices that fits."""
        for choice in choices:
            if self.count(choice) <= most:
                self.kept |= choice
                return True
        return False


def _hyphenated(tokens: tuple[Token, ...], index: int) -> set[int]:
    """The rest of a hyphenated word: "stepped" of "stepped-up"."""
    found = {index}
    first = index
    while first > 1 and tokens[first - 1].text == "-" and tokens[first - 1].end == tokens[first].start:
        found |= {first - 1, first - 2}
        first -= 2
    while index + 1 < len(tokens) and tokens[index].end == tokens[index + 1].start and "-" in {
        tokens[index].text, tokens[index + 1].text
    }:  # fmt: skip
        index += 1
        found.add(index)
    return found


def needs_what_is_between(tokens: tuple[Token, ...], index: int, following: int) -> bool:
    """Whether of two kept words, with others left out between them, one needs these: "Russia's … had sunk", "… who damage"."""
    after = tokens[following]
    return following - index > 1 and (
        needs_word_before(tokens, following) or (tokens[index].tag == "POS" and after.pos in {"AUX", "VERB", "ADP"})
    )


def needs_word_before(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a word is a relative pronoun right behind its noun."""
    return tokens[index].tag in {"WP", "WDT"} and tokens[index - 1].pos not in {"PUNCT", "ADP"}
