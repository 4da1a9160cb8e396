"""Our own events back from JSON Lines and GeoJSON, without loss.

A GeoJSON feature is read by its "record"; where somebody changed what stands beside it, that is said, since a change that
vanishes in silence would be worse than none. A broken line or feature is named and the others are kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from events.exporting.geometry import rfc7946
from events.exporting.rows import row_of
from events.importing.own_stories import records_of, story_of
from events.importing.result import Imported, RowError
from events.model import Event
from events.ontology import TYPES
from events.reading.result import Problem

COMPARED = ("title", "event", "status", "date", "enddate", "place", "place_precision", "country", "attribution")
FEATURE = '{"type": "Feature"'
Take = Callable[[Any], Event]


def is_own_geojson(value: Any) -> bool:
    """Whether a parsed file is a FeatureCollection."""
    return isinstance(value, dict) and value.get("type") == "FeatureCollection"


def read_geojson(text: str, name: str) -> Imported:
    """The events of a GeoJSON export. A file that is broken as a whole is read feature by feature, one a line."""
    try:
        whole = _parsed(text)
        features = whole.get("features") if is_own_geojson(whole) else None
    except ValueError:
        features = None
    if isinstance(features, list):
        lines = _lines_of_features(text, len(features))
        rows: Iterator[tuple[int | None, Any]] = zip(lines, features, strict=True)
        return _imported("Dateline's GeoJSON", name, rows, event_of_feature)
    lone = ((n, line.rstrip(",\r")) for n, line in enumerate(text.split("\n"), 1) if line.startswith(FEATURE))
    found = _imported("Dateline's GeoJSON", name, lone, lambda line: event_of_feature(_parsed(line)))
    broken = Problem(name, None, "is broken as a whole; its features were read line by line")
    return replace(found, problems=(broken, *found.problems))


def read_json_lines(text: str, name: str) -> Imported:
    """The events of JSON Lines as the contract has them, or of a JSON array of the same."""
    try:
        whole = _parsed(text) if text.lstrip().startswith("[") else None
    except ValueError:
        whole = None
    if isinstance(whole, list):
        return _imported("Dateline's JSON", name, ((None, record) for record in whole), event_of_record)
    lines = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
    return _imported("Dateline's JSON Lines", name, lines, lambda line: event_of_record(_parsed(line)))


def event_of_record(record: Any) -> Event:
    """The event of a record of the contract. Raises RowError where it is none."""
    try:
        event = Event.model_validate_json(json.dumps(record, allow_nan=False))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RowError(f"is no event: {where}: {first['msg']}" if where else f"is no event: {first['msg']}") from error
    except ValueError as error:
        raise RowError(f"is no event: {error}") from error
    if event.type not in TYPES or TYPES[event.type].family != event.family:
        raise RowError(f"has a type or a family that is none: {event.type[:40]!r}, {event.family[:40]!r}")
    if event.place and event.place.geometry:
        _check_geometry(event.place.geometry)
    story_of([event])
    return event


def event_of_feature(feature: Any) -> Event:
    """The event of a GeoJSON feature of ours. Raises RowError where it has no record of one."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    record = properties.get("record") if isinstance(properties, dict) else None
    if isinstance(record, str):  # programs that know no nested objects write them as text
        record = _parsed(record)
    if not isinstance(record, dict):
        raise RowError('has no "record": it was not written by Dateline')
    place = record.get("place")
    if isinstance(place, dict) and "geometry" not in place:
        record = record | {"place": place | {"geometry": feature.get("geometry")}}
    return event_of_record(record)


def changed_beside(feature: Any, event: Event) -> list[str]:
    """The names of the properties that say something else than the record.

    For features whose event was read; a property that a program dropped is no change.
    """
    row = {name: cell.isoformat() if isinstance(cell, date) else cell for name, cell in row_of(event, None).items()}
    given = feature["properties"]
    return [name for name in COMPARED if name in given and (given[name] or None) != (row[name] or None)]


def _imported(kind: str, name: str, rows: Iterator[tuple[int | None, Any]], take: Take) -> Imported:
    """Row by row: an event that can't be read is a problem, one that came before is passed over."""
    events: dict[str, Event] = {}
    problems: list[Problem] = []
    for position, (line, row) in enumerate(rows, 1):
        which = "" if line else f"feature {position} "
        try:
            event = take(row)
        except (ValueError, RecursionError) as error:
            reason = str(error) if isinstance(error, RowError) else f"is no JSON: {error}"
            problems.append(Problem(name, line, which + reason))
            continue
        if events.setdefault(event.id, event) != event:
            problems.append(
                Problem(name, line, f'{which}has the id "{event.id}" of another event that was read before')
            )
        elif isinstance(row, dict) and "properties" in row and (changed := changed_beside(row, event)):
            said = f"{which}was changed after the export in {', '.join(changed)}: the record is kept as it was exported"
            problems.append(Problem(name, line, said))
    return Imported(kind, records_of(events.values()), tuple(problems), own=True)


def _lines_of_features(text: str, count: int) -> list[int | None]:
    """The line of each feature, where each stands on one of its own, as we write them."""
    numbers: list[int | None] = [n for n, line in enumerate(text.split("\n"), 1) if line.startswith(FEATURE)]
    return numbers if len(numbers) == count else [None] * count


def _check_geometry(geometry: dict[str, Any]) -> None:
    try:
        rfc7946(geometry)
    except (ValueError, RecursionError) as error:
        raise RowError(f"has a place with a geometry that is none: {error}") from error


def _parsed(text: str) -> Any:
    """JSON without NaN and infinities, which it doesn't have. Raises ValueError."""
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_constant=_refused)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is no number of JSON's")
