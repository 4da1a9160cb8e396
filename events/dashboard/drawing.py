"""Events as the marks that the map draws, each on its true ground: a point, a line, an area, a country.

For the page and its briefing. A country is shaded, never pinned; geometry that an event does not bring is the
gazetteer's.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

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
    own = ((place.country,) if place.country else (), None)
    members, known = _ground(gazetteer, place.place_id) or own if place.place_id else own
    shaded = place.precision == "country" or (place.precision == "region" and len(members) > 1)
    geometry = (place.geometry or known) if place.precision in {"line", "sea", "region"} else None
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
        members=members if shaded else (),
    )


@lru_cache(maxsize=20_000)
def _ground(gazetteer: Gazetteer, place_id: str) -> tuple[tuple[str, ...], dict[str, Any] | None] | None:
    """The countries (ISO codes) that a place of the gazetteer touches, and its GeoJSON geometry if it has one."""
    place = gazetteer.place(place_id)
    return (place.countries, gazetteer.geometry(place_id)) if place else None
