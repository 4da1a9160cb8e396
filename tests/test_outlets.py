"""The table of outlets: its rows hold together, and domains and names lead to them."""

from collections import Counter

import pytest

from geodata.countries import rows
from geodata.folding import fold
from geodata.gazetteer import Gazetteer
from geodata.outlets import Outlet, division_of, outlet, town_of
from geodata.place import GazetteerError

TABLE = list(rows("outlets.tsv"))


def test_every_row_has_a_domain_of_its_own_a_name_a_home_and_a_reach():
    domains = Counter(domain for row in TABLE for domain in row["domains"].split())
    assert [domain for domain, count in domains.items() if count > 1 or domain != domain.lower()] == []
    assert [row["domains"] for row in TABLE if not row["names"] or None in row.values() or None in row] == []
    assert {row["reach"] for row in TABLE} == {"local", "national", "world"}
    assert [row for row in TABLE if row["reach"] != "world" and not row["country"]] == []
    assert [row for row in TABLE if row["reach"] == "local" and not row["town"] and not row["division"]] == []
    assert [row for row in TABLE if row["division"] and not row["division"].startswith(f"{row['country']}-")] == []


def test_there_are_outlets_of_every_state_and_of_most_countries():
    assert len({row["division"] for row in TABLE if row["country"] == "US"} - {""}) == 51
    assert len({row["country"] for row in TABLE}) > 220


def test_every_home_town_and_division_is_in_the_gazetteer():
    try:
        gazetteer = Gazetteer.open()
    except GazetteerError as error:
        pytest.skip(str(error))
    homes = {Outlet(row["town"], row["country"], row["division"], row["reach"]) for row in TABLE}
    assert [home for home in homes if home.town and not town_of(home, gazetteer)] == []
    assert [home for home in homes if home.division and not division_of(home, gazetteer)] == []


@pytest.mark.parametrize(
    ("host", "name", "town"),
    [
        ("edition.cnn.com", "", "Atlanta"),
        ("NEWS.BBC.co.uk", "", "London"),
        ("", "the irish times", "Dublin"),
        ("", "Dawn | Pakistan", "Karachi"),
        ("", "www.theage.com.au", "Melbourne"),
        ("www.example.org", "Kyiv Independent", "Kyiv"),
    ],
)
def test_an_outlet_is_known_by_domain_subdomain_and_name(host, name, town):
    assert outlet(host, name).town == town


def test_a_name_that_several_bear_needs_a_country():
    assert outlet("", "The Star") is None
    assert (outlet("", "The Star", "KE").town, outlet("", "The Star", "MY").town) == ("Nairobi", "Petaling Jaya")
    assert outlet("notbbc.co.uk", "A Paper Nobody Knows", "GB") is None


def test_no_name_of_one_common_word_stands_alone():
    common = "times star sun post herald tribune guardian nation standard mirror observer news national independent"
    assert [word for word in common.split() if outlet("", f"The {fold(word)}")] == []
