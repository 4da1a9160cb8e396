"""Online geocoders behind the same geopy face, for names that the gazetteer lacks. Off unless the user turns them on.

`from_environment` gives None until DATELINE_GEOCODER names a service that geopy knows ("nominatim", "photon", ...).
Questions go out no faster than the service allows, with a timeout and a user agent that says who asks; answers are kept
in the user's cache folder and asked for once. A service that is down, refuses or talks nonsense costs a few seconds and
an answer: `geocode` then gives None, `problem` says why, and after some failures in a row nobody asks for a while.
"""

from __future__ import annotations

import json
import math
import os
import sqlite3
import time
import warnings
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import platformdirs
from geopy.adapters import RequestsAdapter
from geopy.exc import GeocoderNotFound, GeocoderQueryError, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geodata.place import GazetteerError

TIMEOUT_S = 5.0
DELAY_S = 1.1  # Nominatim's usage policy: one question a second at most
FAILURES_BEFORE_REST = 3
REST_S = 300.0
KEPT_DAYS = 180
LONGEST_ADDRESS = 300  # characters
LONGEST_QUERY = 200
_SCHEMA = "CREATE TABLE IF NOT EXISTS answers (question TEXT PRIMARY KEY, asked REAL NOT NULL, answer TEXT NOT NULL)"


class OnlineGeocoder(Geocoder):  # type: ignore[misc]
    """One of geopy's geocoders, asked politely and once.

    service: a geopy geocoder, made by the caller or by `from_environment`.
    cache: the SQLite file that keeps answers; None for the user's cache folder.
    """

    def __init__(self, service: Geocoder, *, cache: Path | None = None, delay_s: float = DELAY_S) -> None:
        super().__init__(scheme="https", timeout=TIMEOUT_S, user_agent=user_agent())
        self._cache = cache or platformdirs.user_cache_path("dateline") / "geocoded.sqlite"
        self._name = f"{type(service).__name__} {getattr(service, 'domain', '')}".strip()
        self._ask = {
            what: RateLimiter(
                getattr(service, what), min_delay_seconds=delay_s, max_retries=0, swallow_exceptions=False
            )
            for what in ("geocode", "reverse")
        }
        self._failures, self._rests_until = 0, 0.0
        self.problem: str | None = None

    def geocode(self, query: str, *, exactly_one: bool = True) -> Location | list[Location] | None:
        """What the service says of a name, likeliest first; None where it knows nothing or can't be had.

        Raises GeocoderQueryError for an empty query and nothing else.
        """
        query = " ".join(query.split())[:LONGEST_QUERY]
        if not query:
            raise GeocoderQueryError("the query is empty: give a place name such as 'Bangor, Maine'")
        return _first(self._answer("geocode", query, query), exactly_one)

    def reverse(
        self, query: Point | tuple[float, float] | str, *, exactly_one: bool = True
    ) -> Location | list[Location] | None:
        """What the service says lies at a point, (lat, lon) order; None where it can't be had."""
        point = query if isinstance(query, Point) else Point(query)
        return _first(self._answer("reverse", point, f"{point.latitude:.4f} {point.longitude:.4f}"), exactly_one)

    def _answer(self, what: str, query: Any, key: str) -> list[Location]:
        question = f"{self._name} {what} {key.lower()}"
        kept = self._kept(question)
        if kept is not None:
            return kept
        if time.monotonic() < self._rests_until:
            return []
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # geopy warns of points that are on no Earth, and then refuses them
                locations = _checked(self._ask[what](query, exactly_one=False))
        except (GeopyError, ValueError, TypeError, KeyError, AttributeError, LookupError) as error:
            self._failed(error)
            return []
        self._failures, self.problem = 0, None
        self._keep(question, locations)
        return locations

    def _failed(self, error: Exception) -> None:
        self._failures += 1
        self.problem = f"{self._name} can't be asked ({type(error).__name__}); names it might know stay unplaced"
        if self._failures >= FAILURES_BEFORE_REST:
            self._failures, self._rests_until = 0, time.monotonic() + REST_S

    def _kept(self, question: str) -> list[Location] | None:
        """The answer that was given before; None where there is none, or the cache can't be read."""
        oldest = time.time() - KEPT_DAYS * 86_400
        rows = self._in_cache("SELECT answer FROM answers WHERE question = ? AND asked > ?", (question, oldest))
        return [_location(row) for row in json.loads(rows[0][0])] if rows else None

    def _keep(self, question: str, locations: list[Location]) -> None:
        answer = json.dumps([[at.address, at.latitude, at.longitude, at.raw] for at in locations], default=str)
        self._in_cache("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (question, time.time(), answer))

    def _in_cache(self, statement: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        try:
            self._cache.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._cache, timeout=TIMEOUT_S)) as connection, connection:
                connection.execute(_SCHEMA)
                return connection.execute(statement, values).fetchall()
        except (sqlite3.Error, OSError):
            return []  # a broken cache costs a question and no story


def from_environment(**options: Any) -> OnlineGeocoder | None:
    """The geocoder that the user turned on, None when none is on, as is the rule.

    DATELINE_GEOCODER is geopy's name of the service, DATELINE_GEOCODER_OPTIONS its options as JSON (an api_key, a
    domain), DATELINE_CONTACT an address that the service may write to. options: more of the service's own.
    Raises GazetteerError for a service that geopy lacks or options that it refuses.
    """
    name = os.environ.get("DATELINE_GEOCODER", "").strip().lower()
    if not name:
        return None
    try:
        given = {**json.loads(os.environ.get("DATELINE_GEOCODER_OPTIONS") or "{}"), **options}
        return OnlineGeocoder(_made(get_geocoder_for_service(name), given))
    except GeocoderNotFound as error:
        raise GazetteerError(f"DATELINE_GEOCODER={name}: geopy has no such geocoder; try nominatim") from error
    except (ValueError, TypeError, GeopyError) as error:
        raise GazetteerError(f"DATELINE_GEOCODER={name}: its options are not accepted ({error})") from error


def user_agent() -> str:
    """Who asks, as the services' policies want to know it."""
    contact = os.environ.get("DATELINE_CONTACT", "").strip()
    return f"dateline-news-map/1 ({contact})" if contact else "dateline-news-map/1"


def polite_options() -> dict[str, Any]:
    """What every service is made with: a timeout, who asks, and no second try behind our back."""
    adapter = partial(RequestsAdapter, max_retries=0)
    return {"timeout": TIMEOUT_S, "user_agent": user_agent(), "adapter_factory": adapter}


def _made(service: Callable[..., Geocoder], options: dict[str, Any]) -> Geocoder:
    return service(**{**polite_options(), **options})


def _checked(answer: Any) -> list[Location]:
    """The believable ones among a service's answers. Raises ValueError where there are answers and none is."""
    locations = answer if isinstance(answer, list) else [answer] if answer else []
    good = [_location([at.address, at.latitude, at.longitude, at.raw]) for at in locations if _is_on_earth(at)]
    if locations and not good:
        raise ValueError("no answer lies on Earth")
    return good


def _is_on_earth(at: Location) -> bool:
    lat, lon = float(at.latitude), float(at.longitude)
    return math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0.0, 0.0)


def _location(row: list[Any]) -> Location:
    address = "".join(letter for letter in str(row[0]) if letter.isprintable())[:LONGEST_ADDRESS]
    raw = row[3] if isinstance(row[3], dict) else {}
    return Location(address, Point(float(row[1]), float(row[2])), raw)


def _first(locations: list[Location], exactly_one: bool) -> Location | list[Location] | None:
    if not locations:
        return None
    return locations[0] if exactly_one else locations
