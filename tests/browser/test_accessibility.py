"""axe-core, the accessibility checker, finds nothing serious on any of the page's faces; and the keyboard reaches all."""

import pytest
from playwright.sync_api import expect

from scripts.fetch_axe import AXE
from tests.browser.conftest import map_frame, settle

GRAVE = ("serious", "critical")
FACES = {
    "desk": "",
    "desk with choices": "?status=planned&not-type=CONSULT&region=sea:baltic-sea&words=cable",
    "open event": "?event=ev18",
    "table beside": "?table=beside&event=ev18",
    "table below": "?table=below&sort=-sureness",
    "nothing found": "?status=cancelled&family=material+conflict",
    "briefing": "?view=briefing",
}


def grave(frame):
    """What axe finds in a document: each grave breach with the elements that it is about."""
    if not AXE.exists():
        pytest.fail("axe-core is not there: python -m scripts.fetch_axe")
    frame.evaluate(AXE.read_text(encoding="utf-8"))
    found = frame.evaluate("axe.run(document, {resultTypes: ['violations'], iframes: false})")
    return [
        (breach["id"], [node["html"][:160] for node in breach["nodes"]])
        for breach in found["violations"]
        if breach["impact"] in GRAVE
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("face", FACES)
def test_nothing_grave_on(face, scheme, march, window):
    page = window(march, scheme=scheme, query=FACES[face])
    assert grave(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_grave_in_the_maps_own_frame(scheme, march, window):
    page = window(march, scheme=scheme)
    assert grave(map_frame(page)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_grave_while_stories_are_added(scheme, march, window):
    page = window(march, scheme=scheme)
    page.get_by_role("button", name="Add stories").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.wait_for_timeout(400)
    assert grave(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_grave_in_the_story(scheme, march, window):
    page = window(march, scheme=scheme, query="?event=ev18")
    page.get_by_role("button", name="Read the story").click()
    page.wait_for_timeout(1500)
    assert grave(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_grave_in_the_folds_of_the_rail(scheme, march, window):
    page = window(march, scheme=scheme)
    for fold in ("Type, source, sureness", "Leave out", "New or changed"):
        page.get_by_text(fold, exact=True).click()
        settle(page)
    page.locator(".st-key-views button").first.click()
    page.wait_for_timeout(400)
    assert grave(page) == []
