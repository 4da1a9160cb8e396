"""Organisations sit where the table says: whole rows, known countries, points near their town, one meaning a name."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import pytest

from geodata.countries import rows
from geodata.folding import fold
from geodata.gazetteer import Gazetteer
from geodata.records import kilometres

COLUMNS = ["name", "aliases", "kind", "town", "country", "lat", "lon", "note"]
KINDS = {"university", "company", "organisation", "authority", "media", "club", "venue"}
NEAR_KM = 60
PLACE_SIZE = 15_000  # people, above whom a bare word is first of all a place
FAR_FROM_THEIR_TOWN = {"Maya Devi Temple", "Paranal Observatory"}
BETTER_KNOWN_THAN_THE_PLACE = {
    "Al Jazeera", "Al Mayadeen", "Burj Al Arab", "Cape Coast Castle", "Google", "Muhammadiyah", "Orano",
    "Peñarol", "Rio Tinto", "University of British Columbia", "Xinhua",
}  # fmt: skip


@lru_cache(maxsize=1)
def table() -> list[dict[str, str]]:
    return list(rows("organisations.tsv"))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def aliases(row: dict[str, str]) -> list[str]:
    return row["aliases"].split("|") if row["aliases"] else []


def names_a_town(name: str, gazetteer: Gazetteer) -> bool:
    key = fold(name)
    if not gazetteer.knows(key):
        return False
    return any(candidate.place.population > PLACE_SIZE for candidate in gazetteer.candidates(key))


def test_every_row_is_whole():
    for row in table():
        assert list(row) == COLUMNS, row
        assert all(row[column] for column in COLUMNS if column != "aliases"), row
        assert row["kind"] in KINDS, row
        assert all(text == text.strip() for text in [row["name"], row["town"], *aliases(row)]), row
        assert all(aliases(row)), row


def test_every_kind_has_its_hundreds():
    count = Counter(row["kind"] for row in table())
    assert set(count) == KINDS
    assert min(count.values()) > 200


def test_every_country_is_one_that_the_gazetteer_knows(gazetteer: Gazetteer):
    assert sorted({row["country"] for row in table() if gazetteer.country(row["country"]) is None}) == []


def test_an_organisation_lies_near_its_town(gazetteer: Gazetteer):
    far = set()
    for row in table():
        lat, lon = float(row["lat"]), float(row["lon"])
        towns = [c.place for c in gazetteer.candidates(row["town"]) if c.place.country == row["country"]]
        if towns and min(kilometres(lat, lon, town.lat, town.lon) for town in towns) > NEAR_KM:
            far.add(row["name"])
    assert far == FAR_FROM_THEIR_TOWN


def test_nearly_all_towns_are_in_the_gazetteer(gazetteer: Gazetteer):
    towns = {(row["town"], row["country"]) for row in table()}
    unknown = {
        (town, country)
        for town, country in towns
        if all(candidate.place.country != country for candidate in gazetteer.candidates(town))
    }
    assert len(unknown) < 0.03 * len(towns), sorted(unknown)


def test_a_name_means_one_organisation():
    count = Counter(fold(name) for row in table() for name in [row["name"], *aliases(row)])
    assert [name for name, times in count.items() if times > 1] == []


def test_no_alias_is_also_a_town(gazetteer: Gazetteer):
    assert [name for row in table() for name in aliases(row) if names_a_town(name, gazetteer)] == []


def test_a_name_that_is_also_a_town_is_better_known_as_the_organisation(gazetteer: Gazetteer):
    assert {row["name"] for row in table() if names_a_town(row["name"], gazetteer)} == BETTER_KNOWN_THAN_THE_PLACE


@pytest.mark.parametrize(
    ("name", "town", "country"),
    [
        ("Stanford University", "Stanford", "US"),
        ("Samsung", "Suwon", "KR"),
        ("CAF", "Cairo", "EG"),
        ("Maksimir Stadium", "Zagreb", "HR"),
        ("Reserve Bank of India", "Mumbai", "IN"),
        ("University of the South Pacific", "Suva", "FJ"),
        ("Electoral Commission of South Africa", "Centurion", "ZA"),
        ("CONMEBOL", "Luque", "PY"),
        ("Asian Development Bank", "Mandaluyong", "PH"),
        ("Imam Hossein University", "Tehran", "IR"),
    ],
)
def test_well_known_organisations_sit_where_they_sit(name: str, town: str, country: str):
    found = {(row["town"], row["country"]) for row in table() if name in [row["name"], *aliases(row)]}
    assert found == {(town, country)}
