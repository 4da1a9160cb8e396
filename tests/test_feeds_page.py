"""The Feeds page: how the feeds are, what editors do with them, and that it asks no server by itself."""

import time

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from events.dashboard.feeds import feeds_page
from events.dashboard.feeds.feeds_page import take
from events.dashboard.feeds.feeds_page_rows import feeds_in_order, headline_html, row_html
from events.fetching import FetchError
from events.store import Store
from events.watching.asked_now import ask_now
from events.watching.state import FeedState, FeedStates
from events.watching.subscriptions import Subscription
from tests.feeds import Counting, item, rss
from tests.local_site import fetcher_for, local_site
from tests.test_page import APP, html, run

A, B = "https://a.example/feed", "https://b.example/rss"
OPML = (
    f"<opml><body><outline xmlUrl='{A}'/><outline xmlUrl='http://10.0.0.5/x'/><outline xmlUrl='ftp://c'/></body></opml>"
)


@pytest.fixture
def states(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    st.cache_resource.clear()
    Store.open().close()
    kept = FeedStates.open()
    yield kept
    kept.close()
    st.cache_resource.clear()


@pytest.fixture
def page(states):
    states.subscriptions.add([A, B], "Ada", 0.0)
    made = AppTest.from_file(str(APP), default_timeout=60)
    made.query_params["view"] = "feeds"
    return made


def test_how_each_feed_is_stands_there_those_in_trouble_first():
    listed = {name: Subscription(name) for name in (A, B)} | {"https://c.example/": Subscription("https://c.example/")}
    known = {
        A: FeedState(A, 900.0, succeeded_at=0.0, asked=2, stories=3, events=7),
        B: FeedState(B, 900.0, failures=2, errors=2, asked=2, error="answers with <b>503</b>"),
    }
    feeds = feeds_in_order(listed, known)
    assert [feed.how for feed in feeds] == ["failing", "waiting", "well"]
    assert "<p>answers with &lt;b&gt;503&lt;/b&gt; (2 times in a row)</p>" in row_html(feeds[0], 600.0)
    shown = row_html(feeds[2], 600.0)
    assert "<dd>10 min ago</dd>" in shown
    assert "<dd>in 5 min</dd>" in shown
    assert "<dd>3 stories, 7 events</dd>" in shown
    headline = headline_html(feeds, None, 600.0)
    assert "<h1>3 feeds<span>, 1 well, 1 failing and 1 not asked yet</span></h1>" in headline
    assert "Nobody watches them now" in headline


def test_feeds_are_paused_taken_off_and_brought_back_without_asking_anybody(page, states, monkeypatch):
    monkeypatch.setattr("events.fetching.Fetcher.fetch", lambda *_: pytest.fail("the page asked by itself"))
    assert "2 feeds<span>, 2 not asked yet" in html(run(page))
    page.button(key="pause_0").click()
    assert "1 not asked yet and 1 paused" in html(run(page))
    page.button(key="remove_0").click()
    run(page)
    assert list(states.subscriptions.standing()) == [A]
    page.button(key="feed_back").click()
    run(page)
    assert set(states.subscriptions.standing()) == {A, B}


def test_a_feed_that_is_wanted_at_once_is_left_to_whoever_watches(page, states):
    states.subscriptions.sign_of_life(time.time())
    run(page)
    page.button(key="ask_0").click()
    assert "a.example is asked at once by whoever watches." in html(run(page))
    assert states.subscriptions.known()[A].asked_for is not None


def test_who_may_not_change_anything_sees_the_feeds_and_no_buttons(page, states, monkeypatch):
    monkeypatch.setattr("events.dashboard.access.signing_in.may_change", lambda: False)
    assert "2 feeds" in html(run(page))
    assert [button.key for button in page.button] == ["to_desk"]
    feeds_page._remove(A)
    assert set(states.subscriptions.standing()) == {A, B}


def test_an_address_and_a_file_of_them_are_added_by_the_rules_of_fetching(states):
    added, problems = take(" https://B.example/rss#top ", OPML.encode(), "feeds.opml")
    assert (added, set(states.subscriptions.standing())) == (2, {A, B})
    assert len(problems) == 2
    assert "http://10.0.0.5/x is not asked: 10.0.0.5 is not in the public internet" in problems[1]
    for address in ("http://127.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://0x7f000001/", "file:///etc/passwd"):
        with pytest.raises(FetchError):
            take(address, b"", "")


def test_where_nobody_watches_a_feed_is_asked_by_who_wants_it(states):
    with local_site() as site:
        site.pages["/feed"] = rss(item(1), item(2))
        store = Store.open()
        states.subscriptions.add([site.url("/feed")], "Ada", 0.0)
        said = ask_now(site.url("/feed"), store, states, Counting(), fetcher_for())
        assert said == [f"{site.url('/feed')}: 2 new stories, 0 new versions, 2 events"]
        later = fetcher_for()
        later.clock.sleep(60)
        site.pages["/feed"] = (503, {}, b"")
        (failed,) = ask_now(site.url("/feed"), store, states, Counting(), later)
        assert "answers with HTTP 503; failed 1 time," in failed
        assert (store.story_count(), site.paths()) == (2, ["/feed", "/feed"])
        store.close()
