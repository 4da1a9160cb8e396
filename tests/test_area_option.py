"""`--area` on the command line: the area of the page's address, and an export of it that reads no more than it needs."""

import json
import re

import pytest
from typer.testing import CliRunner

from events import __main__ as command_line
from events.view.areas import Area
from tests.news import store_of_march

BALTIC = "10,53;31,53;31,66;10,66"


def run(*arguments):
    return CliRunner().invoke(command_line.app, [str(argument) for argument in arguments])


@pytest.fixture
def store(store_url):
    store_of_march(store_url).close()
    return store_url


def test_an_export_of_an_area_is_what_a_whole_store_has_there_and_says_what_is_left_out(store, monkeypatch):
    part = run("export", "--store", store, "--area", BALTIC, "--format", "jsonl")
    monkeypatch.setattr(Area, "box", (-180.0, -90.0, 180.0, 90.0))
    whole = run("export", "--store", store, "--area", BALTIC, "--format", "jsonl")
    assert (part.stdout, part.stderr) == (whole.stdout, whole.stderr)
    placed = [place for line in part.stdout.splitlines() if (place := json.loads(line)["place"])]
    assert placed and all(10 <= place["lon"] <= 31 and 53 <= place["lat"] <= 66 for place in placed)
    assert int(re.search(r"(\d+) left out", part.stderr)[1]) > 10
    assert f"area: {BALTIC}" in part.stderr


def test_what_is_no_area_is_named(tmp_path):
    result = run("export", "--store", tmp_path / "s.sqlite", "--area", "10,53;31,53")
    assert (result.exit_code, "--area" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("350,10;370,10;370,20", (-10.0, 10.0, 10.0, 20.0)),
        ("-180,0;180,0;0,80", (-180.0, 0.0, 180.0, 80.0)),
        ("0,85,1000", (-180.0, 76.0, 180.0, 90.0)),
        ("179,0,222.4", (176.99, -2.01, -178.99, 2.01)),
    ],
)
def test_the_box_of_an_area_holds_all_of_it(text, box):
    assert Area.parse(text).box == pytest.approx(box, abs=0.01)
