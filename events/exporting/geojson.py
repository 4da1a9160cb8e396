"""GeoJSON: RFC 7946, one feature an event, with PLOVER's names and the whole record to come back from.

What was left out and why stands in the foreign member "dateline" of the collection. An event without a known ground has
null geometry. `record` is the event of the contract; its place's geometry is left out where the feature's is the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from events.exporting.dataset import Dataset, Grounded, Scope
from events.exporting.grounds import Ground
from events.exporting.rows import names_of, row_of
from events.model import Event, EventPlace, PlacePrecision

KIND, VERSION = "Dateline events", 1
RESOLUTION: dict[PlacePrecision, int] = {"exact": 5, "city": 4, "district": 3, "province": 2, "country": 1}  # PLOVER's


def geojson(dataset: Dataset) -> bytes:
    """The dataset as a FeatureCollection in UTF-8, one feature a line."""
    return b"".join(geojson_in_parts(dataset.scope, dataset.grounded()))


def geojson_in_parts(scope: Scope, events: Iterable[Grounded]) -> Iterator[bytes]:
    """The same, as the events come."""
    about = {
        "kind": KIND,
        "version": VERSION,
        "filters": scope.filters,
        "events": scope.events,
        "undated": scope.undated,
        "unplaced": scope.unplaced,
        "left_out": scope.left_out,
        "stories": scope.stories,
        "newest_story": scope.newest.isoformat() if scope.newest else None,
        "note": scope.facts()["note"],
        "credit": scope.facts()["credit"],
    }
    before = f'{{"type": "FeatureCollection", "name": "events", "dateline": {_json(about)},\n"features": [\n'
    for event, ground in events:
        yield (before + _json(feature(event, ground))).encode("utf-8", "replace")
        before = ",\n"
    yield ((before if before != ",\n" else "") + "\n]}\n").encode("utf-8", "replace")


def feature(event: Event, ground: Ground | None) -> dict[str, Any]:
    """One event as a GeoJSON Feature."""
    row = {name: cell.isoformat() if isinstance(cell, date) else cell for name, cell in row_of(event, ground).items()}
    properties = row | {
        "actor": names_of(event, "actor"),
        "recipient": names_of(event, "recipient"),
        "event_loc": _event_loc(event.place),
        "event_text": [quote.text for quote in event.evidence],
        "text_info": [{"part": quote.part, "start": quote.start, "end": quote.end} for quote in event.evidence],
        "cite_info": [
            {
                "title": report.title,
                "publication": report.source,
                "url": report.url,
                "date": report.published.isoformat() if report.published else None,
            }
            for report in event.reports
        ],
        "record": record_of(event, ground),
    }
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": ground.geometry if ground else None,
        "properties": properties,
    }


def record_of(event: Event, ground: Ground | None) -> dict[str, Any]:
    """The event of the contract, without its place's geometry where that of the feature is the same."""
    record = event.model_dump(mode="json")
    if ground and record["place"] and record["place"]["geometry"] == ground.geometry:
        del record["place"]["geometry"]
    return record


def _event_loc(place: EventPlace | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"name": place.name, "country": place.country, "resolution": RESOLUTION.get(place.precision)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
