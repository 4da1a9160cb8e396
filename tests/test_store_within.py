"""Events are found by where their marks stand: in a box, across the 180th meridian, in a shape."""

import pytest
from shapely import Point, Polygon
from test_corrections import PARIS, arrest, fire, story

from events.store import Store

PLACES = {"Paris": (48.86, 2.35), "Suva": (-18.14, 178.44), "Apia": (-13.83, -171.76), "Batna": (35.56, 6.17)}


@pytest.fixture
def store(store_url):
    opened = Store.open(store_url)
    for number, (name, (lat, lon)) in enumerate(PLACES.items()):
        told = story(number, f"A warehouse burned down in {name} on Monday.")
        opened.add(told, [fire(told, id=name, place=PARIS.model_copy(update={"name": name, "lat": lat, "lon": lon}))])
    nowhere = story(9)
    opened.add(nowhere, [arrest(nowhere, place=None)])
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("box", "found"),
    [
        ((2.35, 48.86, 7.0, 50.0), ["Paris"]),
        ((-10.0, 30.0, 10.0, 60.0), ["Batna", "Paris"]),
        ((170.0, -30.0, -170.0, 0.0), ["Apia", "Suva"]),
        ((-180.0, -90.0, 180.0, 90.0), ["Apia", "Batna", "Paris", "Suva"]),
        ((20.0, 0.0, 30.0, 10.0), []),
    ],
)
def test_a_box_holds_what_stands_in_it_its_edges_included(store, box, found):
    assert store.in_box(box) == found


def test_a_shape_holds_less_than_its_box(store):
    triangle = Polygon([(0, 30), (10, 30), (0, 60)])
    assert store.in_box(triangle.bounds) == ["Batna", "Paris"]
    assert store.in_shape(triangle) == ["Batna", "Paris"]
    assert store.in_shape(Polygon([(0, 30), (10, 30), (10, 60)])) == ["Batna"]
    assert store.in_shape(Point(2.35, 48.86).buffer(1)) == ["Paris"]


def test_a_corrected_place_is_found_where_it_is(store):
    moved = PARIS.model_copy(update={"lat": 33.66, "lon": -95.56})
    told = store.story("s0")
    store.replace_events(told, [fire(told, id="Paris", place=moved)])
    assert (store.in_box((2, 48, 3, 49)), store.in_box((-96, 33, -95, 34))) == ([], ["Paris"])
