"""Days counted from what the story dates, and from the table of scheduled days; never a guess."""

from datetime import date

import pytest
from analyses import analysis_of

from events.extraction.sentences import split
from events.extraction.times.interval_readings import interval_of_expression
from events.extraction.times.scheduled_dates import (
    anchored_value,
    easter,
    national_day,
    nowruz,
    occasions,
    orthodox_easter,
)
from events.extraction.times.time_expressions import find_times
from events.model import Story

MONDAY = date(2025, 1, 13)


def values(text, published=MONDAY, home=None):
    return {t.text: t.value for t in find_times(split(Story(id="1", text=text)), published, None, home)}


def parsed(text, published=MONDAY):
    return {t.text: t.value for t in analysis_of(text, published=published, light=True).times}


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("A quake struck on 3 March 2025. Three days after the quake, survivors were found.",
         "Three days after the quake", "2025-03-06"),
        ("The pact was signed in Geneva on Friday. The day after the signing, shelling resumed.",
         "The day after the signing", "2025-01-11"),
        ("The pact was signed in Geneva on Friday. It held a week after the signing.",
         "a week after the signing", "2025-W03"),
        ("On the eve of the summit, which opens in Accra on Saturday, ministers met.", "the eve of the summit", "2025-01-17"),
        ("The vote is on Sunday. Two days before the vote, the rival quit.", "Two days before the vote", "2025-01-17"),
        ("The port reopened two days after the blast. The explosion wrecked it on 8 January.",
         "two days after the blast", "2025-01-10"),
    ],
)  # fmt: skip
def test_what_the_story_dates_is_counted_from(text, words, expected):
    assert parsed(text)[words] == expected


@pytest.mark.parametrize(
    "text",
    [
        "He resigned three days before the meeting.",
        "One attack was on 3 January. Another attack was on 8 January. He fled three days after the attack.",
        "The storm, which he feared on Friday, passed. He left three days after the storm.",
    ],
)
def test_what_is_not_dated_or_dated_twice_stays_without_a_day(text):
    told = [value for words, value in parsed(text).items() if "three days" in words]
    assert told == ["P3D"]


def test_the_day_after_something_undated_keeps_its_words():
    assert parsed("The day after the quarrel they met.")["The day after the quarrel"] == ""


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("They marched on Ukraine's Independence Day.", "Independence Day", "2024-08-24"),
        ("They marched on Independence Day.", "Independence Day", ""),
        ("They rested on Nowruz 2025.", "Nowruz 2025", "2025-03-21"),
        ("They fasted until Eid.", "Eid", ""),
        ("He quit on the eve of Christmas.", "the eve of Christmas", "2024-12-24"),
        ("He quit two days before Orthodox Christmas.", "two days before Orthodox Christmas", "2025-01-05"),
    ],
)
def test_scheduled_days_are_of_the_table_or_kept_without_a_day(text, words, expected):
    assert values(text)[words] == expected


def test_a_national_day_without_its_nation_is_the_outlets():
    assert values("They marched on Independence Day.", date(2025, 8, 1), "IN")["Independence Day"] == "2025-08-15"
    assert national_day("independence day", "finland's", "IN", 2025) == date(2025, 12, 6)


def test_every_rule_of_the_table_gives_a_day_or_says_that_it_is_not_resolved():
    years = [date(year, 1, 1).year for year in range(1992, 2031)]
    for one in occasions():
        assert one.rule == "?" or any(one.day(year) for year in years), one


def test_calendars():
    assert [easter(y) for y in (2000, 2024)] == [date(2000, 4, 23), date(2024, 3, 31)]
    assert [orthodox_easter(y) for y in (2023, 2025)] == [date(2023, 4, 16), date(2025, 4, 20)]
    assert [nowruz(y) for y in (1999, 2020, 2026)] == [date(1999, 3, 21), date(2020, 3, 20), date(2026, 3, 21)]
    assert anchored_value("a week after the moon landing", MONDAY) is None


@pytest.mark.parametrize(
    ("text", "home", "expected"),
    [
        ("It rained last summer.", "AU", (date(2024, 12, 1), date(2025, 2, 28), "season")),
        ("It rained last summer.", "SE", (date(2024, 6, 1), date(2024, 8, 31), "season")),
        ("Fees rose this school year.", None, (date(2024, 8, 1), date(2025, 7, 31), "year")),
        ("The 2023-24 financial year was good.", None, (date(2023, 4, 1), date(2024, 6, 30), "year")),
    ],
)
def test_seasons_and_years_of_another_kind_are_what_they_are(text, home, expected):
    (time,) = find_times(split(Story(id="1", text=text)), date(2025, 5, 20), None, home)
    assert interval_of_expression(time, date(2025, 5, 20)) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("A car hit a wall on Friday. By dusk 30 were held.", "dusk", "2025-01-10TEV"),
        ("They marched for a second day on Sunday.", "a second day", "2025-01-13"),
        ("They will meet in the week of March 6.", "the week of March 6", "2025-W10"),
        ("He left the day before last Tuesday's hearing.", "the day before last Tuesday", "2025-01-06"),
        ("They met on the third Friday of March 2024.", "the third Friday of March 2024", "2024-03-15"),
        ("Profits fell in Q3 2024.", "Q3 2024", "2024-Q3"),
        ("Two missiles hit a depot on Sunday.", "Sunday", "2025-01-12"),
        ("Exams have been moved to Friday.", "Friday", "2025-01-17"),
        ("They could not be reached on Friday.", "Friday", "2025-01-10"),
        ("She will sign the pact that they drafted on Friday.", "Friday", "2025-01-10"),
        ("In 1999 he fled. On 8 January he came back. In 2021 he had married. He was held the same day.",
         "the same day", "2025-01-08"),
    ],
)  # fmt: skip
def test_days_of_the_narration(text, words, expected):
    assert parsed(text)[words] == expected
