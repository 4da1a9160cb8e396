from datetime import UTC, datetime

from events.dashboard.labels import plain_label
from events.dashboard.listing.cards import opened
from events.dashboard.listing.evidence import link, marked, words_of
from events.look.theme import LIGHT
from events.model import Review, Span, Story
from tests.news import march_events, march_stories

HOSTILE = '<img src=x onerror="alert(1)"> ${alert(1)} `alert(1)` </script>'


def span(start, end, part="text"):
    return Span(part=part, start=start, end=end)


def test_spans_that_overlap_are_each_marked():
    assert marked("Gulf of Aden", "text", 0, [("place", span(0, 12)), ("quote", span(5, 12))]) == (
        '<mark class="place">Gulf </mark><mark class="place quote">of Aden</mark>'
    )


def test_a_span_of_the_title_marks_nothing_in_the_text():
    assert marked("Odesa", "text", 0, [("place", span(0, 5, "title"))]) == "Odesa"


def test_a_span_that_begins_before_the_text_marks_its_rest():
    assert marked("of Aden", "text", 105, [("place", span(100, 112))]) == '<mark class="place">of Aden</mark>'


def test_hostile_text_comes_out_as_text():
    shown = marked(HOSTILE, "text", 0, [("type", span(3, 9))])
    assert "<img" not in shown
    assert "</script" not in shown


def test_only_web_addresses_become_links():
    for address in ("javascript:alert(1)", "data:text/html,x", "//example.org", "https:", "file:///etc/passwd", None):
        assert link("Wire", address) == "Wire"
    assert link("Wire", 'https://example.org/"onclick=x').count('"') == 6


def test_words_outside_the_quotes_are_taken_from_the_story():
    event, story = march_events()[0], march_stories()[0]
    later = event.model_copy(update={"status_evidence": span(story.text.index("no further"), len(story.text) - 1)})
    assert words_of(later, story)["status"] == "no further details"
    assert "status" not in words_of(later, Story(id="other", text=""))


def test_a_label_keeps_its_letters_and_loses_its_markup():
    assert plain_label("[x](http://a.b) :red[y]") == "\\[x\\]\\(http\\://a\\.b\\) \\:red\\[y\\]"


def test_the_open_event_says_who_corrected_it_when_and_why():
    at = datetime(2025, 3, 20, 9, 5, tzinfo=UTC)
    review = Review(correction=1, kind="place", who="<b>Ada</b>", at=at, why="the other one")
    event = march_events()[0].model_copy(update={"reviews": (review,)})
    shown = opened(event, 1, "", None, LIGHT)
    assert "Place corrected by &lt;b&gt;Ada&lt;/b&gt;" in shown
    assert "09:05 UTC: the other one" in shown
