"""A hundred thousand generated stories, one in twenty damaged: all good ones in, each bad one named, memory flat.

Reads files of every kind (benchmarks/generated_news.py) as `ingest` does, and stores the first stories that come out. The
events of the first of those are the extractor's; those of the others are made from the text by a pattern
(benchmarks/generated_events.py), and are linked and kept like any. Memory is what the process holds (Linux); its growth is
the slope of a line: through what is only read in the second half of the run, and through the second half of what is stored.

While stories are stored caches fill, each to its bound: 20,000 spellings (`events.reprints`), 50,000 words with the number
of reports that they stand in (`events.store.grouping.wording`), the strings that pydantic's parser keeps, pages of SQLite.
Each generated story brings a word of its own, its number, so the first is full after 20,000 of them.

Run: python -m benchmarks.soak [--stories 100000] [--stored 5000] [--extracted 500] [--share 0.05] [--seed 1]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.generated_events import events_in
from benchmarks.generated_news import Batch, batches
from events.extraction.pipeline import Extractor
from events.model import Story
from events.reading import read_bytes
from events.store import Store
from events.store.upkeep.checking import findings
from events.watching.metrics import resident_bytes

MOST_GROWTH_MB = 2.0  # in ten thousand stories that are read; single large files make it waver by one
MOST_GROWTH_STORING_MB = 15.0  # in ten thousand that are stored, while caches fill
MOST_GROWTH_FULL_MB = 2.0  # the same where the caches were full by the half
FEWEST_STORED = 2_000  # a line through the half of fewer says how caches fill
FULL = 40_000  # stories that are stored: the half of them fills the caches
MOST_DEARER = 1.5  # what the last tenth of so many may cost, to the fifth
MARK_EVERY = 50  # stories that are stored
TELL_EVERY = 5_000


@dataclass
class Soaked:
    """What came of it.

    memory: (stories so far, bytes held) after each file; storing: seconds, by the clock and of the processor's own time;
    marks: (stored so far, own seconds spent on that, bytes held) after every `MARK_EVERY` that are stored.
    """

    read: int = 0
    files: int = 0
    stored: int = 0
    extracted: int = 0
    events: int = 0
    named: Counter[str] = field(default_factory=Counter)
    storing: tuple[float, float] = (0.0, 0.0)
    wrong: list[str] = field(default_factory=list)
    memory: list[tuple[int, int]] = field(default_factory=list)
    marks: list[tuple[int, float, int]] = field(default_factory=list)
    files_stored: int = 0

    def growth(self) -> float:
        """Megabytes in ten thousand stories, over what is only read in the second half of the run.

        >>> Soaked(memory=[(n, 5_000_000 + 100 * n) for n in range(0, 40_000, 1000)]).growth()
        1.0
        """
        return _growth(self.memory[max(len(self.memory) // 2, self.files_stored) :])

    def growth_storing(self) -> float:
        """Megabytes in ten thousand stories, over the second half of those that are stored; 0 where they are too few.

        >>> Soaked(stored=4000, marks=[(n, 0.0, 900 * n) for n in range(50, 4001, 50)]).growth_storing()
        9.0
        """
        half = self.marks[len(self.marks) // 2 :]
        return _growth([(stored, held) for stored, _, held in half]) if self.stored >= FEWEST_STORED else 0.0

    def cost_by_tenths(self) -> list[float]:
        """Milliseconds of the processor's own time for a story that is stored, in each tenth of those.

        >>> Soaked(marks=[(n, n * 0.01, 0) for n in range(50, 1001, 50)]).cost_by_tenths()[:2]
        [10.0, 10.0]
        """
        last = len(self.marks)
        ends = [(0, 0.0), *(self.marks[last * tenth // 10 - 1][:2] for tenth in range(1, 11) if last >= 10)]
        return [round((b[1] - a[1]) / (b[0] - a[0]) * 1000, 1) for a, b in pairwise(ends)]

    def dearer(self) -> float:
        """What a story of the last tenth of those stored costs, to one of the fifth; 0 where they are too few.

        >>> Soaked(stored=50_000, marks=[(n, n * 0.01, 0) for n in range(50, 50_001, 50)]).dearer()
        1.0
        """
        tenths = self.cost_by_tenths() if self.stored >= FULL else []
        return round(tenths[9] / tenths[4], 2) if tenths else 0.0

    def storing_by_tenths(self) -> list[int]:
        """Megabytes after each tenth of the stories that are stored."""
        last = len(self.marks)
        return [round(self.marks[last * tenth // 10 - 1][2] / 1e6) for tenth in range(1, 11)] if last >= 10 else []

    def stored_an_hour(self) -> list[int]:
        """Stories that went into the store in an hour that is spent on that, by the clock and of the processor's own.

        >>> Soaked(stored=100, storing=(10.0, 1.0)).stored_an_hour()
        [36000, 360000]
        """
        return [round(self.stored / seconds * 3600) if seconds else 0 for seconds in self.storing]

    def by_tenths(self) -> list[int]:
        """Megabytes after the first file, each tenth of the files, and the last."""
        last = len(self.memory) - 1
        return [round(self.memory[last * tenth // 10][1] / 1e6) for tenth in range(11)] if self.memory else []


def _growth(held: Sequence[tuple[int, int]]) -> float:
    """Megabytes in ten thousand stories, by the line through (stories so far, bytes held); 0 through fewer than three."""
    if len(held) < 3:
        return 0.0
    seen, memory = np.array(held, dtype=float).T
    return round(float(np.polyfit(seen, memory, 1)[0]) * 10_000 / 1e6, 3)


def look(batch: Batch, soaked: Soaked) -> tuple[Story, ...]:
    """Read a file and hold what came out against what must. Returns its stories."""
    result = read_bytes(batch.data, batch.name)
    titles = [story.title for story in result.stories]
    named = {(problem.file, problem.line): problem.reason for problem in result.problems}
    soaked.wrong += [f"{batch.name}: lost: {title}" for title in sorted(batch.good - set(titles))]
    soaked.wrong += [f"{batch.name}: came in: {title!r}" for title in titles if title not in batch.good]
    soaked.wrong += [f"{key[0]}:{key[1]}: not named: {kind}" for key, kind in batch.bad.items() if not named.get(key)]
    soaked.wrong += [f"{key[0]}:{key[1]}: {reason}" for key, reason in named.items() if key not in batch.bad]
    soaked.wrong += [
        f"{batch.name}: {reason!r} can't be printed" for reason in named.values() if not reason.isprintable()
    ]
    soaked.named.update(kind for key, kind in batch.bad.items() if named.get(key))
    soaked.read, soaked.files = soaked.read + len(titles), soaked.files + 1
    return result.stories


def soak(
    stories: int, share: float, seed: int, stored: int, extractor: Extractor | None, extracted: int
) -> Soaked:  # fmt: skip
    """Read so many generated stories, store the first of them, extract the first of those."""
    soaked = Soaked()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "soak.sqlite")
        come = 0
        for batch in batches(stories, share, seed):
            for story in look(batch, soaked):
                if soaked.stored < stored:
                    _take_in(story, store, extractor if soaked.extracted < extracted else None, soaked)
                    soaked.files_stored = soaked.files
            come += len(batch.good) + len(batch.bad)
            soaked.memory.append((come, resident_bytes() or 0))
        if store.story_count() != soaked.stored:
            soaked.wrong.append(f"the store holds {store.story_count()} of {soaked.stored} stories")
        soaked.wrong += [finding.what for finding in findings(store._engine) if finding.bad]
        store.close()
    if soaked.growth() > MOST_GROWTH_MB:
        soaked.wrong.append(f"memory grows by {soaked.growth()} MB in ten thousand stories that are read")
    if soaked.growth_storing() > (MOST_GROWTH_FULL_MB if soaked.stored >= FULL else MOST_GROWTH_STORING_MB):
        soaked.wrong.append(f"memory grows by {soaked.growth_storing()} MB in ten thousand stories that are stored")
    if soaked.dearer() > MOST_DEARER:
        soaked.wrong.append(f"a story costs {soaked.dearer()} times what it cost at the half")
    return soaked


def _take_in(story: Story, store: Store, extractor: Extractor | None, soaked: Soaked) -> None:
    found = extractor.extract(story) if extractor else events_in(story)
    begun = time.monotonic(), time.process_time()
    if not store.add(story, found):
        soaked.wrong.append(f"{story.title}: the store has it already")
    clock, own = soaked.storing
    soaked.storing = clock + time.monotonic() - begun[0], own + time.process_time() - begun[1]
    soaked.stored += 1
    soaked.extracted += extractor is not None
    soaked.events += len(found)
    if soaked.stored % MARK_EVERY == 0:
        soaked.marks.append((soaked.stored, soaked.storing[1], resident_bytes() or 0))
    if soaked.stored % TELL_EVERY == 0:
        print(
            f"{soaked.stored} stored, {round(soaked.marks[-1][2] / 1e6)} MB, {soaked.storing[1]:.0f} s", file=sys.stderr
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what came of it as JSON; 1 where something was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--stored", type=int, default=5_000)
    parser.add_argument("--extracted", type=int, default=500)
    parser.add_argument("--share", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    begun = time.monotonic(), time.process_time()
    extractor = Extractor.load(light=True) if asked.extracted else None
    soaked = soak(asked.stories, asked.share, asked.seed, asked.stored, extractor, asked.extracted)
    print(json.dumps({
        "stories": soaked.read, "files": soaked.files, "bad ones named": sum(soaked.named.values()),
        "kinds of damage": dict(sorted(soaked.named.items())), "stored": soaked.stored, "extracted": soaked.extracted,
        "events": soaked.events, "stored in an hour": soaked.stored_an_hour(),
        "memory by tenths, MB": soaked.by_tenths(),
        "memory by tenths of those stored, MB": soaked.storing_by_tenths(),
        "cost of storing by tenths, ms": soaked.cost_by_tenths(),
        "growth in ten thousand read, MB": soaked.growth(),
        "growth in ten thousand stored, MB": soaked.growth_storing(), "minutes": round((time.monotonic() - begun[0]) / 60, 1),
        "of the processor": round((time.process_time() - begun[1]) / 60, 1), "wrong": soaked.wrong[:40],
    }, indent=1))  # fmt: skip
    return 1 if soaked.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
