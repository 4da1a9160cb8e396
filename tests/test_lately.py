"""What came in or changed since a mark, and between two days: in the store, and in a view."""

from datetime import UTC, date, datetime
from itertools import combinations_with_replacement

import numpy as np
import pytest

from events.corrections.values import Correction, SetStatus
from events.store import Store
from events.view import EventTable, Filter, select
from events.view.filtering import Mark
from events.view.sources import InMemory
from tests.news import NoGazetteer, SmallAtlas, march_events, march_stories

AT = datetime(2026, 5, 2, 9, tzinfo=UTC)
PAIRS = list(zip(march_stories(), march_events(), strict=True))


@pytest.fixture
def store(store_url):
    opened = Store.open(store_url)
    for story, event in PAIRS[:10]:
        opened.add(story, [event])
    yield opened
    opened.close()


def ids_of(store):
    return {event.id for event in store.events()}


def test_only_what_came_in_after_the_mark_is_new(store):
    mark, before = store.mark(), ids_of(store)
    for story, event in PAIRS[10:13]:
        store.add(story, [event])
    assert store.since(*mark) == ids_of(store) - before
    assert len(store.since(*mark)) == 3
    assert store.since(*store.mark()) == set()


def test_a_corrected_event_is_new_and_so_is_one_whose_correction_was_undone(store):
    event, mark = store.events()[4], store.mark()
    reports = store.reports_of(event.id)
    number = store.correct(Correction(reports=reports, change=SetStatus(status="denied"), who="Ada"))
    assert store.since(*mark) == {event.id}
    corrected = store.mark()
    store.undo(number, "Ada")
    assert store.since(*corrected) == {event.id}


def test_between_two_days_are_the_events_published_or_corrected_in_them(store):
    published = {event.id for story, event in PAIRS[:10] if story.published == date(2025, 3, 4)}
    assert store.changed_between(date(2025, 3, 4), date(2025, 3, 4)) == published
    event, at = store.events()[9], datetime(2026, 5, 2, 9, tzinfo=UTC)
    store.correct(Correction(reports=store.reports_of(event.id), change=SetStatus(status="denied"), who="Ada", at=at))
    assert store.changed_between(date(2026, 5, 2), date(2026, 5, 2)) == {event.id}
    assert store.changed_between(date(2026, 5, 3), date.max) == set()


def test_a_view_asks_for_what_is_new_and_for_what_changed(store):
    mark = Mark(*store.mark())
    for story, event in PAIRS[10:13]:
        store.add(story, [event])
    table = EventTable.from_events(store.events(), SmallAtlas(), NoGazetteer(), store)
    new = select(table, Filter(since=mark))
    assert {event.id for event in (*new.shown, *new.unplaced, *new.undated)} == {e.id for _, e in PAIRS[10:13]}
    changed = select(table, Filter(changed_from=date(2025, 3, 5), changed_to=date(2025, 3, 5)))
    assert {event.reports[0].published for event in changed.shown} == {date(2025, 3, 5)}


def test_what_the_columns_number_is_what_the_database_says(store):
    first, second = PAIRS[0]
    copy = first.model_copy(update={"id": "copy", "url": "https://b.example/copy", "source": "Another"})
    report = second.reports[0].model_copy(update={"story_id": "copy", "source": "Another", "url": copy.url})
    store.add(copy, [second.model_copy(update={"id": "copied", "story_id": "copy", "reports": (report,)})])
    marks = [Mark(0, 0), Mark(*store.mark()), Mark(store.mark()[0] - 1, 0)]
    told, event = PAIRS[3]
    store.replace_events(told, [event.model_copy(update={"confidence": 0.11})])
    marks.append(Mark(*store.mark()))
    undone = store.events()[4]
    number = store.correct(
        Correction(reports=store.reports_of(undone.id), change=SetStatus(status="denied"), who="Ada")
    )  # fmt: skip
    marks.append(Mark(*store.mark()))
    store.undo(number, "Ada")
    table = EventTable.from_columns(store.columns(), InMemory([]), SmallAtlas(), NoGazetteer(), store)
    for mark in [*marks, Mark(2**40, 2**40)]:
        assert set(table.ids(np.flatnonzero(table.since(mark)))) == store.since(*mark)
    assert sorted(len(store.since(*mark)) for mark in marks) == [1, 1, 2, 3, 10]
    assert max(len(event.reports) for event in store.events()) == 2


def test_days_of_reporting_are_those_that_the_database_says_for_an_event_of_many_reports_too(store):
    first, second = PAIRS[0]
    for number, day in enumerate((date(2025, 3, 20), date(2025, 4, 2)), 1):
        name = f"copy-{number}"
        copy = first.model_copy(update={"id": name, "url": f"https://b.example/{name}", "published": day})
        report = second.reports[0].model_copy(update={"story_id": name, "url": copy.url, "published": day})
        store.add(copy, [second.model_copy(update={"id": name, "story_id": name, "reports": (report,)})])
    store.correct(Correction(reports=store.reports_of("ev9"), change=SetStatus(status="denied"), who="Ada", at=AT))
    table = EventTable.from_columns(store.columns(), InMemory([]), SmallAtlas(), NoGazetteer(), store)
    assert max(len(event.reports) for event in store.events()) == 3
    days = [date(2025, 3, 4), date(2025, 3, 5), date(2025, 3, 20), date(2025, 3, 25), date(2025, 4, 2), AT.date()]
    for start, end in combinations_with_replacement(days, 2):
        assert set(table.ids(np.flatnonzero(table.changed(start, end)))) == store.changed_between(start, end)
    assert store.changed_between(days[2], days[3]) == {"ev0"}


def test_a_table_that_knows_no_changes_goes_by_the_first_reports_day():
    table = EventTable.from_events(march_events(), SmallAtlas(), NoGazetteer())
    shown = select(table, Filter(changed_to=date(2025, 3, 5))).shown
    assert max(event.reports[0].published for event in shown) == date(2025, 3, 5)
    assert not select(table, Filter(since=Mark(0, 0))).shown
