"""Events as the marks that the map draws, each on its true ground: a point, a line, an area, a country.

For the page and its briefing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from events.dashboard.access import signing_in
from events.dashboard.map.crowds import PASSES, extent
from events.dashboard.map.folium_map import MapMark
from events.dashboard.map.map_telling import where_next
from events.look import wording
from events.look.drawn_grounds import drawn_ground_of
from events.model import Event, EventPlace
from events.view import View
from events.view.clusters import MOST_SINGLE
from geodata.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Picture:
    """What the map draws: single marks; and, where there are too many events for that, the crowd of them in sight.

    A crowd comes with the marks of those in sight where they are few, and with that of the open event.
    """

    marks: tuple[MapMark, ...]
    crowd: dict[str, Any] | None = None


def picture(view: View, opened: Event | None, gazetteer: Gazetteer, leave: str | None) -> tuple[Picture, str | None]:
    """What the map draws of a view, and the map's pass where it needs one. opened: the open event; leave: the pass that
    the session has.
    """
    if len(view.shown) <= MOST_SINGLE:
        return Picture(tuple(map_marks(view, gazetteer))), leave
    held = PASSES.of_map(leave, view, gazetteer, signing_in.holder())
    where = extent(view)
    seen = held.look(None if opened else where_next(where))
    singles = [event for event_id in (seen["marks"] or {}).get("ids", ()) if (event := view.table.event(event_id))]
    if opened and opened.id in view.numbers and all(event.id != opened.id for event in singles):
        singles.append(opened)
    crowd = seen | {"pass": held.key, "extent": where, "total": len(view.shown)}
    return Picture(tuple(_marks(singles, view, gazetteer)), crowd), held.key


def map_marks(view: View, gazetteer: Gazetteer) -> list[MapMark]:
    """The marks of all shown events, numbered as in the list."""
    return _marks(view.shown, view, gazetteer)


def spans_years(view: View) -> bool:
    """Whether the shown events are of more than one year, so that their dates need it."""
    return view.years > 1


def _marks(events: Iterable[Event], view: View, gazetteer: Gazetteer) -> list[MapMark]:
    year = spans_years(view)
    return [
        mark_of(event, event.place, view.numbers[event.id], gazetteer, year=year) for event in events if event.place
    ]


def mark_of(event: Event, place: EventPlace, number: int, gazetteer: Gazetteer, *, year: bool) -> MapMark:
    """The mark of one event at its place. year: whether its date needs its year."""
    ground = drawn_ground_of(place, gazetteer)
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
