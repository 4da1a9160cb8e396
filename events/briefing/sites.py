"""The places of a briefing's events on its map: which events share one, what lies under it, and what the map must show.

A point is drawn at its point, and nothing else is: a country is shaded, a sea lies below the land, a pipeline is a
line. Lines and towns decide where the map looks; a great country among them is cut by the map's edge rather than
shrinking all else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely
from shapely.geometry import shape

from events.briefing.briefing import Entry
from events.briefing.frame import Frame, frame_for, pieces
from events.briefing.land import Land
from events.look.circles import disc
from events.model import POINTS, EventPlace

Kind = Literal["point", "line", "area", "circle", "sea"]
SMALL_KM = 350.0  # areas of this radius or less count as a whole where the map looks
GREATER = 2.4  # how many times as wide as towns and lines an area may make the map
LEAST_VISIBLE = 2500.0  # square pixels of an area in sight, or it is moved into sight
BEND = 1.0  # degrees
CIRCLES = frozenset({"district", "province"})
FIRMEST = {status: at for at, status in enumerate(("ongoing", "occurred", "planned", "alleged", "denied", "cancelled"))}


@dataclass(frozen=True)
class Site:
    """One place with its events. `outline` is (lon, lat) on WGS 84, None for a point."""

    entries: tuple[Entry, ...]
    place: EventPlace
    kind: Kind
    outline: Any

    @property
    def speaker(self) -> Entry:
        """The event whose style the ground has: the one that is told most firmly."""
        return min(self.entries, key=lambda entry: (FIRMEST[entry.status], entry.number or 0))


def sites_of(entries: Sequence[Entry], land: Land) -> list[Site]:
    """The places of these events, in order of their first numbers."""
    shared: dict[str, list[tuple[Entry, EventPlace]]] = {}
    for entry in entries:
        if entry.place:
            shared.setdefault(_key(entry, entry.place), []).append((entry, entry.place))
    return [_site(tuple(entry for entry, _ in pairs), pairs[0][1], land) for pairs in shared.values()]


def frame_of(sites: Sequence[Site], width: float, height: float) -> Frame:
    """The frame in which all sites are in sight; the world where there are none."""
    core = [point for site in sites if _is_core(site) for point in _corners(site)]
    great = [site for site in sites if not _is_core(site)]
    if not core:
        return frame_for([point for site in great for point in _corners(site)], width, height)
    frame = frame_for(core, width, height)
    for site in great:
        whole = frame_for([*core, *_corners(site)], width, height)
        if not whole.world and frame.scale / whole.scale <= GREATER:
            core = [*core, *_corners(site)]
            frame = whole
    for site in great:
        seen = shapely.clip_by_rect(frame.shapes(site.outline, BEND), 0, 0, width, height)
        if not frame.world and seen.area < LEAST_VISIBLE:
            core = [*core, (site.place.lon, site.place.lat)]
            frame = frame_for(core, width, height)
    return frame


def unbroken(geometry: dict[str, Any]) -> Any:
    """A GeoJSON geometry whose rings and lines run on across 180 degrees instead of jumping.

    >>> unbroken({"type": "LineString", "coordinates": [[179, 0], [-179, 1]]}).bounds
    (179.0, 0.0, 181.0, 1.0)
    """
    found = shape(geometry)
    parts = list(getattr(found, "geoms", [found]))
    whole = [_unwrapped(part) for part in parts]
    return whole[0] if len(whole) == 1 else shapely.GeometryCollection(whole)


def _key(entry: Entry, place: EventPlace) -> str:
    if place.precision in POINTS:
        return f"point {place.lat:.4f} {place.lon:.4f} {place.name}"
    if entry.ground.members:
        return " ".join(entry.ground.members)
    known = json.dumps(entry.ground.geometry, sort_keys=True) if entry.ground.geometry else ""
    return known or f"{place.precision} {place.lat:.4f} {place.lon:.4f} {place.radius_km:.0f}"


def _site(entries: tuple[Entry, ...], place: EventPlace, land: Land) -> Site:
    ground = entries[0].ground
    if place.precision in POINTS:
        return Site(entries, place, "point", None)
    if members := land.of(ground.members):
        return Site(entries, place, "area", members[0] if len(members) == 1 else shapely.GeometryCollection(members))
    if ground.geometry:
        outline = unbroken(ground.geometry)
        if "Line" in ground.geometry["type"]:
            return Site(entries, place, "line", outline)
        if outline.area > 0:
            kind: Kind = "sea" if place.precision == "sea" else "circle" if place.precision in CIRCLES else "area"
            return Site(entries, place, kind, outline)
    if place.radius_km > 0:
        return Site(entries, place, "circle", disc(place.lat, place.lon, place.radius_km))
    return Site(entries, place, "circle", None)


def _is_core(site: Site) -> bool:
    return site.kind in {"point", "line"} or site.outline is None or site.place.radius_km <= SMALL_KM


def _corners(site: Site) -> list[tuple[float, float]]:
    """The points (lon, lat) that must be in sight for a site to be."""
    if site.outline is None:
        return [(site.place.lon, site.place.lat)]
    parts = [part for part in pieces(site.outline) if not part.is_empty]
    greatest = max((part.area for part in parts), default=0.0)
    kept = [part for part in parts if part.area >= greatest / 10] if greatest else parts
    points = np.vstack([shapely.get_coordinates(part) for part in kept])
    step = max(1, len(points) // 60)
    extremes = [points[:, 0].argmin(), points[:, 0].argmax(), points[:, 1].argmin(), points[:, 1].argmax()]
    return [(float(lon), float(lat)) for lon, lat in [*points[::step], *points[extremes]]]


def _unwrapped(part: Any) -> Any:
    if part.geom_type == "Polygon":
        outer, *holes = [_run_on(ring.coords) for ring in (part.exterior, *part.interiors)]
        return shapely.Polygon(outer, holes)
    return shapely.LineString(_run_on(part.coords)) if part.geom_type == "LineString" else part


def _run_on(coordinates: Any) -> Any:
    points = np.array(coordinates, dtype=np.float64)[:, :2]
    return np.column_stack((np.unwrap(points[:, 0], period=360.0), points[:, 1]))
