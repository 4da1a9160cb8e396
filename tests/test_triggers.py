import time

import pytest

from events.extraction.happenings.lexicon import VETO, lexicon
from events.extraction.happenings.triggers import find_triggers
from events.extraction.syntax import Parser
from events.model import Sentence, Story

ROWS = [row for rows in lexicon().values() for row in rows]


def sentence(text, kind="body"):
    return Sentence("title" if kind == "headline" else "text", 0, len(text), text, kind, 0)


def read(text, kind="body"):
    (parsed,) = Parser.load().parse([sentence(text, kind)])
    return find_triggers(parsed)


def told(text, kind="body"):
    return [(t.text, t.type) for t in read(text, kind)]


@pytest.fixture(scope="module")
def examples():
    """The lexicon's rows with what is found in their examples; one without a full stop is a headline."""
    kinds = ["body" if row.example.endswith((".", "?")) else "headline" for row in ROWS]
    parsed = Parser.load().parse([sentence(row.example, kind) for row, kind in zip(ROWS, kinds, strict=True)])
    return list(zip(ROWS, map(find_triggers, parsed), strict=True))


def test_every_example_fires_its_own_row(examples):
    silent = [
        (row.key, row.example) for row, found in examples if row.type != VETO and row.key not in {t.row for t in found}
    ]
    assert silent == []


def test_every_veto_silences_its_example(examples):
    loud = [
        (row.key, row.example)
        for row, found in examples
        if row.type == VETO and row.words[0] in {t.lemma.split()[0] for t in found}
    ]
    assert loud == []


def test_a_trigger_is_a_slice_of_its_story():
    text = "Earlier words. Rebels shot down a helicopter near Goma."
    whole = Sentence("text", 15, len(text), text[15:], "body", 0)
    (trigger,) = find_triggers(Parser.load().parse([whole])[0])
    assert text[trigger.start : trigger.end] == trigger.text == "shot down"
    assert (trigger.part, trigger.type, trigger.lemma) == ("text", "ASSAULT", "shoot down")


@pytest.mark.parametrize(
    ("text", "noun", "verb", "kind"),
    [
        ("The two ministers held talks in Oslo on Friday.", "talks", "held", "CONSULT"),
        ("Rebels carried out an attack on the base near Gao.", "attack", "carried", "ASSAULT"),
        ("The army launched an offensive in the north.", "offensive", "launched", "ASSAULT"),
        ("The emperor made a visit to Ulaanbaatar.", "visit", "made", "CONSULT"),
        ("The emperor paid a visit to Ulaanbaatar.", "visit", "paid", "CONSULT"),
        ("The observatory issued a warning on Sunday.", "warning", "issued", "THREATEN"),
        ("The convoy came under attack near Zinder.", "attack", "came", "ASSAULT"),
        ("Rebels took control of the dam.", "control", "took", "ASSAULT"),
    ],
)
def test_a_light_verb_and_its_noun_fire_once(text, noun, verb, kind):
    (trigger,) = read(text)
    assert (trigger.text, trigger.type) == (noun, kind)
    assert trigger.support is not None
    assert Parser.load().parse([sentence(text)])[0].tokens[trigger.support].text == verb


def test_a_light_verb_makes_a_noun_surer():
    (bare,) = read("The agreement covers fishing in the lagoon.")
    (held,) = read("An agreement was reached in Pretoria on Sunday.")
    assert bare.sure < 0.5 < held.sure


def test_a_noun_that_the_verbs_row_asked_for_does_not_fire_again():
    assert told("Mongolia and Japan signed an agreement on rare earths.") == [("signed", "AGREE")]
    assert told("Envoys reached a deal in Bern.") == [("reached", "AGREE")]


@pytest.mark.parametrize(
    "text",
    [
        "Troops shelled the market in El Fasher.",
        "The market in El Fasher was shelled by troops.",
        "The market shelled by troops on Friday has reopened as a clinic.",
        "Troops who shelled the market were paid in grain.",
    ],
)
def test_active_passive_and_participle_are_one(text):
    assert ("shelled", "ASSAULT") in told(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quake kills 30 in Peru", ("kills", "DISASTER")),
        ("Two men held over shop raid in Durban", ("held", "COERCE")),
        ("26 miners rescued after shaft collapse in Chile", ("rescued", "AID")),
        ("Man jailed for killing of teenager", ("jailed", "CRIME")),
        ("Bus crash leaves 12 dead near Nairobi", ("crash", "ACCIDENT")),
        ("Police Arrest Three Suspects in Kampala Market Blast", ("Arrest", "COERCE")),
        ("Fisheries talks open in Brunei", ("talks", "CONSULT")),
        ("Manila rejects draft code", ("rejects", "REJECT")),
        ("Thousands take to the streets of Tunis", ("take", "PROTEST")),
        ("Ecuador retakes Machala jail, frees 41 guards", ("frees", "RETREAT")),
        ("IRAN DENIES SEIZING DHOW", ("DENIES", "REJECT")),
    ],
)
def test_headlines_have_their_own_grammar(text, expected):
    assert expected in told(text, "headline")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cyprus struck a deal with Egypt over gas.", [("struck", "AGREE")]),
        ("The envoy spoke of de-escalation on the border.", []),
        ("Their legal battle has cost a fortune.", []),
        ("A price war hurt the grocers.", []),
        ("The budget is an attack on poverty.", []),
        ("The pilot suffered a heart attack.", []),
        ("The minister came under fire for the delays.", []),
        ("She shot the film in Iceland.", []),
        ("He took a crash course in Thai.", []),
        ("Senators killed the bill.", []),
        ("The game exploded in popularity.", []),
        ("The singer won over the sceptics.", []),
        ("The audit raises questions.", []),
        ("The shares exploded by 14 percent.", []),
        ("She won by a landslide.", [("won", "OTHER")]),
        ("Copper hit a record on Tuesday.", []),
        ("A spokesman declined to comment.", []),
        ("The bank launched an app for farmers.", [("launched", "OTHER")]),
        ("Officials told reporters that the road is long.", []),
        ("A judge threw out the case.", [("threw out", "CRIME")]),
        ("The pharmacist pleaded guilty to the shooting.", [("pleaded guilty", "CRIME")]),
        ("He was jailed for the killing of a teenager.", [("jailed", "CRIME")]),
    ],
)
def test_what_others_took_for_violence_and_was_none(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Teachers went on strike in Lilongwe.", "PROTEST"),
        ("An air strike hit the bakery.", "ASSAULT"),
        ("A lightning strike killed three cows.", "DISASTER"),
    ],
)
def test_the_words_around_a_strike_say_which_kind(text, expected):
    assert (next(t.type for t in read(text) if t.lemma == "strike")) == expected


def test_the_same_verb_takes_its_type_from_who_does_it():
    assert told("Gunmen killed six miners.") == [("killed", "ASSAULT")]
    assert ("killed", "DISASTER") in told("Floods killed 20 people in Assam.")
    assert ("killed", "ACCIDENT") in told("Three nuns were killed in a bus crash.")


def test_casualties_belong_to_the_happening_that_the_sentence_gives():
    veered, killing = read("A bus veered off a mountain road in Peru on Friday, killing 13 people.")
    assert (killing.text, killing.type, killing.cause) == ("killing", "ACCIDENT", veered.token)
    (alone,) = read("Six miners were killed on Friday.")
    assert (alone.type, alone.cause) == ("ASSAULT", None)


def test_names_and_months_are_no_triggers():
    assert told("The March report by Storm Falk is out.") == []


def test_a_sentence_without_tokens_has_no_triggers():
    assert find_triggers(sentence("Rebels shelled the town.")) == []


def test_twenty_thousand_words_are_read_in_a_second():
    text = "Rebels shelled the town on Friday and the government declared a curfew, officials said."
    parsed = Parser.load().parse([sentence(text)] * 40)
    began = time.process_time()
    for each in parsed * 10:
        find_triggers(each)
    assert 400 * len(parsed[0].tokens) / (time.process_time() - began) > 20_000


def test_a_story_is_read_sentence_by_sentence():
    from events.extraction.sentences import split

    story = Story(id="1", title="Ferry sinks", text="A ferry capsized off Leyte.\n\nDivers searched for the crew.")
    found = [t for s in Parser.load().parse(split(story)) for t in find_triggers(s)]
    assert [(t.part, story.part(t.part)[t.start : t.end]) for t in found] == [
        ("title", "sinks"), ("text", "capsized"), ("text", "searched"),
    ]  # fmt: skip
