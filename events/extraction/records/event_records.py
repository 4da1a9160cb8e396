"""Event records out of a story's happenings: one happening, one record, with evidence for every attribute.

For the pipeline. The mention that knows most speaks for the place and the time; all its sentences are kept as quotes. Ids are
hashes of the story, the best sentence and the type, so they are the same in every run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from events.extraction.analysis import Analysis
from events.extraction.happenings.happening import Happening
from events.extraction.records.attribute_chances import date_chance, status_chance, type_chance
from events.extraction.records.labels import label_of
from events.extraction.records.participants import actors_of
from events.extraction.records.place_containment import contains
from events.extraction.records.placing import Placement
from events.extraction.records.same_happening import Told, is_casualty
from events.extraction.records.saying import attribution_of
from events.model import Actor, Event, EventPlace, Quote, Report, Span, Status, When
from events.ontology import family_of

MOST_QUOTES = 5
MOST_ALTERNATIVES = 4
SLIGHT_WEIGHT = 0.3  # of a casualty beside its cause, of an announcement beside what it announces
OWN_WEIGHT = 0.25  # beside a wider place's, from which the more exact one counts for it
PLAIN = 0.85  # chance of a mention from which the actors are taken where the weightiest names none
LEAST_QUOTED = 0.3  # chance of a mention that is quoted beside a surer one
ASSUMED_WEIGHT = 0.6  # of a date that no words gave
CARRIED_WEIGHT = 0.5  # of a place or a date that the mention's own sentence does not name
CALLING_OFF = frozenset("cancel postpone scrap shelve abort defer reschedule call put adjourn delay".split())
ANNOUNCING = frozenset({"announce", "announcement", "unveil", "reveal", "declare", "confirm", "say", "report"})


def event_of(group: Sequence[Told], confidence: float, analysis: Analysis) -> Event:
    """The record of one happening from all its mentions. confidence: that it is one and is placed and dated right."""
    head = max(group, key=lambda t: (weight_of(t.happening), -t.happening.sentence))
    kind = _type_of(group)
    placement, when = best_place(group), best_when(group)
    story = analysis.story
    happening = head.happening
    sentence = analysis.sentences[happening.sentence]
    status, span = _status_of(group, when, analysis)
    quotes = _quotes(group, analysis)
    return Event(
        id=_id(story.id, quotes[0], kind, happening.trigger.start),
        story_id=story.id,
        type=kind,
        family=family_of(kind),
        status=status,
        what=_label_of(group, analysis),
        actors=_actors_of(group, analysis),
        place=event_place(placement, analysis) if placement else None,
        when=when and when.model_copy(update={"confidence": date_chance(group, when)}),
        attribution=attribution_of(sentence, happening.token, analysis) if sentence.tokens else None,
        confidence=round(confidence, 3),
        type_confidence=type_chance(group, kind),
        status_confidence=status_chance(group, status, span),
        type_evidence=happening.trigger,
        status_evidence=span,
        evidence=quotes,
        reports=(
            Report(story_id=story.id, title=story.title, source=story.source, url=story.url, published=story.published),
        ),
    )


def _actors_of(group: Sequence[Told], analysis: Analysis) -> tuple[Actor, ...]:
    """Who takes part: as the weightiest mention says, and where it is silent as another does that is as plain."""
    first, *rest = sorted(group, key=lambda t: (-weight_of(t.happening), t.happening.sentence))
    actors = actors_of(first.happening, analysis)
    if actors:
        return actors
    same = [told for told in rest if _speaks_for(told.happening, first.happening)]
    found = next((found for told in same if (found := actors_of(told.happening, analysis))), ())
    return () if _speaks_against(_labelled(group, analysis), found, analysis) else found


def _speaks_against(labelled: Told, actors: tuple[Actor, ...], analysis: Analysis) -> bool:
    """Whether the mention that an event is called by names others than those whom a lesser mention gives."""
    named = {actor.name for actor in actors_of(labelled.happening, analysis)}
    in_text = analysis.sentences[labelled.happening.sentence].part != "title"
    return bool(named) and in_text and named.isdisjoint(actor.name for actor in actors)


def _speaks_for(happening: Happening, other: Happening) -> bool:
    """Whether a mention by the same word, or one that is sure enough, may tell who takes part in another's event."""
    return happening.lemma == other.lemma or happening.probability >= PLAIN


def best_place(group: Sequence[Told]) -> Placement | None:
    """The place with the most weight among the mentions; a wider place speaks for the more exact one that lies in it.

    What a mention's own sentence names counts more than what is carried over to it.
    """
    weight: dict[str, float] = {}
    best: dict[str, Placement] = {}
    for told in group:
        if told.place:
            place_id = told.place.place.id
            share = told.place.confidence * weight_of(told.happening) * (1.0 if told.place.is_named else CARRIED_WEIGHT)
            weight[place_id] = weight.get(place_id, 0.0) + share
            if place_id not in best or told.place.confidence > best[place_id].confidence:
                best[place_id] = told.place
    if not weight:
        return None
    backed = {
        inner: own
        + sum(
            weight[outer]
            for outer in best
            if own >= OWN_WEIGHT * weight[outer] and contains(best[outer].place, best[inner].place)
        )
        for inner, own in weight.items()
    }
    return best[max(backed, key=lambda place_id: (round(backed[place_id], 2), -best[place_id].place.radius_km))]


def best_when(group: Sequence[Told]) -> When | None:
    """The interval with the most weight; a wider interval speaks for one in it.

    Words of a mention's own sentence count before those carried over to it, and any words before an assumption.
    """
    weight: dict[tuple[date, date], float] = {}
    best: dict[tuple[date, date], When] = {}
    for told in group:
        if told.when:
            key = (told.when.start, told.when.end)
            share = told.when_chance * weight_of(told.happening) * _directness(told)
            weight[key] = weight.get(key, 0.0) + share
            if key not in best or best[key].assumed:
                best[key] = told.when
    if not weight:
        return None
    backed = {
        inner: own
        + sum(w for outer, w in weight.items() if outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1])
        for inner, own in weight.items()
    }
    return best[max(backed, key=lambda key: (backed[key], key))]


def _directness(told: Told) -> float:
    """What a mention's date counts by how it came to it."""
    if told.when is None or told.when.assumed:
        return ASSUMED_WEIGHT
    return 1.0 if told.is_dated_here else CARRIED_WEIGHT


def weight_of(happening: Happening) -> float:
    """What a mention counts: words that only count the dead, announce the act or call it off say little of it."""
    slight = is_casualty(happening) or happening.lemma in ANNOUNCING
    slight |= happening.status == "cancelled" and happening.lemma in CALLING_OFF
    return happening.probability * (SLIGHT_WEIGHT if slight else 1.0)


def event_place(placement: Placement, analysis: Analysis) -> EventPlace:
    """The place as the contract words it."""
    place, toponym = placement.place, placement.toponym
    point = {"type": "Point", "coordinates": [place.lon, place.lat]} if place.precision in {"exact", "city"} else None
    others = tuple(other.name for other in toponym.alternatives[:MOST_ALTERNATIVES]) if toponym else ()
    reason = f"{placement.reason}; {toponym.reason}" if toponym and toponym.reason else placement.reason
    return EventPlace(
        name=place.name, lat=place.lat, lon=place.lon, precision=place.precision, radius_km=place.radius_km,
        country=place.country, geonames_id=place.geonames_id, place_id=place.id,
        geometry=point or analysis.gazetteer.geometry(place.id), confidence=min(1.0, placement.confidence),
        alternatives=others, reason=reason, evidence=placement.span,
    )  # fmt: skip


def _type_of(group: Sequence[Told]) -> str:
    """The type with the most weight; words that only count the dead say little of what killed them."""
    scores: dict[str, float] = {}
    for told in group:
        h = told.happening
        scores[h.type] = scores.get(h.type, 0.0) + weight_of(h) * h.type_probability
    return max(scores, key=lambda name: scores[name])


def _status_of(group: Sequence[Told], when: When | None, analysis: Analysis) -> tuple[Status, Span | None]:
    """The status of the surest mention; what is told in the present for a day to come is planned."""
    head = max(group, key=lambda t: (t.happening.status != "occurred", t.happening.probability)).happening
    first = max(group, key=lambda t: (weight_of(t.happening), -t.happening.sentence)).happening
    head = first if first.status != "occurred" or len(group) > 2 else head
    published = analysis.story.published
    ahead = when is not None and published is not None and when.start > published
    if ahead and head.status in {"occurred", "ongoing"}:
        return "planned", when.evidence if when else None
    past = when is not None and published is not None and when.end < published and not when.assumed
    if past and head.status == "planned":
        return "occurred", None
    return head.status, head.status_span


def _label_of(group: Sequence[Told], analysis: Analysis) -> str:
    """What happened, by the mention to label by and, where that gives no whole label, by the others."""
    labelled = _labelled(group, analysis)
    others = sorted((t for t in group if t is not labelled), key=lambda t: -t.happening.probability)
    return label_of(labelled.happening, analysis, [t.happening for t in others])


def _labelled(group: Sequence[Told], analysis: Analysis) -> Told:
    """The mention to label by: a headline's, else the surest verb's."""
    titles = [t for t in group if analysis.sentences[t.happening.sentence].part == "title"]
    if titles and len(analysis.sentences[titles[0].happening.sentence].text.split()) <= 12:
        return titles[0]
    return max(group, key=lambda t: (t.happening.probability, -t.happening.sentence))


def _quotes(group: Sequence[Told], analysis: Analysis) -> tuple[Quote, ...]:
    """The sentences of the mentions, the surest first, each once."""
    order = sorted(group, key=lambda t: (-t.happening.probability, t.happening.sentence))
    order = order[:1] + [told for told in order[1:] if told.happening.probability >= LEAST_QUOTED]
    numbers = list(dict.fromkeys(told.happening.sentence for told in order))
    body = [n for n in numbers if analysis.sentences[n].kind != "headline"]
    numbers = [*body, *(n for n in numbers if n not in body)][:MOST_QUOTES]
    sentences = [analysis.sentences[n] for n in numbers]
    return tuple(Quote(part=s.part, start=s.start, end=s.end, text=s.text) for s in sentences)


def _id(story_id: str, quote: Quote, kind: str, trigger: int) -> str:
    key = f"{story_id}|{quote.part}|{quote.start}|{trigger}|{kind}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]
