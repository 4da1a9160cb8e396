"""The gazetteer behind geopy's face."""

from __future__ import annotations

from functools import lru_cache

import pytest
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import Geocoder
from geopy.point import Point

from geodata.geocoder import OfflineGeocoder


@lru_cache
def geocoder() -> OfflineGeocoder:
    return OfflineGeocoder()


def test_it_is_a_geopy_geocoder() -> None:
    assert isinstance(geocoder(), Geocoder)


def test_a_city_is_a_location_with_its_country() -> None:
    location = geocoder().geocode("Helsinki")
    assert location.address == "Helsinki, Finland"
    assert location.latitude == pytest.approx(60.17, abs=0.05)
    assert location.raw["precision"] == "city"


def test_a_state_after_the_comma_decides_which_town_is_meant() -> None:
    maine, gwynedd = geocoder().geocode("Bangor, Maine"), geocoder().geocode("Bangor, United Kingdom")
    assert (round(maine.longitude), round(gwynedd.longitude)) == (-69, pytest.approx(-5, abs=2))


def test_a_country_says_that_it_is_no_point() -> None:
    assert geocoder().geocode("France").raw["precision"] == "country"


def test_all_candidates_come_likeliest_first() -> None:
    found = geocoder().geocode("Springfield", exactly_one=False)
    assert len(found) > 10
    assert found[0].raw["population"] > 100_000


def test_an_unknown_name_is_none_and_an_empty_one_is_refused() -> None:
    assert geocoder().geocode("Qwxzy Hills of Nowhere") is None
    with pytest.raises(GeocoderQueryError, match="empty"):
        geocoder().geocode("  ")


@pytest.mark.parametrize("query", [(48.86, 2.35), Point(48.86, 2.35), "48.86, 2.35"])
def test_reverse_gives_the_nearest_town(query: object) -> None:
    assert geocoder().reverse(query).raw["country"] == "FR"
    assert len(geocoder().reverse(query, exactly_one=False)) == 10


def test_reverse_in_mid_ocean_is_none() -> None:
    assert geocoder().reverse((-45.0, -120.0)) is None
