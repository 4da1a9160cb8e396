"""Who does it and to whom: deep roles, whole names, nobody who can't act."""

import pytest
from analyses import analysis_of, happening_at

from events.extraction.records.actor_names import without_titles
from events.extraction.records.participants import MOST, actors_of


def roles(text, word, title="", light=False, part="text"):
    analysis = analysis_of(text, title, light=light)
    found = actors_of(happening_at(analysis, word, part=part), analysis)
    return {role: [a.name for a in found if a.role == role] for role in ("actor", "recipient")}


def test_the_subject_acts_and_the_object_is_acted_upon():
    found = roles("Police arrested two brothers in Antwerp on Thursday.", "arrested")
    assert found == {"actor": ["Police"], "recipient": ["two brothers"]}


def test_in_the_passive_the_agent_acts():
    found = roles("Four miners were abducted by armed men near Bunia.", "abducted")
    assert found == {"actor": ["armed men"], "recipient": ["Four miners"]}


def test_a_passive_without_an_agent_has_no_actor():
    assert roles("Some 1,300 troops were sent to the border on Monday.", "sent")["actor"] == []


def test_a_last_name_is_made_whole_within_the_story():
    text = "NATO chief Mark Rutte flew to Helsinki. Rutte announced a patrol on Tuesday."
    assert roles(text, "announced a")["actor"] == ["Mark Rutte"]


def test_a_title_is_the_person_whom_the_story_calls_by_it():
    text = "Russian President Vladimir Putin spoke in Moscow. The Russian president signed a decree on Friday."
    assert roles(text, "signed")["actor"] == ["Vladimir Putin"]


def test_a_title_of_another_country_is_not_that_person():
    text = "Russian President Vladimir Putin spoke in Moscow. The Iranian president signed a decree on Friday."
    assert roles(text, "signed")["actor"] == ["Iranian president"]


def test_a_pronoun_is_the_one_person_before_it():
    text = "President Amina Diallo spoke in Dakar on Monday. She condemned the attack."
    assert roles(text, "condemned")["actor"] == ["Amina Diallo"]


def test_a_pronoun_that_two_may_claim_is_nobody():
    text = "Amina Diallo beat Fatou Sarr in the vote, and Sarr said Diallo cheated. She condemned the count."
    assert roles(text, "condemned")["actor"] == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Rutte announced Tuesday a patrol of the strait.", "announced"),
        ("The minister attended a joint press conference in Tehran on Monday.", "attended"),
        ("The blast broke the windows of a nursery.", "broke"),
        ("Protesters burned tyres on Route 21.", "burned"),
    ],
)
def test_days_gatherings_and_things_take_no_part(text, word):
    assert roles(text, word)["recipient"] == []


def test_both_sides_of_a_conjunction_take_part():
    text = "Australia and New Zealand sent engineers to Port Vila."
    assert roles(text, "sent")["actor"] == ["Australia", "New Zealand"]


def test_no_role_has_more_than_three():
    text = "Finland, Germany, Poland, Denmark and Sweden condemned the attack in Helsinki."
    assert len(roles(text, "condemned")["actor"]) <= MOST


def test_the_holder_of_a_visit_is_its_actor():
    assert roles("Iran's visit to Moscow was short.", "visit")["actor"] == ["Iran"]


def test_who_holds_talks_with_whom():
    found = roles("The foreign minister held talks with the rebels in Doha.", "talks")
    assert found == {"actor": ["foreign minister"], "recipient": ["rebels"]}


def test_a_lake_is_no_actor():
    assert roles("The joint patrols of Lake Victoria began on Monday.", "patrols")["actor"] == []


def test_the_light_profile_finds_the_whole_name_by_its_capitals():
    text = "Mark Rutte flew to Helsinki. Rutte announced a patrol on Tuesday."
    assert roles(text, "announced a", light=True)["actor"] in (["Mark Rutte"], ["Rutte"])


@pytest.mark.parametrize(
    ("name", "bare"),
    [("President Joe Biden", "Joe Biden"), ("Prime Minister Keir Starmer", "Keir Starmer"), ("Chief", "Chief")],
)
def test_titles_are_no_part_of_a_name(name, bare):
    assert without_titles(name) == bare


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Baghdad summoned the Turkish ambassador on Tuesday.", "summoned",
         {"actor": ["Iraq"], "recipient": ["Turkish ambassador"]}),
        ("Eritrea accepted the plan on Monday. It had rejected the same pages in May.", "rejected",
         {"actor": ["Eritrea"], "recipient": []}),
        ("A poet died in Lyon on Monday.", "died", {"actor": [], "recipient": ["poet"]}),
        ("Norway sent two frigates to the strait on Monday.", "sent", {"actor": ["Norway"], "recipient": []}),
        ("Mark Rutte, the NATO secretary-general, spoke in Oslo. The secretary-general condemned the raid.", "condemned",
         {"actor": ["Mark Rutte"], "recipient": []}),
        ("Shipowners attacked the text on Monday.", "attacked", {"actor": ["Shipowners"], "recipient": []}),
    ],
)  # fmt: skip
def test_who_acts_is_who_would_be_named(text, word, expected):
    analysis = analysis_of(text)
    found = actors_of(happening_at(analysis, word, "CONSULT"), analysis)
    assert {role: [a.name for a in found if a.role == role] for role in ("actor", "recipient")} == expected


@pytest.mark.parametrize(
    ("text", "word", "actors"),
    [
        ("Police arrested a baker on Monday for killing his brother.", "killing", ["baker"]),
        ("Police arrested him on Monday for killing his brother.", "killing", []),
        ("A baker was charged on Monday with poisoning his brother.", "poisoning", ["baker"]),
        ("A service was held to remember 36 artists and others killed in a fire.", "killed", []),
        ("The assault of a student shocked Lyon.", "assault", []),
        ("Israel's bombing of Tyre went on.", "bombing", ["Israel"]),
        ("The ministry sent pumps from Mirerani, where in 2008 a gang robbed 65 miners.", "robbed", ["gang"]),
    ],
)
def test_a_doer_is_named_only_where_the_syntax_is_sure(text, word, actors):
    assert roles(text, word)["actor"] == actors


def test_whose_assault_is_told_of_suffers_it():
    assert roles("The assault of a student shocked Lyon.", "assault")["recipient"] == ["student"]


@pytest.mark.parametrize(
    ("text", "word", "recipients"),
    [
        ("The accused was handed over on Monday, Inspector Monir Khan said. He was jailed.", "jailed", []),
        ("Monir Khan fell ill in Dhaka on Monday. He was arrested in Delhi.", "arrested", ["Monir Khan"]),
    ],
)
def test_who_is_quoted_is_not_who_is_told_of(text, word, recipients):
    assert roles(text, word)["recipient"] == recipients


def test_it_is_nobody_where_two_bodies_may_be_meant():
    text = "The foundation is run from Bern by the Helvetia Trust. It sued a bank."
    assert roles(text, "sued")["actor"] == []


@pytest.mark.parametrize(
    ("text", "word", "actors"),
    [
        ("El Salvador banned two gangs on Monday.", "banned", ["El Salvador"]),
        ("Last year gunmen abducted 27 pupils from a school in Minna.", "abducted", ["gunmen"]),
        ("Police today recovered a stolen boat.", "recovered", ["Police"]),
    ],
)
def test_one_name_is_one_actor_and_no_date_is_part_of_it(text, word, actors):
    assert roles(text, word)["actor"] == actors
