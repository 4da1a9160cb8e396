"""A briefing's map and strip: where they look, what is drawn how, and that labels keep clear of one another."""

import re
from itertools import combinations

import numpy as np
import pytest
import shapely

from events.briefing.frame import frame_for
from events.briefing.label_layout import laid_out
from events.briefing.land import BASE, in_one_piece, land
from events.briefing.map_svg import map_svg
from events.briefing.sites import frame_of, sites_of
from events.briefing.spots import label_of, placeable
from events.briefing.strip_svg import columns_of, ranges, strip_svg
from events.look.circles import disc
from events.look.theme import LIGHT
from tests.briefings import briefing, many, odd_views, places, told

SHEET = (5.0, 5.0, 995.0, 505.0)


@pytest.fixture(autouse=True)
def base_map():
    if not (BASE / "countries-50m.geojson").exists():
        pytest.skip("set-up has not made the base map")


def layout(events):
    """The sites, their frame, and the spot that each label got."""
    sites = sites_of(briefing(events).entries, land())
    frame = frame_of(sites, 1000, 510)
    labels = [label_of(placeable(site, frame, named=len(sites) < 27), frame) for site in sites]
    return sites, frame, labels, [label.spots[at] for label, at in zip(labels, laid_out(labels, SHEET), strict=True)]


def meet(one, other):
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


@pytest.mark.parametrize("name", ["one", "seven", "sixty", "one town", "pacific", "lines", "world", "scripts"])
def test_no_label_lies_on_another_or_on_a_point_or_off_the_sheet(name):
    _, _, labels, spots = layout(odd_views()[name])
    assert not [pair for pair in combinations([spot.box for spot in spots], 2) if meet(*pair)]
    feet = [(at, label.foot) for at, label in enumerate(labels) if label.foot]
    assert not [(at, foot) for at, foot in feet for n, spot in enumerate(spots) if n != at and meet(foot, spot.box)]
    assert all(spot.box[0] >= 5 and spot.box[1] >= 5 and spot.box[2] <= 995 for spot in spots)


@pytest.mark.parametrize("name", ["one", "seven", "pacific", "lines", "world"])
def test_every_place_is_in_sight(name):
    sites, frame, labels, _ = layout(odd_views()[name])
    assert all(frame.holds(*label.anchor) for label in labels)
    assert len(sites) == len({site.place.name for site in sites})


def test_a_point_stays_where_it_is_and_its_events_share_one_label():
    sites, frame, labels, _ = layout(odd_views()["one town"])
    assert (len(sites), len(sites[0].entries)) == (1, 24)
    assert labels[0].anchor == frame.at(30.52, 50.45)


def test_events_on_both_sides_of_180_degrees_are_near_one_another():
    frame = frame_for([(178.4, -18.1), (-171.8, -13.8)], 1000, 520)
    (x1, _), (x2, _) = frame.at(178.4, -18.1), frame.at(-171.8, -13.8)
    assert not frame.world
    assert 300 < x2 - x1 < 800


def test_a_ground_that_holds_a_pole_is_in_sight_of_a_frame_at_that_pole():
    pole = disc(89.9, 20.0, 200.0)
    frame = frame_for(list(pole.exterior.coords), 1000, 510)
    seen = frame.shapes(pole, 1.0)
    assert frame.lat > 88
    assert seen.area == pytest.approx(np.pi * (200 * frame.scale) ** 2, rel=0.02)


def test_events_everywhere_get_the_world_cut_where_there_are_none():
    assert frame_for([(0, 50), (140, 35), (-75, 40)], 1000, 520).lon == 11.0
    assert frame_for([(150, -33), (140, 35), (-100, 40), (-77, -12)], 1000, 520).lon == -160.0


def test_a_great_country_is_cut_rather_than_shrinking_the_towns():
    town = [told(1, places()["Tallinn"]), told(2, places()["Helsinki"])]
    near = layout(town)[1]
    beside_ukraine = layout([*town, told(3, places()["Ukraine"])])[1]
    assert near.scale / beside_ukraine.scale < 8
    assert beside_ukraine.holds(*beside_ukraine.at(24.75, 59.44))


def test_points_lines_and_countries_are_what_they_are():
    events = [
        told(n, places()[name]) for n, name in enumerate(("Pier 4", "Riga", "Gulf Cable", "Ukraine", "Tartu County"))
    ]
    kinds = {site.place.name: site.kind for site in sites_of(briefing(events).entries, land())}
    assert kinds == {
        "Pier 4": "point",
        "Riga": "point",
        "Gulf Cable": "line",
        "Ukraine": "area",
        "Tartu County": "circle",
    }


def test_russia_is_one_piece_across_180_degrees():
    russia = in_one_piece(shapely.union_all(land().of(("RU",))))
    assert russia.bounds[2] > 185
    assert max(russia.geoms, key=lambda part: part.area).contains(shapely.Point(180.0, 68.0))


def test_all_numbers_stand_on_the_map_and_on_the_strip():
    made = briefing(odd_views()["sixty"])
    wanted = {str(number) for number in range(1, 61)}
    assert set(re.findall(r">(\d+)</text>", map_svg(made.entries, LIGHT))) == wanted
    assert wanted <= set(re.findall(r">(\d+)</text>", strip_svg(made.entries, made.as_of, LIGHT)))


def test_a_long_span_has_gaps_and_a_crowded_day_says_its_numbers():
    entries = briefing([told(1, places()["Riga"]), told(2, places()["Riga"], day=400)]).entries
    assert [(column.day.year, column.after_gap) for column in columns_of(entries)] == [(2025, False), (2026, True)]
    crowd = [told(n, places()["Riga"], day=0) for n in range(40)] + [
        told(50 + n, places()["Riga"], day=n) for n in range(1, 15)
    ]
    assert ">1–40</text>" in strip_svg(briefing(crowd).entries, None, LIGHT)
    busy = [
        told(n, places()["Riga"], day=(0, 30, 31, 32)[n % 4]) for n in range(48)
    ]  # too many for columns of all days
    assert not re.search(r">[0-9]+–[0-9]+</text>", strip_svg(briefing(busy).entries, None, LIGHT))
    assert (ranges([3, 1, 2, 9]), strip_svg((), None, LIGHT)) == ("1–3, 9", "")


def test_what_lies_ahead_is_parted_from_what_is_known():
    made = briefing(many(["Riga"], 12))
    assert ">ahead</text>" in strip_svg(made.entries, made.as_of, LIGHT)
    assert ">ahead</text>" not in strip_svg(made.entries[:3], made.as_of, LIGHT)


def test_pixels_turn_north_up():
    frame = frame_for([(20.0, 50.0), (30.0, 60.0)], 1000, 520)
    pixels = frame.pixels(np.array([[25.0, 52.0], [25.0, 58.0]]))
    assert pixels[1, 1] < pixels[0, 1]
