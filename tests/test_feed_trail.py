"""What is done to the list of feeds stands in the audit trail, with who and when: on both engines, command line and page."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from events.__main__ import app
from events.dashboard.access.audit_trail import act_html
from events.dashboard.feeds import feeds_page
from events.store import Store
from events.store.changes.audit import operator
from events.watching.state import FeedStates
from events.watching.subscriptions import Subscriptions
from tests.news import march_events, march_stories

A, B = "https://a.example/feed", "https://b.example/feed"
NOON = datetime(2030, 3, 1, 12, tzinfo=UTC).timestamp()


@pytest.fixture
def feeds(own_store_url):
    store, states = Store.open(own_store_url), FeedStates.open(own_store_url)
    yield store, states.subscriptions
    states.close()
    store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def own_store_url(request, tmp_path):
    """The address of a store that no other test writes to."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'news.sqlite'}"
    return request.getfixturevalue("own_postgresql_url")


def told(store, **bounds):
    return [(act.what, act.about, act.who, act.way) for act in store.acts(**bounds)]


def test_what_people_and_files_do_to_the_list_is_told_the_newest_first(feeds):
    store, listed = feeds
    store.add(march_stories()[0], [march_events()[0]], who="Bo", way="page")
    listed.add([A], "Ada <ada@news.test>", NOON)
    listed.listed("/etc/feeds.opml", [A, B], NOON + 1)
    listed.pause(A, "Ada", NOON + 2, paused=True)
    listed.pause(A, "Ada", NOON + 3, paused=True)  # it is paused already
    listed.pause(A, "Bo", NOON + 4, paused=False)
    listed.ask(A, "Cy", NOON + 5)
    listed.remove(A, "Cy", NOON + 6)
    listed.remove("https://nobody.example/", "Cy", NOON + 7)
    listed.listed("/etc/feeds.opml", [], NOON + 8)
    assert told(store) == [
        ("feed taken off", B, operator(), "/etc/feeds.opml"),
        ("feed taken off", A, "Cy", "page"),
        ("feed asked", A, "Cy", "page"),
        ("feed resumed", A, "Bo", "page"),
        ("feed paused", A, "Ada", "page"),
        ("feed added", B, operator(), "/etc/feeds.opml"),
        ("feed added", A, "Ada <ada@news.test>", "page"),
        ("story added", march_stories()[0].title, "Bo", "page"),
    ]
    assert told(store, limit=1) == told(store)[:1]
    assert len(told(store, since=datetime.fromtimestamp(NOON + 5, UTC))) == 3


def test_the_trail_of_feeds_can_not_be_changed_and_is_guarded_again_after_a_copy(feeds):
    store, listed = feeds
    listed.add([A], "Ada", NOON)
    for guarded in (True, False):
        if not guarded:  # as it comes from another database
            drop = "" if store._engine.dialect.name == "sqlite" else " ON feed_changes"
            ends = ("delete", "update") if not drop else ("change",)
            with store._engine.begin() as connection:
                for end in ends:
                    connection.exec_driver_sql(f"DROP TRIGGER feed_changes_never_{end}{drop}")
            Subscriptions(store._engine)
        with pytest.raises(DBAPIError, match="never changed"), store._engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM feed_changes")
    assert told(store) == [("feed added", A, "Ada", "page")]


def test_a_change_and_its_row_are_written_together_or_not_at_all(feeds, monkeypatch):
    store, listed = feeds
    monkeypatch.setattr("events.watching.subscriptions.feed_changes.note", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        listed.add([A], "Ada", NOON)
    assert (listed.known(), told(store)) == ({}, [])


def test_the_command_line_and_the_page_tell_it(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    Store.open().close()
    states = FeedStates.open()
    monkeypatch.setattr(feeds_page, "feed_states", lambda: states)
    monkeypatch.setattr(feeds_page, "_who", lambda: "Ada\x1b[2J <b>")
    assert feeds_page.take(A, b"", "") == (1, [])
    feeds_page._pause(A, True)
    feeds_page._remove(A)
    states.close()
    (first, *rest) = CliRunner().invoke(app, ["audit"]).stdout.splitlines()
    assert first.endswith(f"Ada\N{REPLACEMENT CHARACTER}[2J <b>  feed added (page): {A}")
    assert len(rest) == 2
    row = json.loads(CliRunner().invoke(app, ["audit", "--json"]).stdout.splitlines()[1])
    assert (row["what"], row["about"], row["story"]) == ("feed paused", A, None)
    store = Store.open()
    assert "<b>Feed taken off: https://a.example/feed</b>" in act_html(store.acts()[0])
    assert "&lt;b&gt;" in act_html(store.acts()[0])
    store.close()
