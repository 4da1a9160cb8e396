"""The vote of a story's names on what each of them means.

For toponym resolution. A sense is a name with its candidates; senses lend each other weight through the country and the
first-level division that they share and through nearness, in rounds, each sense by how sure it is of itself. A
candidate's score is a weighted sum (a conditional logit), so that the share of the first among all is how often such an
answer is right. All candidates of a story are one table, so that a long story costs no more than its names.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from events.extraction.places.containers import Container
from events.extraction.places.outlets import Home
from geodata.place import Candidate, Place
from geodata.prior import prior
from geodata.records import kilometres

Floats = npt.NDArray[np.float64]
ROUNDS = 3
NEAR_KM = 150.0
NEXT_KM = 30.0
MOST_VOTERS = 80
LEAST_SHARE = 0.05
SEAT_PEOPLE = 100_000  # of a town, from which it stands for a division whose people nobody has counted
OUTLET = "outlet "  # how the key of the outlet's voice begins
_EARTH_KM = 6371.0
FEATURES = (
    "prior", "within what is named beside it", "country shared", "division shared", "near", "capital",
    "town of its division's name", "of the kind that is said", "in the outlet's country", "country itself",
    "division itself", "other spelling", "next to", "large city", "in the outlet's division",
)  # fmt: skip
WEIGHTS: Floats = np.array([1.05, 5.0, 2.6, 2.9, 2.0, 0.7, 0.8, 2.0, 1.5, -1.85, 0.3, -1.25, 0.25, 0.35, 1.0])


@dataclass(slots=True)
class Sense:
    """A name as one or several mentions use it. `votes` is what it gives to the others, 0 for what only listens."""

    key: str
    candidates: tuple[Candidate, ...]
    containers: frozenset[Container] = frozenset()
    kinds: frozenset[str] = frozenset()
    votes: float = 1.0
    scores: Floats = field(default_factory=lambda: np.zeros(0))
    shares: Floats = field(default_factory=lambda: np.zeros(0))
    rows: slice = field(default_factory=lambda: slice(0, 0))


class Ballot:
    """All candidates of a story's senses, as columns."""

    def __init__(self, senses: Sequence[Sense], capitals: frozenset[int], home: Home) -> None:
        self.senses = [sense for sense in senses if sense.candidates]
        start = 0
        for sense in self.senses:
            sense.rows = slice(start, start + len(sense.candidates))
            start += len(sense.candidates)
        candidates = [c for sense in self.senses for c in sense.candidates]
        places = [c.place for c in candidates]
        self.table = np.zeros((len(candidates), len(FEATURES)))
        self._owner = np.repeat(np.arange(len(self.senses)), [len(s.candidates) for s in self.senses])
        self._names = _numbers(s.key for s in self.senses)[self._owner]  # a name's senses don't vote for each other
        self._starts = np.array([s.rows.start for s in self.senses], dtype=np.int64)
        self._countries, self._divisions = (
            _numbers([p.country or "" for p in places]),
            _numbers(_division(p) for p in places),
        )
        self._has_country = np.array([bool(p.country) for p in places], dtype=bool)
        self._has_division = np.array([bool(p.admin1) and p.kind != "country" for p in places], dtype=bool)
        self._points = _unit_vectors(places)
        self._pointed = np.array([_weight_as_point(c) for c in candidates])
        self._votes = np.array([s.votes for s in self.senses])
        self._fill(places, candidates, capitals)
        self._fill_outlet(places, candidates, home)

    def _fill(self, places: Sequence[Place], candidates: Sequence[Candidate], capitals: frozenset[int]) -> None:
        table = self.table
        table[:, 0] = [prior(c.place, c.match) for c in candidates]
        table[:, 5] = [p.geonames_id in capitals for p in places]
        table[:, 9] = [p.kind == "country" for p in places]
        table[:, 10] = [p.kind in {"province", "district"} for p in places]
        table[:, 13] = [max(0.0, math.log10(p.population + 1) - 5.7) if p.kind == "town" else 0.0 for p in places]
        table[:, 11] = [c.match == "alternate" for c in candidates]
        for sense in self.senses:
            own = range(sense.rows.start, sense.rows.stop)
            if sense.containers:
                table[sense.rows, 1] = [any(c.holds(places[n]) for c in sense.containers) for n in own]
            if sense.kinds:
                table[sense.rows, 7] = [
                    places[n].kind in sense.kinds or (table[n, 5] > 0 and "seat" in sense.kinds) for n in own
                ]
            table[sense.rows, 6] = _town_of_division([places[n] for n in own])

    def _fill_outlet(self, places: Sequence[Place], candidates: Sequence[Candidate], home: Home) -> None:
        """What lies in the outlet's country and division.

        Of a name that mostly means another country or its seat of government no town but the outlet's own is helped: not
        every paper of Missouri that says Lebanon means the town in Missouri.
        """
        if home.country is None:
            return
        for sense in self.senses:
            first = candidates[sense.rows.start]
            known_abroad = first.match != "demonym" and first.place.country != home.country
            known_abroad &= first.place.kind == "country" or self.table[sense.rows.start, 5] > 0
            for n in range(sense.rows.start, sense.rows.stop):
                place = places[n]
                helped = not known_abroad or place.kind == "province" or place.id == home.town
                if place.country == home.country and helped:
                    self.table[n, 8] = 1.0
                    self.table[n, 14] = bool(home.division) and place.admin1 == home.division

    def count(self, weights: Floats | None = None) -> None:
        """Vote in rounds; leaves scores and shares in the senses."""
        if not self.senses:
            return
        weights = WEIGHTS if weights is None else weights
        self._share(weights)
        for _ in range(ROUNDS - 1):
            self._support()
            self._share(weights)
        for sense in self.senses:
            sense.scores, sense.shares = self._scores[sense.rows], self._shares[sense.rows]

    def is_within(self, sense: Sense, candidate: int) -> bool:
        """Whether a candidate lies in what is named beside it."""
        return bool(self.table[sense.rows.start + candidate, 1] > 0)

    def advantage(self, sense: Sense, first: int, second: int) -> str:
        """The feature (of FEATURES) that puts one candidate of a sense before another most."""
        start = sense.rows.start
        return FEATURES[int(np.argmax(WEIGHTS * (self.table[start + first] - self.table[start + second])))]

    def is_of_outlet_alone(self, sense: Sense, candidate: int) -> bool:
        """Whether a candidate has company in its division or country from the outlet's home and from none of the names."""
        place = sense.candidates[candidate].place
        others = [s for s in self.senses if s.key != sense.key and s.votes > 0]
        voices = [s for s in others if s.key.startswith(OUTLET)]
        named = [s.candidates[int(np.argmax(s.shares))].place for s in others if not s.key.startswith(OUTLET)]
        return bool(voices) and all(other.country != place.country for other in named)

    def _share(self, weights: Floats) -> None:
        self._scores = self.table @ weights
        best = np.maximum.reduceat(self._scores, self._starts)
        odds = np.exp(self._scores - best[self._owner])
        self._shares = odds / np.add.reduceat(odds, self._starts)[self._owner]

    def _support(self) -> None:
        """Fill the columns that depend on the other senses: country and division shared, nearness."""
        sure = np.maximum.reduceat(self._shares, self._starts)
        given = self._shares * (self._votes * np.sqrt(sure))[self._owner]
        self.table[:, 2] = self._shared(self._countries, given * self._has_country) * self._has_country
        self.table[:, 3] = self._shared(self._divisions, given * self._has_division) * self._has_division
        voters = np.flatnonzero((self._shares >= LEAST_SHARE) & (self._pointed > 0))
        if len(voters) > MOST_VOTERS:
            voters = voters[np.argsort(-given[voters])[:MOST_VOTERS]]
        cosines = np.clip(self._points @ self._points[voters].T, -1.0, 1.0)
        distances = np.arccos(cosines) * _EARTH_KM
        distances[self._names[:, None] == self._names[voters][None, :]] = 1e6
        weights = given[voters] * self._pointed[voters]
        for column, reach in ((4, NEAR_KM), (12, NEXT_KM)):
            self.table[:, column] = np.log1p(np.exp(-distances / reach) @ weights) * (1.0 - self.table[:, 9])

    def _shared(self, groups: npt.NDArray[np.int64], given: Floats) -> Floats:
        """For each candidate the root of the share of the others' votes that its country or division has."""
        totals = np.bincount(groups, weights=given)
        own_pairs = self._names * (int(groups.max()) + 1) + groups
        pairs, numbers = np.unique(own_pairs, return_inverse=True)
        own = np.bincount(numbers, weights=given, minlength=len(pairs))[numbers]
        own_all = np.bincount(self._names, weights=given)[self._names]
        others = np.maximum(0.0, totals[groups] - own)
        shared: Floats = np.sqrt(others / np.maximum(1.0, given.sum() - own_all))
        return shared


def _division(place: Place) -> str:
    return f"{place.country}.{place.admin1}" if place.admin1 and place.kind != "country" else ""


def _numbers(names: Iterable[str]) -> npt.NDArray[np.int64]:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)


def _unit_vectors(places: Sequence[Place]) -> Floats:
    lat = np.radians([p.lat for p in places])
    lon = np.radians([p.lon for p in places])
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))


def _weight_as_point(candidate: Candidate) -> float:
    """How much of a point a place is for its neighbours: an area's label says little of where its towns lie."""
    if candidate.match == "demonym":
        return 0.0
    return {
        "town": 1.0,
        "district": 1.0,
        "site": 1.0,
        "province": 0.4,
        "island": 0.7,
        "river": 0.3,
        "mountain": 0.7,
    }.get(candidate.place.kind, 0.0)


def _town_of_division(places: Sequence[Place]) -> list[float]:
    """1 for a town with a good part of the people of a province of the same name: New York, Donetsk, not Quebec.

    Of a county, or a province whose people nobody has counted, -1 where such a town lies in it: Limerick, Kirkuk. Then the
    town is put before what lies around it, and not before its namesakes elsewhere.
    """
    divisions = {(p.country, p.admin1): p for p in places if p.kind == "province" and p.population}
    found = []
    for place in places:
        whole = divisions.get((place.country, place.admin1)) if place.kind == "town" else None
        found.append(min(1.0, place.population / whole.population / 0.15) if whole else 0.0)
    for number, place in enumerate(places):
        county = place.kind == "district" and place.id.startswith("iso:")
        if county or (place.kind == "province" and not place.population):
            found[number] = -max((_share_of_people(town, place) for town in places if town.kind == "town"), default=0.0)
    return found


def _share_of_people(town: Place, division: Place) -> float:
    """How much a town is of a division that it lies in: 1 from a sixth of its people on; 0 elsewhere."""
    if town.country != division.country or (division.admin1 and town.admin1 != division.admin1):
        return 0.0
    if not division.admin1 and kilometres(town.lat, town.lon, division.lat, division.lon) > division.radius_km:
        return 0.0
    if not division.population:
        return float(town.population >= SEAT_PEOPLE)
    return min(1.0, town.population / division.population / 0.15)


def repeated(mentions: int) -> float:
    """The votes of a name that is said so often.

    >>> repeated(1), round(repeated(8), 1)
    (1.0, 3.1)
    """
    return 1.0 + math.log(mentions)
