import pytest
from shapely.geometry import shape

from events.exporting.geometry import rfc7946
from events.exporting.grounds import ground_of
from events.look.circles import circle
from geodata.records import kilometres
from tests.exports import SQUARE, SmallGazetteer, retold

CLOCKWISE = [[0.0, 0.0], [0.0, 10.0], [10.0, 10.0], [10.0, 0.0], [0.0, 0.0]]
HOLE = [[2.0, 2.0], [4.0, 2.0], [4.0, 4.0], [2.0, 4.0], [2.0, 2.0]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def ground(**place):
    return ground_of(retold(place=place).place, SmallGazetteer())


def test_outer_rings_run_counter_clockwise_and_holes_clockwise():
    wound = rfc7946(polygon(CLOCKWISE, HOLE))
    assert wound["coordinates"] == [CLOCKWISE[::-1], HOLE[::-1]]


def test_what_is_right_already_is_not_touched():
    right = polygon(CLOCKWISE[::-1], HOLE[::-1])
    assert rfc7946(right) == right
    assert rfc7946({"type": "Point", "coordinates": [24.93545679, 60.16952]})["coordinates"] == [24.93545679, 60.16952]


@pytest.mark.parametrize("east", [-175.0, 185.0], ids=["stepped over", "unrolled"])
def test_an_area_over_the_180th_meridian_is_cut_in_two(east):
    box = [[175.0, 60.0], [east, 60.0], [east, 65.0], [175.0, 65.0], [175.0, 60.0]]
    cut = shape(rfc7946(polygon(box)))
    assert sorted(part.bounds for part in cut.geoms) == [(-180.0, 60.0, -175.0, 65.0), (175.0, 60.0, 180.0, 65.0)]
    assert all(part.exterior.is_ccw for part in cut.geoms)


def test_a_line_over_the_180th_meridian_is_cut_where_it_meets_it():
    cut = rfc7946({"type": "LineString", "coordinates": [[170.0, 0.0], [-170.0, 10.0]]})
    assert cut["type"] == "MultiLineString"
    assert cut["coordinates"] == [[[170.0, 0.0], [180.0, 5.0]], [[-180.0, 5.0], [-170.0, 10.0]]]


def test_a_sea_that_reaches_round_the_world_is_not_folded_up():
    southern = [[-180.0, -77.0], [180.0, -77.0], [180.0, -60.0], [-180.0, -60.0], [-180.0, -77.0]]
    assert shape(rfc7946(polygon(southern))).bounds == (-180.0, -77.0, 180.0, -60.0)


@pytest.mark.parametrize("broken", [{}, {"type": "Circle"}, {"type": "Polygon", "coordinates": 7}, {"type": "Polygon"}])
def test_what_is_no_geometry_is_refused(broken):
    with pytest.raises(ValueError, match="no geometry"):
        rfc7946(broken)


def test_a_town_is_a_point_and_a_country_never_is():
    assert ground(precision="city", geometry=None).geometry == {"type": "Point", "coordinates": [58.4078, 23.5841]}
    false_pin = {"type": "Point", "coordinates": [32.0, 49.0]}
    country = ground(precision="country", country="UA", place_id="gn:ua", geometry=false_pin)
    assert country.kind == "outline"
    assert shape(country.geometry).equals(shape(SQUARE))


def test_a_line_without_a_known_course_has_no_geometry():
    assert ground(precision="line", geometry=None, place_id=None) is None
    assert ground(precision="line", place_id="cur:estlink-2").kind == "line"


def test_a_region_without_an_outline_is_its_countries():
    both = ground(precision="region", place_id="cur:both", geometry=None)
    assert both.kind == "countries"
    assert [round(side) for side in shape(both.geometry).bounds] == [-180, -19, 180, 50]


def test_a_province_is_the_part_of_a_circle_that_lies_in_its_country():
    odesa = ground(precision="province", country="UA", lat=49.0, lon=21.0, radius_km=150.0, place_id=None)
    assert odesa.kind == "circle"
    assert shape(odesa.geometry).bounds[0] == 20.0
    assert shape(odesa.geometry).area < shape(polygon(circle(49.0, 21.0, 150.0))).area


def test_a_place_of_no_known_reach_has_no_ground():
    assert ground(precision="province", radius_km=0.0, place_id=None, country=None) is None


@pytest.mark.parametrize("lat", [0.0, 60.0, 89.0, -85.0])
def test_every_point_of_a_circle_is_as_far_as_said(lat):
    assert all(abs(kilometres(lat, 179.0, y, x) - 300.0) < 0.5 for x, y in circle(lat, 179.0, 300.0))
