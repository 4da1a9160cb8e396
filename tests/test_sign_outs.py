"""Who signs out is out in every process that shares the store, on both engines; and what if their table can't be read."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from events.dashboard.access.ended import BLIND_AFTER, LOOK_EVERY, Ended
from events.dashboard.access.persons import Person
from events.dashboard.access.sign_outs import SignOuts, place_of
from events.store import Store

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2025, 3, 10, 12, tzinfo=UTC)
ADA = Person("Ada", "editor", NOW + timedelta(hours=8), "a" * 64)
BO = Person("Bo", "viewer", NOW + timedelta(hours=1), "b" * 64)


class Clock:
    def __init__(self):
        self.seconds = 100.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def servers(store_url):
    """Two servers of one store, with one clock."""
    Store.open(store_url).close()
    clock = Clock()
    here, there = Ended(lambda: store_url, clock), Ended(lambda: store_url, clock)
    yield here, there, clock
    here.close()
    there.close()


def test_who_signs_out_at_one_server_is_out_at_the_other_a_second_later(servers):
    here, there, clock = servers
    there.look(NOW)
    here.add(ADA, NOW)
    assert (ADA in here, ADA in there, BO in here) == (True, False, False)
    clock.seconds += LOOK_EVERY
    there.look(NOW)
    assert (ADA in there, BO in there) == (True, False)


def test_a_server_that_is_started_anew_knows_who_signed_out_and_forgets_whose_time_is_over(servers, store_url):
    here, _, clock = servers
    here.add(BO, NOW)
    anew = Ended(lambda: store_url, clock)
    anew.look(NOW)
    assert BO in anew
    here.add(ADA, NOW + timedelta(hours=2))
    table = SignOuts.of(store_url)
    assert table.ended(NOW) == {ADA.key}
    table.close()
    anew.close()


def test_another_process_is_told(tmp_path):
    code = (
        "from events.dashboard.access.ended import ENDED; from tests.test_sign_outs import ADA, BO, NOW;"
        "ENDED.look(NOW); print(ADA in ENDED, BO in ENDED, ENDED.trouble())"
    )
    store = tmp_path / "news.sqlite"
    Ended(lambda: str(store)).add(ADA, NOW)
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "DATELINE_STORE": str(store)}, text=True,
        capture_output=True, check=True,
    )  # fmt: skip
    assert told.stdout.split() == ["True", "False"]


def test_a_dataset_and_a_file_that_is_only_read_have_theirs_in_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    (tmp_path / "news.sqlite").touch()
    assert place_of(str(tmp_path / "news.sqlite")) == str(tmp_path / "data" / "dateline" / "sign-outs.sqlite")
    assert place_of(str(tmp_path / "none.sqlite")) == str(tmp_path / "none.sqlite")
    Ended(lambda: str(tmp_path / "news.sqlite")).add(ADA, NOW)
    other = Ended(lambda: str(tmp_path / "news.sqlite"))
    other.look(NOW)
    assert ADA in other


def test_looking_makes_no_store(tmp_path):
    Ended(lambda: str(tmp_path / "news.sqlite")).look(NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_can_not_be_read_for_a_minute_lets_nobody_in_and_is_told_once_it_can(tmp_path, caplog):
    path, clock = tmp_path / "news.sqlite", Clock()
    path.write_bytes(b"no database" * 1000)
    ended = Ended(lambda: str(path), clock)
    ended.add(ADA, NOW)
    assert (ADA in ended, ended.trouble(), len(caplog.records)) == (True, "", 1)
    clock.seconds += BLIND_AFTER + 1
    ended.look(NOW)
    assert ended.trouble().startswith("a sign-out can't be written")
    path.unlink()
    ended.close()
    clock.seconds += LOOK_EVERY
    ended.look(NOW)
    assert (ended.trouble(), SignOuts.of(str(path)).ended(NOW)) == ("", {ADA.key})
