"""How well reports of one happening are joined: pairwise precision, recall and F1 on authored story pairs.

Reads the gold events of training/own-news/pairs.jsonl (27 stories, one happening told by several outlets and
over days, with confusable neighbours), so that linking is measured alone and not through extraction. Weights and
threshold were set by hand before the first run and not changed after it; even- and odd-numbered families are printed
apart to show how far chance goes.

Run: python -m benchmarks.linking
"""

from __future__ import annotations

import json
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from events.linking import groups
from events.model import Event, EventPlace, Quote, Story, When
from events.ontology import family_of

PAIRS = Path(__file__).resolve().parents[1] / "training" / "own-news" / "pairs.jsonl"
RADIUS_KM = {
    "exact": 2.0,
    "city": 15.0,
    "district": 40.0,
    "province": 120.0,
    "country": 500.0,
    "sea": 150.0,
    "region": 400.0,
    "line": 100.0,
}


def gold() -> tuple[list[Event], dict[str, Story], dict[str, str]]:
    """The marked events as records, their stories by id, and each event's happening."""
    events: list[Event] = []
    stories: dict[str, Story] = {}
    happening: dict[str, str] = {}
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        stories[row["id"]] = Story(
            id=row["id"], title=row["title"], text=row["text"], published=date.fromisoformat(row["published"])
        )
        for number, marked in enumerate(row["events"]):
            event = _event(row, number, marked)
            events.append(event)
            happening[event.id] = marked["happening"]
    return events, stories, happening


def _event(row: dict[str, Any], number: int, marked: dict[str, Any]) -> Event:
    trigger = marked["triggers"][0]
    part = row[trigger["part"]]
    start = max(part.rfind(". ", 0, trigger["start"]), part.rfind("\n", 0, trigger["start"])) + 1
    end = part.find(".", trigger["end"])
    quote = Quote(
        part=trigger["part"],
        start=start,
        end=end if end > 0 else len(part),
        text=part[start : end if end > 0 else len(part)],
    )
    return Event(
        id=f"{row['id']}/{number}",
        story_id=row["id"],
        type=marked["type"],
        family=family_of(marked["type"]),
        status=marked["status"],
        what=quote.text[:80],
        evidence=(quote,),
        place=_place(marked["place"]),
        when=When(start=marked["start"], end=marked["end"], precision="day") if marked["start"] else None,
    )


def _place(place: dict[str, Any] | None) -> EventPlace | None:
    if place is None or place["lat"] is None:
        return None
    return EventPlace(**place, radius_km=RADIUS_KM[place["precision"]])


def scores(events: list[Event], stories: dict[str, Story], happening: dict[str, str]) -> dict[str, float]:
    """Pairwise precision, recall and F1 of the joined pairs; what recall lacks are duplicates left on the map."""
    members = groups(events, stories)
    joined = {pair for group in members for pair in combinations([events[i].id for i in group], 2)}
    true = {
        (a.id, b.id)
        for a, b in combinations(events, 2)
        if happening[a.id] == happening[b.id] and a.story_id != b.story_id
    }
    hits = len(joined & true)
    precision, recall = hits / max(1, len(joined)), hits / max(1, len(true))
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"true pairs": len(true), "joined pairs": len(joined), "precision": precision, "recall": recall, "f1": f1}


def figures() -> dict[str, float]:
    """Pairwise figures of all families, for the floors."""
    measured = scores(*gold())
    return {f"linking.{name}": measured[name] for name in ("precision", "recall", "f1")}


def _family_number(happening: str) -> int:
    """The number in a happening's id: "h15b" is 15; ids without one ("x-kasese-2013") count as 0."""
    digits = "".join(c for c in happening[1:3] if c.isdigit())
    return int(digits or 0)


def main() -> None:
    """Print the figures for the even-numbered families, the odd-numbered ones and all."""
    events, stories, happening = gold()
    for name, rest in (("even", 0), ("odd", 1)):
        half = [event for event in events if _family_number(happening[event.id]) % 2 == rest]
        print(name, {key: round(value, 3) for key, value in scores(half, stories, happening).items()})
    print("all", {key: round(value, 3) for key, value in scores(events, stories, happening).items()})


if __name__ == "__main__":
    main()
