"""Walking a sentence's dependency tree: children, clauses, paths, the preposition before a word.

For the modules that decide status, place, time and actors of a happening. Tokens are named by their index in
`sentence.tokens`. It reads the tree and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from events.model import Sentence, Token

CLAUSE_RELATIONS = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "conj"})
_DEEPEST = 40  # steps up a tree: a guard against a head that is its own descendant


def children(sentence: Sentence, index: int) -> list[Token]:
    """The tokens that depend on a token, in order."""
    return [t for t in sentence.tokens if t.head == index and t.index != index]


def ancestors(sentence: Sentence, index: int) -> Iterator[Token]:
    """The heads above a token, nearest first."""
    token = sentence.tokens[index]
    for _ in range(_DEEPEST):
        if token.head == token.index:
            return
        token = sentence.tokens[token.head]
        yield token


def subtree(sentence: Sentence, index: int) -> set[int]:
    """The token and everything below it."""
    found, below = {index}, [index]
    while below:
        head = below.pop()
        for child in children(sentence, head):
            if child.index not in found:
                found.add(child.index)
                below.append(child.index)
    return found


def clause_verb(sentence: Sentence, index: int) -> Token | None:
    """The verb of the clause that a token stands in: the token itself where it is one, else the nearest verb above."""
    token = sentence.tokens[index]
    if token.pos == "VERB":
        return token
    return next((t for t in ancestors(sentence, index) if t.pos in {"VERB", "AUX"}), None)


def carrier_of(sentence: Sentence, token: Token) -> Token:
    """The verb that carries a participle's tense: "stay" for "will stay shut"; the token itself where it has helpers."""
    helped = any(t.dep in {"aux", "aux:pass", "mark"} for t in children(sentence, token.index))
    if token.tag == "VBN" and token.dep == "xcomp" and not helped:
        head = sentence.tokens[token.head]
        return head if head.pos == "VERB" else token
    return token


def clause_of(sentence: Sentence, index: int) -> set[int]:
    """The tokens of the clause whose verb a token is or depends on, without the clauses below it."""
    verb = clause_verb(sentence, index)
    start = verb.index if verb else index
    found, below = {start}, [start]
    while below:
        for child in children(sentence, below.pop()):
            if child.index in found or (child.dep in CLAUSE_RELATIONS and child.pos in {"VERB", "AUX"}):
                continue
            found.add(child.index)
            below.append(child.index)
    return found


def token_at(sentence: Sentence, start: int, end: int) -> Token | None:
    """The head of the words at the story's offsets [start, end): the one of them whose own head lies outside."""
    inside = [t for t in sentence.tokens if t.start < end and t.end > start]
    if not inside:
        return None
    indices = {t.index for t in inside}
    return next((t for t in inside if t.head not in indices or t.head == t.index), inside[-1])


def preposition(sentence: Sentence, index: int) -> str:
    """The lower-case preposition of a nominal ("in", "out of"), "" where it has none."""
    return " ".join(t.text.lower() for t in children(sentence, index) if t.dep in {"case", "fixed"} and t.tag != "POS")


def distance(sentence: Sentence, a: int, b: int) -> int:
    """How many steps lie between two tokens in the tree; 99 where they are not connected."""
    up_a = [a, *(t.index for t in ancestors(sentence, a))]
    up_b = {index: steps for steps, index in enumerate([b, *(t.index for t in ancestors(sentence, b))])}
    return next((steps + up_b[index] for steps, index in enumerate(up_a) if index in up_b), 99)


def subject_of(sentence: Sentence, verb: int) -> Token | None:
    """The grammatical subject of a verb; for a participle or an infinitive the subject of the verb that governs it."""
    seen = 0
    index = verb
    while seen < 6:
        own = next((t for t in children(sentence, index) if t.dep in {"nsubj", "nsubj:pass", "csubj"}), None)
        if own is not None:
            return own
        token = sentence.tokens[index]
        if token.dep == "acl:relcl":
            return sentence.tokens[token.head]
        if token.dep not in {"xcomp", "conj", "advcl", "aux"} or token.head == token.index:
            return None
        index, seen = token.head, seen + 1
    return None


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is in the passive, a bare participle after its noun ("the man jailed for theft") included."""
    own = children(sentence, verb)
    if any(t.dep in {"aux:pass", "nsubj:pass", "obl:agent"} for t in own):
        return True
    token = sentence.tokens[verb]
    return token.tag == "VBN" and token.dep == "acl" and not any(t.dep == "aux" for t in own)
