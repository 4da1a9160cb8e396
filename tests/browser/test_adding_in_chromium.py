"""Adding stories, from an empty store, in Chromium."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import serving, settle

WIRE = """Ferry sinks off Banjul

Date: 4 March 2025

BANJUL, March 4 - A ferry sank off Banjul on Monday, killing three people, the coastguard said.
"""


@pytest.fixture(scope="module")
def nothing_yet(tmp_path_factory):
    """An empty store. The one test that keeps a story is the last."""
    with serving(tmp_path_factory.mktemp("empty") / "news.sqlite") as address:
        yield address


def test_a_preview_that_is_not_kept_changes_nothing(nothing_yet, window):
    page = window(nothing_yet)
    page.get_by_role("button", name="Add stories").click()
    page.get_by_label("Paste one or several stories").fill(WIRE)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.locator(".found h4")).to_be_visible(timeout=60_000)
    page.keyboard.press("Escape")
    settle(page)
    expect(page.locator(".say h1")).to_have_text("No events yet")


def test_a_story_is_pasted_previewed_kept_and_drawn(nothing_yet, window):
    page = window(nothing_yet)
    expect(page.locator(".say h1")).to_have_text("No events yet")
    page.get_by_role("button", name="Add stories").click()
    page.get_by_label("Paste one or several stories").fill(WIRE)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.locator(".found h4")).to_have_text("Ferry sinks off Banjul", timeout=60_000)
    page.get_by_role("button", name="Keep 1 story").click()
    expect(page.locator(".say h1")).to_have_text(re.compile(r"^\d+ event"), timeout=30_000)
    settle(page)
    expect(page.locator(".card h4").first).to_be_visible()
