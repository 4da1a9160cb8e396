from dataclasses import replace
from datetime import date

import pytest

from events.model import When
from events.store.columns.columns import EventColumns, in_time
from events.view import EventTable, Filter, bars, relaxations, select
from events.view.areas import Area
from events.view.clusters import ON_THE_GROUND, Viewport, crowd
from events.view.sources import InMemory
from geodata.atlas import Region
from tests.news import NoGazetteer, SmallAtlas, march_events


def table_of(events):
    return EventTable.from_events(events, SmallAtlas(), NoGazetteer())


@pytest.fixture(scope="module")
def table():
    return table_of(march_events())


def test_nothing_chosen_shows_all_that_has_a_place_and_a_date(table):
    view = select(table, Filter())
    assert (len(view.shown), len(view.unplaced), len(view.undated), view.total) == (40, 3, 2, 40)


def test_events_are_numbered_in_order_of_time(table):
    view = select(table, Filter())
    days = [event.when.start for event in view.shown]
    assert days == sorted(days)
    assert [view.numbers[event.id] for event in view.shown] == list(range(1, 41))


def test_both_ends_of_the_dates_are_shown(table):
    view = select(table, Filter(start=date(2025, 3, 12), end=date(2025, 3, 12)))
    assert {event.when.start for event in view.shown} == {date(2025, 3, 12)}
    assert len(view.shown) == 5


def test_an_interval_is_shown_when_any_of_its_days_is_asked_for():
    event = march_events()[0].model_copy(
        update={"when": When(start=date(2025, 3, 3), end=date(2025, 3, 9), precision="week")}
    )
    assert tuple(select(table_of([event]), Filter(start=date(2025, 3, 9))).shown) == (event,)
    assert not select(table_of([event]), Filter(start=date(2025, 3, 10))).shown


def test_an_event_on_a_line_counts_for_every_region_it_touches(table):
    cable = next(event for event in table.events if event.place and event.place.name == "Estlink 2")
    for region in ("sea:baltic-sea", "continent:EU"):
        assert cable in select(table, Filter(regions=(region,))).shown


def test_several_values_of_one_choice_widen_and_several_choices_narrow(table):
    both = select(table, Filter(statuses=("planned", "cancelled")))
    assert len(both.shown) == 8
    assert [e.what for e in select(table, replace(both.filter, types=("PROTEST",))).shown] == [
        "Dockers announce a blockade"
    ]


def test_words_are_found_in_quotes_places_and_sources_whatever_their_case(table):
    assert [e.what for e in select(table, Filter(words="GRAIN odesa")).shown] == ["Drones strike a grain terminal"]
    assert len(select(table, Filter(words="gulf courier")).shown) == 7


def test_counts_tell_what_each_further_choice_would_give(table):
    view = select(table, Filter(statuses=("planned",)))
    assert view.counts.families["material conflict"] == 1
    for status, count in view.counts.statuses.items():
        assert len(select(table, Filter(statuses=(status,))).shown) == count


def test_what_has_no_place_or_no_date_keeps_to_the_other_choices(table):
    view = select(table, Filter(families=("incident",), regions=("continent:EU",), end=date(2025, 3, 9)))
    assert [event.what for event in view.unplaced] == ["Crews fall ill on three tankers"]
    assert not view.undated


def test_each_way_back_from_nothing_says_what_it_gives(table):
    nothing = Filter(families=("material conflict",), statuses=("cancelled",), words="talks")
    assert not select(table, nothing).shown
    assert dict(relaxations(table, nothing)) == {"families": 1}


def test_the_tree_has_only_regions_with_events_parents_first(table):
    assert [(choice.name, choice.depth) for choice in table.tree] == [
        ("Europe", 0), ("Belgium", 1), ("Ukraine", 1), ("Baltic Sea", 0),
    ]  # fmt: skip


def test_old_background_does_not_stretch_the_days_of_the_news():
    events = march_events()
    old = events[0].model_copy(update={"when": When(start=date(1991, 1, 1), end=date(1991, 12, 31), precision="year")})
    table = table_of([old, *events[1:]])
    assert table.first == date(1991, 1, 1)
    assert table.window == (date(2025, 3, 4), date(2025, 3, 21))


def test_bars_hold_every_shown_event_once_and_the_rest_as_left_out(table):
    view = select(table, Filter(statuses=("planned",)))
    drawn = bars(view, date(2025, 3, 4), date(2025, 3, 21))
    assert drawn.unit == "day"
    assert sum(b.count for b in drawn.bins if b.family) == 7
    assert sum(b.count for b in drawn.bins if b.family is None) == 33
    assert all(not b.fact for b in drawn.bins if b.family)


def test_a_year_long_interval_has_no_bar_and_is_counted_apart():
    event = march_events()[0].model_copy(
        update={"when": When(start=date(2025, 1, 1), end=date(2025, 12, 31), precision="year")}
    )
    table = table_of([event])
    drawn = bars(select(table, Filter()), date(2025, 1, 1), date(2025, 1, 31))
    assert (drawn.bins, drawn.wide) == ((), 1)


def test_an_empty_table_selects_nothing():
    view = select(table_of([]), Filter(words="x", regions=("continent:EU",), start=date(2025, 1, 1)))
    assert [len(events) for events in (view.shown, view.unplaced, view.undated)] == [0, 0, 0]
    assert view.total == 0


def test_an_event_is_no_surer_than_its_place():
    events = march_events()
    events[3] = events[3].model_copy(update={"place": events[3].place.model_copy(update={"confidence": 0.4})})
    events[4] = events[4].model_copy(update={"confidence": 0.4})
    shown = {event.id for event in select(table_of(events), Filter(sureness=0.5)).shown}
    assert len(shown) == 38
    assert not shown & {"ev3", "ev4"}


def test_regions_of_one_name_are_told_apart():
    class TwoWests(SmallAtlas):
        def tree(self):
            return (
                Region("un:155", "Western Europe", "un-region", None),
                Region("region:west", "Western Europe", "region", None),
            )

    names = EventTable.from_events(march_events(), TwoWests(), NoGazetteer()).region_names
    assert names == {"un:155": "Western Europe (UN)", "region:west": "Western Europe (region)"}


def test_what_is_left_out_and_what_is_asked_for_make_the_whole(table):
    for choice, value in (("statuses", "planned"), ("families", "incident"), ("types", "PROTEST"),
                          ("regions", "country:UA"), ("sources", "Gulf Courier")):  # fmt: skip
        asked, left_out = Filter(**{choice: (value,)}), Filter(**{f"not_{choice}": (value,)})
        assert len(select(table, asked).shown) + len(select(table, left_out).shown) == 40, choice


def test_a_part_is_left_out_of_a_region(table):
    europe = select(table, Filter(regions=("continent:EU",)))
    rest = select(table, Filter(regions=("continent:EU",), not_regions=("country:UA",)))
    assert len(rest.shown) == len(europe.shown) - europe.counts.regions["country:UA"]


def test_a_word_after_a_dash_may_not_occur(table):
    assert len(select(table, Filter(words="-courier")).shown) == 40 - len(select(table, Filter(words="courier")).shown)
    assert not select(table, Filter(words="grain -odesa")).shown


def test_counts_of_what_is_left_out_hold_for_what_is_left_out_already(table):
    view = select(table, Filter(not_statuses=("planned",), families=("incident",)))
    incidents = select(table, Filter(families=("incident",)))
    assert view.left_out.statuses == incidents.counts.statuses
    assert view.left_out.types["DISASTER"] == view.counts.types["DISASTER"]


def test_a_choice_to_leave_out_is_taken_back_by_its_name(table):
    chosen = Filter(not_types=("PROTEST",), changed_from=date(2025, 3, 4))
    assert chosen.chosen() == ("not_types", "changed")
    assert chosen.without("not_types").without("changed") == Filter()


WORLD = Viewport(west=-180, south=-80, east=180, north=80, zoom=0.0)


def placed_at(*spots, precision="city"):
    """A table of one event at each (latitude, longitude)."""
    event = next(event for event in march_events() if event.place and event.place.name == "Odesa")
    return table_of(
        event.model_copy(
            update={
                "id": f"at-{number}",
                "place": event.place.model_copy(
                    update={"name": f"Spot {number}", "lat": lat, "lon": lon, "place_id": None, "precision": precision}
                ),
            }
        )
        for number, (lat, lon) in enumerate(spots)
    )


def test_a_crowd_holds_every_shown_event_once(table):
    seen = crowd(select(table, Filter()), WORLD)
    assert seen.count == 40
    assert seen.clusters.families.sum() + seen.ground_families.sum() == 40


def test_a_cluster_stands_at_the_mean_place_of_its_events_and_knows_their_families():
    seen = crowd(select(placed_at((0.0, 10.0), (0.0, 11.0), (0.0, 11.0)), Filter()), WORLD)
    assert seen.clusters.lon.round(3).tolist() == [10.667]
    assert seen.clusters.lat.round(3).tolist() == [0.0]
    assert seen.clusters.families.tolist() == [[0, 0, 0, 3, 0]]


def test_what_a_cell_parts_at_a_near_view_is_two_clusters():
    view = select(placed_at((50.0, 10.0), (50.0, 16.0)), Filter())
    far, near = (crowd(view, Viewport(0, 40, 30, 60, zoom), most_single=0) for zoom in (2.0, 6.0))
    assert (len(far.clusters.lat), len(near.clusters.lat)) == (1, 2)


def test_a_view_across_180_degrees_shows_both_sides_side_by_side():
    view = select(placed_at((-18.0, 178.0), (-14.0, -172.0), (50.0, 30.0)), Filter())
    seen = crowd(view, Viewport(west=160, south=-40, east=200, north=10, zoom=5.0))
    assert seen.count == 2
    assert sorted(seen.clusters.lon.round(1).tolist()) == [178.0, 188.0]


def test_countries_and_seas_keep_counts_of_their_own_and_join_no_cluster(table):
    seen = crowd(select(table, Filter()), WORLD)
    precisions = [table.columns.known_places[place].precision for place in seen.grounds.tolist()]
    assert set(precisions) <= {"country", "region", "sea", "line"}
    assert seen.ground_families.sum() == sum(
        event.place.precision in ON_THE_GROUND for event in select(table, Filter()).shown
    )


def test_few_events_in_sight_come_as_single_rows_and_many_do_not():
    view = select(placed_at((0.0, 10.0), (0.0, 11.0), (0.0, 12.0)), Filter())
    assert crowd(view, WORLD).rows.tolist() == [0, 1, 2]
    assert crowd(view, WORLD, most_single=2).rows is None


def test_long_intervals_are_told_apart_by_their_days():
    month = When(start=date(2025, 3, 1), end=date(2025, 3, 31), precision="month")
    events = [event.model_copy(update={"when": month}) for event in march_events()[:3]]
    table = table_of(events)
    drawn = bars(select(table, Filter()), date(2025, 3, 1), date(2025, 4, 20))
    assert drawn.spans == ((date(2025, 3, 1), date(2025, 3, 31), 3),)


def test_an_event_is_read_only_when_somebody_looks_at_it():
    asked = []

    class Watched(InMemory):
        def events(self, ids):
            asked.extend(ids)
            return super().events(ids)

    ordered = sorted(march_events(), key=in_time)
    table = EventTable.from_columns(EventColumns.of(ordered), Watched(ordered), SmallAtlas(), NoGazetteer())
    view = select(table, Filter())
    assert (len(view.shown), asked) == (40, [])
    assert [event.id for event in view.shown[:2]] == asked


def test_a_drawn_box_holds_what_stands_in_it_and_a_circle_what_is_near():
    table = placed_at((50.0, 10.0), (50.0, 16.0), (48.0, 10.0))
    assert [e.id for e in select(table, Filter(area=Area.parse("9,49;17,49;17,51;9,51"))).shown] == ["at-0", "at-1"]
    assert [e.id for e in select(table, Filter(area=Area.parse("10,49,120"))).shown] == ["at-0", "at-2"]


def test_an_area_drawn_across_180_degrees_holds_both_sides():
    table = placed_at((-18.0, 178.0), (-14.0, -172.0), (-18.0, 160.0))
    for west in (170, -190):
        area = Area(((west, -20.0), (west + 20, -20.0), (west + 20, -10.0), (west, -10.0)))
        assert [event.id for event in select(table, Filter(area=area)).shown] == ["at-0", "at-1"]


@pytest.mark.parametrize("text", ["", "1,2", "1,2;3,4", "nan,1,5", "1,2,-5", "10,95;1,2;3,4", "1,2;" * 100, "<script>"])
def test_what_is_no_area_is_none(text):
    assert Area.parse(text) is None


def test_bars_by_the_day_of_the_first_report_hold_each_event_once(table):
    view = select(table, Filter(statuses=("planned",)))
    drawn = bars(view, date(2025, 3, 1), date(2025, 3, 31), "reported")
    reported = [min(r.published for r in event.reports if r.published) for event in view.shown]
    assert sum(b.count for b in drawn.bins if b.family) == len(reported) == 7
    assert {b.day for b in drawn.bins if b.family} == set(reported)
