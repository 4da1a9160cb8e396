"""An event as one row of plain columns, the same in every format that has columns.

The names are PLOVER's where it has them (id, date, enddate, event, actor, recipient, event_text). docs/output-formats.md
has the table; a test compares the two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from events.exporting.dataset import Dataset
from events.exporting.grounds import Ground
from events.model import POINTS, Event, EventPlace

Cell = str | float | int | bool | date | None
Row = dict[str, Cell]
CellKind = Literal["text", "date", "number", "integer", "flag"]
GAP = " […] "  # between two sentences that don't follow one another
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_WEB = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its cells are, and what they mean."""

    name: str
    kind: CellKind
    meaning: str


COLUMNS = (
    Column("id", "text", "the event's id, the same from run to run"),
    Column("title", "text", "what happened, in one line"),
    Column("event", "text", "the type: PLOVER's sixteen, and ACCIDENT, DISASTER, CRIME, HEALTH, OTHER"),
    Column("family", "text", "the family that the type is shown with"),
    Column("status", "text", "occurred, ongoing, planned, alleged, denied or cancelled: how it is told"),
    Column("date", "date", "first day; empty for an undated event"),
    Column("enddate", "date", "last day, included"),
    Column("date_precision", "text", "day, week, month, season or year"),
    Column("date_words", "text", "the story's words for the date"),
    Column("date_assumed", "flag", "true where no words gave the date: it is the story's own day"),
    Column("place", "text", "the place; empty for an unplaced event"),
    Column("place_precision", "text", "exact, city, district, province, country, region, sea or line"),
    Column("country", "text", "ISO 3166-1 alpha-2 code"),
    Column("latitude", "number", "degrees, of a town or a site only"),
    Column("longitude", "number", "degrees, of a town or a site only"),
    Column("label_latitude", "number", "degrees, where a label may stand; for an area or a line not where it happened"),
    Column("label_longitude", "number", "the same"),
    Column("radius_km", "number", "how far the place reaches from its label"),
    Column("ground", "text", "what the geometry is: point, line, outline, countries, circle; empty: none known"),
    Column("geonames_id", "integer", "GeoNames' number of the place"),
    Column("place_confidence", "number", "chance that the place is right, 0 to 1"),
    Column("actor", "text", "who did it, parted by “; ”"),
    Column("recipient", "text", "to whom it was done, parted by “; ”"),
    Column("attribution", "text", "who says so"),
    Column("event_text", "text", "the sentences quoted as evidence, parted by […]"),
    Column("confidence", "number", "chance that event, place and day are right, 0 to 1"),
    Column("reports", "integer", "how many stories tell of it"),
    Column("sources", "text", "the outlets, parted by “; ”"),
    Column("urls", "text", "addresses of the stories, parted by blanks"),
    Column("story_id", "text", "the story that the quotes are from"),
)  # fmt: skip
NAMES = tuple(column.name for column in COLUMNS)


def rows_of(dataset: Dataset) -> list[Row]:
    """The rows of all events, in their order."""
    return [row_of(event, dataset.grounds.get(event.id)) for event in dataset.events]


def row_of(event: Event, ground: Ground | None) -> Row:
    """The row of one event; a cell is None where there is nothing."""
    when = event.when
    return {
        "id": event.id, "title": event.what, "event": event.type, "family": event.family, "status": event.status,
        "date": when.start if when else None, "enddate": when.end if when else None,
        "date_precision": when.precision if when else None, "date_words": (when.text or None) if when else None,
        "date_assumed": when.assumed if when else None,
        **_place_cells(event.place),
        "ground": ground.kind if ground else None,
        "geonames_id": event.place.geonames_id if event.place else None,
        "place_confidence": event.place.confidence if event.place else None,
        "actor": "; ".join(names_of(event, "actor")) or None,
        "recipient": "; ".join(names_of(event, "recipient")) or None,
        "attribution": event.attribution,
        "event_text": GAP.join(quote.text for quote in event.evidence),
        "confidence": event.confidence, "reports": max(1, len(event.reports)),
        "sources": "; ".join(dict.fromkeys(report.source for report in event.reports if report.source)) or None,
        "urls": " ".join(web_addresses(event)) or None,
        "story_id": event.story_id,
    }  # fmt: skip


def names_of(event: Event, role: Literal["actor", "recipient"]) -> list[str]:
    """The names of those in a role, in their order."""
    return [actor.name for actor in event.actors if actor.role == role]


def web_addresses(event: Event) -> list[str]:
    """The addresses of an event's stories that are web addresses, each once; a script's is none."""
    return [url for url in dict.fromkeys(report.url or "" for report in event.reports) if _WEB.fullmatch(url)]


def plain(text: str) -> str:
    r"""Text without what XML, databases and spreadsheets refuse: control characters, halves of characters.

    >>> plain("a\x00b\ud800\tc")
    'ab\tc'
    """
    return text if text.isprintable() else _NO_TEXT.sub("", text)


def _place_cells(place: EventPlace | None) -> Row:
    point = place if place and place.precision in POINTS else None
    return {
        "place": place.name if place else None,
        "place_precision": place.precision if place else None,
        "country": place.country if place else None,
        "latitude": point.lat if point else None,
        "longitude": point.lon if point else None,
        "label_latitude": place.lat if place else None,
        "label_longitude": place.lon if place else None,
        "radius_km": place.radius_km if place else None,
    }
