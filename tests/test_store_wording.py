"""What is remembered of words from one transaction to the next is what the database has."""

import pytest
from sqlalchemy import select
from test_corrections import fire, said, story

from events.corrections import Reject
from events.model import StoreError
from events.store import Store
from events.store.database.opening import writing
from events.store.database.schema import words
from events.store.grouping import wording
from events.store.grouping.wording import Wording


def remembered_wrongly(store):
    """The words of which the store remembers another number than the database has."""
    with writing(store._engine) as connection:
        kept = {row.word: row.documents for row in connection.execute(select(words))}
        return {word for word, number in Wording(connection)._documents.items() if kept.get(word, 0) != number}


@pytest.fixture
def stores(store_url):
    opened = [Store.open(store_url) for _ in range(2)]
    yield opened
    for store in opened:
        store.close()


def test_words_are_counted_up_and_down_with_reports(stores):
    store = stores[0]
    for number in range(3):
        store.add(story(number), [fire(story(number))])
    number = store.correct(said(Reject(), fire(story(1))))
    with store._engine.connect() as connection:
        assert connection.scalar(select(words.c.documents).where(words.c.word == "warehou")) == 2
    store.undo(number, who="Ada")
    with store._engine.connect() as connection:
        assert connection.scalar(select(words.c.documents).where(words.c.word == "warehou")) == 3
    assert remembered_wrongly(store) == set()


def test_what_another_program_wrote_is_not_overlooked(stores):
    for number in range(6):
        told = story(number, source=f"Post {number}")
        stores[number % 2].add(told, [fire(told)])
        assert remembered_wrongly(stores[(number + 1) % 2]) == set()


def test_what_was_counted_in_vain_is_forgotten(stores):
    store, told = stores[0], story(1)
    store.add(story(0), [fire(story(0))])
    with pytest.raises(StoreError):
        store.add(told, [fire(told, id=fire(story(0)).id)])
    assert remembered_wrongly(store) == set()
    store.add(told, [fire(told)])
    assert remembered_wrongly(store) == set()


def test_words_that_come_once_without_end_are_forgotten_first(stores, monkeypatch):
    monkeypatch.setattr(wording, "MOST_REMEMBERED", 30)
    for number in range(12):
        told = story(number, f"A warehouse of Firm{number:03} burned in Lyon on Monday.")
        words_of_its_own = f"Firm{number:03} Hall{number:03} Yard{number:03} Shed{number:03}"
        stores[0].add(told, [fire(told, place=None, what=words_of_its_own)])
    with writing(stores[0]._engine) as connection:
        often = Wording(connection)._documents
    assert often == dict.fromkeys(("Lyon", "Monday", "burned", "fire", "lyon", "warehou"), 12)
