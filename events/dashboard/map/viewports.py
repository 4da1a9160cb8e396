"""Where a map looks, as its browser says it: anything may come from there.

For the map's routes and its line.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from events.view.clusters import Viewport

MOST_ZOOM = 24.0
ENDS = ("west", "south", "east", "north", "zoom")


def viewport(params: Mapping[str, str]) -> Viewport | None:
    """The viewport that parameters name; None where they name none.

    >>> viewport({"west": "-10", "south": "40", "east": "30", "north": "60", "zoom": "4"})
    Viewport(west=-10.0, south=40.0, east=30.0, north=60.0, zoom=4.0)
    >>> viewport({"west": "nan", "south": "40", "east": "30", "north": "60", "zoom": "4"}) is None
    True
    """
    try:
        west, south, east, north, zoom = (float(params[name]) for name in ENDS)
    except (KeyError, ValueError):
        return None
    if not all(map(math.isfinite, (west, south, east, north, zoom))):
        return None
    fits = -720 <= west < east <= 720 and -90 <= south < north <= 90 and 0 <= zoom <= MOST_ZOOM
    return Viewport(west, south, east, north, zoom) if fits else None
