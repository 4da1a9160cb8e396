"""Events that were found beside events that were marked: which pairs are right, and what share that is.

For fresh_news. A found event may be a marked one when it quotes a sentence that tells of it. It is right when, besides, its
point lies within the reach of the marked place and its interval meets the marked one and is at most a week longer. Pairs are
one to one, as many as can be, so a happening told twice is wrong once. The same rules as the gold sets' own scorer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from events.model import PlacePrecision
from geodata.records import kilometres

# How far from the marked point a place of its precision is still the place: a town's edge, a province's other end.
REACH_KM: dict[PlacePrecision, float] = {
    "exact": 30, "city": 40, "district": 80, "province": 250, "country": 700, "region": 600, "sea": 700, "line": 150,
}  # fmt: skip
LONGER_DAYS = 7  # that an interval may have more than the marked one


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked event: the sentences that tell of it, its point (lat, lon in degrees) with its reach, and its days.

    start and end are None where the event has no date: then any date fits.
    """

    core: bool
    sentences: frozenset[int]
    lat: float
    lon: float
    reach_km: float
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """A found event: the sentences that it quotes, its point (lat, lon in degrees; None unplaced), its days (None undated)."""

    sentences: frozenset[int]
    point: tuple[float, float] | None
    days: tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over stories; add them up."""

    core: int = 0
    found: int = 0
    right: int = 0
    right_core: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.core + other.core, self.found + other.found, self.right + other.right,
            self.right_core + other.right_core,
        )  # fmt: skip

    def shares(self) -> dict[str, float]:
        """Core recall, precision of all that was found, and their harmonic mean.

        >>> Tally(core=4, found=10, right=5, right_core=3).shares()
        {'core_recall': 0.75, 'precision': 0.5, 'f1': 0.6}
        """
        recall, precision = self.right_core / max(1, self.core), self.right / max(1, self.found)
        both = recall + precision
        f1 = 2 * recall * precision / both if both else 0.0
        return {"core_recall": round(recall, 4), "precision": round(precision, 4), "f1": round(f1, 4)}


def tally(found: Sequence[Found], marked: Sequence[Marked]) -> Tally:
    """The counts of one story."""
    right = [[n for n, gold in enumerate(marked) if is_right(event, gold)] for event in found]
    paired = paired_off(right)
    return Tally(
        sum(gold.core for gold in marked), len(found), len(paired), sum(marked[n].core for n in paired.values())
    )


def is_right(event: Found, gold: Marked) -> bool:
    """Whether sentences, place and days are those of the marked event."""
    if not event.sentences & gold.sentences or event.point is None:
        return False
    if kilometres(*event.point, gold.lat, gold.lon) > gold.reach_km:
        return False
    if gold.start is None or gold.end is None:
        return True
    if event.days is None:
        return False
    start, end = event.days
    return start <= gold.end and gold.start <= end and (end - start).days <= (gold.end - gold.start).days + LONGER_DAYS


def paired_off(allowed: Sequence[Sequence[int]]) -> dict[int, int]:
    """The most pairs that can be made, each number used once: found event to marked one (augmenting paths).

    allowed: for each found event the marked ones that it may be.

    >>> paired_off([[0], [0, 1], [1]])
    {0: 0, 1: 1}
    """
    owner: dict[int, int] = {}

    def takes(event: int, tried: set[int]) -> bool:
        for gold in allowed[event]:
            if gold not in tried:
                tried.add(gold)
                if gold not in owner or takes(owner[gold], tried):
                    owner[gold] = event
                    return True
        return False

    for event in range(len(allowed)):
        takes(event, set())
    return {event: gold for gold, event in sorted(owner.items(), key=lambda pair: pair[1])}
