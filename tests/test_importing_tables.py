"""Tables of GDELT, ACLED and UCDP GED, all rows invented: their own precision is honoured, bad rows are named."""

from datetime import date
from functools import lru_cache

import pytest

from events.importing.files import events_of_bytes
from events.importing.gdelt import COLUMNS, COLUMNS_OF_1
from events.importing.type_tables import kinds
from events.ontology import TYPES
from geodata.gazetteer import Gazetteer

GDELT = {
    "GLOBALEVENTID": "1", "SQLDATE": "20250114", "Actor1Name": "NORLAND", "Actor2Name": "SUDLAND", "EventCode": "042",
    "EventRootCode": "04", "ActionGeo_Type": "4", "ActionGeo_Fullname": "Lyon, Auvergne-Rhone-Alpes, France",
    "ActionGeo_CountryCode": "FR", "ActionGeo_Lat": "45.75", "ActionGeo_Long": "4.85", "DATEADDED": "20250115011500",
    "SOURCEURL": "https://example.org/a",
}  # fmt: skip
ACLED = {
    "event_id_cnty": "UKR1", "event_date": "05 March 2025", "time_precision": "1", "event_type": "Protests",
    "sub_event_type": "Peaceful protest", "actor1": "Dockers (Norland)", "actor2": "", "iso": "804", "country": "Ukraine",
    "admin1": "Odesa", "location": "Odesa", "latitude": "46.48", "longitude": "30.73", "geo_precision": "1",
    "source": "Harbour Post", "notes": "On 5 March, dockers marched to the port; \"nobody\" was hurt.", "fatalities": "0",
}  # fmt: skip
UCDP = {
    "id": "77", "type_of_violence": "1", "conflict_name": "Norland: Government", "side_a": "Government of Norland",
    "side_b": "Hill Front", "where_prec": "1", "where_coordinates": "Maiduguri town", "adm_1": "Borno state", "adm_2": "",
    "country": "Nigeria", "latitude": "11.85", "longitude": "13.16", "date_prec": "1", "source_office": "Gulf Courier",
    "date_start": "2024-05-06 00:00:00.000", "date_end": "2024-05-06 00:00:00.000", "source_headline": "Clash",
}  # fmt: skip


@lru_cache
def gazetteer():
    return Gazetteer.open()


def quoted(cell):
    return '"' + cell.replace('"', '""') + '"'


def table(base, *rows):
    """The CSV of rows that differ from one that is whole."""
    lines = [",".join(base)] + [",".join(quoted(cell) for cell in (base | row).values()) for row in rows]
    return "\r\n".join(lines).encode()


def read(data):
    return events_of_bytes(data, "t.csv", gazetteer())


def one(base, **changes):
    found = read(table(base, changes))
    assert found.problems == ()
    return found.records[0]


def where(base, **changes):
    place = one(base, **changes).events[0].place
    return place and (place.name, place.precision, place.country)


def days(base, **changes):
    when = one(base, **changes).events[0].when
    return when.start.isoformat(), when.end.isoformat(), when.precision


def test_a_gdelt_country_is_the_country_and_no_pin():
    at = {"ActionGeo_Type": "1", "ActionGeo_Fullname": "Ukraine", "ActionGeo_CountryCode": "UP"}
    place = one(GDELT, **at, ActionGeo_Lat="49", ActionGeo_Long="32").events[0].place
    assert (place.name, place.precision, place.country) == ("Ukraine", "country", "UA")
    assert place.geometry["type"] in {"Polygon", "MultiPolygon"}


@pytest.mark.parametrize(("kind", "full", "fips", "name"), [
    ("2", "Texas, United States", "US", "Texas"),
    ("5", "Bavaria, Bayern, Germany", "GM", "Bavaria"),
])  # fmt: skip
def test_a_gdelt_adm1_division_is_an_area(kind, full, fips, name):
    at = {"ActionGeo_Type": kind, "ActionGeo_Fullname": full, "ActionGeo_CountryCode": fips}
    place = one(GDELT, **at).events[0].place
    assert (place.name, place.precision) == (name, "province")
    assert place.geometry is None or place.geometry["type"] != "Point"


def test_a_gdelt_town_stays_where_gdelt_has_it():
    place = one(GDELT).events[0].place
    assert (place.name, place.precision, place.lat, place.lon) == ("Lyon", "city", 45.75, 4.85)


def test_a_gdelt_event_without_a_place_has_none_and_one_of_an_unknown_country_is_named():
    assert where(GDELT, ActionGeo_Type="0") is None
    assert where(GDELT, ActionGeo_Type="") is None
    found = read(table(GDELT, {"ActionGeo_Type": "1", "ActionGeo_Fullname": "Atlantis", "ActionGeo_CountryCode": "QQ"}))
    assert found.events[0].place is None
    assert found.problems[0].reason == "is kept without a place: no place is known for 'Atlantis'"


def test_a_gdelt_row_is_quoted_by_its_own_fields_and_says_so():
    record = one(GDELT)
    (event,) = record.events
    assert event.evidence[0].text.startswith("GDELT event 1, by its own fields: SQLDATE 20250114; Actor1Name NORLAND;")
    assert record.story.text[event.when.evidence.start : event.when.evidence.end] == "20250114"
    assert record.story.text[event.place.evidence.start : event.place.evidence.end].startswith("Lyon,")
    assert (record.story.published, record.story.source, event.confidence) == (date(2025, 1, 15), "GDELT", 0.61)


def test_a_cameo_code_whose_first_zero_a_spreadsheet_took_is_known():
    assert one(GDELT, EventCode="42", EventRootCode="4").events[0].type == "CONSULT"
    assert one(GDELT, EventCode="190", EventRootCode="19").events[0].type == "ASSAULT"


@pytest.mark.parametrize("columns", [COLUMNS, COLUMNS_OF_1], ids=["GDELT 2", "GDELT 1"])
def test_gdelts_own_files_have_no_header(columns):
    row = "\t".join(GDELT.get(name, "") for name in columns)
    found = read(f"{row}\n{row.replace('1', '2', 1)}\n".encode())
    assert [event.id for event in found.events] == ["gdelt:1", "gdelt:2"]


def test_acleds_note_is_quoted_to_the_character():
    record = one(ACLED)
    assert record.events[0].evidence[0].text == ACLED["notes"]
    assert record.story.text.startswith(
        ACLED["notes"] + "\n\nACLED event UKR1, by its own fields: event_date 05 March 2025;"
    )
    assert record.events[0].attribution == "Harbour Post"


def test_acleds_geo_precision_is_a_town_an_area_or_a_province():
    assert where(ACLED) == ("Odesa", "city", "UA")
    assert where(ACLED, geo_precision="2") == ("Odesa", "district", "UA")
    assert where(ACLED, geo_precision="3") == ("Odesa Oblast", "province", "UA")
    assert where(ACLED, geo_precision="3", admin1="") == ("Ukraine", "country", "UA")


def test_acleds_time_precision_is_a_day_the_days_around_or_a_month():
    assert days(ACLED) == ("2025-03-05", "2025-03-05", "day")
    assert days(ACLED, time_precision="2", event_date="2025-03-05") == ("2025-02-27", "2025-03-11", "week")
    assert days(ACLED, time_precision="3", event_date="15-February-2024") == ("2024-02-01", "2024-02-29", "month")


def test_acleds_actors_have_no_direction():
    (event,) = one(ACLED, actor2="Port Guard", event_type="Riots", sub_event_type="Mob violence").events
    assert [(actor.name, actor.role) for actor in event.actors] == [
        ("Dockers (Norland)", "actor"),
        ("Port Guard", "actor"),
    ]
    assert event.type == "ASSAULT"


@pytest.mark.parametrize(("code", "expected"), [
    ("1", ("Maiduguri town", "city", "NG")), ("2", ("Maiduguri town", "district", "NG")),
    ("4", ("Borno", "province", "NG")), ("5", ("Maiduguri town", "region", "NG")), ("6", ("Nigeria", "country", "NG")),
])  # fmt: skip
def test_ucdps_where_prec(code, expected):
    assert where(UCDP, where_prec=code, adm_1="Borno") == expected


def test_ucdps_international_waters_are_a_sea_that_is_known_or_no_place():
    assert where(UCDP, where_prec="7", where_coordinates="Mediterranean Sea") == ("Mediterranean Sea", "sea", None)
    found = read(table(UCDP, {"where_prec": "7", "where_coordinates": "Airspace"}))
    assert (found.events[0].place, len(found.problems)) == (None, 1)


@pytest.mark.parametrize(("code", "precision"), [("2", "week"), ("3", "week"), ("4", "month"), ("5", "year")])
def test_ucdps_date_prec_keeps_the_rows_own_interval(code, precision):
    assert days(UCDP, date_prec=code, date_end="2024-05-30") == ("2024-05-06", "2024-05-30", precision)


def test_in_ucdps_one_sided_violence_one_side_acts_on_the_other():
    roles = [[actor.role for actor in one(UCDP, type_of_violence=kind).events[0].actors] for kind in ("1", "2", "3")]
    assert roles == [["actor", "actor"], ["actor", "actor"], ["actor", "recipient"]]


def test_a_country_under_an_older_name_is_known():
    assert where(UCDP, where_prec="6", country="DR Congo (Zaire)")[2] == "CD"
    assert where(UCDP, where_prec="6", country="Bosnia-Herzegovina")[2] == "BA"


def test_bad_rows_are_named_with_their_line_and_good_ones_kept():
    bad = [
        {"event_date": "31 June 2025"}, {"time_precision": "9"}, {"geo_precision": ""}, {"latitude": "95"},
        {"longitude": "nan"}, {"event_type": "Weddings", "sub_event_type": ""}, {"event_id_cnty": ""},
        {"event_date": "0001-01-01", "time_precision": "2"},
    ]  # fmt: skip
    rows = [row | {"event_id_cnty": row.get("event_id_cnty", f"UKR{number}")} for number, row in enumerate(bad, 2)]
    found = read(table(ACLED, {}, *rows, {"event_id_cnty": "UKR99"}) + b"\r\n1,2,3\r\n")
    assert [event.id for event in found.events] == ["acled:UKR1", "acled:UKR99"]
    assert [problem.line for problem in found.problems] == [*range(3, 11), 12]
    assert found.problems[0].reason == "has an event_date that is no day: '31 June 2025'"
    assert found.problems[-1].reason == f"has 3 cells where the table has {len(ACLED)} columns"


def test_a_row_that_stands_twice_is_one_and_another_under_its_id_is_named():
    found = read(table(ACLED, {}, {}, {"notes": "Changed."}))
    assert len(found.events) == 1
    assert [problem.reason for problem in found.problems] == ["has the id of another row: acled:UKR1"]


def test_a_note_over_several_lines_does_not_shift_the_lines_of_others():
    found = read(table(ACLED, {"notes": "One.\nTwo."}, {"event_id_cnty": "b", "event_date": "never"}))
    assert found.events[0].evidence[0].text == "One.\nTwo."
    assert found.problems[0].line == 4


def test_hostile_cells_are_data():
    hostile = "</script><script>alert(1)</script>{{7*7}} =1+1"
    record = one(ACLED, notes=hostile, location=hostile, actor1=hostile)
    assert record.events[0].evidence[0].text == hostile
    assert record.events[0].place.name == hostile
    assert one(GDELT, SOURCEURL="javascript:alert(1)").story.url is None


@pytest.mark.parametrize("name", ["cameo", "acled", "ucdp"])
def test_every_code_has_a_type_of_ours_and_a_source(name):
    for kind in kinds(name).values():
        assert kind.type in TYPES
        assert kind.label
        assert kind.source


def test_every_root_of_cameo_has_a_type():
    assert {f"{root:02}" for root in range(1, 21)} <= set(kinds("cameo"))
