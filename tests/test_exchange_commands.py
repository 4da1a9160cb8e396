"""`export` and `import` on the command line: a view out, data in, nothing of the store changed by what it knows."""

import json

import pytest
from typer.testing import CliRunner

from events import __main__ as command_line
from events.store import Store
from tests.exports import dataset, retold
from tests.news import store_of_march


def run(*arguments):
    return CliRunner().invoke(command_line.app, [str(argument) for argument in arguments])


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "march.sqlite"
    store_of_march(path).close()
    return path


def test_an_export_says_on_standard_error_what_is_in_it(store, tmp_path):
    result = run("export", "--store", store, "--status", "planned", "-o", tmp_path / "planned.geojson")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "7 events as GeoJSON" in result.stderr
    assert "38 left out. Filters: status: planned." in result.stderr
    assert len(json.loads((tmp_path / "planned.geojson").read_text())["features"]) == 7


def test_without_a_file_geojson_goes_to_standard_output(store):
    result = run("export", "--store", store, "--words", "grain odesa")
    assert [f["properties"]["title"] for f in json.loads(result.stdout)["features"]] == [
        "Drones strike a grain terminal"
    ]


def test_a_region_may_be_named(store):
    result = run("export", "--store", store, "--region", "baltic sea", "--format", "jsonl")
    assert "Baltic Sea" in {json.loads(line)["place"]["name"] for line in result.stdout.splitlines() if '"lat"' in line}
    assert "region: Baltic Sea" in result.stderr


@pytest.mark.parametrize(
    "arguments", [("--format", "docx"), ("-o", "x.docx"), ("--region", "Atlantis"), ("--from", "yesterday")]
)
def test_bad_use_ends_with_2_and_writes_nothing(store, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    assert run("export", "--store", store, *arguments).exit_code == 2
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("march")] == []


def test_a_store_comes_back_from_its_export_byte_for_byte(store, tmp_path):
    first, other, again = tmp_path / "a.geojson", tmp_path / "other.sqlite", tmp_path / "b.geojson"
    run("export", "--store", store, "-o", first)
    taken = run("import", first, "--store", other)
    assert (taken.exit_code, "45 events taken in" in taken.stderr) == (0, True)
    run("export", "--store", other, "-o", again)
    assert again.read_bytes() == first.read_bytes()


def test_an_import_never_changes_a_story_that_is_known(store, tmp_path):
    run("export", "--store", store, "-o", tmp_path / "a.jsonl")
    before = Store.open(store).stories()
    result = run("import", tmp_path / "a.jsonl", "--store", store)
    assert (result.exit_code, "0 events taken in, 45 known already" in result.stderr) == (0, True)
    assert Store.open(store).stories() == before


def test_the_store_keeps_its_own_text_of_an_address(store, tmp_path):
    lines = tmp_path / "a.jsonl"
    (event,) = dataset([retold(id="other", story_id="other")]).events
    told = event.reports[0].model_copy(update={"story_id": "other"})
    lines.write_text(event.model_copy(update={"reports": (told,)}).model_dump_json())
    result = run("import", lines, "--store", store)
    assert result.exit_code == 1
    assert "the store has another text at https://example.org/march/0" in result.stderr
    assert Store.open(store).story("march-0").text.startswith("Envoys of the two sides")


def test_rows_of_one_article_are_all_taken_in_and_bad_ones_named(tmp_path):
    table = tmp_path / "gdelt.csv"
    table.write_text(
        "GLOBALEVENTID,SQLDATE,EventCode,EventRootCode,Actor1Name,ActionGeo_Type,SOURCEURL\n"
        "1,20250114,042,04,NORLAND,0,https://example.org/a\n2,20250114,190,19,NORLAND,0,https://example.org/a\n"
        "3,never,190,19,NORLAND,0,\n"
    )
    result = run("import", table, "--store", tmp_path / "new.sqlite")
    assert result.exit_code == 1
    assert f"{table}: GDELT, 2 events taken in; 2 of its events have no place." in result.stderr
    assert f"{table}:4: has a SQLDATE that is no day: 'never'" in result.stderr
    assert Store.open(tmp_path / "new.sqlite").story_count() == 2


def test_a_file_that_is_not_there_is_bad_use(tmp_path):
    assert run("import", tmp_path / "none.csv", "--store", tmp_path / "new.sqlite").exit_code == 2
    assert not (tmp_path / "new.sqlite").exists()


def test_what_is_named_with_not_is_left_out(store):
    result = run("export", "--store", store, "--not-status", "planned", "--not-type", "incident", "--format", "jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert "planned" not in {row["status"] for row in rows}
    assert rows
    assert "incident" not in {row["family"] for row in rows}
    assert f"{len(rows)} events as JSON Lines" in result.stderr
