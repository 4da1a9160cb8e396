"""Every write of a store meets every fault: nothing of it is there, it is told why, and the next try succeeds.

Acts by faults: a disk that is full at each of an act's statements and at its end, a store that may only be read, a writer
that never ends, a clock that jumps; and a store of an older schema in each of these.
"""

import re
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from test_store_migration import old
from typer.testing import CliRunner

from benchmarks.store_acts import ACTS, Desk, content, overheard
from events import __main__ as command_line
from events import extraction_commands
from events.model import StoreError
from events.store import Store
from events.store.database import opening
from events.store.upkeep.checking import findings
from tests.feeds import Counting

assert old  # a fixture
WRITES = re.compile(r"\s*(insert|update|delete|create|drop|alter)", re.IGNORECASE)


@contextmanager
def failing(engines, number):
    """The disk is full at the statement with this number that writes; 0: at the end. Gives a list with what was full."""
    seen, full = [], []

    def fail(statement):
        full.append(statement)
        raise OperationalError(statement, None, sqlite3.OperationalError("database or disk is full"))

    def execute(connection, cursor, statement, *_):
        if WRITES.match(statement):
            seen.append(statement)
            if len(seen) == number:
                fail(statement)

    def commit(connection):
        if number == 0 and connection.get_execution_options().get("writing"):
            fail("COMMIT")

    with overheard(engines, execute, commit):
        yield full


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    path = tmp_path_factory.mktemp("filled") / "news.sqlite"
    Desk(f"sqlite:///{path}").filled().close()
    return path


@pytest.fixture
def path(filled, tmp_path):
    return Path(shutil.copy(filled, tmp_path / "news.sqlite"))


@pytest.fixture
def desk(path):
    opened = Desk(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_disk_that_is_full_at_any_statement_leaves_the_store_as_it_was(desk, path, act):
    before, number, full = content(f"sqlite:///{path}"), -1, [""]
    while full:
        number += 1
        with failing(desk.engines(), number) as full:
            try:
                act(desk)
            except StoreError as error:
                assert "the disk is full" in str(error)
                assert content(f"sqlite:///{path}") == before
    assert number > 1
    assert content(f"sqlite:///{path}") != before
    assert desk.what_is_wrong() == []


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_store_that_may_only_be_read_says_so_and_stays_as_it_is(desk, path, act):
    before, reading = content(f"sqlite:///{path}"), Desk(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(StoreError, match="it is read-only"):
        act(reading)
    reading.close()
    assert content(f"sqlite:///{path}") == before


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_writer_that_never_ends_is_told_and_waited_for_the_next_time(path, act, monkeypatch):
    monkeypatch.setattr(opening, "LONGEST_WAIT", 0.05)
    desk, other = Desk(f"sqlite:///{path}"), sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="another program has been writing"):
        act(desk)
    other.execute("ROLLBACK")
    other.close()
    act(desk)
    assert desk.what_is_wrong() == []
    desk.close()


# ------------------------------------------------------------------ an older schema


def version_of(path):
    with closing(sqlite3.connect(path)) as connection:
        (schema,) = connection.execute("SELECT value FROM facts WHERE key = 'schema'").fetchone()
        return schema, connection.execute("SELECT count(*) FROM stories").fetchone()[0]


def test_a_disk_that_is_full_while_a_store_is_brought_up_to_date_leaves_the_old_one(old, monkeypatch):
    made = opening.create_engine
    for number in (0, 1, 7, 20):
        with (
            pytest.MonkeyPatch.context() as patched,
            _every_engine(patched, made, number),
            pytest.raises(StoreError, match="the disk is full"),
        ):
            Store.open(old)
        assert version_of(old) == (1, 2)
    store = Store.open(old)
    assert (store.story_count(), list(findings(store._engine))) == (2, [])
    store.close()


@contextmanager
def _every_engine(patched, made, number):
    """All engines that are made meanwhile meet a full disk."""
    hooks = []

    def engine(*given, **named):
        one = made(*given, **named)
        hook = failing([one], number)
        hook.__enter__()
        hooks.append(hook)
        return one

    patched.setattr(opening, "create_engine", engine)
    yield
    for hook in hooks:
        hook.__exit__(None, None, None)


def test_an_older_store_that_may_only_be_read_or_has_no_room_for_its_copy_is_told_and_left(old, monkeypatch):
    with pytest.raises(StoreError, match="it is read-only"):
        Store.open(f"sqlite:///file:{old}?mode=ro&uri=true")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("events.store.migrating.migration.copy_file", full)
    with pytest.raises(StoreError, match="the disk is full"):
        Store.open(old)
    assert version_of(old) == (1, 2)


# ------------------------------------------------------------------ at the command line


@pytest.mark.parametrize("command", ["ingest", "watch", "check", "audit"])
def test_a_command_on_a_store_that_may_only_be_read_reads_or_says_why_it_can_not_write(
    tmp_path, path, command, monkeypatch
):
    monkeypatch.setattr(extraction_commands, "_load", lambda light, names="": Counting())
    (tmp_path / "wire.txt").write_text("Ferry sinks\nDate: 2025-01-08\n\nA ferry sank off Banjul on Monday.\n")
    given = {"ingest": [str(tmp_path / "wire.txt")], "watch": ["http://127.0.0.1:9009/feed", "--once"]}.get(command, [])
    before = content(f"sqlite:///{path}")
    run = CliRunner().invoke(command_line.app, [command, *given, "--store", f"sqlite:///file:{path}?mode=ro&uri=true"])
    assert content(f"sqlite:///{path}") == before
    assert (run.exit_code, "read-only" in run.stderr) == ((2, True) if given else (0, False))
