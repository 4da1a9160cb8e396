"""Stories cut into sentences."""

import pytest

from events.extraction.sentences import split
from events.model import Story


def sentences(text, **more):
    """The text of each sentence."""
    return [s.text for s in split(Story(id="1", text=text, **more))]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Ito met Sen. Vale at 5 p.m. in St. Gallen.",
        "It sank off Calif. Friday.",
        "J. R. Okafor of the U.S. Navy spoke.",
        "The vote was 3.5 to 2.",
        "They left W. Va. Monday.",
    ],
)
def test_a_stop_in_an_abbreviation_ends_nothing(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It was late. He slept.", 2),
        ("“Go!” she said. “Now.” They went.", 3),
        ("He left the U.S. The army stayed.", 2),
        ("Who knew? Nobody... Then it rained.", 3),
        ("First line\nSecond line\n\nThird", 3),
    ],
)
def test_a_stop_before_a_new_beginning_ends_a_sentence(text, count):
    assert len(sentences(text)) == count


def test_the_headline_comes_first_and_captions_are_told():
    story = Story(id="1", title=" Quake ", text="It shook.\n\nA fallen wall.", captions=((11, 25),))
    found = split(story)
    assert [(s.kind, s.paragraph) for s in found] == [("headline", -1), ("body", 0), ("caption", 1)]
    assert (
        [story.part(s.part)[s.start : s.end] for s in found]
        == [s.text for s in found]
        == ["Quake", "It shook.", "A fallen wall."]
    )


def test_an_empty_text_has_no_sentence():
    assert sentences("  \n\n ") == []
