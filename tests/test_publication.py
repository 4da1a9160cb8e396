"""The publication date: kept where the story has one, stated by a dateline or header, inferred, or not known."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.extraction.publication import date_story
from events.extraction.sentences import split
from events.extraction.syntax import MODEL, Parser
from events.model import Story

SHARED = Path(__file__).resolve().parents[2] / "shared"


def dated(text, title="", captions=(), **more):
    story = Story(id="1", title=title, text=text, captions=captions, **more)
    return date_story(story, split(story))


def with_caption(caption, body):
    return dated(f"{caption}\n\n{body}", captions=((0, len(caption)),))


def test_a_date_that_the_story_brings_is_kept():
    story = dated("OSLO, 3 March 2024 - It snowed.", published=date(2020, 1, 1), published_basis="metadata")
    assert (story.published, story.published_basis, story.published_reasons) == (date(2020, 1, 1), "metadata", ())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("KABUL, 3 March 2024 - A bus left the road.", "2024-03-03"),
        ("HELSINKI, Jan. 14, 2025 (AP) — Leaders met.", "2025-01-14"),
        ("CAIRO – 26 July 2022: The minister spoke.", "2022-07-26"),
        ("N'Djamena, 29 December 2025. The force informs the public.", "2025-12-29"),
        ("DUBAI, United Arab Emirates (June 10, 2025) — Guards boarded a ship.", "2025-06-10"),
        ("KURGAN region, 16 April 2024, 14:00.\n\nThe river rose.", "2024-04-16"),
    ],
)
def test_a_dateline_with_its_year_states_the_day(text, day):
    story = dated(text)
    assert (story.published, story.published_basis) == (date.fromisoformat(day), "dateline")
    assert story.published_reasons[0].startswith("the dateline says")


@pytest.mark.parametrize(
    ("title", "text", "day"),
    [
        ("", "7 August 2024\n\n09:42 Good morning.", "2024-08-07"),
        ("", "By Ann Lee\n\nMarch 6, 2025\n\nA commissioner resigned.", "2025-03-06"),
        ("", "Published Saturday, March 31, 2018 1:19PM CST\n\nA man is in custody.", "2018-03-31"),
        ("", "Issued 06:00 UTC, 15 June 2010.\n\nThe storm moved on.", "2010-06-15"),
        ("Situation report No. 3, 3 February 2025", "Fighting goes on.", "2025-02-03"),
    ],
)
def test_a_dated_line_or_title_is_a_header(title, text, day):
    story = dated(text, title=title)
    assert (story.published, story.published_basis) == (date.fromisoformat(day), "header")


@pytest.mark.parametrize(
    ("caption", "body", "day", "reasons"),
    [
        ("08 January 2025, Oslo: Two ministers meet.", "The king will host a guest, the palace said Monday.", "2025-01-13", 2),
        ("Ships sail on Thursday, Jan. 9, 2025.", "The alliance announced Tuesday a new mission.", "2025-01-14", 2),
        ("Ships sail on Jan. 9, 2025.", "The mission goes on.", "2025-01-09", 1),
    ],
)  # fmt: skip
def test_a_caption_and_a_weekday_give_the_earliest_day_that_fits(caption, body, day, reasons):
    story = with_caption(caption, body)
    assert (story.published, story.published_basis) == (date.fromisoformat(day), "inferred")
    assert len(story.published_reasons) == reasons


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Police today (July 28, 2022) found the man. He is well.", "2022-07-28"),
        ("Police yesterday (July 27, 2022) found the man. He is well.", "2022-07-28"),
        ("The king opened a park on Sunday, 24th July 2022. Crowds came.", "2022-07-24"),
        ("The club elected Ann Lee on June 3, 2015. She thanked it.", "2015-06-03"),
        ("The fair was held from 19 to 20 July 2022. It was well attended.", "2022-07-20"),
    ],
)
def test_a_day_with_its_year_in_the_opening_is_the_news(text, day):
    assert dated(text).published == date.fromisoformat(day)


def test_an_occasion_fixed_by_law_and_weekdays_settle_the_week_and_its_year():
    story = dated(
        "The ministers will meet in Bern on Friday, a spokesman said Monday. The talks will be held three days before the "
        "inauguration of US President-elect Ito. They last met in 2023."
    )
    assert story.published == date(2025, 1, 13)
    assert any("inauguration" in reason for reason in story.published_reasons)


@pytest.mark.parametrize(
    "text",
    [
        "A fire broke out in the port.",
        "A fire broke out in the port on Monday, police said.",
        "The bridge was built in 1932. It is being repaired.",
        "The treaty was signed on 4 July 1776. Officials spoke of it on Monday.",
        "The city was founded on 8 April 1990 and is loved.",
        "The captain of a ferry that sank on the night of 5 June 2019 was found guilty on Monday.",
        "The firm sells bonds due March 1, 2031. They were offered on Friday.",
        "A man born on 3 March 2001 was held. He is well.",
        "HELSINKI, Jan. 14 - Leaders met on Tuesday.",
        "Trade fell. The accord of Sept. 2, 2010 is dead, he said. It was renewed in 2018.",
        "",
    ],
)
def test_a_bare_weekday_a_year_or_an_old_date_settles_nothing(text):
    story = dated(text)
    assert (story.published, story.published_basis, story.published_reasons) == (None, None, ())


def test_a_later_year_told_as_begun_makes_a_captions_day_background():
    assert (
        with_caption("Oslo, 8 January 2015: A march.", "In 2023 the law was changed, he said Monday.").published is None
    )


def seeds():
    folder = SHARED / "seeds"
    if not folder.exists():
        pytest.skip("../shared/seeds is not here")
    text = next(folder.glob("*.txt")).read_text(encoding="utf-8")
    for part in text.split("\n\n\n\n"):
        title, *rest = part.strip().split("\n")
        lines = list(dict.fromkeys(line for line in rest if line.strip() and line not in {"TT", title}))
        yield Story(id="1", title=title, text="\n\n".join(lines), captions=((0, len(lines[0])),))


@pytest.mark.parametrize("parsed", [False, True])
def test_the_seed_stories_are_dated(parsed):
    if parsed and not (MODEL / "meta.json").exists():
        pytest.skip("the parser's model is not in events/extraction/models/syntax")
    days = []
    for story in seeds():
        sentences = Parser.load().parse(split(story)) if parsed else split(story)
        days.append(date_story(story, sentences).published)
    assert days == [date(2025, 1, 13), date(2025, 1, 14)]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "OSLO, 3 March 2024 - said Monday will Friday Jan. 14, 2025 today ( ) yesterday three days before Christmas "
            "“ ” . \n 31 9999 1600 due on Published".split(" ")
        ),
        max_size=20,
    ),
    st.text(max_size=30),
)
def test_dating_never_raises(parts, title):
    story = dated(" ".join(parts), title=title)
    assert (story.published is None) == (story.published_basis is None) == (story.published_reasons == ())


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/2024/05/17/bridge-opens", date(2024, 5, 17)),
        ("https://news.example/bridge-opens-20240517", date(2024, 5, 17)),
        ("https://news.example/2024/05/bridge-opens", None),
        ("https://news.example/a-20241340", None),
    ],
)
def test_the_day_in_a_storys_address_dates_it(url, expected):
    story = Story(id="1", text="A bridge opened on Friday.", url=url)
    assert date_story(story, split(story)).published == expected
