"""Words are found in a database, with an index of trigrams and without one: the same events."""

from pathlib import Path

import pytest
from sqlalchemy import text

from events.store.searching import TRIGRAMS, _told_with
from tests.news import store_of_march

DOCUMENT = Path(__file__).parents[1] / "docs" / "postgresql.md"
ASKED = (["drones"], ["DRONES", "odesa"], ["terminal", "tass"], ["%"], ["_es"], ["nobody said it"], ["of", "drones"])


def test_an_event_has_all_words_in_its_record_or_its_outlet_in_capitals_or_not(store_url):
    store = store_of_march(store_url)
    told = {event.id: event for event in store.events()}
    found = [{told[name].what for name in store.candidates(words)} for words in ASKED]
    store.close()
    assert "Drones strike a grain terminal" in found[0] & found[1]
    assert (found[3], found[5]) == (set(), set())


def test_an_index_of_trigrams_finds_the_same_and_is_looked_into(own_postgresql_url):
    store = store_of_march(own_postgresql_url)
    before = [sorted(store.candidates(words)) for words in ASKED]
    with store._engine.begin() as connection:
        for statement in TRIGRAMS:
            connection.execute(text(statement))
    with store._engine.connect() as connection:
        for other in ("seqscan", "indexscan", "indexonlyscan"):  # so few rows are read sooner without it
            connection.execute(text(f"SET enable_{other} = off"))
        single = _told_with("drones")[0].compile(store._engine, compile_kwargs={"literal_binds": True})
        plan = connection.exec_driver_sql(f"EXPLAIN {single}").fetchall()
    after = [sorted(store.candidates(words)) for words in ASKED]
    store.close()
    assert after == before
    assert any("records_by_words" in row[0] for row in plan)


@pytest.mark.parametrize("statement", TRIGRAMS)
def test_the_document_says_how_it_is_made(statement):
    assert f"{statement};" in DOCUMENT.read_text(encoding="utf-8")
