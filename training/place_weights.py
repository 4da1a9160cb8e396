"""Fits the weights of the evidence for place names (events/extraction/lists/place_evidence*.txt).

    python -m training.place_weights [--tagger]

Logistic regression. Rows are capitalised names that the gazetteer knows, in the seen halves of the development corpora
(benchmarks/geoparsing.py says which those are) and in our own news; columns are classes of words and sizes of places,
never a name. Only the weights leave the data. Some are set by hand where the data say little. A few seconds.
"""

from __future__ import annotations

import argparse
import importlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.geoparsing import CORPORA, Document, documents_of, is_seen
from benchmarks.shared_data import SHARED, scorer
from events.extraction.places import place_evidence, toponyms
from events.extraction.places.name_drafts import Draft, drafts_of
from events.extraction.places.name_tokens import tokenise
from events.extraction.places.tagged_names import TaggedNames
from events.extraction.places.toponyms import Tagger
from events.extraction.sentences import split
from events.model import Story
from geodata.gazetteer import Gazetteer
from training.word_lists import LISTS, NEWS

BY_HAND = {
    "a person's name in the story, large place": -4.0,
    "feature": 0.4,  # a known site: the corpora leave the White House and the Kremlin unmarked
    "byline": -5.0,
    "before a building's word": -0.5,  # the building stands there, whether or not a corpus marks the town
    "tagged as a person": -3.5,
    "tagged as part of a person": -4.0,
}
OWN_NEWS = (
    0.3  # the weight of a name in our own news, whose writers mark more; none with the tagger, which learned there
)
LEAST_COUNT = 6
PENALTY = 2.0
ROUNDS = 3  # what the story says of a name depends on the weights themselves


class Row(NamedTuple):
    """A name with its evidence: whether it is a place here, and how much the row counts."""

    evidence: list[str]
    is_place: bool
    weight: float


def main() -> None:
    """Fit and write the list."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--tagger", action="store_true", help="with the learned tagger's evidence")
    gazetteer, names = Gazetteer.open(), None
    if parser.parse_args().tagger:
        names = importlib.import_module("events.extraction.tagging.tagger").Tagger.load()
    weights = place_evidence.WEIGHTS_WITH_TAGGER if names else place_evidence.WEIGHTS
    weights.clear()
    for _ in range(ROUNDS):
        weights.update(fit([*corpus_rows(gazetteer, names), *([] if names else own_rows(gazetteer, names))]))
    write(weights, "place_evidence_tagged.txt" if names else "place_evidence.txt")


def write(weights: dict[str, float], file: str) -> None:
    """One weight and its evidence a line, heaviest first."""
    lines = [f"{weight:.2f}\t{name}" for name, weight in sorted(weights.items(), key=lambda w: (-w[1], w[0]))]
    head = (
        "# log-odds of being a place where it stands, and the evidence (place_evidence.py; training/place_weights.py)"
    )
    (LISTS / file).write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


def corpus_rows(gazetteer: Gazetteer, names: Tagger | None) -> Iterator[Row]:
    """The names of the corpora's seen halves; those that touch only gold that is scored neither way are left out."""
    ge = scorer("score_geoparse")
    for corpus in CORPORA:
        for document in filter(is_seen, documents_of(corpus, ge, gazetteer)):
            for draft in drafts(Story(id="1", text=document["text"]), gazetteer, names):
                name = draft.found("literal")
                gold = [g for g in document["toponyms"] if g["start"] < name.end and name.start < g["end"]]
                if not gold or any(g.get("lat") is not None and not g.get("ignore") for g in gold):
                    yield Row(draft.evidence, bool(gold), 1.0)


def own_rows(gazetteer: Gazetteer, names: Tagger | None) -> Iterator[Row]:
    """The names of our own news; parts of organisations' names are left out, which the corpora mark and we do not."""
    for part in NEWS:
        for line in (SHARED / "training" / "own-news" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            story = Story(id="1", title=document["title"] or "", text=document["text"])
            for draft in drafts(story, gazetteer, names):
                labels = set(_labels(document, draft))
                if not labels & {"DEM", "part of an ORG"}:
                    yield Row(draft.evidence, "LOC" in labels, OWN_NEWS)


def _labels(document: Document, draft: Draft) -> Iterator[str]:
    name = draft.found("literal")
    for marked in document["names"]:
        if marked["part"] == name.part and marked["start"] < name.end and name.start < marked["end"]:
            whole = (marked["start"], marked["end"]) == (name.start, name.end)
            yield "part of an ORG" if marked["label"] == "ORG" and not whole else marked["label"]


def drafts(story: Story, gazetteer: Gazetteer, names: Tagger | None) -> list[Draft]:
    """The names of a story that may be places, with all their evidence."""
    sentences = split(story)
    tokens = [tokenise(sentence) for sentence in sentences]
    found = [draft for words in tokens for draft in drafts_of(words, gazetteer)]
    return toponyms.weigh(found, tokens, gazetteer, TaggedNames(names(sentences)) if names else None)


def fit(rows: list[Row]) -> dict[str, float]:
    """Weights by Newton's method on the penalised likelihood; those of BY_HAND stay."""
    counts = Counter(name for row in rows for name in set(row.evidence))
    columns = [name for name, count in counts.items() if count >= LEAST_COUNT]
    index = {name: i for i, name in enumerate(columns)}
    table: npt.NDArray[np.float64] = np.zeros((len(rows), len(columns)))
    for i, row in enumerate(rows):
        table[i, [index[name] for name in row.evidence if name in index]] = 1.0
    right, share = np.array([row.is_place for row in rows], float), np.array([row.weight for row in rows])
    target = np.array([BY_HAND.get(name, 0.0) for name in columns])
    penalty = np.array([1e4 if name in BY_HAND else PENALTY for name in columns])
    weights = target.copy()
    for _ in range(30):
        odds = 1.0 / (1.0 + np.exp(-table @ weights))
        gradient = table.T @ (share * (odds - right)) + penalty * (weights - target)
        curvature = (table * (share * odds * (1 - odds))[:, None]).T @ table + np.diag(penalty)
        weights = weights - np.linalg.solve(curvature, gradient)
    return BY_HAND | {name: round(float(weights[i]), 2) for name, i in index.items()}


if __name__ == "__main__":
    main()
