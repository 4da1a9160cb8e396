"""Which happenings stand in a box, as a condition for the database: by PostGIS and its index where there is one.

For the store's columns. A happening stands where its mark does. Degrees, WGS 84.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, literal_column, or_
from sqlalchemy.engine import Connection

from events.store.database.schema import happenings

Box = tuple[float, float, float, float]  # west, south, east, north; west > east: across the 180th meridian

WGS_84 = 4326  # the number by which PostGIS knows it
_POINT: ColumnElement[str] = literal_column("happenings.point")


def in_box_or_nowhere(connection: Connection, box: Box) -> ColumnElement[bool]:
    """The happenings whose mark stands in a box, its edges included, and those that have no mark."""
    west, south, east, north = box
    parts = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    if connection.dialect.name == "postgresql":
        boxes = (func.ST_MakeEnvelope(left, south, right, north, WGS_84) for left, right in parts)
        return or_(_POINT.is_(None), *(_POINT.op("&&", is_comparison=True)(box) for box in boxes))
    across = or_(*(happenings.c.lon.between(*part) for part in parts))
    return or_(happenings.c.lat.is_(None), happenings.c.lat.between(south, north) & across)
