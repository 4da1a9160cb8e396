"""Where in the story a place's words stand, as seen from a happening: named features by sentence, lead and dateline.

For place_features.py.
"""

from __future__ import annotations

import math

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.happening import Happening
from events.extraction.records.place_candidates import PlaceCandidate
from events.extraction.records.place_syntax import LOCATIVE, whole_phrase


def position_features(happening: Happening, candidate: PlaceCandidate, analysis: Analysis) -> dict[str, float]:
    """How far the candidate's words stand from the happening's sentence, and in which part of the story."""
    if candidate.source == "dateline":
        lead = happening.sentence <= analysis.first_body + 1
        return {"dateline": 1.0, "dateline, lead": float(lead)}
    if candidate.source == "seat":
        return {"same sentence, seat": 1.0}
    if candidate.source == "country":
        return _of_country(happening, candidate, analysis)
    if candidate.sentence == happening.sentence:
        return {"same sentence": 1.0}
    found = _from_elsewhere(happening, candidate, analysis)
    if candidate.sentence == analysis.first_body:
        found["in the lead"] = 1.0
    if candidate.toponym and candidate.token:
        sentence = analysis.sentences[candidate.sentence]
        head = whole_phrase(sentence, candidate.token)
        found["located elsewhere"] = float(tree.preposition(sentence, head.index) in LOCATIVE)
    return found


def _of_country(happening: Happening, candidate: PlaceCandidate, analysis: Analysis) -> dict[str, float]:
    """What speaks for the country that the story is about, where no nearer place is named."""
    named, here = analysis.first_named, happening.sentence
    return {
        "country": 1.0,
        "country, no place near": float(not any(n in analysis.toponyms_by_sentence for n in range(here - 2, here + 3))),
        "country, named before": float(candidate.place.id in named and named[candidate.place.id] <= here),
        "country, and nothing else": float(named.keys() <= {candidate.place.id}),
    }


def _from_elsewhere(happening: Happening, candidate: PlaceCandidate, analysis: Analysis) -> dict[str, float]:
    """Of words in another sentence: in the headline, before or after."""
    apart = happening.sentence - candidate.sentence
    if analysis.sentences[candidate.sentence].part == "title":
        return {"in the headline": 1.0}
    if apart < 0:
        return {"in a sentence after": 1.0, "in the sentence after": float(apart == -1)}
    same = analysis.sentences[candidate.sentence].paragraph == analysis.sentences[happening.sentence].paragraph
    return {
        "sentences before": math.log1p(apart),
        "in a sentence before": 1.0,
        "in the sentence before": float(apart == 1),
        "in the paragraph, before": float(same),
    }
