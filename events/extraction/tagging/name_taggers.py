"""Another model in the tagger's seat, by name: "spacy:en_core_web_trf", "hf:dslim/bert-base-NER".

For those who have a better name tagger than the one that ships. Whatever its scheme, its names come out as persons,
organisations, places and demonyms at the story's offsets, through the same function as the shipped one's. spaCy is
there anyway; a Hugging Face model needs the package transformers with torch, which Dateline doesn't bring.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any, cast

from events.extraction.tagging.tagger import Tagger
from events.model import ExtractionError, Mention, NameLabel, Sentence

NameTagger = Callable[[Sequence[Sentence]], list[Mention]]

# The labels of OntoNotes, CoNLL-2003 and WikiNER that are names of persons, organisations, places and peoples.
_LABELS: dict[str, NameLabel] = {
    "PER": "PER", "PERSON": "PER", "ORG": "ORG", "ORGANIZATION": "ORG", "CORP": "ORG", "GPE": "LOC", "LOC": "LOC",
    "LOCATION": "LOC", "FAC": "LOC", "NORP": "DEM", "DEM": "DEM",
}  # fmt: skip


def named(choice: str = "") -> NameTagger:
    """The name tagger that a user asks for: "" for the shipped one, "spacy:MODEL" (a package or folder), "hf:MODEL".

    Raises ExtractionError for an unknown kind, and for a model that is not installed or can't be read.
    """
    if not choice:
        return Tagger.load().names
    kind, _, model = choice.partition(":")
    if kind == "spacy" and model:
        return _spacy(model)
    if kind == "hf" and model:
        return _hugging_face(model)
    raise ExtractionError(f"{choice!r} names no tagger: write spacy:MODEL or hf:MODEL, or leave it out")


def _spacy(model: str) -> NameTagger:
    import spacy

    try:
        nlp = spacy.load(model)
    except (OSError, ValueError) as error:
        raise ExtractionError(f"spaCy can't load the model {model!r}: install it, or give its folder") from error

    def names(sentences: Sequence[Sentence]) -> list[Mention]:
        docs = nlp.pipe(sentence.text for sentence in sentences)
        return [
            mention
            for sentence, doc in zip(sentences, docs, strict=True)
            for mention in _mentions(sentence, ((e.start_char, e.end_char, e.label_) for e in doc.ents))
        ]

    return names


def _hugging_face(model: str) -> NameTagger:
    try:
        transformers = import_module("transformers")
    except ImportError as missing:
        raise ExtractionError("a Hugging Face tagger needs: pip install transformers torch") from missing
    try:
        classify = transformers.pipeline("token-classification", model=model, aggregation_strategy="first")
    except (OSError, ValueError) as error:
        raise ExtractionError(f"transformers can't load the model {model!r}: give its folder or its name") from error

    def names(sentences: Sequence[Sentence]) -> list[Mention]:
        answers = classify([sentence.text for sentence in sentences]) if sentences else []
        return [
            mention
            for sentence, found in zip(sentences, answers, strict=True)
            for mention in _mentions(sentence, ((e["start"], e["end"], e["entity_group"]) for e in found))
        ]

    return names


def _mentions(sentence: Sentence, spans: Any) -> Iterator[Mention]:
    """The spans of one sentence that are names of a kind we know, blanks trimmed, at the story's offsets."""
    for start, end, label in spans:
        known = _LABELS.get(cast("str", label).upper())
        text = sentence.text[start:end].strip()
        if known and text:
            begin = sentence.start + sentence.text.index(text, start)
            yield Mention(sentence.part, begin, begin + len(text), text, known)
