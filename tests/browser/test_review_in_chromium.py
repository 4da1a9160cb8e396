"""Reading a story beside its map and reviewing its events, in Chromium."""

import re

import pytest
from playwright.sync_api import expect

from events.model import Event, EventPlace, Quote, Span, Story
from events.store import Store
from tests.browser.conftest import PATIENCE, fill, map_frame, serving, settle
from tests.news import march_events, march_stories

HOSTILE = '<img src=x onerror="window.hit=1"> ${window.hit=1} {{ 7 * 7 }} </script><script>window.hit=1</script>'
TEXT = f"Guards seized a 🚢 ship off Aden. {HOSTILE} The owner denied it."
QUOTE = Quote(part="text", start=0, end=32, text=TEXT[:32])
LAST = TEXT.index("The owner")


def hostile():
    story = Story(id="hostile", title=f"Ship seized {HOSTILE}", text=TEXT, source=HOSTILE)
    place = EventPlace(
        name=f"Aden {HOSTILE}", lat=12.8, lon=45.0, precision="city", radius_km=10, country="YE", reason=HOSTILE,
        evidence=Span(part="text", start=27, end=31),
    )  # fmt: skip
    seized = Event(
        id="seized", story_id="hostile", type="COERCE", family="material conflict", status="alleged", confidence=0.2,
        what=f"Ship seized {HOSTILE}", place=place, evidence=(QUOTE,), type_evidence=Span(part="text", start=7, end=13),
    )  # fmt: skip
    denial = Quote(part="text", start=LAST, end=len(TEXT), text=TEXT[LAST:])
    denied = seized.model_copy(update={
        "id": "denied", "type": "REJECT", "family": "verbal conflict", "what": "Owner denies it", "place": None,
        "status": "occurred", "evidence": (denial,), "confidence": 0.25,
        "type_evidence": Span(part="text", start=TEXT.index("denied"), end=TEXT.index("denied") + 6),
    })  # fmt: skip
    return story, [seized, denied]


@pytest.fixture
def place(tmp_path):
    """A store of ten stories, the least sure of them hostile; the file and the address of a server that shows it."""
    path = tmp_path / "news.sqlite"
    fill(path, list(zip(march_stories(), march_events(), strict=True))[:9])
    store = Store.open(path)
    store.add(*hostile())
    store.close()
    with serving(path) as address:
        yield path, address


def signed(window, address, query="?view=review", **size):
    page = window(address, query=query, **size)
    page.get_by_label("Your name").fill("Ada")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Signed as Ada")).to_be_visible()
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=PATIENCE)
    return page


def select_words(page, words):
    """Select words of the story, as a mouse would."""
    page.evaluate(
        """words => { const piece = [...document.querySelectorAll('.marked-story .w')].find(w => w.textContent.includes(words));
        const text = piece.firstChild, at = text.data.indexOf(words), range = document.createRange();
        range.setStart(text, at); range.setEnd(text, at + words.length);
        getSelection().removeAllRanges(); getSelection().addRange(range); }""",
        words,
    )


def kept(path, ask):
    store = Store.open(path)
    try:
        return ask(store)
    finally:
        store.close()


def pencil(page, condition):
    frame = map_frame(page)
    frame.wait_for_function(f"window.__pencil && (p => {condition})(window.__pencil)", timeout=PATIENCE)


def test_a_morning_of_review(place, window):
    """Hostile words stay words; one is accepted by its key, another placed by an area, a missed one added, all undone."""
    path, address = place
    page = signed(window, address)

    story = page.locator(".marked-story")
    expect(story.locator("h2")).to_have_text(f"Ship seized {HOSTILE}")
    expect(story.locator("mark.place.on")).to_have_text("Aden")
    assert page.evaluate("window.hit") is None

    page.keyboard.press("a")
    page.wait_for_url("**event=denied**")
    expect(page.locator(".say h1")).to_have_text("Review: 10 to look at")
    expect(page.locator(".open h3")).to_have_text("Owner denies it")
    expect(page.get_by_role("status").first).to_contain_text("Accepted: Ship seized")
    settle(page)

    page.get_by_role("button", name="Correct the place").click()
    page.locator(".st-key-place_way button", has_text="An area").click()
    pencil(page, "p.pencil === 'area'")
    box = page.locator(".st-key-story_map iframe").bounding_box()
    for x, y in ((0.3, 0.3), (0.6, 0.3), (0.6, 0.6)):
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        page.wait_for_timeout(400)
    page.mouse.dblclick(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.6)
    expect(page.get_by_text(re.compile(r"^An area of 4 corners"))).to_be_visible(timeout=PATIENCE)
    page.get_by_label("Name of the area").fill("Off the coast")
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".review")).to_contain_text("Place corrected by Ada")
    settle(page)
    assert kept(path, lambda store: store.event("denied").place.geometry["type"]) == "Polygon"

    select_words(page, "🚢 ship")
    page.get_by_role("button", name="Add an event from these words").click()
    expect(page.locator(".st-key-editor mark")).to_have_text("🚢 ship")
    page.locator(".st-key-missed_type input").click()
    page.keyboard.type("Mobil")
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_role("button", name="Add the event").click()
    expect(page.locator(".reading-of.type", has_text="Mobilize")).to_be_visible()
    added = kept(path, lambda store: next(e for e in store.events_of("hostile") if e.type == "MOBILIZE"))
    assert TEXT[added.type_evidence.start : added.type_evidence.end] == "🚢 ship"

    page.locator(".st-key-last_said").get_by_role("button", name="Undo").click()
    expect(page.locator(".card.slim")).to_have_count(1)
    assert kept(path, lambda store: [row.undone is not None for row in store.corrections()]) == [True, False, False]
    assert page.evaluate("window.hit") is None


def test_a_marked_word_and_a_number_open_their_event_by_mouse_and_by_keyboard(place, window):
    _, address = place
    page = window(address, query="?view=story&event=seized")
    page.locator(".marked-story mark", has_text="denied").click()
    expect(page.locator(".open h3")).to_have_text("Owner denies it")
    page.wait_for_url("**event=denied**")
    number = page.locator(".marked-story .no").first
    number.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".open h3")).to_contain_text("Ship seized")
    page.get_by_role("button", name="Back to the map").click()
    expect(page.locator(".st-key-strip")).to_be_visible()


def test_the_candidates_of_a_name_are_numbered_on_the_map_and_a_click_sets_a_point(place, window):
    path, address = place
    page = signed(window, address)
    page.get_by_role("button", name="Correct the place").click()
    page.get_by_label("Search the gazetteer").fill("Paris")
    page.keyboard.press("Enter")
    pencil(page, "p.candidates === 8")
    page.locator(".st-key-place_way button", has_text="A point").click()
    pencil(page, "p.pencil === 'point'")
    box = page.locator(".st-key-story_map iframe").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.4)
    expect(page.get_by_label("Latitude, longitude")).to_have_value(
        re.compile(r"^-?\d+\.\d+, -?\d+\.\d+$"), timeout=PATIENCE
    )
    settle(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".review")).to_contain_text("Place corrected by Ada")
    assert kept(path, lambda store: store.event("seized").place.reason) == "set on the map by hand"
