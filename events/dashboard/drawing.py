"""Events as the marks that the map draws, each on its true ground: a point, a line, an area, a country.

For the page and its briefing.
"""

from __future__ import annotations

from events.dashboard.map import MapMark
from events.look import wording
from events.look.grounds import ground_of
from events.model import Event, EventPlace
from events.view import View
from geodata.gazetteer import Gazetteer

MOST_MARKS = 5000  # what the browser draws in about a second


def map_marks(view: View, gazetteer: Gazetteer) -> list[MapMark]:
    """The marks of the shown events, numbered as in the list; the first 5,000 of them."""
    year = spans_years(view)
    return [
        mark_of(event, event.place, view.numbers[event.id], gazetteer, year=year)
        for event in view.shown[:MOST_MARKS]
        if event.place
    ]


def spans_years(view: View) -> bool:
    """Whether the shown events are of more than one year, so that their dates need it."""
    days = [event.when.start for event in (*view.shown[:1], *view.shown[-1:]) if event.when]
    return len({day.year for day in days}) > 1


def mark_of(event: Event, place: EventPlace, number: int, gazetteer: Gazetteer, *, year: bool) -> MapMark:
    """The mark of one event at its place. year: whether its date needs its year."""
    ground = ground_of(place, gazetteer)
    return MapMark(
        id=event.id,
        number=number,
        family=event.family,
        status=event.status,
        title=event.what,
        when_text=wording.when_in_short(event.when, year),
        place_name=place.name,
        precision=place.precision,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        geometry=ground.geometry,
        members=ground.members,
    )
