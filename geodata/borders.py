"""Country outlines from the base map, thinned for the gazetteer. Read at build time only; GeoJSON, (lon, lat)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape

TOLERANCE_DEGREES = 0.05  # about 5 km: enough to tell whether a sea or a line touches a country


def borders_by_country(path: Path) -> dict[str, dict[str, Any]]:
    """ISO code -> thinned outline; empty where the file is missing."""
    if not path.exists():
        return {}
    collection = json.loads(path.read_text(encoding="utf-8"))
    return {
        feature["properties"]["iso"]: _rounded(shape(feature["geometry"]).buffer(0).simplify(TOLERANCE_DEGREES))
        for feature in collection["features"]
        if feature["properties"].get("iso")
    }


def simplified_union(outlines: list[dict[str, Any]]) -> dict[str, Any] | None:
    """One outline around several countries; None for none."""
    if not outlines:
        return None
    return _rounded(shapely.union_all([shape(outline).buffer(0.02) for outline in outlines]).simplify(0.1))


def _rounded(geometry: shapely.Geometry) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(mapping(shapely.set_precision(geometry, 0.01))))
    return found
