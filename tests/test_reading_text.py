"""Plain text to stories: several in a file, scraped pages, headers, captions, what never parts a story."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.reading import read_path, read_text

DATA = Path(__file__).parent / "data" / "reading"
SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


def stories(text):
    result = read_text(text, "x.txt")
    assert result.problems == ()
    return list(result.stories)


def only(text):
    (story,) = stories(text)
    return story


def captions(story):
    return [story.text[start:end] for start, end in story.captions]


def paragraphs(story):
    return story.text.split("\n\n")


# ------------------------------------------------------------------ scraped pages


def test_the_seed_file_is_two_stories_with_their_captions_once_each():
    if not SEEDS.is_dir():
        pytest.skip("../shared/seeds is not beside this repository")
    result = read_path(SEEDS)
    moscow, baltic = result.stories
    assert result.problems == ()
    assert moscow.title.startswith("Russia Says Iran") and moscow.title.endswith("Partnership Pact with Putin")
    assert baltic.title == "NATO Announces New Mission to Protect Undersea Cables in the Baltic Sea Region"
    assert [len(captions(story)) for story in (moscow, baltic)] == [1, 1]
    assert captions(baltic)[0].startswith("Estonian naval ships sail") and captions(baltic)[0].endswith("The AP")
    assert moscow.text.count("not pictured") == 1 and baltic.text.count("Estonian naval ships") == 1
    assert paragraphs(moscow)[1].startswith("Russian President Vladimir Putin will host")
    assert moscow.text.endswith("suffered in Syria.") and baltic.text.endswith("deployment are concerned.”")
    assert "TT" not in paragraphs(moscow) + paragraphs(baltic)


def test_a_page_with_furniture_becomes_headline_date_caption_and_body():
    result = read_path(DATA / "andes-slide.txt")
    slide, strike = result.stories
    assert (slide.title, slide.published) == ("Hillside Buries Homes Above Cusco After Night of Rain", date(2025, 3, 5))
    assert captions(slide) == [paragraphs(slide)[0]]
    assert captions(slide)[0].startswith("04 March 2025, Peru, Cusco:")
    assert [words for words in ("Share", "ALSO READ", "Quispe", "©", "Published") if words in slide.text] == []
    assert paragraphs(slide)[3] == "What comes next"
    assert (strike.title, strike.published_basis) == ("Copper Miners Block Railway to the Coast", "header")
    assert captions(strike) == ["Miners sit on the tracks near Juliaca. [Pedro Lazo/Reuters]"]


def test_captions_of_the_head_come_first_and_one_in_the_body_stays_where_it_is():
    (story,) = read_path(DATA / "gulf-page.txt").stories
    assert [paragraphs(story).index(caption) for caption in captions(story)] == [0, 4]
    assert paragraphs(story)[1] == "Crews leave burning ships as coastguard boats arrive"
    assert paragraphs(story)[-1].endswith("an inquiry next week.")
    assert story.published == date(2025, 3, 5)


def test_a_headline_with_the_outlets_name_is_the_same_headline():
    story = only(
        "Dam Bursts Near Mosul - Tigris Today\nShare\nDam Bursts Near Mosul\n\nA dam burst near Mosul on Monday."
    )
    assert (story.title, story.text) == ("Dam Bursts Near Mosul", "A dam burst near Mosul on Monday.")


def test_a_lead_that_the_page_gives_twice_is_in_the_text_once():
    lead = "A dam burst near Mosul on Monday, flooding nine villages."
    story = only(f"Dam Bursts Near Mosul\n\n{lead}\n\nNobody was hurt, the governor said.\n\n{lead}")
    assert paragraphs(story) == [lead, "Nobody was hurt, the governor said."]


# ------------------------------------------------------------------ several stories in a file


def test_wrapped_mail_with_header_lines_and_a_rule_is_two_stories():
    ferry, truce = read_path(DATA / "lagos-mail.txt").stories
    assert (ferry.title, ferry.source) == ("FERRY SINKS IN LAGOS LAGOON, FOUR DEAD", "Lagoon Courier")
    assert (ferry.published, truce.published) == (date(2025, 3, 6), date(2025, 3, 7))
    assert paragraphs(ferry)[0].startswith("A wooden ferry with forty people on board sank in the Lagos lagoon on")
    assert paragraphs(truce)[1:] == [
        "* Both sides will hand in arms by the end of April.",
        "* A joint patrol begins on Monday.",
    ]


def test_a_headline_above_a_dateline_begins_a_story_and_stars_and_subheadings_do_not():
    cyclone, ash = read_path(DATA / "pacific-briefs.txt").stories
    assert cyclone.title == "Cyclone Rips Roofs Off in Port Vila"
    assert paragraphs(cyclone)[0].startswith("PORT VILA, March 3 (Coral News) — A cyclone")
    assert paragraphs(ash)[1] == "Why so much ash"
    assert paragraphs(ash)[-1].endswith("to carry more fuel.")


@pytest.mark.parametrize("rule", ["---", "===", "* * *", "***", "_____", "\f", "###", "-30-"])
def test_a_separator_parts_two_stories(rule):
    text = f"Quake shakes Muscat\n\nA quake shook Muscat.\n\n{rule}\n\nFlood hits Beira\n\nA flood hit Beira on Monday."
    assert [story.title for story in stories(text)] == ["Quake shakes Muscat", "Flood hits Beira"]


def test_title_headers_part_stories_without_a_rule():
    found = stories("Title: Quake\nDate: 2025-01-08\n\nIt shook.\n\nTitle: Flood\nDate: 2025-01-09\n\nIt rained on.\n")
    assert [(story.title, story.published.day) for story in found] == [("Quake", 8), ("Flood", 9)]


def test_blank_lines_and_a_headline_over_another_matter_begin_a_story():
    text = (
        "Quake shakes the port of Muscat\n\nA quake shook Muscat before dawn, Oman's weather office said.\n\n"
        "Nobody was hurt.\n\n\n\n"
        "Flood drives thousands from Beira\n\nA flood drove thousands from Beira, Mozambique said.\n\nIt rains."
    )
    assert [paragraphs(story)[-1] for story in stories(text)] == ["Nobody was hurt.", "It rains."]


@pytest.mark.parametrize("blank", ["\n\n", "\n\n\n", "\n\n\n\n"])
def test_a_subheading_never_begins_a_story(blank):
    text = (
        "Quake shakes Muscat\n\nA quake shook Muscat before dawn, Oman's weather office said. Sultan Haitham flew home."
        f"{blank}What the weather office of Oman says now\n\n"
        "The quake below Muscat was the third of the year, the weather office said. Haitham will visit the port."
    )
    assert len(stories(text)) == 1


def test_stars_between_sections_of_one_story_are_left_out():
    story = only("Quake shakes Muscat\n\nA quake shook Muscat.\n\n* * *\n\nMuscat had been shaken before.")
    assert paragraphs(story) == ["A quake shook Muscat.", "Muscat had been shaken before."]


def test_a_header_block_between_rules_belongs_to_the_story_below():
    story = only("---\ntitle: Quake shakes Muscat\ndate: 2025-01-08\n---\n\nA quake shook Muscat.")
    assert (story.title, story.published, story.text) == (
        "Quake shakes Muscat",
        date(2025, 1, 8),
        "A quake shook Muscat.",
    )


# ------------------------------------------------------------------ other shapes


def test_paragraphs_without_blank_lines_and_stories_with_one_between_them():
    text = (
        "Quake shakes Muscat\nA quake shook Muscat before dawn, Oman's weather office said.\nNobody was hurt there.\n\n"
        "Flood drives thousands from Beira\nA flood drove thousands from Beira, Mozambique said.\nIt rains in Sofala."
    )
    assert [(story.title, len(paragraphs(story))) for story in stories(text)] == [
        ("Quake shakes Muscat", 2),
        ("Flood drives thousands from Beira", 2),
    ]


def test_numbered_stories_with_labelled_parts():
    text = (
        "Story 1\nHeadline: Quake\nDate: 8 January 2025\nText: It shook.\n\nStory 2\nHeadline: Flood\nText: It rained."
    )
    assert [(story.title, story.text) for story in stories(text)] == [("Quake", "It shook."), ("Flood", "It rained.")]


def test_markdown_headings_are_headlines_and_subheadings():
    text = (
        "# Quake shakes Muscat\n\n*8 January 2025*\n\nIt shook.\n\n## What is known\n\nLittle.\n\n# Flood\n\nIt rained."
    )
    quake, flood = stories(text)
    assert (quake.title, quake.published, flood.title) == ("Quake shakes Muscat", date(2025, 1, 8), "Flood")
    assert paragraphs(quake)[1] == "What is known"


def test_a_summary_above_the_byline_stays_and_byline_and_date_go():
    story = only(
        "Quake shakes Muscat\nThousands sleep outside.\nBy Jane Doe in Muscat\nPublished On 8 Jan 2025\n\nIt shook."
    )
    assert (paragraphs(story), story.published) == (["Thousands sleep outside.", "It shook."], date(2025, 1, 8))


def test_section_names_above_the_headline_and_links_below_the_story_are_left_out():
    story = only("World\nOman news\nQuake shakes Muscat\nShare\nIt shook at dawn.\n\nRelated topics\nOman\nEarthquakes")
    assert (story.title, story.text) == ("Quake shakes Muscat", "It shook at dawn.")


def test_datelines_part_untitled_stories_where_blank_lines_are_more_than_usual():
    text = "Muscat (AFP) – A quake shook it.\n\nNobody was hurt.\n\n\nBeira (AFP) – A flood came.\n\nIt rains on."
    assert [paragraphs(story)[1] for story in stories(text)] == ["Nobody was hurt.", "It rains on."]


# ------------------------------------------------------------------ headline, date, paragraphs


def test_a_first_line_that_is_a_sentence_is_no_headline():
    story = only("A quake shook Muscat on Tuesday.\nNobody was hurt.")
    assert (story.title, paragraphs(story)) == ("", ["A quake shook Muscat on Tuesday.", "Nobody was hurt."])


def test_the_first_line_of_a_wrapped_paragraph_is_no_headline():
    story = only("A quake of magnitude six shook Muscat in the early\nhours of Tuesday, Oman's weather office said.")
    assert story.title == ""
    assert (
        story.text == "A quake of magnitude six shook Muscat in the early hours of Tuesday, Oman's weather office said."
    )


def test_a_dateline_stays_in_the_text():
    assert only("Quake\n\nMUSCAT, Jan. 14 (AP) — A quake shook it.").text == "MUSCAT, Jan. 14 (AP) — A quake shook it."


@pytest.mark.parametrize(
    "line",
    [
        "Date: 2025-01-08", "Published: Wednesday, 8 January 2025", "Published on: Jan. 8, 2025, 10:15 a.m. EST",
        "Date: Wed, 08 Jan 2025 23:30:00 -0500", "8 January 2025", "Jan. 8, 2025", "DATE: 8/1/2025 or 2025-01-08",
        "Date: 2025-01-08T23:59:00+03:00", "Date: 28.01.2025",
    ],
)  # fmt: skip
def test_the_publication_date_is_read_from_a_header_or_a_line_of_its_own(line):
    story = only(f"Quake shakes Muscat\n{line}\n\nA quake shook Muscat.")
    assert story.published in {date(2025, 1, 8), date(2025, 1, 28)}
    assert (story.published_basis, story.text) == ("header", "A quake shook Muscat.")


@pytest.mark.parametrize("words", ["soon", "31 February 2025", "04/05/2025", "January 2025", "0001-01-01"])
def test_a_date_that_cannot_be_read_is_named_and_the_story_kept(words):
    result = read_text(f"Quake shakes Muscat\nDate: {words}\n\nA quake shook Muscat.", "x.txt")
    assert [(story.published, story.published_basis) for story in result.stories] == [(None, None)]
    assert [(problem.file, problem.line) for problem in result.problems] == [("x.txt", 2)]
    assert words in result.problems[0].reason


def test_a_day_given_by_hand_outranks_the_header():
    (story,) = read_text("Quake\nDate: 2025-01-08\n\nIt shook.", "x", date(2025, 1, 9)).stories
    assert (story.published, story.published_basis) == (date(2025, 1, 9), "by hand")


# ------------------------------------------------------------------ identity


def test_the_same_story_has_the_same_id_whatever_its_line_ends_and_blanks():
    one, other = only("Quake\n\nIt shook.  \n"), only("\ufeffQuake\r\n\r\n\r\nIt shook.")
    assert one.id == other.id


@pytest.mark.parametrize("line", ["Source: Gulf Desk", "URL: https://example.org/a", "Date: 2025-01-08"])
def test_the_same_words_from_elsewhere_are_another_story(line):
    assert only(f"Title: Quake\n{line}\n\nIt shook.").id != only("Title: Quake\n\nIt shook.").id


# ------------------------------------------------------------------ hostile input


def test_a_line_longer_than_any_story_is_named_and_the_rest_is_read():
    result = read_text("Quake shakes Muscat\n\nA quake shook Muscat.\n\n" + "x" * 3_000_000, "x.txt")
    assert [problem.line for problem in result.problems] == [5]
    assert result.stories[0].text == "A quake shook Muscat."


def test_nothing_but_furniture_is_no_story():
    result = read_text("Share\nPrint\nTT\n", "x.txt")
    assert (result.stories, result.problems[0].reason[:14]) == ((), "holds no story")


LINES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            "|Quake shakes Muscat|A quake shook Muscat.|---|***|\f|TT|Share|Title: Flood|Date: 8 January 2025|Date: x|"
            "Source: Y|By Jane Doe|Men dig. (Jane/Reuters)|FILE - A dam, Jan. 2, 2024.|BEIRA, Jan 4 (AP) — It rained.|"
            "{\"text\": \"It rained.\"}|\u2028|\x00".split("|")
        ),
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n", "\n\n", "\n\n\n\n"]))
def test_any_text_gives_stories_with_unique_ids_and_captions_that_are_paragraphs(lines, end):
    result = read_text(end.join(lines), "any")
    assert result.stories or result.problems
    assert len({story.id for story in result.stories}) == len(result.stories)
    for story in result.stories:
        assert story.text.strip() and all(caption in story.text.split("\n") for caption in captions(story))
        again = read_text(story.model_dump_json(), "again").stories
        assert again == (story,)
