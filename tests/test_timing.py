"""When a happening happens. The weights are learned, so only what no weights may change is asserted sharply."""

from datetime import date, timedelta

import pytest
from analyses import DAY, analysis_of, happening_at

from events.extraction.linear_choice import LinearChoice
from events.extraction.records.timing import candidates_of, when_of


def dated(text, word, status="occurred", published=DAY):
    analysis = analysis_of(text, published=published)
    return when_of(happening_at(analysis, word, status=status), analysis, LinearChoice.load("time"))[0]


@pytest.mark.parametrize(
    ("text", "word", "status", "day"),
    [
        ("Gunmen shot two traders in Kaduna on Monday.", "shot", "occurred", date(2025, 3, 10)),
        ("The two leaders will meet in Lima on 4 May.", "meet", "planned", date(2025, 5, 4)),
        ("The army took the town on 7 January 2024.", "took", "occurred", date(2024, 1, 7)),
        ("Guards caught a poacher near Mara yesterday (March 8, 2025).", "caught", "occurred", date(2025, 3, 8)),
    ],
)
def test_the_date_in_the_clause_is_the_date(text, word, status, day):
    when = dated(text, word, status)
    assert (when.start, when.end, when.precision, when.assumed) == (day, day, "day", False)


def test_the_words_that_gave_the_date_are_a_slice_of_the_story():
    text = "Gunmen shot two traders in Kaduna on Monday."
    when = dated(text, "shot")
    assert (when.text, text[when.evidence.start : when.evidence.end]) == ("Monday", "Monday")


def test_news_told_without_a_date_is_of_the_publication_day_and_says_so():
    when = dated("Gunmen shot two traders in Kaduna.", "shot")
    assert (when.start, when.end, when.assumed, when.text) == (DAY, DAY, True, "")


def test_without_a_publication_day_and_without_a_date_there_is_none():
    assert dated("Gunmen shot two traders in Kaduna.", "shot", published=None) is None


def test_a_month_stays_a_month():
    when = dated("The mine was closed in February 2024.", "closed")
    assert (when.start, when.end, when.precision) == (date(2024, 2, 1), date(2024, 2, 29), "month")


def test_the_publication_day_and_no_date_are_always_the_last_candidates():
    analysis = analysis_of("Gunmen shot two traders in Kaduna on Monday.")
    found = list(candidates_of(happening_at(analysis, "shot"), analysis))
    assert [c.interval for c in found[-2:]] == [(DAY, DAY, "day"), None]


def test_a_duration_is_no_candidate():
    analysis = analysis_of("The two ministers met for three hours in Kisumu.")
    assert [c.time for c in candidates_of(happening_at(analysis, "met"), analysis)] == [None, None]


def test_since_when_a_record_stands_is_no_date_of_the_act():
    when = dated("Shares rose in Lagos to their highest since May 2019.", "rose")
    assert when.start.year == 2025


def test_a_stretch_up_to_now_has_days():
    when = dated("Nine people have died in Lima in the past 24 hours.", "died")
    assert (when.start, when.end) == (DAY - timedelta(days=1), DAY)
