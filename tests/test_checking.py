"""`check` of a store: bands that are no text's are told from those that are, and what it asks of the database stays small."""

import pytest
from sqlalchemy import event as listen
from test_corrections import fire, story

from events.store import Store
from events.store.upkeep import checking_stories
from events.store.upkeep.checking import findings

LONG = "The mayor of Reims said on Tuesday that nine pumps had run all night beside the canal and that no school would open."


def filled(url, count):
    store = Store.open(url)
    for number in range(count):
        told = story(number, f"{story(number).text} {LONG} {number}")
        store.add(told, [fire(told, id=f"fire-{number}")])
    return store


def found(store):
    return [finding.what for finding in findings(store._engine)]


@pytest.mark.parametrize("at_once", [2, 500])
def test_a_band_that_is_another_texts_is_told_with_its_story(store_url, monkeypatch, at_once):
    monkeypatch.setattr(checking_stories, "AT_ONCE", at_once)
    store = filled(store_url, 5)
    assert found(store) == []
    with store._engine.begin() as connection:
        one = "(SELECT min(key) FROM bands WHERE number = 3)"
        connection.exec_driver_sql(f"UPDATE bands SET key = key + 1 WHERE number = 3 AND key = {one}")
        connection.exec_driver_sql("INSERT INTO bands VALUES (7, 900)")
    assert found(store) == [
        "story s2 would not meet its copies: its bands are not those of its text",
        "bands (2) that are of no story's text: stories may meet that are no copies",
    ]
    store.close()


def test_more_stories_are_no_more_questions(store_url):
    store, asked = filled(store_url, 3), []
    listen.listen(store._engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    assert found(store) == []
    few = len(asked)
    store.close()
    store = filled(store_url, 12)
    listen.listen(store._engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    asked.clear()
    assert (found(store), len(asked)) == ([], few)
    store.close()
