"""Events as the rows of an archive: plain columns with geometry for everybody, and the whole event for the page.

For `events.exporting.archive`. The columns are those of the other formats (`COLUMNS`) and a few by which the page filters.
A ground that many events share is encoded once and named by its number.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

from events.exporting.geometry import bounds, to_wkb
from events.exporting.geoparquet import BOX, SIDES, TYPES, geo_metadata
from events.exporting.grounds import Ground, Places, ground_key, ground_of
from events.exporting.rows import COLUMNS, plain, row_of
from events.model import Event, EventPlace
from events.store.columns.columns import sources_of
from events.store.words.wording import wording_of

PLAIN = frozenset(column.name for column in COLUMNS if column.kind == "text" and column.name != "id")
FOR_THE_PAGE = (("place_id", pa.string()), ("published", pa.date32()), ("outlets", pa.list_(pa.string())))
Shape = tuple[Ground | None, bytes | None, tuple[float, float, float, float] | None]


def event_schema() -> Any:
    """The columns of the events' files. No types of geometry and no bounds are named: readers that take one file's word
    for the whole folder would be told wrong.
    """
    fields = [(column.name, TYPES[column.kind]) for column in COLUMNS]
    fields += [*FOR_THE_PAGE, ("bbox", BOX), ("geometry", pa.binary())]
    return pa.schema(fields, metadata={"geo": json.dumps(geo_metadata((), []))})


def record_schema() -> Any:
    """The columns of the records' files: the event as JSON, and the folded words that a search looks through."""
    return pa.schema([("id", pa.string()), ("record", pa.string()), ("wording", pa.string())])


class Shapes:
    """The grounds of events with what Parquet holds of them, each worked out once."""

    def __init__(self, gazetteer: Places) -> None:
        self._gazetteer = gazetteer
        self._known: dict[object, Shape] = {}

    def of(self, place: EventPlace | None) -> Shape:
        """The ground of a place, its geometry as WKB and its box (west, south, east, north); None each where none is."""
        if place is None:
            return None, None, None
        key = ground_key(place)
        if key not in self._known:
            ground = ground_of(place, self._gazetteer)
            geometry = ground.geometry if ground else None
            self._known[key] = ground, to_wkb(geometry), bounds(geometry) if geometry else None
        return self._known[key]


def event_rows(events: Sequence[Event], shapes: Shapes) -> Any:
    """A pyarrow table of some events, in their order."""
    found = [shapes.of(event.place) for event in events]
    rows = [row_of(event, shape[0]) for event, shape in zip(events, found, strict=True)]
    columns = {column.name: _column(rows, column.name, TYPES[column.kind]) for column in COLUMNS}
    columns["place_id"] = pa.array([event.place.place_id if event.place else None for event in events], pa.string())
    columns["published"] = pa.array([first_published(event) for event in events], pa.date32())
    columns["outlets"] = pa.array([sorted(sources_of(event)) for event in events], pa.list_(pa.string()))
    boxes = [shape[2] for shape in found]
    columns["bbox"] = pa.array([dict(zip(SIDES, box, strict=True)) if box else None for box in boxes], BOX)
    columns["geometry"] = pa.array([shape[1] for shape in found], pa.binary())
    return pa.table(columns, schema=event_schema())


def record_rows(events: Sequence[Event]) -> Any:
    """A pyarrow table of the same events as they are."""
    return pa.table(
        {
            "id": pa.array([event.id for event in events], pa.string()),
            "record": pa.array([event.model_dump_json() for event in events], pa.string()),
            "wording": pa.array([wording_of(event) for event in events], pa.string()),
        },
        schema=record_schema(),
    )


def first_published(event: Event) -> Any:
    """The day of an event's first report; None where no report has one."""
    return min((report.published for report in event.reports if report.published), default=None)


def _column(rows: Sequence[Mapping[str, Any]], name: str, kind: Any) -> Any:
    cells = [row[name] for row in rows]
    if name in PLAIN:
        cells = [plain(cell) if cell else cell for cell in cells]
    return pa.array(cells, kind)
