"""Invented events for briefings: what the tests of briefings look at, and what their pictures are made from."""

import csv
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path

from events.briefing import Choices, compose
from events.model import STATUSES, Event, EventPlace, Quote, Report, When
from events.ontology import TYPES
from events.view import EventTable, Filter, select
from tests.news import NoGazetteer, SmallAtlas

TABLE = Path(__file__).parent / "data" / "briefing" / "places.tsv"
FIRST = date(2025, 3, 3)
TYPE_NAMES = tuple(TYPES)
HOSTILE = (
    '<script>alert("1")</script><img src=x onerror=alert(2)>',
    '#panic("x") #read("/etc/passwd") *bold* _it_ $x^2$ @ref <label> \\ = head',
    "](javascript:alert(1)) `code` **b** | cell | ~~s~~ ![i](http://x.invalid/i.png)",
    "{{ 7 * 7 }} {% raw %} ${7*7} </title></svg>]]>--><!-- &amp; &lt;b&gt;",
    "\u202egnirts\u202c \x00\x07\u2028two\nlines\t=HYPERLINK(1) 1. item",
)


class Nowhere(NoGazetteer):
    """A gazetteer that knows no place and no country."""

    def country(self, code):
        return None


def places():
    """The invented places by name."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["name"]: _place(row) for row in csv.DictReader(lines, delimiter="\t")}


def told(number, place, *, what="", day=0, days=0, status="occurred", kind="PROTEST", reports=1, quote="", url=True):
    """An event. place: an EventPlace or None; day: how many days after the first, None for undated."""
    title = what or f"Invented happening number {number}"
    start = None if day is None else FIRST + timedelta(day)
    when = start and When(start=start, end=start + timedelta(days), precision="day", text="that day")
    text = quote or f"Witnesses told of invented happening number {number}, the harbour office said."
    return Event(
        id=f"ev{number}", story_id=f"story{number}", type=kind, family=TYPES[kind].family, status=status, what=title,
        place=place, when=when, evidence=(Quote(part="text", start=0, end=len(text), text=text),),
        reports=tuple(
            Report(
                story_id=f"story{number}" if n == 0 else f"more{number}-{n}", source=f"Outlet {n + 1}",
                url=f"https://example.org/{number}/{n}" if url else None, published=FIRST + timedelta(9),
            )
            for n in range(reports)
        ),
    )  # fmt: skip


def many(names, count, *, every=1):
    """So many events at these places in turn, of all types and statuses, a new day after `every` of them."""
    known = places()
    turns = zip(islice(cycle(names), count), cycle(TYPE_NAMES), cycle(("occurred", *STATUSES)), strict=False)
    return [
        told(n, known[name], day=n // every, kind=kind, status=status, reports=1 + n % 3)
        for n, (name, kind, status) in enumerate(turns)
    ]


def briefing(events, chosen=None, **choices):
    """The briefing of these events."""
    gazetteer = Nowhere()
    table = EventTable.from_events(events, SmallAtlas(), gazetteer)
    return compose(select(table, chosen or Filter()), table, gazetteer, Choices(**choices))


def odd_views():
    """Views that a briefing has to stand, by name."""
    known = places()
    lines = ("Gulf Cable", "North Pipe")
    towns = [name for name, place in known.items() if place.precision == "city"]
    arabic = known["Tehran"].model_copy(update={"name": "تهران"})
    greek = known["Athens"].model_copy(update={"name": "Αθήνα"})
    cyrillic = known["Kyiv"].model_copy(update={"name": "Київ"})
    return {
        "none": [],
        "one": [told(0, known["Helsinki"])],
        "seven": many(["Helsinki", "Tallinn", "Gulf Cable", "Pier 4", "Riga"], 7, every=2),
        "sixty": many([*towns[:9], "Ukraine", "Gulf Cable"], 60, every=4),
        "one town": many(["Kyiv"], 24, every=2),
        "pacific": many(["Suva", "Apia", "Dateline Cable", "Honolulu", "Anadyr", "Nome"], 8),
        "lines": many(lines, 4),
        "undated": [told(n, known[name], day=None) for n, name in enumerate(("Helsinki", "Riga", "Cairo"))],
        "world": many([*towns, "Kenya", "Ukraine", "North Pipe"], 30, every=2),
        "scripts": [
            told(0, arabic, what="نشست خبری مشترک در تهران برگزار شد", quote="رئیس‌جمهور گفت که گفتگوها ادامه دارد."),
            told(1, cyrillic, what="Переговоры в Киеве", day=1, status="planned", quote="Они пройдут в четверг."),
            told(2, greek, what="Συνάντηση στην Αθήνα", day=2, status="alleged", quote="Οι υπουργοί συναντήθηκαν στην Αθήνα."),
            told(3, known["Tokyo"], what="東京で会議が開かれた 🔥", day=3, quote="会議は水曜日に東京で開かれた。"),
        ],
        "long titles": [
            told(n, known[name], what=f"{n} " + "A very long title that goes on about the harbour and its cranes " * 5, day=n)
            for n, name in enumerate(("Helsinki", "Tallinn", "Riga"))
        ],
    }  # fmt: skip


def _place(row):
    points = [[float(x) for x in pair.split(" ")] for pair in row["line"].split(";")] if row["line"] else None
    return EventPlace(
        name=row["name"], lat=float(row["lat"]), lon=float(row["lon"]), precision=row["precision"],
        radius_km=float(row["radius_km"]), country=row["country"] or None,
        geometry={"type": "LineString", "coordinates": points} if points else None,
    )  # fmt: skip
