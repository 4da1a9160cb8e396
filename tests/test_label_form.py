"""A label that is a fragment gives way; the form of one is told by the words that it keeps."""

import pytest
from analyses import analysis_of, happening_at

from events.extraction.dependency import token_at
from events.extraction.records.label_draft import Draft
from events.extraction.records.label_form import fault_of, gravity_of
from events.extraction.records.labels import label_of

TEXT = "Firemen rescued two cooks from a burning hotel in Atacames after a boiler exploded."


def draft(words, verb, kind="clause", text=TEXT):
    """A draft that keeps the first occurrence of each of some words."""
    sentence = analysis_of(text).sentences[0]
    kept = [token_at(sentence, text.index(word), text.index(word) + len(word)) for word in words.split()]
    told = token_at(sentence, text.index(verb), text.index(verb) + len(verb)) if verb else None
    return Draft(words, kind, sentence, frozenset(t.index for t in kept), told)


@pytest.mark.parametrize(
    ("words", "verb", "fault"),
    [
        ("Firemen rescued two cooks", "rescued", ""),
        ("from a burning hotel", "rescued", "begins in the middle"),
        ("rescued two cooks", "rescued", "a participle without its noun"),
        ("Firemen rescued two cooks from", "rescued", "ends in the middle"),
        ("Firemen rescued two", "rescued", "a phrase cut in two"),
        ("Firemen", "rescued", "a word alone"),
    ],
)
def test_a_fragment_is_told_from_a_whole(words, verb, fault):
    assert fault_of(draft(words, verb)) == fault


def test_a_verb_that_needs_an_object_is_no_label_without_it():
    text = "The envoy received the mayor in Quito."
    assert fault_of(draft("envoy received", "received", text=text)) == "a verb without its object"


def test_a_bare_noun_says_nothing():
    text = "The murder of a banker shocked Lima."
    assert fault_of(draft("The murder", "", "noun", text)) == "a noun that says nothing"
    assert fault_of(draft("murder of a banker", "", "noun", text)) == ""


def test_two_verbs_side_by_side_are_worse_than_a_participle_alone():
    text = "A curfew in Oran ended on Monday when the mayor lifted it."
    both = draft("curfew ended lifted it", "ended", text=text)
    assert fault_of(both) == "two verbs unjoined"
    assert gravity_of(draft("rescued two cooks", "rescued")) < gravity_of(both)


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Police are holding eight men after a blaze killed at least 44 people at a depot.", "killed",
         "Blaze killed at least 44 people at a depot"),
        ("The mines ministry has sent two pumps from Mirerani, where in 2008 a storm drowned 65 miners.", "drowned",
         "Storm drowned 65 miners"),
        ("In 2017 nurses stayed away from work for five months.", "stayed",
         "Nurses stayed away from work for five months"),
    ],
)  # fmt: skip
def test_a_label_begins_at_the_subject_that_stands_before_the_verb(text, verb, expected):
    analysis = analysis_of(text)
    assert label_of(happening_at(analysis, verb), analysis) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Police arrested a baker on Monday for allegedly poisoning his brother in Lyon.", "poisoning",
         "Baker allegedly poisoned his brother in Lyon"),
        ("A court in Oran fined a banker on Monday for hiding the letters.", "hiding", "Banker hid the letters"),
        ("Unions accused the ministry on Monday of diverting the money.", "diverting",
         "Ministry allegedly diverted the money"),
        ("On Tuesday they received the mayor of Bern.", "received", "Mayor of Bern was received"),
    ],
)  # fmt: skip
def test_whoever_is_blamed_did_it_and_is_only_said_to_have_where_nothing_is_proved(text, word, expected):
    analysis = analysis_of(text)
    assert label_of(happening_at(analysis, word), analysis) == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        (
            "The leaders agreed that captains who damage cables must be held to account.",
            "agreed",
            "Leaders agreed that captains who damage cables must be held to account",
        ),
        (
            "As they met, Polish television reported that a tanker of Russia's so-called shadow fleet had been seen circling "
            "the Baltic Pipe, which carries gas from Norway to Poland.",
            "reported",
            "Polish television reported that a tanker had been seen",
        ),
    ],
)
def test_what_a_misread_parse_leaves_out_inside_is_put_in_or_its_owner_goes(text, verb, expected):
    analysis = analysis_of(text)
    assert label_of(happening_at(analysis, verb), analysis) == expected


def test_another_mention_by_the_same_word_speaks_for_a_fragment():
    text = "Guards in Oran arrested two smugglers on Monday. Arrested."
    analysis = analysis_of(text)
    first, bare = happening_at(analysis, "arrested"), happening_at(analysis, "Arrested")
    assert label_of(bare, analysis, [first]) == "Guards in Oran arrested two smugglers"
