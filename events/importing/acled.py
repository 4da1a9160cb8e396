"""ACLED exports: one event a row, its own words quoted, its geo_precision and time_precision honoured.

Columns and codes by the ACLED codebook. geo_precision 1 is the named place; 2 the area around it; 3 a larger region, so the
province is taken and not the town that ACLED lets stand for it. time_precision 1 is the day; 2 a week that holds it; 3 its
month. ACLED's two actors have no direction, so both are actors. No rows of ACLED's are shipped: its terms forbid it.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta

from events.importing.delimited import TableRow
from events.importing.rendering import Rendering, rendered
from events.importing.result import Record, RowError
from events.importing.table_places import Places, around, country_area, iso_of_name, iso_of_number, province_area
from events.importing.type_tables import Kind, kinds
from events.model import Actor, Event, EventPlace, Story, When

NAME = "ACLED"
NEEDED = frozenset({"event_id_cnty", "event_date", "event_type"})
RENDERED = (
    "event_date", "time_precision", "event_type", "sub_event_type", "actor1", "assoc_actor_1", "actor2", "assoc_actor_2",
    "country", "admin1", "admin2", "admin3", "location", "geo_precision", "source", "source_scale", "fatalities",
)  # fmt: skip
FORMATS = ("%Y-%m-%d", "%d %B %Y", "%d-%B-%Y", "%d %b %Y", "%d-%b-%Y")
TOWN, AREA, REGION = 1, 2, 3  # geo_precision
DAY, WEEK, MONTH = 1, 2, 3  # time_precision


def record_of(row: TableRow, gazetteer: Places) -> Record:
    """The event of a row with its story. Raises RowError for a row that has none."""
    number, kind = row.get("event_id_cnty"), _kind(row)
    if not number:
        raise RowError("has no event_id_cnty")
    said = rendered(f"{NAME} event {number}", ((name, row.get(name)) for name in RENDERED), row.cells.get("notes", ""))
    when, place = _when(row, said), _place(row, gazetteer, said)
    actors = tuple(Actor(name=name, role="actor") for name in (row.get("actor1"), row.get("actor2")) if name)
    what = kind.told(actors, row.get("location"))
    story = Story(id=f"acled:{number}", title=what, text=said.text, source=NAME)
    event = Event(
        id=f"acled:{number}", story_id=story.id, type=kind.type, family=kind.family, status="occurred", what=what,
        actors=actors, place=place, when=when, attribution=row.get("source") or None,
        type_evidence=said.spans.get("sub_event_type") or said.spans.get("event_type"), evidence=(said.quote,),
    )  # fmt: skip
    return Record(story, (event,), note="" if place else f"no place is known for {row.get('country')[:60]!r}")


def _kind(row: TableRow) -> Kind:
    table = kinds("acled")
    kind = table.get(row.get("sub_event_type").lower()) or table.get(row.get("event_type").lower())
    if kind is None:
        raise RowError(f"has an event_type that ACLED doesn't have: {row.get('event_type')[:40]!r}")
    return kind


def _when(row: TableRow, said: Rendering) -> When:
    day, precision = _day(row.get("event_date")), row.whole("time_precision")
    words, evidence = said.words("event_date"), said.spans["event_date"]
    if precision == DAY:
        return When(start=day, end=day, precision="day", text=words, evidence=evidence)
    if precision == WEEK:  # some day of the week was taken: it lies within six days either way
        return When(start=day - timedelta(6), end=day + timedelta(6), precision="week", text=words, evidence=evidence)
    if precision == MONTH:
        last = calendar.monthrange(day.year, day.month)[1]
        return When(
            start=day.replace(day=1), end=day.replace(day=last), precision="month", text=words, evidence=evidence
        )
    raise RowError(f"has a time_precision that ACLED doesn't have: {row.get('time_precision')[:20]!r}")


def _place(row: TableRow, gazetteer: Places, said: Rendering) -> EventPlace | None:
    """The place at ACLED's own precision; None where no country and no point is known."""
    number = row.whole("iso")
    code = (iso_of_number(number) if number else None) or iso_of_name(row.get("country"), gazetteer)
    precision, location = row.whole("geo_precision"), row.get("location")
    reason = f"{NAME} gives {location or row.get('country')}, geo_precision {precision}"
    lat, lon = row.number("latitude"), row.number("longitude")
    if precision not in {TOWN, AREA, REGION}:
        raise RowError(f"has a geo_precision that ACLED doesn't have: {row.get('geo_precision')[:20]!r}")
    if lat is None or lon is None or (precision == REGION and not row.get("admin1")):
        return country_area(code, gazetteer, f"{reason}: no nearer place is known", said.spans.get("country"))
    if precision == REGION:
        evidence = said.spans.get("admin1")
        return province_area(row.get("admin1"), code, lat, lon, gazetteer, f"{reason}: a larger region", evidence)
    evidence = said.spans.get("location")
    name = location or row.get("admin1") or row.get("country")
    if precision == TOWN:
        return around(name, code, lat, lon, "city", f"{reason}: the place that is named", evidence)
    return around(name, code, lat, lon, "district", f"{reason}: the area around it", evidence)


def _day(text: str) -> date:
    for form in FORMATS:
        try:
            return datetime.strptime(text, form).date()  # a day has no zone
        except ValueError:
            continue
    raise RowError(f"has an event_date that is no day: {text[:30]!r}")
