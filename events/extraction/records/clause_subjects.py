"""Whose act a clause tells: its own subject, that of the clause above, or the noun that it qualifies.

For labels. Where the parser gives none, the noun right before the verb or at the head of the sentence is taken.
"""

from __future__ import annotations

from events.extraction.records.clause_words import own_subject
from events.model import Sentence, Token


def best_subject(sentence: Sentence, verb: Token, left_out: set[int]) -> Token | None:
    """The subject of a verb's clause by the parse, else by what stands before it. left_out: tokens of dates."""
    subject = subject_of_clause(sentence, verb)
    if subject is None or subject.pos == "NUM" or subject.index in left_out:
        known = subject if subject is not None and subject.index not in left_out else None
        return _noun_right_before(sentence, verb, left_out) or known or _first_noun(sentence, verb, left_out)
    return subject


def _noun_right_before(sentence: Sentence, verb: Token, left_out: set[int]) -> Token | None:
    """The noun before a verb whose subject the parser missed, as in captions: "Estonian naval ships sail"."""
    if verb.tag not in {"VBZ", "VBP", "VBD", "VB"} or not verb.index:
        return None
    before = sentence.tokens[verb.index - 1]
    fits = before.pos in {"NOUN", "PROPN"} and before.index not in left_out
    return before if fits and before.head != verb.index else before if fits and before.dep != "obl" else None


def _first_noun(sentence: Sentence, verb: Token, left_out: set[int]) -> Token | None:
    """The noun that a sentence opens with, for its main verb: "Amina Bello, who heads the board, rejected …"."""
    if verb.dep not in {"ROOT", "ccomp", "parataxis", "conj", "acl:relcl", "acl"} or verb.tag == "TO":
        return None
    for token in sentence.tokens[: min(verb.index, 8)]:
        gerund = token.tag == "VBG" and token.index > 0
        if (token.pos in {"NOUN", "PROPN"} or gerund) and token.index not in left_out:
            head = sentence.tokens[token.head]
            inside = token.dep in {"compound", "flat", "amod", "nmod"} and 0 < head.index - token.index < 4
            return head if inside and head.pos in {"NOUN", "PROPN"} else token
        if token.pos not in {"DET", "ADJ", "NUM", "PUNCT"} or token.text in {",", ":", ";", "“", '"'}:
            return None
    return None


def subject_of_clause(sentence: Sentence, verb: Token, depth: int = 0) -> Token | None:
    """The grammatical subject: its own, that of the verb that governs it, or the noun that a relative clause hangs on."""
    own = own_subject(sentence, verb)
    if own is not None and own.tag in {"WP", "WDT"} and not own.text.isupper() and verb.dep == "acl:relcl":
        return sentence.tokens[verb.head]
    if own is not None and own.tag in {"WP", "WDT"} and not own.text.isupper():
        return _noun_before(sentence, own)
    if own is not None:
        return own
    if verb.dep == "acl" and sentence.tokens[verb.head].pos in {"NOUN", "PROPN"}:
        return sentence.tokens[verb.head]
    head = sentence.tokens[verb.head]
    if verb.dep in {"xcomp", "conj", "advcl", "aux"} and head.index != verb.index and depth < 6:
        return subject_of_clause(sentence, head, depth + 1)
    return None


def _noun_before(sentence: Sentence, pronoun: Token) -> Token | None:
    """The noun that a relative pronoun follows, with a comma between them at most."""
    before = sentence.tokens[: pronoun.index]
    if before and before[-1].text == ",":
        before = before[:-1]
    return before[-1] if before and before[-1].pos in {"NOUN", "PROPN"} else None
