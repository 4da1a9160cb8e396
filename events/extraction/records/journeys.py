"""Who travels where: the words of travelling, and the places that a journey leads to.

For the features of places: who travels acts there.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.happening import Happening
from events.model import Sentence, Token

JOURNEY = frozenset("visit trip tour arrive arrival travel fly journey return head pilgrimage land go come".split())
VISIT_REACH = 2  # sentences before, in which a visit is told


def visited_countries(happening: Happening, analysis: Analysis) -> frozenset[str]:
    """Countries to which a journey leads that the sentence or the two before it tell of: who travels acts there."""
    if happening.family not in {"verbal cooperation", "verbal conflict", "material cooperation"}:
        return frozenset()
    near = range(max(0, happening.sentence - VISIT_REACH), happening.sentence + 1)
    return frozenset(code for number in near for code in _journeys_end(number, analysis))


def _journeys_end(number: int, analysis: Analysis) -> Iterator[str]:
    sentence = analysis.sentences[number]
    if not any(t.lemma in JOURNEY for t in sentence.tokens):
        return
    for toponym, token in analysis.toponyms_by_sentence.get(number, ()):
        if token is None or toponym.place is None or not toponym.place.country or toponym.kind == "demonym":
            continue
        journey = next(
            (t for t in itertools.islice(tree.ancestors(sentence, token.index), 2) if t.lemma in JOURNEY), None
        )
        if journey and tree.preposition(sentence, token.index) in {"to", "in", "into", ""}:
            yield toponym.place.country


def is_visited(sentence: Sentence, token: Token, trigger: int) -> bool:
    """Whether a place's name follows a word of travelling at once or after "to", "in", "into": by order, not by the parse."""
    if sentence.tokens[trigger].lemma not in JOURNEY or not trigger < token.index <= trigger + 5:
        return False
    between = sentence.tokens[trigger + 1 : token.index]
    return all(t.pos in {"PROPN", "DET", "ADJ"} or t.text.lower() in {"to", "in", "into"} for t in between)


def ends_a_journey(sentence: Sentence, token: Token) -> bool:
    """Whether the words name where somebody goes: "a visit to Cameroon", "arrived in Lima"."""
    return any(above.lemma in JOURNEY for above in itertools.islice(tree.ancestors(sentence, token.index), 2))
