"""Columns are read of a part of the world alone: a box, across the 180th meridian too, and what stands nowhere."""

import pytest
from sqlalchemy import select, text
from test_corrections import PARIS, arrest, fire, story

from events.store import Store
from events.store.database.schema import happenings
from events.store.database.within import in_box_or_nowhere

PLACES = {"Paris": (48.86, 2.35), "Suva": (-18.14, 178.44), "Apia": (-13.83, -171.76), "Batna": (35.56, 6.17)}


@pytest.fixture
def store(store_url):
    opened = Store.open(store_url)
    for number, (name, (lat, lon)) in enumerate(PLACES.items()):
        told = story(number, f"A warehouse burned down in {name} on Monday.")
        opened.add(told, [fire(told, id=name, place=PARIS.model_copy(update={"name": name, "lat": lat, "lon": lon}))])
    nowhere = story(9)
    opened.add(nowhere, [arrest(nowhere, id="nowhere", place=None)])
    yield opened
    opened.close()


def within(store, box):
    return sorted(name.decode() for name in store.columns(box).ids)


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
def test_a_box_holds_what_stands_in_it_its_edges_included_and_what_stands_nowhere(store, box, found):
    assert within(store, box) == [*found, "nowhere"]


def test_the_days_of_the_news_are_those_of_the_whole_store(store):
    some, whole = store.columns((20.0, 0.0, 30.0, 10.0)), store.columns()
    assert (len(some.ids), len(whole.ids)) == (1, 5)
    assert (some.oldest, some.newest) == (whole.oldest, whole.newest)


def test_a_corrected_place_is_found_where_it_is(store):
    moved = PARIS.model_copy(update={"lat": 33.66, "lon": -95.56})
    told = store.story("s0")
    store.replace_events(told, [fire(told, id="Paris", place=moved)])
    assert within(store, (2, 48, 3, 49)) == ["nowhere"]
    assert within(store, (-96, 33, -95, 34)) == ["Paris", "nowhere"]


def test_a_server_looks_into_its_spatial_index(postgresql_url):
    store = Store.open(postgresql_url)
    with store._engine.connect() as connection:
        connection.execute(text("SET enable_seqscan = off"))
        query = select(happenings.c.id).where(in_box_or_nowhere(connection, (2.0, 48.0, 3.0, 49.0)))
        asked = query.compile(store._engine, compile_kwargs={"literal_binds": True})
        plan = "\n".join(connection.scalars(text(f"EXPLAIN {asked}".replace(":", "\\:"))))
    store.close()
    assert "happenings_by_point" in plan
