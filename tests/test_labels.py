"""Labels are what a person would write: whole phrases, at most twelve words, with a subject."""

import pytest
from analyses import analysis_of, happening_at

from events.extraction.records.headlines import part_of_headline
from events.extraction.records.labels import MOST_WORDS, label_of


def label(text, word, title="", status="occurred", part="text"):
    analysis = analysis_of(text, title)
    return label_of(happening_at(analysis, word, status=status, part=part), analysis)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The Philippines on Wednesday suspended the sending of workers to Kuwait.", "suspended",
         "Philippines suspended the sending of workers to Kuwait"),
        ("Ministers in Accra agreed on Friday to open three markets.", "agreed",
         "Ministers in Accra agreed to open three markets"),
        ("A man was taken in for questioning.", "taken", "Man was taken in for questioning"),
        ("The two ministers are to meet in Tbilisi on Thursday.", "meet", "Two ministers are to meet in Tbilisi"),
        ("At dawn, to applause, firemen in Atacames dug a cook out alive.", "dug",
         "Firemen in Atacames dug a cook out alive"),
    ],
)  # fmt: skip
def test_a_clause_is_cut_to_who_does_what_without_the_day(text, word, expected):
    assert label(text, word) == expected


def test_a_clause_without_a_subject_takes_that_of_the_clause_above():
    text = "A strong earthquake shook the coast near Muisne on Tuesday, killing four people."
    assert label(text, "killing") == "Strong earthquake killed four people"


def test_a_relative_pronoun_gives_way_to_its_noun():
    text = "The opposition leader, who returned from exile on Monday, called for a strike."
    assert "who" not in label(text, "returned").lower().split()
    assert label(text, "returned").startswith("Opposition leader returned from exile")


def test_a_pronoun_is_the_person_who_is_the_subject_of_the_sentence_before():
    text = "President Amina Diallo spoke in Dakar on Monday. She will visit Oslo in May."
    assert label(text, "visit", status="planned") == "Amina Diallo will visit Oslo"


def test_an_unknown_doer_leaves_the_object_first():
    text = "Somebody has to pay. They will sign an agreement in Lima."
    assert label(text, "sign", status="planned").startswith("Agreement to be signed")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The court voted on Monday. That removed her from office.", "removed"),
        ("It was late. Picked up by police, he said nothing.", "Picked"),
        ("Two men were killed.", "killed"),
        ("Villagers said the ship sank. It had been accused.", "accused"),
    ],
)
def test_a_label_never_begins_with_a_lone_pronoun(text, word):
    assert label(text, word).split()[0].lower() not in {"that", "it", "he", "she", "they", "who", "which"}


def test_a_bare_noun_borrows_the_words_of_another_sentence():
    text = "They spoke at a meeting in Accra with the leaders of four parties. This meeting follows a strike."
    assert label(text, "This meeting").startswith("Meeting in Accra")


def test_a_short_headline_is_the_label_as_it_stands():
    title = "Britain and Ukraine Sign Hundred-Year Pact"
    assert label("They met.", "Sign", title, part="title") == title


@pytest.mark.parametrize(
    ("headline", "word", "expected"),
    [
        ("Rebels kill dozens in the hills; talks called off", "talks", "talks called off"),
        ("Rebels kill dozens in the hills; talks called off", "kill", "Rebels kill dozens in the hills"),
        ("Mayotte: roadblocks at Chirongui for a fourth day", "roadblocks", "roadblocks at Chirongui for a fourth day"),
        ("City fires: toll rises to 24", "fires", "City fires: toll rises to 24"),
        ("Kenya says army will leave port", "leave", "army will leave port"),
        ("Kenya says army will leave port", "says", "Kenya says army will leave port"),
        ("UPDATE 2-Strike ends at copper mine", "ends", "Strike ends at copper mine"),
        ("Bus overturns in gorge, police say", "overturns", "Bus overturns in gorge"),
        ("New president takes office amid deadly unrest", "unrest", "deadly unrest"),
        ("New president takes office amid deadly unrest", "takes", "New president takes office amid deadly unrest"),
    ],
)
def test_of_a_headline_the_part_that_tells_of_the_happening_is_kept(headline, word, expected):
    assert part_of_headline(headline, headline.index(word)) == expected


def test_no_label_is_longer_than_twelve_words_or_ends_in_a_small_word():
    text = (
        "The regional council of the three northern provinces and their forty-one municipalities voted late on Monday to "
        "build a new road from the port to the mines in the hills behind the old capital and to close the railway."
    )
    for word in ("voted", "build", "close"):
        words = label(text, word).split()
        assert 2 <= len(words) <= MOST_WORDS
        assert words[-1].lower() not in {"the", "a", "of", "to", "and", "from", "in"}


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Maputo promised Lisbon in writing that he would not be held with convicts.", "promised", "would not be held"),
        ("The haul followed a tip from Europol, which handed over the messages in September.", "handed",
         "Europol handed over the messages"),
        ("A meeting was held in the camp, where leaders of the union sat with owners.", "sat", "Leaders of the union sat"),
        ("They met the minister for an hour in Quito.", "met", "Meeting with the minister"),
        ("A retired farmer, once a mayor, died when a wall fell.", "died", "Retired farmer died when a wall fell"),
    ],
)  # fmt: skip
def test_what_a_person_would_not_write_is_mended(text, word, expected):
    assert expected in label(text, word)


def test_the_headline_of_another_act_is_no_label():
    text = "Investigators arrested the president on Wednesday. Guards stood by. He was questioned over the decree."
    assert label(text, "questioned", "Investigators arrest the president") == "Questioned over the decree"
