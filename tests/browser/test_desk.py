"""What an analyst does at the page, in Chromium."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import LOCALE, click_map, map_frame, painted, settle

A_CHARTS_LISTENERS = 10  # at least: what a timeline that was drawn anew, and not let go, would add with each choice


def headline(page):
    return page.locator(".say h1")


def spin(page, label, digits):
    """Type a day into a date input, from its first field on: ddmmyyyy."""
    page.locator(f'[aria-label="day, {label}"]').click()
    page.keyboard.type(digits)
    page.keyboard.press("Escape")


def strip_at(page, share):
    """A point of the timeline, a share of its width from the left."""
    box = page.locator(".st-key-strip .vega-embed").bounding_box()
    return box["x"] + box["width"] * share, box["y"] + box["height"] * 0.4


def drag(page, start, end):
    page.mouse.move(*strip_at(page, start))
    page.mouse.down()
    page.mouse.move(*strip_at(page, end), steps=8)
    page.mouse.up()


def test_typed_dates_narrow_the_page_and_stand_in_the_address(march, window):
    page = window(march)
    spin(page, "From", "12032025")
    expect(headline(page)).to_contain_text("of 40, 12–21 March 2025")
    page.wait_for_url("**from=2025-03-12**")


def test_a_region_is_found_by_typing_and_taken(march, window):
    page = window(march)
    page.locator(".st-key-regions input").click()
    page.keyboard.type("baltic sea")
    page.get_by_role("option", name=re.compile("^Baltic Sea")).first.click()
    expect(headline(page)).to_contain_text("in the Baltic Sea")
    expect(page.locator(".card h4", has_text="Two corvettes patrol")).to_be_visible()
    expect(page.locator(".card h4", has_text="Drones strike")).to_have_count(0)


def test_a_brush_sets_the_dates_and_a_double_click_gives_them_back(march, window):
    page = window(march)
    drag(page, 0.45, 0.60)
    expect(headline(page)).to_contain_text(re.compile(r"of 40, 12–1[34] March 2025"))
    expect(page.locator('[aria-label="day, From"]')).to_have_text("12")
    settle(page)
    page.mouse.dblclick(*strip_at(page, 0.9))
    expect(headline(page)).to_have_text("40 events, 4–21 March 2025, everywhere")


def test_dates_typed_after_a_brush_are_the_truth(march, window):
    page = window(march)
    drag(page, 0.45, 0.60)
    expect(headline(page)).to_contain_text("of 40")
    settle(page)
    spin(page, "To", "20032025")
    expect(headline(page)).to_contain_text("12–20 March 2025")


def left_behind(page):
    """How many layers the map has, and the browser listeners after a collection."""
    browser = page.context.new_cdp_session(page)
    browser.send("HeapProfiler.collectGarbage")
    layers = map_frame(page).evaluate("Object.keys(window.map._layers).length")
    return layers, browser.send("Memory.getDOMCounters")["jsEventListeners"]


def choose(page, number, times):
    for turn in range(times):
        page.locator(".st-key-statuses button").nth(number).click()
        expect(page.locator(".st-key-statuses button[aria-pressed=true]")).to_have_count((turn + 1) % 2)
        settle(page)


def test_one_choice_after_another_leaves_nothing_behind(march, window):
    page = window(march)
    choose(page, 0, 2)
    layers, listeners = left_behind(page)
    choose(page, 0, 4)
    layers_after, listeners_after = left_behind(page)
    assert layers_after == layers
    assert listeners_after < listeners + 4 * A_CHARTS_LISTENERS


def test_choices_hold_while_the_counts_beside_them_change(march, window):
    page = window(march)
    page.locator(".st-key-statuses button", has_text="Planned").click()
    expect(headline(page)).to_contain_text("7 planned events of 40")
    page.locator(".st-key-families button", has_text="Incident").click()
    expect(headline(page)).to_contain_text("2 planned incident events of 40")
    page.locator(".st-key-statuses button", has_text="Occurred").click()
    expect(headline(page)).to_contain_text("10 incident events of 40")
    expect(page.locator(".st-key-statuses button[aria-pressed=true]")).to_have_count(2)
    page.locator(".st-key-families button", has_text="Incident").click()
    expect(headline(page)).to_contain_text("29 events of 40")


def test_a_card_opens_its_event_and_a_reload_finds_it_open(march, window):
    page = window(march)
    page.get_by_role("button", name="Open event 6: Drones strike a grain terminal").click()
    expect(page.locator(".open h3")).to_have_text("Drones strike a grain terminal")
    settle(page)
    page.reload()
    expect(page.locator(".open mark.place")).to_have_text("Odesa")
    page.get_by_role("button", name="Close the event").click()
    expect(page.locator(".open")).to_have_count(0)
    page.wait_for_url(lambda url: "event=" not in url)


def test_going_back_in_the_browser_takes_a_choice_back_and_forward_brings_it_again(march, window):
    page = window(march)
    page.locator(".st-key-statuses button", has_text="Alleged").click()
    expect(headline(page)).to_contain_text("5 alleged events of 40")
    settle(page)
    page.locator(".st-key-listed button", has_text="No place").click()
    expect(page.locator(".card")).to_have_count(1)
    settle(page)
    page.go_back()
    expect(headline(page)).to_contain_text("40 events, 4–21")
    page.go_forward()
    expect(headline(page)).to_contain_text("5 alleged events of 40")


def test_a_card_is_opened_by_keyboard(march, window):
    page = window(march)
    page.get_by_role("button", name="Open event 2: Landslide").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".open h3")).to_have_text("Landslide buries a mountain road")


def test_the_story_is_read_with_its_words_marked(march, window):
    page = window(march, query="?event=ev18")
    page.get_by_role("button", name="Read the story").click()
    reading = page.locator(".reading")
    expect(reading.locator("mark.place")).to_have_text("Estlink 2")
    expect(reading).to_contain_text("Officials gave no further details.")


def test_words_are_searched(march, window):
    page = window(march)
    page.get_by_label("Words").fill("grain terminal")
    page.keyboard.press("Enter")
    expect(headline(page)).to_contain_text("1 event of 40")


def test_the_briefing_is_a_sheet_with_nothing_around_it(march, window):
    page = window(march, query="?status=planned")
    page.get_by_role("button", name="Briefing").click()
    page.get_by_role("button", name="Show as a page for screenshots").click()
    page.wait_for_selector('.st-key-picture[data-briefing="ready"]', timeout=30_000)
    expect(page.locator(".sheet h1")).to_contain_text("7 planned events of 40")
    expect(page.locator('[data-testid="stSidebar"]')).to_be_hidden()
    expect(page.locator(".row")).to_have_count(7)
    box = page.locator(".st-key-picture").bounding_box()
    assert (round(box["width"]), round(box["height"])) == (1000, 800)


def test_the_page_itself_never_scrolls(march, window):
    page = window(march)
    for width, height in ((1280, 800), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        assert page.evaluate("document.documentElement.scrollHeight") == height
        box = page.locator(".st-key-strip").bounding_box()
        assert box["y"] + box["height"] <= height


def test_dark_and_light_follow_the_system(march, window):
    shades = {}
    for scheme in ("light", "dark"):
        page = window(march, scheme=scheme, query="?event=ev18")
        shades[scheme] = page.evaluate(
            "[getComputedStyle(document.querySelector('.stApp')).backgroundColor,"
            " getComputedStyle(document.querySelector('.open h3')).color]"
        )
    assert shades == {
        "light": ["rgb(255, 255, 255)", "rgb(34, 48, 58)"],
        "dark": ["rgb(19, 24, 28)", "rgb(233, 229, 219)"],
    }


def test_an_opened_event_is_brought_into_sight(march, window):
    page = window(march, width=820, height=1180)
    page.get_by_role("button", name="Open event 30:").scroll_into_view_if_needed()
    expect(page.locator(".say h1")).not_to_be_in_viewport()
    page.get_by_role("button", name="Open event 30:").press("Enter")
    expect(page.locator(".open h3")).to_be_in_viewport()


def test_a_mark_opens_its_event_at_the_top_of_a_scrolled_list(march, window):
    page = window(march, query="?status=planned&status=alleged&status=denied")
    page.locator(".st-key-list").evaluate("list => list.scrollTo(0, list.scrollHeight)")
    click_map(page, painted(page)["marks"][0])
    expect(page.locator(".open h3")).to_be_in_viewport()


def test_a_shared_link_shows_the_same_in_another_browser(march, window, chromium):
    page = window(march, query="?status=planned&event=ev18")
    page.get_by_role("button", name="Share").click()
    link = page.get_by_test_id("stPopoverBody").locator("code").inner_text()
    context = chromium.new_context(locale=LOCALE)
    stranger = context.new_page()
    stranger.goto(link)
    expect(headline(stranger)).to_have_text(headline(page).inner_text())
    expect(stranger.locator(".st-key-statuses button[aria-pressed=true]")).to_contain_text("Planned")
    context.close()
