"""What stands around a word that may be a trigger, and whether it is what a row of the lexicon asks for.

For events.extraction.triggers. `Parsed` reads a word's arguments from the dependency parse: subjects and objects are
deep ones, the same in "troops shelled the town", "the town was shelled by troops" and "the town shelled by troops".
`Surface` guesses them from word order, for headlines that the parser misreads.

Constraints of a frame; each may be negated by a leading "not-" or "no-", and words are lemmas parted by "|", @classes,
@name (a proper noun), @pronoun or @number (a figure, or a noun counted by one):

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

from collections.abc import Iterable, Iterator
from functools import lru_cache

import lemminflect

from events.extraction.lexicon import ANY, Constraint
from events.model import Sentence, Token

LIGHT_VERBS = frozenset(
    "hold carry launch make pay issue reach come conduct stage mount give take have put undergo open begin start do "
    "suffer sustain receive go enter deliver wage perform commit undertake resume continue see organise organize host "
    "win impose lodge file offer face execute".split()
)
_QUANTITIES = frozenset(
    "dozen hundred thousand million score number group series ton tonne batch lot couple handful string wave majority "
    "pair total at more least than part member package piece kind half third rest scores dozens hundreds "
    "thousands day week month hour night year company squadron unit battalion crowd column any some all most many "
    "several few".split()
)
_MODIFIERS = frozenset({"compound", "amod", "nmod:poss", "nmod", "flat", "nummod"})
_NEAR = 8
_BREAKS = frozenset(", ; : . - – — ! ?".split())


class Parsed:
    """A word's surroundings by the dependency parse."""

    def __init__(
        self, sentence: Sentence, children: list[list[Token]], token: Token, span: tuple[int, ...] = ()
    ) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.children = children
        self.token = token
        self.span = span
        self.in_headline = sentence.kind != "body"

    def subjects(self) -> list[Token]:
        """Who does it. Of a bare participle ("the bridge collapsed in May", "the man arrested") also its noun."""
        if self.passive():
            agents = self._agents()
            return self._spread(agents or (self._subjects_of(self.token) if self._bare() else []))
        return self._spread(self._subjects_of(self.token))

    def objects(self) -> list[Token]:
        """To whom it is done."""
        if self.passive():
            return self._spread(self._subjects_of(self.token))
        found = self._children(self.token, ("obj", "iobj")) + self._after_particle()
        if not found and self.token.dep == "acl:relcl":
            relative = self._children(self.token, ("nsubj", "nsubj:pass"))
            if relative and relative[0].tag not in {"WP", "WDT"}:
                found = [self._head(self.token)]
        if not found and self.token.dep == "conj":
            found = [t for t in self._children(self._head(self.token), ("obj",)) if t.index > self.token.index]
        return self._spread(found)

    def passive(self) -> bool:
        """Whether the verb is passive: by its auxiliary, as a bare participle, or by the grammar of headlines."""
        token = self.token
        if token.tag not in {"VBN", "VBD"}:
            return False
        kinds = self._kinds(token)
        if "aux:pass" in kinds or "nsubj:pass" in kinds:
            return True
        if token.dep == "conj" and not kinds & {"nsubj", "aux"} and token.tag == "VBN":
            return bool(self._kinds(self._head(token)) & {"aux:pass", "nsubj:pass"})
        return self._bare()

    def _bare(self) -> bool:
        """Whether it is a participle without auxiliary or object, at a noun or in a headline."""
        kinds = self._kinds(self.token)
        if kinds & {"aux", "aux:pass", "obj", "ccomp"} or self._after_particle():
            return False
        at_noun = self.token.dep in {"acl", "amod"} and self._head(self.token).pos != "VERB"
        return at_noun or (self.in_headline and "nsubj" in kinds and self.token.dep != "acl:relcl")

    def _kinds(self, token: Token) -> set[str]:
        return {child.dep for child in self.children[token.index]}

    def _after_particle(self) -> list[Token]:
        """The noun that the parser hangs on the particle of a phrasal verb: "called in | the army"."""
        return [
            child
            for child in self.children[self.token.index]
            if child.dep == "obl" and any(c.index in self.span for c in self.children[child.index] if c.dep == "case")
        ]

    def phrases(self) -> Iterator[tuple[str, Token]]:
        """Its prepositional phrases: preposition and noun."""
        holders = [self.token, *self.objects()]
        governor = self.governor() if self.token.pos != "VERB" else None
        if governor is not None:
            holders.append(governor)
        for holder in holders:
            for child in self.children[holder.index]:
                if child.dep.startswith(("obl", "nmod", "advcl", "acl", "xcomp")):
                    yield from self._cased(child)
                    for deeper in self.children[child.index]:
                        if deeper.dep in {"nmod", "conj"}:
                            yield from self._cased(deeper)

    def governor(self) -> Token | None:
        """The verb whose subject, object or oblique the word is."""
        token = self.token
        while token.dep == "conj" and token.head != token.index:
            token = self._head(token)
        head = self._head(token)
        near = token.dep.startswith(("obj", "obl", "nsubj", "xcomp", "iobj", "acl"))
        return head if near and head.pos == "VERB" and head is not token else None

    def _cased(self, noun: Token) -> Iterator[tuple[str, Token]]:
        for child in self.children[noun.index]:
            if child.dep in {"case", "mark"}:
                for each in self._spread([noun]):
                    yield child.lemma, each

    def _agents(self) -> list[Token]:
        return [noun for case, noun in self._own_phrases() if case == "by"]

    def _own_phrases(self) -> Iterator[tuple[str, Token]]:
        for child in self.children[self.token.index]:
            if child.dep.startswith(("obl", "nmod")):
                yield from self._cased(child)

    def _subjects_of(self, verb: Token, depth: int = 0) -> list[Token]:
        found = self._children(verb, ("nsubj", "nsubj:pass"))
        if found and found[0].tag in {"WP", "WDT"} and verb.dep == "acl:relcl":
            return [self._head(verb)]
        if found or depth > 3 or verb.head == verb.index:
            return found
        head = self._head(verb)
        if verb.dep in {"acl", "amod", "acl:relcl"} and head.pos != "VERB":
            return [head]
        if verb.dep == "xcomp":
            return self._children(head, ("obj",)) or self._subjects_of(head, depth + 1)
        if verb.dep in {"conj", "advcl", "parataxis"}:
            return self._subjects_of(head, depth + 1)
        return []

    def _spread(self, nouns: Iterable[Token]) -> list[Token]:
        """The nouns, those that they are the quantity of, and those joined to them."""
        found: list[Token] = []
        for noun in nouns:
            found.append(noun)
            for child in self.children[noun.index]:
                of_quantity = child.dep == "nmod" and (noun.lemma in _QUANTITIES or noun.pos == "NUM")
                if of_quantity or (child.dep == "conj" and child.pos != "VERB") or child.dep in {"flat", "appos"}:
                    found.append(child)
        return found

    def _children(self, token: Token, relations: tuple[str, ...]) -> list[Token]:
        return [child for child in self.children[token.index] if child.dep in relations]

    def _head(self, token: Token) -> Token:
        return self.tokens[token.head]


class Surface(Parsed):
    """A headline's word's surroundings by word order: what stands before it does, what stands after it suffers."""

    def subjects(self) -> list[Token]:
        """The nouns before the word."""
        return [] if self.passive() else self._before()

    def objects(self) -> list[Token]:
        """The nouns after the word, or before a participle."""
        return self._before() if self.passive() else self._after()

    def passive(self) -> bool:
        """Whether it looks like a participle with nothing after it."""
        word = self.token.text.lower()
        return word.endswith(("ed", "en")) and not self._after()

    def phrases(self) -> Iterator[tuple[str, Token]]:
        """What follows each preposition up to the next stop."""
        case = ""
        for token in self.tokens[self.token.index + 1 :]:
            if token.text in _BREAKS:
                return
            if token.pos == "ADP" or token.tag == "TO":
                case = token.lemma
            elif case and token.pos in {"NOUN", "PROPN", "NUM"}:
                yield case, token

    def governor(self) -> Token | None:
        """None: word order doesn't tell."""
        return None

    def _before(self) -> list[Token]:
        return _run(reversed(self.tokens[: self.token.index]))

    def _after(self) -> list[Token]:
        return _run(iter(self.tokens[self.token.index + 1 :]))


def _run(tokens: Iterable[Token]) -> list[Token]:
    """The nouns of a run of words, up to a preposition, a verb or a stop."""
    found: list[Token] = []
    for token in tokens:
        if token.text in _BREAKS or token.pos in {"ADP", "VERB", "AUX", "SCONJ"}:
            break
        if token.pos in {"NOUN", "PROPN", "NUM", "PRON"}:
            found.append(token)
    return found


@lru_cache(maxsize=20_000)
def lemma_as(word: str, pos: str) -> str:
    """The dictionary form of a lower-case word taken as that class, or "" if it can't be one.

    >>> lemma_as("talks", "NOUN"), lemma_as("kills", "VERB")
    ('talk', 'kill')
    """
    found = lemminflect.getLemma(word, upos=pos, lemmatize_oov=False)
    return found[0].lower() if found else ""


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
    if "@pronoun" in words and token.pos == "PRON":
        return True
    if token.pos == "PROPN" and lemma_as(token.text.lower(), "NOUN") in words:
        return True
    if "@number" in words:
        return token.pos == "NUM" or any(child.dep == "nummod" for child in reading.children[token.index])
    return False


def _subject(reading: Parsed, constraint: Constraint) -> Token | None:
    return _first(reading.subjects(), constraint.words, reading)


def _object(reading: Parsed, constraint: Constraint) -> Token | None:
    return _first(reading.objects(), constraint.words, reading)


def _phrase(reading: Parsed, constraint: Constraint) -> Token | None:
    return _first((noun for case, noun in reading.phrases() if case in constraint.cases), constraint.words, reading)


def _infinitive(reading: Parsed, _: Constraint) -> bool:
    own = reading.children[reading.token.index]
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
    return _first(reading._spread(found), constraint.words, reading)


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
    words = LIGHT_VERBS if constraint.words is ANY else constraint.words
    return governor if governor is not None and governor.lemma in words else None


def _near(reading: Parsed, constraint: Constraint) -> Token | None:
    after = reading.tokens[reading.token.index + 1 : reading.token.index + 1 + _NEAR]
    return _first(after, constraint.words, reading)


def _headline(reading: Parsed, _: Constraint) -> bool:
    return reading.in_headline


_HOLDS = {
    "obj": _object, "subj": _subject, "prep": _phrase, "to": _infinitive, "that": _clause, "passive": _passive,
    "plural": _plural, "mod": _modifier, "of": _of, "head": _head, "case": _case, "light": _light, "gov": _light,
    "near": _near, "headline": _headline,
}  # fmt: skip
