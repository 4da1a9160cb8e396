from datetime import date, timedelta

from events.linking import link
from events.model import Event, EventPlace, Quote, Story, When

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


def test_order_of_reading_does_not_change_what_is_joined():
    texts = [f"A tanker exploded on the Ikorodu road in Lagos, killing {n}." for n in (9, 12, 19)]
    reports = [report(i, text, day=date(2024, 6, 10) + timedelta(days=i % 2)) for i, text in enumerate(texts)]
    assert linked(*reports)[0].id == linked(*reversed(reports))[0].id
    assert len(linked(*reports)) == 1
