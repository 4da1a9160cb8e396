"""What a briefing says: which events it numbers, in which order, and what it says about the rest."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.briefing.plain_text import plain, shortened, web_address
from events.briefing.scripts import is_legible, legible
from events.model import When
from events.view import Filter
from tests.briefings import briefing, many, odd_views, places, told


def test_events_are_numbered_in_order_of_time():
    helsinki = places()["Helsinki"]
    made = briefing([told(1, helsinki, day=5), told(2, helsinki, day=1)])
    assert [(entry.number, entry.id, entry.date) for entry in made.entries] == [
        (1, "ev2", "4 Mar 2025"),
        (2, "ev1", "8 Mar 2025"),
    ]


def test_a_person_decides_on_title_order_and_what_is_left_out():
    made = briefing(
        many(["Riga"], 4), title=" Watch ", order=("ev3", "ev0"), left_out=frozenset({"ev1"}), as_of=date(2025, 4, 1)
    )
    assert (made.title, [entry.id for entry in made.entries]) == ("Watch", ["ev3", "ev0", "ev2"])
    assert "Left out by hand: 1 event." in made.coverage
    assert made.as_of == date(2025, 4, 1)


def test_its_days_are_the_chosen_ones_though_an_event_is_known_to_the_year_only():
    year = When(start=date(2025, 1, 1), end=date(2025, 12, 31), precision="year")
    vague = told(1, places()["Riga"]).model_copy(update={"when": year})
    events = [vague, told(2, places()["Riga"], day=3)]
    assert briefing(events).title == "Events, 1 January – 6 March 2025"
    assert briefing(events, Filter(start=date(2025, 3, 1))).subtitle.startswith("2 events, 1–6 March 2025:")
    assert briefing([vague]).title == "Events, 1 January – 31 December 2025"


def test_the_same_stories_stand_for_the_day_of_the_newest():
    assert briefing(odd_views()["one"]).as_of == date(2025, 3, 12)
    assert briefing([]).as_of is None


def test_it_says_what_was_chosen_and_how_much_that_is():
    chosen = Filter(statuses=("planned",), regions=("country:UA",), end=date(2025, 3, 30))
    made = briefing(many(["Kyiv", "Riga"], 12), chosen)
    assert made.kicker == "Event briefing · Ukraine"
    assert made.coverage[:2] == (
        "1 of 12 events in 2 reports from 2 stories of 2 outlets.",
        "Chosen: in Ukraine; planned; until 30 March 2025.",
    )


def test_what_has_no_place_or_no_date_is_listed_apart_and_counted():
    made = briefing([told(1, None), told(2, places()["Riga"], day=None), told(3, places()["Riga"])])
    assert [[entry.id for entry in group] for group in (made.entries, made.undated, made.unplaced)] == [
        ["ev3"],
        ["ev2"],
        ["ev1"],
    ]
    assert "Not drawn: 1 with no place and 1 with no date; listed at the end." in made.coverage
    assert {entry.number for entry in (*made.undated, *made.unplaced)} == {None}


def test_more_events_than_one_map_can_hold_are_counted():
    made = briefing(many(["Riga", "Kyiv"], 75))
    assert len(made.entries) == 60
    assert any(said.startswith("Only the 60 newest of 75, by the day of their first report,") for said in made.coverage)
    assert any("15 are left out. A view of fewer days" in said for said in made.coverage)


def test_of_too_many_events_those_are_drawn_that_were_reported_last():
    old, *others = many(["Riga", "Kyiv"], 75)
    late = old.model_copy(update={"reports": (old.reports[0].model_copy(update={"published": date(2025, 6, 1)}),)})
    assert [e.id for e in briefing([late, *others]).entries] == ["ev0", *(f"ev{n}" for n in range(16, 75))]
    without = briefing([late, *others], left_out=frozenset({"ev0", "ev74"}))
    assert [e.id for e in without.entries] == [f"ev{n}" for n in range(14, 74)]
    assert any("60 newest of 73" in said for said in without.coverage)


def test_every_briefing_says_what_counts_mean_and_that_borders_imply_nothing():
    for events in odd_views().values():
        made = briefing(events)
        assert any(said.startswith("Counts are of reports") for said in made.coverage)
        assert "Boundaries imply no endorsement." in made.credits


def test_an_entry_has_its_evidence_its_precision_and_its_sources():
    made = briefing([told(1, places()["Tartu County"], reports=6, quote="A crane fell, the port said.")])
    (entry,) = made.entries
    assert (entry.quote, entry.sure_of_place) == ("A crane fell, the port said.", "a province, within about 40 km")
    assert (len(entry.sources), entry.more_sources) == (4, 2)
    assert entry.sources[0].url == "https://example.org/1/0"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org", None),
        ("https://example.org/a b\"'><x>", "https://example.org/a%20b%22%27%3E%3Cx%3E"),
        ("https://example.org/ж", "https://example.org/%D0%B6"),
    ],
)
def test_only_web_addresses_are_linked_and_none_can_close_its_link(address, kept):
    assert web_address(address) == kept


@given(st.text(max_size=60))
def test_plain_text_is_one_line_that_nothing_turns_around(text):
    said = plain(text)
    assert said.splitlines() in ([said], [])
    assert not set(said) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\x00\x07\x1b")
    assert plain(said) == said


@given(st.text(max_size=60))
def test_what_has_no_typeface_is_named_and_never_an_empty_box(text):
    assert is_legible(legible(plain(text)))


@given(st.text(max_size=80), st.integers(min_value=4, max_value=40))
def test_text_is_cut_to_a_length(text, most):
    assert len(shortened(text, most)) <= most + 1
