"""A person's own layers: what is read of GeoJSON and GeoPackage files, what is refused and in which words."""

import json
import sqlite3

import numpy as np
import pytest
import shapely
from pyogrio.raw import write
from starlette.applications import Starlette
from starlette.testclient import TestClient

from events.dashboard.map.overlays import take_in
from events.dashboard.map.routes import routes
from events.reading.overlays import OverlayError, read_overlays, shapes

SQUARE = [[[10, 50], [11, 50], [11, 51], [10, 51], [10, 50]]]
LINE = {"type": "LineString", "coordinates": [[10, 50], [12, 51, 300]]}


def collection(*geometries, **more):
    features = [{"type": "Feature", "properties": {"name": "<b>x"}, "geometry": one} for one in geometries]
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def package(path, geometries, crs="EPSG:4326", layer="roads", append=False):
    field = np.array(["<script>"] * len(geometries), dtype=object)
    kinds = sorted({one.geom_type for one in geometries})
    write(
        path, shapely.to_wkb(np.array(geometries)), [field], ["title"], layer=layer, driver="GPKG", crs=crs,
        geometry_type=kinds[0] if len(kinds) == 1 else "Unknown", append=append,
    )  # fmt: skip
    return path


def refused(content, name="mine.geojson"):
    with pytest.raises(OverlayError) as error:
        read_overlays(content, name)
    return str(error.value)


def test_points_lines_and_areas_are_counted_apart_and_heights_are_dropped():
    point, area = {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]}, {"type": "Polygon", "coordinates": SQUARE}
    (layer,) = read_overlays(collection(point, LINE, LINE, area, None), "front.geojson")
    assert (layer.name, layer.shapes, layer.count) == ("front", (1, 2, 1), 4)
    assert layer.points == ((1.0, 2.0), (3.0, 4.0))
    assert layer.lines[0] == ((10.0, 50.0), (12.0, 51.0))
    assert len(layer.areas[0][0]) == 5


def test_collections_within_collections_are_taken_apart():
    nested = {"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection", "geometries": [LINE]}]}
    assert read_overlays(json.dumps(nested).encode(), "x")[0].lines == (((10.0, 50.0), (12.0, 51.0)),)


def test_nothing_that_the_file_says_in_words_is_kept():
    assert "<b>" not in repr(read_overlays(collection(LINE), "front.geojson"))


def test_metres_are_turned_into_degrees():
    metres = {"type": "Point", "coordinates": [391_000, 5_820_000]}  # Berlin, UTM zone 33
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25833"}}
    ((lon, lat),) = read_overlays(collection(metres, crs=named), "x")[0].points
    assert (round(lon, 2), round(lat, 2)) == (13.39, 52.52)


def test_shapes_that_are_broken_are_left_out_and_counted():
    broken = {"type": "LineString", "coordinates": [[1, "north"]]}
    (layer,) = read_overlays(collection(LINE, broken, {"type": "Blob"}), "x")
    assert (layer.count, layer.left_out) == (1, 2)


def test_a_long_coast_is_simplified_to_what_a_browser_draws():
    angles = np.linspace(0, 2 * np.pi, 100_000)
    ring = np.column_stack((10 + 3 * np.cos(angles), 50 + 3 * np.sin(angles))).tolist()
    (layer,) = read_overlays(collection({"type": "LineString", "coordinates": ring}), "coast")
    assert layer.simplified
    assert 10 < len(layer.lines[0]) <= shapes.MOST_DRAWN


def test_a_geopackage_gives_a_layer_for_each_table_in_degrees(tmp_path):
    path = package(
        tmp_path / "plan.gpkg", [shapely.LineString([(391_000, 5_820_000), (392_000, 5_820_000)])], "EPSG:25833"
    )
    package(path, [shapely.Point(2.35, 48.86)], layer="posts", append=True)
    posts, roads = read_overlays(path.read_bytes(), "plan.gpkg")
    assert (posts.name, posts.points) == ("plan: posts", ((2.35, 48.86),))
    assert (roads.name, roads.shapes) == ("plan: roads", (0, 1, 0))
    assert round(roads.lines[0][0][0], 1) == 13.4


def test_a_geopackage_written_with_a_log_ahead_is_read(tmp_path):
    path = package(tmp_path / "plan.gpkg", [shapely.Point(1, 2)])
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode = WAL")
    database.close()
    assert read_overlays(path.read_bytes(), "plan.gpkg")[0].count == 1


def test_a_view_of_a_geopackage_is_never_run(tmp_path):
    path = package(tmp_path / "plan.gpkg", [shapely.Point(1, 2)])
    with sqlite3.connect(path) as database:
        database.executescript(
            "ALTER TABLE roads RENAME TO hidden; UPDATE gpkg_geometry_columns SET table_name = 'roads';"
            "CREATE VIEW roads AS SELECT * FROM hidden, hidden, hidden"
        )
    database.close()
    assert "no layer of shapes" in refused(path.read_bytes())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"PK\x03\x04\xff\xfe", "neither GeoJSON nor a GeoPackage"),
        (b"<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTDataSource>", "neither GeoJSON nor"),
        (collection(LINE)[:-9], "cut off"),
        (b'{"type": "Topology"}', "no GeoJSON"),
        (b'{"type": "FeatureCollection"}', "without its list of features"),
        (collection(), "no shape in it"),
        (collection({"type": "Point", "coordinates": [391_000, 5_820_000]}), "Save it in WGS 84"),
        (collection({"type": "Point", "coordinates": []}), "no shape in it"),
        (collection(LINE, crs={"properties": {"name": "+proj=longlat +nadgrids=/etc/passwd"}}), "no EPSG code"),
        (collection(LINE, crs={"properties": {"name": "EPSG:999999"}}), "not known here"),
        (b"[" * 100_000, "no valid JSON"),
        (b"SQLite format 3\x00" + b"\x00" * 400, "damaged"),
    ],
)
def test_what_is_wrong_is_said(content, said):
    assert said in refused(content)


def test_what_is_too_large_is_said(monkeypatch):
    monkeypatch.setattr(shapes, "MOST_SHAPES", 1)
    assert refused(collection(LINE, LINE)).startswith("It has 2 shapes; a layer may have 1")
    monkeypatch.setattr(shapes, "MOST_VERTICES", 1)
    assert "2 corners" in refused(collection(LINE))
    assert "MB" in refused(b" " * (shapes.MOST_BYTES + 1))


class Dropped:
    """An uploaded file."""

    def __init__(self, name, content):
        self.name, self.content = name, content

    def getvalue(self):
        return self.content


def test_files_are_taken_in_and_what_is_wrong_with_one_is_said_with_its_name():
    files = [Dropped("C:\\maps\\front.geojson", collection(LINE)), Dropped("<b>.json", b"{")]
    laid, wrong = take_in([], files)
    assert [(one.overlay.name, one.on) for one in laid] == [("front", True)]
    assert wrong[0].startswith("<b>.json: It is no valid JSON")


def test_layers_have_styles_of_their_own_and_no_more_are_held_than_can_be_told_apart():
    laid, wrong = take_in([], [Dropped(f"{n}.geojson", collection(LINE)) for n in range(9)])
    assert [one.style for one in laid] == [0, 1, 2, 3, 0, 1, 2, 3]
    assert wrong == ["8.geojson: no more than 8 layers can be held. Take one away first."]
    assert take_in(laid[:1] + laid[2:3], [Dropped("x.geojson", collection(LINE))])[0][-1].style == 1


def test_the_map_gets_shapes_by_a_key_and_no_word_and_a_session_that_ends_takes_them_along():
    browser = TestClient(Starlette(routes=routes()), base_url="http://127.0.0.1:8501")
    laid, _ = take_in([], [Dropped("front.geojson", collection(LINE))])
    key = laid[0].key
    answer = browser.get("/dateline/overlay", params={"key": key})
    assert answer.json() == {"points": [], "lines": [[[10.0, 50.0], [12.0, 51.0]]], "areas": []}
    assert (
        browser.get("/dateline/overlay", params={"key": key}, headers={"sec-fetch-site": "cross-site"}).status_code
        == 403
    )
    laid.clear()
    assert browser.get("/dateline/overlay", params={"key": key}).status_code == 404
