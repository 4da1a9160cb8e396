"""Events in the order that is asked for: sought one by one, or found in one pass over a server's tables."""

import pytest
from test_store_copies import WIRE, take_in, told

from events.store import Store, streaming
from tests.news import march_events, march_stories


@pytest.fixture
def store(store_url):
    opened = Store.open(store_url)
    for story, event in zip(march_stories()[:9], march_events()[:9], strict=True):
        opened.add(story, [event])
    take_in(opened, told(1), told(2, WIRE))
    yield opened
    opened.close()


@pytest.mark.parametrize(("few", "at_once"), [(0, 3), (0, 1000), (5_000, 3)])
def test_events_come_in_the_order_that_is_asked_for_each_with_its_reports(store, monkeypatch, few, at_once):
    for name, value in (("FEW", few), ("AT_ONCE", at_once), ("MOST_SCANNED_FOR", 4)):
        monkeypatch.setattr(streaming, name, value)
    monkeypatch.setattr(streaming, "_size", lambda connection: 0)
    by_id = {event.id: event for event in store.events()}
    wanted = sorted(by_id, key=lambda name: name[::-1])
    assert max(len(event.reports) for event in by_id.values()) == 2
    assert list(store.events_in_order(["nobody", *wanted])) == [by_id[name] for name in wanted]
    assert list(store.events_in_order([])) == []


def test_a_server_says_how_large_it_is(postgresql_url):
    store = Store.open(postgresql_url)
    with store._engine.connect() as connection:
        assert streaming._size(connection) <= 0
    store.close()
