"""Our own events come back as they were; other people's come in at their own precision, bad rows named and good ones kept."""

import json
from datetime import date

import pytest
from hypothesis import given, settings

from events.exporting.geojson import geojson
from events.exporting.json_lines import json_lines
from events.importing.files import events_of_bytes, read_events
from tests.exports import SmallGazetteer, dataset, march, retold
from tests.generated_events import many_events


def read(data, name="in.txt"):
    return events_of_bytes(data if isinstance(data, bytes) else data.encode(), name, SmallGazetteer())


def by_id(events):
    return {event.id: event for event in events}


@given(many_events)
@settings(max_examples=50, deadline=None)
def test_json_lines_come_back_without_loss(events):
    found = read(json_lines(dataset(events)) or b"\n", "a.jsonl")
    assert by_id(found.events) == by_id(events)
    assert found.problems == () or not events


@given(many_events)
@settings(max_examples=50, deadline=None)
def test_geojson_comes_back_without_loss(events):
    found = read(geojson(dataset(events)), "a.geojson")
    assert (by_id(found.events), found.problems) == (by_id(events), ())


def test_the_events_of_march_come_back_with_stories_that_hold_their_quotes():
    found = read(geojson(march()))
    assert by_id(found.events) == by_id(march().events)
    for record in found.records:
        for event in record.events:
            for quote in event.evidence:
                assert record.story.part(quote.part)[quote.start : quote.end] == quote.text


def test_a_story_keeps_what_its_events_know_of_it():
    (record,) = read(json_lines(dataset([retold()]))).records
    assert (record.story.source, record.story.published) == ("Gulf Courier", date(2025, 3, 4))
    assert record.story.title == "Envoys reopen talks on prisoners"
    assert record.story.url == "https://example.org/march/0"


def test_a_broken_line_is_named_and_the_others_are_kept():
    good = json_lines(dataset([retold(), retold(id="b", story_id="s")])).decode().splitlines()
    found = read(
        "\n".join([good[0], '{"id": 7', good[1], '{"id": "x", "type": "NONE"}', '{"text": "It rained."}']), "a.jsonl"
    )
    assert [event.id for event in found.events] == ["ev0", "b"]
    assert [problem.line for problem in found.problems] == [2, 4, 5]
    assert found.problems[0].reason.startswith("is no JSON")


def test_a_type_that_is_none_and_a_geometry_that_is_none_are_no_event():
    lines = [
        retold(type="WEDDING"),
        retold(family="incident"),
        retold(place={"geometry": {"type": "Blob"}}),
        retold(place={"geometry": {"type": "Polygon", "coordinates": "x"}}),
    ]
    found = read("".join(line.model_dump_json() + "\n" for line in lines))
    assert (found.events, len(found.problems)) == ((), 4)


def test_an_offset_beyond_every_story_is_refused_and_fills_no_memory():
    record = json.loads(retold().model_dump_json())
    record["type_evidence"] = {"part": "text", "start": 10**12, "end": 10**12 + 1}
    (problem,) = read(json.dumps(record)).problems
    assert "points to character 1,000,000,000,001" in problem.reason


def test_a_broken_feature_is_named_with_its_line_and_the_others_are_kept():
    lines = geojson(march()).decode().split("\n")
    lines[4] = lines[4].replace('"record": {', '"record": 5, "was": {', 1)
    lines[6] = lines[6][:200]
    found = read("\n".join(lines), "a.geojson")
    assert len(found.events) == 43
    assert {problem.line for problem in found.problems} == {None, 5, 7}


def test_a_feature_that_was_changed_by_hand_is_kept_as_exported_and_named():
    whole = json.loads(geojson(march()))
    whole["features"][0]["properties"]["title"] = "Something else"
    found = read(json.dumps(whole))
    assert by_id(found.events) == by_id(march().events)
    assert "feature 1 was changed after the export in title" in found.problems[0].reason


def test_a_program_that_writes_objects_as_text_loses_nothing():
    whole = json.loads(geojson(march()))
    for feature in whole["features"]:
        feature["properties"]["record"] = json.dumps(feature["properties"]["record"])
    assert by_id(read(json.dumps(whole)).events) == by_id(march().events)


def test_somebody_elses_geojson_is_refused_feature_by_feature():
    whole = {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": None, "properties": {"a": 1}}]}
    (problem,) = read(json.dumps(whole)).problems
    assert problem.reason == 'feature 1 has no "record": it was not written by Dateline'


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"\x00" * 50, b"[" * 100_000, b'{"a":' * 50_000, b"a,b\n1,2\n", b'"']
)
def test_what_is_no_data_of_events_is_a_problem_and_no_crash(data):
    found = read(data)
    assert found.events == ()
    assert found.problems


def test_a_file_that_is_not_there_is_a_problem(tmp_path):
    (problem,) = read_events(tmp_path / "none.jsonl", SmallGazetteer()).problems
    assert "can't be opened" in problem.reason


def test_our_own_csv_is_refused_with_advice():
    (problem,) = read("id,event,event_text,place_precision\n1,2,3,4\n").problems
    assert "import the GeoJSON or the JSON Lines" in problem.reason
