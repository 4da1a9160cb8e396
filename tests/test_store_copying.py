"""A store is moved from one kind of database to the other and back without loss: every row of every table."""

import pytest
from sqlalchemy import MetaData, create_engine, inspect, select
from test_corrections import arrest, fire, said, story
from typer.testing import CliRunner

from events.__main__ import app
from events.corrections import SetStatus
from events.model import StoreError
from events.store import Store
from events.store.database.opening import engine_of
from events.store.upkeep.copying import copy_rows
from events.watching.state import FeedStates

OTHER_THAN_BEFORE = {"spatial_ref_sys"}  # PostGIS's own


def filled(url):
    """A store that has a row in every table."""
    store = Store.open(url)
    for number in (1, 2, 3):
        told = story(number, source=f"Wire {number}")
        store.add(told, [fire(told), arrest(told)], who="Ada", way="page")
    again = story(1, "A warehouse burned down in Paris on Monday. It rained.", source="Wire 1")
    store.add(again.model_copy(update={"id": "s1-again"}), [fire(again.model_copy(update={"id": "s1-again"}))])
    store.undo(store.correct(said(SetStatus(status="denied"), fire(story(2, source="Wire 2")))), who="Bo")
    store.correct(said(SetStatus(status="alleged"), fire(story(3, source="Wire 3"))))
    store.close()
    feeds = FeedStates.open(url)
    feeds.begin(["https://example.org/feed"], 7.5)
    feeds.close()


def rows_of(url):
    """All rows by table; a table's columns by their names."""
    engine = create_engine(url)
    found = {}
    with engine.connect() as connection:
        for name in set(inspect(connection).get_table_names()) - OTHER_THAN_BEFORE:
            table = MetaData()
            table.reflect(connection, only=[name])
            columns = [column for column in table.tables[name].columns if column.name != "point"]
            found[name] = sorted(map(tuple, connection.execute(select(*columns))), key=repr)
    engine.dispose()
    return found


@pytest.mark.filterwarnings("ignore:Did not recognize type 'geometry'")
def test_there_and_back_again_nothing_is_lost_and_the_store_goes_on(postgresql_url, tmp_path):
    first, last = (f"sqlite:///{tmp_path / name}" for name in ("first.sqlite", "last.sqlite"))
    filled(first)
    for source, target in ((first, postgresql_url), (postgresql_url, last)):
        done = CliRunner().invoke(app, ["copy", source, target])
        assert (done.exit_code, done.stdout) == (0, ""), done.stderr
        assert "3 stories, 5 events" in done.stderr
    before = rows_of(first)
    assert {name for name, rows in before.items() if not rows} == {"watched_entries"}
    assert rows_of(postgresql_url) == before
    assert rows_of(last) == before
    store = Store.open(postgresql_url)
    assert store.add(story(4, source="Wire 4"), [])
    assert store.correct(said(SetStatus(status="denied"), fire(story(2, source="Wire 2")))) == 5
    assert CliRunner().invoke(app, ["check", "--store", postgresql_url]).exit_code == 0
    store.close()


def test_the_backup_of_a_store_on_a_server_is_a_whole_file(postgresql_url, tmp_path):
    filled(postgresql_url)
    path = tmp_path / "copies" / "monday.sqlite"
    assert CliRunner().invoke(app, ["backup", str(path), "--store", postgresql_url]).exit_code == 0
    assert [one.name for one in path.parent.iterdir()] == ["monday.sqlite"]
    copy, own = Store.open(path), Store.open(postgresql_url)
    assert (copy.events(), copy.history(), copy.acts()) == (own.events(), own.history(), own.acts())
    copy.close()
    own.close()
    refused = CliRunner().invoke(app, ["restore", str(path), "--store", postgresql_url])
    assert (refused.exit_code, "is no file: make an empty database" in refused.stderr) == (2, True)


def test_nothing_is_copied_into_a_store_that_holds_something(tmp_path):
    one, other = (tmp_path / name for name in ("one.sqlite", "other.sqlite"))
    for path in (one, other):
        filled(f"sqlite:///{path}")
    before = rows_of(f"sqlite:///{other}")
    done = CliRunner().invoke(app, ["copy", str(one), str(other)])
    assert (done.exit_code, "is not empty" in done.stderr) == (2, True)
    assert rows_of(f"sqlite:///{other}") == before


def test_a_copy_that_is_broken_off_leaves_the_new_store_empty(tmp_path):
    filled(f"sqlite:///{tmp_path / 'one.sqlite'}")
    new = Store.open(tmp_path / "new.sqlite")

    def full(name, _rows):
        if name == "records":
            raise OSError("the disk is full")

    with pytest.raises(StoreError, match="can't be copied: the disk is full"):
        copy_rows(engine_of(f"sqlite:///{tmp_path / 'one.sqlite'}"), new._engine, full)
    assert (new.story_count(), new.revision()) == (0, 0)
    new.close()
