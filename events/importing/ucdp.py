"""UCDP GED exports: one event a row, its where_prec and date_prec honoured.

Columns and codes by the UCDP GED codebook. where_prec 1 is the exact place, 2 within 25 km of it, 3 a second-order and 4 a
first-order division, 5 a line or an area without borders, 6 a country, 7 international waters or airspace. date_prec 1 is
the day, 2 two to six days, 3 a week, 4 a month, 5 up to a year; the interval is the row's own. In one-sided violence side_a
acts on side_b; in the other kinds both act. GED has no narrative: the row is rendered by its own fields.
"""

from __future__ import annotations

from datetime import date

from events.importing.delimited import TableRow
from events.importing.rendering import Rendering, rendered
from events.importing.result import Record, RowError
from events.importing.table_places import (
    Places,
    around,
    country_area,
    iso_of_name,
    named_water,
    province_area,
)  # fmt: skip
from events.importing.type_tables import kinds
from events.model import Actor, DatePrecision, Event, EventPlace, PlacePrecision, Story, When

NAME = "UCDP GED"
NEEDED = frozenset({"id", "where_prec", "date_prec", "type_of_violence", "date_start", "date_end"})
RENDERED = (
    "date_start", "date_end", "date_prec", "type_of_violence", "conflict_name", "side_a", "side_b", "country", "adm_1",
    "adm_2", "where_coordinates", "where_description", "where_prec", "source_article", "source_headline", "best", "low",
    "high",
)  # fmt: skip
EXACT, NEAR, DISTRICT, PROVINCE, FUZZY, COUNTRY, WATERS = range(1, 8)
NEAR_KM = 25.0
POINTS: dict[int, tuple[PlacePrecision, str]] = {
    EXACT: ("city", "the exact place"),
    NEAR: ("district", "within 25 km of it"),
    DISTRICT: ("district", "a second-order division"),
    FUZZY: ("region", "a line or an area without borders"),
}
DATES: dict[int, DatePrecision] = {1: "day", 2: "week", 3: "week", 4: "month", 5: "year"}
ONE_SIDED = 3


def record_of(row: TableRow, gazetteer: Places) -> Record:
    """The event of a row with its story. Raises RowError for a row that has none."""
    number, violence = row.get("id"), row.whole("type_of_violence")
    kind = kinds("ucdp").get(str(violence))
    if not number or kind is None:
        raise RowError(f"has no id or no type_of_violence that UCDP has: {row.get('type_of_violence')[:20]!r}")
    said = rendered(f"{NAME} event {number}", ((name, row.get(name)) for name in RENDERED))
    place = _place(row, gazetteer, said)
    sides = (("side_a", "actor"), ("side_b", "recipient" if violence == ONE_SIDED else "actor"))
    actors = tuple(Actor.model_validate({"name": row.get(side), "role": role}) for side, role in sides if row.get(side))
    what = kind.told(actors, place.name if place else row.get("country"))
    published = _optional_day(row.get("source_date"))
    story = Story(
        id=f"ucdp:{number}", title=what, text=said.text, published=published,
        published_basis="metadata" if published else None, source=NAME,
    )  # fmt: skip
    event = Event(
        id=f"ucdp:{number}", story_id=story.id, type=kind.type, family=kind.family, status="occurred", what=what,
        actors=actors, place=place, when=_when(row, said), attribution=row.get("source_office") or None,
        type_evidence=said.spans.get("type_of_violence"), evidence=(said.quote,),
    )  # fmt: skip
    return Record(story, (event,), note="" if place else f"no place is known for {row.get('where_coordinates')[:60]!r}")


def _when(row: TableRow, said: Rendering) -> When:
    precision = DATES.get(row.whole("date_prec") or 0)
    if precision is None:
        raise RowError(f"has a date_prec that UCDP doesn't have: {row.get('date_prec')[:20]!r}")
    start, end = _day(row.get("date_start")), _day(row.get("date_end"))
    if end < start:
        raise RowError(f"has a date_end, {end}, before its date_start, {start}")
    return When(
        start=start, end=end, precision=precision, text=said.words("date_start"), evidence=said.spans["date_start"]
    )


def _place(row: TableRow, gazetteer: Places, said: Rendering) -> EventPlace | None:
    """The place at UCDP's own precision; None for waters that the gazetteer doesn't know."""
    precision, name = row.whole("where_prec"), row.get("where_coordinates")
    code, reason = iso_of_name(row.get("country"), gazetteer), f"{NAME} gives {name}, where_prec {precision}"
    evidence = said.spans.get("where_coordinates")
    if precision == WATERS:
        return named_water(name, gazetteer, f"{reason}: international waters or airspace", evidence)
    lat, lon = row.number("latitude"), row.number("longitude")
    if precision == COUNTRY or lat is None or lon is None:
        return country_area(code, gazetteer, f"{reason}: only the country is known", said.spans.get("country"))
    if precision == PROVINCE:
        division = row.get("adm_1") or name
        return province_area(
            division, code, lat, lon, gazetteer, f"{reason}: a first-order division", said.spans.get("adm_1")
        )
    if precision not in POINTS:
        raise RowError(f"has a where_prec that UCDP doesn't have: {row.get('where_prec')[:20]!r}")
    kind, meaning = POINTS[precision]
    label = (row.get("adm_2") or name) if precision == DISTRICT else name
    place = around(label or row.get("country"), code, lat, lon, kind, f"{reason}: {meaning}", evidence)
    return place.model_copy(update={"radius_km": NEAR_KM}) if precision == NEAR else place


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise RowError(f"has a date that is no day: {text[:30]!r}") from error


def _optional_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
