"""The publication date, on dated stories with their date hidden: share given, exactly right, within a week.

Most stories name no day with its year: then None is the right answer, and "exact of the given" is the figure to watch.
MEANTIME's articles carry their date as a line of its own; TimeBank's and AQUAINT's have lost theirs. "With address" lets
a story keep its address, in which many papers write the day.

Run: python -m benchmarks.publication [--errors]

Figures of 25 November 2026, unparsed (given / exact / within a week; exact of the given):
    events-dev         .06   .06   .06   1.00      events-dev-world   .20   .17   .20    .88
    MEANTIME          1.00   .99   .99    .99      own news           .14   .13   .14    .94
    TimeBank, AQUAINT  .00   .00   .00               with address      .86   .84   .86    .97
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date

from benchmarks.shared_data import SHARED
from events.extraction.publication import date_story
from events.extraction.sentences import split
from events.model import Story

ADDRESSED = "with address"
SETS = {
    "events-dev": "corpora/events-dev.jsonl",
    "events-dev-world": "corpora/events-dev-world.jsonl",
    ADDRESSED: "corpora/events-dev-world.jsonl",
    "TimeBank": "corpora/tempeval3-timebank.jsonl",
    "AQUAINT": "corpora/tempeval3-aquaint.jsonl",
    "MEANTIME": "corpora/meantime.jsonl",
    "own news": "training/own-news/[!l]*.jsonl",
}


def stories(name: str) -> Iterator[tuple[Story, date]]:
    """The stories of a set that have a date, without it, and the date."""
    for path in sorted(SHARED.glob(SETS[name])):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            try:
                published = date.fromisoformat((row["published"] or "")[:10])
            except ValueError:
                continue
            url = row.get("url") if name == ADDRESSED else None
            yield Story(id=row["id"], title=row.get("title") or "", text=row["text"], url=url), published


def figures() -> dict[str, float]:
    """For the floors: of the dates that are given, the share that is exact, and of all stories the share given one."""
    found = {}
    for name in ("events-dev-world", ADDRESSED, "MEANTIME", "own news"):
        dated = [(date_story(story, split(story)).published, published) for story, published in stories(name)]
        given = [(got, wanted) for got, wanted in dated if got]
        key = f"publication.{name.lower().replace(' ', '_').replace('-', '_')}"
        found[f"{key}.exact_of_given"] = sum(got == wanted for got, wanted in given) / max(1, len(given))
        found[f"{key}.given"] = len(given) / max(1, len(dated))
    return found


def main() -> None:
    print(f"{'set':18}{'stories':>8}{'given':>8}{'exact':>8}{'in 7 days':>10}{'  exact of the given':>20}")
    for name in SETS:
        total = given = exact = near = 0
        for story, published in stories(name):
            total += 1
            dated = date_story(story, split(story))
            if dated.published is None:
                continue
            off = (dated.published - published).days
            given, exact, near = given + 1, exact + (off == 0), near + (abs(off) <= 7)
            if off and "--errors" in sys.argv:
                print(
                    f"  {story.id}: {published} got {dated.published} {dated.published_basis} {dated.published_reasons}"
                )
        print(
            f"{name:18}{total:8}{given / total:8.2f}{exact / total:8.2f}{near / total:10.2f}"
            f"{exact / given if given else 0:20.2f}"
        )


if __name__ == "__main__":
    main()
