"""The line at the head of a story."""

import pytest

from events.extraction.datelines import dateline_length, dateline_of, without_datelines
from events.extraction.sentences import split
from events.model import Story


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("HELSINKI, Jan. 14 (AP) — NATO met on Tuesday.", "HELSINKI, Jan. 14 (AP) — "),
        ("KISUMU, Kenya — Two ministers signed a pact.", "KISUMU, Kenya — "),
        ("ARAWA, Bougainville, May 1 — Two clans made peace.", "ARAWA, Bougainville, May 1 — "),
        ("PORT SUDAN — The army took the town.", "PORT SUDAN — "),
        ("LUSAKA: A strike by drivers was called off.", "LUSAKA: "),
        ("Kano (Agency) - Power workers walked out on Monday.", "Kano (Agency) - "),
    ],
)
def test_place_day_and_agency_make_a_dateline(text, head):
    assert text[: dateline_length(text)] == head


@pytest.mark.parametrize(
    "text",
    [
        "NATO met - and parted again.",
        "The minister — a lawyer — resigned on Monday.",
        "Rain: it fell all day long.",
        "UPDATE: The strike by drivers was called off.",
        "NEWS TODAY: The strike by drivers was called off.",
        "",
    ],
)
def test_a_dash_or_a_colon_alone_makes_none(text):
    assert dateline_length(text) == 0


def test_the_dateline_has_offsets_in_the_text():
    text = "SUVA — Fiji's parliament removed its speaker on Thursday."
    sentences = split(Story(id="1", title="Fiji", text=text))
    assert dateline_of(sentences) == (0, len("SUVA — "))


def test_the_parser_sees_the_sentence_without_it_at_the_same_offsets():
    text = "SUVA — Fiji's parliament removed its speaker on Thursday."
    (cut,) = without_datelines(split(Story(id="1", text=text)))
    assert cut.text == text[cut.start : cut.end]
    assert cut.text.startswith("Fiji's parliament")


def test_a_story_without_one_has_none():
    assert dateline_of(split(Story(id="1", text="Rain fell on Suva all day."))) is None
