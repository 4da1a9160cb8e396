"""Institutions and where they sit."""

import pytest
from analyses import analysis_of

from events.extraction.records.institutions import government_seat, seats_in


def seats(text):
    analysis = analysis_of(text)
    return [(s.place.name, analysis.story.text[s.start : s.end]) for s in seats_in(0, analysis)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Malaysian foreign ministry protested on Monday.", ("Kuala Lumpur", "foreign ministry")),
        ("Peru's parliament passed the bill.", ("Lima", "parliament")),
        ("The central bank of Kenya raised its rate.", ("Nairobi", "central bank")),
    ],
)
def test_a_state_institution_sits_where_its_government_does(text, expected):
    assert seats(text) == [expected]


@pytest.mark.parametrize(
    "text", ["A mining company in Peru closed a pit.", "The Kenyan runner won.", "The king of the jungle slept."]
)
def test_what_is_no_institution_implies_no_seat(text):
    assert seats(text) == []


def test_without_a_country_beside_it_the_story_has_to_give_one():
    assert seats("The parliament passed the bill.") == []


def test_an_unknown_country_has_no_seat():
    assert government_seat("XX", analysis_of("Rain fell.")) is None
