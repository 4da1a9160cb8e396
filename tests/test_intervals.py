"""Intervals: the days that a TIMEX3 value stands for, and the days that an event's words stand for."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.extraction.sentences import split
from events.extraction.times.interval_ranges import interval_between
from events.extraction.times.interval_readings import interval_of_expression
from events.extraction.times.intervals import interval_of
from events.extraction.times.time_expressions import find_times
from events.model import Story, TimeExpression

MONDAY = date(2025, 1, 13)
SATURDAY = date(2025, 1, 18)


def day(text):
    return date.fromisoformat(text)


def read(text, published=MONDAY):
    """The interval of the only expression of a sentence, as (start, end, precision)."""
    (only,) = find_times(split(Story(id="1", text=text)), published)
    interval = interval_of_expression(only, published)
    return None if interval is None else (interval[0].isoformat(), interval[1].isoformat(), interval[2])


@pytest.mark.parametrize(
    ("value", "start", "end", "precision"),
    [
        ("2025-01-13", "2025-01-13", "2025-01-13", "day"),
        ("2025-01-13TMO", "2025-01-13", "2025-01-13", "day"),
        ("2025-01-13T22:35", "2025-01-13", "2025-01-13", "day"),
        ("2025-01-13TNI", "2025-01-13", "2025-01-14", "day"),
        ("2025-W01", "2024-12-30", "2025-01-05", "week"),
        ("2025-W03-WE", "2025-01-18", "2025-01-19", "day"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2024-SU", "2024-06-01", "2024-08-31", "season"),
        ("2024-WI", "2024-12-01", "2025-02-28", "season"),
        ("2024-Q3", "2024-07-01", "2024-09-30", "season"),
        ("2024-H2", "2024-07-01", "2024-12-31", "season"),
        ("2024", "2024-01-01", "2024-12-31", "year"),
        ("199", "1990-01-01", "1999-12-31", "year"),
        ("FY1989", "1989-01-01", "1989-12-31", "year"),
        ("2025-01-09/2025-01-12", "2025-01-09", "2025-01-12", "day"),
        ("2022/2023", "2022-01-01", "2023-12-31", "year"),
    ],
)
def test_a_value_is_an_interval_with_its_precision(value, start, end, precision):
    assert interval_of(value) == (day(start), day(end), precision)


@pytest.mark.parametrize(
    "value",
    ["", "P3D", "PXW", "PAST_REF", "PRESENT_REF", "FUTURE_REF", "XXXX-01-09", "XXXX-WXX-1", "2025-02-30", "2025-W60",
     "9999-12-31TNI", "2025-13", "19", "x/y", "2025-01-12/2025-01-09"],
)  # fmt: skip
def test_vague_impossible_and_yearless_values_have_no_interval(value):
    assert interval_of(value) is None


@pytest.mark.parametrize(
    ("sentence", "published", "expected"),
    [
        ("It closed last Thursday.", SATURDAY, ("2025-01-09", "2025-01-16", "week")),
        ("It closed last Thursday.", MONDAY, ("2025-01-09", "2025-01-09", "day")),
        ("It closed last Saturday.", SATURDAY, ("2025-01-11", "2025-01-11", "day")),
        ("It will close next Friday.", MONDAY, ("2025-01-17", "2025-01-24", "week")),
        ("It closed on Thursday.", SATURDAY, ("2025-01-16", "2025-01-16", "day")),
    ],
)
def test_last_and_next_weekday_cover_both_readings_where_there_are_two(sentence, published, expected):
    assert read(sentence, published) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Shots were heard on Friday night.", ("2025-01-10", "2025-01-11", "day")),
        ("Shots were heard at midnight on Friday.", ("2025-01-10", "2025-01-11", "day")),
        ("Shots were heard on the night of 8 January.", ("2025-01-08", "2025-01-09", "day")),
        ("Shots were heard overnight.", ("2025-01-12", "2025-01-13", "day")),
        ("Shots were heard last night.", ("2025-01-12", "2025-01-13", "day")),
        ("Shots were heard overnight on Friday.", ("2025-01-09", "2025-01-11", "day")),
        ("Shots were heard in the early hours of Friday.", ("2025-01-10", "2025-01-10", "day")),
        ("Shots were heard early on Friday.", ("2025-01-10", "2025-01-10", "day")),
    ],
)
def test_nights_span_two_dates_and_early_hours_do_not(sentence, expected):
    assert read(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "published", "expected"),
    [
        ("It closed earlier this year.", day("2025-03-05"), ("2025-01-01", "2025-03-05", "year")),
        ("It closed earlier this month.", MONDAY, ("2025-01-01", "2025-01-13", "month")),
        ("It closed earlier this week.", SATURDAY, ("2025-01-13", "2025-01-18", "week")),
        ("It will close later this year.", day("2025-03-05"), ("2025-03-05", "2025-12-31", "year")),
        ("It closed this week.", SATURDAY, ("2025-01-13", "2025-01-19", "week")),
        ("It closed in early January.", MONDAY, ("2025-01-01", "2025-01-16", "month")),
        ("It closed in late 2024.", MONDAY, ("2024-07-02", "2024-12-31", "year")),
        ("It closed in mid-November.", MONDAY, ("2024-11-08", "2024-11-23", "month")),
        ("It will close by the end of the year.", MONDAY, ("2025-10-01", "2025-12-31", "year")),
        ("It closed last month.", MONDAY, ("2024-12-01", "2024-12-31", "month")),
    ],
)
def test_earlier_later_early_and_late_take_their_part_of_a_period(sentence, published, expected):
    assert read(sentence, published) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It rained for the past three days.", ("2025-01-10", "2025-01-13", "day")),
        ("It rained in the past 24 hours.", ("2025-01-12", "2025-01-13", "day")),
        ("It rained over the last two weeks.", ("2024-12-30", "2025-01-13", "week")),
        ("It will rain in the next two days.", ("2025-01-13", "2025-01-15", "day")),
        ("It rained for three days.", None),
        ("It rained in recent weeks.", None),
        ("It rained recently.", None),
        ("It rains every Monday.", None),
    ],
)
def test_lengths_of_time_have_days_only_beside_the_publication(sentence, expected):
    assert read(sentence) == expected


def test_a_fiscal_year_covers_the_ways_of_counting_one():
    assert read("Sales fell in fiscal 1989.") == ("1988-07-01", "1990-06-30", "year")


def test_a_range_of_days_and_a_year_without_publication_day():
    assert read("It ran Jan. 9-12, 2024.", None) == ("2024-01-09", "2024-01-12", "day")
    assert read("It ran in 2024.", None) == ("2024-01-01", "2024-12-31", "year")
    assert read("It ran on Friday.", None) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The summit will run from Monday to Wednesday.", ("2025-01-13", "2025-01-15")),
        ("The strike ran from Thursday until Saturday.", ("2025-01-09", "2025-01-11")),
        ("The fair ran from 3 May to 5 June 2024.", ("2024-05-03", "2024-06-05")),
        ("The fair ran between 3 May 2024 and 5 May 2024.", ("2024-05-03", "2024-05-05")),
        ("The fair ran from 30 December to 2 January 2024.", ("2023-12-30", "2024-01-02")),
        ("The war ran from 2014 to 2016.", ("2014-01-01", "2016-12-31")),
        ("Drills are held on Monday and Wednesday.", None),
        ("He spoke on Monday, not on Wednesday.", None),
    ],
)
def test_two_expressions_of_a_range_are_joined(text, expected):
    first, *_, last = find_times(split(Story(id="1", text=text)), MONDAY)
    joined = interval_between(first, last, text, MONDAY)
    assert (joined and (joined[0].isoformat(), joined[1].isoformat())) == expected


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.text(max_size=24), st.from_regex(r"[0-9X]{2,5}(-[0-9WQHX]{1,4}){0,2}(T[A-Z]{2})?(/.{0,10})?", fullmatch=True)),
    st.sampled_from(["last Friday", "overnight on Friday", "early 2024", "the past 999 years", "", "fiscal 1"]),
    st.sampled_from(["DATE", "TIME", "DURATION", "SET"]),
    st.one_of(st.none(), st.dates()),
)  # fmt: skip
def test_intervals_never_raise_and_are_in_order(value, text, kind, published):
    found = (interval_of(value), interval_of_expression(TimeExpression("text", 0, 1, text, kind, value), published))
    assert all(interval is None or interval[0] <= interval[1] for interval in found)
