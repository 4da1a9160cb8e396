"""How the words around a happening tell of it, on sentences of our own."""

import pytest

from events.extraction.happenings.factuality import telling_of
from events.extraction.syntax import Parser
from events.model import Sentence


def parsed(text, kind="body"):
    whole = Sentence("title" if kind == "headline" else "text", 0, len(text), text, kind, 0)
    return Parser.load().parse([whole])[0]


def telling(text, word, kind="body"):
    sentence = parsed(text, kind)
    return telling_of(sentence, next(t.index for t in sentence.tokens if t.text == word))


def status(text, word, kind="body"):
    found = telling(text, word, kind)
    return found.no_event or found.status


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Flooding killed 30 people in Chad.", "killed"),
        ("Kenya accused Uganda of arming the raiders.", "accused"),
        ("Two buses were set on fire in Lagos.", "set"),
        ("Sudan says it shot down two drones.", "shot"),
        ("The court cancelled the decree.", "cancelled"),
        ("The government cancelled the appeal.", "cancelled"),
        ("Police arrested a man suspected of bombing a train.", "arrested"),
        ("The patrols follow suspected sabotage of two cables.", "patrols"),
        ("No group has claimed the attack on the bus station in Herat.", "attack"),
        ("Ministers vowed to challenge the vote in court.", "vote"),
        ("The union agreed on Sunday to end a 39-day walkout at the mine.", "walkout"),
    ],
)
def test_what_is_told_as_a_fact_has_occurred(text, word):
    assert status(text, word) == "occurred"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("She will visit Oslo.", "visit"),
        ("Schools in Mandi will stay shut on Tuesday.", "shut"),
        ("The speaker is next week to visit Prague and hold talks there.", "visit"),
        ("The minister is due to meet the envoy in Cairo on Friday.", "meet"),
        ("The treaty is to be signed in Lima next week.", "signed"),
        ("The two leaders are expected to sign the accord on Monday.", "sign"),
        ("Unions plan to strike on 4 May.", "strike"),
        ("Workers plan a march through the capital on Saturday.", "march"),
        ("The summit is scheduled for June in Accra.", "summit"),
        ("The president said he would travel to Baku on Friday.", "travel"),
        ("The fleet has not called off the exercise.", "exercise"),
        ("The delegation flies to Bamako on Wednesday.", "flies"),
    ],
)
def test_what_is_to_come_is_planned(text, word):
    assert status(text, word) == "planned"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The palace cancelled the state visit to Lisbon.", "visit"),
        ("The palace cancelled the state visit to Lisbon.", "cancelled"),
        ("Talks between the two sides were called off on Monday.", "Talks"),
        ("Organisers have shelved the march planned for Sunday.", "march"),
        ("The launch has been postponed until May.", "launch"),
        ("The president cancelled a trip to Italy that had been planned for Thursday.", "trip"),
        ("The board cancelled a round of talks with the miners.", "talks"),
        ("A plan to recall all ambassadors was dropped on Thursday.", "recall"),
    ],
)
def test_what_is_called_off_is_cancelled(text, word):
    assert status(text, word) == "cancelled"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The ministry denied that its troops had crossed the river.", "crossed"),
        ("The company denied dumping waste in the lake.", "dumping"),
        ("The governor rejected claims that police beat the prisoners.", "beat"),
        ("Reports that the bridge collapsed are false, the mayor said.", "collapsed"),
    ],
)
def test_what_a_party_denies_is_denied(text, word):
    assert status(text, word) == "denied"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A drone was seen circling the refinery on Tuesday.", "circling"),
        ("There were reports that gunmen attacked a convoy near Gao.", "attacked"),
        ("Soldiers allegedly looted three shops in Goma.", "looted"),
        ("The patrols follow suspected sabotage of two cables.", "sabotage"),
        ("Police arrested a man suspected of bombing a train.", "bombing"),
        ("He is said to have fled to Dubai.", "fled"),
        ("Kenya accused Uganda of arming the raiders.", "arming"),
    ],
)
def test_what_is_only_claimed_is_alleged(text, word):
    assert status(text, word) == "alleged"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The strike entered its third week on Monday.", "strike"),
        ("Rescuers are searching the rubble in Izmir.", "searching"),
        ("Crews have been clearing the road since Friday.", "clearing"),
    ],
)
def test_what_is_under_way_is_ongoing(text, word):
    assert status(text, word) == "ongoing"


@pytest.mark.parametrize(
    ("text", "word", "reason"),
    [
        ("The rebels could attack the dam.", "attack", "a possibility"),
        ("Quakes of that strength would be expected to cause damage.", "cause", "a possibility"),
        ("If forces were to cross the river, war would follow.", "cross", "a condition"),
        ("The army did not attack the village.", "attack", "negated"),
        ("Aid groups called for a ceasefire in Sudan.", "ceasefire", "wished or prevented"),
        ("The navy prevented an attack on the tanker.", "attack", "wished or prevented"),
        ("Survivors marked the tenth anniversary of the disaster in Kyiv.", "disaster", "a state or habit"),
        ("Herders often raid the villages in the dry season.", "raid", "a state or habit"),
    ],
)
def test_wishes_possibilities_conditions_and_habits_are_no_events(text, word, reason):
    assert status(text, word) == reason


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Talks called off", "Talks", "cancelled"),
        ("Rebels kill dozens in the hills; talks called off", "kill", "occurred"),
        ("Six die in mine blast", "die", "occurred"),
        ("President to visit Peru in May", "visit", "planned"),
        ("Iran denies striking tanker", "striking", "denied"),
        ("Japan scraps satellite launch", "launch", "cancelled"),
        ("Suspected gas leak kills three", "leak", "alleged"),
    ],
)
def test_headlines_have_a_grammar_of_their_own(text, word, expected):
    assert status(text, word, "headline") == expected


def test_a_status_points_to_the_words_that_gave_it():
    text = "Talks between the two sides were called off on Monday."
    span = telling(text, "Talks").span
    assert (span.part, text[span.start : span.end]) == ("text", "called off")


def test_plain_past_tense_points_to_nothing():
    assert telling("Flooding killed 30 people in Chad.", "killed").span is None


def test_a_sentence_without_a_parse_is_taken_as_told():
    assert telling_of(Sentence("text", 0, 5, "Talks", "body", 0), 0).status == "occurred"


@pytest.mark.parametrize(
    "text",
    [
        "A rally that teachers had called for Monday in Bishkek was cancelled.",
        "A rally by angry tenants that had been called for Saturday outside the town hall has been scrapped.",
        "A rally which the union had planned for Friday near Lyon was postponed.",
    ],
)
def test_what_a_relative_clause_parts_from_its_verb_is_called_off_by_that_verb(text):
    assert status(text, "rally") == "cancelled"


@pytest.mark.parametrize(
    ("text", "word", "told"),
    [
        ("The embassy denied a report that its envoy had met rebels at a hotel.", "met", "denied"),
        ("The army denied that its jets had struck the clinic and blamed the rebels.", "blamed", "occurred"),
        ("Quakes of that strength would be expected to cause damage.", "Quakes", "a possibility"),
    ],
)
def test_a_claim_reaches_as_far_as_its_clause(text, word, told):
    assert status(text, word) == told


def test_a_headlines_second_clause_calls_off_nothing_of_the_first():
    assert status("Nurses walk out in Leeds as ministry shelves pay plan", "walk", "headline") == "occurred"


@pytest.mark.parametrize(
    ("text", "word"),
    [("Fighters have laid siege to the town since March.", "siege"), ("The fighting went on in Herat.", "fighting")],
)
def test_what_began_then_and_holds_is_ongoing(text, word):
    assert status(text, word) == "ongoing"
