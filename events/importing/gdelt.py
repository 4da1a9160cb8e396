"""GDELT 2 (and 1) event tables: one event a row, placed as exactly as ActionGeo_Type says and no more.

Columns and codes by the GDELT Event Database codebook 2.0 (19 February 2015); raw files have no header. A country or an
ADM1 division is that area. GDELT is coded by machine: by GDELT's own check of 50 events by hand (blog.gdeltproject.org,
"Sudan") 75 in 100 places and 81 in 100 event codes were right, and the confidence says so.
"""

from __future__ import annotations

from datetime import date

from events.importing.delimited import TableRow
from events.importing.rendering import Rendering, rendered
from events.importing.result import Record, RowError
from events.importing.table_places import Places, around, country_area, iso_of_fips, province_area
from events.importing.type_tables import Kind, kind_of_cameo
from events.model import Actor, Event, EventPlace, Story, When

NAME = "GDELT"
NEEDED = frozenset({"globaleventid", "sqldate", "eventcode", "actiongeo_type"})
PLACE_RIGHT, CODE_RIGHT = 0.75, 0.81
_ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
_ACTION = (
    "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles "
    "AvgTone"
)
_PLACE = "Geo_Type Geo_Fullname Geo_CountryCode Geo_ADM1Code Geo_ADM2Code Geo_Lat Geo_Long Geo_FeatureID"
COLUMNS = (
    *"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(),
    *(f"Actor{number}{name}" for number in (1, 2) for name in _ACTOR.split()),
    *_ACTION.split(),
    *(f"{who}{name}" for who in ("Actor1", "Actor2", "Action") for name in _PLACE.split()),
    "DATEADDED",
    "SOURCEURL",
)
COLUMNS_OF_1 = tuple(name for name in COLUMNS if not name.endswith("ADM2Code"))
RENDERED = (
    "SQLDATE", "Actor1Name", "EventCode", "Actor2Name", "ActionGeo_Type", "ActionGeo_Fullname", "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code", "NumMentions", "NumSources", "NumArticles",
)  # fmt: skip
UNPLACED, COUNTRY, US_STATE, US_CITY, WORLD_CITY, WORLD_STATE = range(6)


def is_headerless(cells: tuple[str, ...]) -> bool:
    """Whether a first row is one of GDELT's own files, which have no header."""
    return (
        len(cells) in {len(COLUMNS), len(COLUMNS_OF_1)}
        and cells[0].isdigit()
        and len(cells[1]) == 8
        and cells[1].isdigit()
    )


def columns_of(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The lower-case column names of a file without a header."""
    return tuple(name.lower() for name in (COLUMNS if len(cells) == len(COLUMNS) else COLUMNS_OF_1))


def record_of(row: TableRow, gazetteer: Places) -> Record:
    """The event of a row with its story. Raises RowError for a row that has none."""
    number, day, kind = row.get("globaleventid"), _day(row.get("sqldate")), _kind(row)
    if not number:
        raise RowError("has no GLOBALEVENTID")
    said = rendered(f"{NAME} event {number}", ((name, row.get(name.lower())) for name in RENDERED))
    place = _place(row, gazetteer, said)
    actors = _actors(row)
    what = kind.told(actors, place.name if place else "")
    story = Story(
        id=f"gdelt:{number}", title=what, text=said.text, published=_added(row.get("dateadded")),
        published_basis="metadata", url=_url(row.get("sourceurl"), number), source=NAME,
    )  # fmt: skip
    event = Event(
        id=f"gdelt:{number}", story_id=story.id, type=kind.type, family=kind.family, status="occurred", what=what,
        actors=actors, place=place, confidence=round(PLACE_RIGHT * CODE_RIGHT, 2) if place else CODE_RIGHT,
        when=When(start=day, end=day, precision="day", text=said.words("SQLDATE"), evidence=said.spans["SQLDATE"]),
        type_evidence=said.spans.get("EventCode"), evidence=(said.quote,),
    )  # fmt: skip
    lost = place is None and (row.whole("actiongeo_type") or UNPLACED) != UNPLACED
    return Record(story, (event,), note=f"no place is known for {row.get('actiongeo_fullname')[:60]!r}" if lost else "")


def _kind(row: TableRow) -> Kind:
    """The kind of the row's CAMEO code; a spreadsheet may have taken the code's first zero away."""
    code, root = row.get("eventcode"), row.get("eventrootcode").zfill(2)
    if root != "00" and not code.startswith(root):
        code = f"0{code}"
    kind = kind_of_cameo(code)
    if kind is None:
        raise RowError(f"has an EventCode that CAMEO doesn't have: {row.get('eventcode')[:20]!r}")
    return kind


def _place(row: TableRow, gazetteer: Places, said: Rendering) -> EventPlace | None:
    """The place of the action at GDELT's own precision. None where it has none, or a country that nobody knows."""
    kind = row.whole("actiongeo_type") or UNPLACED
    if kind == UNPLACED:
        return None
    full, code = row.get("actiongeo_fullname"), iso_of_fips(row.get("actiongeo_countrycode"))
    name, evidence = full.partition(",")[0].strip(), said.spans.get("ActionGeo_Fullname")
    reason = f"{NAME} gives {full}, ActionGeo_Type {kind}"
    if kind == COUNTRY:
        place = country_area(code, gazetteer, f"{reason}: a country, no point in it", evidence)
        return place.model_copy(update={"confidence": PLACE_RIGHT}) if place else None
    lat, lon = row.number("actiongeo_lat"), row.number("actiongeo_long")
    if not name or lat is None or lon is None:
        return None
    if kind in {US_STATE, WORLD_STATE}:
        place = province_area(name, code, lat, lon, gazetteer, f"{reason}: a first-order division", evidence)
    elif kind in {US_CITY, WORLD_CITY}:
        place = around(name, code, lat, lon, "city", f"{reason}: a town or a landmark", evidence)
    else:
        raise RowError(f"has an ActionGeo_Type that GDELT doesn't have: {kind}")
    return place.model_copy(update={"confidence": PLACE_RIGHT})


def _actors(row: TableRow) -> tuple[Actor, ...]:
    named = ((row.get("actor1name"), "actor"), (row.get("actor2name"), "recipient"))
    return tuple(Actor.model_validate({"name": name, "role": role}) for name, role in named if name)


def _url(text: str, number: str) -> str | None:
    """The address of the article; the row's number tells it from other rows', since the store takes one story an address."""
    if not text.startswith(("http://", "https://")):
        return None
    return f"{text}{'&' if '#' in text else '#'}GLOBALEVENTID={number}"


def _day(text: str) -> date:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if len(text) == 8 else date.fromisoformat(text[:10])
    except ValueError as error:
        raise RowError(f"has a SQLDATE that is no day: {text[:20]!r}") from error


def _added(text: str) -> date | None:
    """The day on which GDELT took the report in, which is that of its publication to within hours."""
    try:
        return _day(text[:8]) if text else None
    except RowError:
        return None
