"""The base map: TopoJSON decoded, cut at the antimeridian, one outline a country; names that fit; what is fetched."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from shapely.geometry import Point, shape

from scripts.country_outlines import code_of, cut, outlines, polygons, unwrapped
from scripts.fetch_base_map import BaseMapError, check_versions
from scripts.map_names import all_names, english, towns

ROOT = Path(__file__).resolve().parents[1]
BASE = ROOT / "static" / "base"
# Two squares side by side that share an arc, of one degree each; the second has number 643, Russia.
TOPOLOGY = {
    "transform": {"scale": [0.5, 0.5], "translate": [10, 50]},
    "arcs": [[[2, 0], [0, 2]], [[2, 2], [-2, 0], [0, -2], [2, 0]], [[2, 2], [2, 0], [0, -2], [-2, 0]]],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "id": "246", "properties": {"name": "Suomi"}, "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "id": "643", "properties": {"name": "Rossiya"}, "arcs": [[[-3, -1]]]},
            ]
        }
    },
}


def longitudes(polygon):
    return sorted({lon for ring in polygon for lon, _ in ring})


def test_rings_are_put_together_from_shared_arcs_in_both_directions():
    finland, russia = TOPOLOGY["objects"]["countries"]["geometries"]
    assert list(polygons(TOPOLOGY, finland)) == [[[[11, 50], [11, 51], [10, 51], [10, 50], [11, 50]]]]
    assert list(polygons(TOPOLOGY, russia)) == [[[[11, 50], [12, 50], [12, 51], [11, 51], [11, 50]]]]


def test_a_country_has_its_iso_code_and_its_short_name():
    features = outlines(TOPOLOGY, {"RU": "Russia"})["features"]
    assert [feature["properties"] for feature in features] == [
        {"iso": "FI", "name": "Suomi"},
        {"iso": "RU", "name": "Russia"},
    ]


@pytest.mark.parametrize(
    ("owner", "lon", "lat", "code"),
    [("FR", -53, 4, "GF"), ("FR", 2, 47, "FR"), ("RU", 34, 45, "UA"), ("RU", 39, 45, "RU"), ("NO", 16, 78, "SJ")],
)
def test_parts_with_another_code_are_told_apart(owner, lon, lat, code):
    triangle = [[lon, lat], [lon + 1, lat], [lon, lat + 1], [lon, lat]]
    assert code_of(owner, [triangle]) == code


def test_what_crosses_180_degrees_becomes_a_part_on_either_side():
    ring = [[170.0, 60.0], [-170.0, 60.0], [-170.0, 65.0], [170.0, 65.0], [170.0, 60.0]]
    east, west = cut([ring])
    assert longitudes(east) == [170.0, 180.0]
    assert longitudes(west) == [-180.0, -170.0]
    assert sorted({lat for _, lat in west[0]}) == [60.0, 65.0]


def test_a_cut_goes_through_a_slanting_edge_at_the_right_latitude():
    ring = [[178.0, 0.0], [-178.0, 4.0], [178.0, 4.0], [178.0, 0.0]]
    assert [180.0, 2.0] in cut([ring])[0][0]


def test_what_stays_on_one_side_is_left_as_it_is():
    ring = [[10.0, 50.0], [11.0, 50.0], [11.0, 51.0], [10.0, 50.0]]
    assert cut([ring]) == [[ring]]


def test_a_ring_around_the_pole_is_closed_along_it():
    ring = [[-120.0, -70.0], [0.0, -72.0], [120.0, -70.0], [-120.0, -70.0]]
    assert [lat for _, lat in unwrapped(ring) if lat < -89] == [-90.0, -90.0]


def test_a_hole_is_cut_with_its_polygon():
    outer = [[170.0, 0.0], [-170.0, 0.0], [-170.0, 10.0], [170.0, 10.0], [170.0, 0.0]]
    hole = [[-178.0, 4.0], [-176.0, 4.0], [-176.0, 6.0], [-178.0, 4.0]]
    assert [len(part) for part in cut([outer, hole])] == [1, 2]


@pytest.mark.parametrize(
    ("name", "country", "short"),
    [
        ("New York City", "US", "New York"),
        ("Al Ḩudaydah", "YE", "Hodeidah"),
        ("Ryazan’", "RU", "Ryazan"),
        ("Xi’an", "CN", "Xi’an"),
    ],
)
def test_towns_have_the_names_that_english_news_writes(name, country, short):
    assert english(name, country) == short


def test_districts_give_way_to_their_town():
    names = {town.name for town in towns()}
    assert {"Mosul", "Memphis", "Shanghai", "New York", "Paris"} <= names
    assert names.isdisjoint({"Al Mawsil al Jadidah", "New South Memphis", "Puxi", "Queens", "The Bronx"})


def test_a_package_of_another_version_is_refused(tmp_path):
    (tmp_path / "leaflet").mkdir()
    (tmp_path / "leaflet" / "package.json").write_text('{"version": "2.0.0"}')
    check_versions(tmp_path, {"leaflet": "2.0.0"})
    with pytest.raises(BaseMapError, match="leaflet should be"):
        check_versions(tmp_path, {"leaflet": "1.9.4"})


def test_the_lock_names_hashes_and_no_addresses():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    fetched = {name: package for name, package in packages.items() if name}
    assert len(fetched) == len(wanted["dependencies"]) + len(wanted.get("devDependencies", {}))
    assert all(package["integrity"].startswith("sha512-") and "resolved" not in package for package in fetched.values())


@pytest.fixture(scope="module")
def land():
    return json.loads((BASE / "countries-50m.geojson").read_text(encoding="utf-8"))


def test_no_border_of_the_base_map_runs_across_the_map(land):
    for feature in land["features"]:
        for ring in (ring for polygon in feature["geometry"]["coordinates"] for ring in polygon):
            wide = [(a, b) for a, b in pairwise(ring) if abs(a[0] - b[0]) > 90 and a[1] > -89]
            assert wide == [], feature["properties"]


def test_the_base_map_has_every_country_once(land):
    codes = [feature["properties"]["iso"] for feature in land["features"] if feature["properties"]["iso"]]
    assert len(codes) == len(set(codes))
    assert {"RU", "FJ", "XK", "GF", "TW", "PS", "US"} <= set(codes)


def test_names_stand_inside_what_they_name(land):
    few = [feature for feature in land["features"] if feature["properties"]["iso"] in {"FR", "NO", "NZ"}]
    for name, lat, lon, room, iso in all_names({"features": few})["countries"]:
        outline = next(shape(feature["geometry"]) for feature in few if feature["properties"]["iso"] == iso)
        assert outline.buffer(0).contains(Point(lon, lat)), name
        assert 1 < room < 15
