"""Words in a large store: an index in files finds what a look through all that is told finds, however the store grew."""

import random
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
from typer.testing import CliRunner

from benchmarks.invented_stories import invented
from events import __main__ as command_line
from events import store_commands
from events.corrections import Correction, Reject
from events.dashboard import loading
from events.exporting.archive import Scoped, write_archive
from events.model import StoreError
from events.store import Store
from events.store.words import at_hand, background, block_making, making, word_index
from events.store.words.background import IndexMaker, is_due
from events.store.words.block_making import block_of
from events.store.words.making import LOCK, bring_up_to_date
from events.store.words.segment import SegmentWriter, read_segment
from events.store.words.word_index import folder_of, read_manifest, write_manifest
from events.store.words.wording import wording_of
from events.view import EventTable, Filter, select, stored
from events.view.stored import StoredEvents, are_words_slow
from tests.exports import SmallGazetteer
from tests.news import NoGazetteer, SmallAtlas, march_events, store_of_march

ASKED = (
    ["drones"],
    ["o"],
    ["ra", "s"],
    ["in", "crowds"],
    ["tass"],
    ["nobody said it"],
    ["1"],
    ["wire", "ire"],
    ["."],
)


@pytest.fixture(autouse=True)
def of_any_size(monkeypatch, tmp_path):
    """Every store is a large one, its blocks are small, and what stands in many of their events is common."""
    monkeypatch.setattr(word_index.platformdirs, "user_cache_path", lambda name: tmp_path / "cache" / name)
    monkeypatch.setattr(stored, "MOST_IN_MEMORY", 0)
    monkeypatch.setattr(background, "LEAST_INDEXED", 1)
    monkeypatch.setattr(making, "MOST_EVENTS", 16)
    monkeypatch.setattr(block_making, "COMMON", 12)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    """Files of the stories of March: of the first ten, and of all."""
    path = tmp_path_factory.mktemp("march")
    store_of_march(path / "all.sqlite", 10).close()
    shutil.copyfile(path / "all.sqlite", path / "ten.sqlite")
    store_of_march(path / "all.sqlite").close()
    return path


@pytest.fixture
def march(made_once, tmp_path):
    """A store of its own for each test, of all stories of March."""
    store = Store.open(shutil.copyfile(made_once / "all.sqlite", tmp_path / "march.sqlite"))
    yield store
    store.close()


@pytest.fixture
def without_a_look(monkeypatch):
    """Only the index answers."""
    monkeypatch.setattr(Store, "candidates", lambda self, words: pytest.fail("the database was asked"))


def table_of(store):
    columns = store.columns()
    return EventTable.from_columns(columns, StoredEvents(store, len(columns.ids), columns), SmallAtlas(), NoGazetteer())


def found(store, words):
    """The ids of the events that the page's table finds."""
    table = table_of(store)
    return set(table.ids(np.flatnonzero(table.worded(words))))


def told(store, words):
    """The same by a look through all that is told."""
    return {event.id for event in store.events() if all(word in wording_of(event) for word in words)}


def assert_finds_all(store, asked=ASKED):
    assert [found(store, words) for words in asked] == [told(store, words) for words in asked]


# ------------------------------------------------------------------ a block


@pytest.mark.parametrize("seed", range(4))
def test_a_block_finds_every_piece_of_a_word_and_no_more(seed, tmp_path):
    chance = random.Random(seed)
    letters = "aab.é日\U0001f30b"
    wordings = [
        " ".join("".join(chance.choices(letters, k=chance.randint(1, 5))) for _ in range(chance.randint(0, 6)))
        for _ in range(200)
    ]
    with SegmentWriter(tmp_path) as writer:
        writer.add(made := block_of(wordings))
    (block,) = read_segment(tmp_path)
    assert made.common and len(made.bits) <= len(made.common)
    for _ in range(60):
        words = ["".join(chance.choices(letters, k=chance.randint(1, 4))) for _ in range(chance.randint(1, 2))]
        expected = [number for number, text in enumerate(wordings) if all(word in text for word in words)]
        assert block.having(words).tolist() == expected


# ------------------------------------------------------------------ a store


def test_what_is_told_of_every_event_is_what_its_record_and_its_reports_tell(store_url):
    store = Store.open(store_url)
    for one in invented(20, seed=5):
        store.add(*one)
    events = store.events()
    assert max(len(event.reports) for event in events) > 2
    assert dict(store.wordings()) == {event.id: wording_of(event) for event in events}
    assert len(dict(store.wordings(store.revision() + 19))) < len(events)
    store.close()


def test_an_index_finds_what_a_look_finds_while_the_store_grows_and_changes(tmp_path, without_a_look):
    store = Store.open(tmp_path / "news.sqlite")
    for number, one in enumerate(invented(40, seed=3)):
        store.add(*one)
        if number == 20:
            bring_up_to_date(store)
    assert_finds_all(store)
    bring_up_to_date(store)
    grown = read_manifest(folder_of(store.identity()))
    for story_id in store.story_ids()[:20:4]:
        for event in store.events_of(story_id)[:1]:
            store.correct(Correction(reports=(event,), change=Reject(), who="Ada"))
    assert_finds_all(store)
    bring_up_to_date(store)
    assert_finds_all(store)
    assert grown.upto < store.revision()
    folders = {path.name for path in folder_of(store.identity()).glob("segment-*")}
    assert folders == {each.name for each in read_manifest(folder_of(store.identity())).segments}
    store.close()


def test_what_a_later_segment_has_of_an_event_is_what_counts(tmp_path, without_a_look, monkeypatch):
    monkeypatch.setattr(making, "staying", lambda sizes, fresh: len(sizes))
    monkeypatch.setattr("events.store.words.telling.OVERLAPPING", 0)
    store = Store.open(tmp_path / "news.sqlite")
    for number, one in enumerate(invented(24, seed=8)):
        store.add(*one)
        if number % 8 == 7:
            bring_up_to_date(store)
    assert [each.after for each in read_manifest(folder_of(store.identity())).segments] == [None, 8, 16]
    assert_finds_all(store)
    store.close()


def test_a_view_by_words_is_the_same_with_an_index_and_in_memory(march, without_a_look):
    bring_up_to_date(march)
    same = EventTable.from_events(march.events(), SmallAtlas(), NoGazetteer())
    for words in ("drones", "DRONES odesa", "-drones", "grain -odesa -dockers", "Zürich", "n", "-e"):
        one, other = (select(table, Filter(words=words)) for table in (table_of(march), same))
        assert (tuple(one.shown), one.counts) == (tuple(other.shown), other.counts)


def test_a_dataset_is_asked_by_its_rows(tmp_path, monkeypatch):
    scope = Scoped({}, date(2025, 3, 4), date(2025, 3, 14))
    ordered = sorted(march_events(), key=lambda event: (event.when is None, event.when and event.when.start, event.id))
    write_archive(tmp_path / "march", ordered, [], SmallGazetteer(), scope)
    store = Store.open(tmp_path / "march")
    before = [found(store, words) for words in ASKED]
    bring_up_to_date(store)
    monkeypatch.setattr(type(store), "rows_worded", lambda self, words: pytest.fail("its files were read"))
    assert [found(store, words) for words in ASKED] == before
    assert not is_due(store, 45)


# ------------------------------------------------------------------ what goes wrong


def scrambled(path):
    path.write_bytes(bytes(reversed(path.read_bytes())))


@pytest.mark.parametrize(
    "break_it",
    [
        lambda folder: next(folder.glob("segment-*/starts.bin")).write_bytes(b"short"),
        lambda folder: scrambled(next(folder.glob("segment-*/starts.bin"))),
        lambda folder: scrambled(next(folder.glob("segment-*/about.json"))),
        lambda folder: next(folder.glob("segment-*/about.json")).write_text('{"form": 1, "blocks": {"a": []}}'),
        lambda folder: (folder / "index.json").write_text('{"form": 1, "upto": 1, "segments": [{"name": "../x"}]}'),
        lambda folder: (folder / "index.json").write_text("[" * 100_000),
        lambda folder: shutil.rmtree(next(folder.glob("segment-*"))),
    ],
    ids="cut lists about blocks segment nested gone".split(),
)
def test_a_damaged_index_is_as_good_as_none_and_is_made_anew(march, break_it):
    bring_up_to_date(march)
    break_it(folder_of(march.identity()))
    assert found(march, ["drones"]) == told(march, ["drones"])
    bring_up_to_date(march)
    assert march.words.rows_with(["drones"], *ids_of(march)) is not None
    assert found(march, ["o"]) == told(march, ["o"])


def test_a_damaged_index_that_cannot_be_deleted_is_as_good_as_none(march, monkeypatch):
    bring_up_to_date(march)
    next(folder_of(march.identity()).glob("segment-*/starts.bin")).write_bytes(b"short")

    def refused(path, missing_ok=False):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(type(folder_of("")), "unlink", refused)
    assert found(march, ["drones"]) == told(march, ["drones"])


def ids_of(store):
    columns = store.columns()
    return columns.ids, word_index.RowIndex.of(columns.ids)


def test_an_index_of_another_store_answers_nothing(march, made_once):
    ten = Store.open(made_once / "ten.sqlite")
    bring_up_to_date(march)
    folder_of(march.identity()).rename(folder_of(ten.identity()))
    assert ten.words.rows_with(["drones"], *ids_of(ten)) is None  # it is ahead of the store
    bring_up_to_date(ten)
    folder_of(ten.identity()).rename(folder_of(march.identity()))
    manifest = read_manifest(folder_of(march.identity()))
    write_manifest(folder_of(march.identity()), replace(manifest, upto=march.revision()))
    assert march.words.rows_with(["drones"], *ids_of(march)) is None  # it lacks rows that are as old as itself
    ten.close()


def test_a_run_that_is_stopped_halfway_leaves_the_index_as_it_was(march):
    bring_up_to_date(march)
    before = sorted(folder_of(march.identity()).iterdir())
    march.add(*invented(1, seed=1)[0])

    def stopped(events):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_up_to_date(march, stopped)
    assert sorted(folder_of(march.identity()).iterdir()) == before
    assert_finds_all(march, ASKED[:3])


def test_of_two_processes_one_makes_the_index(march):
    folder = folder_of(march.identity())
    folder.mkdir(parents=True)
    code = "import sqlite3, sys; lock = sqlite3.connect(sys.argv[1], isolation_level=None); lock.execute('BEGIN EXCLUSIVE')\n"
    code += "print('held', flush=True); sys.stdin.read()"
    other = subprocess.Popen([sys.executable, "-c", code, folder / making.LOCK], stdin=-1, stdout=-1, text=True)
    assert other.stdout.readline() == "held\n"
    assert (bring_up_to_date(march), read_manifest(folder)) == (False, None)
    other.kill()
    other.communicate()
    assert bring_up_to_date(march)


def test_too_much_that_is_new_is_not_looked_through(tmp_path, made_once, monkeypatch):
    store = Store.open(shutil.copyfile(made_once / "ten.sqlite", tmp_path / "grows.sqlite"))
    bring_up_to_date(store)
    monkeypatch.setattr(at_hand, "MOST_SINCE", 10)
    store.add(*invented(1, seed=1)[0])
    assert store.words.rows_with(["drones"], *ids_of(store)) is None
    bring_up_to_date(store)
    assert store.words.rows_with(["drones"], *ids_of(store)) is not None
    store.close()


def test_where_the_index_cannot_be_written_it_is_said_why(march, monkeypatch):
    folder_of(march.identity()).parent.mkdir(parents=True)
    folder_of(march.identity()).write_text("in the way")
    with pytest.raises(StoreError, match=r"index of words in .* can't be made: what should be its folder is a file"):
        bring_up_to_date(march)


def test_a_lock_that_is_no_database_is_named_with_what_to_do(march):
    folder = folder_of(march.identity())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / LOCK).write_bytes(b"no database, " * 500)
    with pytest.raises(StoreError, match=f"{LOCK} .*: delete it"):
        bring_up_to_date(march)


def test_the_command_makes_it_where_one_is_needed(march, monkeypatch):
    run = partial(CliRunner().invoke, command_line.app, ["index", "--store", str(march.file())])
    assert "No index is needed: the store has fewer than 50,000 events." in run().stderr
    monkeypatch.setattr(store_commands, "LEAST_INDEXED", 45)
    assert "The index of words is up to date." in run().stderr
    assert read_manifest(folder_of(march.identity())).upto == march.revision()


# ------------------------------------------------------------------ the page's server


def test_the_server_has_the_index_made_where_it_is_due(march, monkeypatch):
    assert are_words_slow(table_of(march))
    monkeypatch.setattr(background, "_failure", lambda: bring_up_to_date(march) and "")
    maker = IndexMaker()
    assert maker.see_to(march, 45)
    maker._thread.join()
    assert not maker.see_to(march, 45)
    assert not are_words_slow(table_of(march))
    monkeypatch.setattr(background, "MOST_REVISIONS", 0)
    march.add(*invented(1, seed=1)[0])
    assert is_due(march, 46)


def test_a_process_that_fails_is_told_in_the_log_and_not_tried_again_at_once(march, monkeypatch, caplog):
    monkeypatch.setattr(background, "_COMMAND", [sys.executable, "-c", "raise SystemExit('no room \x1b on the disk')"])
    maker = IndexMaker()
    assert maker.see_to(march, 45)
    maker._thread.join()
    assert "the index of words was not made: no room \N{REPLACEMENT CHARACTER} on the disk" in caplog.text
    assert not maker.see_to(march, 45)
    maker._not_before = 0.0
    assert maker.see_to(march, 45)
    maker._thread.join()


def test_the_server_asks_for_the_index_though_the_store_stays_as_it_is(march, monkeypatch):
    asked = []
    maker = SimpleNamespace(see_to=lambda store, events: asked.append((store, events)))
    for name, given in {"store": march, "_table": range(45), "_index_maker": maker}.items():
        monkeypatch.setattr(loading, name, lambda *_, given=given: given)
    loading.table()
    loading.table()
    assert asked == [(march, 45)] * 2
