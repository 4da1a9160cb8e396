"""What the words around a place's name say of it: where somebody is from, who hosts, what is left, "there".

For place_features.py. Too few of our own stories teach these, so they are said here and weighed by hand.
"""

from __future__ import annotations

import re

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.places.toponyms import Toponym
from events.model import Sentence, Token

_PERSONS = frozenset(
    "man woman boy girl teenager teen couple family doctor teacher lawyer farmer businessman businesswoman driver mother "
    "father pensioner native singer author writer artist player student grandmother grandfather tourist".split()
)
_COMPOUND_AFTER = re.compile(r"-(?:based|born|bound|trained|registered|educated|flagged|owned|led|backed|made)\b")
_HOME_BEFORE = re.compile(
    r"(?:, (?:aged )?\d\d,|\(\d\d\),?|\d\d-year-old(?: [A-Z][\w'’-]+){1,4},?) (?:of|from) (?:[\w'’ ]{2,30}, )?$"
)
_HOST_BEFORE = re.compile(r"\bhosts?,? (?:nation |country |city |side )?$", re.IGNORECASE)
_WATER_AFTER = re.compile(r" (?:River|Creek|Lake|Bay|Canal|Brook|Reservoir|Lagoon)\b")
_WATER_BEFORE = re.compile(r"\b(?:River|Lake|Lough|Loch) $")
_SPEAKING = frozenset("issue release broadcast publish speak address report".split())
_LEAVING = frozenset({"leave", "depart", "flee", "evacuate", "exit"})
_HERE_AND_THERE = 2  # sentences back, in which "there" finds its place


def is_home(toponym: Toponym, token: Token | None, sentence: Sentence) -> bool:
    """Whether a name only says where somebody is from: "Paris-based", "a Clonmel man", "Ann Lee, 52, of Cork"."""
    start, end = toponym.start - sentence.start, toponym.end - sentence.start
    if _COMPOUND_AFTER.match(sentence.text, end) or _HOME_BEFORE.search(sentence.text[max(0, start - 80) : start]):
        return True
    if token is None or token.dep not in {"compound", "amod"} or toponym.kind == "demonym":
        return False
    return sentence.tokens[token.head].lemma in _PERSONS


def is_host(toponym: Toponym, sentence: Sentence) -> bool:
    """Whether a name follows "host", as in "a win over host Ghana"."""
    start = toponym.start - sentence.start
    return bool(_HOST_BEFORE.search(sentence.text[max(0, start - 16) : start]))


def is_left(token: Token, sentence: Sentence, trigger: int) -> bool:
    """Whether the happening is that somebody leaves the place: "left Paris", "departed from Taiwan"."""
    if sentence.tokens[trigger].lemma not in _LEAVING or token.head != trigger or token.index < trigger:
        return False
    return token.dep == "obj" or tree.preposition(sentence, token.index) == "from"


def is_between(token: Token, sentence: Sentence) -> bool:
    """Whether a name is one end of "between Oslo and Bergen"."""
    first = sentence.tokens[token.head] if token.dep == "conj" else token
    return tree.preposition(sentence, first.index) == "between"


def place_of_there(number: int, trigger: int, analysis: Analysis) -> str:
    """The id of the place that "there" in the trigger's clause means, the one named last before it; "" where there is none."""
    sentence = analysis.sentences[number]
    if not sentence.tokens or " there" not in sentence.text:
        return ""
    clause = tree.clause_of(sentence, trigger)
    there = next((t for t in sentence.tokens if t.index in clause and t.text == "there" and t.tag == "RB"), None)
    if there is None:
        return ""
    for back in range(number, max(-1, number - 1 - _HERE_AND_THERE), -1):
        named = [
            toponym
            for toponym, _ in analysis.toponyms_by_sentence.get(back, ())
            if toponym.kind != "demonym" and (back < number or toponym.end <= there.start)
        ]
        if named and named[-1].place:
            return named[-1].place.id
    return ""


def is_named_water(toponym: Toponym, sentence: Sentence) -> bool:
    """Whether a town's name is but a part of a river's or a lake's: "the Willow River rose"."""
    start, end = toponym.start - sentence.start, toponym.end - sentence.start
    if toponym.place is None or toponym.place.kind not in {"town", "district"}:
        return False
    before = sentence.text[max(0, start - 8) : start]
    return bool(_WATER_AFTER.match(sentence.text, end) or _WATER_BEFORE.search(before))


def is_spoken_from(token: Token, sentence: Sentence) -> bool:
    """Whether words are given out from the place: "a statement issued from Addis Ababa"."""
    return sentence.tokens[token.head].lemma in _SPEAKING and tree.preposition(sentence, token.index) == "from"
