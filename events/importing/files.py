"""A file of events to events: what it is is decided by its content.

For the command line. Nothing is raised for an input, however hostile: what can't be read is a problem.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from events.importing.own_events import read_geojson, read_json_lines
from events.importing.result import Imported
from events.importing.table_places import Places
from events.importing.tables import read_table
from events.model import StoryError
from events.reading.encodings import decode
from events.reading.result import Problem

MOST_BYTES = 1 << 30  # of one file: it is read in one go
HEAD = 4_000


def read_events(path: Path, gazetteer: Places) -> Imported:
    """The events of a file: JSON Lines or GeoJSON of ours, or a table of GDELT, ACLED or UCDP GED."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        return _refused(str(path), f"can't be opened: {error.strerror or error}")
    return events_of_bytes(data, str(path), gazetteer)


def events_of_bytes(data: bytes, name: str, gazetteer: Places) -> Imported:
    """The events of a file's content; name is the file's, for the problems."""
    if len(data) > MOST_BYTES:
        return _refused(name, f"has more than {MOST_BYTES:,} bytes: cut it into several files")
    try:
        decoded = decode(data)
    except StoryError as error:
        return _refused(name, str(error))
    found = _read(decoded.text.removeprefix("\ufeff"), name, gazetteer)
    if decoded.damaged_line is None:
        return found
    damage = Problem(
        name, decoded.damaged_line, "has bytes that are not of the file's encoding; it is read as well as can be"
    )
    return replace(found, problems=(damage, *found.problems))


def _read(text: str, name: str, gazetteer: Places) -> Imported:
    head = text[:HEAD].lstrip()
    if not head:
        return _refused(name, "is empty")
    if head.startswith("{") and '"FeatureCollection"' in head:
        return read_geojson(text, name)
    if head[0] in "{[":
        return read_json_lines(text, name)
    return read_table(text, name, gazetteer)


def _refused(name: str, reason: str) -> Imported:
    return Imported("unknown", problems=(Problem(name, None, reason),))
