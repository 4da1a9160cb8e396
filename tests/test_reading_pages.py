"""Web pages: ten saved ones in the styles of ten outlets come out clean, dated and captioned; hostile ones are refused."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.reading import read_bytes, read_path
from events.reading.encodings import decode_markup
from events.reading.pages.facts import facts_of
from events.reading.pages.markup import tree_of

PAGES = Path(__file__).parent / "data" / "pages"
EXPECTED = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))
BODY = "<p>A quake shook the town of Muscat on Monday, and nobody was hurt, the mayor said at noon.</p>" * 2


def only(name):
    result = read_path(PAGES / f"{name}.html")
    assert result.problems == ()
    (story,) = result.stories
    return story


def page(head="", body=BODY):
    result = read_bytes(f"<html><head>{head}</head><body><h1>Quake in Muscat</h1>{body}</body></html>".encode(), "x")
    return result.stories[0]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_saved_page_is_its_story_and_nothing_of_what_is_around_it(name):
    story = only(name)
    assert story.title == EXPECTED[name]["title"]
    assert story.text.split("\n\n") == EXPECTED[name]["text"]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_saved_page_has_its_day_its_outlet_and_its_address(name):
    story, wanted = only(name), EXPECTED[name]
    assert (str(story.published) if story.published else None) == wanted["published"]
    assert story.published_basis == wanted["published_basis"]
    assert (story.source, story.url) == (wanted["source"], wanted["url"])


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_both_captions_of_a_saved_page_are_kept_and_marked(name):
    story = only(name)
    assert [story.text[start:end] for start, end in story.captions] == EXPECTED[name]["captions"]
    assert len(story.captions) == 2


@pytest.mark.parametrize("name", ["broadcaster", "broadsheet", "agency", "amp-page"])
def test_the_author_is_known_where_the_page_names_one(name):
    text = decode_markup((PAGES / f"{name}.html").read_bytes()).text
    assert facts_of(tree_of(text), text).author == EXPECTED[name]["author"]


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2025-03-14T23:40:00-05:00">', date(2025, 3, 14)),
        ('<meta name="date" content="04/05/2025">', None),
        ('<meta name="copyright" content="2025">', None),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": ["2025-03-14"]}</script>',
         date(2025, 3, 14)),
        ('<script type="application/ld+json">{"@type": "WebSite", "datePublished": "2001-01-01"}</script>', None),
    ],
)  # fmt: skip
def test_a_date_is_taken_as_told_and_never_guessed(head, day):
    assert page(head).published == day


def test_a_date_that_can_be_read_in_two_ways_is_none_and_one_that_cannot_is_read():
    assert page(body='<span class="date">04/05/2025</span>' + BODY).published is None
    assert page(body='<span class="date">14.05.2025</span>' + BODY).published == date(2025, 5, 14)


def test_a_page_that_was_fetched_speaks_for_its_own_site_alone():
    head = '<link rel="canonical" href="https://other.example/story">'
    data = f"<html><head>{head}</head><body>{BODY}</body></html>".encode()
    assert (
        read_bytes(data, "x", "https://www.here.example/a?utm_source=x").stories[0].url == "https://www.here.example/a"
    )
    assert read_bytes(data, "x", "https://m.other.example/a").stories[0].url == "https://other.example/story"
    assert read_bytes(data, "x").stories[0].url == "https://other.example/story"


def test_an_address_that_is_no_web_address_is_left_out():
    assert page('<link rel="canonical" href="javascript:alert(1)">').url is None


def test_nothing_of_scripts_and_nothing_invisible_gets_into_a_text():
    story = page(body="<script>alert('x')</script><p>A quake \u202eshook\x1b[31m Mus\u200bcat on Monday.</p>" + BODY)
    assert story.text.startswith("A quake shook[31m Muscat on Monday.")
    assert "alert" not in story.text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html>" + b"<div>" * 5000 + b"<p>It shook.</p>", "nested more than 200 deep"),
        (b"<html>" + b"<i></i>" * 60_000, "more than 50,000 elements"),
        (b"<html>" + b" " * 9_000_000, "9,000,006 bytes"),
        (b"<html><p>" + b"word " * 300_000, "1,500,000 characters"),
        (b"<html><body><nav><a href=x>Home</a></nav></body></html>", "without an article"),
        (b"<html></html>", "without an article"),
    ],
    ids=range(6),
)
def test_a_page_that_is_a_trap_or_no_article_is_refused_with_the_reason(data, reason):
    result = read_bytes(data, "trap.html")
    assert result.stories == ()
    assert reason in result.problems[0].reason
    assert result.problems[0].file == "trap.html"


def test_a_page_says_its_encoding():
    data = '<meta charset="koi8-r"><title>Землетрясение</title>'.encode("koi8-r") + BODY.encode()
    assert read_bytes(data, "x").stories[0].title == "Землетрясение"


WHOLE = (PAGES / "radio.html").read_bytes()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, len(WHOLE)), st.integers(0, 400), st.binary(max_size=60), st.booleans())
def test_a_mutated_page_is_read_or_refused_and_never_raises(at, length, inserted, doubled):
    data = WHOLE[:at] + inserted + WHOLE[at + length :]
    result = read_bytes(data + data if doubled else data, "mutated")
    assert result.stories or result.problems


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["<p>", "</p>", "<div class=ad>", "<a href=x>", "</table>", "<td>", "<h1>", "It rained. ",
                                 "<figure><figcaption>", "<time datetime=2025-13-40>", "<script>", "&#0;", "&#xd800;",
                                 '<script type="application/ld+json">[{"@graph": [[[{}]]]}]</script>', "<!--",
                                 "]]>"])))  # fmt: skip
def test_any_order_of_tags_is_read_or_refused(pieces):
    result = read_bytes(("<html>" + "".join(pieces)).encode(), "x")
    assert result.stories or result.problems
