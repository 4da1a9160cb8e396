"""A full disk, a store that may only be read, two writers, kill -9: a clear message or a clean wait, and nothing broken."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event as listen
from test_corrections import fire, said, story

from events.corrections import Reject
from events.model import StoreError
from events.store import Store, keeping
from events.store.database import opening
from events.store.upkeep.checking import findings

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "news.sqlite"


def test_a_full_disk_is_told_and_what_is_stored_is_safe(path):
    store = Store.open(path)
    store.add(story(), [fire(story())])
    store.close()
    listen.listen(store._engine, "connect", lambda c, _: c.execute("PRAGMA max_page_count = 1"))
    big = story(2, "It rained. " * 50_000)
    with pytest.raises(StoreError, match="story s2 can't be stored: the disk is full"):
        store.add(big, [])
    assert ([told.id for told in store.stories()], list(findings(store._engine))) == (["s1"], [])
    store.close()


def test_a_store_that_may_only_be_read_is_read_and_says_so_when_written(path):
    Store.open(path).close()
    writer = Store.open(path)
    writer.add(story(), [fire(story())])
    store = Store.open(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert len(store.events()) == 1
    with pytest.raises(StoreError, match="can't be stored: it is read-only"):
        store.add(story(2), [])
    with pytest.raises(StoreError, match="it is read-only"):
        store.correct(said(Reject(), fire(story())))
    store.close()
    writer.close()


def test_a_damaged_record_is_told_with_the_way_to_find_it(path):
    store = Store.open(path)
    store.add(story(), [fire(story())])
    with store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE records SET extracted = '{'")
    with pytest.raises(StoreError, match="a record in it is damaged; `python -m events check` says which"):
        store.events()
    store.close()


def test_a_second_writer_waits_for_the_first(path):
    store = Store.open(path)
    lock = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    lock.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, lambda: lock.execute("COMMIT")).start()
    begun = time.monotonic()
    assert store.add(story(), [fire(story())])
    assert time.monotonic() - begun >= 0.2
    lock.close()
    store.close()


def test_a_writer_that_never_ends_is_told_after_the_wait(path, monkeypatch):
    monkeypatch.setattr(opening, "LONGEST_WAIT", 0.2)
    store = Store.open(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as lock:
        lock.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program has been writing"):
            store.add(story(), [])
        assert store.story_count() == 0
    store.close()


def test_two_writers_at_once_end_with_every_story_once(path):
    Store.open(path).close()
    stores = [Store.open(path), Store.open(path)]
    told = [story(number) for number in range(40)]
    added = []

    def write(store, stories):
        added.extend(store.add(one, [fire(one)]) for one in stories)

    threads = [threading.Thread(target=write, args=row) for row in zip(stores, (told, told[::-1]), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (added.count(True), added.count(False), stores[0].story_count()) == (40, 40, 40)
    assert list(findings(stores[0]._engine)) == []
    for store in stores:
        store.close()


def test_a_clock_that_jumps_changes_no_order_and_loses_no_version(path, monkeypatch):
    store = Store.open(path)
    store.add(story(), [fire(story())])
    for number, year in ((2, 2099), (3, 1970), (4, 2025)):
        monkeypatch.setattr(keeping, "now", lambda year=year: f"{year}-03-05T09:00:00Z")
        again = story(1, f"{story().text} Update {number}.").model_copy(update={"id": f"again-{number}"})
        assert store.add(again, [])
    assert [change.at.year for change in store.history()] == [2025, 1970, 2099]
    assert [kept.story.text[-9:] for kept in store.versions("s1")][1:] == ["Update 2.", "Update 3.", "Update 4."]
    assert store.mark()[1] == 3
    assert list(findings(store._engine)) == []
    store.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is tried with os.fork")
def test_killed_at_twenty_random_moments_it_ends_as_if_undisturbed():
    kill = [sys.executable, "-m", "benchmarks.kill", "--kills", "20", "--seed", str(time.time_ns() % 1000)]
    found = subprocess.run(kill, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, ""), found.stdout
