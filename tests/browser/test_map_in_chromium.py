"""The map in Chromium: what it draws, what a click does, and what it makes of crowds and of 180 degrees."""

import base64
import json
from math import hypot

import pytest
from playwright.sync_api import expect

from events.store import Store
from tests.browser.conftest import click_map, fill, map_frame, painted, serving, settle
from tests.news import march_events, march_stories

ALL_OF_KYIV = 12
HEAP = 62
OPEN = 19  # px: the radius of an open mark
TILES = "https://tile.openstreetmap.org/"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
SEA = "getComputedStyle(document.getElementById('map_div')).backgroundColor"


def moved(number, identity, name, lat, lon, **changes):
    """An event of March and its story, told anew of another place."""
    story, event = march_stories()[number], march_events()[number]
    place = event.place.model_copy(
        update={"name": name, "lat": lat, "lon": lon, "place_id": None, "evidence": None} | changes
    )
    return (
        story.model_copy(update={"id": f"story-{identity}", "text": f"{story.text}\n\nTold in {name}."}),
        event.model_copy(update={"id": identity, "story_id": f"story-{identity}", "place": place}),
    )


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """Twelve events in one town, sixty-two of one story in another, and four around the Pacific."""
    store = tmp_path_factory.mktemp("crowd") / "news.sqlite"
    dated = [n for n, event in enumerate(march_events()) if event.place and event.when]
    city = {"precision": "city", "radius_km": 10.0}
    kyiv = [moved(number, f"kyiv-{number}", "Kyiv", 50.45, 30.52, **city) for number in dated[:ALL_OF_KYIV]]
    around = [
        ("Suva", -18.14, 178.44),
        ("Apia", -13.83, -171.76),
        ("Honolulu", 21.3, -157.86),
        ("Auckland", -36.85, 174.76),
    ]
    others = dated[ALL_OF_KYIV : ALL_OF_KYIV + len(around)]  # no story twice: its second telling would be a reprint
    pacific = [moved(n, at[0].lower(), *at, **city) for n, at in zip(others, around, strict=True)]
    fill(store, kyiv + pacific)
    add_heap(store, moved(dated[-1], "heap", "Nairobi", -1.29, 36.82, **city))
    with serving(store) as address:
        yield address


def add_heap(path, pair):
    """A story that tells of as many events of one town."""
    story, event = pair
    store = Store.open(path)
    store.add(story, [event.model_copy(update={"id": f"heap-{number}"}) for number in range(HEAP)])
    store.close()


def spot_of(page, event_id):
    return next(mark for mark in painted(page)["marks"] if mark["id"] == event_id)


def test_every_shown_event_is_on_the_map_as_a_mark_or_in_a_ring(march, window):
    drawn = painted(window(march))
    assert len(drawn["marks"]) + sum(ring["count"] for ring in drawn["rings"]) == 40


def test_areas_lines_seas_and_circles_are_drawn_as_what_they_are(march, window):
    drawn = painted(window(march))
    kinds = [event.place.precision for event in march_events() if event.place and event.when]
    assert drawn["lines"] == kinds.count("line")
    assert drawn["seas"] == kinds.count("sea")
    assert drawn["areas"] == kinds.count("country") + kinds.count("region")
    assert drawn["circles"] == kinds.count("district") + kinds.count("province")


def test_a_click_on_a_mark_opens_its_event_and_a_second_one_closes_it(march, window):
    page = window(march, query="?status=planned")
    mark = painted(page)["marks"][0]
    title = next(event.what for event in march_events() if event.id == mark["id"])
    click_map(page, mark)
    expect(page.locator(".open h3")).to_have_text(title)
    painted(page, f"painted.selected === '{mark['id']}'")
    click_map(page, spot_of(page, mark["id"]))
    expect(page.locator(".open")).to_have_count(0)


def test_a_click_on_a_mark_leaves_the_map_where_it_is(march, window):
    page = window(march, query="?status=planned")
    before = painted(page)
    click_map(page, before["marks"][0])
    after = painted(page, "painted.selected !== null")
    assert after["zoom"] == before["zoom"]


def test_opening_a_card_brings_its_event_into_sight(march, window):
    page = window(march)
    before = painted(page)
    page.get_by_role("button", name="Open event 6: Drones strike a grain terminal").click()
    after = painted(page, f"painted.selected === 'ev5' && painted.zoom > {before['zoom'] + 2}")
    box = page.locator(".st-key-map iframe").bounding_box()
    assert 0.3 < next(mark for mark in after["marks"] if mark["id"] == "ev5")["x"] / box["width"] < 0.7


def test_a_link_to_an_event_on_a_line_shows_the_whole_line(march, window):
    drawn = painted(window(march, query="?event=ev18"))
    assert drawn["selected"] == "ev18"
    assert drawn["zoom"] == 6


def test_what_is_filtered_out_is_not_drawn(march, window):
    page = window(march, query="?family=verbal%20cooperation")
    drawn = painted(page)
    assert len(drawn["marks"]) + sum(ring["count"] for ring in drawn["rings"]) == 8


def test_nothing_to_draw_is_said_on_the_map(march, window):
    page = window(march, query="?status=cancelled&family=material%20conflict")
    expect(map_frame(page).locator(".note b")).to_have_text("Nothing to draw")
    assert painted(page)["marks"] == []


def test_a_tooltip_says_what_a_mark_is(march, window):
    page = window(march, query="?event=ev5")
    spot = spot_of(page, "ev5")
    box = page.locator(".st-key-map iframe").bounding_box()
    page.mouse.move(box["x"] + spot["x"], box["y"] + spot["y"])
    expect(map_frame(page).locator(".tip b")).to_have_text("Drones strike a grain terminal")
    expect(map_frame(page).locator(".tip small")).to_have_text("6 Mar · Odesa · occurred")
    map_frame(page).evaluate("(map.setView([46.5, 30.7], 2, {animate: false}), 0)")
    drawn = painted(page, "painted.zoom === 2")
    spot = spot_of(page, "ev5")
    others = [(mark, 11) for mark in drawn["marks"] if mark["id"] != "ev5"] + [(r, r["radius"]) for r in drawn["rings"]]
    assert min(hypot(other["x"] - spot["x"], other["y"] - spot["y"]) - radius for other, radius in others) > OPEN


def test_a_ring_flies_to_its_members(march, window):
    page = window(march)
    before = painted(page)
    fullest = max(before["rings"], key=lambda ring: ring["count"])
    click_map(page, fullest)
    painted(page, f"painted.zoom > {before['zoom'] + 0.8}")


def test_a_ring_that_no_zoom_would_part_is_fanned_out(crowd, window):
    page = window(crowd)
    ring = next(ring for ring in painted(page)["rings"] if ring["count"] == ALL_OF_KYIV)
    click_map(page, ring)
    drawn = painted(page, f"painted.fanned === {ALL_OF_KYIV}")
    settle(page)
    mark = next(mark for mark in drawn["marks"] if mark["id"].startswith("kyiv"))
    click_map(page, spot_of(page, mark["id"]))
    expect(page.locator(".open .where")).to_contain_text("Kyiv")


def test_a_fan_of_too_many_says_how_many_more_there_are_and_lists_them(crowd, window):
    page = window(crowd, query="?event=heap-7")
    painted(page, "painted.fanned === 60")
    frame = map_frame(page)
    expect(frame.locator(".more")).to_contain_text(f"60 of the {HEAP} events here are fanned out.")
    frame.get_by_role("button", name=f"List all {HEAP}").click()
    expect(page.locator(".st-key-chosen")).to_contain_text("Within 1 km of a spot on the map")
    assert painted(page, f"painted.total === {HEAP}")["fanned"] == 60


def test_a_layer_of_ones_own_lies_beneath_the_events_until_it_is_ticked_off(march, window):
    page = window(march)
    frame, before = map_frame(page), painted(page)
    frame.evaluate("window.sameFrame = true")
    page.get_by_text("Layers of your own").click()
    layer = {"type": "LineString", "coordinates": [[10, 50], [40, 60]]}
    page.locator(".st-key-overlays_fold input[type=file]").set_input_files(
        [
            {"name": "<b>front.geojson", "mimeType": "application/json", "buffer": json.dumps(layer).encode()},
            {"name": "notes.json", "mimeType": "application/json", "buffer": b"{}"},
        ]
    )
    drawn = painted(page, "painted.own.lines === 1")
    assert drawn["marks"] == before["marks"]
    fold = page.locator(".st-key-overlays_fold")
    expect(fold.get_by_role("alert")).to_contain_text("notes.json: It is JSON but no GeoJSON")
    fold.locator('[data-testid="stCheckbox"] label', has_text="<b>front").click()
    painted(page, "painted.own.lines === 0")
    assert frame.evaluate("window.sameFrame")


def test_events_on_both_sides_of_180_degrees_stand_side_by_side(crowd, window):
    page = window(crowd)
    spots = map_frame(page).evaluate(
        "[[-18.14, 178.44], [-13.83, -171.76], [50.45, 30.52]].map(([lat, lon]) => {"
        " const centre = map.getCenter().lng; return map.latLngToContainerPoint("
        " [lat, lon + 360 * Math.round((centre - lon) / 360)]).x; })"
    )
    suva, apia, kyiv = spots
    assert kyiv < suva < apia
    assert apia - suva < 60


def test_the_map_follows_the_theme_and_a_switch_of_it(march, window):
    page = window(march)
    frame = map_frame(page)
    assert frame.evaluate(f"{SEA}") == "rgb(223, 233, 239)"
    page.emulate_media(color_scheme="dark")
    frame.wait_for_function(f"{SEA} === 'rgb(24, 34, 42)'", timeout=20_000)


def test_groups_of_earlier_runs_do_not_pile_up(march, window):
    page = window(march)
    for status in ("Planned", "Alleged", "Planned"):
        page.locator(".st-key-statuses button", has_text=status).click()
        settle(page)
    assert map_frame(page).evaluate("window.feature_group.length") == 1


def test_the_briefing_has_a_map_without_buttons(march, window):
    page = window(march, query="?view=briefing")
    assert painted(page)["land"]
    expect(map_frame(page).locator(".key")).to_be_hidden()


def tick_tiles(page):
    page.get_by_text("Type, source, sureness").click()
    page.get_by_text("Online map tiles").click()


def countries(drawn):
    return [name for name in drawn["written"] if name.isupper()]


def test_online_tiles_lie_on_the_map_while_the_box_is_ticked(march, window):
    page = window(march, allowed=TILES)
    asked = []
    page.on("request", lambda request: asked.append(request))
    page.route(f"{TILES}**", lambda route: route.fulfill(body=base64.b64decode(PIXEL), content_type="image/png"))
    frame, before = map_frame(page), painted(page)
    frame.evaluate("window.sameFrame = true")
    assert frame.locator(".leaflet-tiles-pane img").count() == 0
    tick_tiles(page)
    tiled = painted(page, "painted.tiled")
    tiles = [request for request in asked if request.url.startswith(TILES)]
    assert len(tiles) > 4
    assert {request.all_headers()["referer"] for request in tiles} == {f"{march}/"}
    assert countries(before) != []
    assert countries(tiled) == []
    page.get_by_text("Online map tiles").click()
    expect(frame.locator(".leaflet-tiles-pane img")).to_have_count(0)
    assert countries(painted(page, "!painted.tiled")) == countries(before)
    assert frame.evaluate("window.sameFrame && map.getZoom()") == before["zoom"]


def test_the_map_stays_as_it_is_when_tiles_cannot_be_reached(march, window):
    page = window(march, allowed=TILES)
    before = painted(page)
    tick_tiles(page)
    expect(map_frame(page).locator(".leaflet-control-attribution")).to_contain_text("Tiles can't be reached")
    after = painted(page)
    assert after["tiled"] is False
    assert after["marks"] == before["marks"]
    assert countries(after) != []


def test_a_link_to_a_map_with_tiles_asks_for_none(march, window):
    page = window(march, allowed=TILES)
    tick_tiles(page)
    settle(page)
    page.get_by_role("button", name="Share").click()
    window(march, query="?" + page.locator("code").inner_text().partition("?")[2])


def test_a_box_drawn_on_the_map_becomes_a_choice_in_the_link(march, window):
    page = window(march)
    frame = map_frame(page)
    west, north, east, south = frame.evaluate(
        "[[62, 0], [40, 42]].flatMap((spot) => { const { x, y } = map.latLngToContainerPoint(spot); return [x, y]; })"
    )
    frame.get_by_role("button", name="Draw a box").click()
    box = page.locator(".st-key-map iframe").bounding_box()
    page.mouse.move(box["x"] + west, box["y"] + north)
    page.mouse.down()
    page.mouse.move(box["x"] + east, box["y"] + south, steps=6)
    page.mouse.up()
    expect(page.locator(".st-key-chosen")).to_contain_text("In the area drawn on the map")
    page.wait_for_url("**area=**")
    inside = [e for e in march_events() if e.place and e.when and 40 < e.place.lat < 62 and 0 < e.place.lon < 42]
    drawn = painted(page, f"painted.total === {len(inside)}")
    assert drawn["total"] == len(inside) > 3


def test_a_polygon_is_set_corner_by_corner_and_escape_gives_it_up(march, window):
    page = window(march)
    frame = map_frame(page)
    frame.get_by_role("button", name="Draw a polygon").click()
    box = page.locator(".st-key-map iframe").bounding_box()
    spots = [(0.3, 0.3), (0.7, 0.3), (0.5, 0.8)]
    page.mouse.click(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.3)
    page.keyboard.press("Escape")
    expect(frame.get_by_role("button", name="Draw a polygon")).to_have_attribute("aria-pressed", "false")
    frame.get_by_role("button", name="Draw a polygon").click()
    for x, y in spots:
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-chosen")).to_contain_text("In the area drawn on the map")


def test_a_button_brings_the_open_event_back_into_sight(march, window):
    page = window(march)
    frame = map_frame(page)
    button = frame.get_by_role("button", name="Show what is chosen")
    expect(button).to_have_attribute("aria-disabled", "true")
    page = window(march, query="?event=ev5")
    frame = map_frame(page)
    frame.evaluate("(map.setView([-20, -60], 4, {animate: false}), 0)")
    frame.get_by_role("button", name="Show what is chosen").click()
    box = page.locator(".st-key-map iframe").bounding_box()
    painted(page, "painted.marks.some((mark) => mark.id === 'ev5')")
    page.wait_for_timeout(600)
    assert 0.3 < spot_of(page, "ev5")["x"] / box["width"] < 0.7
    west, south, place = frame.evaluate(
        "(() => { const box = document.querySelector('.draw').getBoundingClientRect(); const place = L.latLng(46.49, 30.74);"
        " const spot = map.latLngToContainerPoint(place); map.panBy([spot.x - box.left - 15, spot.y - box.top - 40],"
        " {animate: false}); return [box.left, box.bottom, map.latLngToContainerPoint(place).x]; })()"
    )
    spot = spot_of(page, "ev5")
    assert place > west > spot["x"] + OPEN or spot["y"] > south + OPEN  # its head stands beside what covers its place


def test_the_map_fills_the_screen_and_gives_it_back(march, window):
    page = window(march)
    frame = map_frame(page)
    before = frame.evaluate("innerHeight")
    frame.get_by_role("button", name="Full screen").click()
    frame.wait_for_function(f"document.fullscreenElement && innerHeight > {before}")
    frame.get_by_role("button", name="Leave full screen").click()
    frame.wait_for_function(f"!document.fullscreenElement && innerHeight === {before}")
