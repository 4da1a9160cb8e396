"""The story view and the review, run without a browser."""

import json
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from events.corrections import Accept, Correction, Reject
from events.dashboard.reviewing.history import gold_lines
from events.dashboard.reviewing.queue import beside, queue_of
from events.dashboard.reviewing.together import likely_same
from events.model import Actor
from events.store import Store
from events.view import EventTable, Filter, select
from tests.news import NoGazetteer, SmallAtlas, march_events, march_stories

APP = Path(__file__).resolve().parents[1] / "app.py"
NOBODY = np.zeros(0, dtype=np.int32)
SURE = (0.9, 0.3, 0.6)


def table_of(events):
    return EventTable.from_events(events, SmallAtlas(), NoGazetteer())


def unsure_events():
    return [event.model_copy(update={"confidence": sure}) for event, sure in zip(march_events(), SURE, strict=False)]


def test_the_least_sure_come_first_and_those_looked_at_not_at_all():
    table = table_of(unsure_events())
    view = select(table, Filter())
    ids = [event.id for event in queue_of(view, NOBODY).slice(0, 9)]
    assert ids == ["ev1", "ev2", "ev0"]
    seen = np.array([table.row_of("ev2")], dtype=np.int32)
    assert [event.id for event in queue_of(view, seen).slice(0, 9)] == ["ev1", "ev0"]


def test_the_queue_goes_by_the_filter():
    table = table_of(march_events())
    chosen = select(table, Filter(statuses=("denied",)))
    assert {event.status for event in queue_of(chosen, NOBODY).slice(0, 99)} == {"denied"}


def test_steps_in_the_queue_end_at_its_ends_and_what_it_lost_leads_to_its_head():
    queue = queue_of(select(table_of(unsure_events()), Filter()), NOBODY)
    assert [beside(queue, "ev2", step) for step in (-1, 1)] == ["ev1", "ev0"]
    assert (beside(queue, "ev1", -1), beside(queue, "ev0", 1), beside(queue, "gone", 1)) == (None, None, "ev1")


def test_what_may_be_the_same_happening_is_near_in_time_and_first_at_the_same_place():
    first = march_events()[5]
    twin = first.model_copy(update={"id": "twin", "story_id": "march-6"})
    table = table_of([*march_events(), twin])
    rows = likely_same(first, table)
    assert table.ids(rows)[0] == "twin"
    assert first.id not in table.ids(rows)
    assert abs(table.start[rows] - table.start[table.row_of(first.id)]).max() <= 7


# ------------------------------------------------------------------ the page


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    st.cache_resource.clear()
    kept = Store.open(tmp_path / "news.sqlite")
    for number, (story, event) in enumerate(zip(march_stories(), march_events(), strict=True)):
        kept.add(story, [event.model_copy(update={"confidence": 0.3 if number == 5 else 0.8})])
    yield kept
    kept.close()
    st.cache_resource.clear()


@pytest.fixture
def review(store):
    page = AppTest.from_file(str(APP), default_timeout=60)
    page.query_params["view"] = "review"
    run(page)
    page.text_input(key="who_given").set_value("Ada")
    return click(page, "sign")


def run(page):
    page.run()
    assert [error.value for error in page.exception] == []
    return page


def click(page, key):
    page.button(key=key).click()
    return run(page)


def labelled(page, kind, label):
    return next(widget for widget in page.get(kind) if widget.label == label)


def html(page):
    return "\n".join(element.proto.body for element in page.get("html"))


def pressed(page, label):
    labelled(page, "button", label).click()
    return run(page)


def said(store):
    return [(row.correction.change.kind, row.correction.who, row.undone is not None) for row in store.corrections()]


def test_nothing_can_be_said_before_somebody_signs(store):
    page = AppTest.from_file(str(APP), default_timeout=60)
    page.query_params["view"] = "review"
    run(page)
    assert "accept" not in [button.key for button in page.button]
    assert "Review: 45 to look at" in html(page)


def test_the_review_begins_with_the_least_sure_and_goes_on_when_it_is_accepted(review, store):
    assert review.session_state["event"] == "ev5"
    click(review, "accept")
    assert said(store) == [("accept", "Ada", False)]
    assert review.session_state["event"] != "ev5"
    assert "Review: 44 to look at" in html(review)


def test_what_was_said_is_taken_back_in_one_click(review, store):
    click(review, "reject")
    assert store.event("ev5") is None
    click(review, "undo_last")
    assert store.event("ev5").status == march_events()[5].status
    assert said(store) == [("reject", "Ada", True)]


def test_a_corrected_event_says_so_and_by_whom(review, store):
    click(review, "fix_status")
    labelled(review, "radio", "How it is told").set_value("alleged")
    labelled(review, "text_input", "Why").set_value("see the last line")
    pressed(review, "Save")
    assert store.event("ev5").status == "alleged"
    assert "Status corrected by Ada" in html(review)
    assert "see the last line" in html(review)


def test_dates_are_corrected_as_an_interval_with_its_precision(review, store):
    click(review, "fix_date")
    labelled(review, "selectbox", "Known to the").set_value("month")
    pressed(review, "Save")
    assert (store.event("ev5").when.precision, said(store)[0][0]) == ("month", "when")


def test_who_takes_part_is_given_a_country_and_keeps_it_under_another_name(review, store):
    click(review, "fix_actor")
    labelled(review, "selectbox", "Country 1").set_value("UA")
    pressed(review, "Save")
    assert store.event("ev5").actors == (Actor(name="Officials", role="actor", country="UA"),)
    assert "Officials (Ukraine)" in html(review)
    click(review, "fix_actor")
    labelled(review, "text_input", "Name 1").set_value("The port authority")
    pressed(review, "Save")
    assert store.event("ev5").actors == (Actor(name="The port authority", role="actor", country="UA"),)


def test_the_story_view_says_what_a_new_version_changed(review, store):
    told = store.story(store.event("ev5").story_id)
    again = told.model_copy(update={"id": "again", "text": told.text.replace("no further details", "a list of names")})
    event = march_events()[5].model_copy(update={"story_id": "again", "status": "alleged"})
    assert store.add(again, [event])
    review.session_state["event"] = "ev5"
    review.session_state[f"versions_{told.id}"] = True
    shown = html(run(review))
    assert "<del>no further details</del><ins>a list of names</ins>" in shown
    assert "told as alleged, before occurred" in shown


def test_a_place_is_set_by_degrees_and_drawn_as_exactly_as_it_is_known(review, store):
    click(review, "fix_place")
    next(group for group in review.get("button_group") if group.key == "place_way").set_value("A point")
    run(review)
    review.text_input(key="place_degrees").set_value("12.8, 45.0")
    review.text_input(key="place_called").set_value("Off Aden")
    run(review)
    pressed(review, "Save")
    place = store.event("ev5").place
    assert (place.name, place.lat, place.lon, place.precision) == ("Off Aden", 12.8, 45.0, "exact")


def test_a_place_of_a_name_holds_for_the_story_where_the_person_says_so(review, store):
    click(review, "fix_place")
    review.text_input(key="place_name").set_value("Aden")
    run(review)
    labelled(review, "radio", "Holds for").set_value("story")
    run(review)
    pressed(review, "Save")
    change = store.corrections()[0].correction.change
    assert (change.reach, change.name, change.place.name) == ("story", "Odesa", "Aden")


def test_two_reports_are_merged_and_stand_in_the_history(review, store):
    click(review, "fix_join")
    labelled(review, "multiselect", "The same happening as").set_value(likely(store)[:1])
    pressed(review, "Merge")
    assert said(store)[0][0] == "merge"
    assert len(store.reports_of("ev5")) == 2


def likely(store):
    table = EventTable.from_events(store.events(), SmallAtlas(), NoGazetteer())
    return table.ids(likely_same(table.event("ev5"), table))


def test_a_missed_event_is_added_without_a_mouse(review, store):
    click(review, "add_a_missed")
    sentences = labelled(review, "selectbox", "Sentence")
    sentences.set_value(len(sentences.options) - 1)
    run(review)
    review.text_input(key="missed_typed").set_value("gave no")
    run(review)
    review.selectbox(key="missed_type").set_value("REJECT")
    run(review)
    pressed(review, "Add the event")
    added = next(event for event in store.events_of("march-5") if event.type == "REJECT")
    assert (added.evidence[0].text, added.reviews[0].kind) == ("Officials gave no further details.", "add")


def test_a_story_is_gold_when_each_of_its_events_was_looked_at(store):
    def say(change, number):
        store.correct(Correction(reports=store.reports_of(f"ev{number}"), change=change, who="Ada"))

    say(Accept(), 5)
    say(Reject(), 6)
    lines, half = gold_lines(store.corrections(), store)
    gold = {row["id"]: row["events"] for row in map(json.loads, lines)}
    assert ([len(gold[name]) for name in ("march-5", "march-6")], half) == ([1, 0], 0)


def test_the_story_view_is_in_the_address_and_leads_back(store):
    page = AppTest.from_file(str(APP), default_timeout=60)
    page.query_params.update({"view": "story", "event": "ev7"})
    run(page)
    assert "<h1>The story</h1>" in html(page)
    click(page, "to_desk")
    assert "view" not in page.query_params
    assert "No date" in str([element.proto for element in page.get("button_group")])


def test_what_somebody_else_said_meanwhile_is_told_and_not_overwritten(review, store):
    event = store.event("ev5")
    store.correct(Correction(reports=(event,), change=Reject(), who="Grace"))
    click(review, "accept")
    assert "Grace corrected it (reject)" in html(review)
    assert [recorded.correction.who for recorded in store.corrections()] == ["Grace"]
