"""A name in, its candidate places out: the gazetteer file, opened for reading.

For the extractor, the page and the geocoder. Opening takes no time and little memory: rows stay in the SQLite file and
the names in a trie of 2 to 3 MB. One Gazetteer serves several threads. It knows places and not stories: which candidate
is meant is for the resolver to say; here they come in the order of how often a bare name means them.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import marisa_trie
import platformdirs

from geodata.file_format import FORMAT, NAME_KINDS
from geodata.folding import fold
from geodata.place import Candidate, GazetteerError, Place
from geodata.prior import prior

MOST_CANDIDATES = 60
MAPPED = 256 * 1024 * 1024  # bytes of the file that processes read from one shared copy in memory
WELL_KNOWN = 5.0  # the prior of a town of 100,000
_CORE = re.compile(
    r"^(?:the )?(?:(?:north|south|east|west)(?:ern)?|(?:north|south)(?:east|west)(?:ern)?|central|greater|downtown|inner|"
    r"outer|mainland|metropolitan|occupied|(?:city|town|province|state|region|port) of) |"
    r" (?:province|region|oblast|governorate|prefecture|metropolitan area)$"
)
_COLUMNS = (
    "p.id, p.name, p.lat, p.lon, p.kind, p.radius_km, p.country, p.countries, p.admin1, p.population, "
    "p.geonames_id, p.curated, p.standing"
)


def default_path() -> Path:
    """Where the gazetteer file lies: DATELINE_GAZETTEER, else the user's cache folder, one file a format."""
    named = os.environ.get("DATELINE_GAZETTEER")
    return Path(named) if named else platformdirs.user_cache_path("dateline") / f"gazetteer-{FORMAT}.sqlite"


class Gazetteer:
    """The places of the world by name. Use `Gazetteer.open`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._trie = marisa_trie.Trie()
        self._trie.frombytes(self._one("SELECT data FROM tries WHERE name = 'names'"))
        self.candidates = lru_cache(maxsize=20_000)(self._candidates)
        self.importance = lru_cache(maxsize=50_000)(self._importance)
        self.place = lru_cache(maxsize=20_000)(self._place_of_id)

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """Open the gazetteer file. Raises GazetteerError when there is none or it is of another format."""
        path = path or default_path()
        if not path.exists():
            raise GazetteerError(f"there is no gazetteer at {path}. Build it: python -m geodata build")
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
                found = connection.execute("SELECT value FROM facts WHERE key = 'format'").fetchone()
        except sqlite3.Error as error:
            raise GazetteerError(
                f"the gazetteer at {path} can't be read ({error}). Build it anew: python -m geodata build"
            ) from error
        if found is None or found[0] != str(FORMAT):
            raise GazetteerError(
                f"the gazetteer at {path} is of another format. Build it anew: python -m geodata build"
            )
        return cls(path)

    def facts(self) -> dict[str, str]:
        """What the file says of itself: "format", "digest" and "inputs" (versions and checksums, as JSON) among others."""
        return dict(self._connection().execute("SELECT key, value FROM facts"))

    def knows(self, folded: str) -> bool:
        """Whether a folded name (see `fold`) is in the gazetteer."""
        return folded in self._trie

    def prefixes(self, folded: str) -> list[str]:
        """The names that a folded text begins with, shortest first; they may end within a word."""
        found: list[str] = self._trie.prefixes(folded)
        return found

    def _place_of_id(self, place_id: str) -> Place | None:
        """The place of this id, None when there is none."""
        row = self._connection().execute(f"SELECT {_COLUMNS} FROM places p WHERE p.id = ?", (place_id,)).fetchone()  # noqa: S608
        return _place(row) if row else None

    def country(self, code: str) -> Place | None:
        """The country of this ISO 3166-1 alpha-2 code."""
        return self._countries.get(code)

    @cached_property
    def _countries(self) -> dict[str, Place]:
        """Every country by its code: one walk over the places in place of one for each country."""
        found: dict[str, Place] = {}
        for row in self._connection().execute(f"SELECT {_COLUMNS} FROM places p WHERE p.kind = 'country'"):  # noqa: S608
            place = _place(row)
            found.setdefault(place.country or "", place)
        return found

    def geometry(self, place_id: str) -> dict[str, Any] | None:
        """The GeoJSON geometry, (lon, lat), of a line or an area; None for points and where none is known."""
        row = self._connection().execute("SELECT geojson FROM geometries WHERE id = ?", (place_id,)).fetchone()
        geometry: dict[str, Any] | None = json.loads(row[0]) if row else None
        return geometry

    def lines_between(self, country_a: str, country_b: str, carries: str = "") -> tuple[Place, ...]:
        """The known pipelines, cables and the like that join two countries (ISO codes, either order)."""
        first, second = sorted((country_a, country_b))
        rows = self._connection().execute(
            "SELECT id FROM lines WHERE country_a = ? AND country_b = ? AND (? = '' OR carries = ?) ORDER BY id",
            (first, second, carries, carries),
        )
        return tuple(place for (place_id,) in rows if (place := self.place(place_id)))

    def regions(self) -> Iterator[tuple[str, str, str, str | None, tuple[str, ...]]]:
        """(id, name, kind, parent, countries) of every region, for the atlas."""
        for row in self._connection().execute(
            "SELECT id, name, kind, parent, countries FROM regions ORDER BY kind, name"
        ):
            yield row[0], row[1], row[2], row[3], tuple(row[4].split())

    def nearest(self, lat: float, lon: float, within_degrees: float = 1.0) -> list[Place]:
        """Towns in a box of so many degrees around a point (lat, lon), largest first, 200 at most."""
        rows = self._connection().execute(
            f"SELECT {_COLUMNS} FROM places p WHERE p.kind = 'town' AND p.lat BETWEEN ? AND ? "  # noqa: S608
            "AND p.lon BETWEEN ? AND ? ORDER BY p.population DESC LIMIT 200",
            (lat - within_degrees, lat + within_degrees, lon - within_degrees, lon + within_degrees),
        )
        return [_place(row) for row in rows]

    def _candidates(self, name: str) -> tuple[Candidate, ...]:
        """The places that a name may mean, likeliest first; () for an unknown name."""
        for key in _keys(name):
            if key in self._trie:
                found = self._by_key(key)
                if found:
                    return found
        return self._by_core(fold(name))

    def _by_core(self, key: str) -> tuple[Candidate, ...]:
        """Of "northern Gaza" or "Mopti province", unknown as a whole, the well-known place in it."""
        core = _CORE.sub("", key)
        if core == key or core not in self._trie:
            return ()
        found = self._by_key(core)
        return found if found and prior(found[0].place, found[0].match) >= WELL_KNOWN else ()

    def _importance(self, folded: str) -> float:
        """The greatest prior among the candidates of a folded name; 0 if it is unknown (see prior.py for the scale)."""
        found = self._by_key(folded) if folded in self._trie else ()
        return max((prior(c.place, c.match) for c in found), default=0.0)

    def _by_key(self, key: str) -> tuple[Candidate, ...]:
        rows = self._connection().execute(
            f"SELECT n.match, {_COLUMNS} FROM names n JOIN places p ON p.number = n.place WHERE n.folded = ?",  # noqa: S608
            (key,),
        )
        found = [Candidate(_place(row[1:]), NAME_KINDS[row[0]]) for row in rows]
        found.sort(key=lambda c: (-prior(c.place, c.match), c.place.id))
        return tuple(found[:MOST_CANDIDATES])

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            address = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            connection.execute(f"PRAGMA mmap_size = {MAPPED}")
            self._local.connection = connection
        return connection

    def _one(self, query: str) -> bytes:
        value: bytes = self._connection().execute(query).fetchone()[0]
        return value


def _keys(name: str) -> Iterator[str]:
    """A name's key, then without a possessive, an article, a plural."""
    key = fold(name)
    yield key
    if name.endswith(("'s", "’s")):
        yield fold(name[:-2])
    if key.startswith("the "):
        yield key[4:]
    for short, long in (
        ("mt ", "mount "),
        ("mt. ", "mount "),
        ("st ", "saint "),
        ("st. ", "saint "),
        ("ft ", "fort "),
        ("ft. ", "fort "),
    ):
        if key.startswith(short):
            yield long + key[len(short) :]
    if key.startswith("saint "):
        yield "st. " + key[6:]


def _place(row: tuple[Any, ...]) -> Place:
    return Place(
        id=row[0], name=row[1], lat=row[2], lon=row[3], kind=row[4], radius_km=row[5], country=row[6],
        countries=tuple(row[7].split()), admin1=row[8], population=row[9], geonames_id=row[10],
        curated=bool(row[11]), standing=row[12],
    )  # fmt: skip
