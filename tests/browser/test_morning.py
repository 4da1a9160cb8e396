"""An analyst's whole morning, in Chromium: from two stories that came in to a link that a colleague opens."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LOCALE, PATIENCE, fill, map_frame, painted, serving, settle
from tests.news import march_events, march_stories

FERRY = """Ferry sinks off Banjul

Date: 4 March 2025

BANJUL, March 4 - A ferry sank off Banjul on Monday, killing three people, the coastguard said.
"""
BANJUL = (13.45, -16.58)
CAPTAIN = """Captain of the ferry is held

Date: 5 March 2025

BANJUL, March 5 - Police arrested the captain of the ferry in Banjul on Tuesday.
"""


@pytest.fixture
def desk(tmp_path):
    """The address of a page with nine stories of March, in two of which drones strike at Odesa."""
    pairs = list(zip(march_stories(), march_events(), strict=True))[:9]
    fill(tmp_path / "news.sqlite", pairs)
    with serving(tmp_path / "news.sqlite") as address:
        yield address


def paste(page, story, headline):
    page.get_by_role("button", name="Add stories").click()
    page.get_by_label("Paste one or several stories").fill(story)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Read", exact=True).click(timeout=PATIENCE)
    expect(page.locator(".found h4")).to_have_text(headline, timeout=PATIENCE)
    page.get_by_role("button", name="Keep 1 story").click()
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)
    settle(page)


def sign(page, name):
    page.get_by_label("Your name", exact=False).first.fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"Signed as {name}")).to_be_visible()


def open_card(page, words):
    page.get_by_role("button", name=re.compile(f"^Open event.*{words}")).first.press("Enter")
    expect(page.locator(".open h3")).to_contain_text(words)
    settle(page)


def draw_around(page, spot):
    """Draw a box of 120 pixels around a spot (latitude, longitude) that is in sight."""
    frame = map_frame(page)
    at = frame.evaluate(f"(({{ x, y }}) => ({{ x, y }}))(map.latLngToContainerPoint({list(spot)}))")
    frame.get_by_role("button", name="Draw a box").click()
    box = page.locator(".st-key-map iframe").bounding_box()
    x, y = box["x"] + at["x"], box["y"] + at["y"]
    page.mouse.move(x - 60, y - 60)
    page.mouse.down()
    page.mouse.move(x + 60, y + 60, steps=6)
    page.mouse.up()


def test_a_whole_morning(desk, window, chromium):
    page = window(desk)
    page.set_default_timeout(PATIENCE)
    expect(page.locator(".say h1")).to_contain_text("9 events")

    # two stories come in
    paste(page, FERRY, "Ferry sinks off Banjul")
    paste(page, CAPTAIN, "Captain of the ferry is held")
    expect(page.locator(".card h4", has_text=re.compile("captain", re.IGNORECASE)).first).to_be_visible()

    # filter: words in, a type out
    page.get_by_label("Words").fill("banjul")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-chip_words")).to_contain_text("With “banjul”")
    page.get_by_text("Leave out", exact=True).click()
    settle(page)
    page.locator(".st-key-not_types input").click()
    page.keyboard.type("protest")
    page.get_by_role("option", name=re.compile("protest", re.IGNORECASE)).first.click()
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-chip_not_types")).to_contain_text("Not Protest")
    settle(page)
    before = page.locator(".card h4").count()
    assert before >= 2

    # draw: a box around the river's mouth
    draw_around(page, BANJUL)
    expect(page.locator(".st-key-chip_area")).to_contain_text("In the area drawn on the map")
    settle(page)
    expect(page.locator(".card h4")).to_have_count(before)

    # check the evidence
    open_card(page, "aptain")
    expect(page.locator(".open mark.place")).to_have_text("Banjul")
    event = re.search(r"event=([^&]+)", page.url)[1]

    # correct its place, signed
    page.get_by_role("button", name="Read the story").click()
    expect(page.locator(".marked-story")).to_be_visible()
    sign(page, "Ada")
    page.get_by_role("button", name="Correct the place").click()
    page.get_by_label("Search the gazetteer").fill("Brikama")
    page.keyboard.press("Enter")
    settle_story(page)
    page.get_by_role("radiogroup", name="Candidates, numbered as on the map").get_by_role("radio").first.check(
        force=True
    )
    settle_story(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".review")).to_contain_text("Place corrected by Ada")

    # the other report tells of the same happening: merged
    settle_story(page)
    page.get_by_role("button", name="Merge or split").click()
    page.locator(".st-key-editor").get_by_role("combobox").click()
    page.get_by_role("option", name=re.compile("Ferry sinks")).first.click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(page.locator(".st-key-editor")).to_contain_text("Ferry sinks")
    settle_story(page)
    page.get_by_role("button", name="Merge", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-last_said")).to_contain_text("with 1 other event")
    page.get_by_role("button", name="Back to the map").click()
    expect(page.locator(".say h1")).to_contain_text("event", timeout=PATIENCE)
    settle(page)
    expect(page.locator(".card h4")).to_have_count(before - 1)

    # reload: all is as left
    page.reload()
    settle(page)
    expect(page.locator(".st-key-chip_words")).to_contain_text("With “banjul”")
    expect(page.locator(".st-key-chip_area")).to_contain_text("In the area drawn on the map")
    expect(page.locator(".card h4")).to_have_count(before - 1)
    expect(page.locator(".open .where")).to_contain_text("Brikama")
    expect(page.locator(".open cite")).to_contain_text("and 1 other report")

    # share the link: a colleague finds all as left
    page.get_by_role("button", name="Share").click()
    link = page.get_by_test_id("stPopoverBody").locator("code").inner_text()
    assert f"event={event}" in link or "event=" in link
    context = chromium.new_context(locale=LOCALE)
    colleague = context.new_page()
    colleague.goto(link)
    colleague.wait_for_selector(".say", timeout=PATIENCE)
    settle(colleague)
    expect(colleague.locator(".say h1")).to_have_text(page.locator(".say h1").inner_text())
    expect(colleague.locator(".st-key-chip_not_types")).to_contain_text("Not Protest")
    expect(colleague.locator(".st-key-chip_area")).to_contain_text("In the area drawn on the map")
    expect(colleague.locator(".open .where")).to_contain_text("Brikama")
    assert len(painted(colleague)["marks"]) == len(painted(page)["marks"])
    context.close()


def settle_story(page):
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=PATIENCE)
    map_frame(page)
    page.wait_for_timeout(300)
