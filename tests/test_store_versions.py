"""An article read again under its address is a new version of one story, and links hold as stories come and change."""

from datetime import date

import pytest
from test_corrections import arrest, fire, said, story

from events.corrections import Accept, SetStatus
from events.model import StoreError
from events.store import Store

EDITED = "Updated at noon. A warehouse burned down in Paris on Monday. Police arrested three men. The mayor resigned."


@pytest.fixture
def store(store_url):
    opened = Store.open(store_url)
    yield opened
    opened.close()


def reread(number=1, **more):
    """The first story with other words, as a reader gives it: with another id, made of its content."""
    return story(number, EDITED).model_copy(update={"id": f"s{number}-reread"} | more)


def test_other_words_under_a_known_address_are_a_new_version_of_one_story(store):
    store.add(story(), [fire(story())])
    again = reread()
    assert store.standing(again) == "version"
    assert store.add(again, [fire(again), arrest(again)])
    assert store.story_count() == 1
    assert (store.story("s1").text, store.story("s1-reread").id) == (EDITED, "s1")
    assert [event.story_id for event in store.extracted_events()] == ["s1", "s1"]


def test_the_old_version_is_kept_with_its_events(store):
    store.add(story(), [fire(story())])
    store.add(reread(), [fire(reread()), arrest(reread())])
    old, new = store.versions("s1")
    assert (old.number, old.story, old.events) == (1, story(), (fire(story()),))
    assert (new.number, len(new.events), new.replaced_at) == (2, 2, None)


def test_reading_either_version_again_changes_nothing(store):
    store.add(story(), [fire(story())])
    store.add(reread(), [fire(reread())])
    before = (store.events(), store.revision())
    assert [store.add(one, []) for one in (story(), reread(), reread(id="third-id"))] == [False, False, False]
    assert (store.events(), store.revision()) == before


def test_words_that_are_taken_back_make_a_version_of_their_own(store):
    store.add(story(), [fire(story())])
    store.add(reread(), [fire(reread()), arrest(reread())])
    assert store.replace_events(story(), [fire(story())])
    assert (store.story("s1"), [version.number for version in store.versions("s1")]) == (story(), [1, 2, 3])
    assert store.standing(story()) == store.standing(reread()) == "known"


def test_an_event_keeps_its_id_its_reports_and_its_corrections_through_a_new_version(store):
    store.add(story(), [fire(story())])
    other = story(2, source="Other Post")
    store.add(other, [fire(other)])
    (before,) = store.events()
    store.correct(said(SetStatus(status="alleged"), *store.reports_of(before.id)))
    store.add(reread(), [fire(reread())])
    (event,) = store.events()
    assert (event.id, event.status, [report.story_id for report in event.reports]) == (
        before.id,
        "alleged",
        ["s1", "s2"],
    )


def test_an_event_keeps_its_id_when_the_report_that_founded_it_is_gone(store):
    one, two = story(), story(2, source="Other Post")
    store.add(one, [fire(one)])
    store.add(two, [fire(two)])
    (before,) = store.events()
    store.replace_events(one, [])
    assert [(event.id, event.story_id) for event in store.events()] == [(before.id, "s2")]
    store.replace_events(one, [fire(one)])
    assert [(event.id, len(event.reports)) for event in store.events()] == [(before.id, 2)]


def test_a_correction_whose_sentence_is_gone_is_kept_and_takes_hold_when_it_is_back(store):
    store.add(story(), [fire(story())])
    store.correct(said(Accept(), fire(story())))
    gone = story(1, "The mayor resigned.")
    store.replace_events(gone, [])
    assert (store.events(), store.corrections()[0].held) == ([], 0)
    back = story(1, EDITED)
    store.replace_events(back, [])
    assert ([event.reviews[0].who for event in store.events()], store.corrections()[0].held) == (["Ada"], 1)


def test_other_words_under_a_known_id_alone_are_in_conflict(store):
    plain = story().model_copy(update={"url": None})
    store.add(plain, [])
    other = plain.model_copy(update={"text": "Other words."})
    assert (store.standing(other), store.add(other, [])) == ("conflict", False)


def test_an_outlets_front_page_is_no_articles_address(store):
    for number in (1, 2):
        front = story(number, f"A warehouse burned down in Paris on day {number}.")
        store.add(front.model_copy(update={"url": "https://example.org/"}), [])
    assert store.story_count() == 2


def test_events_of_an_unknown_story_cannot_be_replaced(store):
    with pytest.raises(StoreError, match="does not have story s1"):
        store.replace_events(story(), [])


def test_a_day_that_is_found_later_is_kept_though_the_events_stay_as_they_were(store):
    undated = story().model_copy(update={"published": None})
    store.add(undated, [fire(undated)])
    assert store.replace_events(story(), [fire(undated)])
    assert store.story("s1").published == story().published
    assert store.events()[0].reports[0].published == story().published
    assert not store.replace_events(story(), [fire(undated)])


def test_new_versions_stand_in_the_history(store):
    store.add(story(), [])
    store.add(reread(), [])
    store.replace_events(reread(), [fire(reread())], who="extractor 2")
    assert [(c.action, c.who, c.detail) for c in store.history()] == [
        ("extract anew", "extractor 2", "1 events"), ("version", "dateline", "version 2"),
    ]  # fmt: skip


def test_columns_of_the_database_hold_what_people_said(store):
    store.add(story(), [fire(story())])
    store.correct(said(SetStatus(status="denied"), fire(story())))
    with store._engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT status, reviewed, start, published FROM happenings").all()
    assert rows == [("denied", 1, date(2025, 3, 3).toordinal(), date(2025, 3, 4).toordinal())]
