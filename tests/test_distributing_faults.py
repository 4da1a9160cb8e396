"""Workers that die, stories that kill, a scheduler that forgets: the run ends, nothing is lost and nothing is doubled."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import dask
import pytest

from events.distributing import Profile, answers_of, open_workers
from events.distributing.clusters import ClusterError
from events.distributing.driving import POISONED
from events.model import Story
from events.store import Store

ROOT = Path(__file__).resolve().parents[1]
STRAW = str(ROOT / "tests" / "workers_of_straw.py")


def stories(*words):
    return [Story(id=str(number), text=f"It was {word}.") for number, word in enumerate(words)]


@pytest.fixture(scope="module")
def workers():
    with dask.config.set({"distributed.worker.preload": [STRAW]}), open_workers("local:2") as opened:
        yield opened


def test_a_story_that_breaks_is_named_and_the_others_are_read(workers):
    answers = list(answers_of(stories("calm", "broken", "calm"), workers, Profile()))
    assert [answer.trouble for answer in answers] == ["", "KeyError: '1'", ""]
    assert [event.id for answer in answers for event in answer.events] == ["of 0", "of 2"]


def test_a_worker_that_is_killed_in_the_middle_costs_nothing(workers):
    told = stories(*["slow"] * 24)
    answers = answers_of(told, workers, Profile(), characters=20)
    first = list(islice(answers, 2))
    os.kill(next(iter(workers.client.run(os.getpid).values())), signal.SIGKILL)
    assert [answer.events[0].story_id for answer in [*first, *answers]] == [story.id for story in told]


def test_a_story_that_ends_its_worker_is_found_and_set_aside(workers):
    answers = list(answers_of(stories("calm", "calm", "poisoned", "calm", "calm"), workers, Profile(), characters=40))
    assert [answer.trouble for answer in answers] == ["", "", POISONED, "", ""]
    assert [len(answer.events) for answer in answers] == [1, 1, 0, 1, 1]


def test_workers_made_of_something_else_are_refused(workers, monkeypatch):
    monkeypatch.setattr("events.distributing.driving.fingerprint", lambda: "another")
    with pytest.raises(ClusterError, match="another version of Dateline"):
        list(answers_of(stories("calm"), workers, Profile()))


def test_workers_that_all_stay_away_end_the_run():
    with open_workers("local:1", patience=0.5) as opened:
        opened.client.cluster.scale(0)
        opened.client.cluster.sync(opened.client.cluster._correct_state)
        with pytest.raises(ClusterError, match="did not come back"):
            list(answers_of(stories("calm"), opened, Profile()))


def test_a_run_that_was_stopped_and_started_again_fills_the_store_once(workers, tmp_path):
    store, told = Store.open(tmp_path / "s.sqlite"), stories(*["calm"] * 9)
    for answer in islice(answers_of(told, workers, Profile(), characters=20), 4):
        store.add(answer.story, answer.events)
    taken = [store.add(answer.story, answer.events) for answer in answers_of(told, workers, Profile(), characters=20)]
    assert (taken.count(False), store.story_ids()) == (4, [story.id for story in told])
    store.close()


@contextmanager
def dask_program(*words):
    """A scheduler or a worker of Dask's own, as a cluster runs it."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    program = subprocess.Popen([sys.executable, "-m", *words], env=environment, stderr=subprocess.DEVNULL)
    try:
        yield program
    finally:
        program.terminate()
        program.wait(20)


def scheduler(port):
    return dask_program("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")


def worker(port):
    options = ("--nthreads", "1", "--no-dashboard", "--no-nanny", "--preload", STRAW)
    return dask_program("distributed.cli.dask_worker", f"tcp://127.0.0.1:{port}", *options)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Dask's own, of the cut connection
def test_a_scheduler_that_is_started_again_is_told_what_it_forgot():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = stories(*["slow"] * 20)
    with scheduler(port) as first, worker(port), open_workers(f"tcp://127.0.0.1:{port}", patience=40) as opened:
        answers = answers_of(told, opened, Profile(), characters=20)
        before = list(islice(answers, 3))
        first.kill()
        first.wait()
        with scheduler(port), worker(port):
            assert [a.events[0].story_id for a in [*before, *answers]] == [story.id for story in told]
