"""Words, their classes and who depends on whom: the small parser that ships with Dateline, behind one method.

For the finding of happenings. The model (events/extraction/models/syntax, trained by training/train_parser.py) is spaCy's
tagger and parser on a small convolutional encoder; dictionary forms come from lemminflect. Sentences are taken as they are
given. Another parser can take its place: anything with the same `parse`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from threading import Lock

import lemminflect
import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps
from threadpoolctl import threadpool_limits

from events.extraction.matrix_subjects import with_matrix_subjects
from events.model import ExtractionError, Sentence, Token

MODEL = Path(__file__).parent / "models" / "syntax"
MOST_STRINGS = 120_000  # of a model, its own 40,000 among them: it forgets no word that it has met
LONGEST = 1200  # characters of a sentence that are parsed; the rest of a run-on line is left without tokens
_UPOS = {
    "NNP": "PROPN", "NNPS": "PROPN", "CD": "NUM", "IN": "ADP", "TO": "PART", "RP": "ADP", "DT": "DET", "PDT": "DET",
    "WDT": "PRON", "PRP": "PRON", "WP": "PRON", "EX": "PRON", "PRP$": "PRON", "WP$": "PRON", "CC": "CCONJ", "MD": "AUX",
    "POS": "PART", "UH": "INTJ", "FW": "X", "LS": "X", "SYM": "SYM", "$": "SYM", "WRB": "ADV",
}  # fmt: skip
_BY_FIRST_TWO = {"NN": "NOUN", "VB": "VERB", "JJ": "ADJ", "RB": "ADV"}
_KEYS = 2**64  # spaCy's strings are named by unsigned numbers, its heads by signed ones
_LEMMA_CLASS = {"VERB": "VERB", "AUX": "AUX", "NOUN": "NOUN", "ADJ": "ADJ", "ADV": "ADV", "PROPN": "PROPN"}


class Parser:
    """A tagger and dependency parser. Use `Parser.load`; one serves several threads."""

    def __init__(self, model: Callable[[], Language], most_strings: int = MOST_STRINGS) -> None:
        """model: loads it, at once and whenever the one at hand has met too many words."""
        self._load = model
        self._most_strings = most_strings
        self._nlp = model()
        self._lock = Lock()

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Parser:
        """The shipped parser, loaded once. Raises ExtractionError when its files are missing."""
        if not (MODEL / "meta.json").exists():
            raise ExtractionError(
                f"the parser's model is not at {MODEL}: get the whole repository, or train it (training/)"
            )
        return cls(shipped_model)

    def parse(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        """The same sentences, with tokens. Offsets of tokens are the story's."""
        nlp = self._model()
        docs = (_one_sentence(nlp, sentence.text[:LONGEST]) for sentence in sentences)
        parsed = nlp.pipe(docs, batch_size=64)
        both = zip(sentences, parsed, strict=True)
        return [replace(s, tokens=tuple(with_matrix_subjects(list(_tokens(s, doc))))) for s, doc in both]

    def _model(self) -> Language:
        """The model; a fresh one where the other has met too many words. Who still reads with that one keeps it."""
        with self._lock:
            if len(self._nlp.vocab.strings) >= self._most_strings:
                with suppress(OSError):  # its files are being replaced: it goes on with what it has
                    self._nlp = self._load()
                gc.collect()  # the other one holds itself, and its room is the next one's
            return self._nlp


def shipped_model() -> Language:
    """The model that ships, from its files."""
    nlp = spacy.load(MODEL)
    numpy = NumpyOps(use_blis=False)  # numpy multiplies these matrices three times as fast as BLIS, on one core;
    threadpool_limits(1, user_api="blas")  # on several its threads spend their time waiting for one another
    for _, part in nlp.pipeline:
        for layer in part.model.walk():  # type: ignore[attr-defined]
            layer.ops = numpy
    return nlp


def _one_sentence(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    starts = np.full(len(doc), -1, dtype=np.int64)
    starts[:1] = 1
    return doc.from_array(["SENT_START"], starts.view(np.uint64)[:, None])  # type: ignore[arg-type]


def _tokens(sentence: Sentence, doc: Doc) -> Iterator[Token]:
    """The words of a parsed sentence; blanks are left out and heads counted without them."""
    rows = doc.to_array(["IS_SPACE", "IDX", "LENGTH", "TAG", "DEP", "HEAD"]).view(np.int64).tolist()
    number: dict[int, int] = {}
    for at, (blank, *_) in enumerate(rows):
        if not blank:
            number[at] = len(number)
    strings = doc.vocab.strings
    for at, index in number.items():
        _, begin, length, tag_key, relation_key, head = rows[at]
        tag, relation = strings[tag_key % _KEYS], strings[relation_key % _KEYS]
        text = sentence.text[begin : begin + length]
        pos = universal(tag, relation)
        start = sentence.start + begin
        yield Token(
            index, text, start, start + length, _lemma(text.lower(), pos), tag, pos, relation,
            number.get(at + head, index),
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
