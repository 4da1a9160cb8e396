"""What the gazetteer file holds: its format's number, its tables, and how kinds of names are written in it."""

from __future__ import annotations

from geodata.place import NameKind

FORMAT = 4  # raise it when what is in the file changes: older files are then built anew
STRENGTH: dict[NameKind, int] = {"name": 0, "abbreviation": 1, "alternate": 2, "demonym": 3}
NAME_KINDS = {strength: kind for kind, strength in STRENGTH.items()}

SCHEMA = """
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE places (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
    kind TEXT NOT NULL, radius_km REAL NOT NULL, country TEXT, countries TEXT NOT NULL, admin1 TEXT NOT NULL,
    population INTEGER NOT NULL, geonames_id INTEGER, curated INTEGER NOT NULL, standing REAL NOT NULL
);
CREATE TABLE names (
    folded TEXT NOT NULL, place INTEGER NOT NULL, match INTEGER NOT NULL, PRIMARY KEY (folded, place)
) WITHOUT ROWID;
CREATE TABLE geometries (id TEXT PRIMARY KEY, geojson TEXT NOT NULL);
CREATE TABLE lines (id TEXT PRIMARY KEY, country_a TEXT NOT NULL, country_b TEXT NOT NULL, carries TEXT NOT NULL);
CREATE TABLE regions (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, parent TEXT, countries TEXT NOT NULL
);
CREATE TABLE tries (name TEXT PRIMARY KEY, data BLOB NOT NULL);
"""
INDEXES = """
CREATE INDEX places_by_id ON places (id);
CREATE INDEX places_by_lat ON places (lat) WHERE kind = 'town';
"""
