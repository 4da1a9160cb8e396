"""The gazetteer behind geopy's face, for anyone who knows geopy.

Nothing is asked of any service. Answers are geopy `Location`s whose `raw` says what kind of place it is and how precise; a
country is an answer with precision "country", not a point to put a pin on. (lat, lon) order throughout, as in geopy.
"""

from __future__ import annotations

from typing import Any

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geodata.folding import fold
from geodata.gazetteer import Gazetteer
from geodata.place import Candidate, Place
from geodata.records import kilometres


class OfflineGeocoder(Geocoder):  # type: ignore[misc]
    """A geopy geocoder that reads the gazetteer file.

    gazetteer: an open gazetteer; None opens the default one (raises GazetteerError when it is not built).
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        super().__init__(scheme="https", timeout=1, user_agent="dateline-offline")
        self.gazetteer = gazetteer or Gazetteer.open()

    def geocode(self, query: str, *, exactly_one: bool = True) -> Location | list[Location] | None:
        """The place that a name means, or all candidates likeliest first; None for an unknown name.

        query: "Helsinki", or with what it lies in: "Bangor, Maine". Raises GeocoderQueryError for an empty query.
        """
        if not query.strip():
            raise GeocoderQueryError("the query is empty: give a place name such as 'Bangor, Maine'")
        found = self._within(query) or list(self.gazetteer.candidates(query))
        locations = [self._location(candidate.place) for candidate in found]
        if not locations:
            return None
        return locations[0] if exactly_one else locations

    def reverse(
        self, query: Point | tuple[float, float] | str, *, exactly_one: bool = True
    ) -> Location | list[Location] | None:
        """The towns nearest a point, nearest first; None where there is none within about 100 km.

        query: a geopy Point, a (lat, lon) tuple or a string of both.
        """
        point = Point(query) if not isinstance(query, Point) else query
        towns = self.gazetteer.nearest(point.latitude, point.longitude)
        towns.sort(key=lambda town: kilometres(point.latitude, point.longitude, town.lat, town.lon))
        if not towns:
            return None
        return self._location(towns[0]) if exactly_one else [self._location(town) for town in towns[:10]]

    def _within(self, query: str) -> list[Candidate]:
        """Candidates of the first part of "City, State" that lie in what the rest names."""
        name, comma, container = query.partition(",")
        if not comma:
            return []
        around = [c.place for c in self.gazetteer.candidates(container.split(",")[0].strip())]
        around += [c.place for c in self.gazetteer.candidates(container.split(",")[-1].strip())]
        return [c for c in self.gazetteer.candidates(name) if any(contains(place, c.place) for place in around)]

    def _location(self, place: Place) -> Location:
        country = self.gazetteer.country(place.country) if place.country else None
        address = (
            place.name if country is None or fold(country.name) == fold(place.name) else f"{place.name}, {country.name}"
        )
        raw: dict[str, Any] = {
            "id": place.id, "kind": place.kind, "precision": place.precision, "radius_km": place.radius_km,
            "country": place.country, "geonames_id": place.geonames_id, "population": place.population,
        }  # fmt: skip
        return Location(address, Point(place.lat, place.lon), raw)


def contains(outer: Place, inner: Place) -> bool:
    """Whether a country or a first-level division contains a place, by their codes."""
    if outer.kind == "country":
        return outer.country == inner.country and inner.kind != "country"
    if outer.kind == "province" and outer.admin1:
        return outer.country == inner.country and outer.admin1 == inner.admin1 and inner.kind != "province"
    return False
