"""How far an event's confidence can be trusted: the share right in place and time, by what confidence said.

Fits the two numbers of events/extraction/records/confidence.py on the half of the gold stories that was looked at, and
prints both halves' reliability. "Right" is the scorer's word, so what the annotators left out counts against it.

Run: python -m benchmarks.event_confidence
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from benchmarks.events import Row, gold, is_seen, predictions
from benchmarks.shared_data import scorer
from events.extraction.pipeline import Extractor
from events.extraction.records.confidence import LEVEL, SLOPE

STEPS = 3000
BINS = 5
Judged = tuple[float, bool]  # log odds of "all right" before the calibration, and whether it was


def judged(rows: Sequence[Row], extractor: Extractor) -> list[Judged]:
    """Each placed event of these stories with the odds that it was given."""
    score = scorer("score_events")
    found: list[Judged] = []
    for row in rows:
        events = predictions([row], extractor)
        allowed = [
            (2 * (event["type"] in wanted["types"]), p, g)
            for p, event in enumerate(events)
            for g, wanted in enumerate(row["events"])
            if score.sentences_of(event, row) & set(wanted["evidence"])
            and score.place_right(event, wanted)
            and score.date_right(event, wanted)
        ]
        matched = score.pair(events, row["events"], allowed)
        found += [(_odds(event["confidence"]), p in matched) for p, event in enumerate(events) if event["place"]]
    return found


def fit(pairs: Sequence[Judged]) -> tuple[float, float]:
    """(level, slope) of the logistic curve through the pairs, by gradient ascent."""
    level, slope = 0.0, 0.5
    for _ in range(STEPS):
        errors = [(right - _share(level + slope * odds), odds) for odds, right in pairs]
        level += 0.5 * sum(e for e, _ in errors) / len(pairs)
        slope += 0.2 * sum(e * odds for e, odds in errors) / len(pairs)
    return round(level, 2), round(slope, 2)


def reliability(pairs: Sequence[Judged]) -> dict[str, tuple[int, float]]:
    """By the confidence given: how many events, and the share of them that is right."""
    bins: dict[int, list[bool]] = defaultdict(list)
    for odds, right in pairs:
        bins[int(BINS * _share(LEVEL + SLOPE * odds))].append(right)
    return {
        f"{k / BINS:.1f}–{(k + 1) / BINS:.1f}": (len(v), round(sum(v) / len(v), 2)) for k, v in sorted(bins.items())
    }


def _odds(confidence: float) -> float:
    """The log odds from which the shipped calibration made a confidence."""
    return (math.log(confidence / (1 - confidence)) - LEVEL) / SLOPE


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def main() -> None:
    """Print the fit and both halves' reliability."""
    rows = gold()
    if not rows:
        print("the corpora are not at hand: nothing is measured")
        return
    extractor = Extractor.load()
    for name, half in (("seen", True), ("unseen", False)):
        pairs = judged([row for row in rows if is_seen(row) is half], extractor)
        print(name, reliability(pairs), f"level and slope that fit it: {fit(pairs)}" if half else "")


if __name__ == "__main__":
    main()
