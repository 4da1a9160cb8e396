"""The command line: what goes to standard output and to standard error, exit statuses, taking in twice, standard input.

The extractor is a stand-in that finds one event in each story, but for the last tests, which take the shipped one.
"""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from events import __main__ as command_line
from events import extraction_commands
from events.extraction.places.toponyms import Toponym
from events.model import Event, ExtractionError, Quote, TimeExpression
from events.ontology import family_of
from events.store import Store

ROOT = Path(__file__).resolve().parents[1]
QUAKE = "Quake shakes Muscat\nDate: 2025-01-08\n\nA quake shook Muscat on Tuesday. Nobody was hurt.\n"
FLOOD = '{"id": "flood", "text": "A flood hit Beira on Monday.", "spans": [[12, 17], [21, 27]]}\n'
BREAKING = '{"id": "bad", "title": "Bad", "text": "BREAK the extractor."}\n'


def toponym(story, start, end, confidence=0.0):
    return Toponym("text", start, end, story.text[start:end], "literal", None, confidence, (), "")


class OneEvent:
    """Finds an event in the first sentence of any story, a toponym at its start and a time at its end."""

    gazetteer = None
    toponyms = times = ()

    def extract(self, story):
        return self.events_of(self.read(story))

    def events_of(self, analysis):
        story = analysis.story
        if "BREAK" in story.text:
            raise ZeroDivisionError("broken")
        end = story.text.index(".") + 1
        quote = Quote(part="text", start=0, end=end, text=story.text[:end])
        return [
            Event(
                id=f"{story.id}-1", story_id=story.id, type="OTHER", family=family_of("OTHER"), status="occurred",
                what=quote.text, evidence=(quote,),
            )
        ]  # fmt: skip

    def read(self, story):
        seen = OneEvent()
        seen.story = story if story.published else story.model_copy(update={"published": date(2025, 1, 14)})
        seen.toponyms = [toponym(story, 0, 1, 0.5)]
        seen.times = [TimeExpression("text", 2, 7, story.text[2:7], "DATE", "2025-01-07")]
        return seen


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.setattr(extraction_commands, "_load", lambda light, names="": OneEvent())
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "default.sqlite"))

    def call(*arguments, given=None):
        return CliRunner().invoke(command_line.app, [str(argument) for argument in arguments], input=given)

    return call


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "quake.txt").write_text(QUAKE, encoding="utf-8")
    (folder / "flood.jsonl").write_text(FLOOD, encoding="utf-8")
    return folder


def rows(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_read_writes_one_story_a_line_and_nothing_else(run, files):
    result = run("read", files)
    assert (result.exit_code, result.stderr) == (0, "")
    assert [(row["title"], row["published"]) for row in rows(result)] == [
        ("", None),
        ("Quake shakes Muscat", "2025-01-08"),
    ]


def test_a_bad_file_is_named_with_its_line_and_the_others_are_read(run, files):
    (files / "broken.jsonl").write_text(FLOOD + "{oops\n", encoding="utf-8")
    (files / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = run("read", files)
    assert result.exit_code == 1
    assert len(rows(result)) == 2
    assert f"{files / 'broken.jsonl'}:2: is no JSON" in result.stderr
    assert f"{files / 'picture.txt'}: is no text but a picture" in result.stderr


def test_a_missing_file_beside_others_is_named_and_alone_is_bad_use(run, files):
    beside = run("read", files / "quake.txt", files / "missing.txt")
    assert (beside.exit_code, len(rows(beside))) == (1, 1)
    assert "missing.txt: can't be opened" in beside.stderr
    alone = run("read", files / "missing.txt")
    assert (alone.exit_code, alone.stdout) == (2, "")


@pytest.mark.parametrize(
    "arguments",
    [["read"], ["nonsense"], ["read", "--published", "soon", "x"], ["read", "https://example.org/a"], ["ingest"]],
)
def test_bad_use_exits_with_2(run, arguments):
    assert run(*arguments).exit_code == 2


def test_standard_input_is_read_in_any_format_with_its_spans(run, monkeypatch):
    assert rows(run("read", "-", given=QUAKE))[0]["title"] == "Quake shakes Muscat"
    monkeypatch.setattr(
        "events.extraction.places.resolution.resolve_spans",
        lambda story, spans, _: [toponym(story, *span) for span in spans],
    )
    (row,) = rows(run("geoparse", "-", given=FLOOD))
    assert row["id"] == "flood"
    assert [(toponym["start"], toponym["end"], toponym["name"]) for toponym in row["toponyms"]] == [
        (12, 17, "Beira"),
        (21, 27, "Monday"),
    ]


def test_output_goes_to_the_file_that_is_named(run, files, tmp_path):
    result = run("read", files, "-o", tmp_path / "out.jsonl")
    assert result.stdout == ""
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    assert run("read", files, "-o", tmp_path / "nowhere" / "out.jsonl").exit_code == 2


def test_extract_writes_events_and_names_a_story_that_breaks_it(run, files):
    (files / "bad.jsonl").write_text(BREAKING, encoding="utf-8")
    result = run("extract", files)
    assert (result.exit_code, len(rows(result))) == (1, 2)
    assert "Bad: ZeroDivisionError: broken" in result.stderr
    assert {row["story_id"] for row in rows(result)} >= {"flood"}


def test_geoparse_and_times_answer_for_each_story(run, files):
    places, times = rows(run("geoparse", files / "quake.txt")), rows(run("times", files / "quake.txt"))
    assert places[0]["toponyms"][0] == {
        "start": 0, "end": 1, "name": "A", "kind": "literal", "lat": None, "lon": None, "precision": None,
        "geonames_id": None, "confidence": 0.5,
    }  # fmt: skip
    assert times[0]["times"] == [{"start": 2, "end": 7, "text": "quake", "type": "DATE", "value": "2025-01-07"}]
    assert places[0]["id"] == times[0]["id"]


def test_a_day_set_by_hand_outranks_the_header(run, files):
    (row,) = rows(run("read", files / "quake.txt", "--published", "2025-01-09"))
    assert (row["published"], row["published_basis"]) == ("2025-01-09", "by hand")


def test_ingest_twice_changes_nothing(run, files, tmp_path):
    store = tmp_path / "news.sqlite"
    first = run("ingest", files, "--store", store)
    assert first.exit_code == 0
    assert first.stderr == "2 stories taken in with 2 events; the store holds 2 stories.\n"
    before = (Store.open(store).events(), Store.open(store).stories(), Store.open(store).revision())
    again = run("ingest", files, files, "--store", store)
    assert again.stderr == "0 stories taken in with 0 events, 2 known already; the store holds 2 stories.\n"
    assert before == (Store.open(store).events(), Store.open(store).stories(), Store.open(store).revision())


def test_ingest_stores_the_day_that_the_extractor_found(run, files, tmp_path):
    run("ingest", files / "flood.jsonl", "--store", tmp_path / "news.sqlite")
    assert Store.open(tmp_path / "news.sqlite").story("flood").published == date(2025, 1, 14)


def test_a_run_that_was_stopped_goes_on_where_it_was(run, files, tmp_path, monkeypatch):
    store, read = tmp_path / "news.sqlite", OneEvent.read

    def stopped_at_the_quake(self, story):
        if "quake" in story.text:
            raise KeyboardInterrupt
        return read(self, story)

    monkeypatch.setattr(OneEvent, "read", stopped_at_the_quake)
    result = run("ingest", files, "--store", store)
    assert (result.exit_code, result.stderr) == (130, "Stopped: 1 story of 2 taken in. Start it again to go on.\n")
    monkeypatch.setattr(OneEvent, "read", read)
    assert "1 story taken in with 1 event, 1 known already" in run("ingest", files, "--store", store).stderr


def test_another_story_under_a_known_id_is_named_and_not_taken_in(run, files, tmp_path):
    run("ingest", files, "--store", tmp_path / "news.sqlite")
    (files / "flood.jsonl").write_text(FLOOD.replace("Beira", "Chiba"), encoding="utf-8")
    result = run("ingest", files, "--store", tmp_path / "news.sqlite")
    assert result.exit_code == 1
    assert 'the store has another story under the id "flood"' in result.stderr
    assert "Beira" in Store.open(tmp_path / "news.sqlite").story("flood").text


def test_a_store_that_cannot_be_opened_is_bad_use(run, files, tmp_path):
    (tmp_path / "no.sqlite").write_text("This is no database, whatever it is called. " * 50)
    result = run("ingest", files, "--store", tmp_path / "no.sqlite")
    assert result.exit_code == 2
    assert "no.sqlite can't be opened" in result.stderr.replace("\n", " ")


def test_a_missing_part_of_the_extractor_ends_with_how_to_get_it(files, monkeypatch):
    from events.extraction.pipeline import Extractor

    def missing(*_, **__):
        raise ExtractionError("the gazetteer is missing: python -m geodata build")

    monkeypatch.setattr(Extractor, "load", missing)
    result = CliRunner().invoke(command_line.app, ["extract", str(files)])
    assert (result.exit_code, result.stderr) == (2, "the gazetteer is missing: python -m geodata build\n")


@pytest.mark.parametrize("command", ["read", "extract", "geoparse", "times", "ingest"])
def test_help_teaches_with_an_example(run, command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example: python -m events {command} " in " ".join(result.stdout.split())


def test_help_comes_without_loading_the_extractor():
    code = "import sys, events.__main__; print([name for name in ('spacy', 'onnxruntime') if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def test_a_reader_that_has_seen_enough_ends_the_run_quietly(tmp_path):
    (tmp_path / "many.jsonl").write_text("".join(f'{{"text": "Story {n}."}}\n' for n in range(5000)), encoding="utf-8")
    command = f"{sys.executable} -m events read {tmp_path / 'many.jsonl'} | head -1"
    found = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (found.stdout.count("\n"), found.stderr) == (1, "")


# ------------------------------------------------------------------ with the shipped extractor


@pytest.fixture(scope="module")
def shipped():
    from events.extraction.pipeline import Extractor

    return Extractor.load(light=True)


@pytest.fixture
def run_shipped(run, monkeypatch, shipped):
    monkeypatch.setattr(extraction_commands, "_load", lambda light, names="": shipped)
    return run


BRIEF = ROOT / "samples" / "helsinki-summit-brief.txt"


def test_a_sample_gives_events_with_quotes_that_are_slices_of_the_story(run_shipped):
    (story,), events = rows(run_shipped("read", BRIEF)), rows(run_shipped("extract", BRIEF))
    assert events and {event["story_id"] for event in events} == {story["id"]}
    for quote in (quote for event in events for quote in event["evidence"]):
        assert story[quote["part"]][quote["start"] : quote["end"]] == quote["text"]


def test_a_sample_gives_its_places_and_times(run_shipped):
    (places,), (times,) = rows(run_shipped("geoparse", BRIEF)), rows(run_shipped("times", BRIEF))
    helsinki = next(toponym for toponym in places["toponyms"] if toponym["name"].lower() == "helsinki")
    assert (round(helsinki["lat"]), round(helsinki["lon"]), helsinki["precision"]) == (60, 25, "city")
    assert ("26 December 2024", "2024-12-26") in {(time["text"], time["value"]) for time in times["times"]}


def test_taking_in_the_samples_twice_changes_nothing(run_shipped, tmp_path):
    store = tmp_path / "news.sqlite"
    assert run_shipped("ingest", BRIEF, "--store", store).exit_code == 0
    before = (Store.open(store).events(), Store.open(store).stories())
    assert "0 stories taken in with 0 events, 1 known already" in run_shipped("ingest", BRIEF, "--store", store).stderr
    assert before == (Store.open(store).events(), Store.open(store).stories())
    assert before[0]
