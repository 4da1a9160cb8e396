"""What speaks for and against a place as that of a happening: named features of each candidate.

For placing.py, which chooses, and training/train_choices.py, which learns their weights. Of the place and its words here;
by where they stand in place_position.py, by the sentence's grammar in place_syntax.py.
"""

from __future__ import annotations

import math

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.happening import Happening
from events.extraction.records import place_words
from events.extraction.records.journeys import VISIT_REACH, visited_countries
from events.extraction.records.place_candidates import PlaceCandidate
from events.extraction.records.place_containment import contains
from events.extraction.records.place_position import position_features
from events.extraction.records.place_syntax import LOCATIVE, syntax_features, whole_phrase
from events.extraction.records.seat_features import seat_features

# What the definition of an event says and too few of our own stories teach: added to what was learned.
DEFINED = {
    "visited": 2.5, "a line acted on": 3.0, "a sea or line below the trigger": 1.5, "where it was said": -1.5,
    "elsewhere than an unknown place": -3.0, "the one spoken of": -2.0, "seat, a country is visited": -2.5,
    "the country that is visited": 1.5, "where somebody is from": -2.0, "the host": 2.0, "left": 2.5,
    "between two": -1.5, "there": 3.0, "a water's name": -3.0, "spoken from": 3.0,
}  # fmt: skip


def none_features(happening: Happening, candidates: list[PlaceCandidate]) -> dict[str, float]:
    """What speaks for leaving a happening unplaced."""
    own = [c for c in candidates if c.sentence == happening.sentence and c.source == "named"]
    return {"none": 1.0, "none, no place in the sentence": float(not own), "none, no candidate": float(not candidates)}


def features_of(
    happening: Happening, candidate: PlaceCandidate, candidates: list[PlaceCandidate], analysis: Analysis
) -> dict[str, float]:
    """The named features of one candidate."""
    found = _of_the_place(candidate, analysis)
    found.update(position_features(happening, candidate, analysis))
    if candidate.sentence == happening.sentence and candidate.source in {"named", "seat"}:
        found.update(syntax_features(happening, candidate, analysis))
    found.update(_relations(candidate, candidates, happening))
    found.update(_of_the_act(happening, candidate))
    if candidate.source == "seat":
        found.update(seat_features(happening, candidate, candidates, analysis))
    found.update(_by_sentence(happening, candidate, analysis))
    found.update(_by_words(happening, candidate, analysis))
    found.update(_by_story(candidate, analysis))
    return found


def _of_the_place(candidate: PlaceCandidate, analysis: Analysis) -> dict[str, float]:
    """What the place is, how sure its name, how often the story names it."""
    place, toponym = candidate.place, candidate.toponym
    found = {f"source {candidate.source}": 1.0, f"precision {place.precision}": 1.0}
    if toponym:
        found[f"kind {toponym.kind}"] = 1.0
        found["sure of the name"] = toponym.confidence
    found["named often"] = math.log1p(analysis.mentions_of[place.id])
    return found


def _of_the_act(happening: Happening, candidate: PlaceCandidate) -> dict[str, float]:
    """Which source and which precision of place an act of that sort and type has."""
    sort = _sort_of_act(happening.family)
    found = {f"{sort}, {candidate.source}": 1.0, f"{happening.type}, {candidate.source}": 1.0}
    if candidate.source == "named":
        found[f"{sort}, {candidate.place.precision}"] = 1.0
    return found


def _sort_of_act(family: str) -> str:
    if family.startswith("verbal"):
        return "verbal"
    return "incident" if family == "incident" else "material"


def _by_sentence(happening: Happening, candidate: PlaceCandidate, analysis: Analysis) -> dict[str, float]:
    """Whether the happening's sentence is at an unknown place, speaks of this one, or tells of a visit to its country."""
    found: dict[str, float] = {}
    place = candidate.place
    pin = place.precision in {"exact", "city", "district"}
    if pin and (candidate.sentence != happening.sentence or candidate.source != "named"):
        found["elsewhere than an unknown place"] = float(_names_unknown_place(happening, analysis))
    found["the one spoken of"] = float(place.id in _spoken_of(happening, analysis))
    if candidate.source == "named" and place.country in visited_countries(happening, analysis):
        found["the country that is visited"] = 1.0
    return found


def _by_story(candidate: PlaceCandidate, analysis: Analysis) -> dict[str, float]:
    place, focus = candidate.place, analysis.focus
    return {
        "the story's focus": float(focus is not None and focus.id == place.id),
        "in the story's country": float(place.country is not None and place.country == analysis.country),
    }


def _by_words(happening: Happening, candidate: PlaceCandidate, analysis: Analysis) -> dict[str, float]:
    """What the words around the candidate's name say of it, in whichever sentence it stands."""
    toponym, token = candidate.toponym, candidate.token
    if candidate.source != "named" or toponym is None:
        return {}
    sentence = analysis.sentences[candidate.sentence]
    own = candidate.sentence == happening.sentence
    there = place_words.place_of_there(happening.sentence, happening.token, analysis)
    found = {
        "where somebody is from": place_words.is_home(toponym, token, sentence),
        "the host": place_words.is_host(toponym, sentence),
        "a water's name": place_words.is_named_water(toponym, sentence),
        "there": bool(there) and candidate.place.id == there,
    }
    if token is not None and sentence.tokens:
        near = abs(happening.sentence - candidate.sentence) <= VISIT_REACH  # a lead's "pact between …" is no route
        found["between two"] = near and place_words.is_between(token, sentence)
        found["spoken from"] = own and place_words.is_spoken_from(token, sentence)
        found["left"] = own and place_words.is_left(token, sentence, happening.token)
    return {name: 1.0 for name, holds in found.items() if holds}


def _spoken_of(happening: Happening, analysis: Analysis) -> frozenset[str]:
    """Places that are the object of a speech act ("accused Tehran", "urged Paris"): states spoken of, and no place of it."""
    sentence = analysis.sentences[happening.sentence]
    if happening.family != "verbal conflict" or not sentence.tokens:
        return frozenset()
    return frozenset(
        toponym.place.id
        for toponym, token in analysis.toponyms_by_sentence.get(happening.sentence, ())
        if toponym.place and token and token.dep == "obj" and token.head == happening.token
    )


def _names_unknown_place(happening: Happening, analysis: Analysis) -> bool:
    """Whether the sentence puts the happening at a place that no gazetteer has: then no other town may stand for it."""
    sentence = analysis.sentences[happening.sentence]
    if not sentence.tokens:
        return False
    below = tree.subtree(sentence, happening.token)
    return any(
        token.index in below and tree.preposition(sentence, whole_phrase(sentence, token).index) in LOCATIVE
        for toponym, token in analysis.unknown_by_sentence.get(happening.sentence, ())
        if token is not None and toponym.kind == "literal"
    )


def _relations(candidate: PlaceCandidate, candidates: list[PlaceCandidate], happening: Happening) -> dict[str, float]:
    """Whether a more exact place stands in the same sentence: then the wider one is its context."""
    place = candidate.place
    near = [
        c.place
        for c in candidates
        if c.sentence == candidate.sentence
        and c.source == "named"
        and c.place.id != place.id
        and c.toponym
        and c.toponym.kind != "demonym"
    ]
    inner = [other for other in near if contains(place, other)]
    outer = [other for other in near if contains(other, place)]
    own = candidate.sentence == happening.sentence
    return {
        "contains another": float(bool(inner)),
        "contains another, own sentence": float(bool(inner) and own),
        "lies in another": float(bool(outer)),
    }
