"""What speaks against an institution's seat: a place that the sentence names, or a story that is set elsewhere.

For place_features.py.
"""

from __future__ import annotations

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.happening import Happening
from events.extraction.records.journeys import JOURNEY, visited_countries
from events.extraction.records.place_candidates import PlaceCandidate
from events.extraction.records.place_syntax import LOCATIVE


def seat_features(
    happening: Happening, candidate: PlaceCandidate, candidates: list[PlaceCandidate], analysis: Analysis
) -> dict[str, float]:
    """What speaks against an institution's seat: a place that the sentence names, or a story that is set elsewhere."""
    literal = [
        c
        for c in candidates
        if c.sentence == happening.sentence and c.source == "named" and c.toponym and c.toponym.kind == "literal"
    ]
    located = [
        c for c in literal if c.token and tree.preposition(analysis.sentences[c.sentence], c.token.index) in LOCATIVE
    ]
    states = sum(1 for c in candidates if c.sentence == happening.sentence and c.place.kind == "country")
    line = analysis.dateline_toponym
    return {
        "seat, a place in the sentence": float(bool(literal)),
        "seat, a located place in the sentence": float(bool(located)),
        "seat, several countries": float(states > 1),
        "seat, the trigger is a journey": float(happening.lemma.split(" ")[0] in JOURNEY),
        "seat, somebody travels": float(any(t.lemma in JOURNEY for t in analysis.sentences[happening.sentence].tokens)),
        "seat, a country is visited": float(bool(visited_countries(happening, analysis) - {candidate.place.country})),
        "seat, in the story's country": float(candidate.place.country == analysis.country),
        "seat, another town is the focus": float(
            analysis.focus is not None and analysis.focus.kind == "town" and analysis.focus.id != candidate.place.id
        ),
        "seat, a dateline elsewhere": float(
            line is not None and line.place is not None and line.place.id != candidate.place.id
        ),
    }
