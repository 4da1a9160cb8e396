"""A store of schema 1 is brought up to date, with a copy of it kept; a newer one is refused."""

import sqlite3
import threading
from contextlib import closing
from datetime import date

import pytest
from test_corrections import arrest, fire, story

from benchmarks.kill import version_1_file
from events.model import StoreError
from events.store import Store
from events.store.checking import findings


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "news.sqlite"
    one, two = story(), story(2, source="Other Post")
    version_1_file(path, [(one, [fire(one), arrest(one)]), (two, [fire(two)])])
    return path


def test_a_store_of_schema_1_opens_with_its_stories_and_events_linked(old):
    store = Store.open(old)
    assert [told.id for told in store.stories()] == ["s1", "s2"]
    assert store.events_of("s1") == [fire(story()), arrest(story())]
    assert [(event.type, len(event.reports)) for event in store.events()] == [("ACCIDENT", 2), ("CRIME", 1)]
    assert [change.action for change in store.history()] == ["migrate"]
    assert list(findings(store._engine)) == []
    store.close()


def test_a_copy_of_the_old_file_is_kept(old):
    Store.open(old).close()
    copy = old.with_name("news.sqlite.schema-1")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT value FROM facts WHERE key = 'schema'").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM stories").fetchone() == (2,)


def test_two_programs_that_open_it_at_once_bring_it_up_to_date_once(old):
    opened = []
    threads = [threading.Thread(target=lambda: opened.append(Store.open(old))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(store.story_count(), len(store.history())) for store in opened] == [(2, 1)] * 3
    for store in opened:
        store.close()


def test_it_is_brought_up_to_date_once(old):
    Store.open(old).close()
    Store.open(old).close()
    assert sorted(path.name for path in old.parent.glob("*schema-1*")) == ["news.sqlite.schema-1"]


def test_a_migration_that_fails_leaves_the_old_store(old):
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("UPDATE stories SET record = '{' WHERE id = 's2'")
        connection.commit()
    with pytest.raises(StoreError, match="story s2"):
        Store.open(old)
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT value FROM facts WHERE key = 'schema'").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM stories").fetchone() == (2,)


def test_a_store_of_schema_1_goes_on_taking_in_stories(old):
    store = Store.open(old)
    three = story(3, source="Third Post").model_copy(update={"published": date(2025, 3, 5)})
    assert store.add(three, [fire(three)])
    assert [len(event.reports) for event in store.events()] == [3, 1]
    assert store.add(story(), []) is False
    store.close()


def test_a_newer_schema_is_refused(old):
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("UPDATE facts SET value = 7 WHERE key = 'schema'")
        connection.commit()
    with pytest.raises(StoreError, match="schema 7, this program reads 3"):
        Store.open(old)
