"""Headlines, quotes and sources that try to run: they are shown as what they are, text."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import fill, map_frame, painted, serving, settle
from tests.news import march_events, march_stories

PAYLOADS = (
    "<img src=x onerror=\"window.top.ran='img'\">",
    "</script><img src=x onerror=\"window.top.ran='script'\">",
    "`+(window.top.ran='backtick')+`",
    "${window.top.ran='template'}",
    "<a href=\"javascript:window.top.ran='link'\">go</a>",
    "[go](javascript:window.top.ran='markdown') ![x](https://example.com/x.png)",
    "\"onmouseover=\"window.top.ran='attribute'",
    "{{7*7}} {% raw %} \\0 \\u2028",
)


def hostile(number, payload):
    """An event and its story in which every word that a reader sees is the payload."""
    told, event = march_stories()[number], march_events()[number]
    story = told.model_copy(
        update={
            "title": payload, "text": f"{payload} in Odesa.", "source": payload,
            "url": f"javascript:window.top.ran='url {number}'",  # of each its own, or they were versions of one
        }
    )  # fmt: skip
    quote = event.evidence[0].model_copy(update={"text": story.text, "end": len(story.text)})
    place = event.place.model_copy(update={"name": payload, "evidence": None})
    return story, event.model_copy(
        update={
            "what": payload, "place": place, "attribution": payload, "evidence": (quote,), "type_evidence": None,
            "status_evidence": None, "when": event.when.model_copy(update={"text": payload, "evidence": None}),
        }
    )  # fmt: skip


@pytest.fixture(scope="module")
def hostile_news(tmp_path_factory):
    store = tmp_path_factory.mktemp("hostile") / "news.sqlite"
    fill(store, [hostile(number, payload) for number, payload in enumerate(PAYLOADS)])
    with serving(store) as address:
        yield address


def ran(page):
    return page.evaluate("window.ran || null")  # every payload would write there, whichever frame it ran in


def test_hostile_headlines_are_shown_as_text_and_do_not_run(hostile_news, window):
    page = window(hostile_news)
    shown = page.locator(".card h4").all_inner_texts()
    assert sorted(shown) == sorted(PAYLOADS)
    assert ran(page) is None


def test_opening_and_reading_a_hostile_story_runs_nothing(hostile_news, window):
    page = window(hostile_news, query="?event=ev0")
    for number, payload in enumerate(PAYLOADS):
        if number:
            page.locator(f'.card[data-event="ev{number}"] button').click()
        expect(page.locator(".open h3")).to_have_count(1)  # that of the room goes when the desk's run is over
        expect(page.locator(".open h3")).to_have_text(payload)
        assert page.locator(".open a").count() == 0
        page.get_by_role("button", name="Read the story").click()
        expect(page.locator(".reading h2")).to_have_text(payload)
        page.get_by_role("button", name="Back to the map").click()
        expect(page.locator(".reading")).to_have_count(0)
        assert ran(page) is None, payload


def test_pointing_at_and_clicking_hostile_marks_runs_nothing(hostile_news, window):
    page = window(hostile_news)
    box = page.locator(".st-key-map iframe").bounding_box()
    drawn = painted(page)
    for spot in drawn["marks"] + drawn["rings"]:
        page.mouse.move(box["x"] + spot["x"], box["y"] + spot["y"])
        expect(map_frame(page).locator(".tip b")).not_to_be_empty()
        page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
        settle(page)
    assert ran(page) is None


def test_a_hostile_address_is_passed_over(hostile_news, window):
    page = window(hostile_news, query="?words=%3Cimg%20src%3Dx%20onerror%3D%22window.top.ran%3D1%22%3E&region=%3Cb%3E")
    expect(page.locator(".say h1")).to_be_visible()
    assert ran(page) is None
