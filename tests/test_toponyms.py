"""Place names recognised by what stands around them, and a tagger as one more voice."""

import pytest

from events.extraction.places.toponyms import recognise
from events.extraction.sentences import split
from events.model import Mention, Story


def found(text, gazetteer, names=None, title=""):
    """(name, kind) of each name."""
    return [(f.text, f.kind) for f in recognise(split(Story(id="1", title=title, text=text)), gazetteer, names)]


def tagger(text, **labels):
    """A tagger that marks given words of a text wherever they stand: tagger(text, PER=["Jordan"])."""

    def names(sentences):
        return [
            Mention(s.part, s.start + at, s.start + at + len(word), word, label)
            for s in sentences
            for label, words in labels.items()
            for word in words
            if (at := s.text.find(word)) >= 0
        ]

    return names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Manila Cathedral was closed.", ("Manila", "embedded")),
        ("The Ohio Department of Health confirmed it.", ("Ohio", "embedded")),
        ("She left the University of Manchester.", ("Manchester", "embedded")),
        ("Ankara accused its neighbours.", ("Ankara", "metonymic")),
        ("Officials in Ankara said nothing.", ("Ankara", "literal")),
        ("Turkish troops withdrew.", ("Turkish", "demonym")),
    ],
)
def test_a_name_says_how_it_is_used(text, expected, gazetteer):
    assert found(text, gazetteer) == [expected]


def test_a_small_town_is_admitted_where_what_it_lies_in_is_named(gazetteer):
    assert ("Chetwynd", "literal") not in found("Chetwynd was calm.", gazetteer)
    assert ("Chetwynd", "literal") in found("Crews in Chetwynd, British Columbia, went home.", gazetteer)


def test_a_name_found_once_is_found_at_its_other_mentions(gazetteer):
    text = "Two people died in Mobile, Alabama, on Sunday. Schools in Mobile were shut."
    assert [name for name, _ in found(text, gazetteer)] == ["Mobile", "Alabama", "Mobile"]


def test_hyphens_and_slashes_part_names(gazetteer):
    text = "The Denver-based firm joined Egyptian-US talks."
    assert found(text, gazetteer) == [("Denver", "literal"), ("Egyptian", "demonym"), ("US", "literal")]


def test_an_unknown_name_that_says_what_it_is_is_found(gazetteer):
    names = [name for name, _ in found("He drowned in the Qarrow River near the village of Tessamine.", gazetteer)]
    assert names == ["Qarrow River", "Tessamine"]


def test_accents_written_in_two_characters_do_not_cut_a_name(gazetteer):
    assert found("Police in Medelli\u0301n said so.", gazetteer)[0][0] == "Medelli\u0301n"


def test_a_headline_in_capitals_is_read(gazetteer):
    assert ("KAMPALA", "literal") in found("No text.", gazetteer, title="POLICE RAID OFFICES IN KAMPALA")


def test_a_taggers_person_speaks_against_a_place(gazetteer):
    text = "The award went to Florence after a vote."
    assert found(text, gazetteer, tagger(text, PER=["Florence"])) == []


def test_a_taggers_word_does_not_undo_a_town_with_its_state(gazetteer):
    text = "He was arrested in Florence, Alabama, on Monday."
    assert [name for name, _ in found(text, gazetteer, tagger(text, PER=["Florence"]))] == ["Florence", "Alabama"]


def test_a_taggers_place_that_the_gazetteer_lacks_is_found_without_its_article(gazetteer):
    text = "Smoke rose over the Quellmoor's edge."
    assert found(text, gazetteer, tagger(text, LOC=["the Quellmoor's"])) == [("Quellmoor", "literal")]


def test_a_taggers_place_admits_a_name_that_was_in_doubt(gazetteer):
    text = "Voters like Wandiligong, they said."
    assert found(text, gazetteer, tagger(text, LOC=["Wandiligong"])) == [("Wandiligong", "literal")]
    assert found(text, gazetteer, lambda sentences: []) == []


def test_a_tagger_that_finds_nothing_loses_no_sure_place(gazetteer):
    text = "Rain fell in France and in Nairobi, Kenya."
    assert [n for n, _ in found(text, gazetteer, lambda sentences: [])] == ["France", "Nairobi", "Kenya"]


def test_no_text_costs_more_than_its_length(gazetteer):
    hostile = "A" * 3000 + " San" * 3000 + " (" * 2000 + ", Paris" * 2000
    assert isinstance(found(hostile, gazetteer), list)
