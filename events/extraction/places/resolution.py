"""Which place each name of a story means: all names at once, each helping the others.

For the pipeline and the command line. Candidates start from how often their bare name means them; what stands beside a
name ("Bangor, Maine"), the countries and divisions that the story's other names lie in, and nearness to them decide
(place_votes.py). One name has one sense in a story unless the text says otherwise. No unknown name is put anywhere for
the sake of an answer: only where the caller brings spans does it get the story's focus, and the reason says so.
"""

from __future__ import annotations

import heapq
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from events.extraction.places import name_context as context
from events.extraction.places.containers import Container, containers_beside
from events.extraction.places.described_lines import described_lines
from events.extraction.places.name_drafts import Found
from events.extraction.places.name_variants import named, variants
from events.extraction.places.outlets import Home, home_of
from events.extraction.places.place_votes import OUTLET, Ballot, Sense, repeated
from events.extraction.places.toponyms import Tagger, Toponym, recognise
from events.model import Sentence, Story
from geodata.folding import fold
from geodata.gazetteer import Gazetteer
from geodata.place import Candidate, Place
from geodata.records import kilometres

LookUp = Callable[[str, Gazetteer], tuple[Candidate, ...]]
MOST_CANDIDATES = 30  # of one name
DATELINE_END = 60  # characters: a name that ends before it, in capitals, is the dateline's
DATELINE_VOTES = 1.5
EMBEDDED_VOTES = 0.4
CALIBRATION = 0.98
SAME_SPOT_KM = 50.0
FOCUS_KM = 100.0
FOCUS_CHARACTERS = 600.0
FOCUS_NAMES = 30
FOCUS_CONFIDENCE = 0.3
INNER_KM = 300.0
_KIND_SAID = {
    "province": "province", "region": "province", "oblast": "province", "state": "province", "governorate": "province",
    "prefecture": "province", "county": "district", "district": "district", "city": "town", "town": "town",
    "village": "town",    "river": "river", "island": "island", "islands": "island", "sea": "sea",
}  # fmt: skip
_OF_OUTLET = {
    "country shared": "the one in the outlet's country", "division shared": "the one in the outlet's state or province",
    "near": "the one nearest to the outlet's home", "next to": "the one right beside the outlet's home",
}  # fmt: skip
_KIND_AFTER = re.compile(r" (\w+)\b")
_KIND_BEFORE = re.compile(
    r"\b(city|town|village|province|region|state|county|district|river|island|islands) of (?:the )?$"
)


def geoparse(
    story: Story, sentences: Sequence[Sentence], gazetteer: Gazetteer, names: Tagger | None = None
) -> list[Toponym]:
    """The place names of a story with the places they mean, in the order of the text, title first.

    Lines that are described and not named ("the pipeline from Norway to Poland") are found too, over the whole
    description. A name that the gazetteer lacks has no place. names: a tagger as one more voice, see `recognise`.
    """
    lines = [line for sentence in sentences for line in described_lines(sentence, gazetteer)]
    found = [f for f in recognise(sentences, gazetteer, names) if not any(_covers(line, f) for line in lines)]
    resolved = resolve(story, found, gazetteer)
    order = {"title": 0, "text": 1}
    return sorted([*resolved, *lines], key=lambda t: (order[t.part], t.start))


def resolve_spans(story: Story, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> list[Toponym]:
    """An answer for each span of the text, in order; unknown names get the story's focus and say so."""
    found = [Found("text", a, b, story.text[a:b], fold(story.text[a:b]), "literal") for a, b in spans]
    toponyms = resolve(story, found, gazetteer, loosely=True)
    known = [t for t in toponyms if t.place and t.place.precision != "region" and named(t.text, gazetteer)]
    return [_in_focus(t, known) if known and not named(t.text, gazetteer) else t for t in toponyms]


def resolve(story: Story, found: Sequence[Found], gazetteer: Gazetteer, loosely: bool = False) -> list[Toponym]:
    """A place, or None, for each name. loosely: a longer unknown name is put where a known one inside it is."""
    senses, of_name = senses_of(story, found, gazetteer, variants if loosely else named)
    home = home_of(story, gazetteer)
    ballot = Ballot([*senses, *_voice(home)], context.GOVERNMENT_SEATS, home)
    ballot.count()
    return [_answer(name, sense, ballot) for name, sense in zip(found, of_name, strict=True)]


def senses_of(
    story: Story, found: Sequence[Found], gazetteer: Gazetteer, look_up: LookUp
) -> tuple[list[Sense], list[Sense]]:
    """The different senses of a story's names, and the sense of each name.

    Mentions of a name share a sense; a mention that says what it lies in begins one of its own, and those after it that
    say nothing share that, as do those before the first.
    """
    told = [containers_beside(story.part(f.part), f.start, f.end, gazetteer) for f in found]
    told = [_that_hold(look_up(f.text, gazetteer), containers) for f, containers in zip(found, told, strict=True)]
    first: dict[str, frozenset[Container]] = {}
    for name, containers in zip(found, told, strict=True):
        if containers:
            first.setdefault(name.key, containers)
    latest = dict(first)
    senses: dict[tuple[str, frozenset[Container]], Sense] = {}
    mentions: dict[int, int] = {}
    strongest: dict[int, float] = {}
    of_name = []
    for name, containers in zip(found, told, strict=True):
        if containers:
            latest[name.key] = containers
        within = latest.get(name.key, frozenset())
        sense = senses.get((name.key, within))
        if sense is None:
            candidates = look_up(name.text, gazetteer)[:MOST_CANDIDATES]
            sense = senses[name.key, within] = Sense(name.key, candidates, within)
        sense.kinds |= _kinds_said(story.part(name.part), name)
        mentions[id(sense)] = mentions.get(id(sense), 0) + 1
        of_name.append(sense)
        strongest[id(sense)] = max(strongest.get(id(sense), 0.0), _weight(name))
        sense.votes = repeated(mentions[id(sense)]) * strongest[id(sense)]
    return list(senses.values()), of_name


def _that_hold(candidates: Sequence[Candidate], containers: frozenset[Container]) -> frozenset[Container]:
    """The containers in which a candidate of the name lies: "Jordan, Syria" is a list and says nothing."""
    if not containers:
        return containers
    return frozenset(container for container in containers if any(container.holds(c.place) for c in candidates))


def _kinds_said(text: str, name: Found) -> frozenset[str]:
    after = _KIND_AFTER.match(text, name.end)
    before = _KIND_BEFORE.search(text, max(0, name.start - 20), name.start)
    said = {word for match in (after, before) if match and (word := _KIND_SAID.get(match[1].lower()))}
    if name.kind == "metonymic":
        said |= {"seat", "country"}
    return frozenset(said | {"province"} if "district" in said else said)


def _weight(name: Found) -> float:
    """What a mention counts in the vote: a dateline's more, one in doubt or in an organisation's name less."""
    if _in_dateline(name):
        return DATELINE_VOTES * name.certainty
    return name.certainty * (EMBEDDED_VOTES if name.kind == "embedded" else 1.0)


def _in_dateline(name: Found) -> bool:
    return name.part == "text" and name.end < DATELINE_END and name.text.isupper() and len(name.text) > 3


def _voice(home: Home) -> list[Sense]:
    """The outlet's home as one more voice, where it has one."""
    return [Sense(f"{OUTLET}{home.name}", home.places[:MOST_CANDIDATES], votes=home.votes)] if home.places else []


def _covers(line: Toponym, found: Found) -> bool:
    return line.part == found.part and line.start <= found.start and found.end <= line.end


def _answer(found: Found, sense: Sense, ballot: Ballot) -> Toponym:
    if not sense.candidates:
        why = "no place of this name is known"
        return Toponym(found.part, found.start, found.end, found.text, found.kind, None, 0.0, (), why)
    order = sorted(range(len(sense.scores)), key=lambda i: (-sense.scores[i], i))
    best = order[0]
    others = tuple(sense.candidates[i].place for i in order[1:6])
    return Toponym(
        found.part, found.start, found.end, found.text, found.kind, sense.candidates[best].place,
        _confidence(_share_hereabouts(sense, best), found.certainty), others,
        _reason(found, sense, best, order[1] if len(order) > 1 else None, ballot),
    )  # fmt: skip


def _share_hereabouts(sense: Sense, best: int) -> float:
    """The first candidate's share with that of others at the same spot, as a city and its district are."""
    place = sense.candidates[best].place
    same = [kilometres(place.lat, place.lon, c.place.lat, c.place.lon) < SAME_SPOT_KM for c in sense.candidates]
    return float(sense.shares[same].sum())


def _confidence(share: float, certainty: float) -> float:
    """The share of such answers that are right: it is a place's name, and it is this place.

    Held against the unseen halves of three corpora by benchmarks/geoparsing.py, which prints the table.
    """
    return round(min(0.99, CALIBRATION * share * certainty), 3)


def _reason(found: Found, sense: Sense, best: int, second: int | None, ballot: Ballot) -> str:
    """One line on why the first candidate is first: what puts it before the second."""
    place = sense.candidates[best].place
    if found.kind == "demonym" or sense.candidates[best].match == "demonym":
        return f"a people, a language or an adjective of {place.name}"
    if second is None:
        return f"the only place known as {found.text}"
    if ballot.is_within(sense, best):
        return f"of {len(sense.candidates)} places known as {found.text}, the one in what is named beside it"
    many = f"of {len(sense.candidates)} places known as {found.text}"
    feature = ballot.advantage(sense, best, second)
    if feature in _OF_OUTLET and ballot.is_of_outlet_alone(sense, best):
        return f"{many}, {_OF_OUTLET[feature]}"
    return f"{many}, {_difference(place, feature)}"


def _difference(place: Place, feature: str) -> str:
    if feature == "prior":
        usual = place.curated or place.kind not in {"town", "district"}
        return f"the {place.kind} that is usually meant" if usual else "the one with the most people"
    return {
        "country shared": "the one in the country of the story's other places",
        "division shared": "the one in the state or province of the story's other places",
        "near": "the one nearest to the story's other places",
        "next to": "the one right beside the story's other places",
        "capital": "the one where a government sits",
        "town of its division's name": "the city and not the division around it",
        "of the kind that is said": f"the {place.kind}, as the text says",
        "in the outlet's country": "the one in the outlet's country",
        "in the outlet's division": "the one in the outlet's state or province",
        "large city": "by far the largest",
        "other spelling": "the one that is written so",
    }.get(feature, "the likeliest of them all in all")


def _focus(at: int, toponyms: Sequence[Toponym]) -> Place:
    """The place around which those named about an offset lie closest; no country if there is anything narrower."""
    near = heapq.nsmallest(FOCUS_NAMES, toponyms, key=lambda t: abs(t.start - at))
    weighed = [(t.place, math.exp(-abs(t.start - at) / FOCUS_CHARACTERS)) for t in near if t.place]
    narrow = [(p, w) for p, w in weighed if p.kind != "country"] or weighed

    def support(place: Place) -> float:
        return sum(w * math.exp(-kilometres(place.lat, place.lon, q.lat, q.lon) / FOCUS_KM) for q, w in narrow)

    return max((place for place, _ in narrow), key=support)


def _in_focus(toponym: Toponym, known: Sequence[Toponym]) -> Toponym:
    """An unknown name at the story's focus, unless a known name inside it lies near that."""
    focus, inner = _focus(toponym.start, known), toponym.place
    if inner and kilometres(inner.lat, inner.lon, focus.lat, focus.lon) < INNER_KM:
        return replace(
            toponym, reason=f"no place of this name is known; {inner.name} is in it and near the story's focus"
        )
    why = f"no place of this name is known; put at the story's focus, {focus.name}"
    return replace(toponym, place=focus, confidence=FOCUS_CONFIDENCE, alternatives=(), reason=why)
