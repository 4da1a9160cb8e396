import gzip
import io
import zipfile
from dataclasses import dataclass
from datetime import date

from streamlit.testing.v1 import AppTest

from events.dashboard.stories.adding import KINDS, account_html, notes_html, preview_html
from events.dashboard.stories.intake import Found, account, extract, keep, read_input, summary, with_day
from events.look.theme import LIGHT
from events.model import Story
from events.reading import Note, Problem, Result
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


def read(*given):
    """The stories and the problems of what was brought."""
    found = read_input(*given)
    return list(found.stories), list(found.problems)


def test_pasted_text_and_files_are_read_together():
    stories, problems = read("Quake shakes Muscat\n\nA quake shook Muscat on Tuesday.", [Dropped("a.txt", WIRE)], None)
    assert len(stories) == 2
    assert problems == []


def test_a_file_name_cannot_lead_out_of_its_folder():
    stories, _ = read("", [Dropped("../../etc/wire.txt", WIRE)], None)
    assert "Banjul" in stories[0].text


def test_a_bad_file_is_named_and_the_others_are_read():
    stories, problems = read("", [Dropped("bad.jsonl", b'{"id": bad}\n'), Dropped("a.txt", WIRE)], None)
    assert [problem.file for problem in problems] == ["bad.jsonl"]
    assert len(stories) == 1


def test_a_day_set_by_hand_outranks_what_the_story_says():
    stories, _ = read("", [Dropped("a.txt", WIRE)], date(2025, 3, 4))
    assert (stories[0].published, stories[0].published_basis) == (date(2025, 3, 4), "by hand")


def test_the_preview_shows_what_would_be_kept_as_text():
    story = march_stories()[5].model_copy(update={"title": "<b>Drones</b>"})
    shown = preview_html(story, TABLE, [march_events()[5]] * 14, LIGHT)
    assert ">&lt;b&gt;Drones&lt;/b&gt;</h4>" in shown
    assert "6 March 2025 (as the file says) · <b>14 events</b>" in shown
    assert "and 2 more" in shown


def test_an_array_in_a_json_file_is_read():
    stories, problems = read("", [Dropped("news.json", b'[{"text": "A quake shook Muscat."}]')], None)
    assert ([story.text for story in stories], problems) == (["A quake shook Muscat."], [])


def test_a_broken_line_is_named_with_its_file_and_its_reason():
    _, problems = read("", [Dropped("bad.jsonl", b'{"text": "It rained."}\n{"id": bad}\n')], None)
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
    found = extract(
        Result(tuple(stories)), OneEventEach(), store, lambda number, of, story: seen.append((number, of, story.id))
    )
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


PAGE = b"""<!doctype html><html><head><title>Ferry sinks off Banjul</title></head><body><article><h1>Ferry sinks off Banjul</h1>
<p>A ferry sank off Banjul on Monday, the coastguard said. Nobody was hurt, and all who were on board are home again.</p>
<p>The coastguard will look for the wreck on Tuesday, when the sea is calm, its commander said.</p></article></body>
</html>"""


def archive(**members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, content in members.items():
            file.writestr(name.replace("_", "."), content)
    return packed.getvalue()


def test_pages_tables_and_what_is_packed_are_read():
    brought = [
        Dropped("a.html", PAGE), Dropped("b.txt.gz", gzip.compress(WIRE)),
        Dropped("week.csv", b"Headline,Body\nQuake,A quake shook Muscat on Tuesday and nobody was hurt in it.\n"),
        Dropped("news.zip", archive(c_txt="Bridge falls\n\nA bridge fell in Genoa on Friday, and nobody was on it.")),
    ]  # fmt: skip
    stories, problems = read("", brought, None)
    assert problems == []
    assert [next(w for w in ("Genoa", "Banjul", "Muscat") if w in story.text) for story in stories] == [
        "Banjul", "Banjul", "Muscat", "Genoa",
    ]  # fmt: skip


def test_a_broken_member_of_an_archive_is_named_behind_it():
    packed = archive(a_html=PAGE, b_jsonl='{"id": bad}')
    found = read_input("", [Dropped("news.zip", packed)], None)
    assert len(found.stories) == 1
    assert account(Found((), (), found.problems))[0][0] == "news.zip > b.jsonl"
    assert "<b>news.zip &gt; b.jsonl</b>" in account_html(Found((), (), found.problems))


def test_how_a_table_was_understood_is_shown_as_text():
    table = (
        b"Headline,Body\nQuake,A quake shook Muscat on Tuesday and nobody was hurt in it.\nRain,It rained in Cork.\n"
    )
    read = read_input("", [Dropped("<b>.csv", table)], None)
    found = extract(read, OneEventEach(), Store.open("sqlite://"), lambda *_: None)
    assert [note.file for note in found.notes] == ["<b>.csv"]
    assert '<b>&lt;b&gt;.csv</b><span>a table of 2 stories: text is column "Body"' in notes_html(found).replace(
        "&quot;", '"'
    )
    assert notes_html(Found((), (), (), notes=(Note("a", "b"),) * 14)).endswith("<li>and 2 more</li></ul></div>")
    assert notes_html(Found((), (), ())) == ""


def test_a_day_named_after_all_dates_only_the_stories_without_one():
    pasted = "Quake shakes Muscat\n\nDate: 4 March 2025\n\nA quake shook Muscat on Tuesday and nobody was hurt in it."
    store = Store.open("sqlite://")
    found = extract(read_input(pasted, [Dropped("a.txt", WIRE)], None), OneEventEach(), store, lambda *_: None)
    late = with_day(found, date(2025, 3, 9), OneEventEach(), store, lambda *_: None)
    days = {story.title.split()[0]: (story.published, story.published_basis) for story, _ in late.news}
    assert days == {"Ferry": (date(2025, 3, 9), "by hand"), "Quake": (date(2025, 3, 4), "header")}
    assert [len(events) for _, events in late.news] == [1, 1]


def test_the_help_names_every_kind_that_is_read():
    kinds = "html htm xml rss csv tsv xlsx docx eml zip gz txt json jsonl".split()
    assert [kind for kind in kinds if kind not in KINDS] == []


def test_the_day_of_a_story_from_an_archive_can_be_named():
    def asking():
        from events.dashboard.stories.adding import _ask_day
        from events.dashboard.stories.intake import Found
        from events.model import Story

        _ask_day(Found(((Story(id="1", text="Rain."), ()),), (), ()))

    (day,) = AppTest.from_function(asking).run().date_input
    assert day.min < date(1946, 1, 1)
