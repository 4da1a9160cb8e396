"""Which places may be that of a happening: those named around it, the dateline's, seats of who acts, the story's country.

For placing.py, which chooses among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.happening import Happening
from events.extraction.places.toponyms import Toponym
from events.extraction.records.institutions import government_seat, seats_in
from events.model import Span, Token
from geodata.place import Place

REACH_BEFORE, REACH_AFTER = 6, 2  # sentences around the happening's own


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place that a happening may have. sentence: where its words stand; token: their head, None without a parse."""

    place: Place
    sentence: int
    token: Token | None
    span: Span | None
    source: str  # "named", "dateline", "seat", or "country": the one that the story is about
    toponym: Toponym | None


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
