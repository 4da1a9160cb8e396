"""Whether the words around a trigger are what its row of the lexicon asks for.

For events.extraction.happenings.triggers; the words around are found by events.extraction.happenings.arguments.

Constraints of a frame; each may be negated by a leading "not-" or "no-", and words are lemmas parted by "|", @classes,
@name (a proper noun), @pronoun, @number (a figure alone) or @counted (a noun with one):

    obj subj            has one; obj:WORDS its head word, or that of "dozens of ...", is one of them
    prep:in+WORDS       has a phrase with that preposition (several: in|at), with WORDS as its noun if given
    to, that            governs an infinitive; governs a clause
    passive, plural     is passive; is a plural noun
    mod:WORDS           has one as its compound, adjective or possessor
    of, of:WORDS        has "of ..." or a possessor
    head:WORDS          is itself the modifier of one of them ("crash course")
    case:in             stands after that preposition
    light, light:WORDS  depends on a verb that adds nothing ("held talks"), on one of these verbs
    gov:WORDS           depends as subject, object or oblique on one of these verbs
    near:WORDS          one of them follows within eight words
    headline            stands in a headline or caption
"""

from __future__ import annotations

from collections.abc import Iterable

from events.extraction.happenings.arguments import Parsed, lemma_as
from events.extraction.happenings.lexicon import ANY, Constraint
from events.model import Token

LIGHT_VERBS = frozenset(
    "hold carry launch make pay issue reach come conduct stage mount give take have put undergo open begin start do "
    "suffer sustain receive go enter deliver wage perform commit undertake resume continue see organise organize host "
    "win impose lodge file offer face execute".split()
)
_BEGINNING_AND_END = frozenset("open begin start resume continue end close conclude".split())
_MODIFIERS = frozenset({"compound", "amod", "nmod:poss", "nmod", "flat", "nummod"})
_NEAR = 8


def holds(constraint: Constraint, reading: Parsed) -> Token | bool:
    """Whether a constraint holds of a word in its sentence: for one on an object, phrase or governor the word found."""
    found = _HOLDS[constraint.kind](reading, constraint)
    return found is None or found is False if constraint.negated else (False if found is None else found)


def _first(tokens: Iterable[Token], words: frozenset[str], reading: Parsed) -> Token | None:
    return next((token for token in tokens if _is(token, words, reading)), None)


def _is(token: Token, words: frozenset[str], reading: Parsed) -> bool:
    if words is ANY or token.lemma in words:
        return True
    if "@name" in words and token.pos == "PROPN":
        return True
    if token.tag == "VBG" and token.text.lower() in words:
        return True
    if "@pronoun" in words and token.pos == "PRON":
        return True
    if token.pos == "PROPN" and lemma_as(token.text.lower(), "NOUN") in words:
        return True
    if "@number" in words and token.pos == "NUM":
        return True
    return "@counted" in words and any(child.dep == "nummod" for child in reading.children[token.index])


def _subject(reading: Parsed, constraint: Constraint) -> Token | None:
    return _first(reading.subjects(), constraint.words, reading)


def _object(reading: Parsed, constraint: Constraint) -> Token | None:
    return _first(reading.objects(), constraint.words, reading)


def _phrase(reading: Parsed, constraint: Constraint) -> Token | None:
    return _first((noun for case, noun in reading.phrases() if case in constraint.cases), constraint.words, reading)


def _infinitive(reading: Parsed, _: Constraint) -> bool:
    own = [*reading.children[reading.token.index]]
    for noun in reading.objects():
        own += reading.children[noun.index]
    return any(
        child.dep in {"xcomp", "advcl", "ccomp", "acl"} and any(c.tag == "TO" for c in reading.children[child.index])
        for child in own
    )


def _clause(reading: Parsed, _: Constraint) -> bool:
    return any(child.dep in {"ccomp", "acl", "parataxis"} for child in reading.children[reading.token.index])


def _passive(reading: Parsed, _: Constraint) -> bool:
    return reading.passive()


def _plural(reading: Parsed, _: Constraint) -> bool:
    return reading.token.tag in {"NNS", "NNPS"} or (reading.token.pos != "NOUN" and reading.token.text.endswith("s"))


def _modifier(reading: Parsed, constraint: Constraint) -> Token | None:
    index = reading.token.index
    children = [child for child in reading.children[index] if child.dep in _MODIFIERS and child.index < index]
    if index and reading.tokens[index - 1] not in children and reading.tokens[index - 1].pos != "VERB":
        children.append(reading.tokens[index - 1])
    return _first(children, constraint.words, reading)


def _of(reading: Parsed, constraint: Constraint) -> Token | None:
    children = reading.children[reading.token.index]
    found = [child for child in children if child.dep == "nmod:poss"]
    for child in children:
        if child.dep.startswith(("nmod", "obl")) and any(c.lemma == "of" for c in reading.children[child.index]):
            found.append(child)
    return _first(reading.spread(found), constraint.words, reading)


def _head(reading: Parsed, constraint: Constraint) -> Token | None:
    token = reading.token
    found = [reading.tokens[token.head]] if token.dep in _MODIFIERS and token.head > token.index else []
    found += reading.tokens[token.index + 1 : token.index + 2]
    return _first(found, constraint.words, reading)


def _case(reading: Parsed, constraint: Constraint) -> bool:
    token = reading.token
    cases = [child.lemma for child in reading.children[token.index] if child.dep in {"case", "mark"}]
    if token.index and token.tag != "TO":
        cases.append(reading.tokens[token.index - 1].lemma)
    return any(case in constraint.cases for case in cases)


def _light(reading: Parsed, constraint: Constraint) -> Token | None:
    governor = reading.governor()
    if governor is None or governor.lemma not in (LIGHT_VERBS if constraint.words is ANY else constraint.words):
        return None
    if constraint.words is ANY and reading.token.dep == "nsubj" and governor.lemma not in _BEGINNING_AND_END:
        return None
    oblique = reading.token.dep.startswith("obl")
    cases = {child.lemma for child in reading.children[reading.token.index] if child.dep == "case"}
    return None if oblique and not cases & {"under", "into", "to", "on", "in"} else governor


def _governed(reading: Parsed, constraint: Constraint) -> Token | None:
    governor = reading.governor()
    return governor if governor is not None and governor.lemma in constraint.words else None


def _near(reading: Parsed, constraint: Constraint) -> Token | None:
    after = reading.tokens[reading.token.index + 1 : reading.token.index + 1 + _NEAR]
    return _first(after, constraint.words, reading)


def _headline(reading: Parsed, _: Constraint) -> bool:
    return reading.in_headline


_HOLDS = {
    "obj": _object, "subj": _subject, "prep": _phrase, "to": _infinitive, "that": _clause, "passive": _passive,
    "plural": _plural, "mod": _modifier, "of": _of, "head": _head, "case": _case, "light": _light, "gov": _governed,
    "near": _near, "headline": _headline,
}  # fmt: skip
