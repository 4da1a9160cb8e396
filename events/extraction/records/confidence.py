"""How sure an event is: that it is one, that its place is right, that its time is right, and all three at once.

For the pipeline, which puts out what is sure enough, and for the page's filter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from events.extraction.records.event_records import best_place, best_when
from events.extraction.records.same_happening import Told

HALVED = 0.5  # what each further mention counts beside the surest one: they are not independent
# The calibration; benchmarks/event_confidence.py fits it on the half of the stories that was looked at.
SLOPE, LEVEL = 0.3, 0.49
UNDATED = 0.5  # the chance that no date is right, where no mention says otherwise


class Chances(NamedTuple):
    """Chances between 0 and 1; place is 0 where there is none."""

    event: float
    place: float
    time: float

    @property
    def all_right(self) -> float:
        """That it is an event and is placed and dated right, as if the three were independent."""
        return self.event * self.place * self.time

    @property
    def calibrated(self) -> float:
        """The share of events with such chances that are right in all three.

        >>> Chances(0.9, 0.9, 0.9).calibrated > Chances(0.9, 0.5, 0.9).calibrated
        True
        """
        share = min(0.98, max(0.02, self.all_right))
        return round(1 / (1 + math.exp(-(LEVEL + SLOPE * math.log(share / (1 - share))))), 3)


def chances_of(group: Sequence[Told]) -> Chances:
    """The chances of an event by all its mentions: the surest one, helped by the others."""
    miss = 1.0
    for number, chance in enumerate(sorted((t.happening.probability for t in group), reverse=True)):
        miss *= 1 - chance * HALVED**number
    place, when = best_place(group), best_when(group)
    dated = [t.when_chance for t in group if t.when and when and t.when.start == when.start]
    return Chances(1 - miss, place.confidence if place else 0.0, max(dated, default=UNDATED))
