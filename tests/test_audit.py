"""Who did what to a store and when, as one list: in the store, on the command line, on the page."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from events.__main__ import app
from events.corrections import Accept, Correction, Merge
from events.dashboard.access.audit_trail import act_html
from events.store import Store
from events.store.changes.audit import Act, operator
from tests.news import march_events, march_stories

LATER = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def news(tmp_path):
    path = tmp_path / "news.sqlite"
    store = Store.open(path)
    for story, event in list(zip(march_stories(), march_events(), strict=True))[:2]:
        store.add(story, [event], who="Ada", way="page")
    one, two = march_events()[:2]
    store.correct(Correction(reports=(one, two), change=Merge(), who="Bo", why="one quake", at=LATER))
    accepted = store.correct(Correction(reports=(one,), change=Accept(), who="Bo", at=LATER + timedelta(days=1)))
    assert accepted == 2
    store.close()
    return path


def audit(*arguments):
    return CliRunner().invoke(app, ["audit", *map(str, arguments)])


def test_stories_and_corrections_are_told_in_one_list(news):
    rows = [json.loads(line) for line in audit(news, "--json").stdout.splitlines()]
    assert [(row["who"], row["what"], row["way"], row["why"]) for row in rows] == [
        ("Ada", "story added", "page", ""),
        ("Ada", "story added", "page", ""),
        ("Bo", "events merged", "", "one quake"),
        ("Bo", "event accepted", "", ""),
    ]
    assert [row["about"] for row in rows] == [*(s.title for s in march_stories()[:2]), *[march_events()[0].what] * 2]


def test_the_list_begins_at_a_moment_or_has_one_persons_acts(news):
    assert (
        audit(news, "--since", "2030-01-02")
        .stdout.splitlines()[0]
        .startswith("2030-01-02 00:00:00  Bo  event accepted [2]: ")
    )
    assert len(audit("--store", news, "--who", "ada").stdout.splitlines()) == 2


def test_a_store_that_is_not_there_is_bad_use_and_is_not_made(tmp_path):
    assert audit(tmp_path / "none.sqlite").exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_nothing_hostile_reaches_the_terminal_or_the_page(news):
    store = Store.open(news)
    story = march_stories()[2].model_copy(update={"title": "\x1b[31mred\u202e"})
    store.add(story, [], who="Eve\x07<b>", way="page")
    store.close()
    shown = audit(news, "--who", "eve").stdout
    assert [sign for sign in shown if not sign.isprintable() and sign != "\n"] == []
    act = Act(LATER, "Eve<b>", "story added", "<script>", "s", "page", "", None)
    assert "<script>" not in act_html(act) and "<b>" not in act_html(act).replace("<b>Story", "")


def test_what_the_command_line_takes_in_stands_under_the_account(tmp_path):
    (tmp_path / "quake.txt").write_text(
        "GOMA, 1 March 2025 — A quake killed two people in Goma on Saturday.", encoding="utf-8"
    )
    done = CliRunner().invoke(
        app, ["ingest", str(tmp_path / "quake.txt"), "--light", "--store", str(tmp_path / "n.sqlite")]
    )
    assert done.exit_code == 0, done.output
    store = Store.open(tmp_path / "n.sqlite")
    assert [(act.who, act.way) for act in store.acts()] == [(operator(), "ingest")]
    store.close()


def test_the_trail_can_not_be_changed(news):
    store = Store.open(news)
    with pytest.raises(DBAPIError, match="never changed"), store._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM intakes")
    store.close()


def test_a_database_on_a_server_tells_the_same_list(postgresql_url):
    store = Store.open(postgresql_url)
    store.add(march_stories()[0], [march_events()[0]], who="Ada", way="page")
    store.undo(store.correct(Correction(reports=march_events()[:1], change=Accept(), who="Bo")), "Cy")
    told = [(act.who, act.what, act.way) for act in store.acts(datetime(2025, 1, 1, tzinfo=UTC), limit=9)]
    store.close()
    assert sorted(told) == [
        ("Ada", "story added", "page"),
        ("Bo", "event accepted", ""),
        ("Cy", "correction 1 undone", ""),
    ]
