"""How a place's words hang together with a happening's in one sentence: named features by preposition, role and clause.

For place_features.py.
"""

from __future__ import annotations

import math

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.happening import Happening
from events.extraction.records.journeys import JOURNEY, ends_a_journey, is_visited
from events.extraction.records.place_candidates import PlaceCandidate
from events.extraction.verbs_of_saying import SAYING
from events.model import Sentence, Token

LOCATIVE = frozenset(
    "in at near on off outside inside around across over above along throughout within under beside between amid among "
    "against by through aboard north south east west northern southern".split()
)
ORIGIN = frozenset({"from", "out of"})
DESTINATION = frozenset({"to", "into", "toward", "towards", "onto", "for"})
_SORTS = {"in": LOCATIVE, "from": ORIGIN, "to": DESTINATION}
_MOVES = frozenset({"CONSULT", "AID", "MOBILIZE"})


def syntax_features(happening: Happening, candidate: PlaceCandidate, analysis: Analysis) -> dict[str, float]:
    """How the candidate's words hang together with the happening's in one sentence."""
    sentence = analysis.sentences[happening.sentence]
    if candidate.token is None or not sentence.tokens:
        return {"no parse": 1.0}
    phrase, trigger = whole_phrase(sentence, candidate.token), happening.token
    word = tree.preposition(sentence, phrase.index)
    prefix = "seat: " if candidate.source == "seat" else ""
    own = _of_the_phrase(sentence, candidate.token, phrase, word, trigger)
    found = {f"{prefix}{name}": value for name, value in own.items()}
    found.update(_of_the_place(sentence, candidate, phrase, trigger))
    by_act = _of_the_act(sentence, phrase, word, happening)
    found.update({f"{prefix}{name}": value for name, value in by_act.items()})
    role = _role(phrase)
    if role in {"nsubj", "obj"} and candidate.source == "named":
        found[f"role {role}, {candidate.place.precision}"] = 1.0
    return found


def _of_the_phrase(sentence: Sentence, name: Token, phrase: Token, word: str, trigger: int) -> dict[str, float]:
    """By preposition, role, clause and distance. phrase: the head of the words that the name qualifies."""
    sort = _sort_of_preposition(word)
    below = phrase.index in tree.subtree(sentence, trigger)
    in_clause = phrase.index in tree.clause_of(sentence, trigger)
    qualifies = phrase.index != name.index
    return {
        f"qualifies {'a preposition phrase' if word else 'another phrase'}": float(qualifies),
        "qualifies the trigger": float(qualifies and phrase.index == trigger),
        f"preposition {sort}": 1.0,
        f"preposition {sort}, below": float(below),
        f"preposition {sort}, in the clause": float(in_clause),
        "steps": float(min(tree.distance(sentence, phrase.index, trigger), 8)),
        f"role {_role(phrase)}": 1.0,
        "below": float(below),
        "in the clause": float(in_clause),
        "after": float(phrase.index > trigger),
        "words apart": math.log1p(abs(phrase.index - trigger)),
    }


def _of_the_place(sentence: Sentence, candidate: PlaceCandidate, phrase: Token, trigger: int) -> dict[str, float]:
    """What is done at a place itself, which nobody does at a seat: spoken there, visited, a line or a sea acted on."""
    itself = candidate.source != "seat"
    head, precision = sentence.tokens[phrase.head], candidate.place.precision
    linear = itself and precision in {"sea", "line"}
    visited = itself and candidate.token is not None and is_visited(sentence, candidate.token, trigger)
    acted_on = precision == "line" and phrase.head == trigger and _role(phrase) == "obj"
    return {
        "where it was said": float(itself and head.lemma in SAYING and head.index != trigger),
        "visited": float(visited),
        "a line acted on": float(acted_on),
        "a sea or line below the trigger": float(linear and phrase.index in tree.subtree(sentence, trigger)),
    }


def _of_the_act(sentence: Sentence, phrase: Token, word: str, happening: Happening) -> dict[str, float]:
    """What the phrase is to a trigger of that type, or to a journey."""
    found: dict[str, float] = {}
    role, trigger = _role(phrase), happening.token
    sort = _sort_of_preposition(word)
    if phrase.head == trigger and role in {"obj", "nmod", "obl"}:
        found[f"{role} of the trigger, {happening.type}"] = 1.0
        if sentence.tokens[trigger].lemma in JOURNEY:
            found[f"{role} of a journey"] = 1.0
    if happening.type in _MOVES:
        found[f"moves, preposition {sort}"] = 1.0
    if sort in {"to", "in"} and ends_a_journey(sentence, phrase):
        found["end of a journey"] = 1.0
        found[f"end of a journey, {happening.type}"] = 1.0
    return found


def _role(phrase: Token) -> str:
    return phrase.dep.split(":")[0]


def _sort_of_preposition(word: str) -> str:
    return next((sort for sort, words in _SORTS.items() if word in words), "other" if word else "none")


def whole_phrase(sentence: Sentence, token: Token) -> Token:
    """The head of the phrase that a place's name qualifies: "at [Kabul] airport", "in the [Baltic Sea] region"."""
    for _ in range(3):
        head = sentence.tokens[token.head]
        if token.dep not in {"compound", "nmod:poss", "amod", "flat"} or head.pos not in {"NOUN", "PROPN"}:
            break
        token = head
    return token
