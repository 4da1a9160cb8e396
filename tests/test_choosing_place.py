import pytest

from events.dashboard.reviewing.choosing_place import at_point, choices, coordinates, in_outline, what_is, why_at
from events.dashboard.reviewing.story_map import corners_from
from geodata.place import Candidate, Place


def place(number, **facts):
    given = {
        "id": f"gn:{number}",
        "name": "Paris",
        "lat": 48.85,
        "lon": 2.35,
        "kind": "town",
        "radius_km": 9.0,
        "country": "FR",
    }
    return Place(**(given | facts))


FRANCE = place(1, population=2_100_000, standing=1.0)
TEXAS = place(2, lat=33.66, lon=-95.56, country="US", population=24_000)
ONTARIO = place(3, lat=43.2, lon=-80.38, country="CA", population=12_000)
FOUND = tuple(Candidate(one, "name") for one in (FRANCE, TEXAS, ONTARIO))


class SmallGazetteer:
    def candidates(self, name):
        return FOUND if name == "Paris" else ()

    def country(self, code):
        return {"US": place(9, name="United States", kind="country")}.get(code)

    def geometry(self, place_id):
        return None

    def nearest(self, lat, lon):
        return [town for town in (FRANCE, TEXAS) if abs(town.lat - lat) <= 1 and abs(town.lon - lon) <= 1]


GAZETTEER = SmallGazetteer()


def test_the_candidates_of_a_name_come_with_what_they_are_and_why():
    found = choices(" Paris ", GAZETTEER)
    assert [choice.place.place_id for choice in found] == ["gn:1", "gn:2", "gn:3"]
    assert found[0].why == "common use puts it first"
    assert choices("Nowhere", GAZETTEER) == choices("  ", GAZETTEER) == []


def test_a_candidate_is_told_from_others_by_country_people_and_degrees():
    assert what_is(FOUND[1], GAZETTEER) == "town in United States · 24,000 people · 33.66° N, 95.56° W"


def test_a_smaller_town_says_how_many_are_larger():
    assert [why_at(number, FOUND) for number in (1, 2)] == [
        "1 of this name has more people", "2 of this name have more people",
    ]  # fmt: skip
    assert why_at(0, FOUND[:1]) == "the only place of this name"


def test_a_point_without_a_name_is_called_after_the_nearest_town_and_lies_in_its_country():
    point = at_point("", 48.9, 2.4, "exact", GAZETTEER)
    assert (point.name, point.country, point.geometry["coordinates"]) == ("Near Paris", "FR", [2.4, 48.9])
    at_sea = at_point("", 0.0, -30.0, "district", GAZETTEER)
    assert (at_sea.name, at_sea.country, at_sea.geometry, at_sea.radius_km) == ("Point on the map", None, None, 40.0)


def test_an_area_is_kept_as_it_was_drawn_with_its_label_inside():
    area = in_outline("Coast", [(48.0, 2.0), (49.0, 2.0), (49.0, 3.0)], GAZETTEER)
    assert (area.name, area.precision, area.geometry["type"]) == ("Coast", "region", "Polygon")
    assert (48.0 < area.lat < 49.0, 2.0 < area.lon < 3.0) == (True, True)


@pytest.mark.parametrize("corners", [[(0, 0), (1, 1)], [(0, 0), (1, 1), (1, 0), (0, 1)], [(0, 0), (1, 1), (2, 2)]])
def test_what_encloses_nothing_or_crosses_itself_is_no_area(corners):
    with pytest.raises(ValueError, match=r"area|outline"):
        in_outline("", corners, GAZETTEER)


def test_degrees_beyond_the_world_are_none():
    assert coordinates("90.5, 10") is None
    assert coordinates("12.8; 45.0") == (12.8, 45.0)


def test_corners_are_taken_once_and_only_from_within_the_world(monkeypatch):
    session = {}
    monkeypatch.setattr("streamlit.session_state", session)
    drawn = {"last_active_drawing": {"properties": {"corners": [[10, 190.0]], "click": 7}}}
    assert corners_from(drawn, "map") == ((10.0, -170.0),)
    assert corners_from(drawn, "map") == ()
    for corners in ([[100, 0]], [["1", 2]], [], "x", [[1, 2, 3]]):
        given = {"last_active_drawing": {"properties": {"corners": corners, "click": 8 + len(session)}}}
        assert corners_from(given, "map") == ()
