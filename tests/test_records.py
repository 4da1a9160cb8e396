"""Records: one happening with what is known best of it, and slices of the story behind everything."""

from dataclasses import replace
from datetime import date

from analyses import analysis_of, happening_at

from events.extraction.linear_choice import LinearChoice
from events.extraction.records.event_records import MOST_QUOTES, best_place, best_when, event_of
from events.extraction.records.placing import place_of
from events.extraction.records.same_happening import told
from events.model import When

TEXT = "Gunmen shot two traders in Kaduna on Monday. The shooting closed a market. Police condemned it."


def day(number, assumed=False):
    return When(start=date(2025, 3, number), end=date(2025, 3, number), precision="day", assumed=assumed)


def mention(word, when=None, chance=0.8, **changes):
    analysis = analysis_of(TEXT)
    happening = replace(happening_at(analysis, word, changes.pop("kind", "ASSAULT")), **changes)
    return told(happening, place_of(happening, analysis, LinearChoice.load("place")), when, chance, analysis)


def record(*mentions):
    return event_of(mentions, 0.7, analysis_of(TEXT))


def test_a_date_in_its_own_sentence_outweighs_what_was_assumed_or_carried_over():
    here = replace(mention("shot", day(10)), is_dated_here=True)
    assert best_when([mention("shooting", day(12, assumed=True)), here]).start == date(2025, 3, 10)
    assert best_when([mention("shooting", day(11)), here]).start == date(2025, 3, 10)


def test_a_place_named_in_its_own_sentence_outweighs_one_that_is_carried_over():
    here = mention("shot")
    lagos = replace(here.place.place, id="geonames:2332459", name="Lagos")
    carried = replace(here, place=replace(here.place, place=lagos, is_named=False))
    assert best_place([carried, here]).place.name == "Kaduna"
    assert best_place([carried, carried, carried, here]).place.name == "Lagos"


def test_without_a_date_or_a_place_there_is_none():
    bare = replace(mention("shot"), place=None)
    assert (best_when([bare]), best_place([bare])) == (None, None)


def test_every_evidence_is_a_slice_of_the_story():
    event = record(mention("shot", day(10)), mention("shooting"))
    assert [TEXT[q.start : q.end] for q in event.evidence] == [q.text for q in event.evidence]
    assert TEXT[event.type_evidence.start : event.type_evidence.end] == "shot"
    assert TEXT[event.place.evidence.start : event.place.evidence.end] == "Kaduna"


def test_the_surest_sentence_comes_first_and_each_once():
    event = record(mention("shooting", probability=0.4), mention("shot", probability=0.9), mention("shot"))
    assert [q.text.split()[0] for q in event.evidence] == ["Gunmen", "The"]
    assert len(event.evidence) <= MOST_QUOTES


def test_the_id_is_made_of_the_story_the_sentence_and_the_type():
    assert record(mention("shot")).id == record(mention("shot")).id
    assert record(mention("shot")).id != record(mention("shot", kind="CRIME")).id


def test_what_is_told_for_a_day_to_come_is_planned():
    assert record(mention("shot", day(20))).status == "planned"


def test_what_was_planned_for_a_day_gone_by_has_occurred():
    assert record(mention("shot", day(3), status="planned")).status == "occurred"


def test_a_record_knows_its_family_and_its_report():
    event = record(mention("shot", day(10)))
    assert (event.family, event.reports[0].story_id, event.story_id) == ("material conflict", "s", "s")
