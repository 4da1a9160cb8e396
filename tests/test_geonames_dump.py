"""A user's full GeoNames dump beside the packages: what it adds, what it leaves alone, and files that are no dump."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from geodata import __main__ as command_line
from geodata.geonames_dump import Gain, main_file, with_dump
from geodata.place import Place
from geodata.records import Record

DUMP = Path(__file__).parent / "data" / "geonames"
CITY = Place(
    "gn:2960316", "Luxembourg", 49.61, 6.13, "town", 2.3, "LU", ("LU",), "LU", population=76684, geonames_id=2960316
)


def enriched() -> tuple[dict[str, Record], Gain]:
    records, gain = with_dump([Record(CITY, [("Luxembourg", "name")])], DUMP / "LU.txt")
    return {record.place.name: record for record in records}, gain


def names_of(record: Record) -> set[str]:
    return {name for name, _ in record.names}


def test_a_village_and_a_peak_that_the_packages_lack_are_added() -> None:
    records, _ = enriched()
    assert (records["Lieler"].place.kind, records["Lieler"].place.lat) == ("town", 50.1244)
    assert (records["Kneiff"].place.kind, records["Kneiff"].place.id) == ("mountain", "gn:9000002")
    assert records["Vianden Pumped Storage Dam"].place.kind == "site"


def test_what_no_story_needs_is_left_out() -> None:
    assert "Hotel Example" not in enriched()[0]


def test_a_known_town_keeps_its_place_and_gains_names() -> None:
    record = enriched()[0]["Luxembourg"]
    assert record.place == CITY
    assert ("Luxembourg Town", "name") in record.names


def test_spellings_come_from_the_languages_that_news_uses_and_not_from_history() -> None:
    names = names_of(enriched()[0]["Lieler"])
    assert "Lieler village" in names
    assert names.isdisjoint({"Leeler", "Old Lieler"})
    assert "Mont Kneiff" in names_of(enriched()[0]["Kneiff"])


def test_the_gain_is_counted_and_broken_lines_with_it() -> None:
    _, gain = enriched()
    assert (gain.source, gain.rows, gain.places, gain.skipped) == ("LU.txt", 8, 5, 1)
    assert dict(gain.kinds) == {"mountain": 1, "river": 1, "site": 1, "town": 2}


def test_of_the_whole_world_places_without_people_or_other_spelling_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "allCountries.txt").write_text((DUMP / "LU.txt").read_text(encoding="utf-8"), encoding="utf-8")
    records, _ = with_dump([], tmp_path)
    names = {record.place.name for record in records}
    assert {"Schengen", "Kneiff"} <= names
    assert names.isdisjoint({"Lieler", "Vianden Pumped Storage Dam"})


def test_a_folder_stands_for_its_only_country_file(tmp_path: Path) -> None:
    assert main_file(DUMP) == DUMP / "LU.txt"
    with pytest.raises(FileNotFoundError, match="no GeoNames dump"):
        main_file(tmp_path)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "XX.txt").write_text("name,lat,lon\nRome,41.9,12.5\n", encoding="utf-8")
    with pytest.raises(ValueError, match="19 columns"):
        with_dump([], tmp_path / "XX.txt")


def test_the_command_refuses_a_path_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geodata.build._all_records", lambda *_: iter([Record(CITY, [("Luxembourg", "name")])]))
    answer = CliRunner().invoke(
        command_line.app, ["build", "-o", str(tmp_path / "g.sqlite"), "--geonames", str(tmp_path / "none")]
    )
    assert answer.exit_code == 2
    assert not (tmp_path / "g.sqlite").exists()
