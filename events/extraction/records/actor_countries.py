"""The country of who takes part, where the text says so: "Iranian President Pezeshkian", "the parliament of Ghana", "Kenya".

For participants. Said at the name itself or at another of the story's mentions of the same person; never guessed from a name or
from where the story is set.
"""

from __future__ import annotations

from collections.abc import Iterator

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.records.governments import toponym_at
from events.model import Mention, Sentence, Token

_BEFORE = frozenset({"amod", "compound", "nmod:poss", "flat"})
_OFFICE_OF = "of"
TITLE_WORDS = 5  # before a name, among which its country stands: "Chilean Deputy Prime Minister"


def country_of(token: Token, name: str, sentence: Sentence, analysis: Analysis) -> str | None:
    """The ISO 3166-1 code of the country that the text gives an actor; None where it gives none or two.

    token: the head of the words that name it here; name: what it is called.
    """
    here = _said_at(token, sentence, analysis)
    if here is not None:
        return here
    elsewhere = {
        code
        for number, mention in _mentions(name, analysis)
        if (code := _said_before(mention, analysis.sentences[number], analysis))
    }
    return elsewhere.pop() if len(elsewhere) == 1 else None


def _said_before(mention: Mention, sentence: Sentence, analysis: Analysis) -> str | None:
    """The country whose people's adjective opens the words before a person: by order, for names confuse the parser."""
    start = mention.start
    for token in reversed([t for t in sentence.tokens if t.end <= mention.start][-TITLE_WORDS:]):
        if token.pos not in {"NOUN", "PROPN", "ADJ"} or start - token.end > 1:
            return None
        found = toponym_at(token, sentence, analysis)
        if found is not None and found.place is not None and found.place.kind == "country":
            return found.place.country
        start = token.start
    return None


def _said_at(token: Token, sentence: Sentence, analysis: Analysis) -> str | None:
    """The country that stands in a noun phrase: its own name, a people's adjective before it, or behind "of"."""
    own = toponym_at(token, sentence, analysis)
    if own is not None and own.place is not None and own.place.kind == "country":
        return own.place.country
    for part in tree.children(sentence, token.index):
        behind = part.dep == "nmod" and tree.preposition(sentence, part.index) == _OFFICE_OF
        if part.dep not in _BEFORE and not behind:
            continue
        for word in (part, *tree.children(sentence, part.index)):
            found = toponym_at(word, sentence, analysis)
            if found is not None and found.place is not None and found.place.kind == "country":
                return found.place.country
    return None


def _mentions(name: str, analysis: Analysis) -> Iterator[tuple[int, Mention]]:
    """The story's mentions of a person by this name or its last word, each with the number of its sentence."""
    last = name.split()[-1]
    for mention in analysis.names:
        if mention.label == "PER" and mention.text.split()[-1] == last:
            number = analysis.sentence_at(mention.part, mention.start)
            if number is not None and analysis.sentences[number].tokens:
                yield number, mention
