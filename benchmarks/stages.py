"""How long each stage of extraction takes, in processor time, without touching the stages.

For `benchmarks.scaling`. A stage's time is its own, without that of the stages that it calls.
"""

from __future__ import annotations

import functools
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from events.extraction import pipeline
from events.extraction.pipeline import Extractor
from events.extraction.tagging.tagger import Tagger
from events.model import Story

WHOLE = "the rest"
STAGES = {
    "split": "sentences", "date_story": "publication date", "geoparse": "place names", "find_times": "times",
    "_spread": "names elsewhere", "find_happenings": "happenings", "place_of": "place of each",
    "when_of": "time of each", "told": "joining mentions", "groups": "joining mentions",
    "chances_of": "records", "event_of": "records", "place_online": "place names",
}  # fmt: skip
METHODS = ((Extractor, "_parse", "parser"), (Extractor, "extract", WHOLE), (Tagger, "tag", "tagger"))


def seconds_by_stage(extractor: Extractor, stories: Sequence[Story]) -> dict[str, float]:
    """Processor seconds of each stage over the stories, dearest first. The caller has warmed the extractor up."""
    spent = Counter[str]()
    with _watched(spent):
        for story in stories:
            extractor.extract(story)
    return dict(spent.most_common())


@contextmanager
def _watched(spent: Counter[str]) -> Iterator[None]:
    """The stages with a clock around each, until the block ends."""
    places = [(pipeline, name, stage) for name, stage in STAGES.items()] + list(METHODS)
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in places]
    inside: list[float] = []
    try:
        for owner, name, stage in places:
            setattr(owner, name, _clocked(getattr(owner, name), stage, spent, inside))
        yield
    finally:
        for owner, name, act in before:
            setattr(owner, name, act)


def _clocked(act: Callable[..., Any], stage: str, spent: Counter[str], inside: list[float]) -> Callable[..., Any]:
    @functools.wraps(act)
    def clocked(*given: Any, **named: Any) -> Any:
        inside.append(0.0)
        began = time.process_time()
        try:
            return act(*given, **named)
        finally:
            took = time.process_time() - began
            spent[stage] += took - inside.pop()  # type: ignore[assignment]
            if inside:
                inside[-1] += took

    return clocked
