"""How many stories a second one, two and more of Dask's workers read on this machine, and what their processors do for it.

For `benchmarks.scaling`. By the clock the figures are worth something on a quiet machine alone; processor time holds on a busy
one, too, and says where a second worker's gain would go: into workers that get in each other's way, or into the one process
that drives them, which has no core of its own where there are as many workers as cores.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from events.distributing import Answer, Profile, Workers, answers_of, open_workers
from events.distributing.fingerprint import fingerprint
from events.distributing.on_worker import read_partition
from events.model import Story
from events.store import Store

Take = Callable[[Answer], object]


@dataclass(frozen=True, slots=True)
class Work:
    """What is measured: a profile, over the stories so many times, and what is done with each answer."""

    name: str
    light: bool = False
    times: int = 1
    stored: bool = False


@dataclass(frozen=True, slots=True)
class Ran:
    """Stories, seconds by the clock, and processor seconds of all workers and of the driver."""

    stories: int
    clock: float
    workers: float
    driver: float

    @property
    def a_second(self) -> float:
        """Stories a second by the clock."""
        return self.stories / self.clock


def works(short: bool) -> list[Work]:
    """Twenty seconds each for one worker on a quiet machine; an eighth of it where it has to be short."""
    if short:
        return [Work("full"), Work("light", light=True, times=2), Work("full, stored", stored=True)]
    return [Work("full", times=2), Work("light", light=True, times=6), Work("full, stored", stored=True)]


def print_workers(stories: Sequence[Story], numbers: Sequence[int], short: bool) -> None:
    """The table: each work on each number of workers."""
    print(
        "\n## Workers\n\n| work | workers | stories a second | times one worker | core ms a story: workers | driver |"
    )
    print("|---|---|---|---|---|---|")
    for work in works(short):
        first = 0.0
        for number in numbers:
            ran = run(work, stories, number)
            first = first or ran.a_second
            each, driver = ran.workers / ran.stories * 1000, ran.driver / ran.stories * 1000
            print(
                f"| {work.name} | {number} | {ran.a_second:.1f} | {ran.a_second / first:.2f} | {each:.1f} | {driver:.1f} |",
                flush=True,
            )


def run(work: Work, stories: Sequence[Story], number: int) -> Ran:
    """The work on so many workers, each of which has read every story once before."""
    many = [story.model_copy(update={"id": f"{story.id}-{n}"}) for n in range(work.times) for story in stories]
    with open_workers(f"local:{number}") as workers, _taking(work.stored) as take:
        fingerprint.cache_clear()  # the workers are as new as the files that they have just loaded
        told = [story.model_dump_json() for story in stories]
        workers.client.run(read_partition, told, work.light, "", fingerprint())
        before, own, began = _worked(workers), time.process_time(), time.perf_counter()
        for answer in answers_of(many, workers, Profile(light=work.light), for_a_store=work.stored):
            take(answer)
        took = time.perf_counter() - began
        return Ran(len(many), took, _worked(workers) - before, time.process_time() - own)


def _worked(workers: Workers) -> float:
    """Processor seconds that the workers have used."""
    return float(sum(workers.client.run(time.process_time).values()))


@contextmanager
def _taking(stored: bool) -> Iterator[Take]:
    """What is done with an answer: it goes into a new store, or nowhere."""
    if not stored:
        yield lambda answer: answer
        return
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "s.sqlite")
        try:
            yield lambda answer: store.add(answer.story, answer.events, made=answer.prepared)
        finally:
            store.close()
