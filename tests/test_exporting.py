"""What is in an export: read back with the programs that people use, held byte for byte, hostile words as plain data."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import date
from html import unescape
from itertools import islice
from pathlib import Path

import geopandas
import pyarrow.parquet as pq
import pyogrio
import pytest
from hypothesis import given, settings

from events.command_output import write_parts
from events.exporting.csv_table import LONGEST_CELL, csv_table
from events.exporting.dataset import grounded, scope_of
from events.exporting.formats import FORMATS, format_of
from events.exporting.geojson import geojson
from events.exporting.geoparquet import geoparquet
from events.exporting.layers import geopackage, kml
from events.exporting.rows import COLUMNS, NAMES, plain
from events.model import StoreError
from events.view import EventTable, Filter, select
from tests.exports import SmallGazetteer, dataset, march, retold
from tests.generated_events import HOSTILE, many_events
from tests.news import SmallAtlas, march_events

GOLDEN = Path(__file__).parent / "data" / "exports"
DOCS = Path(__file__).parents[1] / "docs" / "output-formats.md"
KML = "{http://www.opengis.net/kml/2.2}"
CHOSEN = Filter(statuses=("planned", "cancelled"), end=date(2025, 3, 20))


def saved(data, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["geojson", "csv", "kml", "ics", "jsonl"])
def test_the_same_view_gives_the_bytes_of_the_golden_file(name):
    assert FORMATS[name].write(march(CHOSEN)) == (GOLDEN / f"planned.{name}").read_bytes()


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_twice_gives_the_same_bytes(name):
    assert FORMATS[name].write(march()) == FORMATS[name].write(march())


@pytest.mark.parametrize("name", ["geojson", "csv", "jsonl"])
def test_an_export_as_text_reads_on_when_what_was_read_is_written(name, monkeypatch):
    read = []
    table = EventTable.from_events(march_events(), SmallAtlas(), SmallGazetteer())
    monkeypatch.setattr(
        table.source, "in_order", lambda ids, own=table.source.events: (read.append(e) or e for e in own(ids))
    )
    view = select(table, Filter())
    parts = FORMATS[name].in_parts(scope_of(view, 38), grounded(view, SmallGazetteer()))
    begun = b"".join(islice(parts, 7))
    assert len(read) in {6, 7}
    assert begun + b"".join(parts) == FORMATS[name].write(march())


def test_a_file_that_is_broken_off_is_not_there(tmp_path):
    def broken():
        yield b"half"
        raise StoreError("the server is gone")

    with pytest.raises(StoreError):
        write_parts(tmp_path / "a.csv", broken())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_view_of_nothing_is_a_file_all_the_same(name, tmp_path):
    data = FORMATS[name].write(dataset([]))
    assert data or name == "jsonl"
    if name == "kml":
        assert ElementTree.fromstring(data).findall(f".//{KML}Placemark") == []
    if name in {"geojson", "gpkg", "parquet"}:
        path, layer = saved(data, tmp_path, f"none.{name}"), "points" if name == "gpkg" else None
        read = geopandas.read_parquet(path) if name == "parquet" else geopandas.read_file(path, layer=layer)
        assert len(read) == 0


def test_the_format_goes_by_the_ending_whatever_its_case():
    assert [format_of(name).name for name in ("A.GPKG", "b.json", "c.ndjson", "parquet")] == [
        "gpkg", "geojson", "jsonl", "parquet",
    ]  # fmt: skip
    assert format_of("notes.docx") is None


# ------------------------------------------------------------------ GeoJSON


def test_geojson_says_what_was_chosen_and_what_was_left_out():
    about = json.loads(geojson(march(CHOSEN)))["dateline"]
    assert about["filters"] == {"to": "2025-03-20", "status": ["planned", "cancelled"]}
    assert (about["events"], about["left_out"], about["undated"], about["unplaced"]) == (7, 38, 0, 0)


def test_a_choice_that_only_the_page_has_is_said_too():
    assert march(Filter(changed_from=date(2025, 3, 9))).scope.filters == {"changed-from": "2025-03-09"}


def test_geojson_has_plovers_names_and_a_feature_an_event():
    whole = json.loads(geojson(march()))
    assert len(whole["features"]) == 45
    properties = whole["features"][0]["properties"]
    assert (properties["event"], properties["date"], properties["enddate"]) == ("CONSULT", "2025-03-04", "2025-03-04")
    assert properties["event_loc"] == {"name": "Muscat", "country": "OM", "resolution": 4}
    assert properties["actor"] == ["Officials"]
    assert properties["cite_info"][0]["publication"] == "Gulf Courier"


def test_what_has_no_place_is_a_feature_with_null_geometry():
    features = json.loads(geojson(march()))["features"]
    unplaced = [f for f in features if f["properties"]["place"] is None]
    assert [f["geometry"] for f in unplaced] == [None, None, None]


def test_geopandas_reads_points_lines_and_areas_from_geojson(tmp_path):
    read = geopandas.read_file(saved(geojson(march()), tmp_path, "march.geojson"))
    assert read.crs.to_epsg() == 4326
    assert {"Point", "LineString", "Polygon"} <= set(read.geom_type.dropna())
    assert read.set_index("id").loc["ev0"].geometry.coords[0] == (58.4078, 23.5841)


# ------------------------------------------------------------------ CSV


def test_csv_has_the_columns_that_are_documented():
    rows = list(csv.DictReader(io.StringIO(csv_table(march()).decode("utf-8-sig"))))
    assert tuple(rows[0]) == NAMES
    assert (rows[0]["latitude"], rows[0]["place_precision"]) == ("23.5841", "city")
    section = DOCS.read_text(encoding="utf-8").partition("## Columns")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(NAMES)


def test_csv_gives_no_coordinates_of_its_own_to_an_area():
    rows = list(csv.DictReader(io.StringIO(csv_table(march()).decode("utf-8-sig"))))
    areas = [row for row in rows if row["place_precision"] not in {"exact", "city", ""}]
    assert {(row["latitude"], row["longitude"]) for row in areas} == {("", "")}
    assert all(row["label_latitude"] and float(row["radius_km"]) > 0 for row in areas)


def test_a_negative_number_stays_a_number():
    row = list(csv.reader(io.StringIO(csv_table(dataset([retold(place={"lon": -58.4})])).decode("utf-8-sig"))))[1]
    assert row[NAMES.index("longitude")] == "-58.4"


@given(many_events)
@settings(max_examples=40, deadline=None)
def test_no_cell_starts_a_formula_however_the_file_is_parted(events):
    text = csv_table(dataset(events)).decode("utf-8-sig")
    texts = [n for n, column in enumerate(COLUMNS) if column.kind == "text"]
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert {len(row) for row in rows} == {len(NAMES)}
    for row in rows[1:]:
        for cell in (row[n] for n in texts):
            assert len(cell) <= LONGEST_CELL + 1000
            for part in cell.split(";"):
                assert not part.strip(" \"'").startswith(tuple("=+-@＝＋－＠\t\r\n")) or "'" in part


# ------------------------------------------------------------------ GeoPackage, KML, GeoParquet


def test_a_geopackage_has_a_layer_a_kind_of_geometry_and_says_what_it_holds(tmp_path):
    path = saved(geopackage(march()), tmp_path, "march.gpkg")
    kinds = dict(pyogrio.list_layers(path))
    assert kinds == {
        "points": "Point", "lines": "MultiLineString", "areas": "MultiPolygon", "no_ground": None, "about": None,
    }  # fmt: skip
    counts = [len(geopandas.read_file(path, layer=name)) for name in ("points", "lines", "areas", "no_ground")]
    assert sum(counts) == 45
    about = geopandas.read_file(path, layer="about").set_index("name")["value"]
    assert about["unplaced"] == "3 (no region was asked of them)"


def test_a_geopackage_keeps_dates_as_dates_and_nothing_as_nothing(tmp_path):
    path = saved(geopackage(march()), tmp_path, "march.gpkg")
    points = geopandas.read_file(path, layer="points").set_index("id")
    assert points.loc["ev0", "date"].date() == date(2025, 3, 4)
    assert points["date"].isna().sum() == 1
    assert points["attribution"].isna().all()


def test_kml_has_a_time_span_for_every_dated_event(tmp_path):
    root = ElementTree.fromstring(kml(march()))
    placemarks = root.findall(f".//{KML}Placemark")
    assert len(placemarks) == 45
    assert placemarks[0].findtext(f"{KML}TimeSpan/{KML}begin") == "2025-03-04"
    assert len(geopandas.read_file(saved(kml(march()), tmp_path, "march.kml"))) == 45


def test_geoparquet_reads_back_with_geopandas_and_pyarrow(tmp_path):
    path = saved(geoparquet(march()), tmp_path, "march.parquet")
    read = geopandas.read_parquet(path).set_index("id")
    assert (len(read), read.crs.to_authority()) == (45, ("OGC", "CRS84"))
    assert read.loc["ev0", "date"] == date(2025, 3, 4)
    assert read.geometry.isna().sum() == len(read) - read["ground"].notna().sum()
    assert json.loads(pq.read_schema(path).metadata[b"dateline"])["filters"] == "none"


def test_geoparquet_metadata_are_what_version_1_1_asks_for(tmp_path):
    path = saved(geoparquet(march()), tmp_path, "march.parquet")
    geo = json.loads(pq.read_schema(path).metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert (geo["version"], column["encoding"], column["orientation"]) == ("1.1.0", "WKB", "counterclockwise")
    read = geopandas.read_parquet(path)
    assert column["geometry_types"] == sorted(set(read.geom_type.dropna()))
    assert column["bbox"] == pytest.approx(list(read.total_bounds))
    assert column["covering"]["bbox"] == {side: ["bbox", side] for side in ("xmin", "ymin", "xmax", "ymax")}
    near = geopandas.read_parquet(path, bbox=(58.0, 23.0, 59.0, 24.0))
    assert set(near["place"]) >= {"Muscat"}


# ------------------------------------------------------------------ hostile words


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_titles_and_places_are_plain_data_in_every_layer(hostile, tmp_path):
    events = [retold(what=hostile, attribution=hostile, place={"name": hostile})]
    parquet = geopandas.read_parquet(saved(geoparquet(dataset(events)), tmp_path, "a.parquet"))
    points = geopandas.read_file(saved(geopackage(dataset(events)), tmp_path, "a.gpkg"), layer="points")
    read = json.loads(geojson(dataset(events)))["features"][0]["properties"]
    assert (parquet["title"][0], points["title"][0]) == (plain(hostile), plain(hostile))
    assert (read["title"], read["place"]) == (hostile, hostile)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_bring_no_markup_and_no_fields_into_google_earth(hostile):
    root = ElementTree.fromstring(kml(dataset([retold(what=hostile, place={"name": hostile})])))
    placemark = root.find(f".//{KML}Placemark")
    name, description = placemark.findtext(f"{KML}name") or "", placemark.findtext(f"{KML}description")
    assert "<" not in name
    assert set(re.findall(r"<[^>]*>", description)) == {"<p>", "</p>"}
    assert "$[" not in name + description
    assert plain(hostile).strip().replace("\r\n", "\n") in unescape(description)


@given(many_events)
@settings(max_examples=25, deadline=None)
def test_every_format_takes_whatever_the_model_allows(events):
    for form in FORMATS.values():
        assert form.write(dataset(events)) or not events
    ElementTree.fromstring(kml(dataset(events)))
