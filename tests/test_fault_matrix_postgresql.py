"""Every write of a store on PostgreSQL meets faults of the server at some statements; `benchmarks.faults` takes all of them."""

import psycopg
import pytest
from sqlalchemy import make_url

from benchmarks import struck_writes
from benchmarks.killed_servers import killed
from benchmarks.store_acts import ACTS, Desk, content
from events.model import StoreError
from events.store import Store
from events.store.database import notices, opening

CODES = list(struck_writes.FAULTS)


@pytest.fixture(scope="module")
def template(postgresql_server):
    return struck_writes.template(postgresql_server)


@pytest.fixture
def url(postgresql_server, template):
    address = postgresql_server.database(template)
    yield address
    postgresql_server.drop(address)


@pytest.fixture
def desk(url):
    opened = Desk(url)
    yield opened
    opened.close()


def test_a_statement_that_fails_in_any_write_is_told_leaves_all_as_it_was_and_the_next_try_succeeds(desk, url):
    the_last = "a new version"  # it is of a story that other acts speak of
    for turn, act in enumerate(sorted(ACTS, key=the_last.__eq__)):
        before, count = content(url), struck_writes.statements_of(desk, act)
        for place, number in enumerate((turn % 2, 2 + turn * 7 % (count - 1))):
            code = CODES[(2 * turn + place) % len(CODES)]
            strike, told = struck_writes.by_code(code), struck_writes.FAULTS[code]
            assert struck_writes.what_went_wrong(desk, act, number, strike, told, before) == ""
        assert struck_writes.next_try(desk, act, before) == ""


@pytest.mark.parametrize("number", [3, struck_writes.AT_THE_END], ids=["in the middle", "at the end"])
def test_a_server_that_is_killed_in_a_write_and_started_again_has_nothing_of_it(postgresql_server, template, number):
    assert killed(postgresql_server, "a story", number) == ""


def test_a_user_or_a_database_that_may_only_read_reads_and_says_why_it_can_not_write(desk, url):
    with desk.engines()[0].begin() as connection:
        connection.exec_driver_sql("DROP ROLE IF EXISTS reader")
        connection.exec_driver_sql("CREATE ROLE reader LOGIN")
        connection.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    read_only = Desk(f"{url}&options=-c%20default_transaction_read_only%3Don")
    reader = Desk(url.replace("//dateline@", "//reader@"))
    before = content(url)
    for looking, why in ((read_only, "it is read-only"), (reader, "this user may not do that")):
        for act in ACTS.values():
            with pytest.raises(StoreError, match=why):
                act(looking)
        assert (looking.store.story_count(), list(looking.feeds.standing())) == (2, ["https://a.example/feed"])
        looking.close()
    assert content(url) == before
    with desk.engines()[0].begin() as connection:
        connection.exec_driver_sql("DROP OWNED BY reader")


@pytest.mark.parametrize("held", ["SELECT pg_advisory_xact_lock(hashtext('dateline'))", "LOCK TABLE {table}"])
def test_a_writer_or_a_table_that_is_held_for_ever_is_told_and_waited_for_the_next_time(url, held, monkeypatch):
    monkeypatch.setattr(opening, "LONGEST_WAIT", 0.02)
    desk, tables = Desk(url), "facts, changes, feed_subscriptions, feed_changes, watched_feeds, ended_sign_ins"
    before, address = content(url), make_url(url)
    with psycopg.connect(host=address.query["host"], dbname=address.database, user=address.username) as other:
        other.execute(held.format(table=f"{tables} IN EXCLUSIVE MODE"))  # others may read them
        for act in ACTS.values():
            with pytest.raises(StoreError, match="another program has been writing"):
                act(desk)
    assert content(url) == before
    assert [struck_writes.next_try(desk, act, content(url)) for act in ("a story", "a feed", "a sign-out")] == [""] * 3
    desk.close()


def test_a_write_that_a_kill_overtook_after_its_end_is_not_called_undone(desk, url, monkeypatch):
    def end_and_cut(connection):
        connection.commit()
        connection.driver_connection.close()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(desk.engines()[0].dialect, "do_commit", lambda connection: end_and_cut(connection))
    with pytest.raises(StoreError, match="whether it was stored is not known"):
        ACTS["a story"](desk)
    monkeypatch.undo()
    assert (desk.store.has("s3"), ACTS["a story"](desk), desk.what_is_wrong()) == (True, False, [])


def test_where_nobody_can_listen_the_revision_is_read_and_no_connection_is_left_behind(url, monkeypatch):
    monkeypatch.setattr(notices, "_LISTEN", "SELECT 1 / 0")
    store, before = Store.open(url), Desk(url)
    revision = before.store.revision()
    assert [store.revision() for _ in range(5)] == [revision] * 5
    ACTS["a story"](before)
    assert store.revision() == revision + 1
    connections = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    with before.engines()[0].connect() as connection:
        mine = connection.exec_driver_sql(connections).scalar()
    assert mine <= 4
    store.close()
    before.close()
