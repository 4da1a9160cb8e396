"""The columns of a large store: kept in files, mapped by whoever needs them, and grown by what is new."""

import numpy as np
import pytest

from events.store import Store
from events.store.columns import bulk_reading, kept_columns
from events.store.columns.columns import EventColumns, in_time
from events.store.columns.kept_columns import KeptColumns, read_columns, write_columns
from events.store.columns.merging import merged
from events.store.columns.row_index import RowIndex
from events.view import stored
from events.view.kept_regions import kept_regions
from events.view.stored import columns_of
from tests.news import NoGazetteer, SmallAtlas, march_events, store_of_march


@pytest.fixture(autouse=True)
def of_any_size(monkeypatch, tmp_path):
    monkeypatch.setattr(stored, "LEAST_KEPT", 1)
    monkeypatch.setattr(kept_columns.platformdirs, "user_cache_path", lambda name: tmp_path / "cache" / name)


def columns(events):
    return EventColumns.of(sorted(events, key=in_time))


def plain(some):
    """What columns say, whatever numbers they have for it."""
    sets = [set() for _ in range(some.sources.size)]
    for number, member in zip(some.sources.sets, some.sources.members, strict=True):
        sets[number].add(some.sources.names[member])
    places = [some.known_places[n] if n >= 0 else None for n in some.places.tolist()]
    numbers = [
        getattr(some, name).tolist() for name in ("ids", "start", "end", "published", "types", "statuses", "sureness")
    ]
    return [*numbers, places, [sets[n] for n in some.sources.of_row.tolist()], some.oldest, some.newest]


def filled(tmp_path, count=45):
    return store_of_march(tmp_path / "march.sqlite", count)


def test_what_is_read_from_the_files_is_what_was_written(tmp_path):
    made = columns(march_events())
    write_columns(KeptColumns.indexed(made), tmp_path / "kept")
    read = read_columns(tmp_path / "kept")
    assert plain(read) == plain(made)
    assert isinstance(read.start.base, np.memmap)
    assert read.by_place.at(np.array([0])).tolist() == np.flatnonzero(made.places == 0).tolist()


def test_files_of_another_form_are_passed_over(tmp_path):
    write_columns(KeptColumns.indexed(columns(march_events())), tmp_path / "kept")
    (tmp_path / "kept" / "about.json").write_text('{"form": 0}')
    assert read_columns(tmp_path / "kept") is None
    write_columns(KeptColumns.indexed(columns(march_events()[:9])), tmp_path / "kept")
    assert len(read_columns(tmp_path / "kept").ids) == 9
    assert read_columns(tmp_path / "nowhere") is None


def test_rows_are_changed_taken_out_and_put_in_at_their_places_in_time():
    events = march_events()
    moved = events[5].model_copy(update={"when": events[30].when, "place": events[0].place})
    old, now = (
        columns(events[:40]),
        [*events[:3], *events[4:5], moved, *events[6:]],
    )  # the fourth is gone, the last are new
    changed = columns([moved, *events[40:]])
    grown = merged(old, RowIndex.of(old.ids), changed, len(now), lambda: [event.id for event in now])
    assert plain(grown)[:-2] == plain(columns(now))[:-2]


def test_a_store_that_has_grown_is_read_only_where_it_is_new(tmp_path, monkeypatch):
    monkeypatch.setattr(bulk_reading, "OVERLAPPING", 0)
    store = filled(tmp_path, 40)
    assert len(columns_of(store).ids) == 40
    monkeypatch.setattr(Store, "columns", lambda self: pytest.fail("all was read anew"))
    filled(tmp_path).close()
    assert len(store.columns_after(40).ids) == 5
    grown = columns_of(store)
    monkeypatch.undo()
    whole = store.columns()
    assert plain(grown) == plain(whole)
    for name in ("newest_story", "newest_change", "last_published"):
        assert getattr(grown, name).tolist() == getattr(whole, name).tolist()
    store.close()


def test_the_regions_of_places_are_worked_out_once_for_a_gazetteer(tmp_path):
    asked = []

    class Watched(SmallAtlas):
        def regions_of(self, place):
            asked.append(place.id)
            return super().regions_of(place)

    keys = columns(march_events()).known_places
    first = kept_regions(keys[1:], Watched(), NoGazetteer(), "a", tmp_path)
    assert len(asked) == len(keys) - 1
    assert kept_regions(keys, Watched(), NoGazetteer(), "a", tmp_path)[1:] == first
    assert len(asked) == len(keys)  # the one that was new
    kept_regions(keys, Watched(), NoGazetteer(), "b", tmp_path)
    assert len(asked) == 2 * len(keys)
