"""check, backup, restore and gold, as people call them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from test_corrections import arrest, fire, said, story
from typer.testing import CliRunner

from events.__main__ import app
from events.corrections import Accept, Reject, SetPlace, SetStatus
from events.store import Store
from events.store.database.opening import as_url
from events.store.database.schema import SCHEMA_VERSION

SCORER = Path(__file__).resolve().parents[2] / "shared" / "score" / "score_events.py"


def filled(url):
    store = Store.open(url)
    for number in (1, 2):
        told = story(number, source=f"Wire {number}")
        store.add(told, [fire(told), arrest(told)])
    store.close()
    return url


@pytest.fixture
def path(tmp_path):
    return filled(tmp_path / "news.sqlite")


@pytest.fixture
def url(store_url):
    return filled(store_url)


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def damage(url, *statements):
    """Change rows behind the store's back, references or not."""
    engine = create_engine(as_url(str(url)))
    off = {"sqlite": "PRAGMA foreign_keys = OFF", "postgresql": "SET session_replication_role = replica"}
    with engine.begin() as connection:
        for statement in (off[engine.dialect.name], *statements):
            connection.exec_driver_sql(statement)
    engine.dispose()


def test_a_sound_store_passes(url):
    result = run("check", "--store", url)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "The store is sound.\n")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE records SET extracted = replace(extracted, 'A w', 'A v') WHERE event_id = 's1-burned-ACCIDENT'",
         "evidence: a quote of event s1-burned-ACCIDENT is not in story s1 at 0"),
        ("DELETE FROM stories WHERE id = 's1'", "orphan: row"),
        ("DELETE FROM records WHERE event_id = 's1-burned-ACCIDENT'", "event s1-burned-ACCIDENT of story s1 has no record"),
        ("DELETE FROM happenings WHERE id = 's1-burned-ACCIDENT'", "orphan: event s1-burned-ACCIDENT is not on the map"),
        ("UPDATE events SET happening = 's1-burned-ACCIDENT' WHERE id = 's1-arrested-CRIME'",
         "duplicate: story s1 stands twice in event s1-burned-ACCIDENT"),
        ("UPDATE events SET lat = 1 WHERE id = 's1-burned-ACCIDENT'", "its columns are not its record's: lat"),
        ("UPDATE happenings SET reports = 9 WHERE id = 's1-burned-ACCIDENT'", "says 9 reports and has 2"),
        ("UPDATE stories SET record = '{'  WHERE id = 's2'", "story s2 can't be read"),
        ("UPDATE stories SET record = replace(record, 'Police', 'Cops')  WHERE id = 's2'", "not what was noted of its reading"),
        ("UPDATE facts SET value = 3 WHERE key = 'documents'", "words were counted in 3 reports, and there are 4"),
    ],
)  # fmt: skip
def test_each_kind_of_damage_is_found(url, statement, said):
    damage(url, statement)
    result = run("check", "--store", url)
    assert result.exit_code == 1
    assert said in result.stdout
    assert "not sound" in result.stderr


def test_a_damaged_file_is_found(path):
    raw = bytearray(path.read_bytes())
    raw[8192:20480] = b"\xff" * 12288
    path.write_bytes(bytes(raw))
    result = run("check", "--store", path)
    assert result.exit_code == 1
    assert "damaged" in result.stdout or "can't be read" in result.stdout


def test_a_correction_that_lost_its_sentence_is_told_and_is_no_fault(path):
    store = Store.open(path)
    store.correct(said(Reject(), fire(story(1, source="Wire 1"))))
    store.replace_events(story(1, "The mayor resigned.", source="Wire 1"), [])
    store.close()
    result = run("check", "--store", path)
    assert (result.exit_code, result.stdout) == (
        0,
        "correction 1 (reject, by Ada) finds its sentence no more; it is kept\n",
    )


@pytest.mark.parametrize("command", [["check"], ["backup", "copy.sqlite"], ["gold"]])
def test_a_store_that_is_not_there_is_bad_use_and_is_not_made(tmp_path, command):
    result = run(*command, "--store", tmp_path / "none.sqlite")
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])


def test_a_backup_made_while_others_write_is_a_whole_store(path, tmp_path):
    writer = Store.open(path)
    with writer._engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM events")
        assert run("backup", tmp_path / "copies" / "monday.sqlite", "--store", path).exit_code == 0
    writer.close()
    copy = Store.open(tmp_path / "copies" / "monday.sqlite")
    assert copy.events() == Store.open(path).events()
    copy.close()
    again = run("backup", tmp_path / "copies" / "monday.sqlite", "--store", path)
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)


@pytest.mark.parametrize("name", ["monday.sqlite", "monday #1 (100%20).sqlite"])
def test_restore_brings_back_what_was_and_keeps_what_is(path, tmp_path, name):
    run("backup", tmp_path / name, "--store", path)
    open_all_day = Store.open(path)
    open_all_day.add(story(3), [fire(story(3))])
    result = run("restore", tmp_path / name, "--store", path)
    assert result.exit_code == 0
    assert (open_all_day.story_count(), open_all_day.history()[0].action) == (2, "restore")
    kept = Store.open(tmp_path / "news.sqlite.before-restore")
    assert kept.story_count() == 3
    kept.close()
    open_all_day.close()


def test_a_restored_store_is_told_from_the_one_that_was_there_and_from_the_copy(path, tmp_path):
    run("backup", tmp_path / "monday.sqlite", "--store", path)
    store = Store.open(path)
    store.add(story(3), [fire(story(3))])
    known = {(store.identity(), store.revision())}
    for copy in ("monday.sqlite", "news.sqlite.before-restore", "monday.sqlite"):
        run("restore", tmp_path / copy, "--store", path)
        known.add((store.identity(), store.revision()))
    assert len({identity for identity, _ in known}) == len({revision for _, revision in known}) == 4
    store.close()


@pytest.mark.parametrize("content", [b"no store at all" * 100, b""])
def test_what_is_no_store_is_not_restored(path, tmp_path, content):
    (tmp_path / "bad.sqlite").write_bytes(content)
    result = run("restore", tmp_path / "bad.sqlite", "--store", path)
    assert (result.exit_code, "is no store of Dateline" in result.stderr) == (2, True)
    assert Store.open(path).story_count() == 2


def test_a_copy_of_a_newer_schema_is_not_restored(path, tmp_path):
    run("backup", tmp_path / "newer.sqlite", "--store", path)
    damage(tmp_path / "newer.sqlite", "UPDATE facts SET value = 7 WHERE key = 'schema'")
    result = run("restore", tmp_path / "newer.sqlite", "--store", path)
    assert (result.exit_code, f"has schema 7, this program reads {SCHEMA_VERSION}" in result.stderr) == (2, True)
    assert run("check", "--store", path).exit_code == 0


def reviewed(path):
    """The first story with every event looked at, the second in part."""
    store = Store.open(path)
    one, two = story(1, source="Wire 1"), story(2, source="Wire 2")
    store.correct(said(SetStatus(status="alleged"), fire(one)))
    store.correct(said(Reject(), arrest(one)))
    store.correct(said(Accept(), fire(two)))
    store.close()


def test_gold_holds_stories_that_were_looked_at_whole(path):
    reviewed(path)
    result = run("gold", "--store", path)
    assert result.stderr == "1 story is gold; 1 more are reviewed in part and left out.\n"
    (line,) = map(json.loads, result.stdout.splitlines())
    assert (line["id"], line["sentences"]) == ("s1", [[0, 43], [44, 68], [69, 88]])
    assert line["events"] == [
        {"what": "A warehouse burned down in Paris on Monday", "core": True, "types": ["ACCIDENT"],
         "places": [{"name": "Paris", "lat": 48.86, "lon": 2.35, "precision": "city"}], "km": 25.0,
         "start": "2025-03-03", "end": "2025-03-03", "status": ["alleged"], "evidence": [0]},
    ]  # fmt: skip


def test_gold_is_read_by_the_scorer(path, tmp_path):
    if not SCORER.is_file():
        pytest.skip("the scorer in ../shared is not here")
    reviewed(path)
    run("gold", "--store", path, "-o", tmp_path / "gold.jsonl")
    events = [event.model_dump_json() for event in Store.open(path).extracted_events() if event.story_id == "s1"]
    (tmp_path / "found.jsonl").write_text("\n".join(events))
    scorer = [sys.executable, str(SCORER), str(tmp_path / "gold.jsonl"), str(tmp_path / "found.jsonl")]
    printed = subprocess.run(scorer, capture_output=True, text=True, check=True).stdout
    assert "core recall 1.000  precision 0.500" in printed


def test_a_place_set_to_none_leaves_gold_without_the_event(path):
    store = Store.open(path)
    store.correct(said(SetPlace(place=None), fire(story(1, source="Wire 1"))))
    store.correct(said(Reject(), arrest(story(1, source="Wire 1"))))
    store.close()
    assert json.loads(run("gold", "--store", path).stdout)["events"] == []


@pytest.mark.parametrize("command", ["check", "backup", "restore", "reextract", "index", "gold"])
def test_help_teaches_with_an_example(command):
    result = run(command, "--help")
    assert f"Example: python -m events {command} " in " ".join(result.stdout.split())


class NewerExtractor:
    """Finds the fire of every story, as ongoing, and breaks on the second."""

    def read(self, told):
        self.story = told
        return self

    def events_of(self, analysis):
        if analysis.story.id == "s2":
            raise ZeroDivisionError("broken \x1b[2J")
        return [fire(analysis.story, id=f"{analysis.story.id}-newer", status="ongoing")]


def test_a_store_is_extracted_anew_with_corrections_kept_and_a_broken_story_named(path, monkeypatch):
    from events.extraction.pipeline import Extractor

    store = Store.open(path)
    store.correct(said(SetPlace(place=None), fire(story(1, source="Wire 1"))))
    monkeypatch.setattr(Extractor, "load", lambda light: NewerExtractor())
    result = run("reextract", "--store", path)
    assert result.exit_code == 1
    broken, said_at_the_end = result.stderr.splitlines()
    assert broken == "Fire: ZeroDivisionError: broken \N{REPLACEMENT CHARACTER}[2J"
    assert said_at_the_end == "The events of 1 of 2 stories are other than before."
    assert [(e.status, e.place) for e in store.events_of("s1")] == [("ongoing", None)]
    assert len(store.events_of("s2")) == 2
    assert "The events of 0 of 2 stories" in run("reextract", "--store", path).stderr
    assert run("check", "--store", path).exit_code == 0
    store.close()
