"""Whatever the model allows comes back from every format as it went in: cell by cell, geometry by geometry, event by event."""

import csv
import io
import json
import sqlite3
import unicodedata
import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from events.exporting.archive import Scoped, write_archive
from events.exporting.calendar import calendar
from events.exporting.csv_table import csv_table, safe_text
from events.exporting.geojson import geojson
from events.exporting.geoparquet import geoparquet
from events.exporting.json_lines import json_lines
from events.exporting.layers import geopackage, kml
from events.exporting.rows import COLUMNS, NAMES, plain, row_of, rows_of
from events.model import EventPlace, When
from events.store import Store
from events.store.columns.columns import in_time
from tests.exports import SQUARE, SmallGazetteer, dataset, retold
from tests.generated_events import events as an_event
from tests.generated_events import many_events

KML = "{http://www.opengis.net/kml/2.2}"
LAYERS = ("points", "lines", "areas", "no_ground")
HOSTILE = retold(
    id="=cmd|'/C calc'!A0", what="\u202e=1+1;@SUM(A1)\x00\x1b]0;x\x07]]><b>$[description]\r\nEND:VEVENT\ud800",
    place=None, when=None,
)  # fmt: skip
FAR = retold(id="far", status="planned", when=When(start=date(1, 1, 1), end=date(9999, 12, 31), precision="year"))
NAMELESS = retold(id="nameless", what="", place={"name": "", "precision": "region", "geometry": SQUARE})
areas = st.builds(
    EventPlace, name=st.text(max_size=5), lat=st.floats(-90, 90), lon=st.floats(-180, 180), radius_km=st.floats(0, 5000),
    precision=st.sampled_from(["district", "province", "sea", "region"]),
)  # fmt: skip
few = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def of_any(test):
    """Run a test on made-up events, and on those that every format has to stand up to."""
    return few(given(many_events)(example([HOSTILE, FAR, NAMELESS])(test)))


def expected(events):
    """By id, the cells that each format must hold, texts without what XML and databases refuse."""
    rows = rows_of(dataset(events))
    return {plain(row["id"]): {n: plain(c) if isinstance(c, str) else c for n, c in row.items()} for row in rows}


@of_any
def test_csv_gives_back_every_cell_with_its_formulas_disarmed(events):
    read = list(csv.DictReader(io.StringIO(csv_table(dataset(events)).decode("utf-8-sig"), newline="")))
    for row, cells in zip(rows_of(dataset(events)), read, strict=True):
        for column in COLUMNS:
            value, cell = row[column.name], cells[column.name]
            if value is None:
                assert cell == ""
            elif column.kind == "text":
                assert cell == safe_text(value)
            elif column.kind == "flag":
                assert cell == str(value).lower()
            else:
                assert type(value).fromisoformat(cell) == value if column.kind == "date" else float(cell) == value


@of_any
def test_geoparquet_gives_back_every_cell_and_geometry(events):
    table = pq.read_table(io.BytesIO(geoparquet(dataset(events))))
    read = table.select(NAMES).to_pylist()
    assert {row["id"]: row for row in read} == expected(events)
    grounds = {plain(name): ground.geometry for name, ground in dataset(events).grounds.items()}
    for name, wkb in zip(table["id"].to_pylist(), table["geometry"].to_pylist(), strict=True):
        assert (wkb is None) == (name not in grounds)
        assert wkb is None or shapely.from_wkb(wkb).equals(shapely.geometry.shape(grounds[name]))


@of_any
def test_a_geopackage_gives_back_every_cell_in_one_layer_each(events):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.gpkg"
        path.write_bytes(geopackage(dataset(events)))
        reading = sqlite3.connect(path)
        reading.row_factory = sqlite3.Row
        rows = [dict(row) for layer in LAYERS for row in reading.execute(f"SELECT {','.join(NAMES)} FROM {layer}")]
        reading.close()
    dated = {
        name: {n: c.isoformat() if isinstance(c, date) else c for n, c in row.items()}
        for name, row in expected(events).items()
    }
    assert {row["id"]: row for row in rows} == dated
    assert len(rows) == len(events)


@of_any
def test_geojson_holds_rings_that_close_within_the_world_and_the_cells_of_the_table(events):
    read = json.loads(geojson(dataset(events)), parse_constant=lambda name: 1 / 0)
    for event, feature in zip(events, read["features"], strict=True):
        cells = row_of(event, dataset(events).grounds.get(event.id))
        assert feature["properties"]["longitude"] == cells["longitude"]
        assert feature["properties"]["enddate"] == (cells["enddate"] and cells["enddate"].isoformat())
        for ring in rings(feature["geometry"]):
            assert ring[0] == ring[-1]
            assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)


def rings(geometry):
    """The outer and inner rings of an area."""
    if geometry is None or not geometry["type"].endswith("Polygon"):
        return []
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [ring for part in parts for ring in part]


@of_any
def test_kml_names_every_event_and_its_days_and_is_xml(events):
    marks = ElementTree.fromstring(kml(dataset(events))).findall(f".//{KML}Placemark")
    assert len(marks) == len(events)
    for event, mark in zip(events, marks, strict=True):
        name = (mark.findtext(f"{KML}name") or "").replace("$ [", "$[")
        assert "".join(unescape(name).split()) == "".join(unescape(plain(event.what)).split())
        begin, end = (mark.findtext(f"{KML}TimeSpan/{KML}{side}") for side in ("begin", "end"))
        assert (begin, end) == (
            (event.when.start.isoformat(), event.when.end.isoformat()) if event.when else (None, None)
        )


@of_any
def test_no_sign_that_turns_writing_round_or_moves_a_cursor_is_bare_in_json_lines(events):
    lines = json_lines(dataset(events)).decode()
    signs = {sign for sign in lines if unicodedata.category(sign) in {"Cc", "Cs"} or "\u202a" <= sign <= "\u202e"}
    assert signs <= {"\n"}
    assert [json.loads(line)["id"] for line in lines.split("\n")[:-1]] == [event.id for event in events]


@few
@given(an_event(), st.dates(), st.integers(0, 40))
def test_a_planned_day_ends_the_day_after_in_a_calendar_and_never_behind_the_last(event, start, length):
    end = start + timedelta(days=min(length, (date.max - start).days))
    event = event.model_copy(update={"status": "planned", "when": When(start=start, end=end, precision="day")})
    lines = calendar(dataset([event])).decode().replace("\r\n ", "").split("\r\n")
    after = [line.partition(":")[2] for line in lines if line.startswith("DTEND")]
    assert after == ([] if end == date.max else [(end + timedelta(days=1)).isoformat().replace("-", "")])
    assert sum(line == "END:VEVENT" for line in lines) == 1


@few
@given(many_events)
@example([HOSTILE.model_copy(update={"what": "\u202e=1+1\x00", "id": "h"}), FAR, NAMELESS])
def test_an_archive_opens_as_a_store_with_every_event_as_it_was(events):
    with TemporaryDirectory() as folder:
        scope = Scoped({"filters": "none"}, None, None)
        path = Path(folder) / "kept"
        write_archive(path, sorted(events, key=in_time), [], SmallGazetteer(), scope)
        found = Store.open(path).events()
    assert sorted(found, key=lambda event: event.id) == sorted(events, key=lambda event: event.id)


@few
@given(areas)
def test_the_ground_of_an_area_is_never_a_point_and_lies_within_the_world(place):
    event = retold().model_copy(update={"place": place})
    for ground in dataset([event]).grounds.values():
        west, south, east, north = shapely.geometry.shape(ground.geometry).bounds
        assert ground.geometry["type"].endswith("Polygon")
        assert (-180 <= west <= east <= 180, -90 <= south <= north <= 90) == (True, True)
