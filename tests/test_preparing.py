"""What is prepared of a story elsewhere is what the store makes of it itself, and travels with a worker's answer."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from test_corrections import arrest, fire, said, story

from events.corrections import SetPlace
from events.distributing.answers import Answer, read, written
from events.preparing import prepared
from events.store import Store
from events.store.database.schema import bands, echoes, happenings, records, words

TEXT = (
    "A warehouse burned down in Paris on Monday. Police arrested two men. Nobody was hurt, the mayor said, and the street was "
    "open again by the evening."
)


@pytest.fixture
def store(store_url):
    opened = Store.open(store_url)
    yield opened
    opened.close()


def rows(store):
    with store._engine.connect() as connection:
        tables = (bands, records, echoes, words, happenings)
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in tables}


def test_what_came_prepared_from_a_worker_makes_the_rows_that_the_store_makes_alone(store, tmp_path):
    alone = Store.open(tmp_path / "alone.sqlite")
    for number in range(3):
        told = story(number, TEXT)
        found = (fire(told), arrest(told))
        answer = read(written(replace(Answer(told, found), prepared=prepared(told, found))))
        assert store.add(answer.story, answer.events, made=answer.prepared)
        assert alone.add(told, found)
        if not number:
            elsewhere = SetPlace(place=found[0].place.model_copy(update={"lat": 33.66}), reach="outlet", name="Paris")
            assert store.correct(said(elsewhere, found[0])) == alone.correct(said(elsewhere, found[0]))
    assert rows(store) == rows(alone)
    alone.close()
