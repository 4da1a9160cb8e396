"""Which regions a place is in: continents, UN regions, countries, seas and named regions.

For filters. A point counts for its country as the gazetteer has it, never by a polygon of the base map, which decides no
dispute; a line or an area counts for every region that it touches. Geometries are GeoJSON, (lon, lat), on WGS 84.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

import shapely
from shapely.geometry import shape

from geodata.gazetteer import Gazetteer
from geodata.place import Place

RegionKind = Literal["continent", "un-region", "country", "sea", "region"]
NEAR_SHORE_DEGREES = 0.15  # outlines are coarse: a port counts as on its sea within about 15 km


@dataclass(frozen=True, slots=True)
class Region:
    """A region that events are filtered by; `parent` is the id of the one around it, None for the outermost."""

    id: str
    name: str
    kind: RegionKind
    parent: str | None


class Atlas:
    """The tree of regions and what lies in them. Use `Atlas.open`."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        rows = list(gazetteer.regions())
        self._regions = {row[0]: Region(row[0], row[1], cast(RegionKind, row[2]), row[3]) for row in rows}
        self._members = {row[0]: frozenset(row[4]) for row in rows}
        self._gazetteer = gazetteer
        self._shapes = {
            region.id: shape(geometry)
            for region in self._regions.values()
            if region.kind in {"sea", "region"} and (geometry := gazetteer.geometry(_place_id(region.id)))
        }
        for geometry in self._shapes.values():
            shapely.prepare(geometry)
        self._known: dict[str, frozenset[str]] = {}

    @classmethod
    def open(cls, gazetteer: Gazetteer) -> Atlas:
        """The atlas of a gazetteer."""
        return cls(gazetteer)

    def tree(self) -> tuple[Region, ...]:
        """All regions: continents, then UN regions, countries, seas and named regions, each by name."""
        order = ("continent", "un-region", "country", "sea", "region")
        return tuple(sorted(self._regions.values(), key=lambda region: (order.index(region.kind), region.name)))

    def regions_of(self, place: Place) -> frozenset[str]:
        """The ids of all regions that a place lies in or touches."""
        if place.id not in self._known:
            self._known[place.id] = frozenset(self._regions_of(place))
        return self._known[place.id]

    def _regions_of(self, place: Place) -> set[str]:
        found = self._by_countries(set(place.countries) or ({place.country} if place.country else set()))
        own = place.id.replace("cur:", f"{place.kind}:")
        if own in self._regions:
            found.add(own)
        return found | self._by_shape(place)

    def _by_countries(self, countries: set[str]) -> set[str]:
        found: set[str] = set()
        for code in countries:
            region: str | None = f"country:{code}"
            while region and region in self._regions:
                found.add(region)
                region = self._regions[region].parent
        for region_id, members in self._members.items():
            whole = self._regions[region_id].kind == "region" and region_id not in self._shapes
            if whole and members & countries:
                found.add(region_id)
        return found

    def _by_shape(self, place: Place) -> set[str]:
        """The seas and named regions that the place's geometry meets. A country is no part of the sea on its shore."""
        if place.kind in {"country", "continent"}:
            candidates = {r: s for r, s in self._shapes.items() if self._regions[r].kind == "region"}
            return {r for r in candidates if place.country in self._members[r]}
        geometry = self._gazetteer.geometry(place.id)
        own = shape(geometry) if geometry else shapely.Point(place.lon, place.lat)
        reach = own if geometry or place.kind not in {"site", "island"} else own.buffer(NEAR_SHORE_DEGREES)
        return {region_id for region_id, outline in self._shapes.items() if outline.intersects(reach)}


def _place_id(region_id: str) -> str:
    return "cur:" + region_id.split(":", 1)[1]
