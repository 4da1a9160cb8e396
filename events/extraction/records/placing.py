"""Where a happening happens: a choice among the story's places by syntax, distance and kind, or no place at all.

For the pipeline. Candidates are the places of the happening's own sentence, of the sentences before and after, of the
headline and the dateline, and the seats of institutions that act in its sentence. A country that merely acts, an origin or a
nationality is a candidate too, and its features speak against it. Weights: models/choices/place.json.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.happening import Happening
from events.extraction.linear_choice import LinearChoice, softmax
from events.extraction.places.toponyms import Toponym
from events.extraction.records.institutions import government_seat, seats_in
from events.extraction.records.place_features import DEFINED, PlaceCandidate, features_of, none_features
from events.model import Span
from geodata.place import Place

REACH_BEFORE, REACH_AFTER = 6, 2  # sentences around the happening's own
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


def candidates_of(happening: Happening, analysis: Analysis) -> Iterator[PlaceCandidate]:
    """All places that a happening may have, those of its own sentence first."""
    own = happening.sentence
    last = len(analysis.sentences) - 1
    order = [
        own,
        *range(own - 1, max(-1, own - 1 - REACH_BEFORE), -1),
        *range(own + 1, min(last, own + REACH_AFTER) + 1),
    ]
    lead = [n for n in (0, analysis.first_body) if n not in order]
    for number in [*order, *lead]:
        if number != own and analysis.sentences[number].kind == "caption":
            continue  # a picture's place is its own
        for toponym, head in analysis.toponyms_by_sentence.get(number, ()):
            if toponym.place and toponym.place.kind != "continent":
                span = Span(part=toponym.part, start=toponym.start, end=toponym.end)
                yield PlaceCandidate(toponym.place, number, head, span, "named", toponym)
    line = analysis.dateline_toponym
    if line and line.place:
        span = Span(part=line.part, start=line.start, end=line.end)
        yield PlaceCandidate(line.place, analysis.first_body, None, span, "dateline", line)
    for seat in seats_in(own, analysis):
        part = analysis.sentences[own].part
        head = tree.token_at(analysis.sentences[own], seat.start, seat.end)
        span = Span(part=part, start=seat.start, end=seat.end)
        yield PlaceCandidate(seat.place, own, head, span, "seat", None)
    if happening.family != "incident":
        yield from _speaking_states(own, analysis)
    country = analysis.gazetteer.country(analysis.country) if analysis.country else None
    if country:
        yield PlaceCandidate(country, own, None, None, "country", None)


def _speaking_states(own: int, analysis: Analysis) -> Iterator[PlaceCandidate]:
    """The seat of each country that speaks or acts under its own name in the sentence ("Iran condemned …")."""
    for toponym, head in analysis.toponyms_by_sentence.get(own, ()):
        place = toponym.place
        acts = head is not None and head.dep in {"nsubj", "nsubj:pass"}
        if place and place.kind == "country" and place.country and (acts or toponym.kind == "metonymic"):
            seat = government_seat(place.country, analysis)
            if seat:
                span = Span(part=toponym.part, start=toponym.start, end=toponym.end)
                yield PlaceCandidate(seat, own, head, span, "seat", None)


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
