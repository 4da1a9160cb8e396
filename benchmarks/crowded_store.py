"""A store of a million invented events that crowd as news does (`benchmarks.crowded_events`).

    python -m benchmarks.crowded_store PATH [EVENTS]

For `benchmarks.million`. Every event is whole: its story, its quote at its place in the text, its place as the gazetteer
has it. The same number of events gives the same store. A million of them take about two minutes and 1.2 GB.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, create_engine, insert

from benchmarks.crowded_events import FIRST_DAY, Drawn, Values, draw, event_record, gazetteer_places, outlet_of
from events.linking.blocks import block_of
from events.linking.likeness import Sketch
from events.store.database import schema

AT_ONCE = 20_000  # rows that are written together
Tables = tuple[list[Values], list[Values], list[Values], list[Values]]


def main(arguments: Sequence[str]) -> int:
    """Write the store. Returns the exit status."""
    path, count = Path(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1_000_000
    fill(path, count)
    print(f"{path}: {count:,} events, {path.stat().st_size / 1e6:,.0f} MB")
    return 0


def fill(path: Path, count: int, seed: int = 7, places: Sequence[Values] | None = None) -> None:
    """Make a store of `count` invented events. The file must not be there. places: where they are; None for all the world."""
    path.touch(exist_ok=False)
    engine = create_engine(f"sqlite:///{path}")
    schema.metadata.create_all(engine)
    places = gazetteer_places() if places is None else places
    drawn = draw(np.random.default_rng(seed), places, count)
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
        record = event_record(row, story_id, place, drawn, start, sum(len(quote) + 2 for quote in quotes))
        quotes.append(record["evidence"][0]["text"])
        values = _shared(record, start)
        position = len(quotes) - 1
        events.append(_event_values(record, values, position, int(story_id[-7:])))
        records.append({"event_id": record["id"], "words": "{}", "extracted": json.dumps(record), "shown": None})
        happenings.append(_happening_values(record, values, days[story_id], int(story_id[-7:])))
    told = [_story_values(story_id, quotes, days[story_id]) for story_id, quotes in stories.items()]
    return told, events, records, happenings


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
    radius_km = record["place"]["radius_km"] if record["place"] else 0.0
    cell = block_of(Sketch("", record["type"], None, None, shared["lat"], shared["lon"], radius_km, None))
    return shared | {
        "id": record["id"], "story_id": record["story_id"], "position": position, "born": f"h{record['id']}",
        "happening": f"h{record['id']}", "rejected": False, "source": outlet_of(story), "block": cell,
        "radius_km": radius_km,
    }  # fmt: skip


def _happening_values(record: Values, shared: Values, day: date, story: int) -> Values:
    told = record["place"] or {}
    return shared | {
        "id": f"h{record['id']}", "speaker": record["id"], "reports": 1, "family": record["family"],
        "status": record["status"], "precision": told.get("precision"), "radius_km": told.get("radius_km"),
        "country": told.get("country"), "place_name": told.get("name"), "place_confidence": told.get("confidence"),
        "confidence": record["confidence"], "published": day.toordinal(), "source": outlet_of(story),
        "reviewed": False, "what": record["what"], "record": None,
    }  # fmt: skip


def _story_values(story_id: str, quotes: Sequence[str], day: date) -> Values:
    number = int(story_id[-7:])
    title = quotes[0].removesuffix(".")
    record = {
        "id": story_id, "title": title, "text": "\n\n".join(quotes), "source": outlet_of(number),
        "published": day.isoformat(), "published_basis": "metadata",
    }  # fmt: skip
    return {
        "id": story_id, "number": number, "url": None, "title": title, "published": day, "source": outlet_of(number),
        "version": 1, "record": json.dumps(record),
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
