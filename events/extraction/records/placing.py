"""Where a happening happens: a choice among the story's places by syntax, distance and kind, or no place at all.

For the pipeline. Candidates are the places of the happening's own sentence, of the sentences before and after, of the
headline and the dateline, and the seats of institutions that act in its sentence. A country that merely acts, an origin or a
nationality is a candidate too, and its features speak against it. Weights: models/choices/place.json.
"""

from __future__ import annotations

from dataclasses import dataclass

from events.extraction.analysis import Analysis
from events.extraction.happenings.happening import Happening
from events.extraction.linear_choice import LinearChoice, softmax
from events.extraction.places.toponyms import Toponym
from events.extraction.records.place_candidates import PlaceCandidate, candidates_of
from events.extraction.records.place_features import DEFINED, features_of, none_features
from events.model import Span
from geodata.place import Place

REPEATED = 0.6  # what a place's further mentions count beside its likeliest


@dataclass(frozen=True, slots=True)
class Placement:
    """The chosen place with its chance of being right, its words, and the toponym it was read from."""

    place: Place
    confidence: float
    span: Span | None
    toponym: Toponym | None
    reason: str
    is_named: bool  # in the happening's own sentence


def place_of(happening: Happening, analysis: Analysis, choice: LinearChoice) -> Placement | None:
    """The place of a happening; None where the story does not say it, or says it too uncertainly."""
    candidates = list(candidates_of(happening, analysis))
    rows = [features_of(happening, candidate, candidates, analysis) for candidate in candidates]
    scores = [choice.score(row) + sum(DEFINED[name] for name in DEFINED if row.get(name)) for row in rows]
    shares = softmax([*scores, choice.score(none_features(happening, candidates))])
    mentions: dict[str, list[float]] = {}
    for candidate, share in zip(candidates, shares, strict=False):
        mentions.setdefault(candidate.place.id, []).append(share)
    by_place = {place_id: max(own) + REPEATED * (sum(own) - max(own)) for place_id, own in mentions.items()}
    if not by_place or max(by_place.values()) < shares[-1]:
        return None
    best_id = max(by_place, key=lambda place_id: by_place[place_id])
    same = [(share, c) for c, share in zip(candidates, shares, strict=False) if c.place.id == best_id]
    best = max(same, key=lambda pair: pair[0])[1]
    return Placement(
        best.place, round(min(1.0, by_place[best_id]), 3), best.span, best.toponym, _reason(best, happening),
        best.source == "named" and best.sentence == happening.sentence,
    )  # fmt: skip


def _reason(best: PlaceCandidate, happening: Happening) -> str:
    if best.source == "seat":
        return "where the institution that acts sits"
    if best.source == "dateline":
        return "the story's dateline"
    if best.source == "country":
        return "the country that the story is about"
    if best.sentence == happening.sentence:
        return "named in the sentence"
    return "carried over from the sentences around"
