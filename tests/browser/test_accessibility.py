"""axe-core, the accessibility checker, finds nothing serious on any of the page's faces; and the keyboard reaches all."""

import pytest
from playwright.sync_api import expect

from scripts.fetch_axe import AXE
from tests.browser.conftest import PATIENCE, map_frame, painted, serving, settle

GRAVE = ("serious", "critical")
FACES = {
    "desk with choices": "?status=planned&not-type=CONSULT&region=sea:baltic-sea&words=cable",
    "open event": "?event=ev18",
    "table beside": "?table=beside&event=ev18",
    "table below": "?table=below&sort=-sureness",
    "nothing found": "?status=cancelled&family=material+conflict",
    "briefing": "?view=briefing",
}
ROOMS = {"story": "?view=story&event=ev18", "review": "?view=review"}
LOOKS = 3  # what fades in or out has other colours for a moment: a breach is one that stays
STOPS = 90  # presses of Tab that lead round the whole desk


def grave(frame):
    """What axe finds in a document, each time that it looks: each grave breach with the elements that it is about."""
    if not AXE.exists():
        pytest.fail("axe-core is not there: python -m scripts.fetch_axe")
    if not frame.evaluate("Boolean(window.axe)"):
        frame.evaluate(AXE.read_text(encoding="utf-8"))
    for _ in range(LOOKS):
        if not (breaches := found_by_axe(frame)):
            break
        frame.wait_for_timeout(500)
    return breaches


def found_by_axe(frame):
    found = frame.evaluate("axe.run(document, {resultTypes: ['violations'], iframes: false})")
    return [
        (breach["id"], [(node["html"][:160], node["failureSummary"]) for node in breach["nodes"]])
        for breach in found["violations"]
        if breach["impact"] in GRAVE
    ]


def by_day_and_night(page):
    """What is grave on a page in light, then in dark."""
    page.emulate_media(color_scheme="light")
    by_day = grave(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(700)
    return by_day + grave(page)


@pytest.mark.parametrize("face", FACES)
def test_nothing_grave_on(face, march, window):
    assert by_day_and_night(window(march, query=FACES[face])) == []


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_grave_in(room, march, window):
    page = window(march, query=ROOMS[room])
    expect(page.locator(".marked-story")).to_be_visible()
    page.get_by_role("button", name="Correct the place").click()
    expect(page.locator(".st-key-editor")).to_be_visible()
    assert by_day_and_night(page) == []


@pytest.mark.parametrize("opener", ["Add stories", "Briefing"])
def test_nothing_grave_in_the_dialog_of(opener, march, window):
    page = window(march)
    page.get_by_role("button", name=opener).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.wait_for_timeout(400)
    assert by_day_and_night(page) == []


def test_nothing_grave_on_the_feeds_page_and_in_its_dialog(march, profile):
    page = profile.new_page()
    page.goto(f"{march}/?view=feeds")
    page.get_by_role("button", name="Add feeds").click(timeout=PATIENCE)
    expect(page.get_by_role("dialog")).to_be_visible()
    assert by_day_and_night(page) == []
    page.close()


def test_nothing_grave_in_the_maps_own_frame_and_the_folds_of_the_rail(march, window):
    page = window(march)
    assert grave(map_frame(page)) == []
    for fold in ("Type, source, sureness", "Leave out", "Layers of your own", "New or changed"):
        page.get_by_text(fold, exact=True).click()
        settle(page)
    page.locator(".st-key-views button").first.click()
    page.wait_for_timeout(400)
    assert by_day_and_night(page) == []


def test_nothing_grave_where_nothing_is_stored(tmp_path, window):
    with serving(tmp_path / "news.sqlite") as address:
        page = window(address)
        expect(page.get_by_role("heading", name="No stories yet")).to_be_visible()
        assert by_day_and_night(page) == []


def stop_of(page):
    """Where the focus is: the nearest key of ours, and whether one sees it there."""
    return page.evaluate(
        """() => {
        const here = document.activeElement, keyed = here.closest('.st-key-map') || here.closest('[class*="st-key-"]');
        const ringed = (e) => { const s = getComputedStyle(e);
          return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'; };
        let seen = false;
        for (let e = here; e && e !== document.body && !seen; e = e.parentElement) seen = ringed(e);
        return [keyed ? keyed.className.match(/st-key-([\\w-]+)/)[1] : here.tagName, seen]; }"""
    )


def test_tab_reaches_filters_map_and_list_and_one_sees_where_one_is(march, window):
    page = window(march)
    expect(page.locator(".st-key-words input")).to_be_visible()
    expect(page.locator(".st-key-cards")).to_be_visible()
    settle(page)
    reached = {}
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        name, seen = stop_of(page)
        reached[name] = reached.get(name, True) and seen
        if name == "cards":
            break
    for name in ("words", "families", "statuses", "add", "to_briefing", "map", "listed"):
        assert name in reached
    unseen = {
        name
        for name in ("regions", "words", "families", "statuses", "add", "to_briefing", "listed")
        if not reached[name]
    }
    assert unseen == set()


@pytest.mark.parametrize(("width", "height", "query"), [(820, 1180, "?table=below"), (390, 844, "")])
def test_a_narrow_window_shows_map_and_list_and_scrolls_one_way_only(width, height, query, march, window):
    page = window(march, width=width, height=height, query=query)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    box = page.locator(".st-key-map iframe").bounding_box()
    assert box["width"] > 300
    assert box["height"] > 240
    inside = [mark for mark in painted(page)["marks"] if 0 < mark["x"] < box["width"] and 0 < mark["y"] < box["height"]]
    assert inside, "the map is drawn, and drawn where one sees it"


def test_who_wants_no_motion_gets_none(march, window):
    page = window(march)
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate(
        """[...document.querySelectorAll('.stApp *')].filter((e) => { const s = getComputedStyle(e);
        return s.animationName !== 'none' || !/^0s(, 0s)*$/.test(s.transitionDuration); }).length"""
    )
    assert moving == 0
