"""How sure an event's place, date, type and status are, each by itself: from the extractor into the store and the filter."""

import sqlite3
from contextlib import closing

import pytest

from events.corrections import Accept, Correction, SetType
from events.extraction.happenings.happening import Happening
from events.extraction.records.attribute_chances import status_chance, type_chance
from events.extraction.records.same_happening import Told
from events.model import Span
from events.store import Store
from events.view import EventTable, Filter, select
from events.view.stored import StoredEvents
from tests.news import NoGazetteer, SmallAtlas, march_events, march_stories


def mention(kind):
    span = Span(part="text", start=0, end=5)
    return Told(Happening(0, 1, span, "act", kind, 0.9, "occurred", None, 0.9), None, None, 0.5, frozenset())


@pytest.fixture
def store(tmp_path):
    kept = Store.open(tmp_path / "news.sqlite")
    for number, (story, event) in enumerate(zip(march_stories()[:4], march_events()[:4], strict=True)):
        sure = {"confidence": 0.5 + number / 10}
        kept.add(
            story,
            [
                event.model_copy(
                    update={"type_confidence": 0.9 - number / 10, "when": event.when.model_copy(update=sure)}
                )
            ],
        )
    yield kept
    kept.close()


def shown(store, **sure_of):
    columns = store.columns()
    table = EventTable.from_columns(columns, StoredEvents(store, len(columns.ids)), SmallAtlas(), NoGazetteer())
    return sorted(event.id for event in select(table, Filter(sure_of=tuple(sure_of.items()))).shown)


def test_each_attribute_is_asked_by_itself(store):
    assert shown(store, date=0.7) == ["ev2", "ev3"]
    assert shown(store, type=0.8) == ["ev0", "ev1"]
    assert shown(store, date=0.6, type=0.8) == ["ev1"]


def test_what_nobody_knows_is_not_sure_enough(store):
    assert len(shown(store, place=0.9)) == 4
    assert shown(store, status=0.05) == []


def test_a_person_is_sure(store):
    store.correct(Correction(reports=store.reports_of("ev3"), change=SetType(type="AID"), who="Ada"))
    store.correct(Correction(reports=store.reports_of("ev0"), change=Accept(), who="Ada"))
    assert shown(store, type=1.0) == ["ev0", "ev3"]
    assert shown(store, status=1.0, date=1.0) == ["ev0"]


def test_a_store_of_schema_3_is_opened_and_knows_of_places_alone(store, tmp_path):
    store.close()
    with closing(sqlite3.connect(tmp_path / "news.sqlite")) as file:
        file.execute("DROP INDEX ix_happenings_written")
        for column in ("attributes", "written"):
            file.execute(f"ALTER TABLE happenings DROP COLUMN {column}")
        file.execute("UPDATE facts SET value = 3 WHERE key = 'schema'")
        file.commit()
    opened = Store.open(tmp_path / "news.sqlite")
    assert (len(shown(opened, place=0.9)), shown(opened, date=0.05)) == (4, [])
    opened.close()


def test_a_type_that_all_mentions_agree_on_is_surer_than_one_of_several():
    one, other = mention("PROTEST"), mention("ASSAULT")
    assert type_chance([one, one], "PROTEST") > type_chance([one, other], "PROTEST") > 0


def test_a_status_that_the_date_gave_is_less_sure_than_one_told_as_fact():
    assert status_chance([mention("PROTEST")], "planned", None) < status_chance([mention("PROTEST")], "occurred", None)
