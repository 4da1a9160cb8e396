"""Reports of one happening become one event.

For the store: takes the events of single stories and returns events with n reports. Two reports are of one happening
when their types fit, their intervals (nearly) meet, their places can be the same, and they are worded alike; date and
place also block, so that only near pairs are ever compared. Two events of one story are never joined: the extractor
has already told them apart. What it does not do: it never changes a place, a date or a quote; the best-placed and
best-dated report speaks for all.

Wording is compared by tf-idf cosine, which does as well on news reports as sentence embeddings and costs nothing to
load.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from events.model import Event, EventPlace, Report, Story, When
from events.ontology import family_of

LINK_THRESHOLD = 0.42  # set by hand, measured in benchmarks/linking.py
DAYS_APART = 1  # a happening of Monday night is Tuesday's in the next report
NEAR_TOWNS_KM = 60.0  # one outlet names the village, the next the town that people know
BUCKET_DAYS = 4
LONGEST_SPAN_DAYS = 45  # wider intervals say too little to link by

Vector = dict[str, float]
_WORD = re.compile(r"[^\W_]{3,}")
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][\w'’-]{2,}")
_RELATED = (
    {"COERCE", "CRIME"},
    {"ASSAULT", "CRIME"},
    {"AGREE", "COOPERATE"},
    {"AGREE", "CONSULT"},
    {"REJECT", "ACCUSE"},
)


def link(events: Sequence[Event], stories: Mapping[str, Story]) -> list[Event]:
    """Join the reports of one happening. Events come back in the order of their first report, each with `reports`.

    events: of any number of stories, as the extractor gave them; stories: by id, for the wording and the outlets.
    """
    return [_one_event([events[i] for i in members], stories) for members in groups(events, stories)]


def groups(events: Sequence[Event], stories: Mapping[str, Story]) -> list[list[int]]:
    """Which events are reports of one happening: lists of indices, each in order, ordered by their first."""
    words = _wordings(events, stories)
    scored = ((likeness(events[a], events[b], words[a], words[b]), a, b) for a, b in _near_pairs(events))
    sets = _DisjointSets(events)
    for _, a, b in sorted(
        (row for row in scored if row[0] >= LINK_THRESHOLD), key=lambda row: (-row[0], row[1], row[2])
    ):
        sets.join(a, b)
    return sets.members()


def likeness(a: Event, b: Event, words_a: Vector, words_b: Vector) -> float:
    """How alike two reports are, 0 to 1; 0 where type, date or place forbid that they tell of one happening."""
    if a.story_id == b.story_id or not _types_fit(a.type, b.type):
        return 0.0
    place = _place_fit(a.place, b.place)
    when = _date_fit(a.when, b.when)
    if place == 0.0 or when == 0.0:
        return 0.0
    same_type = 0.08 if a.type == b.type else 0.0
    return min(1.0, 0.62 * cosine(words_a, words_b) + 0.22 * place + 0.16 * when + same_type)


def cosine(a: Vector, b: Vector) -> float:
    """Cosine of two sparse vectors.

    >>> cosine({"quake": 1.0}, {"quake": 2.0})
    1.0
    >>> cosine({"quake": 1.0}, {"flood": 1.0})
    0.0
    """
    if len(b) < len(a):
        a, b = b, a
    dot = sum(weight * b.get(word, 0.0) for word, weight in a.items())
    length = math.sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values()))
    return min(1.0, dot / length) if length else 0.0


def kilometres(a: EventPlace, b: EventPlace) -> float:
    """Great-circle distance of two places' points, in km (haversine, mean Earth radius 6371 km)."""
    phi_a, phi_b = math.radians(a.lat), math.radians(b.lat)
    h = (
        math.sin((phi_b - phi_a) / 2) ** 2
        + math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def _types_fit(a: str, b: str) -> bool:
    return a == b or {a, b} in _RELATED or (family_of(a) == family_of(b) == "incident")


def _place_fit(a: EventPlace | None, b: EventPlace | None) -> float:
    """1 for one place, less for places of which one lies near or in the other, 0 for places apart."""
    if a is None or b is None:
        return 0.35
    if a.place_id is not None and a.place_id == b.place_id:
        return 1.0
    apart = kilometres(a, b)
    if apart <= max(25.0, a.radius_km, b.radius_km):
        return 0.8 if apart <= NEAR_TOWNS_KM else 0.55
    return 0.4 if apart <= NEAR_TOWNS_KM else 0.0


def _date_fit(a: When | None, b: When | None) -> float:
    """1 for intervals that meet, 0.5 for those a day apart, 0 for others; an undated report fits weakly."""
    if a is None or b is None:
        return 0.3
    if max((w.end - w.start).days for w in (a, b)) > LONGEST_SPAN_DAYS:
        return 0.0
    gap = max((b.start - a.end).days, (a.start - b.end).days)
    if gap <= 0:
        return 1.0
    return 0.5 if gap <= DAYS_APART else 0.0


def _near_pairs(events: Sequence[Event]) -> Iterator[tuple[int, int]]:
    """Pairs that share a stretch of days: undated events are compared with nothing, for want of a block."""
    buckets: dict[int, list[int]] = defaultdict(list)
    for index, event in enumerate(events):
        if event.when is None or (event.when.end - event.when.start).days > LONGEST_SPAN_DAYS:
            continue
        first = (event.when.start.toordinal() - DAYS_APART) // BUCKET_DAYS
        last = (event.when.end.toordinal() + DAYS_APART) // BUCKET_DAYS
        for bucket in range(first, last + 1):
            buckets[bucket].append(index)
    seen: set[tuple[int, int]] = set()
    for bucket in sorted(buckets):
        for pair in _pairs_of_near_places(events, buckets[bucket]):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _pairs_of_near_places(events: Sequence[Event], indices: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Within a stretch of days, pairs in one two-degree cell of latitude, or of which one is wide or unplaced."""
    cells: dict[int, list[int]] = defaultdict(list)
    wide: list[int] = []
    for index in indices:
        place = events[index].place
        if place is None or place.radius_km > 200:
            wide.append(index)
        else:
            cell = math.floor(place.lat / 2)
            cells[cell].append(index)
            cells[cell + 1].append(index)
    for cell in sorted(cells):
        yield from combinations(cells[cell], 2)
    narrow = sorted({index for members in cells.values() for index in members})
    for a in wide:
        yield from ((min(a, b), max(a, b)) for b in narrow)
    yield from combinations(wide, 2)


def _wordings(events: Sequence[Event], stories: Mapping[str, Story]) -> list[Vector]:
    """A tf-idf vector for each event: its label and quotes in full, its story's headline and lead at a third."""
    counts = [_word_counts(event, stories.get(event.story_id)) for event in events]
    documents = Counter(word for count in counts for word in count)
    total = len(counts)
    return [
        {word: math.log1p(n) * (math.log((1 + total) / (1 + documents[word])) + 1) for word, n in count.items()}
        for count in counts
    ]


def _word_counts(event: Event, story: Story | None) -> Counter[str]:
    own = " ".join([event.what, *(quote.text for quote in event.evidence)])
    counts: Counter[str] = Counter()
    for text, weight in ((own, 3), (f"{story.title} {story.text[:500]}" if story else "", 1)):
        for word in _WORD.findall(text.lower()):
            if word not in _STOP_WORDS:
                counts[word[:7]] += weight  # the first seven letters stand for the stem
        for name in _NAME.findall(text):
            counts[name] += weight  # names count twice: they tell happenings apart
    return counts


class _DisjointSets:
    """Disjoint sets of events in which no story stands twice."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._leader = list(range(len(events)))
        self._members = {i: [i] for i in range(len(events))}
        self._stories = {i: {event.story_id} for i, event in enumerate(events)}

    def _find(self, index: int) -> int:
        while self._leader[index] != index:
            self._leader[index] = self._leader[self._leader[index]]
            index = self._leader[index]
        return index

    def join(self, a: int, b: int) -> None:
        a, b = sorted((self._find(a), self._find(b)))
        if a == b or self._stories[a] & self._stories[b]:
            return
        self._leader[b] = a
        self._members[a] += self._members.pop(b)
        self._stories[a] |= self._stories.pop(b)

    def members(self) -> list[list[int]]:
        return [sorted(self._members[leader]) for leader in sorted(self._members)]


def _one_event(reports: Sequence[Event], stories: Mapping[str, Story]) -> Event:
    """The report that knows most speaks for all, under the id of the first report, which stays when more come."""
    tellers = sorted(
        (_report_of(event, stories) for event in reports), key=lambda r: (str(r.published or "9999"), r.story_id)
    )
    best = max(reports, key=_knowledge)
    first = min(reports, key=lambda event: (str(_report_of(event, stories).published or "9999"), event.story_id))
    return best.model_copy(update={"id": first.id, "reports": tuple(tellers)})


def _knowledge(event: Event) -> tuple[bool, bool, float, float, str]:
    radius = event.place.radius_km if event.place else math.inf
    return (
        event.place is not None,
        event.when is not None and not event.when.assumed,
        -radius,
        event.confidence,
        event.id,
    )


def _report_of(event: Event, stories: Mapping[str, Story]) -> Report:
    story = stories.get(event.story_id)
    if story is None:
        return Report(story_id=event.story_id)
    return Report(story_id=story.id, title=story.title, source=story.source, url=story.url, published=story.published)


_STOP_WORDS = frozenset(
    "the and for that with from was were has have had been are his her its their they this who which will would said "
    "says after before over into about than more also but not one two out when where while there what all can could "
    "may other some such only new last next week year month day monday tuesday wednesday thursday friday saturday "
    "sunday told according least people".split()
)
