"""Invented events that crowd as news does: in towns by their people, in time by bursts.

For the benchmarks of large stores, which write them each in a form of its own. The same number of events and the same seed
give the same events.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from events.ontology import TYPES, family_of
from geodata.gazetteer import default_path

FIRST_DAY = date(2022, 1, 1)
DAYS = 1096
TOWNS = 40_000
OUTLETS = 240
BURSTS = 400  # wars, floods, summits: many events of few kinds in one place within days
SHARE_IN_BURSTS = 0.3
EVENTS_A_STORY = 2.5
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


def gazetteer_places() -> list[Values]:
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


def draw(chance: np.random.Generator, places: Sequence[Values], count: int) -> Drawn:
    """Where, when and of which kind each event is, some of them in bursts. places: with their share of the events."""
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


def event_record(row: int, story_id: str, place: Values | None, drawn: Drawn, start: date, offset: int) -> Values:
    """An event as the JSON of the contract. offset: of its quote in its story's text."""
    kind = list(TYPES)[drawn.types[row]]
    who, name = WHO[row % len(WHO)], place["name"] if place else "the region"
    what = f"{who} {DID[family_of(kind)]} in {name}"
    quote = {"part": "text", "start": offset, "end": offset + len(what) + 1, "text": f"{what}."}
    sure = float(drawn.sureness[row])
    return {
        "id": f"{row * 2654435761 % 2**48:012x}{row:07x}", "story_id": story_id, "type": kind, "family": family_of(kind),
        "status": list(STATUS_SHARES)[drawn.statuses[row]], "what": what, "actors": [{"name": who, "role": "actor"}],
        "place": _place(place, offset + len(what) - len(name), len(name), sure) if place else None,
        "when": when_told(start, int(drawn.widths[row])), "confidence": sure, "evidence": [quote],
    }  # fmt: skip


def _place(place: Values, at: int, length: int, sure: float) -> Values:
    return {
        "name": place["name"], "lat": place["lat"], "lon": place["lon"], "radius_km": place["radius_km"],
        "precision": PRECISION.get(place["kind"], place["kind"]), "country": place["country"],
        "geonames_id": place["geonames_id"], "place_id": place["id"], "confidence": min(1.0, sure + 0.05),
        "evidence": {"part": "text", "start": at, "end": at + length},
    }  # fmt: skip


def when_told(start: date, width: int) -> Values | None:
    """The days of an event as the contract's JSON; None for no width."""
    if not width:
        return None
    precision = next(name for name, days in WIDTHS.items() if days == width)
    end = start + timedelta(days=width - 1)
    return {"start": start.isoformat(), "end": end.isoformat(), "precision": precision, "text": "then"}


def outlet_of(story: int) -> str:
    """The outlet of a story: few tell much, many tell little."""
    return f"Outlet {int(OUTLETS * (story * 0.6180339887 % 1) ** 2)}"
