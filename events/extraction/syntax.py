"""Words, their classes and who depends on whom: the small parser that ships with Dateline, behind one method.

For the finding of happenings. The model (events/extraction/models/syntax, trained by training/train_parser.py) is spaCy's
tagger and parser on a small convolutional encoder; dictionary forms come from lemminflect. Sentences are taken as they are
given. Another parser can take its place: anything with the same `parse`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import lemminflect
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from events.model import ExtractionError, Sentence, Token

MODEL = Path(__file__).parent / "models" / "syntax"
LONGEST = 1200  # characters of a sentence that are parsed; the rest of a run-on line is left without tokens
_UPOS = {
    "NNP": "PROPN", "NNPS": "PROPN", "CD": "NUM", "IN": "ADP", "TO": "PART", "RP": "ADP", "DT": "DET", "PDT": "DET",
    "WDT": "PRON", "PRP": "PRON", "WP": "PRON", "EX": "PRON", "PRP$": "PRON", "WP$": "PRON", "CC": "CCONJ", "MD": "AUX",
    "POS": "PART", "UH": "INTJ", "FW": "X", "LS": "X", "SYM": "SYM", "$": "SYM", "WRB": "ADV",
}  # fmt: skip
_BY_FIRST_TWO = {"NN": "NOUN", "VB": "VERB", "JJ": "ADJ", "RB": "ADV"}
_LEMMA_CLASS = {"VERB": "VERB", "AUX": "AUX", "NOUN": "NOUN", "ADJ": "ADJ", "ADV": "ADV", "PROPN": "PROPN"}


class Parser:
    """A tagger and dependency parser. Use `Parser.load`."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Parser:
        """The shipped parser, loaded once. Raises ExtractionError when its files are missing."""
        if not (MODEL / "meta.json").exists():
            raise ExtractionError(
                f"the parser's model is not at {MODEL}: get the whole repository, or train it (training/)"
            )
        return cls(spacy.load(MODEL))

    def parse(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """The same sentences, with tokens. Offsets of tokens are the story's."""
        docs = (self._one_sentence(sentence.text[:LONGEST]) for sentence in sentences)
        parsed = self._nlp.pipe(docs, batch_size=64)
        return [replace(s, tokens=tuple(_tokens(s, doc))) for s, doc in zip(sentences, parsed, strict=True)]

    def _one_sentence(self, text: str) -> Doc:
        doc = self._nlp.make_doc(text)
        for token in doc:
            token.is_sent_start = token.i == 0
        return doc


def _tokens(sentence: Sentence, doc: Doc) -> Iterator[Token]:
    """The words of a parsed sentence; blanks are left out and heads counted without them."""
    words = [token for token in doc if not token.is_space]
    number = {token.i: index for index, token in enumerate(words)}
    for index, token in enumerate(words):
        pos = universal(token.tag_, token.dep_)
        start = sentence.start + token.idx
        yield Token(
            index, token.text, start, start + len(token.text), _lemma(token.lower_, pos), token.tag_, pos,
            token.dep_, number.get(token.head.i, index),
        )  # fmt: skip


def universal(tag: str, relation: str = "") -> str:
    """The Universal Dependencies word class of a Penn tag.

    >>> universal("VBD"), universal("NNP"), universal("VBZ", "aux"), universal(",")
    ('VERB', 'PROPN', 'AUX', 'PUNCT')
    """
    if relation in {"aux", "aux:pass", "cop"} and tag.startswith("VB"):
        return "AUX"
    return _UPOS.get(tag) or _BY_FIRST_TWO.get(tag[:2], "PUNCT")


@lru_cache(maxsize=50_000)
def _lemma(word: str, pos: str) -> str:
    if pos not in _LEMMA_CLASS:
        return word
    found = lemminflect.getLemma(word, upos=_LEMMA_CLASS[pos])
    return found[0].lower() if found else word
