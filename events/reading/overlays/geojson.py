"""GeoJSON: a collection of features, one feature, or a bare geometry.

RFC 7946 has degrees only; files of the older specification may name another coordinate system, which is heeded.
"""

from __future__ import annotations

import json
from typing import Any

import shapely
from shapely.geometry import shape

from events.reading.overlays.shapes import WGS84, Overlay, OverlayError, crs_named, overlay_of

GEOMETRIES = {
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
}  # fmt: skip
_UNREAD = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, shapely.errors.ShapelyError)


def read(content: bytes, name: str) -> Overlay:
    """The overlay of a file's content. Raises OverlayError."""
    document = _document(content)
    found, unread = [], 0
    for geometry in _geometries(document):
        try:
            found.append(_shape(geometry))
        except _UNREAD:
            unread += 1
    if not found and unread:
        raise OverlayError("None of its shapes can be read: their coordinates are broken.")
    return overlay_of(name, found, _crs(document), unread)


def _document(content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise OverlayError("It is neither GeoJSON nor a GeoPackage.") from None
    except json.JSONDecodeError as error:
        if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
            raise OverlayError("It is neither GeoJSON nor a GeoPackage.") from None
        raise OverlayError(f"It is no valid JSON: {error.msg} in line {error.lineno}. It may be cut off.") from None
    except (ValueError, RecursionError):
        raise OverlayError("It is no valid JSON.") from None
    if not isinstance(document, dict) or document.get("type") not in {"FeatureCollection", "Feature", *GEOMETRIES}:
        raise OverlayError("It is JSON but no GeoJSON: its “type” is none that GeoJSON has.")
    return document


def _no_number(text: str) -> float:
    raise ValueError(text)


def _geometries(document: dict[str, Any]) -> list[Any]:
    """The geometries of a document; a feature without one has no place on a map and is passed over."""
    if document["type"] == "FeatureCollection":
        features = document.get("features")
        if not isinstance(features, list):
            raise OverlayError("It is a GeoJSON collection without its list of features.")
    elif document["type"] == "Feature":
        features = [document]
    else:
        return [document]
    kept = [feature.get("geometry") if isinstance(feature, dict) else feature for feature in features]
    return [geometry for geometry in kept if geometry is not None]


def _shape(geometry: Any) -> Any:
    if geometry["type"] not in GEOMETRIES:
        raise ValueError(geometry["type"])
    if geometry["type"] == "GeometryCollection":
        return shapely.GeometryCollection([_shape(part) for part in geometry["geometries"]])
    return shape({"type": geometry["type"], "coordinates": _without_heights(geometry["coordinates"])})


def _without_heights(coordinates: Any) -> Any:
    """Longitude and latitude only: some corners of a line may have a height and others none."""
    if coordinates and isinstance(coordinates[0], list):
        return [_without_heights(part) for part in coordinates]
    return coordinates[:2]


def _crs(document: dict[str, Any]) -> str:
    named = document.get("crs")
    if named is None:
        return WGS84
    try:
        return crs_named(str(named["properties"]["name"]))
    except (TypeError, KeyError):
        raise OverlayError("It names a coordinate system in a way that is not understood. Save it in WGS 84.") from None
