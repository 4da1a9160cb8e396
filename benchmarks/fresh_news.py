"""Events on stories of our own that nothing was learned from: the score that anybody can rerun from a clone.

The stories are invented, in the manner of news of many countries, and marked by their writer before the pipeline had read
them. Those of data/fresh_news.jsonl (63) mark what a reader would put on a map and leave out much that is small, so precision
is lower than on real news that two annotators marked whole. Those of data/fresh_news_second.jsonl (12: a wire, local papers, a
tabloid, a joint statement, a live blog, a court report) are marked more fully; general faults were mended after their first
run, so the figures of that run are the ones that nothing was fitted to; docs/accuracy.md has both.
Beside them a baseline: every sentence that names a place, at its first place and on the publication day.

Run: python -m benchmarks.fresh_news [--light]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.event_scoring import REACH_KM, Found, Marked, Tally, tally
from events.extraction.pipeline import Extractor
from events.extraction.sentences import split
from events.model import Event, Sentence, Story

DATA = Path(__file__).with_name("data")
STORIES, SECOND = DATA / "fresh_news.jsonl", DATA / "fresh_news_second.jsonl"
Row = dict[str, Any]


def rows(stories: Path = STORIES) -> list[Row]:
    """The marked stories of a set."""
    return [json.loads(line) for line in stories.read_text(encoding="utf-8").splitlines()]


def story_of(row: Row) -> Story:
    """A marked story as the product reads it."""
    return Story(id=row["id"], title=row["title"], text=row["text"], published=date.fromisoformat(row["published"]))


def marked_events(row: Row) -> Iterator[Marked]:
    """The events of a story that have a place; those without can't be found at one."""
    sentences = list(split(story_of(row)))
    for event in row["events"]:
        place = event["place"]
        if place is None:
            continue
        told = frozenset(
            number
            for mark in event["triggers"]
            for number in numbers(sentences, mark["part"], mark["start"], mark["end"])
        )
        start, end = (date.fromisoformat(event[key]) if event[key] else None for key in ("start", "end"))
        yield Marked(event["core"], told, place["lat"], place["lon"], REACH_KM[place["precision"]], start, end)


def numbers(sentences: list[Sentence], part: str, start: int, end: int) -> Iterator[int]:
    """The numbers of the sentences that a span lies in."""
    for number, sentence in enumerate(sentences):
        if sentence.part == part and sentence.start < end and start < sentence.start + len(sentence.text):
            yield number


def measure(extractor: Extractor, stories: Path = STORIES) -> Tally:
    """The counts over all stories of a set."""
    return _counted(lambda story: [_found(event, story) for event in extractor.extract(story)], stories)


def measure_baseline(extractor: Extractor) -> Tally:
    """The counts of the baseline."""
    return _counted(lambda story: list(_sentences_with_a_place(story, extractor)))


def _counted(find: Callable[[Story], list[Found]], stories: Path = STORIES) -> Tally:
    return sum((tally(find(story_of(row)), list(marked_events(row))) for row in rows(stories)), Tally())


def _found(event: Event, story: Story) -> Found:
    sentences = list(split(story))
    quoted = frozenset(n for q in event.evidence for n in numbers(sentences, q.part, q.start, q.end))
    point = (event.place.lat, event.place.lon) if event.place else None
    return Found(quoted, point, (event.when.start, event.when.end) if event.when else None)


def _sentences_with_a_place(story: Story, extractor: Extractor) -> Iterator[Found]:
    for number, toponyms in extractor.read(story).toponyms_by_sentence.items():
        if (place := toponyms[0][0].place) and story.published:
            yield Found(frozenset({number}), (place.lat, place.lon), (story.published, story.published))


def figures() -> dict[str, float]:
    """Core recall, precision and F1, with the tagger and without."""
    found: dict[str, float] = {}
    for profile, extractor in (("", Extractor.load()), (".light", Extractor.load(light=True))):
        for name, stories in (("fresh_news", STORIES), ("fresh_news.second", SECOND)):
            shares = measure(extractor, stories).shares()
            found |= {f"{name}{profile}.{share}": value for share, value in shares.items()}
    return found


def beside() -> dict[str, dict[str, float]]:
    """The same of the baseline."""
    shares = measure_baseline(Extractor.load(light=True)).shares()
    return {"every sentence": {f"fresh_news.{name}": value for name, value in shares.items()}}


def main() -> None:
    """Print the shares of both profiles asked for and of the baseline."""
    extractor = Extractor.load(light="--light" in sys.argv)
    print("first set:", measure(extractor).shares())
    print("second set:", measure(extractor, SECOND).shares())
    print("every sentence with a place:", beside()["every sentence"])


if __name__ == "__main__":
    main()
