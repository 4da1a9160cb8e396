"""Who stands around a word: its subjects, objects, phrases and governing verb, from the parse or from word order.

For frames.py and triggers.py. `Parsed` reads them from the dependency parse: subjects and objects are deep
ones, the same in "troops shelled the town", "the town was shelled by troops" and "the town shelled by troops".
`Surface` guesses them from word order, for words that the parser misreads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import lemminflect

from events.model import Sentence, Token

_QUANTITIES = frozenset(
    "dozen hundred thousand million score number group series ton tonne batch lot couple handful string wave majority "
    "pair total at more least than part member package piece kind half third rest scores dozens hundreds "
    "thousands day week month hour night year company squadron unit battalion crowd column any some all most many "
    "several few".split()
)
_BREAKS = frozenset(", ; : . - – — ! ?".split())


@lru_cache(maxsize=20_000)
def lemma_as(word: str, pos: str, guess: bool = False) -> str:
    """The dictionary form of a lower-case word taken as that class, or "" if it isn't known as one (unless guessed).

    >>> lemma_as("talks", "NOUN"), lemma_as("kills", "VERB")
    ('talk', 'kill')
    """
    found = lemminflect.getLemma(word, upos=pos, lemmatize_oov=guess)
    return found[0].lower() if found else ""


def _infinitive(token: Token) -> bool:
    """Whether a word after "to" is a verb: the parser takes "to hospital" for one."""
    return token.tag == "VB" and bool(lemma_as(token.text.lower(), "VERB"))


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

    @classmethod
    def of(cls, sentence: Sentence, token: Token) -> Parsed:
        """The surroundings of a word of a sentence."""
        children: list[list[Token]] = [[] for _ in sentence.tokens]
        for other in sentence.tokens:
            if other.head != other.index:
                children[other.head].append(other)
        return cls(sentence, children, token)

    def subjects(self) -> list[Token]:
        """Who does it. Of a bare participle ("the bridge collapsed in May", "the man arrested") also its noun."""
        if self.passive():
            agents = self._agents()
            return self.spread(agents or (self._subjects_of(self.token) if self._bare() else []))
        return self.spread(self._subjects_of(self.token))

    def objects(self) -> list[Token]:
        """To whom it is done."""
        if self.passive():
            return self.spread(self._subjects_of(self.token))
        found = self._children(self.token, ("obj", "iobj")) + self._after_particle()
        if not found and self.token.dep == "acl:relcl":
            relative = self._children(self.token, ("nsubj", "nsubj:pass"))
            if relative and relative[0].tag not in {"WP", "WDT"}:
                found = [self._head(self.token)]
        if not found and self.token.dep == "conj":
            found = [t for t in self._children(self._head(self.token), ("obj",)) if t.index > self.token.index]
        return self.spread(found)

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
        told = "nsubj" in kinds or self.token.tag == "VBN"
        return at_noun or (self.in_headline and told and self.token.dep != "acl:relcl")

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
                        if deeper.dep in {"nmod", "obl", "conj"}:
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
            if child.dep in {"case", "mark"} and not (child.tag == "TO" and _infinitive(noun)):
                for each in self.spread([noun]):
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

    def spread(self, nouns: Iterable[Token]) -> list[Token]:
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
