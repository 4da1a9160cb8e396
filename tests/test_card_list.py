"""The cards of the list as data: what each says, and what comes back from a click."""

import pytest

from events.dashboard.listing.card_list import card_data, clicked
from events.dashboard.listing.cards import taking_part
from events.look.theme import LIGHT
from events.model import Actor, Review
from events.view import EventTable, Filter, select
from tests.news import NoGazetteer, SmallAtlas, march_events


@pytest.fixture
def view():
    return select(EventTable.from_events(march_events(), SmallAtlas(), NoGazetteer()), Filter())


def card_of(event, view):
    return card_data([event], view, None, LIGHT, year=False)["cards"][0]


def country_name(code):
    return {"FI": "Finland", "IR": "Iran"}.get(code, "")


def test_a_card_says_what_when_and_where_under_its_number(view):
    first = card_of(view.shown[0], view)
    assert first["label"] == f"Open event 1: {view.shown[0].what}"
    assert (first["number"], first["id"]) == (1, view.shown[0].id)
    assert first["where"].startswith(view.shown[0].place.name)


def test_each_picture_crosses_once_and_one_card_is_open(view):
    events = view.shown[:20]
    given = card_data(events, view, events[3], LIGHT, year=False)
    assert len(given["pictures"]) == len({(event.family, event.status) for event in events})
    assert [card["id"] for card in given["cards"] if card["open"]] == [events[3].id]


def test_who_takes_part_is_said_with_the_country_that_the_text_gives_them():
    who = (
        Actor(name="the guard", role="actor", country="FI"), Actor(name="Iran", role="recipient", country="IR"),
        Actor(name="officials", role="actor"),
    )  # fmt: skip
    event = march_events()[0].model_copy(update={"actors": who})
    assert taking_part(event, country_name) == "the guard (Finland), Iran"
    assert taking_part(event, country_name, all_of_them=True) == "the guard (Finland), Iran, officials"


def test_a_card_says_who_corrected_its_event(view):
    review = Review(correction=1, kind="place", who="<b>Ada</b>", at="2025-03-20T09:05:00Z", why="the other one")
    assert (
        card_of(view.shown[0].model_copy(update={"reviews": (review,)}), view)["touched"]
        == " · corrected by <b>Ada</b>"
    )
    assert card_of(view.shown[0], view)["touched"] == ""


@pytest.mark.parametrize(
    "answer", [None, "ev1", {"opened": 7}, {"opened": "nobody"}, {"opened": ["ev1"]}, {"gone": "ev1"}]
)
def test_what_is_no_click_on_a_card_is_passed_over(answer, view):
    assert clicked(answer, view.table) is None


def test_a_click_gives_the_events_id(view):
    assert clicked({"opened": "ev1"}, view.table) == "ev1"
