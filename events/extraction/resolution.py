"""Which place each name of a story means: all names at once, each helping the others.

For the pipeline and the command line. Candidates start from how often their bare name means them; what stands beside a name
("Bangor, Maine"), the countries and provinces that the story names, and the nearness of other places raise them, in two
rounds. One name has one sense in a story unless the text says otherwise. The weights were set by hand, and five corpora
found them flat: none is worth two points. No unknown name is put anywhere for the sake of an answer.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from events.extraction.described_lines import described_lines
from events.extraction.toponyms import Found, Tagger, Toponym, recognise
from events.model import Sentence, Story
from geodata.build import prior
from geodata.folding import fold
from geodata.gazetteer import Gazetteer
from geodata.place import Candidate, Place
from geodata.records import kilometres

BESIDE = 8.0  # "City, State"
SAME_COUNTRY = 4.0
SAME_PROVINCE = 4.0
NEAR = 3.0
NEAR_KM = 300.0
ROUNDS = 2
SHARPNESS = 1.2
_DIRECTION = re.compile(
    r"^(?:the|(?:north|south|east|west|northeast|northwest|southeast|southwest)(?:ern)?|central|upper|lower|greater|"
    r"downtown|city of|town of|port of|mid|inner|rural|old)[ -]+",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\s+(?:county|province|region|state|district|governorate|city|municipality|prefecture|oblast|village|town|township|"
    r"area|department|republic|peninsula|valley|metro|islands?|division)$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\s*(?:,|\(|in the|in)\s*((?:[A-Z][\w.'’-]*)(?:[ -][A-Z][\w.'’-]*){0,2})")


@dataclass(slots=True)
class _Name:
    """A name on its way to an answer."""

    text: str
    key: str
    candidates: tuple[Candidate, ...]
    base: list[float]
    beside: bool = False
    scores: list[float] = field(default_factory=list)


def geoparse(
    story: Story, sentences: Sequence[Sentence], gazetteer: Gazetteer, names: Tagger | None = None
) -> list[Toponym]:
    """The place names of a story with the places they mean, in the order of the text, title first.

    Lines that are described and not named ("the pipeline from Norway to Poland") are found too, over the whole description.
    """
    lines = [line for sentence in sentences for line in described_lines(sentence, gazetteer)]
    found = [f for f in recognise(sentences, gazetteer, names) if not any(_covers(line, f) for line in lines)]
    resolved = _resolve(found, lambda f: story.part(f.part), gazetteer)
    order = {"title": 0, "text": 1}
    return sorted([*resolved, *lines], key=lambda t: (order[t.part], t.start))


def resolve_spans(story: Story, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> list[Toponym]:
    """An answer for each span of the text, in order. Names that the gazetteer lacks get the story's focus, and say so."""
    found = [Found("text", a, b, story.text[a:b], fold(story.text[a:b]), "literal") for a, b in spans]
    toponyms = _resolve(found, lambda f: story.text, gazetteer, loose=True)
    focus = _focus([t.place for t in toponyms if t.place])
    return [t if t.place or focus is None else _in_focus(t, focus) for t in toponyms]


def _covers(line: Toponym, found: Found) -> bool:
    return line.part == found.part and line.start <= found.start and found.end <= line.end


def _resolve(
    found: Sequence[Found], part: Callable[[Found], str], gazetteer: Gazetteer, loose: bool = False
) -> list[Toponym]:
    names = [_name(f, part(f), gazetteer, loose) for f in found]
    senses: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        name.scores = list(name.base)
        senses[name.key].append(name)
    for _ in range(ROUNDS):
        _vote(names, senses)
    for same in senses.values():
        _one_sense(same)
    return [_answer(f, name) for f, name in zip(found, names, strict=True)]


def _name(found: Found, text: str, gazetteer: Gazetteer, loose: bool) -> _Name:
    candidates = loose_candidates(found.text, gazetteer) if loose else gazetteer.candidates(found.text)
    base = [prior(c.place, c.match) for c in candidates]
    containers = _beside(text, found.end, gazetteer)
    beside = False
    for i, candidate in enumerate(candidates):
        place = candidate.place
        inside = any(place.country == country and (not code or place.admin1 == code) for country, code in containers)
        if inside and place.kind not in {"country", "region", "continent"}:
            base[i] += BESIDE
            beside = True
    return _Name(found.text, found.key, candidates, base, beside)


def loose_candidates(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Candidates of a name as it stands, else without its direction or generic word, else of the greatest place inside it."""
    for variant in (
        name,
        _DIRECTION.sub("", name),
        _GENERIC.sub("", name),
        _GENERIC.sub("", _DIRECTION.sub("", name)),
        name.removesuffix("s"),
    ):
        if variant and (found := gazetteer.candidates(variant)):
            return found
    words = name.split()
    for length in range(len(words) - 1, 0, -1):
        for i in range(len(words) - length + 1):
            inner = " ".join(words[i : i + length])
            if inner[0].isupper() and gazetteer.importance(fold(inner)) > 4.3:
                return gazetteer.candidates(inner)
    return ()


def _beside(text: str, end: int, gazetteer: Gazetteer) -> set[tuple[str, str]]:
    """(country, first-level code) named right after: ", Texas", ", Calif.", " (Syria)", " in France"."""
    match = _BESIDE.match(text[end : end + 60])
    if not match:
        return set()
    words = match[1].split(" ")
    for length in range(len(words), 0, -1):
        candidates = gazetteer.candidates(" ".join(words[:length]).rstrip(",'’"))
        found = {
            (c.place.country or "", c.place.admin1 if c.place.kind == "province" else "")
            for c in candidates[:4]
            if c.place.kind in {"country", "province"} and c.match != "demonym"
        }
        if found:
            return found
    return set()


def _vote(names: Sequence[_Name], senses: dict[str, list[_Name]]) -> None:
    """One round: every name's likely places vote for their country, their province and their surroundings."""
    countries: Counter[str] = Counter()
    provinces: Counter[tuple[str, str]] = Counter()
    points: list[tuple[str, float, float, float]] = []
    for key, same in senses.items():
        surest = max(same, key=lambda n: max(n.scores, default=-9.0))
        for candidate, weight in _shares(surest, 1 + math.log(len(same))):
            place = candidate.place
            if place.country:
                countries[place.country] += weight * (0.5 if candidate.match == "demonym" else 1.0)
                if place.admin1 and place.kind != "country":
                    provinces[place.country, place.admin1] += weight
            if place.kind not in {"country", "continent", "region"}:
                points.append((key, place.lat, place.lon, weight * (0.5 if place.kind == "province" else 1.0)))
    total, places = sum(countries.values()) or 1.0, sum(provinces.values()) or 1.0
    for same in senses.values():
        first = same[0]
        support = [_support(first.key, c.place, countries, total, provinces, places, points) for c in first.candidates]
        for name in same:
            name.scores = [b + s for b, s in zip(name.base, support, strict=False)]


def _shares(name: _Name, weight: float) -> list[tuple[Candidate, float]]:
    """The candidates that matter, with their shares of the name's weight."""
    if not name.scores:
        return []
    best = max(name.scores)
    parts = [math.exp(SHARPNESS * (score - best)) for score in name.scores]
    total = sum(parts)
    return [(c, weight * p / total) for c, p in zip(name.candidates, parts, strict=True) if p / total >= 0.05]


def _support(
    key: str, place: Place, countries: Counter[str], total: float, provinces: Counter[tuple[str, str]], places: float,
    points: Sequence[tuple[str, float, float, float]],
) -> float:  # fmt: skip
    """What the story's other names do for one candidate."""
    if place.kind in {"continent", "region"} and not place.country:
        return 0.0
    found = SAME_COUNTRY * math.sqrt(min(1.0, countries[place.country or ""] / total))
    if place.admin1:
        found += SAME_PROVINCE * math.sqrt(min(1.0, provinces[place.country or "", place.admin1] / places))
    if place.kind == "country":
        return found
    near = sum(
        weight * math.exp(-kilometres(place.lat, place.lon, lat, lon) / NEAR_KM)
        for other, lat, lon, weight in points
        if other != key and abs(lat - place.lat) < 6
    )
    return found + NEAR * math.log1p(near)


def _one_sense(same: Sequence[_Name]) -> None:
    """A name whose container is said once means the same place where it stands alone."""
    told = [name for name in same if name.beside]
    if told:
        for name in same:
            if not name.beside and len(name.candidates) == len(told[0].candidates):
                name.scores = told[0].scores


def _answer(found: Found, name: _Name) -> Toponym:
    if not name.candidates:
        return Toponym(
            found.part, found.start, found.end, found.text, found.kind, None, 0.0, (), "not in the gazetteer"
        )
    order = sorted(range(len(name.scores)), key=lambda i: (-name.scores[i], i))
    best = name.candidates[order[0]]
    others = tuple(name.candidates[i].place for i in order[1:6])
    margin = name.scores[order[0]] - (name.scores[order[1]] if len(order) > 1 else 0.0)
    return Toponym(
        found.part, found.start, found.end, found.text, found.kind, best.place, _confidence(margin, name),
        others, _reason(name, order[0], best),
    )  # fmt: skip


def _confidence(margin: float, name: _Name) -> float:
    """The share of answers with such a lead that were right on the development half (benchmarks/geoparsing.py)."""
    if name.beside:
        return 0.96
    return round(0.55 + 0.42 * (1 - math.exp(-margin / 2.5)), 3)


def _reason(name: _Name, best: int, candidate: Candidate) -> str:
    if len(name.candidates) == 1:
        return "the only place of this name"
    if name.beside:
        return "what it lies in is named beside it"
    if candidate.place.curated or candidate.place.kind in {"country", "region", "sea"}:
        return f"the {candidate.place.kind} that this name usually means"
    if best == 0 and max(s - b for s, b in zip(name.scores, name.base, strict=True)) < 1:
        return f"the largest of {len(name.candidates)} places of this name"
    return f"of {len(name.candidates)} places of this name, the one nearest to the story's other places"


def _focus(places: Sequence[Place]) -> Place | None:
    """The place around which the story's places lie closest, below the level of countries if there is any."""
    narrow = [p for p in places if p.kind in {"town", "district", "province", "site"}] or list(places)
    if not narrow:
        return None
    return max(narrow, key=lambda p: sum(math.exp(-kilometres(p.lat, p.lon, q.lat, q.lon) / 100) for q in narrow))


def _in_focus(toponym: Toponym, focus: Place) -> Toponym:
    return Toponym(
        toponym.part, toponym.start, toponym.end, toponym.text, toponym.kind, focus, 0.3, (),
        f"not in the gazetteer; put at the story's focus, {focus.name}",
    )  # fmt: skip
