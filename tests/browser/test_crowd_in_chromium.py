"""More events than can be drawn one by one, in Chromium: clusters, what moving the map brings, and single marks up close."""

import pytest
from playwright.sync_api import expect

from benchmarks.crowded_events import gazetteer_places
from benchmarks.crowded_store import fill
from events.store import Store
from tests.browser.conftest import click_map, map_frame, painted, serving, settle

EVENTS = 4000
HEAPED = 700
CLOSEST = 10  # zoom


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    path = tmp_path_factory.mktemp("crowded") / "news.sqlite"
    fill(path, EVENTS)
    with serving(path) as address:
        yield address


@pytest.fixture(scope="module")
def heaped(tmp_path_factory):
    """A town, and the address of a page on which all events are in it."""
    path = tmp_path_factory.mktemp("heaped") / "news.sqlite"
    towns = [place for place in gazetteer_places() if place["kind"] == "town"][:1]
    fill(path, HEAPED, places=towns)
    with serving(path) as address:
        yield towns[0], address


@pytest.fixture(scope="module")
def lonely(crowded, tmp_path_factory):
    """An event of the store in a town of its own, with no other within a degree."""
    store = Store.open(next(tmp_path_factory.getbasetemp().glob("crowded*")) / "news.sqlite")
    events = [event for event in store.events() if event.place and event.when]
    store.close()

    def near(event, other):
        return abs(event.place.lat - other.place.lat) + abs(event.place.lon - other.place.lon) < 1

    towns = (event for event in events if event.place.precision == "city" and abs(event.place.lat) < 60)
    return next(event for event in towns if sum(near(event, other) for other in events) == 1)


def fresh(page):
    return painted(page, "painted.fresh && painted.time > 0")


def look_at(page, lat, lon, zoom):
    map_frame(page).evaluate(f"(map.setView([{lat}, {lon}], {zoom}, {{animate: false}}), 0)")
    page.wait_for_timeout(400)
    return fresh(page)


def test_a_crowd_is_drawn_as_clusters_and_counts(crowded, window):
    page = window(crowded)
    drawn = fresh(page)
    assert drawn["total"] > 3000
    assert drawn["marks"] == []
    assert sum(ring["count"] for ring in drawn["rings"]) > 2500
    outlines_came = "map.fire('resize'), window.__painted.areas > 20"  # asked for once the clusters are there
    map_frame(page).wait_for_function(f"({outlines_came})", polling=200)


def test_a_filter_brings_the_new_picture_along(crowded, window):
    page = window(crowded)
    before = fresh(page)
    page.locator(".st-key-statuses button", has_text="Occurred").click()
    settle(page)
    after = painted(page, f"painted.fresh && painted.total < {before['total']}")
    assert 500 < after["total"] < before["total"]
    assert after["zoom"] == before["zoom"]
    # It came over the map's line; the page's own picture, which came later, was known.
    assert after["turn"] == before["turn"] + 1
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".st-key-regions input").fill("Europe")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    settle(page)
    europe = painted(page, f"painted.fresh && painted.zoom > {after['zoom']} && painted.total < {after['total']}")
    assert europe["total"] > 100
    # The server had been told where the map would look, and nothing was left to ask when it was there.
    assert [address for address in asked if "/dateline/sight" in address] == []


def test_moving_the_map_brings_what_lies_there(crowded, window):
    page = window(crowded)
    turn = fresh(page)["turn"]
    far, near = look_at(page, 47, 10, 4), look_at(page, 47, 10, 6)
    assert near["total"] < far["total"]
    assert near["turn"] == turn


def test_few_events_in_sight_are_single_marks_that_say_what_they_are(crowded, window, lonely):
    page = window(crowded)
    drawn = look_at(page, lonely.place.lat, lonely.place.lon, 10)
    mark = next(mark for mark in drawn["marks"] if mark["id"] == lonely.id)
    painted(page, f"painted.turn > {drawn['turn']}")
    box = page.locator(".st-key-map iframe").bounding_box()
    page.mouse.move(box["x"] + mark["x"], box["y"] + mark["y"])
    expect(map_frame(page).locator(".tip b")).to_have_text(lonely.what)


def test_a_single_mark_opens_its_event_though_words_are_asked_for_right_after_the_press(crowded, window, lonely):
    page = window(crowded)
    map_frame(page).evaluate(
        "((wait) => { window.setTimeout = (act, ms, ...more) => ms === 350 "
        "? addEventListener('click', () => wait(act, 20), {once: true}) : wait(act, ms, ...more); })(window.setTimeout)"
    )
    drawn = look_at(page, lonely.place.lat, lonely.place.lon, 10)
    click_map(page, next(mark for mark in drawn["marks"] if mark["id"] == lonely.id))
    expect(page.locator(".open h3")).to_have_text(lonely.what)


def test_a_cluster_flies_nearer(crowded, window):
    page = window(crowded)
    before = fresh(page)
    click_map(page, max(before["rings"], key=lambda ring: ring["count"]))
    after = painted(page, f"painted.fresh && painted.zoom > {before['zoom'] + 1}")
    assert after["total"] < before["total"]


def test_a_map_without_its_pass_gets_a_new_one(crowded, window):
    page = window(crowded)
    turn = fresh(page)["turn"]
    map_frame(page).evaluate(
        "((old) => { let first = true; window.fetch = (address, given) => { const lost = first && "
        "String(address).includes('sight'); if (lost) first = false; "
        "return old(lost ? address.replace(/pass=[^&]*/, 'pass=gone') : address, given); }; })(window.fetch)"
    )
    map_frame(page).evaluate("(map.setView([20, 20], 3, {animate: false}), 0)")
    painted(page, f"painted.turn > {turn} && painted.fresh")


def test_more_events_of_one_point_than_can_be_fanned_out_are_listed(heaped, window):
    town, address = heaped
    page = window(address)
    drawn = look_at(page, town["lat"], town["lon"], CLOSEST)
    [ring] = drawn["rings"]
    assert ring["count"] == drawn["total"] > 500
    click_map(page, ring)
    expect(page.locator(".st-key-chosen")).to_contain_text("of a spot on the map")
    settle(page)
    assert fresh(page)["total"] == ring["count"]
