import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest

from events.linking import link
from events.linking.blocks import block_of, blocks_around
from events.linking.likeness import Sketch, may_fit
from events.model import Event, EventPlace, Quote, Report, Story, When

LAGOS = EventPlace(
    name="Lagos", lat=6.45, lon=3.39, precision="city", radius_km=20, country="NG", place_id="gn:2332459"
)
IBADAN = EventPlace(
    name="Ibadan", lat=7.38, lon=3.9, precision="city", radius_km=15, country="NG", place_id="gn:2339354"
)


def report(number, text, *, place=LAGOS, day=date(2024, 6, 10), kind="ACCIDENT", status="occurred"):
    quote = Quote(part="text", start=0, end=len(text), text=text)
    return Event(
        id=f"e{number}", story_id=f"s{number}", type=kind, family="incident", status=status, what=text[:60],
        place=place, when=When(start=day, end=day, precision="day"), evidence=(quote,),
    )  # fmt: skip


def linked(*events):
    stories = {e.story_id: Story(id=e.story_id, text=e.evidence[0].text, published=e.when.end) for e in events}
    return link(events, stories)


def test_two_wordings_of_one_collapse_are_one_event_with_two_reports():
    (event,) = linked(
        report(1, "A three-storey building collapsed in the Mushin district of Lagos, killing five people."),
        report(2, "Rescuers pulled five bodies from a building that collapsed in Mushin, Lagos."),
    )
    assert [r.story_id for r in event.reports] == ["s1", "s2"]
    assert event.id == "e1"


def test_a_rising_toll_updates_and_does_not_duplicate():
    first = report(1, "A petrol tanker exploded on the Ikorodu road in Lagos, killing 12.")
    later = report(2, "The toll from the petrol tanker that exploded on the Ikorodu road in Lagos rose to 19.")
    assert len(linked(first, later)) == 1


def test_the_same_headline_a_month_later_is_another_event():
    text = "A petrol tanker exploded on the Ikorodu road in Lagos, killing 12."
    assert len(linked(report(1, text), report(2, text, day=date(2024, 7, 10)))) == 2


def test_like_accidents_on_one_day_in_two_cities_stay_apart():
    a = report(1, "A petrol tanker exploded on a road, killing 12.")
    b = report(2, "A petrol tanker exploded on a road, killing 12.", place=IBADAN)
    assert len(linked(a, b)) == 2


def test_two_events_of_one_story_are_never_joined():
    a = report(1, "A bus overturned in Lagos, killing three.")
    b = report(2, "A bus overturned in Lagos, killing three.").model_copy(update={"story_id": "s1"})
    assert len(linked(a, b)) == 2


def test_two_rows_of_one_table_of_events_are_never_joined():
    text = "Gunmen attacked a village near Lagos."
    rows = [report(n, text, kind="ASSAULT").model_copy(update={"story_id": f"acled:NIG{n}"}) for n in (1, 2)]
    assert len(linked(*rows)) == 2


def test_reports_that_an_imported_event_brings_stay_with_it():
    brought = report(1, "A building collapsed in Lagos.").model_copy(
        update={"reports": (Report(story_id="far", source="Wire"),)}
    )
    (event,) = linked(brought)
    assert sorted(r.story_id for r in event.reports) == ["far", "s1"]


def test_order_of_reading_does_not_change_what_is_joined():
    texts = [f"A tanker exploded on the Ikorodu road in Lagos, killing {n}." for n in (9, 12, 19)]
    reports = [report(i, text, day=date(2024, 6, 10) + timedelta(days=i % 2)) for i, text in enumerate(texts)]
    assert linked(*reports)[0].id == linked(*reversed(reports))[0].id
    assert len(linked(*reports)) == 1


def test_links_decided_one_story_at_a_time_are_as_good_as_those_made_of_all_at_once():
    from benchmarks.linking import gold, scores
    from events.store import Store

    events, stories, happening = gold()
    store = Store.open("sqlite://")
    for told in sorted(stories.values(), key=lambda story: (story.published, story.id)):
        store.add(told, [event for event in events if event.story_id == told.id])
    joined = {frozenset(p) for e in store.events() for p in combinations((r.id for r in store.reports_of(e.id)), 2)}
    true = {frozenset((a.id, b.id)) for a, b in combinations(events, 2)
            if happening[a.id] == happening[b.id] and a.story_id != b.story_id}  # fmt: skip
    hits = len(joined & true)
    f1 = 2 * hits / (len(joined) + len(true))
    assert f1 >= scores(events, stories, happening)["f1"] - 0.01
    store.close()


PLACES = [Sketch("s", "AID", 0, 0, lat, lon, km, None) for lat in (-89.5, -3.0, 0.1, 61.0, 84.9) for lon in (-179.9, 0.1, 179.9)
          for km in (1.0, 180.0)]  # fmt: skip


@pytest.mark.parametrize("a", PLACES, ids=lambda s: f"{s.lat},{s.lon},{s.radius_km}")
def test_blocks_pass_no_pair_of_places_by_that_fits(a):
    chance = random.Random(7)
    for _ in range(200):
        lat = max(-90.0, min(90.0, a.lat + chance.uniform(-2, 2)))
        lon = (a.lon + chance.uniform(-60, 60) + 180) % 360 - 180
        b = replace(a, story_id="t", lat=lat, lon=lon, radius_km=chance.choice([1.0, 150.0]))
        assert not may_fit(a, b) or block_of(b) in blocks_around(a)
