"""Which regions a place is in: a point, a line, an area, and land whose owner is disputed."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import lru_cache

import pytest

from geodata.atlas import Atlas
from geodata.gazetteer import Gazetteer
from geodata.place import Place


@lru_cache
def atlas() -> Atlas:
    return Atlas.open(gazetteer())


@lru_cache
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def regions_of(name: str) -> AbstractSet[str]:
    return atlas().regions_of(gazetteer().candidates(name)[0].place)


def test_the_tree_goes_from_continents_to_seas_and_named_regions() -> None:
    kinds = [region.kind for region in atlas().tree()]
    assert kinds == sorted(kinds, key=["continent", "un-region", "country", "sea", "region"].index)
    assert kinds.count("continent") == 7
    assert kinds.count("un-region") == 22
    assert kinds.count("country") > 240
    assert kinds.count("sea") > 200


def test_every_parent_is_in_the_tree_and_every_country_has_one() -> None:
    parents = {region.id: region.parent for region in atlas().tree()}
    assert {parent for parent in parents.values() if parent} <= parents.keys()
    assert parents["country:KE"] == "un:014"
    assert parents["un:014"] == "continent:AF"
    assert all(parent for region, parent in parents.items() if region.startswith("country:"))


def test_a_town_lies_in_its_country_its_un_region_its_continent_and_named_regions() -> None:
    found = regions_of("Nairobi")
    assert {"country:KE", "un:014", "continent:AF", "region:east-africa", "region:sub-saharan-africa"} <= found
    assert "region:west-africa" not in found


@pytest.mark.parametrize(
    ("name", "regions"),
    [
        ("Pokrovsk", {"region:donbas", "country:UA"}), ("Tiraspol", {"region:transnistria", "country:MD"}),
        ("El Fasher", {"region:darfur", "country:SD"}), ("Jenin", {"region:west-bank", "country:PS"}),
        ("Tokyo", {"country:JP", "region:east-asia"}), ("Chicago", {"region:midwest", "country:US"}),
    ],
)  # fmt: skip
def test_a_town_lies_in_hand_drawn_regions(name: str, regions: set[str]) -> None:
    assert regions <= regions_of(name)


def test_a_pipeline_counts_for_every_country_and_sea_that_it_touches() -> None:
    found = regions_of("Baltic Pipe")
    assert {"country:NO", "country:DK", "country:PL", "sea:north-sea", "sea:baltic-sea"} <= found
    assert found.isdisjoint({"country:RU", "sea:black-sea"})


def test_a_sea_counts_for_itself_and_the_countries_on_its_shore() -> None:
    assert {"sea:black-sea", "country:UA", "country:TR", "country:GE"} <= regions_of("Black Sea")


def test_a_country_is_in_its_named_regions_and_in_no_sea() -> None:
    found = regions_of("Lebanon")
    assert {"region:levant", "region:middle-east", "un:145"} <= found
    assert [region for region in found if region.startswith("sea:")] == []


def test_a_port_counts_as_on_its_sea() -> None:
    assert "sea:red-sea" in regions_of("Hodeidah port")


def test_a_point_counts_for_the_country_that_the_gazetteer_gives_and_not_by_polygons() -> None:
    town = Place("x:1", "Somewhere in Crimea", 45.0, 34.1, "town", 3.0, "UA", ("UA",))
    unowned = Place("x:2", "Somewhere in Crimea", 45.0, 34.1, "town", 3.0)
    assert {"country:UA", "region:crimea"} <= atlas().regions_of(town)
    assert {region for region in atlas().regions_of(unowned) if region.startswith("country:")} == set()
    assert "region:crimea" in atlas().regions_of(unowned)


def test_a_disputed_reef_belongs_to_a_sea_and_to_no_country() -> None:
    found = regions_of("Scarborough Shoal")
    assert "sea:south-china-sea" in found
    assert [region for region in found if region.startswith("country:")] == []


def test_an_area_counts_for_the_regions_that_it_meets() -> None:
    assert {"country:UA", "region:donbas"} <= regions_of("Donbas")
    assert {"region:kashmir", "country:IN", "country:PK"} <= regions_of("Kashmir")
