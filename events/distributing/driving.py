"""Keeps the workers busy, and brings every story's answer home once, in the order of the stories.

For the command line. Dask itself starts a lost worker's partitions again on another. What is left to do here: partitions
that a restarted scheduler has forgotten are sent again; one that ends every worker that reads it is halved, alone on the
workers so that no other is suspected with it, until the story is found that does it. That one is named and set aside.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from events.distributing.answers import Answer, Profile, read
from events.distributing.clusters import ClusterError, Workers
from events.distributing.fingerprint import fingerprint
from events.distributing.partitions import Partition, partitions, size_for
from events.model import Story

if TYPE_CHECKING:
    from distributed import Future

AHEAD = 2  # partitions that wait at the scheduler for each that is being read
RETRIES = 2  # of a partition that fails for a worker's own trouble: a full disk, a lost connection
LOOK_AGAIN = 0.5  # seconds after which the partitions are looked at even if no news came
GATHERING = 60.0  # seconds that bringing home an answer may take
POISONED = "its extraction ended the worker process each time it was tried: set aside"


def answers_of(
    stories: Sequence[Story], workers: Workers, profile: Profile, characters: int | None = None, *,
    for_a_store: bool = False,
) -> Iterator[Answer]:  # fmt: skip
    """An answer for each story, in their order.

    characters: the size of a partition; None: as fits their number and that of the workers. for_a_store: the workers also
    make what a store needs of their answers. Raises ClusterError where the scheduler or all workers of this machine stay
    away, or a worker can't do the work.
    """
    home: dict[int, Answer] = {}
    fresh = partitions(stories, characters or size_for(stories, workers.threads))
    run = _Run(workers, profile, fresh, for_a_store=for_a_store)
    try:
        for number in range(len(stories)):
            while number not in home:
                home |= run.step()
            yield home.pop(number)
    finally:
        run.stop()


class _Run:
    """The partitions of one run: those to come, those at the scheduler, those under suspicion."""

    def __init__(
        self, workers: Workers, profile: Profile, fresh: Iterator[Partition], *, for_a_store: bool
    ) -> None:  # fmt: skip
        self._workers = workers
        self._profile = profile
        self._for_a_store = for_a_store
        self._fresh = fresh
        self._again: deque[Partition] = deque()  # what a scheduler forgot
        self._suspects: deque[Partition] = deque()
        self._flying: dict[Future, Partition] = {}
        self._alone = False  # whether what flies is a suspect
        self._seen = time.monotonic()  # when there last was a worker
        self._news = threading.Event()
        self._name, self._numbers = f"dateline-{uuid4().hex[:8]}", count()
        self._made_of = fingerprint()

    def step(self) -> dict[int, Answer]:
        """Send out what there is room for, wait a moment, and bring home what is done: answers by the story's number."""
        self._news.clear()
        if self._workers.client.status not in {"running", "connecting"}:
            self._forgotten(list(self._flying))
            self._workers.connect_anew()
        self._look_for_workers()
        self._send_out()
        self._news.wait(LOOK_AGAIN)
        home: dict[int, Answer] = {}
        for future in [f for f in self._flying if f.status != "pending"]:
            home |= self._landed(future)
        return home

    def stop(self) -> None:
        """Take back what is not needed any more."""
        if self._flying and self._workers.client.status == "running":
            self._workers.client.cancel(list(self._flying))
        self._flying.clear()

    def _look_for_workers(self) -> None:
        """Others start a cluster's workers again, and Dask its own; where those stay away all the same, nothing would end."""
        if not self._workers.own:
            return
        now = time.monotonic()
        if self._workers.threads:
            self._seen = now
        elif now - self._seen > self._workers.patience:
            raise ClusterError("the workers of this machine ended and did not come back: start again, nothing is lost")

    def _send_out(self) -> None:
        """Partitions up to what the workers can use; while there are suspects, one of them and nothing beside it."""
        if self._workers.client.status != "running":
            return
        if self._suspects:
            if not self._flying:
                self._send(self._suspects.popleft())
                self._alone = True
            return
        if self._alone and self._flying:
            return
        self._alone = False
        room = max(1, self._workers.threads) * (1 + AHEAD) - len(self._flying)
        for _ in range(room):
            partition = self._again.popleft() if self._again else next(self._fresh, None)
            if partition is None:
                return
            self._send(partition)

    def _send(self, partition: Partition) -> None:
        from events.distributing.on_worker import read_partition

        told = [story.model_dump_json() for story in partition.stories]
        future = self._workers.client.submit(
            read_partition, told, self._profile.light, self._profile.names, self._made_of, self._for_a_store,
            key=f"{self._name}-{next(self._numbers)}", pure=False, retries=RETRIES,
        )  # fmt: skip
        self._flying[future] = partition
        future.add_done_callback(lambda _: self._news.set())

    def _landed(self, future: Future) -> dict[int, Answer]:
        """The answers of a partition that came back; none where it has to be tried again."""
        if future.status == "error":
            return self._failed(self._flying.pop(future), future.exception(timeout=GATHERING))
        try:
            lines: list[str] = future.result(timeout=GATHERING)
        except Exception:  # cancelled or lost with its scheduler, in one of the many ways Dask has to say so
            self._forgotten([future])
            return {}
        partition = self._flying.pop(future)
        return dict(enumerate(map(read, lines), partition.first))

    def _failed(self, partition: Partition, error: Any) -> dict[int, Answer]:
        from distributed import KilledWorker

        if not isinstance(error, KilledWorker):
            raise ClusterError(f"the workers can't do the work: {error}") from error
        if not self._alone:
            self._suspects.append(partition)
        elif len(partition.stories) == 1:
            return {partition.first: Answer(partition.stories[0], trouble=POISONED)}
        else:
            self._suspects.extendleft(reversed(partition.halves()))
        return {}

    def _forgotten(self, futures: Sequence[Future]) -> None:
        self._again.extend(sorted((self._flying.pop(future) for future in futures), key=lambda p: p.first))
