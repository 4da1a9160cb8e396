"""Which kinds of events are found: recall by type, status, precision of place and of date, and precision by type.

A gold event may accept several types; it counts under its first. "told" is the share of gold events of which a sentence
was quoted by an event of ours, "right" those whose place and date are right as well, by the corpora's own scorer.
Precision counts every event of ours under its own type. Core and background events count alike here.

Run: python -m benchmarks.event_kinds [--light] [--unseen]
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from benchmarks.events import gold, is_seen, predictions
from benchmarks.shared_data import scorer
from events.extraction.pipeline import Extractor

Row = dict[str, Any]
Paired = tuple[Row, bool, bool]  # a gold event or one of ours; told; right


def paired(rows: list[Row], predicted: list[Row]) -> Iterator[tuple[list[Paired], list[Paired]]]:
    """For each story its gold events and ours, each with whether it is told of on the other side, and right."""
    score = scorer("score_events")
    for row in rows:
        golds, ours = row["events"], [p for p in predicted if p["story_id"] == row["id"]]
        told, right = [], []
        for p, event in enumerate(ours):
            quoted = score.sentences_of(event, row)
            for g, wanted in enumerate(golds):
                if quoted & set(wanted["evidence"]):
                    told.append((1, p, g))
                    if score.place_right(event, wanted) and score.date_right(event, wanted):
                        right.append((1, p, g))
        pairs, exact = score.pair(ours, golds, told), score.pair(ours, golds, right)
        yield (
            [(wanted, g in {*pairs.values(), *exact.values()}, g in exact.values()) for g, wanted in enumerate(golds)],
            [(event, p in {*pairs, *exact}, p in exact) for p, event in enumerate(ours)],
        )


def show(title: str, counted: list[tuple[str, bool, bool]]) -> None:
    """Print a line a kind: how many there are, the share told of, the share right."""
    print(f"\n{title:22} count  told  right")
    total, told, right = Counter[str](), Counter[str](), Counter[str]()
    for kind, is_told, is_right in counted:
        total[kind] += 1
        told[kind] += is_told
        right[kind] += is_right
    for kind, count in total.most_common():
        print(f"{kind:22} {count:5}  {told[kind] / count:.2f}  {right[kind] / count:.2f}")


def reach(event: Row) -> str:
    """How far a gold event's place reaches, in words."""
    bounds = ((30, "town or site"), (150, "district, province"), (600, "country, sea, region"))
    return next((name for km, name in bounds if event["km"] <= km), "larger")


def main() -> None:
    """Print the tables."""
    rows = gold()
    if not rows:
        print("the corpora are not at hand: nothing is measured")
        return
    if "--unseen" in sys.argv:
        rows = [row for row in rows if not is_seen(row)]
    ours = predictions(rows, Extractor.load(light="--light" in sys.argv))
    sides = list(paired(rows, ours))
    golds = [each for side, _ in sides for each in side]
    names = [row["id"].split(":")[0] for row, (golds_of, _) in zip(rows, sides, strict=True) for _ in golds_of]
    show("gold, by collection", [(name, told, right) for name, (_, told, right) in zip(names, golds, strict=True)])
    show("gold, by type", [(event["types"][0], told, right) for event, told, right in golds])
    show("gold, by status", [(event["status"][0], told, right) for event, told, right in golds])
    show("gold, by place", [(reach(event), told, right) for event, told, right in golds])
    show("gold, by weight", [("core" if event["core"] else "background", told, right) for event, told, right in golds])
    show("ours, by type", [(event["type"], told, right) for _, side in sides for event, told, right in side])
    show("ours, by status", [(event["status"], told, right) for _, side in sides for event, told, right in side])
    show(
        "ours, by place",
        [
            ((event["place"] or {}).get("precision", "none"), told, right)
            for _, side in sides
            for event, told, right in side
        ],
    )
    show(
        "ours, by confidence",
        [(f"{event['confidence']:.1f}", told, right) for _, s in sides for event, told, right in s],
    )


if __name__ == "__main__":
    main()
