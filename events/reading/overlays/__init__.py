"""A person's own shapes for the map, of a GeoJSON or a GeoPackage file: lines, areas and points in WGS 84 degrees.

For the page, which draws them beneath the events. What a file says of its shapes in words is not read at all: only where
they lie. Neither a file's name nor its extension is believed; its content says what it is.
"""

from __future__ import annotations

from events.reading.overlays import geojson, geopackage
from events.reading.overlays.shapes import Overlay, OverlayError, check_size

__all__ = ["Overlay", "OverlayError", "read_overlays"]


def read_overlays(content: bytes, name: str) -> tuple[Overlay, ...]:
    """The overlays of a file, one for each layer that it has.

    name: the file's, for the overlays' own names. Raises OverlayError, whose message says what to do.

    >>> layer = read_overlays(b'{"type": "Point", "coordinates": [37.6, 55.8]}', "posts.geojson")[0]
    >>> layer.name, layer.count, layer.points
    ('posts', 1, ((37.6, 55.8),))
    """
    check_size(len(content))
    stem = name.rpartition(".")[0] or name or "layer"
    if content.startswith(geopackage.SIGNATURE):
        return geopackage.read(content, stem)
    return (geojson.read(content, stem),)
