"""Copies of one wire story are one story with many outlets, in whichever order they come and however they were edited."""

import sqlite3
from contextlib import closing
from datetime import date
from itertools import permutations

import pytest
from test_corrections import event_in, said, story

from benchmarks.version_1_store import version_1_file
from events.corrections import SetStatus
from events.reprints import likeness
from events.store import Store
from events.store.database.schema import SCHEMA_VERSION
from events.store.grouping import candidates, families
from events.store.upkeep.checking import findings

WIRE = (
    "A dam burst above the town of Sokoto on Monday and sent a wall of water through four villages. "
    "Soldiers in boats took 300 families off roofs and trees until nightfall, the rescue service said. "
    "The dam was built in 1974 to water cotton fields. Its gates had not been opened for eleven years."
)
LEAD = "Two men from Kano are missing since the flood, a relative told this paper."
LATER = (
    "The governor of Niger State resigned on Thursday after a vote of the assembly, his office said in a letter to all."
)


@pytest.fixture
def store(store_url):
    opened = Store.open(store_url)
    yield opened
    opened.close()


def told(number, text=WIRE, source=None):
    return story(number, text, source or f"Outlet {number}")


def burst(one, **more):
    """What the extractor says of the first sentence: without a day or a place, so that likeness alone can't link it."""
    return event_in(one, "A dam burst", "burst", place=None, **{"when": None, **more})


def missing(one):
    return event_in(one, LEAD, "missing", "CRIME", place=None, when=None)


def events_of(store):
    return sorted((e.type, tuple(sorted(r.source for r in e.reports))) for e in store.events())


def take_in(store, *stories):
    for one in stories:
        found = [burst(one)] if "A dam burst" in one.text else []
        assert store.add(one, found + ([missing(one)] if LEAD in one.text else []))


def test_a_copy_is_a_further_report_of_the_firsts_event_and_its_own_story_is_kept(store):
    take_in(store, told(1), told(2, WIRE.replace("300", "320")), told(3, LATER))
    assert events_of(store) == [("ACCIDENT", ("Outlet 1", "Outlet 2"))]
    assert (store.copies("s2"), store.copies("s3")) == (("s1", "s2"), ("s3",))
    assert store.story("s2").source == "Outlet 2"
    assert list(findings(store._engine)) == []


def test_what_only_one_outlet_says_stays_an_event_of_its_own(store):
    take_in(store, told(1), told(2, f"{LEAD} {WIRE}"))
    assert events_of(store) == [("ACCIDENT", ("Outlet 1", "Outlet 2")), ("CRIME", ("Outlet 2",))]


def test_any_order_gives_the_same_events_and_families(tmp_path):
    short = told(4, WIRE[: WIRE.index(" The dam was")])
    stories = [told(1), told(2, f"{LEAD} {WIRE}"), short, told(5, LATER)]
    seen = set()
    for number, order in enumerate(permutations(stories)):
        opened = Store.open(tmp_path / f"{number}.sqlite")
        take_in(opened, *order)
        seen.add((tuple(events_of(opened)), frozenset(opened.copies("s1"))))
        assert opened.copies("s1")[0] == next(one.id for one in order if one.id != "s5")
        opened.close()
    assert len(seen) == 1


def test_a_story_that_bridges_two_families_makes_them_one(store):
    front, back = WIRE[: WIRE.index(" The dam was")], WIRE[WIRE.index("Soldiers") :]
    take_in(store, told(1, front), told(2, f"{back} A dam burst here."))
    assert store.copies("s1") == ("s1",)
    take_in(store, told(3))
    assert store.copies("s2")[0] == "s1"
    assert list(findings(store._engine)) == []


def test_where_the_bridge_between_two_leaves_they_are_parted_again(store):
    front, back = WIRE[: WIRE.index(" The dam was")], WIRE[WIRE.index("Soldiers") :]
    take_in(store, told(1, front), told(2, f"{back} A dam burst here."), told(3))
    assert store.copies("s2") == ("s1", "s2", "s3")
    store.add(told(3, LATER).model_copy(update={"id": "s3-again"}), [])
    assert [store.copies(f"s{number}") for number in (1, 2, 3)] == [("s1",), ("s2",), ("s3",)]
    assert list(findings(store._engine)) == []


def test_a_family_of_near_identical_ones_is_settled_with_a_comparison_each(store, monkeypatch):
    take_in(store, *(told(number, WIRE.replace("300", str(number))) for number in range(1, 25)))
    compared = []
    monkeypatch.setattr(families, "likeness", lambda a, b: compared.append(1) or likeness(a, b))
    store.add(told(1, LATER).model_copy(update={"id": "s1-again"}), [])
    assert (len(store.copies("s2")), store.copies("s2")[0]) == (23, "s2")
    assert 22 <= len(compared) <= 30


@pytest.fixture
def narrow(monkeypatch):
    """A look for copies that meets three stories under a band, looks up twelve and compares four."""
    for name, most in (("MOST_MEETING", 3), ("MOST_LOOKED_UP", 12), ("MOST_COMPARED", 4)):
        monkeypatch.setattr(candidates, name, most)
    candidates._newest_under.cache_clear()
    yield
    candidates._newest_under.cache_clear()


@pytest.mark.usefixtures("narrow")
def test_a_copy_is_found_in_a_crowd_of_its_template_with_a_bounded_number_of_comparisons(store, monkeypatch):
    bulletin = (
        "A dam burst near {} on Monday, notice no. {} of the water board said. {} people were taken off roofs by boats "
        "until nightfall. It was call {} of the year, and the gates will be looked at by an engineer in the spring."
    )
    towns = "Sokoto Kano Zaria Minna Bida Jos Lokoja Yola Gombe Bauchi Ilorin Akure Owerri Enugu Calabar".split()
    texts = [bulletin.format(town, 400 + at, 30 + 7 * at, 60 + 3 * at) for at, town in enumerate(towns)]
    take_in(store, *(told(number, text) for number, text in enumerate(texts)))
    compared = []
    monkeypatch.setattr(families, "most_likeness", lambda a, b: compared.append(1) or likeness(a, b))
    take_in(store, told(99, f"{LEAD} {texts[2]}"))
    assert store.copies("s99") == ("s2", "s99")
    assert 1 <= len(compared) <= 4


def test_a_new_version_that_says_something_else_leaves_the_family(store):
    take_in(store, told(1), told(2), told(3))
    other = told(1, LATER)
    store.add(other.model_copy(update={"id": "s1-again"}), [])
    assert (store.copies("s1"), store.copies("s3")) == (("s1",), ("s2", "s3"))
    assert events_of(store) == [("ACCIDENT", ("Outlet 2", "Outlet 3"))]
    assert list(findings(store._engine)) == []


def test_what_a_person_said_holds_when_a_copy_comes_in(store):
    take_in(store, told(1))
    store.correct(said(SetStatus(status="alleged"), burst(told(1))))
    take_in(store, told(2))
    (event,) = store.events()
    assert (event.status, len(event.reports), event.reviews[0].who) == ("alleged", 2, "Ada")


def test_the_same_words_months_later_are_no_copy(store):
    take_in(store, told(1), told(2).model_copy(update={"published": date(2025, 9, 4)}))
    assert store.copies("s2") == ("s2",)


def test_check_finds_a_family_without_its_first_and_bands_that_are_not_the_texts(store):
    take_in(store, told(1), told(2))
    with store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE families SET first = 's2'")
        connection.exec_driver_sql("DELETE FROM bands WHERE number = 1")
        connection.exec_driver_sql("UPDATE echoes SET told = ''")
    found = [finding.what for finding in findings(store._engine) if finding.bad]
    assert [" ".join(what.split()[:2]) for what in found] == [
        "story s1",
        "event s1-burst-ACCIDENT",
        "event s2-burst-ACCIDENT",
        "copies: story",
    ]


def as_schema_2(path):
    """The file as a program of schema 2 left it: the same tables but those for copies."""
    with closing(sqlite3.connect(path)) as connection:
        for table in ("bands", "families", "echoes"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE facts SET value = 2 WHERE key = 'schema'")
        connection.commit()


def test_a_store_of_schema_2_learns_which_stories_are_copies_and_a_copy_of_it_is_kept(tmp_path):
    path = tmp_path / "news.sqlite"
    store = Store.open(path)
    take_in(store, told(1), told(2, f"{LEAD} {WIRE}"), told(3, LATER))
    before = (events_of(store), store.copies("s1"))
    store.close()
    as_schema_2(path)
    with closing(sqlite3.connect(path)) as connection:  # schema 2 did not link what has neither day nor place
        connection.execute("UPDATE events SET happening = born")
        connection.execute("DELETE FROM happenings")
        connection.execute(
            "INSERT INTO happenings (id, speaker, reports, type, family, status, confidence, reviewed, what) "
            "SELECT born, id, 1, type, 'incident', 'occurred', 0.4, 0, 'It burst' FROM events"
        )
        connection.commit()
    store = Store.open(path)
    assert (events_of(store), store.copies("s1")) == before
    assert [change.detail for change in store.history()] == [f"schema 2 to {SCHEMA_VERSION}, 3 stories"]
    assert list(findings(store._engine)) == []
    store.close()
    with closing(sqlite3.connect(path.with_name("news.sqlite.schema-2"))) as connection:
        assert connection.execute("SELECT value FROM facts WHERE key = 'schema'").fetchone() == (2,)


def test_a_store_of_schema_1_learns_which_stories_are_copies(tmp_path):
    path = tmp_path / "news.sqlite"
    version_1_file(path, [(one, [burst(one)]) for one in (told(1), told(2))])
    store = Store.open(path)
    assert (events_of(store), store.copies("s2")) == ([("ACCIDENT", ("Outlet 1", "Outlet 2"))], ("s1", "s2"))
    assert list(findings(store._engine)) == []
    store.close()
