"""Which mentions are one happening."""

from dataclasses import replace
from datetime import date

import pytest
from analyses import analysis_of, events_of, happening_at

from events.extraction.linear_choice import LinearChoice
from events.extraction.records.same_happening import groups, is_casualty, pair_features, told
from events.model import When


def when(day):
    return When(start=date(2025, 3, day), end=date(2025, 3, day), precision="day", text="words")


def mention(analysis, word, kind="ASSAULT", day=None):
    return told(happening_at(analysis, word, kind), None, when(day) if day else None, 0.9, analysis)


TEXT = "A bus crashed near Gulu on Monday. The crash killed nine people. Rebels raided a camp on Sunday."


@pytest.mark.parametrize(("lemma", "casualty"), [("killed", True), ("crashed", False), ("raided", False)])
def test_the_dead_only_count_what_killed_them(lemma, casualty):
    assert is_casualty(happening_at(analysis_of(TEXT), lemma)) is casualty


def test_mentions_of_other_types_and_days_stay_apart():
    analysis = analysis_of(TEXT)
    found = groups(
        [mention(analysis, "crashed", "ACCIDENT", 10), mention(analysis, "raided", "ASSAULT", 9)],
        analysis, LinearChoice.load("same"),
    )  # fmt: skip
    assert len(found) == 2


def test_a_definite_noun_after_its_verb_is_the_same_happening():
    analysis = analysis_of(TEXT)
    found = groups(
        [mention(analysis, "crashed", "ACCIDENT", 10), mention(analysis, "crash killed"[:5], "ACCIDENT", 10)],
        analysis, LinearChoice({"same type": 5.0, "bias": -1.0}),
    )  # fmt: skip
    assert [len(group) for group in found] == [2]


@pytest.mark.parametrize(("later", "happenings"), [(10, 1), (11, 1), (12, 2)])
def test_days_that_the_sentences_name_part_two_crashes(later, happenings):
    analysis = analysis_of(TEXT)
    first, second = (
        replace(mention(analysis, word, "ACCIDENT", day), is_dated_here=True)
        for word, day in (("crashed", 10), ("raided", later))
    )
    assert len(groups([first, second], analysis, LinearChoice({"same type": 5.0}))) == happenings


def test_no_mention_gives_no_group():
    assert groups([], analysis_of(TEXT), LinearChoice({})) == []


def test_every_mention_is_in_exactly_one_group():
    analysis = analysis_of(TEXT)
    mentions = [mention(analysis, w, "ACCIDENT", 10) for w in ("crashed", "killed", "raided")]
    found = groups(mentions, analysis, LinearChoice.load("same"))
    assert sorted(id(m) for group in found for m in group) == sorted(map(id, mentions))


def test_features_say_how_far_apart_two_days_are():
    analysis = analysis_of(TEXT)
    found = pair_features(mention(analysis, "crashed", day=10), mention(analysis, "raided", day=9), analysis)
    assert (found["intervals apart"], found["intervals a day apart"]) == (1.0, 1.0)


def test_features_say_that_a_date_is_missing():
    analysis = analysis_of(TEXT)
    found = pair_features(mention(analysis, "crashed"), mention(analysis, "raided", day=9), analysis)
    assert found["a date is missing"] == 1.0


def test_an_act_of_another_name_in_a_year_long_gone_stays_apart():
    analysis = analysis_of("A landslide hit a village on Monday. In 2001 an earthquake struck it.")
    landslide, quake = mention(analysis, "hit", "DISASTER", 5), mention(analysis, "struck", "DISASTER", 5)
    long_gone = replace(quake, when=When(start=date(2001, 1, 1), end=date(2001, 12, 31), precision="year"))
    assert len(groups([landslide, long_gone], analysis, LinearChoice({"bias": 9.0}))) == 2


def test_a_thing_and_its_calling_off_are_one_event():
    found = events_of(
        "A rally that teachers had called for Monday in Bishkek was cancelled.", published=date(2024, 3, 14)
    )
    assert [event.status for event in found] == ["cancelled"]
