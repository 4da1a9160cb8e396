"""The evidence for and against a capitalised name being a place where it stands, and what each piece of it weighs.

For the recognition of place names. Each piece of evidence has a name and a weight (a log-odds: 0.7 doubles the odds); a
name is a place when their sum is above nought. Evidence looks at what kinds of words stand around a name
(neighbouring_words.py), at how large the places are that bear it (name_facts.py) and at the rest of the story
(story_names.py), never at the name itself.
"""

from __future__ import annotations

import re
from pathlib import Path

from events.extraction.places import name_context as context
from events.extraction.places import neighbouring_words
from events.extraction.places.name_facts import NameFacts
from events.extraction.places.name_tokens import Words
from geodata.gazetteer import Gazetteer

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth")
_ENDS_A_PHRASE = frozenset(
    "of in on at by and or to for from with was is were are has had will would that who which".split()
)
_TOWN_SIZES = frozenset({"metropolis", "city", "town", "small town", "village"})


def local_evidence(words: Words, i: int, length: int, known: NameFacts, gazetteer: Gazetteer) -> list[str]:
    """The evidence in the name's own sentence and in the gazetteer: the names of WEIGHTS that hold here."""
    found = ["always", known.size]
    found += _of_the_name(words, i, length, known)
    found += neighbouring_words.before(words, i, gazetteer)
    if known.size in _TOWN_SIZES and _has_article(words, i, length):
        found.append("a town with an article")
    found += neighbouring_words.behind(words, i + length, known, gazetteer)
    if words.shouted or words.title_case:
        found.append("shouted" if words.shouted else "title case")
    if known.weight < 5 and (words.shouted or words.title_case):
        found.append("small and in a headline")
    return found


def _has_article(words: Words, i: int, length: int) -> bool:
    """Whether "the" or an ordinal belongs to the name itself, as in "the 4th Republic", and to no noun behind it."""
    if not words.joined(i) or not (words.keys[i - 1] == "the" or _ORDINAL.fullmatch(words.keys[i - 1])):
        return False
    j = i + length
    return not words.joined(j) or words.keys[j] in _ENDS_A_PHRASE


def _of_the_name(words: Words, i: int, length: int, known: NameFacts) -> list[str]:
    found = []
    key = words.keys[i] if length == 1 else ""
    if length > 1:
        found.append("several words")
        if all(k in context.COMMON_WORDS or k in context.DIRECTIONS for k in words.keys[i : i + length]):
            found.append("several common words")
        if words.keys[i + length - 1] in context.HEADS_AFTER or words.keys[i] in context.HEADS_BEFORE:
            found.append("says its kind")
        if words.keys[i] in context.FORENAMES:
            found.append("begins with a given name")
    elif key in context.COMMON_WORDS:
        found.append("common word" if i else "common word first")
    large = known.weight >= 5.5
    if key in context.FREQUENT_SURNAMES:
        found.append("frequent surname" if not large else "frequent surname, large place")
    elif key in context.SURNAMES:
        found.append("surname" if not large else "surname, large place")
    if key in context.FORENAMES:
        found.append("given name" if not large else "given name, large place")
    if known.candidates and all(c.match == "alternate" for c in known.candidates[:3]):
        found.append("other spelling")
    return found


def _weights(name: str) -> dict[str, float]:
    lines = (Path(__file__).parents[1] / "lists" / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {evidence: float(weight) for weight, evidence in rows}


WEIGHTS = _weights("place_evidence.txt")
WEIGHTS_WITH_TAGGER = _weights("place_evidence_tagged.txt")


def log_odds(evidence: list[str], weights: dict[str, float]) -> float:
    """The sum of the weights; what has none counts for nothing."""
    return sum(weights.get(name, 0.0) for name in evidence)
