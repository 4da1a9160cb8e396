"""The floors are well formed, and the quick benchmarks hold theirs; the slow ones are `python -m benchmarks --check`."""

from importlib import import_module

import pytest

from benchmarks import times
from benchmarks.__main__ import BENCHMARKS
from benchmarks.floors import below, is_guarded, raised, read_floors

BY_NAME = {benchmark.name: benchmark for benchmark in BENCHMARKS}


def needs(name):
    if lacking := BY_NAME[name].lacking():
        pytest.skip(f"../shared/{lacking[0]} is not there")


def test_every_floor_is_a_share_of_a_known_benchmark():
    for name, floor in read_floors().items():
        assert name.split(".")[0] in BY_NAME
        assert is_guarded(name)
        assert 0 < floor < 1


def test_every_benchmark_has_a_floor():
    assert {name.split(".")[0] for name in read_floors()} == set(BY_NAME)


def test_floors_are_in_order_so_that_a_change_shows():
    assert list(read_floors()) == sorted(read_floors())


def test_a_floor_never_goes_down():
    assert raised({"linking.f1": 0.9}, {"linking.f1": 0.5}) == {"linking.f1": 0.9}


@pytest.mark.parametrize("name", ["gazetteer", "linking", "publication"])
def test_quick_benchmarks_hold_their_floors(name):
    needs(name)
    assert below(import_module(f"benchmarks.{name}").figures(), read_floors()) == []


def test_temporal_expressions_are_found_without_the_parser_too():
    needs("times")
    found = times.measure(times.halves()["AQUAINT"], times.ours(parsed=False))
    assert found["relaxed"] >= read_floors()["times.aquaint.relaxed_f1"]
