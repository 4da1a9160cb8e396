"""iCalendar read back by a parser of our own that follows RFC 5545."""

import re
from datetime import date

from hypothesis import given, settings

from events.exporting.calendar import calendar, folded
from events.exporting.rows import plain
from events.model import When
from tests.exports import dataset, march, retold
from tests.generated_events import HOSTILE, many_events

LINE = re.compile(r"([A-Z-]+)((?:;[A-Z]+=[^:;]*)*):(.*)", re.DOTALL)
UNESCAPED = {"n": "\n", "N": "\n", ",": ",", ";": ";", "\\": "\\"}


def read(data):
    """The entries of a calendar, each a dict of its properties."""
    text = data.decode()
    assert text.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text)
    entries, open_ = [], []
    for line in text.replace("\r\n ", "").rstrip("\r\n").split("\r\n"):
        name, _, value = LINE.fullmatch(line).groups()
        if name == "BEGIN":
            open_.append({"": value})
        elif name == "END":
            assert open_[-1][""] == value
            entries.append(open_.pop())
        else:
            open_[-1][name] = re.sub(r"\\(.)", lambda found: UNESCAPED[found[1]], value)
    assert open_ == []
    return [entry for entry in entries if entry[""] == "VEVENT"]


def planned(**changes):
    return read(calendar(dataset([retold(status="planned", **changes)])))


def test_only_what_is_planned_or_called_off_is_in_the_calendar():
    entries = read(calendar(march()))
    assert [entry["STATUS"] for entry in entries].count("TENTATIVE") == 7
    assert [entry["STATUS"] for entry in entries].count("CANCELLED") == 1


def test_the_last_day_is_included_so_the_end_is_the_day_after():
    (entry,) = planned(when=When(start=date(2025, 12, 30), end=date(2025, 12, 31), precision="day"))
    assert (entry["DTSTART"], entry["DTEND"]) == ("20251230", "20260101")


def test_a_town_has_coordinates_and_an_area_none():
    assert planned()[0]["GEO"] == "23.584100;58.407800"
    assert "GEO" not in planned(place={"precision": "province"})[0]


def test_a_month_says_that_it_is_one_and_blocks_no_time():
    (entry,) = planned(when=When(start=date(2025, 4, 1), end=date(2025, 4, 30), precision="month", text="in April"))
    assert (entry["TRANSP"], entry["X-DATELINE-DATE-PRECISION"]) == ("TRANSPARENT", "month")
    assert "Date known to the month, from “in April”" in entry["DESCRIPTION"]


def test_what_has_no_day_is_left_out_and_counted():
    data = calendar(dataset([retold(status="planned", when=None), retold(id="b")]))
    assert read(data) == []
    told = data.decode().replace("\r\n ", "")
    assert "Left out: 1 without a date\\, 1 of another status\\, 3 by the filters." in told


def test_hostile_titles_stay_within_their_property():
    for hostile in HOSTILE:
        (entry,) = planned(what=hostile)
        assert entry["SUMMARY"] == re.sub("\r\n|[\r\u2028\u2029]", "\n", plain(hostile))


def test_a_long_line_is_folded_between_characters():
    parts = list(folded("SUMMARY:" + "東京" * 60))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert "".join(parts[:1] + [part[1:] for part in parts[1:]]) == "SUMMARY:" + "東京" * 60


@given(many_events)
@settings(max_examples=40, deadline=None)
def test_whatever_the_model_allows_is_a_calendar(events):
    assert len(read(calendar(dataset(events)))) == sum(
        event.when is not None and event.status in {"planned", "cancelled"} for event in events
    )
