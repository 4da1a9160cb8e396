from dataclasses import dataclass
from datetime import date

from events.dashboard.adding import KINDS_OF_FILE, preview_html, problem_line, read_input
from events.look.theme import LIGHT
from events.view import EventTable
from tests.news import NoGazetteer, SmallAtlas, march_events, march_stories


@dataclass
class Dropped:
    name: str
    content: bytes

    def getvalue(self):
        return self.content


WIRE = b"Ferry sinks off Banjul\n\nA ferry sank off Banjul on Monday, the coastguard said. Nobody was hurt.\n"
TABLE = EventTable.from_events([], SmallAtlas(), NoGazetteer())


def test_pasted_text_and_files_are_read_together():
    stories, problems = read_input(
        "Quake shakes Muscat\n\nA quake shook Muscat on Tuesday.", [Dropped("a.txt", WIRE)], None
    )
    assert len(stories) == 2
    assert problems == []


def test_a_file_name_cannot_lead_out_of_its_folder():
    stories, _ = read_input("", [Dropped("../../etc/wire.txt", WIRE)], None)
    assert "Banjul" in stories[0].text


def test_a_bad_file_is_named_and_the_others_are_read():
    stories, problems = read_input("", [Dropped("bad.jsonl", b'{"id": bad}\n'), Dropped("a.txt", WIRE)], None)
    assert [problem.file for problem in problems] == ["bad.jsonl"]
    assert len(stories) == 1


def test_a_day_set_by_hand_outranks_what_the_story_says():
    stories, _ = read_input("", [Dropped("a.txt", WIRE)], date(2025, 3, 4))
    assert (stories[0].published, stories[0].published_basis) == (date(2025, 3, 4), "by hand")


def test_the_preview_shows_what_would_be_kept_as_text():
    story = march_stories()[5].model_copy(update={"title": "<b>Drones</b>"})
    shown = preview_html(story, TABLE, [march_events()[5]] * 14, LIGHT)
    assert "<h4>&lt;b&gt;Drones&lt;/b&gt;</h4>" in shown
    assert "6 March 2025 (as the file says) · <b>14 events</b>" in shown
    assert "and 2 more" in shown


def test_an_array_in_a_json_file_is_read():
    stories, problems = read_input("", [Dropped("news.json", b'[{"text": "A quake shook Muscat."}]')], None)
    assert ([story.text for story in stories], problems) == (["A quake shook Muscat."], [])
    assert "json" in KINDS_OF_FILE


def test_a_broken_line_is_named_with_its_file_and_its_reason():
    _, problems = read_input("", [Dropped("bad.jsonl", b'{"text": "It rained."}\n{"id": bad}\n')], None)
    assert [problem_line(problem) for problem in problems] == [
        "bad.jsonl, line 2: is no JSON: Expecting value at character 8"
    ]
