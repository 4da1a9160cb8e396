"""How much a core does, how many cores help, how time grows with the work, and what a million stories cost.

    python -m benchmarks.scaling             all of it, on a quiet machine: under ten minutes
    python -m benchmarks.scaling --short     fewer stories, one repetition: three minutes
    python -m benchmarks.scaling --loop light 20     extracts for 20 seconds: what a profiler looks at

Speed is in processor time of one process, scaling over workers by the clock, growth as the exponent of a power fitted to
1, 2, 4 and 8 times the work. Stories are those of ../shared/corpora where they are at hand, else the samples.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import spacy

from benchmarks.events import as_story, gold
from benchmarks.stages import seconds_by_stage
from benchmarks.workers import print_workers
from events.extraction.pipeline import Extractor
from events.extraction.syntax import Parser
from events.model import Event, Story
from events.reading import read_path
from events.store import Store

ROOT = Path(__file__).resolve().parents[1]
PROFILES = {"full": False, "light": True}
TIMES = (1, 2, 4, 8)
VCPU_HOUR, GB_HOUR, GB = 0.04048, 0.004445, 2  # dollars, dollars, the least memory that goes with one vCPU
DOLLARS_A_CORE_HOUR = VCPU_HOUR + GB * GB_HOUR
PRICE = (
    f"AWS Fargate, Linux/x86, US East (N. Virginia), on demand: ${VCPU_HOUR} a vCPU and hour and ${GB_HOUR} a GB and hour, "
    f"with {GB} GB; list prices as of 17 June 2026 (factualminds.com/blog/amazon-fargate-ecs-task-pricing-2026), the same as "
    "of 10 March 2026 (wring.co/blog/aws-fargate-pricing-guide). A core is what the machine calls one"
)
MORDECAI = "Mordecai 3: 5 stories a second on a CPU, as published by its author; geoparsing only"


@dataclass(frozen=True, slots=True)
class Speed:
    """One process over the sample stories: processor seconds in all and by stage."""

    stories: int
    words: int
    stages: dict[str, float]

    @property
    def seconds(self) -> float:
        """Processor seconds in all."""
        return sum(self.stages.values())

    @property
    def a_second(self) -> float:
        """Stories a second and a core."""
        return self.stories / self.seconds


def main() -> None:
    """Measure and print the tables, in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling")
    parser.add_argument("--short", action="store_true", help="fewer stories, three minutes")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2], help="numbers of workers to compare")
    parser.add_argument("--loop", nargs=2, metavar=("PROFILE", "SECONDS"), help="extract and nothing else")
    asked = parser.parse_args()
    stories = sample_stories()
    if asked.loop:
        loop(Extractor.load(light=PROFILES[asked.loop[0]]), stories, float(asked.loop[1]))
        return
    some = stories[:: 3 if asked.short else 1]
    print(f"Load before the run: {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores\n")
    speeds = {name: speed(Extractor.load(light=light), some) for name, light in PROFILES.items()}
    print_speeds(speeds)
    print_beside(some)
    print_growth(stories, asked.short)
    print_workers(some, asked.workers, asked.short)
    print_costs(speeds)
    print(f"\nLoad after the run: {os.getloadavg()[0]:.1f}")


def sample_stories() -> list[Story]:
    """The gold stories, else the samples."""
    rows = gold()
    if rows:
        return [as_story(row) for row in rows]
    return [story for path in sorted((ROOT / "samples").iterdir()) for story in read_path(path).stories]


def loop(extractor: Extractor, stories: Sequence[Story], seconds: float) -> None:
    """Extract again and again for so long."""
    end = time.monotonic() + seconds
    for story in cycle(stories):
        extractor.extract(story)
        if time.monotonic() > end:
            return


def speed(extractor: Extractor, stories: Sequence[Story]) -> Speed:
    """Read every story twice; the second time counts, when caches are as in a long run."""
    for story in stories:
        extractor.extract(story)
    words = sum(len(story.text.split()) for story in stories)
    return Speed(len(stories), words, seconds_by_stage(extractor, stories))


def print_speeds(speeds: dict[str, Speed]) -> None:
    print("## One core\n")
    for name, found in speeds.items():
        print(
            f"{name}: {found.a_second:.1f} stories a second, {found.words / found.seconds:,.0f} words a second "
            f"({found.stories} stories of {found.words / found.stories:.0f} words)"
        )
    stages = list(dict.fromkeys(stage for found in speeds.values() for stage in found.stages))
    print(f"\n| stage | {' | '.join(f'{name} ms a story | share' for name in speeds)} |")
    print(f"|---|{'---|' * 2 * len(speeds)}")
    for stage in stages:
        cells = [
            f"{found.stages.get(stage, 0) / found.stories * 1000:.2f} | {found.stages.get(stage, 0) / found.seconds:.0%}"
            for found in speeds.values()
        ]
        print(f"| {stage} | {' | '.join(cells)} |")


def print_beside(stories: Sequence[Story]) -> None:
    """SpaCy's own parts over the same words in the same run, and what others have published."""
    texts = [story.text for story in stories]
    words = sum(len(text.split()) for text in texts)
    blank, shipped = spacy.blank("en"), spacy.load(ROOT / "events" / "extraction" / "models" / "syntax")
    ours = Parser.load()
    print("\n## Beside it\n\n| what | words a second and core |\n|---|---|")
    for name, nlp in (
        ("spaCy's tokenizer alone", blank),
        ("spaCy with the shipped tagger and parser, as it comes", shipped),
        ("the same as Dateline runs it", ours._nlp),
    ):
        list(nlp.pipe(texts[:3]))
        took = processor_seconds(lambda nlp=nlp: list(nlp.pipe(texts, batch_size=64)))  # type: ignore[misc]
        print(f"| {name} | {words / took:,.0f} |")
    print(f"\n{MORDECAI}.")


def print_growth(stories: Sequence[Story], short: bool) -> None:
    """Exponents: 1 is time that grows as the work does, 2 is quadratic."""
    print("\n## Growth\n\n| what grows | exponent | times 1, 2, 4, 8: seconds |\n|---|---|---|")
    for name, light in PROFILES.items():
        if short and not light:
            continue
        extractor = Extractor.load(light=light)
        lengths = [long_story(stories, 12 * factor) for factor in TIMES]
        extractor.extract(lengths[0])
        by_stage = [seconds_by_stage(extractor, [story]) for story in lengths]
        _print_fit(f"a story's length, {name}", [sum(found.values()) for found in by_stage])
        for stage in by_stage[-1]:
            taken = [found.get(stage, 0.0) for found in by_stage]
            if taken[-1] > 0.02 * sum(by_stage[-1].values()):
                _print_fit(f"&nbsp;&nbsp;{stage}", taken)
    extractor = Extractor.load(light=True)
    found = [(story, extractor.extract(story)) for story in stories[:60]]
    sizes = [(25 if short else 100) * factor for factor in TIMES]
    _print_fit(f"stories taken in, {sizes[0]} to {sizes[-1]}", [intake_seconds(found, size) for size in sizes])


def long_story(stories: Sequence[Story], count: int) -> Story:
    """One story of the texts of several, as a long report is."""
    text = "\n".join(story.text for story in islice(cycle(stories), count))
    return Story(id=f"long-{count}", title=stories[0].title, text=text, published=stories[0].published)


def intake_seconds(found: Sequence[tuple[Story, Sequence[Event]]], count: int) -> float:
    """Processor seconds to take in so many stories; each time round the outlets tell other stories in like words."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "s.sqlite")
        try:
            pairs = [_again(*found[number % len(found)], number) for number in range(count)]
            return processor_seconds(lambda: [store.add(story, events) for story, events in pairs])
        finally:
            store.close()


def _again(story: Story, events: Sequence[Event], number: int) -> tuple[Story, list[Event]]:
    """The story as another one with events of its own."""
    own = story.model_copy(update={"id": f"{story.id}-{number}", "url": None, "text": f"{story.text}\n{number}"})
    return own, [
        event.model_copy(update={"id": f"{event.id}-{number}", "story_id": own.id, "reports": ()}) for event in events
    ]


def exponent(taken: Sequence[float], factors: Sequence[int] = TIMES) -> float:
    """The power of the work by which time grows: the slope of a line through their logarithms.

    >>> round(exponent([1.0, 4.0, 16.0, 64.0]), 2)
    2.0
    """
    return float(np.polyfit(np.log(factors), np.log(np.maximum(taken, 1e-6)), 1)[0])


def _print_fit(name: str, taken: Sequence[float]) -> None:
    print(f"| {name} | {exponent(taken):.2f} | {', '.join(f'{seconds:.2f}' for seconds in taken)} |")


def print_costs(speeds: dict[str, Speed]) -> None:
    print("\n## A million stories\n\n| profile | core hours | dollars |\n|---|---|---|")
    for name, found in speeds.items():
        hours = 1e6 / found.a_second / 3600
        print(f"| {name} | {hours:.1f} | {hours * DOLLARS_A_CORE_HOUR:.2f} |")
    print(f"\nAt ${DOLLARS_A_CORE_HOUR:.4f} a core hour: {PRICE}.")


def processor_seconds(act: Callable[[], object]) -> float:
    """How much processor time this process spends on it."""
    began = time.process_time()
    act()
    return time.process_time() - began


if __name__ == "__main__":
    main()
