"""Temporal expressions: what is found in running text, with which extent, type and value."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.extraction.sentences import split
from events.extraction.times.time_expressions import find_times
from events.extraction.times.time_values import Setting, value_of
from events.model import Story

MONDAY = date(2025, 1, 13)


def times(text, published=MONDAY, title="", day_first=None):
    return find_times(split(Story(id="1", title=title, text=text)), published, day_first)


def found(text, published=MONDAY, **more):
    return [(t.text, t.value) for t in times(text, published, **more)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The council met on 8 January 2025.", ("8 January 2025", "2025-01-08")),
        ("The council met on Jan. 8, 2025, in Oslo.", ("Jan. 8, 2025", "2025-01-08")),
        ("The council met on January 8th.", ("January 8th", "2025-01-08")),
        ("The council met on Wednesday, Jan. 8.", ("Wednesday, Jan. 8", "2025-01-08")),
        ("The council met on 2025-01-08.", ("2025-01-08", "2025-01-08")),
        ("The council met on the 8th of January.", ("the 8th of January", "2025-01-08")),
        ("The council met in November 2024.", ("November 2024", "2024-11")),
        ("The council met in November.", ("November", "2024-11")),
        ("The council met in 1565.", ("1565", "1565")),
        ("The council met in the spring.", ("the spring", "2024-SP")),
        ("The council met last winter.", ("last winter", "2023-WI")),
        ("The council met on Thursday of last week.", ("Thursday of last week", "2025-01-09")),
        ("The council met in 2019.", ("2019", "2019")),
        ("The council met last week.", ("last week", "2025-W02")),
        ("The council met last month.", ("last month", "2024-12")),
        ("The council met last year.", ("last year", "2024")),
        ("The council met two years ago.", ("two years ago", "2023")),
        ("The council met ten days ago.", ("ten days ago", "2025-01-03")),
        ("The council met yesterday.", ("yesterday", "2025-01-12")),
        ("The council met last summer.", ("last summer", "2024-SU")),
        ("The council met over the weekend.", ("the weekend", "2025-W02-WE")),
        ("The council met in the third quarter of 2024.", ("the third quarter of 2024", "2024-Q3")),
        ("The council met in the 1990s.", ("1990s", "199")),
        ("The council met on Christmas Day.", ("Christmas Day", "2024-12-25")),
        ("The council met on Thanksgiving.", ("Thanksgiving", "2024-11-28")),
        ("The council met on the 9th.", ("the 9th", "2025-01-09")),
        ("The council met on the 27th of last month.", ("the 27th of last month", "2024-12-27")),
        ("The council met on 3 March.", ("3 March", "2024-03-03")),
        ("The council met in nineteen ninety-six.", ("nineteen ninety-six", "1996")),
        ("The council met earlier this year.", ("earlier this year", "2025")),
        ("The council met in early November.", ("early November", "2024-11")),
    ],
)
def test_a_date_told_as_past_has_its_extent_and_value(sentence, expected):
    assert found(sentence) == [expected]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The mayor resigned on Friday.", "2025-01-10"),
        ("The mayor will resign on Friday.", "2025-01-17"),
        ("The mayor is to resign on Friday.", "2025-01-17"),
        ("The mayor resigned on Monday, aides said.", "2025-01-13"),
        ("The talks were held until Wednesday.", "2025-01-15"),
        ("The mayor said last Friday he was tired.", "2025-01-10"),
        ("The mayor will speak next Friday.", "2025-01-17"),
        ("The mayor has been ill since Friday.", "2025-01-10"),
        ("The vote will be held in March.", "2025-03"),
        ("The vote was held in March.", "2024-03"),
        ("The vote will be held on Feb. 2.", "2025-02-02"),
        ("The vote was held on Dec. 2.", "2024-12-02"),
        ("It could come as early as Tuesday, aides said.", "2025-01-14"),
    ],
)
def test_the_tense_of_the_clause_gives_the_direction(sentence, value):
    assert [v for _, v in found(sentence)] == [value]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Shots were heard on Friday night.", ("Friday night", "2025-01-10TNI")),
        ("Shots were heard last night.", ("last night", "2025-01-12TNI")),
        ("Shots were heard in the night of Thursday to Friday.", ("the night of Thursday to Friday", "2025-01-09TNI")),
        ("Shots were heard at dawn on Friday.", ("dawn on Friday", "2025-01-10TMO")),
        ("Shots were heard on Friday at 10 p.m.", ("Friday at 10 p.m.", "2025-01-10T22:00")),
        ("Shots were heard overnight.", ("overnight", "2025-01-12TNI")),
        ("Shots were heard in the early hours of Friday.", ("the early hours of Friday", "2025-01-10TMO")),
        ("Shots were heard this morning.", ("this morning", "2025-01-13TMO")),
        ("Shots were heard at 10:35 p.m. on Friday.", ("10:35 p.m. on Friday", "2025-01-10T22:35")),
        ("Shots were heard at 2200 GMT.", ("2200 GMT", "2025-01-13T22:00")),
        ("Shots were heard at noon on Jan. 8, 2025.", ("noon on Jan. 8, 2025", "2025-01-08T12:00")),
    ],
)
def test_parts_of_the_day_and_clocks_are_times(sentence, expected):
    (only,) = times(sentence)
    assert (only.text, only.value, only.type) == (*expected, "TIME")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The fair ran Jan. 9-12.", ("Jan. 9-12", "2025-01-09/2025-01-12")),
        ("The fair ran 9–12 January 2024.", ("9–12 January 2024", "2024-01-09/2024-01-12")),
        ("The fair ran between 3 and 5 May 2024.", ("3 and 5 May 2024", "2024-05-03/2024-05-05")),
        ("The fair ran from 30 April - 2 May 2024.", ("30 April - 2 May 2024", "2024-04-30/2024-05-02")),
        ("The fair ran 2014–2016.", ("2014–2016", "2014/2016")),
        ("The fair ran Dec. 30 - Jan. 2, 2025.", ("Dec. 30 - Jan. 2, 2025", "2024-12-30/2025-01-02")),
    ],
)
def test_a_range_of_days_in_one_expression_is_start_and_end(sentence, expected):
    assert found(sentence) == [expected]


def test_a_range_of_two_expressions_is_two_expressions():
    assert found("The fair will run from Monday to Wednesday.") == [
        ("Monday", "2025-01-13"),
        ("Wednesday", "2025-01-15"),
    ]


@pytest.mark.parametrize(
    ("sentence", "text", "kind", "value"),
    [
        ("They talked for three days.", "three days", "DURATION", "P3D"),
        ("They talked for several weeks.", "several weeks", "DURATION", "PXW"),
        ("They talked for the past two months.", "the past two months", "DURATION", "P2M"),
        ("They talked for five and a half hours.", "five and a half hours", "DURATION", "PT5H30M"),
        ("They talk every Monday.", "every Monday", "SET", "XXXX-WXX-1"),
        ("They talk on Sundays.", "Sundays", "SET", "XXXX-WXX-7"),
        ("They talk daily.", "daily", "SET", "P1D"),
        ("They talk twice a week.", "twice a week", "SET", "P1W"),
        ("They talk each July.", "each July", "SET", "XXXX-07"),
    ],
)
def test_durations_and_sets_are_told_from_dates(sentence, text, kind, value):
    assert [(t.text, t.type, t.value) for t in times(sentence)] == [(text, kind, value)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The army may attack.",
        "They march against the tax.",
        "He finished second in the race.",
        "A second man was held.",
        "The sun shone and they sat down.",
        "The Sun reported the story.",
        "The fall of the city shook them.",
        "Spring water is sold here.",
        "April Jones said no.",
        "Some 2000 people fled.",
        "The 85-year-old leader spoke.",
        "She is 30 years old.",
        "Theresa May spoke.",
        "Jan Kavan spoke.",
        "He won 2-1 and ran 1,989 metres.",
        "Three-quarters of them fled.",
    ],
)
def test_words_in_their_other_senses_are_no_dates(sentence):
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It began in May.", [("May", "2024-05")]),
        ("It began in March.", [("March", "2024-03")]),
        ("It began on May 5.", [("May 5", "2024-05-05")]),
    ],
)
def test_may_and_march_are_months_where_a_word_before_or_a_day_says_so(sentence, expected):
    assert found(sentence) == expected


@pytest.mark.parametrize(
    ("text", "day_first", "value"),
    [
        ("3/4/2025", None, "2025-03-04"),
        ("3/4/2025", True, "2025-04-03"),
        ("3/4/2025", False, "2025-03-04"),
        ("25/4/2025", None, "2025-04-25"),
        ("4/25/2025", True, "2025-04-25"),
        ("13.01.2025", None, "2025-01-13"),
        ("03.04.2025", None, "2025-04-03"),
    ],
)
def test_numerals_are_read_in_the_outlets_order(text, day_first, value):
    assert found(f"It was signed on {text} in Bern.", day_first=day_first) == [(text, value)]


@pytest.mark.parametrize("text", ["Ramadan", "12 Muharram 1446", "22 Bahman", "Baisakh 12, 2081"])
def test_months_of_other_calendars_are_kept_without_a_value(text):
    (only,) = times(f"It was signed during {text}.")
    assert (only.text, only.value) == (text, "")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("He died on 4 May 2021. The next day troops came.", "2021-05-05"),
        ("He died on 4 May 2021. Two days later troops came.", "2021-05-06"),
        ("He died on 4 May 2021. The following month troops came.", "2021-06"),
        ("He died in 1998. Troops came later that year.", "1998"),
        ("A quake struck on Saturday. A day earlier, troops came.", "2025-01-10"),
    ],
)
def test_what_was_told_before_is_counted_from(sentence, expected):
    assert found(sentence)[-1][1] == expected


def test_a_year_earlier_beside_a_quarters_figures_is_that_quarter():
    text = "Profit rose 8% in the third quarter. Sales were $5 million, up from $4 million a year earlier."
    assert found(text, date(2024, 11, 4)) == [("the third quarter", "2024-Q3"), ("a year earlier", "2023-Q3")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "He will visit Moscow three days before the inauguration of US President-elect Ito.",
            ("three days before the inauguration of US President-elect Ito", "2025-01-17"),
        ),
        ("The shop closed two weeks after Christmas.", ("two weeks after Christmas", "2025-01-08")),
        ("They met three days before Christmas Eve.", ("three days before Christmas Eve", "2024-12-21")),
        ("The 9/11 attacks changed them.", ("9/11", "2001-09-11")),
    ],
)
def test_fixed_occasions_are_counted_from(sentence, expected):
    assert found(sentence) == [expected]


def test_an_unknown_occasion_gives_no_day():
    assert [v for _, v in found("He resigned three days before the meeting.") if v.startswith("20")] == []


def test_without_a_publication_day_relative_expressions_have_no_value():
    text = "On Friday he said that on 8 January 2025 and in March, last week, and on Jan. 5, nothing happened."
    assert found(text, None) == [
        ("Friday", ""),
        ("8 January 2025", "2025-01-08"),
        ("March", "XXXX-03"),
        ("last week", ""),
        ("Jan. 5", "XXXX-01-05"),
    ]


def test_offsets_are_the_storys_with_carriage_returns_and_odd_spaces():
    text = "A fire broke out.\r\n\r\nIt was out by\u00a0Friday,\r\nJan.\u00a010, they said.\r\n"
    story = Story(id="1", title="Fire on Jan. 9", text=text)
    found_times = find_times(split(story), MONDAY)
    assert all(story.part(t.part)[t.start : t.end] == t.text for t in found_times)
    assert [(t.part, t.text, t.value) for t in found_times] == [
        ("title", "Jan. 9", "2025-01-09"),
        ("text", "Friday", "2025-01-10"),
        ("text", "Jan.\u00a010", "2025-01-10"),
    ]


def test_a_million_characters_of_repeated_words_take_linear_time():
    for unit in ("until Monday ", "1 ", "the ", "three days before the ", "“in May ", "9-"):
        text = unit * (60_000 // len(unit))
        began = time.process_time()
        times(text)
        assert time.process_time() - began < 6, unit


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "Friday last next 31 30 Feb. February 2025 9999 1600 th night the 14th days before after Christmas ago ten "
            "0 99 / - – 's . , early of until May 24:99 a.m. fiscal quarter year's 29 13.13.2025 overnight".split()
        ),
        max_size=14,
    ),
    st.dates(),
)
def test_no_run_of_time_words_raises_and_texts_are_slices(parts, published):
    text = " ".join(parts)
    for day in (published, None):
        assert all(text[t.start : t.end] == t.text for t in times(text, day))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.dates())
def test_any_text_can_be_valued_without_raising(text, published):
    assert value_of(text, Setting(published)) is None or value_of(text, Setting(published))[0]
