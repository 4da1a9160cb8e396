"""What only a store on a server has: it may be restarted, others change it unseen, and it may lack what it needs."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest
from test_corrections import fire, said, story

from events.corrections import SetStatus
from events.model import StoreError
from events.store import Store, keeping
from events.store.database import opening, postgresql
from events.store.database.opening import as_url, engine_of
from events.store.upkeep.checking import findings
from events.watching.state import FeedStates

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def store(postgresql_url):
    opened = Store.open(postgresql_url)
    opened.add(story(), [fire(story())])
    yield opened
    opened.close()


def until(holds, seconds=5.0):
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.01)
    return holds()


def test_a_server_that_is_restarted_between_two_calls_is_not_noticed(store, postgresql_server):
    before = store.revision()
    postgresql_server.stop()
    postgresql_server.start()
    assert (store.revision(), store.story_count()) == (before, 1)
    assert store.add(story(2), [fire(story(2))])
    assert (store.revision(), len(store.events())) == (before + 1, 1)


def test_a_server_that_is_away_is_told_and_heard_again_when_it_is_back(store, postgresql_server):
    postgresql_server.stop()
    try:
        for call in (store.revision, store.events, lambda: store.add(story(2), [])):
            with pytest.raises(StoreError, match=r"the store .* can't be read|story s2 can't be stored"):
                call()
    finally:
        postgresql_server.start()
    assert (store.revision(), store.add(story(2), [])) == (1, True)


def test_what_another_program_changed_is_heard_without_a_query(store, postgresql_url):
    other, before = Store.open(postgresql_url), store.revision()
    other.correct(said(SetStatus(status="denied"), fire(story())))
    assert until(lambda: store.revision() == before + 1)
    store._revisions._listening.execute("LISTEN another")  # it listens on a connection of its own
    store._engine.dispose()
    asked = time.perf_counter()
    assert {store.revision() for _ in range(1000)} == {before + 1}
    assert time.perf_counter() - asked < 2
    other.close()


def test_a_writer_that_never_ends_is_told_after_the_wait(store, postgresql_url, monkeypatch):
    monkeypatch.setattr(opening, "LONGEST_WAIT", 0.2)
    other = Store.open(postgresql_url)
    with opening.writing(store._engine), pytest.raises(StoreError, match="another program has been writing"):
        other.add(story(2), [])
    assert other.story_count() == 1
    other.close()


def test_while_two_write_three_look_on_at_whole_states_and_hear_of_the_end(postgresql_url):
    stores, told = [Store.open(postgresql_url) for _ in range(5)], [story(n) for n in range(12)]
    added, seen, done = [], [], threading.Event()

    def write(store, stories):
        added.extend(store.add(one, [fire(one)]) for one in stories)

    def look_on(store):
        while not done.is_set():
            seen.append([len(event.reports) for event in store.events()])
        until(lambda: store.revision() == len(told))
        seen.append((store.revision(), [len(event.reports) for event in store.events()]))

    writers = [threading.Thread(target=write, args=row) for row in zip(stores[:2], (told, told[::-1]), strict=True)]
    onlookers = [threading.Thread(target=look_on, args=(store,)) for store in stores[2:]]
    for thread in (*writers, *onlookers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in onlookers:
        thread.join()
    assert (added.count(True), added.count(False), stores[0].story_count()) == (12, 12, 12)
    assert all(sizes in ([], *([n] for n in range(1, 13))) for sizes in seen[:-3])
    assert seen[-3:] == [(12, [12])] * 3
    assert list(findings(stores[0]._engine)) == []
    for store in stores:
        store.close()


def test_a_connection_that_is_cut_in_the_middle_of_a_story_is_told_and_nothing_of_it_is_there(store, monkeypatch):
    grow = keeping.grow_revision

    def cut(connection):
        pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        with store._engine.connect() as other:
            other.exec_driver_sql(f"SELECT pg_terminate_backend({pid}, 5000)")
        grow(connection)

    monkeypatch.setattr(keeping, "grow_revision", cut)
    with pytest.raises(StoreError, match="story s2 can't be stored"):
        store.add(story(2), [fire(story(2))])
    monkeypatch.undo()
    assert (store.has("s2"), list(findings(store._engine))) == (False, [])
    assert store.add(story(2), [fire(story(2))])


WRITER = """
import sys
sys.path[:0] = {paths}
from test_corrections import fire, story
from events.store import Store
store = Store.open({url!r})
for number in range(1, 1000):
    store.add(story(number), [fire(story(number))])
    print(number, flush=True)
"""


def test_a_writer_that_is_killed_leaves_whole_stories_and_holds_up_nobody(postgresql_url):
    program = WRITER.format(paths=[str(ROOT / "tests"), str(ROOT)], url=postgresql_url)
    writer = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    told = [int(writer.stdout.readline()) for _ in range(5)]
    time.sleep(0.02)
    writer.kill()
    told += [int(line) for line in writer.communicate()[0].split()]
    store, begun = Store.open(postgresql_url), time.monotonic()
    assert store.add(story(2000), [])
    assert time.monotonic() - begun < 5
    kept = {one.id for one in store.stories()}
    assert kept >= {f"s{number}" for number in told}
    assert len(kept) <= len(told) + 2
    assert list(findings(store._engine)) == []
    store.close()


def test_who_finds_no_free_connection_is_told_after_the_wait(postgresql_url, monkeypatch):
    monkeypatch.setattr(opening, "LONGEST_WAIT", 0.1)
    monkeypatch.setattr(postgresql, "KEPT_OPEN", 1)
    monkeypatch.setattr(postgresql, "MOST_CONNECTIONS", 2)
    store = Store.open(postgresql_url)
    with store._engine.connect(), store._engine.connect(), pytest.raises(StoreError, match="too much is asked at once"):
        store.story_count()
    assert store.story_count() == 0
    store.close()


def test_what_is_read_in_one_transaction_is_of_one_moment(store):
    with opening.snapshot(store._engine) as connection:
        count = "SELECT count(*) FROM stories"
        before = connection.exec_driver_sql(count).scalar()
        store.add(story(2), [])
        assert connection.exec_driver_sql(count).scalar() == before
        with pytest.raises(Exception, match="read-only"):
            connection.exec_driver_sql("DELETE FROM echoes")


def test_a_box_is_looked_up_in_the_index(store):
    with store._engine.connect() as connection:
        connection.exec_driver_sql("SET enable_seqscan = off")
        plan = "EXPLAIN SELECT id FROM happenings WHERE point && ST_MakeEnvelope(2, 48, 3, 49, 4326)"
        assert "happenings_by_point" in str(connection.exec_driver_sql(plan).all())


def test_a_database_without_postgis_gets_it_or_is_told_how(postgresql_server):
    bare = postgresql_server.database("template1")
    Store.open(bare).close()
    poor = postgresql_server.database("template1")
    with psycopg.connect(host=str(postgresql_server.folder), dbname=poor.split("/")[3][:-6], user="dateline") as own:
        own.execute("DROP ROLE IF EXISTS ada")
        own.execute("CREATE ROLE ada LOGIN")
        own.execute("GRANT CREATE ON SCHEMA public TO ada")
    with pytest.raises(StoreError, match="CREATE EXTENSION postgis"):
        Store.open(poor.replace("//dateline@", "//ada@"))
    for address in (bare, poor):
        postgresql_server.drop(address)


def test_the_state_of_feeds_stands_in_the_same_database(postgresql_url):
    feeds = FeedStates.open(postgresql_url)
    feeds.begin(["https://example.org/feed"], 7.5)
    assert (feeds.claim("https://example.org/feed", 7.5, 9), feeds.claim("https://example.org/feed", 7.5, 9)) == (
        True,
        False,
    )
    feeds.close()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("postgresql+psycopg://ada:secret@127.0.0.1:1/news", r"ada:\*\*\*@127.0.0.1:1/news can't be opened"),
        ("mysql://desk/news", "a file of SQLite or a database of PostgreSQL, not of mysql"),
        ("://news", "is no address of a store"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(address, why):
    with pytest.raises(StoreError, match=why) as told:
        Store.open(address)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("name", ["postgres://ada@desk/news", "postgresql://ada@desk/news"])
def test_an_address_need_not_name_the_driver(name):
    engine = engine_of(as_url(name))
    assert engine.url.drivername == "postgresql+psycopg"
    engine.dispose()


def test_without_the_driver_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"needs its driver: pip install 'psycopg\[binary\]'"):
        Store.open("postgresql://ada@desk/news")


def test_a_database_that_was_made_anew_is_another_store(postgresql_server):
    found = []
    for _ in range(2):
        address = postgresql_server.database("fresh", name="again")
        store = Store.open(address)
        found.append(store.identity())
        store.close()
        postgresql_server.drop(address)
    assert found[0] != found[1]
    assert found[0].startswith("postgresql+psycopg://dateline@/again?host=")
