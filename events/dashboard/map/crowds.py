"""What the map gets of more events than can be drawn one by one: numbers and ids of what is in sight, and no words.

For the map and its route. A session's map is given a pass, which no one can guess, over the page's own connection; with it
the map asks for what lies in sight whenever it is moved. The pass remembers where the map looks, so that a change of filter
brings the new picture along and nothing has to be asked for.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_urlsafe
from threading import Lock
from typing import Any

import numpy as np

from events.look.drawn_grounds import drawn_ground_of
from events.model import STATUSES, EventPlace
from events.ontology import FAMILIES
from events.view import View
from events.view.clusters import Crowd, Viewport, crowd, latitude, spots_of
from geodata.gazetteer import Gazetteer

MOST_PASSES = 500  # maps that can be open at a time; the one that was longest silent is asked to run again
FAR = 0.002  # the share of events beyond either end that does not widen the view of all
STEP = 5.0  # degrees to which the view of all is rounded, so that it stays where it is under most filters
MOST_GROUNDS = 250  # outlines in sight
WORLD = Viewport(-180.0, -60.0, 180.0, 84.0, 2.0)
Answer = dict[str, Any]


@dataclass
class Pass:
    """A map's leave to ask: what its session shows now, the how manieth view that is, and where the map looked last.

    holder: the sign-in that it was given to, and no other may ask with it; "" where nobody signs in.
    """

    key: str
    view: View
    gazetteer: Gazetteer
    turn: int = 0
    port: Viewport = WORLD
    holder: str = ""

    def show(self, view: View) -> None:
        """Take over what the session shows now."""
        if view is not self.view:
            self.view, self.turn = view, self.turn + 1

    def look(self, port: Viewport | None = None) -> Answer:
        """What is in sight: of where the map looks now, or of where it looked last."""
        self.port = port or self.port
        return sight(self.view, self.port) | {"turn": self.turn}


class Passes:
    """The passes of all maps that are open."""

    def __init__(self) -> None:
        self._passes: OrderedDict[str, Pass] = OrderedDict()
        self._lock = Lock()

    def of_map(self, key: str | None, view: View, gazetteer: Gazetteer, holder: str = "") -> Pass:
        """The pass of this key with what the session shows now; a new one where there is none."""
        with self._lock:
            found = self._passes.get(key) if key else None
            if found is None or found.holder != holder:
                found = Pass(token_urlsafe(24), view, gazetteer, holder=holder)
                self._passes[found.key] = found
            self._passes.move_to_end(found.key)
            while len(self._passes) > MOST_PASSES:
                self._passes.popitem(last=False)
        found.show(view)
        return found

    def get(self, key: str, holder: str = "") -> Pass | None:
        """The pass of this key, None where none was given out to this sign-in."""
        found = self._passes.get(key)
        return found if found is not None and found.holder == holder else None


PASSES = Passes()


def sight(view: View, port: Viewport) -> Answer:
    """What the map draws of a viewport, as lists of numbers and ids.

    `clusters` are rows of latitude, longitude and a count of each family; `grounds` rows of a place's number, latitude,
    longitude, precision and the counts; `marks` the single events where they are few, else null.
    """
    seen = crowd(view, port)
    places = view.table.columns.known_places
    return {
        "port": [port.west, port.south, port.east, port.north, port.zoom],
        "count": seen.count,
        "clusters": _cluster_rows(seen) if seen.rows is None else [],
        "grounds": [
            [place, places[place].lat, places[place].lon, places[place].precision, *families]
            for place, families in _fullest(seen)
        ]
        if seen.rows is None
        else [],
        "marks": None if seen.rows is None else _marks(view, seen.rows),
    }


def grounds(view: View, gazetteer: Gazetteer, places: Sequence[int]) -> dict[str, Answer]:
    """What lies under places, by their numbers: the countries to shade or a geometry, and how far they reach."""
    known = view.table.columns.known_places
    found = {}
    for place in places:
        if 0 <= place < len(known):
            key = known[place]
            ground = drawn_ground_of(EventPlace(**key._asdict()), gazetteer)
            found[str(place)] = {
                "members": list(ground.members), "geometry": ground.geometry, "radius": key.radius_km,
            }  # fmt: skip
    return found


def extent(view: View) -> Answer | None:
    """Where nearly all of the shown events are: the ends of their latitudes, and the degrees of longitude that have many."""
    totals = view.at_places
    used = totals > 0
    if not used.any():
        return None
    spots = spots_of(view.table)
    weights = totals[used]
    shares = np.cumsum(totals[spots.southward]) / weights.sum()
    ends = spots.y[spots.southward][np.searchsorted(shares, [FAR, 1 - FAR])]
    degrees = np.round(spots.x[used] * 360).astype(np.int64)
    often = np.bincount(degrees, weights=weights, minlength=361) >= FAR / 4 * weights.sum()
    south, north = np.floor(latitude(ends[1]) / STEP) * STEP, np.ceil(latitude(ends[0]) / STEP) * STEP
    lons = np.unique(np.round((np.flatnonzero(often) - 180) / STEP) * STEP)
    return {"lats": [max(-85.0, float(south)), min(85.0, float(north))], "lons": lons.tolist()}


def _cluster_rows(seen: Crowd) -> list[list[float]]:
    gathered = seen.clusters
    where = np.round(np.column_stack((gathered.lat, gathered.lon)), 4).tolist()
    return [[*spot, *mix] for spot, mix in zip(where, gathered.families.tolist(), strict=True)]


def _fullest(seen: Crowd) -> list[tuple[int, list[int]]]:
    order = np.argsort(-seen.ground_families.sum(axis=1), kind="stable")[:MOST_GROUNDS]
    return list(zip(seen.grounds[order].tolist(), seen.ground_families[order].tolist(), strict=True))


def _marks(view: View, rows: Any) -> Answer:
    """Single events as columns: ids, numbers, codes of families and statuses, numbers of places; and these places."""
    table = view.table
    places = table.columns.places[rows].tolist()
    known = table.columns.known_places
    return {
        "ids": table.ids(rows),
        "numbers": [(view.shown.position_of(row) or 0) + 1 for row in rows.tolist()],
        "families": [FAMILIES[code] for code in table.families[rows].tolist()],
        "statuses": [STATUSES[code] for code in table.columns.statuses[rows].tolist()],
        "places": places,
        "known": {
            place: [known[place].lat, known[place].lon, known[place].precision, known[place].radius_km]
            for place in set(places)
        },
    }  # fmt: skip
