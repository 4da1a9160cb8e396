"""A store of an older schema is brought up to date, a file with a copy of it kept; a newer one is refused."""

import sqlite3
import threading
import warnings
from contextlib import closing
from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, select
from test_corrections import arrest, fire, story
from typer.testing import CliRunner

from benchmarks.version_1_store import version_1_file
from events.__main__ import app
from events.model import StoreError
from events.store import Store
from events.store.database.schema import SCHEMA_VERSION, metadata, revisions
from events.store.upkeep.checking import findings


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
    with pytest.raises(StoreError, match=f"schema 7, this program reads {SCHEMA_VERSION}"):
        Store.open(old)


# ------------------------------------------------------------------ of both kinds, from schema 2 on

NEWER_TABLES = ("bands", "families", "echoes", "intakes", "alembic_version")


def as_schema(number, url):
    """Make a store what a program of schema 2 or 3 left: the same tables but for the newer ones and their columns."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for table in NEWER_TABLES[0 if number == 2 else 3 :]:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql(f"UPDATE facts SET value = {number} WHERE key = 'schema'")
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    address = f"sqlite:///{tmp_path / 'news.sqlite'}"
    if request.param == "postgresql":
        address = request.getfixturevalue("own_postgresql_url")
    store = Store.open(address)
    for number in (1, 2):
        told = story(number, source=f"Post {number}")
        store.add(told, [fire(told)])
    store.close()
    return address


@pytest.mark.parametrize("number", [2, 3])
def test_a_store_of_an_older_schema_ends_with_the_tables_of_a_new_one(url, number):
    before = Store.open(url)
    events = before.events()
    before.close()
    as_schema(number, url)
    store = Store.open(url, migrate=True)
    assert (store.events(), store.copies("s1")) == (events, ("s1", "s2"))
    assert [change.detail for change in store.history()] == [f"schema {number} to {SCHEMA_VERSION}, 2 stories"]
    assert list(findings(store._engine)) == []
    with store._engine.connect() as connection:
        assert differences(connection) == []
        assert connection.scalar(select(revisions.c.version_num)) == str(SCHEMA_VERSION)
    store.close()


def differences(connection):
    """What the tables that are there have else than those that a new store gets."""

    def own(_object, name, kind, _reflected, _compared):
        return (kind, name) not in {("table", "spatial_ref_sys"), ("column", "point"), ("index", "happenings_by_point")}

    context = MigrationContext.configure(connection, opts={"include_object": own, "compare_type": False})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PostGIS's types and indexes on expressions are not SQLAlchemy's
        return compare_metadata(context, metadata)


def test_a_database_that_others_use_too_is_brought_up_to_date_only_when_somebody_says_so(own_postgresql_url):
    store = Store.open(own_postgresql_url)
    store.close()
    as_schema(3, own_postgresql_url)
    with pytest.raises(StoreError, match=r"has schema 3, .*backup \(pg_dump\), then python -m events migrate"):
        Store.open(own_postgresql_url)
    done = CliRunner().invoke(app, ["migrate", "--store", own_postgresql_url])
    assert (done.exit_code, done.stderr) == (0, f"The store has schema {SCHEMA_VERSION}.\n")
    Store.open(own_postgresql_url).close()
