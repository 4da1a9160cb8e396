"""Reports that crowd in one place on one day: linked as if each had been compared with each, at a cost that stays."""

import sqlite3
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event as watched
from sqlalchemy import select
from test_corrections import PARIS, event_in, said, story

from events.corrections import SetStatus
from events.linking.grouping import Grouping
from events.store import Store
from events.store.database.opening import writing
from events.store.database.rows import sketch_from
from events.store.database.schema import events, happenings
from events.store.grouping import links
from events.store.grouping.links import members_of, relink
from events.store.grouping.near import _statement, reports_near
from events.store.grouping.wording import Wording


@pytest.fixture
def store(store_url):
    opened = Store.open(store_url)
    yield opened
    opened.close()


def told(number, *sentences, day=4, sure=0.5):
    """A story of fires in Paris, one a sentence, with its events."""
    found = story(number, text=" ".join(sentences)).model_copy(update={"published": date(2025, 3, day)})
    events = [event_in(found, sentence, "burned", confidence=sure) for sentence in sentences]
    return found, [event.model_copy(update={"id": f"s{number}-{n}"}) for n, event in enumerate(events)]


def crowd(store, number):
    for n in range(number):
        store.add(
            *told(n, f"A depot number {n * 37} burned in Paris on Tuesday.", day=9 - n % 5, sure=0.3 + n % 7 / 10)
        )


def rows(store):
    """What stands on the map, but for the revision it came with."""
    with store._engine.connect() as connection:
        found = connection.execute(select(happenings).order_by(happenings.c.id))
        return [{**row._mapping, "written": None} for row in found]


def statements(store, act):
    """How many statements an act makes."""
    made = []

    def note(*asked):
        made.append(asked[2])

    watched.listen(store._engine, "before_cursor_execute", note)
    act()
    watched.remove(store._engine, "before_cursor_execute", note)
    return len(made)


def test_a_report_that_comes_to_a_crowd_asks_no_more_of_the_store_than_one_that_came_early(store):
    crowd(store, 5)
    early = statements(store, lambda: store.add(*told(90, "A depot number 90 burned in Paris on Tuesday.")))
    crowd(store, 14)
    late = statements(store, lambda: store.add(*told(91, "A depot number 91 burned in Paris on Tuesday.")))
    assert (store.event_count(), late) == (1, early)


def test_the_happenings_around_a_report_may_be_more_than_a_statement_has_room_for(store):
    crowd(store, 3)
    with store._engine.connect() as connection:
        if connection.dialect.name == "sqlite":  # Debian's takes 250,000, that of python.org 32,766
            connection.connection.driver_connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 32_766)
        kept = connection.execute(select(events).order_by(events.c.id)).all()
        around = {f"another-{n}" for n in range(70_000)} | {kept[0].happening}
        (found,) = reports_near(connection, {"new": sketch_from(kept[0])}, around)
    assert {row.happening for row in found[1]} == {kept[0].happening}


def test_the_row_of_a_crowd_is_the_one_that_all_its_reports_make_together(store):
    crowd(store, 8)
    store.correct(said(SetStatus(status="alleged"), told(3, "A depot number 111 burned in Paris on Tuesday.")[1][0]))
    store.add(*told(50, "A depot number 50 burned in Paris on Tuesday.", day=1, sure=0.9))
    before = rows(store)
    assert [(row["reports"], row["status"], row["published"]) for row in before] == [
        (9, "alleged", date(2025, 3, 1).toordinal())
    ]
    with writing(store._engine) as connection:
        relink(connection, members_of(connection, ["s0-0"]), Wording(connection))
    assert rows(store) == before


def test_of_two_events_of_a_story_the_one_in_the_other_storys_words_is_joined(store):
    store.add(*told(1, "Sacks of grain burned in a mill in Paris."))
    store.add(*told(2, "An old theatre burned in Paris.", "Sacks of grain burned in a mill in Paris."))
    assert {event.id for event in store.reports_of("s1-0")} == {"s1-0", "s2-1"}
    assert store.event_count() == 2


@pytest.mark.parametrize("most", [300, 0], ids=["taken apart", "joined as wholes"])
def test_a_story_that_makes_two_families_of_copies_one_joins_what_stands_in_the_same_words(store, monkeypatch, most):
    monkeypatch.setattr(links, "MOST_REOPENED", most)
    same = "A hall of the old mill burned at dawn."
    one = " ".join(f"Neighbour {n} on the left bank told of sparks, smoke and bells in street {n}." for n in range(9))
    other = " ".join(f"Engineers counted beams, hoses and broken panes of house {n} along the quay." for n in range(9))
    for number, (text, lat) in enumerate([(one, 48.86), (other, 9.0), (one + other, 48.86)]):
        news = story(number, f"{same} {text}")
        place = PARIS.model_copy(update={"lat": lat, "place_id": None})
        store.add(news, [event_in(news, same, "burned", place=place)])
        assert store.event_count() == (1, 2, 1)[number]
    assert len(store.copies("s0")) == 3


def test_a_file_looks_for_neighbours_in_their_cells_and_not_all_over_the_earth(tmp_path):
    store = Store.open(tmp_path / "s.sqlite")
    near = str(_statement("sqlite", 1, False, False, True, False))
    with store._engine.connect() as connection:
        asked = dict.fromkeys(["types_0", "blocks_0"], "[]") | dict.fromkeys(
            ["shortest_0", "longest_0", "before_0", "earliest_0", "latest_0"], 0
        )
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {near}", asked)]
    searched = [step for step in plan if step.startswith("SEARCH")]
    assert len(searched) == 2
    assert all("events_by_block (block=? AND type=? AND start>? AND start<?)" in step for step in searched)
    store.close()


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=8), st.permutations(range(7)))
@settings(max_examples=60, deadline=None)
def test_what_is_joined_for_good_is_what_joining_each_with_each_makes(foes, keys):
    apart = [pair for pair in foes if pair[0] != pair[1]]
    one, other = (Grouping({key: {f"s{key}"} for key in range(7)}, apart) for _ in range(2))
    one.join_for_good(keys)
    for pair in combinations(keys, 2):
        other.join_for_good(pair)
    assert one.members() == other.members()
