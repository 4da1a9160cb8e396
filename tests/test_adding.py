from dataclasses import dataclass
from datetime import date

from events.dashboard.adding import account_html, preview_html
from events.dashboard.intake import Found, account, extract, keep, read_input, summary
from events.look.theme import LIGHT
from events.model import Story
from events.reading import Problem
from events.store import Store
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


def test_a_broken_line_is_named_with_its_file_and_its_reason():
    _, problems = read_input("", [Dropped("bad.jsonl", b'{"text": "It rained."}\n{"id": bad}\n')], None)
    assert account(Found((), (), tuple(problems))) == [
        ("bad.jsonl", ["line 2: is no JSON: Expecting value at character 8"])
    ]


class OneEventEach:
    """An extractor that finds one event in each story, and breaks on one that is about volcanoes."""

    def read(self, story):
        if "volcano" in story.text:
            raise ValueError("too hot")
        return type("Analysis", (), {"story": story})

    def events_of(self, analysis):
        return [march_events()[0].model_copy(update={"story_id": analysis.story.id})]


def extracted(stories, store):
    seen = []
    found = extract(stories, [], OneEventEach(), store, lambda number, of, story: seen.append((number, of, story.id)))
    return found, seen


def test_each_story_is_told_before_it_is_read_and_one_that_breaks_holds_up_no_other():
    stories = [Story(id="a", text="A volcano."), Story(id="b", text="A ferry sank off Banjul.")]
    found, seen = extracted(stories, Store.open("sqlite://"))
    assert seen == [(1, 2, "a"), (2, 2, "b")]
    assert [story.id for story, _ in found.news] == ["b"]
    assert account(found) == [("A volcano.", ["can't be extracted (ValueError: too hot)"])]


def test_a_known_story_is_accounted_for_and_a_new_version_is_said_to_be_one():
    store = Store.open("sqlite://")
    first = march_stories()[0]
    store.add(first, [march_events()[0]])
    newer = first.model_copy(update={"id": "newer", "text": first.text + "\n\nMore is known now."})
    found, _ = extracted([first, newer], store)
    assert account(found) == [(first.title, ["is in the store already, word for word"])]
    assert summary(found) == "1 new version of a known story with 1 event."


def test_nothing_is_kept_before_it_is_asked_for_and_what_is_left_out_is_not_kept():
    store = Store.open("sqlite://")
    stories = [Story(id="a", text="A ferry sank."), Story(id="b", text="A bridge fell.")]
    found, _ = extracted(stories, store)
    assert store.story_count() == 0
    assert keep(found, store, {"a"}) == 1
    assert [story.id for story in store.stories()] == ["b"]


def test_the_account_shows_file_names_and_reasons_as_text():
    shown = account_html(Found((), (), (Problem("<img src=x>.txt", None, "is <empty>"),)))
    assert "<b>&lt;img src=x&gt;.txt</b><span>is &lt;empty&gt;</span>" in shown
    assert account_html(Found((), (), ())) == ""
