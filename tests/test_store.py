from datetime import date

import pytest

from events.model import Event, EventPlace, Quote, StoreError, Story, When
from events.store import Store


def story(number: int = 1, text: str = "A ferry sank off Banjul on Monday.") -> Story:
    return Story(id=f"s{number}", title="Ferry sinks", text=text, published=date(2025, 3, 4), source=f"Wire {number}")


def sinking(story_id: str, day: int = 3) -> Event:
    return Event(
        id=f"{story_id}-e", story_id=story_id, type="ACCIDENT", family="incident", status="occurred",
        what="Ferry sinks off Banjul",
        place=EventPlace(name="Banjul", lat=13.45, lon=-16.58, precision="city", radius_km=10, place_id="gn:2413876"),
        when=When(start=date(2025, 3, day), end=date(2025, 3, day), precision="day"),
        evidence=(Quote(part="text", start=0, end=34, text="A ferry sank off Banjul on Monday."),),
    )  # fmt: skip


@pytest.fixture
def store(store_url):
    opened = Store.open(store_url)
    yield opened
    opened.close()


def test_what_goes_in_comes_out_unchanged(store):
    assert store.add(story(), [sinking("s1")])
    assert store.stories() == [story()]
    assert store.extracted_events() == [sinking("s1")]


def test_the_same_story_twice_changes_nothing(store):
    store.add(story(), [sinking("s1")])
    before = store.revision()
    assert store.add(story(), []) is False
    assert (store.revision(), len(store.events())) == (before, 1)


def test_two_outlets_on_one_happening_are_one_event_with_two_reports(store):
    store.add(story(1), [sinking("s1")])
    store.add(story(2), [sinking("s2")])
    (event,) = store.events()
    assert [report.source for report in event.reports] == ["Wire 1", "Wire 2"]


def test_a_store_is_found_again_as_it_was_left(store_url):
    first = Store.open(store_url)
    first.add(story(), [sinking("s1")])
    first.close()
    again = Store.open(store_url.removeprefix("sqlite:///"))
    assert (again.story_count(), again.revision()) == (1, 1)
    again.close()


def test_a_story_whose_events_fail_leaves_nothing_behind(store):
    twice = [sinking("s1"), sinking("s1")]  # one id twice breaks the second insert
    with pytest.raises(StoreError, match="s1"):
        store.add(story(), twice)
    assert (store.story_count(), store.extracted_events()) == (0, [])


def test_foreign_keys_and_the_write_ahead_log_are_on(tmp_path):
    store = Store.open(tmp_path / "news.sqlite")
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    store.close()


def test_a_store_of_another_schema_is_refused_with_a_way_out(store, store_url):
    with store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE facts SET value = 99 WHERE key = 'schema'")
    with pytest.raises(StoreError, match=r"schema 99.*--store"):
        Store.open(store_url)


def test_events_are_found_by_words_in_capitals_or_not(store):
    store.add(story(), [sinking("s1")])
    assert (store.candidates(["FERRY", "sinks"]), store.candidates(["ferry", "tram"])) == (["s1-e"], [])


def test_a_sign_that_a_database_does_not_take_is_stored_all_the_same(store):
    store.add(story(1, "Ferry\0 sank."), [])
    assert store.story("s1").text == "Ferry\0 sank."


@pytest.mark.parametrize("name", ["news #1.sqlite", "100%20.sqlite"])
def test_a_store_is_kept_in_the_very_file_that_is_named(tmp_path, name):
    opened = Store.open(tmp_path / name)
    assert opened.file() == tmp_path / name
    opened.close()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_that_is_no_store_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a database, only some words that are long enough to be read as a header" * 20)
    with pytest.raises(StoreError, match="can't be opened"):
        Store.open(path)
