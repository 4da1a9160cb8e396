"""Whether a place or an interval is the one that our own news marks.

For train_choices, which learns to choose.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from events.extraction.times.intervals import Interval
from geodata.place import Place
from geodata.records import kilometres

EXACT = frozenset({"exact", "city", "district"})
RIGHT_KM = {
    "exact": 30, "city": 40, "district": 80, "province": 200, "country": 450, "region": 1000, "sea": 1000, "line": 300,
}  # fmt: skip
LONGER_DAYS = 7  # that an interval may have more than the marked one


def is_at(place: Place, gold: dict[str, Any]) -> bool:
    """Whether a place is the marked one: near enough for its precision, and no area where a town is marked."""
    if gold["precision"] in EXACT and place.precision not in EXACT:
        return False
    return kilometres(place.lat, place.lon, gold["lat"], gold["lon"]) <= RIGHT_KM[gold["precision"]]


def is_around(place: Place, gold: dict[str, Any]) -> bool:
    """Whether a place is about where the marked one is: the best that can be said of a village no gazetteer has."""
    limit = 120 if place.precision in EXACT else 250
    return kilometres(place.lat, place.lon, gold["lat"], gold["lon"]) <= limit


def fits(interval: Interval | None, event: dict[str, Any]) -> bool:
    """Whether an interval meets the marked one and is not much longer; none fits an undated event only.

    Of what began or goes on at a time that nobody tells, the one day that is marked counts.
    """
    marked = [date.fromisoformat(event[key]) for key in ("start", "end") if event[key] is not None]
    if not marked or interval is None:
        return not marked and interval is None
    start, end = marked[0], marked[-1]
    meets = interval[0] <= end and start <= interval[1]
    return meets and (interval[1] - interval[0]).days <= (end - start).days + LONGER_DAYS
