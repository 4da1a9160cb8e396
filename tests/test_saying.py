"""Who says so."""

import pytest
from analyses import analysis_of, happening_at

from events.extraction.records.saying import attribution_of


def source(text, word, title="", part="text"):
    analysis = analysis_of(text, title)
    happening = happening_at(analysis, word, part=part)
    return attribution_of(analysis.sentences[happening.sentence], happening.token, analysis)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The president will host the envoy this week, the Kremlin said Monday.", "host", "Kremlin"),
        ("Police said that gunmen shot two traders in Kaduna.", "shot", "Police"),
        ("A quake struck Tingri on Tuesday, killing nine people, state media reported.", "struck", "state media"),
        ("According to the coastguard, a ferry sank off Jolo on Monday.", "sank", "coastguard"),
        ("Schools will reopen on Wednesday, state radio announced.", "reopen", "state radio"),
    ],
)
def test_a_named_source_is_found(text, word, expected):
    assert source(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Gunmen shot two traders in Kaduna.", "shot"),
        ("He said gunmen shot two traders.", "shot"),
        ("The mayor announced a curfew and closed the market.", "closed"),
    ],
)
def test_without_a_named_source_there_is_none(text, word):
    assert source(text, word) is None


def test_a_pronoun_is_followed_back_to_the_sentence_before():
    text = "The Kremlin said the pact was ready. It said that the leaders will discuss trade."
    assert source(text, "discuss") == "Kremlin"


def test_a_headline_that_begins_with_its_source():
    title = "Russia Says Iran's President Will Visit in May"
    assert source("More soon.", "Visit", title, part="title") == "Russia"


def test_a_headline_that_ends_with_its_source():
    assert source("More soon.", "overturns", "Bus overturns in gorge, police say", part="title") == "police"


def test_the_source_of_one_half_of_a_headline_is_not_that_of_the_other():
    title = "Kyiv says bridge was hit; fire burns in port"
    assert source("More soon.", "burns", title, part="title") is None
