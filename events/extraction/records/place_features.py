"""What speaks for and against a place as that of a happening: named features of each candidate.

For placing.py, which chooses, and training/train_choices.py, which learns their weights.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.happening import Happening
from events.extraction.places.toponyms import Toponym
from events.extraction.records import place_words
from events.extraction.verbs_of_saying import SAYING
from events.model import Sentence, Span, Token
from geodata.place import Place

LOCATIVE = frozenset(
    "in at near on off outside inside around across over above along throughout within under beside between amid among "
    "against by through aboard north south east west northern southern".split()
)
ORIGIN = frozenset({"from", "out of"})
DESTINATION = frozenset({"to", "into", "toward", "towards", "onto", "for"})
_JOURNEY = frozenset("visit trip tour arrive arrival travel fly journey return head pilgrimage land go come".split())
# What the definition of an event says and too few of our own stories teach: added to what was learned.
DEFINED = {
    "visited": 2.5, "a line acted on": 3.0, "a sea or line below the trigger": 1.5, "where it was said": -1.5,
    "elsewhere than an unknown place": -3.0, "the one spoken of": -2.0, "seat, a country is visited": -2.5,
    "the country that is visited": 1.5, "where somebody is from": -2.0, "the host": 2.0, "left": 2.5,
    "between two": -1.5, "there": 3.0, "a water's name": -3.0, "spoken from": 3.0,
}  # fmt: skip
VISIT_REACH = 2  # sentences before, in which a visit is told
_MOVES = frozenset({"CONSULT", "AID", "MOBILIZE"})


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place that a happening may have. sentence: where its words stand; token: their head, None without a parse."""

    place: Place
    sentence: int
    token: Token | None
    span: Span | None
    source: str  # "named", "dateline", "seat", or "country": the one that the story is about
    toponym: Toponym | None


def none_features(happening: Happening, candidates: list[PlaceCandidate]) -> dict[str, float]:
    """What speaks for leaving a happening unplaced."""
    own = [c for c in candidates if c.sentence == happening.sentence and c.source == "named"]
    return {"none": 1.0, "none, no place in the sentence": float(not own), "none, no candidate": float(not candidates)}


def features_of(
    happening: Happening, candidate: PlaceCandidate, candidates: list[PlaceCandidate], analysis: Analysis
) -> dict[str, float]:
    """The named features of one candidate."""
    found: dict[str, float] = {}
    place, toponym = candidate.place, candidate.toponym
    found[f"source {candidate.source}"] = 1.0
    found[f"precision {place.precision}"] = 1.0
    if toponym:
        found[f"kind {toponym.kind}"] = 1.0
        found["sure of the name"] = toponym.confidence
    found["named often"] = math.log1p(analysis.mentions_of[place.id])
    found.update(_position(happening, candidate, analysis))
    if candidate.sentence == happening.sentence and candidate.source in {"named", "seat"}:
        found.update(_syntax(happening, candidate, analysis))
    found.update(_relations(candidate, candidates, happening))
    family = (
        "verbal"
        if happening.family.startswith("verbal")
        else "incident"
        if happening.family == "incident"
        else "material"
    )
    found[f"{family}, {candidate.source}"] = 1.0
    found[f"{happening.type}, {candidate.source}"] = 1.0
    if candidate.source == "named":
        found[f"{family}, {place.precision}"] = 1.0
    if candidate.source == "seat":
        found.update(_seat_features(happening, candidate, candidates, analysis))
    pin = place.precision in {"exact", "city", "district"}
    if pin and (candidate.sentence != happening.sentence or candidate.source != "named"):
        found["elsewhere than an unknown place"] = float(_names_unknown_place(happening, analysis))
    found["the one spoken of"] = float(place.id in _spoken_of(happening, analysis))
    if candidate.source == "named" and place.country in _visited_countries(happening, analysis):
        found["the country that is visited"] = 1.0
    found.update(_by_words(happening, candidate, analysis))
    focus = analysis.focus
    found["the story's focus"] = float(focus is not None and focus.id == place.id)
    found["in the story's country"] = float(place.country is not None and place.country == analysis.country)
    return found


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


def _visited_countries(happening: Happening, analysis: Analysis) -> frozenset[str]:
    """Countries to which a journey leads that the sentence or the two before it tell of: who travels acts there."""
    if happening.family not in {"verbal cooperation", "verbal conflict", "material cooperation"}:
        return frozenset()
    near = range(max(0, happening.sentence - VISIT_REACH), happening.sentence + 1)
    return frozenset(code for number in near for code in _journeys_end(number, analysis))


def _journeys_end(number: int, analysis: Analysis) -> Iterator[str]:
    sentence = analysis.sentences[number]
    if not any(t.lemma in _JOURNEY for t in sentence.tokens):
        return
    for toponym, token in analysis.toponyms_by_sentence.get(number, ()):
        if token is None or toponym.place is None or not toponym.place.country or toponym.kind == "demonym":
            continue
        journey = next(
            (t for t in itertools.islice(tree.ancestors(sentence, token.index), 2) if t.lemma in _JOURNEY), None
        )
        if journey and tree.preposition(sentence, token.index) in {"to", "in", "into", ""}:
            yield toponym.place.country


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
        token.index in below and tree.preposition(sentence, _whole_phrase(sentence, token).index) in LOCATIVE
        for toponym, token in analysis.unknown_by_sentence.get(happening.sentence, ())
        if token is not None and toponym.kind == "literal"
    )


def _seat_features(
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
        "seat, the trigger is a journey": float(happening.lemma.split(" ")[0] in _JOURNEY),
        "seat, somebody travels": float(
            any(t.lemma in _JOURNEY for t in analysis.sentences[happening.sentence].tokens)
        ),
        "seat, a country is visited": float(bool(_visited_countries(happening, analysis) - {candidate.place.country})),
        "seat, in the story's country": float(candidate.place.country == analysis.country),
        "seat, another town is the focus": float(
            analysis.focus is not None and analysis.focus.kind == "town" and analysis.focus.id != candidate.place.id
        ),
        "seat, a dateline elsewhere": float(
            line is not None and line.place is not None and line.place.id != candidate.place.id
        ),
    }


def _position(happening: Happening, candidate: PlaceCandidate, analysis: Analysis) -> dict[str, float]:
    if candidate.source == "dateline":
        lead = happening.sentence <= analysis.first_body + 1
        return {"dateline": 1.0, "dateline, lead": float(lead)}
    apart = happening.sentence - candidate.sentence
    found: dict[str, float] = {}
    if candidate.source == "seat":
        return {"same sentence, seat": 1.0}
    if candidate.source == "country":
        named, here = analysis.first_named, happening.sentence
        return {
            "country": 1.0,
            "country, no place near": float(
                not any(n in analysis.toponyms_by_sentence for n in range(here - 2, here + 3))
            ),
            "country, named before": float(candidate.place.id in named and named[candidate.place.id] <= here),
            "country, and nothing else": float(named.keys() <= {candidate.place.id}),
        }
    title = analysis.sentences[candidate.sentence].part == "title"
    if apart == 0:
        found["same sentence"] = 1.0
    elif title:
        found["in the headline"] = 1.0
    elif apart > 0:
        found["sentences before"] = math.log1p(apart)
        found["in a sentence before"] = 1.0
        found["in the sentence before"] = float(apart == 1)
        same = analysis.sentences[candidate.sentence].paragraph == analysis.sentences[happening.sentence].paragraph
        found["in the paragraph, before"] = float(same)
    else:
        found["in a sentence after"] = 1.0
        found["in the sentence after"] = float(apart == -1)
    if apart and candidate.sentence == analysis.first_body:
        found["in the lead"] = 1.0
    if apart and candidate.toponym and candidate.token:
        sentence = analysis.sentences[candidate.sentence]
        head = _whole_phrase(sentence, candidate.token)
        found["located elsewhere"] = float(tree.preposition(sentence, head.index) in LOCATIVE)
    return found


def _syntax(happening: Happening, candidate: PlaceCandidate, analysis: Analysis) -> dict[str, float]:
    """How the candidate's words hang together with the happening's in one sentence."""
    sentence = analysis.sentences[happening.sentence]
    if candidate.token is None or not sentence.tokens:
        return {"no parse": 1.0}
    token, trigger = _whole_phrase(sentence, candidate.token), happening.token
    prefix = "seat: " if candidate.source == "seat" else ""
    word = tree.preposition(sentence, token.index)
    sort = (
        "in"
        if word in LOCATIVE
        else "from"
        if word in ORIGIN
        else "to"
        if word in DESTINATION
        else "other"
        if word
        else "none"
    )
    steps = tree.distance(sentence, token.index, trigger)
    clause = tree.clause_of(sentence, trigger)
    below = token.index in tree.subtree(sentence, trigger)
    role = token.dep.split(":")[0]
    qualifies = token.index != candidate.token.index
    found = {
        f"{prefix}qualifies {'a preposition phrase' if word else 'another phrase'}": float(qualifies),
        f"{prefix}qualifies the trigger": float(qualifies and token.index == trigger),
        f"{prefix}preposition {sort}": 1.0,
        f"{prefix}preposition {sort}, below": float(below),
        f"{prefix}preposition {sort}, in the clause": float(token.index in clause),
        f"{prefix}steps": float(min(steps, 8)),
        f"{prefix}role {role}": 1.0,
        f"{prefix}below": float(below),
        f"{prefix}in the clause": float(token.index in clause),
        f"{prefix}after": float(token.index > trigger),
        f"{prefix}words apart": math.log1p(abs(token.index - trigger)),
    }
    head = sentence.tokens[token.head]
    found["where it was said"] = float(not prefix and head.lemma in SAYING and head.index != trigger)
    linear = candidate.place.precision in {"sea", "line"}
    found["visited"] = float(not prefix and _is_visited(sentence, candidate.token, trigger))
    found["a line acted on"] = float(candidate.place.precision == "line" and token.head == trigger and role == "obj")
    found["a sea or line below the trigger"] = float(linear and below and not prefix)
    if token.head == trigger and role in {"obj", "nmod", "obl"}:
        found[f"{prefix}{role} of the trigger, {happening.type}"] = 1.0
        if sentence.tokens[trigger].lemma in _JOURNEY:
            found[f"{prefix}{role} of a journey"] = 1.0
    if happening.type in _MOVES:
        found[f"{prefix}moves, preposition {sort}"] = 1.0
    if sort in {"to", "in"} and _ends_a_journey(sentence, token):
        found[f"{prefix}end of a journey"] = 1.0
        found[f"{prefix}end of a journey, {happening.type}"] = 1.0
    if role in {"nsubj", "obj"} and candidate.source == "named":
        found[f"role {role}, {candidate.place.precision}"] = 1.0
    return found


def _whole_phrase(sentence: Sentence, token: Token) -> Token:
    """The head of the phrase that a place's name qualifies: "at [Kabul] airport", "in the [Baltic Sea] region"."""
    for _ in range(3):
        head = sentence.tokens[token.head]
        if token.dep not in {"compound", "nmod:poss", "amod", "flat"} or head.pos not in {"NOUN", "PROPN"}:
            break
        token = head
    return token


def _is_visited(sentence: Sentence, token: Token, trigger: int) -> bool:
    """Whether a place's name follows a word of travelling at once or after "to", "in", "into": by order, not by the parse."""
    if sentence.tokens[trigger].lemma not in _JOURNEY or not trigger < token.index <= trigger + 5:
        return False
    between = sentence.tokens[trigger + 1 : token.index]
    return all(t.pos in {"PROPN", "DET", "ADJ"} or t.text.lower() in {"to", "in", "into"} for t in between)


def _ends_a_journey(sentence: Sentence, token: Token) -> bool:
    """Whether the words name where somebody goes: "a visit to Cameroon", "arrived in Lima"."""
    return any(above.lemma in _JOURNEY for above in itertools.islice(tree.ancestors(sentence, token.index), 2))


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


def contains(outer: Place, inner: Place) -> bool:
    """Whether one place lies in the other, as far as their kinds and codes say."""
    if outer.kind == "country":
        return inner.kind != "country" and outer.country == inner.country
    if outer.kind in {"province", "district"}:
        return inner.kind in {"town", "site"} and outer.country == inner.country and outer.admin1 == inner.admin1
    return (
        outer.kind in {"region", "sea"} and inner.kind in {"town", "site", "line"} and inner.country in outer.countries
    )
