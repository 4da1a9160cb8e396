"""Words that the parser took for another class: which they are, by their form or by their place in a headline.

For events.extraction.happenings.triggers. The small parser takes rare past forms for nouns, and headlines, with their missing
articles and capitals everywhere, for strings of nouns.
"""

from __future__ import annotations

from collections.abc import Iterator

from events.extraction.happenings.arguments import lemma_as
from events.model import Sentence, Token

_CLAUSE_BREAKS = frozenset(", ; : - – — as after amid while when before and but".split())


def capitalised(sentence: Sentence) -> bool:
    """Whether nearly every long word of a headline begins with a capital, so that capitals name nothing."""
    words = [token.text for token in sentence.tokens if len(token.text) > 3 and token.text.isalpha()]
    return sum(word[0].isupper() for word in words) > 0.8 * len(words) and len(words) > 2


def uninflected(token: Token) -> bool:
    """Whether a word is a bare verb form, less likely a headline's verb than "kills" or "held"."""
    return token.text.lower() == lemma_as(token.text.lower(), "VERB")


def clauses(sentence: Sentence) -> Iterator[list[Token]]:
    """A sentence cut at its stops and conjunctions."""
    clause: list[Token] = []
    for token in sentence.tokens:
        if token.text.lower() in _CLAUSE_BREAKS and token.tag != "HYPH":
            yield clause
            clause = []
        else:
            clause.append(token)
    yield clause


def class_by_form(token: Token, clause: list[Token], position: int) -> str:
    """The class of a word that can't be what the parser says.

    VERB for a past form taken for a noun ("the trawler sank"); NOUN for a noun taken for an adjective or adverb
    ("a rally"), for a capital at the head of a sentence ("Gunfire was heard"), for a gerund ("there was looting").
    """
    word = token.text.lower()
    if token.pos in {"NOUN", "ADJ"} and position and token.text.islower() and not word.endswith("s"):
        verb = lemma_as(word, "VERB")
        nominal = clause[position - 1].pos in {"NOUN", "PROPN", "PRON", "NUM"}
        if nominal and verb and verb != word and not lemma_as(word, "NOUN"):
            return "VERB"
    unknown = token.pos in {"ADJ", "ADV"} and not lemma_as(word, token.pos)
    first = token.pos == "PROPN" and token.index == 0 and len(clause) > 1 and clause[1].pos != "PROPN"
    return "NOUN" if (unknown or first or token.tag == "VBG") and lemma_as(word, "NOUN") else ""


def class_by_place(token: Token, clause: list[Token], position: int, capitals: bool) -> str:
    """The class that a headline's word may have instead of the parser's, by what stands before and after it."""
    if token.pos == "PROPN" and not capitals:
        return ""
    if not position and token.tag == "NNS" and token.index:
        return "VERB"  # "X retakes jail, frees guards"
    if token.pos in {"NOUN", "PROPN", "ADJ", "ADV"} and position:
        nominal = clause[position - 1].pos in {"NOUN", "PROPN", "NUM", "PRON", "ADJ", "VERB"}
        return "VERB" if nominal else ""
    if token.pos in {"VERB", "ADJ"} and (position + 1 == len(clause) or clause[position + 1].pos != "DET"):
        return "NOUN"
    return ""
