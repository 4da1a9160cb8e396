from datetime import date

import pytest

from events.look import locale, view_wording, wording
from events.model import When
from events.view import EventTable, Filter, select
from tests.news import NoGazetteer, SmallAtlas, march_events


@pytest.fixture(scope="module")
def table():
    return EventTable.from_events(march_events(), SmallAtlas(), NoGazetteer())


def test_a_narrowed_view_says_of_how_many(table):
    view = select(table, Filter(statuses=("planned",)))
    assert view_wording.headline(view, date(2025, 3, 4), date(2025, 3, 21)) == "7 planned events of 40, 4–21 March 2025"


def test_a_narrowed_view_says_that_it_is_counted_of_what_has_a_place_and_a_date(table):
    assert view_wording.counted_of(select(table, Filter(statuses=("planned",)))) == (
        "The 40 have a place and a date, 5 others don’t."
    )
    assert view_wording.counted_of(select(table, Filter())) == ""


def test_an_empty_view_says_so(table):
    view = select(table, Filter(words="nowhere to be found"))
    assert view_wording.headline(view, date(2025, 3, 4), date(2025, 3, 4)) == "No events, 4 March 2025"
    assert (view_wording.how_told(view.told), view_wording.not_drawn(view)) == ("", "")


def test_only_undated_events_are_named_in_full():
    placed = EventTable.from_events([event for event in march_events() if event.place], SmallAtlas(), NoGazetteer())
    assert view_wording.not_drawn(select(placed, Filter())) == "Not drawn: 2 events with no date."


def test_many_regions_are_counted_after_the_second():
    names = {str(n): f"Region {n}" for n in range(5)}
    assert view_wording.where(list(names), names) == "in Region 0, Region 1 and 3 more regions"


@pytest.mark.parametrize(
    ("start", "end", "precision", "said"),
    [
        ((2025, 1, 1), (2025, 12, 31), "year", "2025"),
        ((2025, 2, 1), (2025, 2, 28), "month", "February 2025"),
        ((2025, 2, 24), (2025, 3, 2), "week", "24 Feb – 2 Mar"),
        ((2024, 12, 30), (2025, 1, 5), "week", "30 Dec 2024 – 5 Jan 2025"),
        ((2025, 3, 6), (2025, 3, 6), "day", "6 Mar"),
    ],
)
def test_a_card_gives_a_date_no_more_exactly_than_it_is_known(start, end, precision, said):
    assert wording.when_in_short(When(start=date(*start), end=date(*end), precision=precision)) == said


def test_an_assumed_day_is_said_to_be_assumed():
    when = When(start=date(2025, 3, 6), end=date(2025, 3, 6), precision="day", assumed=True)
    assert wording.date_reading(when) == "6 March 2025, the story’s own day"


def test_clashing_choices_are_all_named(table):
    chosen = Filter(
        date(2025, 3, 4), date(2025, 3, 5), regions=("sea:baltic-sea",), types=("AID",), statuses=("planned",),
        words=" cable ",
    )  # fmt: skip
    assert view_wording.why_none(chosen, table.region_names) == (
        "No planned event of Aid in the Baltic Sea with “cable” between 4 Mar and 5 Mar"
    )


def test_what_is_left_out_is_said_where_nothing_is_left(table):
    chosen = Filter(not_types=("ASSAULT",), not_regions=("sea:baltic-sea",), not_sources=("Gulf Courier",))
    assert view_wording.why_none(chosen, table.region_names) == (
        "No event, not in the Baltic Sea, not Assault, not from Gulf Courier"
    )


def test_a_headline_names_two_kinds_and_counts_on_more_being_said_elsewhere(table):
    two = select(table, Filter(statuses=("planned", "alleged"), families=("incident",)))
    assert view_wording.headline(two, None, None) == "3 planned or alleged incident events of 40"
    three = select(table, Filter(statuses=("planned", "alleged", "denied")))
    assert view_wording.headline(three, None, None) == "14 events of 40"


@pytest.mark.parametrize(
    ("viewer", "whole", "short", "thousands"),
    [
        ("en-GB", "4–25 March 2025", "6 Mar 2025", "1,200 events"),
        ("en-US", "March 4–25, 2025", "Mar 6, 2025", "1,200 events"),
        ("de-DE", "4.–25. März 2025", "6. März 2025", "1.200 events"),
        ("fr-FR", "4–25 mars 2025", "6 mars 2025", "1 200 events"),
        ("ar-EG", "4–25 March 2025", "6 Mar 2025", "1,200 events"),
        (None, "4–25 March 2025", "6 Mar 2025", "1,200 events"),
    ],
)
def test_dates_and_numbers_are_the_viewers(viewer, whole, short, thousands):
    locale.use(viewer)
    try:
        said = wording.days(date(2025, 3, 4), date(2025, 3, 25)), wording.day(date(2025, 3, 6), year=True)
        assert (*said, wording.plural(1200, "event").replace("\xa0", " ")) == (whole, short, thousands)
    finally:
        locale.use(None)
