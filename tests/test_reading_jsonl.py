"""JSON Lines by the contract: what may be missing, bad lines named by number, text kept to the character."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.reading import joined, read_bytes, read_text


def lines(*records):
    return "\n".join(record if isinstance(record, str) else json.dumps(record) for record in records)


def read(*records):
    return read_text(lines(*records), "wire.jsonl")


def only(record):
    result = read(record)
    assert result.problems == ()
    (story,) = result.stories
    return story


def test_a_full_record_is_taken_as_it_is():
    record = {
        "id": "a1", "title": "Quake", "text": "It shook.", "published": "2025-01-08T23:59:00+03:00",
        "url": "https://example.org/q", "source": "Gulf Desk", "events": [], "sentences": [[0, 9]],
    }  # fmt: skip
    story = only(record)
    assert (story.id, story.title, story.text, story.url, story.source) == (
        "a1", "Quake", "It shook.", "https://example.org/q", "Gulf Desk",
    )  # fmt: skip
    assert (story.published, story.published_basis) == (date(2025, 1, 8), "metadata")


def test_all_but_the_text_may_be_missing_or_null():
    bare = only({"text": "It shook."})
    null = only({"text": "It shook.", "id": None, "title": None, "published": None, "url": None, "source": None})
    assert bare == null
    assert (bare.title, bare.published, bare.published_basis, bare.url, bare.source) == ("", None, None, None, None)
    assert len(bare.id) == 20


@pytest.mark.parametrize("first", ["<script>alert(1)</script> It rained.", "<html><body>", "<?xml version='1.0'?>"])
def test_markup_that_broke_into_the_first_line_costs_that_line_alone(first):
    data = lines(first, {"text": "It rained."}, {"text": "It shone."}).encode()
    result = read_bytes(data, "wire.jsonl")
    assert [story.text for story in result.stories] == ["It rained.", "It shone."]
    assert [problem.line for problem in result.problems] == [1]


@pytest.mark.parametrize(
    "text",
    ["One.\r\nTwo.\r\n", " \t indented  \n\n\n", "a\x00b\x1b[31m", "e\u0301", "a\u2028b\u2029c\x85d", "TT\n\n🙂 ok"],
)  # fmt: skip
def test_the_text_is_kept_to_the_character(text):
    assert only({"text": text}).text == text
    assert read_text(json.dumps({"text": text}, ensure_ascii=False), "x.jsonl").stories[0].text == text


def test_a_lone_surrogate_becomes_one_character_that_can_be_written():
    story = only('{"text": "a\\ud800b", "title": "\\udfff"}')
    assert (story.text, story.title) == ("a\ufffdb", "\ufffd")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": bad}', "is no JSON"),
        ('{"title": "no text"}', 'has no "text"'),
        ('{"text": "  \\n"}', 'has no "text"'),
        ('{"text": 7}', 'has no "text"'),
        ("[1, 2]", "is no object"),
        ("null", "is no object"),
        ('{"text": "cut off', "is no JSON"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"text": "x", "n": ' + "9" * 10_000 + "}", "too many digits"),
        (json.dumps({"text": "x" * 1_000_001}), "1,000,001 characters"),
        ('{"text": "' + "x" * 9_000_000 + '"}', "9,000,012 characters"),
    ],
    ids=range(11),
)
def test_a_bad_line_is_named_by_its_number_and_the_others_are_read(line, reason):
    result = read({"text": "First."}, "", line, {"text": "Last."})
    assert [story.text for story in result.stories] == ["First.", "Last."]
    assert [(problem.file, problem.line) for problem in result.problems] == [("wire.jsonl", 3)]
    assert reason in result.problems[0].reason


@pytest.mark.parametrize("published", ["yesterday", "2025-02-30", {"year": 2025}, True, [2025], 1.5])
def test_a_date_that_cannot_be_read_is_named_and_the_story_kept(published):
    result = read({"text": "It shook.", "published": published})
    assert [(story.text, story.published) for story in result.stories] == [("It shook.", None)]
    assert "the story is kept without it" in result.problems[0].reason


@pytest.mark.parametrize(
    "published",
    ["2025-01-08", "20250108", 20250108, "2025-01-08 12:24:52-05", "Wed, 08 Jan 2025 09:00:00 GMT", "8 January 2025"],
)  # fmt: skip
def test_a_date_is_read_in_the_forms_that_feeds_have(published):
    assert only({"text": "It shook.", "published": published}).published == date(2025, 1, 8)


def test_an_array_and_a_single_object_over_many_lines_are_read():
    records = [{"text": "One."}, {"text": "Two."}]
    assert [story.text for story in read_text(json.dumps(records, indent=2), "x").stories] == ["One.", "Two."]
    assert [story.text for story in read_text(json.dumps(records[0], indent=2), "x").stories] == ["One."]


def test_a_bad_record_of_an_array_is_named_by_its_place():
    result = read_text('[{"text": "One."}, {"title": "Two"}]', "x.json")
    assert result.problems[0].reason == 'story 2 has no "text"'


def test_json_is_known_by_its_content_and_text_that_looks_a_little_like_it_is_not():
    assert read_text('{"text": "It shook."}', "pasted text").stories[0].text == "It shook."
    assert read_text("[Updated] A quake shook Muscat.", "x").stories[0].text == "[Updated] A quake shook Muscat."


def test_the_same_story_twice_is_one_and_an_id_taken_by_another_is_named():
    result = read({"id": "a", "text": "One."}, {"id": "a", "text": "One."}, {"id": "a", "text": "Two."})
    assert [story.text for story in result.stories] == ["One."]
    assert [problem.line for problem in result.problems] == [3]
    again = joined([("a.jsonl", result), ("b.jsonl", read({"id": "a", "text": "Two."}))])
    assert [problem.file for problem in again.problems] == ["wire.jsonl", "b.jsonl"]


def test_captions_in_scraped_text_are_marked_and_the_text_stays():
    text = "Quake in Oman\r\nA cracked road in Muscat - Gulf Desk\r\nTT\r\nA quake shook Muscat.\r\nIt was dark. (AP)"
    story = only({"text": text})
    assert [text[start:end] for start, end in story.captions] == ["A cracked road in Muscat - Gulf Desk\r"]


def test_spans_come_with_their_story_and_bad_ones_are_named():
    result = read(
        {"id": "a", "text": "In Oran.", "spans": [[3, 7]]}, {"id": "b", "text": "In Oran.", "spans": [[3, 70]]}
    )
    assert dict(result.spans) == {"a": ((3, 7),)}
    assert [problem.line for problem in result.problems] == [2]


def test_what_read_wrote_is_read_again_unchanged():
    (story,) = read_text("Quake\nDate: 8 Jan 2025\n\nPhoto: a street in Muscat\n\nIt shook.", "x").stories
    assert story.captions and story.published_basis == "header"
    assert read(story.model_dump_json()).stories == (story,)


def test_bytes_that_are_not_utf_8_are_named_by_line_and_kept():
    data = b'{"text": "One."}\n{"text": "Caf\xe9 na\xc3\xafve \xc3\xa9t\xc3\xa9."}\n'
    result = read_bytes(data, "x.jsonl")
    assert [story.text for story in result.stories] == ["One.", "Café naïve été."]
    assert [problem.line for problem in result.problems] == [2]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(["id", "title", "text", "published", "url", "source", "spans", "captions", "published_basis"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(KEYS, JSON, max_size=9), max_size=5))
def test_any_records_give_stories_with_their_own_text_and_unique_ids(records):
    result = read(*records)
    texts = {record["text"] for record in records if isinstance(record.get("text"), str)}
    assert {story.text for story in result.stories} <= texts
    assert len({story.id for story in result.stories}) == len(result.stories)
    for story in result.stories:
        assert all(0 <= start < end <= len(story.text) for start, end in story.captions)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["x.jsonl", "x.json", "x.txt"]))
def test_no_text_raises_under_any_name(text, name):
    result = read_text(text, name)
    assert result.stories or result.problems
