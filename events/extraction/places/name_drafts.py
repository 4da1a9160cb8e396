"""The names of a sentence that may be places: at each capital the longest that the gazetteer knows, or that says its kind.

For toponyms.py, which decides by the evidence that each draft carries.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from events.extraction.places import name_context as context
from events.extraction.places import neighbouring_words
from events.extraction.places.name_facts import LARGE, NameFacts, facts
from events.extraction.places.name_tokens import Words
from events.extraction.places.place_evidence import local_evidence
from events.model import Part, ToponymKind
from geodata.folding import fold
from geodata.gazetteer import Gazetteer

LONGEST_NAME = 6  # words
DEMONYM_CERTAINTY = 0.97
_JOINERS = {" ", "-", "\u00a0", "  ", "'s ", "’s ", "/"}


class Found(NamedTuple):
    """A place name before it is resolved; `certainty` is the probability that it is a place's name at all."""

    part: Part
    start: int
    end: int
    text: str
    key: str
    kind: ToponymKind
    certainty: float = 1.0


@dataclass(slots=True)
class Draft:
    """A name that may be a place's: `length` words from the word `i`, with the evidence of its own sentence."""

    words: Words
    i: int
    length: int
    key: str
    known: NameFacts
    evidence: list[str]
    score: float

    def found(self, kind: ToponymKind) -> Found:
        """The name as it goes on to resolution."""
        sentence = self.words.sentence
        start, end = self.words.bounds[self.i][0], self.words.bounds[self.i + self.length - 1][1]
        text = sentence.text[start:end]
        certainty = 1.0 / (1.0 + math.exp(-self.score)) if kind != "demonym" else DEMONYM_CERTAINTY
        return Found(sentence.part, sentence.start + start, sentence.start + end, text, self.key, kind, certainty)


def drafts_of(words: Words, gazetteer: Gazetteer) -> Iterator[Draft]:
    """The names of a sentence that may be places, demonyms among them, each the longest at its first capital."""
    i = 0
    while i < len(words.words):
        draft = _draft(words, i, gazetteer) if words.capital(i) and words.keys[i] else None
        if draft is None:
            i += 1
            continue
        if not _is_excluded(draft):
            yield draft
        i = draft.i + draft.length


def _draft(words: Words, i: int, gazetteer: Gazetteer) -> Draft | None:
    """The longest known name that begins at the word i, else a name that says its kind; None for none."""
    stop = i + 1
    while stop < min(len(words.words), i + LONGEST_NAME) and words.gaps[stop] in _JOINERS:
        stop += 1
    prefixes = set(gazetteer.prefixes(fold(words.text(i, stop - i))))
    if prefixes:
        for length in range(stop - i, 0, -1):
            if not words.capital(i + length - 1):
                continue
            key = fold(words.text(i, length))
            if key in prefixes:
                if length > 1 and words.keys[i] == "the" and not _has_article(gazetteer, key):
                    return _draft(words, i + 1, gazetteer)
                return _drafted(words, i, length, gazetteer)
    return _unknown_that_says_its_kind(words, i, gazetteer)


def _has_article(gazetteer: Gazetteer, key: str) -> bool:
    """Whether "The" belongs to a name, as in The Hague, and is not the article before it."""
    candidates = facts(gazetteer, key).candidates
    return bool(candidates) and candidates[0].place.name.startswith("The ")


def _unknown_that_says_its_kind(words: Words, i: int, gazetteer: Gazetteer) -> Draft | None:
    """Capitals with a geographic word beside them: "Neches River", "Lake Lanier", "the village of Abu Shouk"."""
    length = 1
    while length < 4 and words.capital(i + length) and words.joined(i + length) and words.keys[i + length - 1] != "the":
        length += 1
        if words.keys[i + length - 1] in context.HEADS_AFTER and words.keys[i] not in context.COMMON_WORDS:
            break
    if "behind city of" in neighbouring_words.before(words, i, gazetteer):
        return _drafted(words, i, length, gazetteer)
    last, first = words.keys[i + length - 1], words.keys[i]
    after = last in context.HEADS_AFTER and first not in context.COMMON_WORDS
    before = first in context.HEADS_BEFORE and length == 2 and last not in context.COMMON_WORDS
    if length < 2 or not (after or before):
        return None
    return _drafted(words, i, length, gazetteer)


def _drafted(words: Words, i: int, length: int, gazetteer: Gazetteer) -> Draft:
    key = fold(words.text(i, length))
    known = facts(gazetteer, key)
    return Draft(words, i, length, key, known, local_evidence(words, i, length, known, gazetteer), 0)


def _is_excluded(draft: Draft) -> bool:
    """What is never a place: names of faiths and firms, short words, acronyms of towns, a people in capitals."""
    word, key = draft.words.words[draft.i], draft.key
    if draft.length > 1:
        return False
    if key in context.NEVER_PLACES or (key == "us" and word not in {"US", "U.S.", "U.S"}):
        return True
    if draft.known.demonym:
        return draft.words.shouted and draft.known.weight < 9
    if draft.known.size == "abbreviation":
        return not ("." in word or word in context.SHORT_PLACES or draft.words.gaps[draft.i] == ", ")
    if word in context.SHORT_PLACES or "." in word:
        return False
    if len(key) <= 2:
        return True
    return len(key) <= 4 and word.isupper() and draft.known.weight < LARGE and not draft.words.shouted
