"""Organisations and venues bring the place where they are, as candidates and never as toponyms."""

from analyses import analysis_of

from events.extraction.records.institutions import seats_in
from geodata.gazetteer import Gazetteer
from geodata.organisations import organisation, place_of


def seats(text):
    return [seat.place.name for seat in seats_in(0, analysis_of(text))]


def test_a_university_that_acts_brings_its_town():
    assert "Kampala" in seats("Makerere University suspended 14 students on Monday.")


def test_a_news_agency_that_only_reports_brings_no_place():
    assert seats("The fire killed nine people, Reuters reported on Monday.") == []


def test_a_venue_is_a_site_of_its_own_point():
    place = place_of(organisation("Eden Gardens"), Gazetteer.open())
    assert (place.name, place.precision, round(place.lat, 1), round(place.lon, 1)) == (
        "Eden Gardens",
        "exact",
        22.6,
        88.3,
    )


def test_the_town_is_the_gazetteers_own_where_it_has_it():
    place = place_of(organisation("Makerere University"), Gazetteer.open())
    assert (place.name, place.country, place.id.startswith("gn:")) == ("Kampala", "UG", True)
