"""Which events lie in a box or a shape, asked of the database: by PostGIS and its index where there is one.

For the store. An event lies where its mark stands; one without a place lies nowhere. Degrees, WGS 84.
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, func, literal_column, or_, select
from sqlalchemy.engine import Connection

from events.store.database.schema import happenings

Box = tuple[float, float, float, float]  # west, south, east, north; west > east: across the 180th meridian

WGS_84 = 4326  # the number by which PostGIS knows it
_POINT: ColumnElement[str] = literal_column("happenings.point")


def in_box(connection: Connection, box: Box) -> list[str]:
    """The ids of the events on the map whose mark stands in a box, its edges included, in order."""
    return sorted(connection.scalars(select(happenings.c.id).where(_inside(connection, box))))


def in_shape(connection: Connection, shape: BaseGeometry) -> list[str]:
    """The ids of the events on the map whose mark stands in a polygon or several (lon, lat), their edges included."""
    if connection.dialect.name == "postgresql":
        area = func.ST_GeomFromWKB(shapely.to_wkb(shape), WGS_84)
        return sorted(connection.scalars(select(happenings.c.id).where(func.ST_Intersects(_POINT, area))))
    columns = select(happenings.c.id, happenings.c.lon, happenings.c.lat)
    rows = connection.execute(columns.where(_inside(connection, shape.bounds))).all()
    lons, lats = np.array([(row.lon, row.lat) for row in rows]).reshape(-1, 2).T
    return sorted(row.id for row, inside in zip(rows, shapely.intersects_xy(shape, lons, lats), strict=True) if inside)


def _inside(connection: Connection, box: Box) -> ColumnElement[bool]:
    west, south, east, north = box
    parts = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    if connection.dialect.name == "postgresql":
        boxes = (func.ST_MakeEnvelope(left, south, right, north, WGS_84) for left, right in parts)
        return or_(*(_POINT.op("&&", is_comparison=True)(box) for box in boxes))
    return happenings.c.lat.between(south, north) & or_(*(happenings.c.lon.between(*part) for part in parts))
