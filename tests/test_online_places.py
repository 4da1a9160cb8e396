"""Unplaced names asked of an online geocoder, here one that answers from a dictionary."""

from geopy.location import Location

from events.extraction.places.online_places import MOST_QUESTIONS, place_online
from events.extraction.places.toponyms import Toponym
from geodata.place import Place

VARDE = Location("Varde, Denmark", (55.62, 8.48), {"boundingbox": ["55.60", "55.64", "8.40", "8.55"]})
ELSEWHERE = Location("Varde, Ohio", (40.0, -82.0), {})
ESBJERG = Place("gn:2622447", "Esbjerg", 55.47, 8.45, "town", 5.0, country="DK", countries=("DK",))


class Answers:
    """A geocoder that knows a few names and counts its questions."""

    def __init__(self, **known):
        self.known, self.asked = known, []

    def geocode(self, query, *, exactly_one=True):
        """All that is known of the name."""
        self.asked.append(query)
        return self.known.get(query)


def toponym(text, place=None):
    return Toponym("text", 0, len(text), text, "literal", place, 0.9 if place else 0.0, (), "why")


def test_an_unplaced_name_is_put_where_the_service_has_it_near_the_story():
    _, varde = place_online([toponym("Esbjerg", ESBJERG), toponym("Varde")], Answers(Varde=[ELSEWHERE, VARDE]))
    assert (varde.place.name, varde.place.lat, varde.place.country, varde.place.precision) == (
        "Varde",
        55.62,
        "DK",
        "city",
    )
    assert (varde.confidence, varde.reason) == (0.5, "found by an online geocoder near the story's places")


def test_an_answer_on_another_continent_is_not_taken():
    _, varde = place_online([toponym("Esbjerg", ESBJERG), toponym("Varde")], Answers(Varde=[ELSEWHERE]))
    assert varde.place is None


def test_nothing_is_asked_without_a_geocoder_without_neighbours_or_of_placed_names():
    names, alone = [toponym("Esbjerg", ESBJERG), toponym("Varde")], [toponym("Varde")]
    service = Answers(Varde=[VARDE])
    assert place_online(names, None) == names
    assert place_online(alone, service) == alone
    assert place_online(names[:1], service) == names[:1]
    assert service.asked == []


def test_a_name_is_asked_once_and_a_story_asks_few():
    service = Answers()
    place_online([toponym("Esbjerg", ESBJERG), *[toponym(f"Town{i % 8}") for i in range(40)]], service)
    assert service.asked == [f"Town{i}" for i in range(MOST_QUESTIONS)]
