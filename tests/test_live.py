"""What came in while somebody looks: said, shown when it is asked for, and never before."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from events.dashboard.live.live_tables import MOST_TABLES, Held, LiveTables, News
from events.store import Store
from events.view import EventTable
from tests.news import NoGazetteer, SmallAtlas, march_events, march_stories
from tests.test_page import APP, html, run

PAIRS = list(zip(march_stories(), march_events(), strict=True))


def fill(store, pairs):
    for story, event in pairs:
        store.add(story, [event])


@pytest.fixture
def store(tmp_path):
    kept = Store.open(tmp_path / "news.sqlite")
    yield kept
    kept.close()


@pytest.fixture
def page(store, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    monkeypatch.setattr("events.dashboard.live.live_tables.SECONDS", 0)
    st.cache_resource.clear()
    fill(store, PAIRS[:9])
    yield AppTest.from_file(str(APP), default_timeout=60)
    st.cache_resource.clear()


def news(page):
    return [button.label for button in page.button if button.key == "show_news"]


def test_what_comes_in_is_said_and_shown_when_it_is_asked_for(page, store):
    assert "9 events" in html(run(page))
    assert news(page) == []
    fill(store, PAIRS[9:12])
    run(page)
    assert "9 events" in html(page)
    assert news(page) == ["3 new events: show"]
    page.button(key="show_news").click()
    assert "12 events" in html(run(page))
    assert news(page) == []


def test_where_choices_leave_events_out_nothing_is_offered_by_itself(page, store):
    run(page)
    fill(store, PAIRS[9:12])
    run(page)
    assert [box.label for box in page.checkbox if box.key == "live_by_itself"] == ["By itself from now on"]
    page.text_input(key="words").set_value("drones")
    run(page)
    assert [box for box in page.checkbox if box.key == "live_by_itself"] == []
    assert news(page) == ["3 new events: show"]


def test_a_browser_that_runs_behind_does_not_take_back_the_days_that_followed_the_news(page, store):
    run(page)
    before = [page.date_input(key=name).value for name in ("start", "end")]
    fill(store, PAIRS[9:])
    run(page)
    page.button(key="show_news").click()
    run(page)
    followed = [page.date_input(key=name).value for name in ("start", "end")]
    for name, day in zip(("start", "end"), before, strict=True):
        page.date_input(key=name).set_value(day)
    run(page)
    assert [page.date_input(key=name).value for name in ("start", "end")] == followed != before


def table_of(store):
    return EventTable.from_events(store.events(), SmallAtlas(), NoGazetteer(), store)


def test_the_revision_is_looked_up_once_for_all_sessions_and_news_counted_once(store, monkeypatch):
    fill(store, PAIRS[:3])
    clock = [0.0]
    tables = LiveTables(lambda: clock[0])
    held, _ = tables.newest(store, lambda: table_of(store))
    asked = []
    revision, since = store.revision, store.since
    monkeypatch.setattr(store, "revision", lambda: asked.append("revision") or revision())
    monkeypatch.setattr(store, "since", lambda *mark: asked.append("since") or since(*mark))
    fill(store, PAIRS[3:5])
    assert [tables.news(store, held) for _ in range(20)] == [News(2, 0)] * 20
    assert asked == ["revision", "since"]
    clock[0] += 5
    assert (tables.news(store, held), asked) == (News(2, 0), ["revision", "since", "revision"])


def test_tables_that_nobody_looked_at_for_longest_are_let_go(store):
    tables = LiveTables()
    seen = []
    for pair in PAIRS[: MOST_TABLES + 2]:
        fill(store, [pair])
        seen.append(tables.newest(store, lambda: table_of(store))[0])
    assert [tables.kept(held) is None for held in seen] == [True, True] + [False] * MOST_TABLES
    assert tables.news(store, seen[0]) == News()
    assert tables.kept(Held(0, seen[0].mark)) is None
