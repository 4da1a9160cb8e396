"""What the status of a happening is made of: the status, the words that gave it, or the reason why nothing happens.

For factuality and the modules that read a status (cancelling.py, claims.py, telling_by_*.py). It decides nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from events.extraction import dependency as tree
from events.model import Sentence, Span, Status, Token

NEGATION = frozenset("not n't n’t never no without nor neither none nobody nothing".split())
SHELLS = frozenset(
    "round series string set plan proposal bid idea project scheme session number wave couple pair dozen leg part "
    "first second third possibility prospect threat".split()
)
SET_FOR_LATER = frozenset("expect schedule set slate due plan pencil forecast foresee bill".split())
_DEEPEST = 5


class Telling(NamedTuple):
    """The status, the words that gave it, and why the clause tells of no happening ("" where it does)."""

    status: Status
    span: Span | None
    no_event: str = ""


def told(sentence: Sentence, status: Status, first: Token, last: Token | None = None) -> Telling:
    """A status given by a token, or by all the words from one token to another."""
    end = (last or first).end
    return Telling(status, Span(part=sentence.part, start=first.start, end=max(end, first.end)))


def untold(reason: str) -> Telling:
    """No happening, and why."""
    return Telling("occurred", None, reason)


def governor(sentence: Sentence, noun: Token) -> tuple[Token | None, str]:
    """The verb or adjective above a nominal and the nominal's role in its clause.

    Shells are looked through: in "cancelled a round of talks" the talks are the object of "cancelled".
    """
    top = noun
    for _ in range(_DEEPEST):
        head = sentence.tokens[top.head]
        shell = top.dep in {"nmod", "compound"} and head.lemma in SHELLS
        if head.index == top.index or head.pos in {"VERB", "AUX", "ADJ"} or not (shell or top.dep in {"conj", "flat"}):
            break
        top = head
    head = sentence.tokens[top.head]
    above = head if head.index != top.index and head.pos in {"VERB", "AUX", "ADJ"} else None
    return above, top.dep.split(":")[0]


def is_patient(sentence: Sentence, verb: Token, role: str) -> bool:
    """Whether what stands in that role undergoes the verb: its object, or the subject of its passive."""
    if role in {"obj", "dobj"}:
        return True
    if role != "nsubj":
        return False
    perfect = any(t.dep == "aux" and t.lemma == "have" for t in tree.children(sentence, verb.index))
    return tree.is_passive(sentence, verb.index) or (verb.tag == "VBN" and not perfect)


def is_negated(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb has a negation of its own."""
    return negation_of(sentence, verb) is not None


def negation_of(sentence: Sentence, verb: Token) -> Token | None:
    """The word that negates a verb; None where none does."""
    relations = {"advmod", "det", "cc", "case", "neg", "mark"}
    return next(
        (t for t in tree.children(sentence, verb.index) if t.text.lower() in NEGATION and t.dep in relations), None
    )


def is_supposed(sentence: Sentence, verb: Token) -> bool:
    """Whether something is only what one would look for: "such rain would be expected to flood the valley"."""
    helpers = {t.text.lower() for t in tree.children(sentence, verb.index)}
    return verb.lemma in SET_FOR_LATER and {"would", "be"} <= helpers


def is_set_for_later(sentence: Sentence, verb: Token) -> bool:
    """Whether a participle puts something off to a day: "expected", "set for Friday" and not "set on fire"."""
    if verb.lemma not in SET_FOR_LATER or verb.tag not in {"VBN", "VBD", "JJ"}:
        return False
    after = sentence.tokens[verb.index + 1].text.lower() if verb.index + 1 < len(sentence.tokens) else ""
    return verb.lemma != "set" or after in {"for", "to"}
