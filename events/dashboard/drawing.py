"""Events as the marks that the map draws, each on its true ground: a point, a line, an area, a country.

For the page and its briefing. A country is shaded, never pinned; geometry that an event does not bring is the
gazetteer's.
"""

from __future__ import annotations

from events.dashboard import wording
from events.dashboard.map import MapMark
from events.model import Event, EventPlace
from events.view import View
from geodata.gazetteer import Gazetteer

MOST_MARKS = 5000  # what the browser draws in under half a second


def map_marks(view: View, gazetteer: Gazetteer) -> list[MapMark]:
    """The marks of the shown events, numbered as in the list; the first 5,000 of them."""
    year = spans_years(view)
    return [
        _mark(event, event.place, view.numbers[event.id], year, gazetteer)
        for event in view.shown[:MOST_MARKS]
        if event.place
    ]


def spans_years(view: View) -> bool:
    """Whether the shown events are of more than one year, so that their dates need it."""
    days = [event.when.start for event in (*view.shown[:1], *view.shown[-1:]) if event.when]
    return len({day.year for day in days}) > 1


def _mark(event: Event, place: EventPlace, number: int, year: bool, gazetteer: Gazetteer) -> MapMark:
    known = gazetteer.place(place.place_id) if place.place_id else None
    members = known.countries if known else ((place.country,) if place.country else ())
    shaded = place.precision == "country" or (place.precision == "region" and len(members) > 1)
    geometry = None
    if place.precision in {"line", "sea", "region"}:
        geometry = place.geometry or (gazetteer.geometry(place.place_id) if place.place_id else None)
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
        geometry=geometry,
        members=tuple(members) if shaded else (),
    )
