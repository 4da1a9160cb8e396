"""A dataset: a folder of GeoParquet that other programs read, that opens as a store, and that is there whole or not at all."""

import json
from datetime import date

import duckdb
import geopandas
import numpy as np
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from events import __main__ as command_line
from events.exporting.archive import Scoped, write_archive
from events.model import StoreError
from events.store import Store
from events.store.archive.dataset import is_archive, manifest_of
from events.store.columns.columns import EventColumns, in_time
from events.store.streaming import ToldStory
from events.view import EventTable, Filter, select
from events.view.stored import StoredEvents, columns_of
from tests.exports import SmallGazetteer
from tests.news import SmallAtlas, march_events, march_stories, store_of_march

SCOPE = Scoped({"filters": "none"}, date(2025, 3, 4), date(2025, 3, 14))


def told(stories):
    return (ToldStory(s.id, s.model_dump_json(), ()) for s in sorted(stories, key=lambda story: story.id))


def write(folder, events=None, stories=None):
    events = sorted(march_events() if events is None else events, key=in_time)
    return write_archive(folder, events, told(march_stories() if stories is None else stories), SmallGazetteer(), SCOPE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("dataset") / "march"
    write(path)
    return path


def by_id(events):
    return sorted(events, key=lambda event: event.id)


def run(*arguments):
    return CliRunner().invoke(command_line.app, [str(argument) for argument in arguments])


# ------------------------------------------------------------------ what other programs read


def test_geopandas_reads_the_events_of_all_months_with_their_grounds(folder):
    read = geopandas.read_parquet(folder / "events").set_index("id")
    assert (len(read), read.crs.to_authority()) == (45, ("OGC", "CRS84"))
    assert read.loc["ev0", "date"] == date(2025, 3, 4)
    assert set(read["month"].astype(str)) == {"2025-03", "undated"}
    assert {"Point", "LineString", "Polygon"} <= set(read.geom_type.dropna())
    assert "Muscat" in set(geopandas.read_parquet(folder / "events", bbox=(58.0, 23.0, 59.0, 24.0))["place"])


def test_duckdb_reads_months_as_a_column_and_skips_by_the_box(folder):
    files = f"read_parquet('{folder}/events/**/*.parquet', hive_partitioning = true)"
    counts = duckdb.sql(f"SELECT month, count(*) FROM {files} GROUP BY 1 ORDER BY 1").fetchall()
    assert counts == [("2025-03", 43), ("undated", 2)]
    near = f"SELECT DISTINCT place FROM {files} WHERE bbox.xmin BETWEEN 58 AND 59 AND bbox.ymin BETWEEN 23 AND 24"
    assert duckdb.sql(near).fetchall() == [("Muscat",)]


def test_every_file_says_in_geoparquets_way_where_the_boxes_stand(folder):
    geo = json.loads(pq.read_schema(folder / "events/month=2025-03/part-0.parquet").metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert (geo["version"], column["encoding"]) == ("1.1.0", "WKB")
    assert column["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]


# ------------------------------------------------------------------ whole or not at all


def test_the_same_events_give_the_same_dataset(folder, tmp_path):
    assert write(tmp_path / "again") == manifest_of(folder)


def test_a_run_that_fails_leaves_what_was_there_and_nothing_beside_it(tmp_path):
    before = write(tmp_path / "march")

    def broken():
        yield march_events()[0]
        raise ValueError("the store is gone")

    with pytest.raises(ValueError, match="the store is gone"):
        write_archive(tmp_path / "march", broken(), told([]), SmallGazetteer(), SCOPE)
    assert [path.name for path in tmp_path.iterdir()] == ["march"]
    assert manifest_of(tmp_path / "march") == before


def test_a_folder_that_holds_anything_else_is_not_touched(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="is no dataset"):
        write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_dataset_of_nothing_is_one_all_the_same(tmp_path):
    write(tmp_path / "none", [], [])
    store = Store.open(tmp_path / "none")
    assert (store.events(), store.story_count(), len(store.columns().ids)) == ([], 0, 0)


# ------------------------------------------------------------------ as a store


def test_a_dataset_opens_as_a_store_with_every_event_and_story_as_it_was(folder):
    store = Store.open(folder)
    assert by_id(store.events()) == by_id(march_events())
    assert [store.event("ev7"), store.event("nobody")] == [march_events()[7], None]
    assert [store.story("march-3"), store.story("nobody")] == [march_stories()[3], None]
    assert store.stories() == sorted(march_stories(), key=lambda story: story.id)


def test_its_columns_are_those_of_its_events(folder):
    read, made = Store.open(folder).columns(), EventColumns.of(sorted(march_events(), key=in_time))
    for name in ("ids", "start", "end", "published", "types", "statuses", "sureness"):
        assert np.array_equal(getattr(read, name), getattr(made, name)), name
    assert [read.known_places[n] for n in read.places if n >= 0] == [
        made.known_places[n] for n in made.places if n >= 0
    ]
    assert read.sources.counts(read.start > 0) == made.sources.counts(made.start > 0)


def test_a_view_of_it_is_the_view_of_its_events(folder):
    store = Store.open(folder)
    columns = columns_of(store)
    table = EventTable.from_columns(
        columns, StoredEvents(store, len(columns.ids)), SmallAtlas(), SmallGazetteer(), store
    )
    same = EventTable.from_events(march_events(), SmallAtlas(), SmallGazetteer())
    for chosen in (Filter(), Filter(words="GRAIN odesa"), Filter(statuses=("planned",), words="-dockers")):
        one, other = select(table, chosen), select(same, chosen)
        assert tuple(one.shown) == tuple(other.shown)
        assert (one.counts, len(one.undated), len(one.unplaced)) == (
            other.counts,
            len(other.undated),
            len(other.unplaced),
        )


def test_what_would_write_says_that_it_is_only_read(folder):
    store = Store.open(folder)
    with pytest.raises(StoreError, match="is only read: to add or correct, name a store that is a database"):
        store.add(march_stories()[0], [])
    with pytest.raises(StoreError, match="is only read"):
        store.undo(1, "Ada")


def test_a_file_that_was_cut_short_is_named(tmp_path):
    write(tmp_path / "march")
    file = tmp_path / "march/records/month=undated/part-0.parquet"
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(StoreError, match=r"records/month=undated/part-0\.parquet is missing or was changed"):
        Store.open(tmp_path / "march")


def test_the_command_writes_a_dataset_and_every_view_of_it_is_that_of_the_store(tmp_path):
    store_of_march(tmp_path / "march.sqlite").close()
    result = run("export", "--store", tmp_path / "march.sqlite", "--to-dataset", tmp_path / "march")
    assert (result.exit_code, is_archive(tmp_path / "march")) == (0, True), result.stderr
    assert "45 events as a dataset" in result.stderr
    views = [run("export", "--store", tmp_path / name, "--to", "2025-03-09") for name in ("march.sqlite", "march")]
    assert views[0].stdout == views[1].stdout
    narrowed = run(
        "export", "--store", tmp_path / "march", "--words", "grain odesa", "--to-dataset", tmp_path / "grain"
    )
    assert (narrowed.exit_code, Store.open(tmp_path / "grain").story_count()) == (0, 1), narrowed.stderr
    (tmp_path / "wire.txt").write_text("A bridge fell in Odesa on 3 March 2025, the port said.")
    refused = run("ingest", tmp_path / "wire.txt", "--store", tmp_path / "march", "--light")
    assert (refused.exit_code, "is only read" in refused.stderr) == (2, True)
