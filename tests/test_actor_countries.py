"""The country of who takes part, where the text says so."""

import pytest
from analyses import analysis_of, happening_at

from events.extraction.records.participants import actors_of


def countries(text, word):
    analysis = analysis_of(text)
    return {actor.name: actor.country for actor in actors_of(happening_at(analysis, word), analysis)}


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("Kenya expelled two diplomats on Monday.", "expelled", "KE"),
        ("The Peruvian government suspended the talks on Monday.", "suspended", "PE"),
        ("The parliament of Ghana rejected the bill on Monday.", "rejected", "GH"),
        ("Dockers rejected the offer on Monday.", "rejected", None),
    ],
)
def test_a_country_is_taken_from_the_words_that_name_the_actor(text, word, country):
    assert next(iter(countries(text, word).values())) == country


def test_a_person_has_the_country_that_another_sentence_gives():
    text = "Chilean President Rosa Ibarra arrived in Lima on Sunday. Ibarra condemned the raid on Monday."
    assert countries(text, "condemned") == {"Rosa Ibarra": "CL"}
