"""Partitions, answers as text, and the workers of this machine: the same bytes as without them."""

import json
import socket
import sys

import pytest
from typer.testing import CliRunner

from events.__main__ import app
from events.distributing import open_workers
from events.distributing.clusters import ClusterError
from events.distributing.partitions import Partition, partitions
from events.model import Story

TOLD = [
    ("one", "Rebels shelled Goma on 3 March 2025, killing four people."),
    ("two", "The presidents of Kenya and Rwanda met in Nairobi on Tuesday. They signed an accord."),
    ("three", "Nothing of note was said."),
]


def stories(sizes):
    return [Story(id=str(n), text="x" * size) for n, size in enumerate(sizes)]


def test_a_partition_ends_with_the_story_that_fills_it():
    found = list(partitions(stories([10, 10, 500, 10]), 100))
    assert [(part.first, len(part.stories)) for part in found] == [(0, 3), (3, 1)]


def test_no_story_makes_no_partition():
    assert list(partitions([])) == []


def test_the_halves_of_a_partition_keep_their_numbers():
    halves = Partition(7, tuple(stories([1, 1, 1]))).halves()
    assert [(half.first, [s.id for s in half.stories]) for half in halves] == [(7, ["0"]), (8, ["1", "2"])]


def test_two_workers_write_the_bytes_that_one_process_writes(tmp_path):
    told = tmp_path / "told.jsonl"
    told.write_text("\n".join(json.dumps({"id": i, "text": text, "published": "2025-03-05"}) for i, text in TOLD))
    here, there = tmp_path / "here.jsonl", tmp_path / "there.jsonl"
    assert CliRunner().invoke(app, ["extract", str(told), "--light", "-o", str(here)]).exit_code == 0
    shared = CliRunner().invoke(app, ["extract", str(told), "--light", "--dask", "local:2", "-o", str(there)])
    assert "2 workers; Dask's page: http://127.0.0.1:" in shared.stderr
    assert here.read_bytes() == there.read_bytes()
    assert {json.loads(line)["story_id"] for line in here.read_text().splitlines()} == {"one", "two"}


@pytest.mark.parametrize("where", ["locally", "scheduler:8786"])
def test_what_is_no_address_is_refused(where):
    with pytest.raises(ClusterError, match="neither local, local:4 nor an address"), open_workers(where):
        pass


def test_a_scheduler_that_is_not_there_is_named():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(ClusterError, match=f"no Dask scheduler answers at {address}"), open_workers(address, 0.2):
        pass


def test_without_dask_the_message_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match="pip install"), open_workers("local:1"):
        pass
