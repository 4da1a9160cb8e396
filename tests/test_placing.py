"""Where a happening happens. The weights are learned, so only what no weights may change is asserted sharply."""

import pytest
from analyses import analysis_of, happening_at

from events.extraction.linear_choice import LinearChoice
from events.extraction.records.place_candidates import candidates_of
from events.extraction.records.place_containment import contains
from events.extraction.records.place_features import DEFINED, features_of, none_features
from events.extraction.records.placing import place_of


def placed(text, word, kind="OTHER", title=""):
    analysis = analysis_of(text, title)
    found = place_of(happening_at(analysis, word, kind), analysis, LinearChoice.load("place"))
    return found.place.name if found else None


def sources(text, word):
    analysis = analysis_of(text)
    return [(c.source, c.place.name) for c in candidates_of(happening_at(analysis, word), analysis)]


@pytest.mark.parametrize(
    ("text", "word", "kind", "place"),
    [
        ("Gunmen shot two traders in Kaduna on Monday.", "shot", "ASSAULT", "Kaduna"),
        ("A ferry capsized off Zanzibar on Sunday.", "capsized", "ACCIDENT", "Zanzibar"),
        ("Estonian naval ships patrolled in the Baltic Sea on Thursday.", "patrolled", "MOBILIZE", "Baltic Sea"),
        ("The president of Ghana met the envoy in Nairobi on Friday.", "met", "CONSULT", "Nairobi"),
        ("On her first visit to Senegal, the Brazilian president met farmers.", "met", "CONSULT", "Senegal"),
    ],
)
def test_a_place_stated_in_the_clause_is_the_place(text, word, kind, place):
    assert placed(text, word, kind) == place


def test_a_story_without_places_leaves_its_happenings_unplaced():
    assert placed("Gunmen shot two traders on Monday.", "shot", "ASSAULT") is None


def test_the_dateline_is_a_candidate():
    assert ("dateline", "Suva") in sources("SUVA — About 500 people marched on Friday against the vote.", "marched")


def test_an_institution_brings_its_seat_as_a_candidate():
    assert ("seat", "Kuala Lumpur") in sources("The Malaysian foreign ministry protested on Monday.", "protested")


def test_a_place_far_away_in_the_story_is_no_candidate():
    far = "Rain fell in Lima. " + "Nothing else was said about it. " * 12 + "Gunmen shot two traders."
    assert "Lima" not in [name for _, name in sources(far.replace("Rain", "At first it rained. Rain"), "shot")]


def test_candidates_of_the_own_sentence_come_first():
    found = sources("Rain fell in Lima on Sunday. Gunmen shot two traders in Kaduna.", "shot")
    assert found[0] == ("named", "Kaduna")


def test_a_preposition_of_place_is_told_from_one_of_origin():
    analysis = analysis_of("A convoy from Kampala crashed in Nairobi on Monday.")
    happening = happening_at(analysis, "crashed", "ACCIDENT")
    candidates = list(candidates_of(happening, analysis))
    features = {
        c.place.name: features_of(happening, c, candidates, analysis) for c in candidates if c.source == "named"
    }
    assert features["Nairobi"].get("preposition in") == 1.0
    assert features["Kampala"].get("preposition from") == 1.0


def test_where_nothing_is_named_everything_speaks_for_no_place():
    analysis = analysis_of("Gunmen shot two traders on Monday.")
    features = none_features(happening_at(analysis, "shot"), [])
    assert features == {"none": 1.0, "none, no place in the sentence": 1.0, "none, no candidate": 1.0}


def test_a_country_contains_its_towns_and_not_itself():
    analysis = analysis_of("Rain fell in Lima, in Peru and in Bolivia.")
    lima, peru, bolivia = (t.place for t in analysis.toponyms)
    assert contains(peru, lima)
    assert not contains(bolivia, lima)
    assert not contains(peru, peru)


def defined(text, word, kind):
    """What the definition of an event says of each candidate, by its name."""
    analysis = analysis_of(text)
    happening = happening_at(analysis, word, kind)
    candidates = list(candidates_of(happening, analysis))
    return {
        c.place.name: {n for n, v in features_of(happening, c, candidates, analysis).items() if v and n in DEFINED}
        for c in candidates
    }


def test_the_place_that_is_visited_is_where_the_visit_is():
    assert "visited" in defined("Kenya's president will visit Lima on Friday.", "visit", "CONSULT")["Lima"]


def test_a_state_that_is_accused_is_spoken_of():
    assert "the one spoken of" in defined("Ghana accused Togo of theft.", "accused", "ACCUSE")["Togo"]


def test_no_dateline_stands_for_a_place_that_no_gazetteer_has():
    found = defined("KATHMANDU — A landslide struck a hamlet near Qwxhaput on Sunday.", "struck", "DISASTER")
    assert found["Kathmandu"] == {"elsewhere than an unknown place"}


def test_where_it_was_said_is_not_where_it_was():
    found = defined("Gunmen shot two traders on Monday, an official said in Nairobi.", "shot", "ASSAULT")
    assert "where it was said" in found["Nairobi"]


@pytest.mark.parametrize(
    ("text", "word", "kind", "place"),
    [
        ("The team flew to Lagos. The envoy left Paris on Saturday.", "left", "RETREAT", "Paris"),
        ("Kenya beat host Ghana by two goals on Sunday.", "beat", "OTHER", "Ghana"),
        ("ACCRA - The union condemned the raid in a statement issued from Nairobi.", "condemned", "ACCUSE", "Nairobi"),
        ("Rivers rose in Guyana. The firm opened its fourth plant there in May.", "opened", "OTHER", "Guyana"),
    ],
)
def test_the_words_beside_a_name_say_what_the_place_is_to_the_act(text, word, kind, place):
    assert placed(text, word, kind) == place


def test_a_river_is_not_the_town_in_its_name():
    assert placed("BARTON, Vt. - The Lowell River rose eleven feet on Monday.", "rose", "DISASTER") != "Lowell"


def test_where_somebody_is_from_is_no_place_of_the_act():
    text = "The Nairobi-based author won the prize at a fair in Kigali."
    analysis = analysis_of(text)
    happening = happening_at(analysis, "won")
    candidates = list(candidates_of(happening, analysis))
    homes = {
        c.place.name
        for c in candidates
        if features_of(happening, c, candidates, analysis).get("where somebody is from")
    }
    assert homes == {"Nairobi"}
