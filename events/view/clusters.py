"""What a map draws of too many events for single marks: clusters with the mix of their families, and shared grounds.

For the page's map. Positions are those of the places, counted once for each place, so that a view over a million events
takes about a millisecond. Towns and sites gather in cells of a grid that is fixed to the world, 64 pixels wide at the
view's zoom and square on the screen (Mercator); countries, seas, regions and lines keep counts of their own. The world
goes round: a view may cross 180 degrees, and longitudes come back as they run through it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from events.view.selection import View
from events.view.table import EventTable

CELL_PIXELS = 64
WORLD_PIXELS = 256  # the width of the world at zoom 0
MOST_SINGLE = 500  # events in sight that are drawn one by one
MOST_CELLS = 1 << 16  # of a viewport, that are counted through; of more the occupied ones are sorted out
MOST_NORTH = 85.051129  # degrees: where Mercator's square ends
ON_THE_GROUND = frozenset({"country", "region", "sea", "line"})  # places with a count of their own
SMALLEST_GROUND = 150  # pixels: a district or province whose circle is smaller gathers as a town does
KM_ROUND_THE_EQUATOR = 40_075.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Viewport:
    """The part of the world in sight, in degrees, and its zoom. `west` is west of `east`; either may lie beyond 180."""

    west: float
    south: float
    east: float
    north: float
    zoom: float

    @property
    def cell(self) -> float:
        """The width of a cell, as a share of the world's."""
        return float(CELL_PIXELS / (WORLD_PIXELS * 2.0**self.zoom))


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """Clusters in a viewport: where they are, and how many events of each family: an array of (clusters, families)."""

    lat: Floats
    lon: Floats
    families: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """What is in sight: how many events, clusters of those at points, the places with a ground of their own with
    their families' counts, and the rows of all events where they are few enough to be drawn one by one, else None.
    """

    count: int
    clusters: Clusters
    grounds: NDArray[np.int32]
    ground_families: NDArray[np.int64]
    rows: NDArray[np.int32] | None


def crowd(view: View, port: Viewport, most_single: int = MOST_SINGLE) -> Crowd:
    """What a map of this viewport draws of the shown events."""
    spots = spots_of(view.table)
    x = port_x(spots.x, port)
    totals = view.at_places
    seen = (totals > 0) & _in_sight(spots, x, port)
    count = int(totals[seen].sum())
    grounded = seen & (spots.own_ground | (spots.circle * WORLD_PIXELS * 2.0**port.zoom >= SMALLEST_GROUND))
    gathered = np.flatnonzero(seen & ~grounded)
    grounds = np.flatnonzero(grounded).astype(np.int32)
    return Crowd(
        count=count,
        clusters=_gather(x[gathered], spots.y[gathered], view.by_place[gathered], port),
        grounds=grounds,
        ground_families=view.by_place[grounds],
        rows=_rows_at(view, seen) if count <= most_single else None,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Where the places of a table are in Mercator's square, x and y from 0 to 1 (y to the south). `circle` is the diameter
    of a district or province in that measure, 0 for others; `southward` are the places from north to south.
    """

    x: Floats
    y: Floats
    own_ground: NDArray[np.bool_]
    circle: Floats
    southward: NDArray[np.intp]


def spots_of(table: EventTable) -> Spots:
    """The spots of a table's places, worked out once."""
    if "spots" not in table.derived:
        keys = table.columns.known_places
        lat, lon, radius = (np.array([key[at] for key in keys], dtype=np.float64) for at in (2, 3, 5))
        circle = np.array([key.precision in {"district", "province"} for key in keys], dtype=np.bool_)
        widened = 2 * radius / (KM_ROUND_THE_EQUATOR * np.cos(np.radians(np.clip(lat, -MOST_NORTH, MOST_NORTH))))
        y = mercator_y(lat)
        table.derived["spots"] = Spots(
            x=(lon + 180) / 360,
            y=y,
            own_ground=np.array([key.precision in ON_THE_GROUND for key in keys], dtype=np.bool_),
            circle=np.where(circle, widened, 0.0),
            southward=np.argsort(y, kind="stable"),
        )
    spots: Spots = table.derived["spots"]
    return spots


def mercator_y(lat: Any) -> Any:
    """Latitude as a share of Mercator's square, from the north.

    >>> round(float(mercator_y(0.0)), 3), round(float(mercator_y(66.51326)), 3)
    (0.5, 0.25)
    """
    angle = np.radians(np.clip(lat, -MOST_NORTH, MOST_NORTH))
    return 0.5 - np.log(np.tan(np.pi / 4 + angle / 2)) / (2 * np.pi)


def latitude(y: Any) -> Any:
    """The latitude of a share of Mercator's square.

    >>> round(float(latitude(mercator_y(60.2))), 6)
    60.2
    """
    return np.degrees(2 * np.arctan(np.exp((0.5 - y) * 2 * np.pi)) - np.pi / 2)


def port_x(x: Floats, port: Viewport) -> Floats:
    """Shares of the world's width as they run through a viewport that begins a cell before its western edge."""
    west = (port.west + 180) / 360 - port.cell
    return west + (x - west) % 1.0


def _in_sight(spots: Spots, x: Floats, port: Viewport) -> NDArray[np.bool_]:
    """Which places are in the viewport, or in a cell that reaches into it."""
    east = (port.east + 180) / 360 + port.cell
    north, south = mercator_y(port.north) - port.cell, mercator_y(port.south) + port.cell
    sighted: NDArray[np.bool_] = (x <= east) & (spots.y >= north) & (spots.y <= south)
    return sighted


def _gather(x: Floats, y: Floats, families: NDArray[np.int64], port: Viewport) -> Clusters:
    """The places of each cell as one cluster, at the mean position of its events."""
    columns, lines = np.floor(x / port.cell).astype(np.int64), np.floor(y / port.cell).astype(np.int64)
    width = int(columns.max() - columns.min()) + 1 if len(columns) else 1
    cells = lines * width + columns - (columns.min() if len(columns) else 0)
    cluster, size = _numbered(cells)
    mix = np.column_stack([np.bincount(cluster, weights=of_one, minlength=size) for of_one in families.T]).astype(
        np.int64
    )
    weights = families.sum(axis=1)
    count = np.maximum(1, mix.sum(axis=1))
    lon = np.bincount(cluster, weights=x * weights, minlength=size) / count * 360 - 180
    return Clusters(latitude(np.bincount(cluster, weights=y * weights, minlength=size) / count), lon, mix)


def _numbered(cells: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
    """The number of each cell among the cells that there are, from 0 in their order, and how many there are."""
    least = int(cells.min()) if len(cells) else 0
    if len(cells) and int(cells.max()) - least < MOST_CELLS:
        known = np.bincount(cells - least) > 0
        return (np.cumsum(known) - 1)[cells - least], int(np.count_nonzero(known))
    found, cluster = np.unique(cells, return_inverse=True)
    return cluster, len(found)


def _rows_at(view: View, places: NDArray[np.bool_]) -> NDArray[np.int32]:
    """The shown rows at some places: sought among the shown or among all that are there, whichever are fewer."""
    table, at = view.table, np.flatnonzero(places)
    if table.by_place.count(at) <= len(view.shown):
        rows = table.by_place.at(at)
        return view.shown_of(rows)
    rows = view.shown.rows
    return rows[places[table.columns.places[rows]]]
