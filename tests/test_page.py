"""The page's logic, run without a browser."""

import json
from datetime import date
from html import unescape
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from events.dashboard.desk import going_back
from events.dashboard.desk.going_back import Went
from events.store import Store
from tests.news import march_events, march_stories

APP = Path(__file__).resolve().parents[1] / "app.py"


@pytest.fixture
def empty_page(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    st.cache_resource.clear()
    yield AppTest.from_file(str(APP), default_timeout=60)
    st.cache_resource.clear()


@pytest.fixture
def page(empty_page, tmp_path):
    store = Store.open(tmp_path / "news.sqlite")
    for story, event in zip(march_stories(), march_events(), strict=True):
        store.add(story, [event])
    store.close()
    return empty_page


def run(page):
    page.run()
    assert [error.value for error in page.exception] == []
    return page


def html(page):
    return "\n".join(element.proto.body for element in page.get("html"))


def cards(page):
    """What the list's one element is given of each card; nothing where it is not on the page."""
    lists = [
        element.proto for element in page.get("bidi_component") if element.proto.component_name == "dateline_cards"
    ]
    return json.loads(lists[0].json)["cards"] if lists else []


def open_fold(page, key):
    page.session_state[key] = True
    return run(page)


def choose(page, key, value):
    next(group for group in page.get("button_group") if group.key == key).set_value(value)
    return run(page)


def address(page, name):
    value = page.query_params[name]
    return [value] if isinstance(value, str) else value


def test_the_headline_says_what_is_shown_and_what_is_not_drawn(page):
    shown = html(run(page))
    assert "40 events, 4–21 March 2025<span>, everywhere" in shown
    assert "25 told as fact, 7 planned, 5 alleged, 2 denied and 1 cancelled." in shown
    assert "Not drawn: 3 events with no place, 2 with no date." in shown


def test_a_link_to_an_event_without_a_date_opens_it_in_its_own_list(page):
    page.query_params["event"] = next(event.id for event in march_events() if event.place and not event.when)
    run(page)
    assert page.session_state["listed"] == "No date"
    assert '<div class="open">' in html(page)


def test_a_status_narrows_the_list_and_is_written_into_the_address(page):
    run(page)
    choose(page, "statuses", ["planned"])
    assert len(cards(page)) == 7
    assert address(page, "status") == ["planned"]


def test_a_link_brings_back_what_the_sender_saw(page):
    page.query_params.update(
        {"from": "2025-03-12", "to": "2025-03-13", "family": "verbal cooperation", "event": "ev21"}
    )
    shown = html(run(page))
    assert "4 verbal cooperation events of 40, 12–13 March 2025" in shown
    assert '<div class="open">' in shown
    assert page.date_input(key="start").value == date(2025, 3, 12)


def test_a_link_with_nonsense_shows_everything(page):
    page.query_params.update({"from": "yesterday", "status": "<script>", "region": "country:??", "event": "nobody"})
    assert "40 events, 4–21 March 2025" in html(run(page))


def test_the_date_inputs_are_the_truth_even_when_turned_round(page):
    run(page)
    page.date_input(key="start").set_value(date(2025, 3, 12))
    page.date_input(key="end").set_value(date(2025, 3, 11))
    assert "10 events of 40, 11–12 March 2025" in html(run(page))


def test_a_region_is_asked_of_drawn_events_only(page):
    page.query_params["region"] = "sea:baltic-sea"
    shown = html(run(page))
    assert "in the Baltic Sea" in shown
    assert "3 events with no place" in shown
    assert any("corvettes" in card["label"] for card in cards(page))


def test_opening_a_card_shows_its_evidence_and_the_reading_of_each_attribute(page):
    run(page)
    page.session_state["event"] = "ev18"
    shown = html(run(page))
    assert [card["id"] for card in cards(page) if card["open"]] == ["ev18"]
    assert '<mark class="place">Estlink 2</mark>' in shown
    assert '<dt>Place</dt><dd title="the only place of this name">“Estlink 2” <span>→ a line</span></dd>' in shown
    assert "<dt>Date</dt><dd>“Tuesday” <span>→ 11 March 2025, to the day</span></dd>" in shown
    assert address(page, "event") == ["ev18"]


def test_clashing_choices_are_named_with_a_way_back_from_each(page):
    page.query_params.update({"status": "cancelled", "family": "material conflict"})
    assert "No cancelled event of material conflict" in html(run(page))
    page.button(key="back_statuses").click()
    assert "12 material conflict events of 40" in html(run(page))


def test_events_without_a_place_are_listed_apart(page):
    run(page)
    choose(page, "listed", "No place")
    assert len(cards(page)) == 3


def test_nothing_stored_offers_the_samples(empty_page):
    assert "No stories yet" in html(run(empty_page))
    assert empty_page.button(key="samples").label == "Look at the sample stories"


def test_the_briefing_has_no_chrome_and_lists_what_the_map_shows(page):
    page.query_params.update({"view": "briefing", "status": "planned"})
    shown = html(run(page))
    assert '<p class="line">Only planned. The 40 have a place and a date, 5 others don’t.</p>' in shown
    assert shown.count('<div class="row">') == 7
    assert len(page.date_input) == 0


def test_choices_survive_a_visit_to_the_briefing(page):
    page.query_params["status"] = "planned"
    run(page)
    page.button(key="to_briefing").click()
    run(page)
    page.button(key="to_sheet").click()
    run(page)
    page.button(key="leave").click()
    assert "7 planned events of 40" in html(run(page))


def test_a_sureness_in_the_link_is_set_and_that_of_the_open_event_shown(page):
    page.query_params.update({"sure": "0.95", "event": "ev18"})
    shown = html(run(page))
    assert "40 events, 4–21 March 2025" in shown
    assert ">1.00, of its place 1.00</dd>" in shown
    open_fold(page, "further_fold")
    assert page.slider(key="sureness").value == 0.95


def test_a_browser_that_lags_behind_takes_no_choice_back_but_going_back_does(page, monkeypatch):
    run(page)
    choose(page, "statuses", ["planned"])
    page.query_params.clear()
    assert "7 planned events of 40" in html(run(page))
    monkeypatch.setattr(going_back, "went", lambda: Went({}, "1"))
    assert "40 events, 4–21 March 2025" in html(run(page))
    choose(page, "statuses", ["alleged"])
    assert "5 alleged events of 40" in html(run(page)), "the browser went once, not at every run since"


def test_a_store_that_cannot_be_opened_is_told_with_a_way_on(empty_page, tmp_path, monkeypatch):
    (tmp_path / "broken.sqlite").write_text("this is no database, but a text that somebody saved under its name" * 20)
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "broken.sqlite"))
    shown = html(run(empty_page))
    assert "The events can’t be opened" in shown
    assert "broken.sqlite can't be opened: it is a file of another kind" in unescape(shown)
    assert "--store" not in shown
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    empty_page.button(key="try_again").click()
    assert "No stories yet" in html(run(empty_page))


def test_what_is_chosen_stands_over_the_map_and_is_taken_back_singly(page):
    page.query_params.update({"status": "planned", "not-type": "PROTEST", "words": "-cable"})
    run(page)
    assert [button.label for button in page.button if button.key.startswith("chip_")] == [
        "Without “cable”", "Planned", "Not Protest", "Show everything",
    ]  # fmt: skip
    page.button(key="chip_statuses").click()
    run(page)
    assert "status" not in page.query_params
    assert address(page, "not-type") == ["PROTEST"]


def test_a_view_is_saved_under_a_name_loaded_renamed_and_brought_back(page):
    page.query_params["status"] = "planned"
    run(page)
    page.text_input(key="view_name").set_value("Plans")
    next(button for button in page.button if button.label == "Save this view").click()
    run(page)
    page.button(key="chip_statuses").click()
    assert "40 events, 4–21 March 2025" in html(run(page))
    page.button(key="load_0").click()
    assert "7 planned events of 40" in html(run(page))
    page.button(key="delete_0").click()
    run(page)
    page.button(key="view_back").click()
    run(page)
    assert page.button(key="load_0").label == "Plans"


def test_the_table_stands_in_the_link_and_opens_what_is_chosen_in_it(page):
    page.query_params.update({"table": "below", "sort": "-published", "column": ["what", "number"], "event": "ev18"})
    run(page)
    assert address(page, "table") == ["below"]
    assert len(page.dataframe) == 1
    grid = page.dataframe[0].value
    assert len(grid) == 40
    assert grid.loc["ev18", "what"] == "Freighter seen dragging anchor near the cable"
    assert list(grid["published"]) == sorted(grid["published"], reverse=True)


def test_what_came_in_after_the_last_visit_is_shown_alone(page, tmp_path):
    store = Store.open(tmp_path / "news.sqlite")
    page.query_params.update({"me": "Ada", "since": ".".join(map(str, store.mark()))})
    story, event = march_stories()[0], march_events()[0]
    fresh = story.model_copy(update={"id": "late", "url": "https://example.org/late", "text": f"{story.text} Later."})
    store.add(fresh, [event.model_copy(update={"id": "late", "story_id": "late", "what": "A late report"})])
    store.close()
    run(page)
    assert len(cards(page)) == 1
    assert address(page, "me") == ["Ada"]


def test_hints_are_put_away_for_good(page, tmp_path):
    assert "1 of 3" in html(run(page))
    page.button(key="hint_away").click()
    assert "1 of 3" not in html(run(page))
