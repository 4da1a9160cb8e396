"""A store of a million invented events that crowd as news does: in towns by their people, in time by bursts.

    python -m benchmarks.crowded_store PATH [EVENTS]

For `benchmarks.million`. Every event is whole: its story, its quote at its place in the text, its place as the gazetteer
has it. The same number of events gives the same store. A million of them take about two minutes and 1.2 GB.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, create_engine, insert

from events.ontology import TYPES, family_of
from events.store.database import schema
from geodata.gazetteer import default_path

FIRST_DAY = date(2022, 1, 1)
DAYS = 1096
TOWNS = 40_000
OUTLETS = 240
BURSTS = 400  # wars, floods, summits: many events of few kinds in one place within days
SHARE_IN_BURSTS = 0.3
EVENTS_A_STORY = 2.5
AT_ONCE = 20_000  # rows that are written together
NO_PLACE, NO_DATE = 0.05, 0.02
KINDS = {"town": 0.84, "country": 0.04, "province": 0.07, "district": 0.02, "sea": 0.01, "line": 0.01, "region": 0.01}
PRECISION = {"town": "city"}
STATUS_SHARES = {"occurred": 0.66, "ongoing": 0.08, "planned": 0.13, "alleged": 0.08, "denied": 0.03, "cancelled": 0.02}
WIDTHS = {"day": 1, "week": 7, "month": 30, "year": 365}
WIDTH_SHARES = (0.88, 0.06, 0.05, 0.01)
WHO = ("Officials", "Farmers", "Troops", "Envoys", "Workers", "Students", "Judges", "Engineers", "Doctors", "Sailors")
DID = {
    "verbal cooperation": "meet for talks", "material cooperation": "bring relief", "verbal conflict": "complain",
    "material conflict": "close a road", "incident": "count the damage",
}  # fmt: skip


Values = dict[str, Any]
Tables = tuple[list[Values], list[Values], list[Values], list[Values]]


@dataclass(frozen=True)
class Drawn:
    """What chance gave each event: indices and days, one a row."""

    places: Any
    starts: Any
    widths: Any
    types: Any
    statuses: Any
    sureness: Any
    stories: Any


def main(arguments: Sequence[str]) -> int:
    """Write the store. Returns the exit status."""
    path, count = Path(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1_000_000
    fill(path, count)
    print(f"{path}: {count:,} events, {path.stat().st_size / 1e6:,.0f} MB")
    return 0


def fill(path: Path, count: int, seed: int = 7) -> None:
    """Make a store of `count` invented events. The file must not be there."""
    path.touch(exist_ok=False)
    engine = create_engine(f"sqlite:///{path}")
    schema.metadata.create_all(engine)
    places = _gazetteer_places()
    drawn = _draw(np.random.default_rng(seed), places, count)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA synchronous = OFF")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        for tables in _batches(places, drawn):
            _write(connection, tables)
        facts = {"schema": schema.SCHEMA_VERSION, "revision": 1, "documents": 0}
        connection.execute(insert(schema.facts), [{"key": key, "value": value} for key, value in facts.items()])
    engine.dispose()


def _write(connection: Connection, tables: Tables) -> None:
    for table, rows in zip((schema.stories, schema.events, schema.records, schema.happenings), tables, strict=True):
        connection.execute(insert(table), rows)


def _gazetteer_places() -> list[dict[str, Any]]:
    """Places of the gazetteer with their share of the events: towns by their people, the other kinds alike."""
    columns = "id, name, lat, lon, kind, radius_km, country, population, geonames_id"
    with sqlite3.connect(f"file:{default_path()}?mode=ro", uri=True) as gazetteer:
        rows = gazetteer.execute(f"SELECT {columns} FROM places ORDER BY population DESC, id").fetchall()
    found = []
    for kind, share in KINDS.items():
        some = [row for row in rows if row[4] == kind][:TOWNS]
        weights = [float(row[7]) ** 0.75 + 1.0 for row in some]
        whole = sum(weights)
        found += [
            {**dict(zip(columns.split(", "), row, strict=True)), "share": share * weight / whole}
            for row, weight in zip(some, weights, strict=True)
        ]
    return found


def _draw(chance: np.random.Generator, places: Sequence[dict[str, Any]], count: int) -> Drawn:
    shares = np.array([place["share"] for place in places])
    where = chance.choice(len(places), count, p=shares / shares.sum())
    weekday = np.array([1.2, 1.25, 1.2, 1.15, 1.1, 0.55, 0.55])
    daily = weekday[(np.arange(DAYS) + FIRST_DAY.weekday()) % 7] * np.linspace(0.7, 1.3, DAYS)
    day = chance.choice(DAYS, count, p=daily / daily.sum())
    kinds = chance.dirichlet(np.ones(len(TYPES)) * 2)
    types = chance.choice(len(TYPES), count, p=kinds)
    burst = np.where(chance.random(count) < SHARE_IN_BURSTS, chance.zipf(1.3, count), 0)
    burst = np.where(burst > BURSTS, 0, burst)
    in_burst = burst > 0
    where[in_burst] = chance.choice(len(places), BURSTS + 1, p=shares / shares.sum())[burst[in_burst]]
    lasting = chance.exponential(12, count).astype(int)
    day[in_burst] = np.minimum(DAYS - 1, chance.integers(0, DAYS, BURSTS + 1)[burst[in_burst]] + lasting[in_burst])
    types[in_burst] = (chance.integers(0, len(TYPES), BURSTS + 1)[burst] + chance.integers(0, 3, count))[
        in_burst
    ] % len(TYPES)
    where[chance.random(count) < NO_PLACE] = -1
    widths = chance.choice(list(WIDTHS.values()), count, p=WIDTH_SHARES)
    widths[chance.random(count) < NO_DATE] = 0
    return Drawn(
        places=where, starts=day, widths=widths, types=types,
        statuses=chance.choice(len(STATUS_SHARES), count, p=list(STATUS_SHARES.values())),
        sureness=np.round(chance.beta(5, 2, count), 3),
        stories=np.sort(chance.integers(0, max(1, int(count / EVENTS_A_STORY)), count)),
    )  # fmt: skip


def _batches(places: Sequence[dict[str, Any]], drawn: Drawn) -> Iterator[Tables]:
    """Rows of the four tables, some thousands of each at a time; a story is never parted."""
    count, begin = len(drawn.stories), 0
    while begin < count:
        end = min(count, begin + AT_ONCE)
        while end < count and drawn.stories[end] == drawn.stories[end - 1]:
            end += 1
        yield _rows(places, drawn, range(begin, end))
        begin = end


def _rows(places: Sequence[dict[str, Any]], drawn: Drawn, rows: range) -> Tables:
    stories: dict[str, list[str]] = {}
    days: dict[str, date] = {}
    events: list[Values] = []
    records: list[Values] = []
    happenings: list[Values] = []
    for row in rows:
        story_id = f"story-{drawn.stories[row]:07d}"
        place = places[drawn.places[row]] if drawn.places[row] >= 0 else None
        quotes = stories.setdefault(story_id, [])
        start = FIRST_DAY + timedelta(days=int(drawn.starts[row]))
        days[story_id] = max(days.get(story_id, start), start)
        record = _event(row, story_id, place, drawn, start, sum(len(quote) + 2 for quote in quotes))
        quotes.append(record["evidence"][0]["text"])
        values = _shared(record, start)
        position = len(quotes) - 1
        events.append(_event_values(record, values, position, int(story_id[-7:])))
        records.append({"event_id": record["id"], "words": "{}", "extracted": json.dumps(record), "shown": None})
        happenings.append(_happening_values(record, values, days[story_id], int(story_id[-7:])))
    told = [_story_values(story_id, quotes, days[story_id]) for story_id, quotes in stories.items()]
    return told, events, records, happenings


def _event(
    row: int, story_id: str, place: dict[str, Any] | None, drawn: Drawn, start: date, offset: int
) -> dict[str, Any]:
    kind = list(TYPES)[drawn.types[row]]
    who, name = WHO[row % len(WHO)], place["name"] if place else "the region"
    what = f"{who} {DID[family_of(kind)]} in {name}"
    quote = {"part": "text", "start": offset, "end": offset + len(what) + 1, "text": f"{what}."}
    sure = float(drawn.sureness[row])
    return {
        "id": f"{row * 2654435761 % 2**48:012x}{row:07x}", "story_id": story_id, "type": kind, "family": family_of(kind),
        "status": list(STATUS_SHARES)[drawn.statuses[row]], "what": what, "actors": [{"name": who, "role": "actor"}],
        "place": _place(place, offset + len(what) - len(name), len(name), sure) if place else None,
        "when": _when(start, int(drawn.widths[row])), "confidence": sure, "evidence": [quote],
    }  # fmt: skip


def _place(place: dict[str, Any], at: int, length: int, sure: float) -> dict[str, Any]:
    return {
        "name": place["name"], "lat": place["lat"], "lon": place["lon"], "radius_km": place["radius_km"],
        "precision": PRECISION.get(place["kind"], place["kind"]), "country": place["country"],
        "geonames_id": place["geonames_id"], "place_id": place["id"], "confidence": min(1.0, sure + 0.05),
        "evidence": {"part": "text", "start": at, "end": at + length},
    }  # fmt: skip


def _when(start: date, width: int) -> dict[str, Any] | None:
    if not width:
        return None
    precision = next(name for name, days in WIDTHS.items() if days == width)
    end = start + timedelta(days=width - 1)
    return {"start": start.isoformat(), "end": end.isoformat(), "precision": precision, "text": "then"}


def _shared(record: Values, start: date) -> Values:
    """What the rows of an event and of its happening have in common."""
    when, place = record["when"], record["place"]
    return {
        "type": record["type"], "start": start.toordinal() if when else None,
        "end": date.fromisoformat(when["end"]).toordinal() if when else None,
        "lat": place["lat"] if place else None, "lon": place["lon"] if place else None,
        "place_id": place["place_id"] if place else None,
    }  # fmt: skip


def _event_values(record: Values, shared: Values, position: int, story: int) -> Values:
    return shared | {
        "id": record["id"], "story_id": record["story_id"], "position": position, "born": f"h{record['id']}",
        "happening": f"h{record['id']}", "rejected": False, "source": _outlet(story), "block": 0,
        "radius_km": record["place"]["radius_km"] if record["place"] else 0.0,
    }  # fmt: skip


def _happening_values(record: Values, shared: Values, day: date, story: int) -> Values:
    told = record["place"] or {}
    return shared | {
        "id": f"h{record['id']}", "speaker": record["id"], "reports": 1, "family": record["family"],
        "status": record["status"], "precision": told.get("precision"), "radius_km": told.get("radius_km"),
        "country": told.get("country"), "place_name": told.get("name"), "place_confidence": told.get("confidence"),
        "confidence": record["confidence"], "published": day.toordinal(), "source": _outlet(story),
        "reviewed": False, "what": record["what"], "record": None,
    }  # fmt: skip


def _story_values(story_id: str, quotes: Sequence[str], day: date) -> Values:
    number = int(story_id[-7:])
    title = quotes[0].removesuffix(".")
    record = {
        "id": story_id, "title": title, "text": "\n\n".join(quotes), "source": _outlet(number),
        "published": day.isoformat(), "published_basis": "metadata",
    }  # fmt: skip
    return {
        "id": story_id, "number": number, "url": None, "title": title, "published": day, "source": _outlet(number),
        "version": 1, "record": json.dumps(record),
    }  # fmt: skip


def _outlet(story: int) -> str:
    """The outlet of a story: few tell much, many tell little."""
    return f"Outlet {int(OUTLETS * (story * 0.6180339887 % 1) ** 2)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
