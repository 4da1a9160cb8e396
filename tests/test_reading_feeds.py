"""RSS and Atom: full texts and summaries, dates in their own time zone, hostile feeds; one article in two formats."""

import json
from datetime import date
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.reading import joined, read_bytes
from events.reading.feeds import entries_of

URL = "https://example.org/world/quake"
PARAGRAPHS = [
    "A quake shook the town of Sur on Monday, and nobody was hurt, the mayor said at noon.",
    "Schools stayed closed on Tuesday while engineers looked at their walls and their roofs for cracks.",
    "It was the strongest in Oman for thirty years, the university of Muscat said in a statement.",
]
HTML = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Gulf Desk - World</title>
<item><title>Quake &amp;amp; fear in Sur</title><link>{URL}?utm_source=rss</link>
<pubDate>Mon, 10 Mar 2025 23:50:00 -0500</pubDate>
<description>A quake shook Sur.</description><content:encoded><![CDATA[{HTML}]]></content:encoded></item>
<item><title>Flood in Beira</title><link>https://example.org/flood</link><pubDate>soon</pubDate>
<description>&lt;p&gt;A flood hit Beira. Continue reading…&lt;/p&gt;</description></item>
<item><title>Nothing</title></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Gulf Desk</title><entry><title>Quake</title>
<link href="{URL}"/><published>2025-03-10T23:50:00-05:00</published>
<content type="html">{escape(HTML)}</content></entry></feed>"""


def test_a_feed_is_a_story_an_entry_with_its_full_text_where_it_has_it():
    result = read_bytes(RSS.encode(), "feed.xml")
    quake, flood = result.stories
    assert quake.text == "\n\n".join(PARAGRAPHS)
    assert (quake.title, quake.url, quake.source) == ("Quake & fear in Sur", URL, "Gulf Desk")
    assert (quake.published, quake.published_basis) == (date(2025, 3, 10), "metadata")
    assert (flood.text, flood.published) == ("A flood hit Beira. Continue reading…", None)


def test_what_a_feed_lacks_is_named_by_entry_and_the_account_says_what_it_has():
    result = read_bytes(RSS.encode(), "feed.xml")
    assert [(problem.file, problem.line) for problem in result.problems] == [("feed.xml", 2), ("feed.xml", 3)]
    assert "can't be read, 'soon'" in result.problems[0].reason
    assert "has no text" in result.problems[1].reason
    assert [note.said for note in result.notes] == ["a feed of 3 entries: 1 with their full text, 2 with a summary"]


def test_entries_say_whether_their_page_must_be_asked_for():
    assert [entry.is_full for entry in entries_of(RSS)] == [True, False, False]


def test_the_same_article_in_five_formats_is_one_story():
    page = f'<html><head><link rel="canonical" href="{URL}"></head><body><h1>Quake</h1><article>{HTML}</article></body></html>'
    row = json.dumps({"title": "Quake", "text": "\n\n".join(PARAGRAPHS), "url": URL})
    text = f"Title: Quake\nURL: {URL}\n\n" + "\n\n".join(PARAGRAPHS)
    results = [read_bytes(data.encode(), name) for data, name in
               ((RSS, "a.xml"), (ATOM, "b.atom"), (page, "c.html"), (row, "d.jsonl"), (text, "e.txt"))]  # fmt: skip
    assert len({result.stories[0].id for result in results}) == 1
    whole = joined((str(number), result) for number, result in enumerate(results))
    assert [story.url for story in whole.stories if "quake" in (story.url or "")] == [URL]
    assert [problem for problem in whole.problems if "belongs to another" in problem.reason] == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel></channel></rss>',
            "entities",
        ),
        (
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>',
            "entities",
        ),
        ("<rss>" + "<a>" * 200_000, "nested too deeply"),
        ("<rss>" + "<" * 1_000_001, "more than 1,000,000 tags"),
        ("<rss version='2.0'><channel><title>Empty</title></channel></rss>", "without an entry"),
        ("<feed><b>" + "x" * 33_600_000, "33,600,009 bytes"),
    ],
    ids=["billion laughs", "external entity", "deep", "tags", "empty", "large"],
)
def test_a_feed_that_is_a_trap_is_refused(text, reason):
    result = read_bytes(text.encode(), "trap.xml")
    assert (result.stories, [p.file for p in result.problems]) == ((), ["trap.xml"])
    assert reason in result.problems[0].reason


def test_an_address_in_place_of_a_feed_is_never_opened():
    assert (
        "no text"
        in read_bytes(b"<rss><channel><item><title>http://localhost/</title></item></channel></rss>", "x")
        .problems[0]
        .reason
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(RSS)), st.integers(0, 200), st.text(max_size=30))
def test_a_mutated_feed_is_read_or_refused(at, length, inserted):
    result = read_bytes((RSS[:at] + inserted + RSS[at + length :]).encode(errors="replace"), "mutated.xml")
    assert result.stories or result.problems
