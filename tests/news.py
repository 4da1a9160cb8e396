"""Forty-five invented events of March 2025, with their stories: what the tests of the view and of the page look at.

tests/data/march.tsv has one event a line; in its quotes {t:…}, {p:…}, {d:…}, {s:…} mark the words that gave type,
place, date and status. An event of n reports has n stories. Day "-" is undated, precision "none" is unplaced.
"""

import csv
import re
from datetime import date
from pathlib import Path

from events.model import Actor, Event, EventPlace, Quote, Report, Span, Story, When
from events.ontology import family_of
from events.store import Store
from geodata.atlas import Region

TABLE = Path(__file__).parent / "data" / "march.tsv"
_MARKED = re.compile(r"\{(\w):([^}]*)\}")


def rows():
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def march_stories():
    return [story(number, row) for number, row in enumerate(rows())]


def march_events():
    """The events as a store gives them, with their reports."""
    return [event(number, row) for number, row in enumerate(rows())]


def store_of_march(url, count=None):
    """An open store that took in the stories of March, or the first of them, each event told by its own story alone."""
    store = Store.open(url)
    for told, its_event in list(zip(march_stories(), march_events(), strict=True))[:count]:
        store.add(told, [its_event.model_copy(update={"reports": ()})])
    return store


def plain(marked):
    return _MARKED.sub(r"\2", marked)


def spans(marked):
    """{mark: Span in the plain text}"""
    found, shift = {}, 0
    for match in _MARKED.finditer(marked):
        start = match.start() - shift
        found[match[1]] = Span(part="text", start=start, end=start + len(match[2]))
        shift += len(match[0]) - len(match[2])
    return found


def story(number, row):
    quote = plain(row["quote"])
    published = date(2025, 3, min(14, int(row["day"]))) if row["day"] != "-" else date(2025, 3, 14)
    return Story(
        id=f"march-{number}", title=row["what"], text=f"{quote}\n\nOfficials gave no further details.",
        published=published, published_basis="metadata", source=row["source"],
        url=f"https://example.org/march/{number}",
    )  # fmt: skip


def event(number, row):
    told, at = story(number, row), spans(row["quote"])
    reports = [Report(story_id=told.id, title=told.title, source=told.source, url=told.url, published=told.published)]
    others = [Report(story_id=f"other-{number}-{n}", source=f"Outlet {n}") for n in range(1, int(row["reports"]))]
    return Event(
        id=f"ev{number}", story_id=told.id, type=row["type"], family=family_of(row["type"]), status=row["status"],
        what=row["what"], actors=(Actor(name="Officials", role="actor"),), place=place(row, at), when=when(row, at),
        type_evidence=at["t"], status_evidence=at.get("s"),
        evidence=(Quote(part="text", start=0, end=len(plain(row["quote"])), text=plain(row["quote"])),),
        reports=(*reports, *others),
    )  # fmt: skip


def place(row, at):
    if row["precision"] == "none":
        return None
    return EventPlace(
        name=row["place"], lat=float(row["lat"]), lon=float(row["lon"]), precision=row["precision"],
        radius_km=float(row["radius_km"]), country=row["country"] or None, place_id=row["place_id"],
        evidence=at.get("p"), reason="the only place of this name",
    )  # fmt: skip


def when(row, at):
    if row["day"] == "-":
        return None
    day = date(2025, 3, int(row["day"]))
    words = at.get("d")
    text = plain(row["quote"])[words.start : words.end] if words else ""
    return When(start=day, end=day, precision="day", text=text, evidence=words)


class SmallAtlas:
    """An atlas of four regions that needs no gazetteer: Europe with Ukraine and Belgium in it, and the Baltic Sea."""

    def tree(self):
        return (
            Region("continent:EU", "Europe", "continent", None),
            Region("country:BE", "Belgium", "country", "continent:EU"),
            Region("country:UA", "Ukraine", "country", "continent:EU"),
            Region("sea:baltic-sea", "Baltic Sea", "sea", None),
        )

    def regions_of(self, place):
        if place.id in {"cur:baltic-sea", "cur:estlink-2"}:
            return frozenset({"sea:baltic-sea", "continent:EU"})
        if place.country in {"BE", "UA"}:
            return frozenset({f"country:{place.country}", "continent:EU"})
        return frozenset()


class NoGazetteer:
    """A gazetteer that knows no place."""

    def place(self, place_id):
        return None

    def geometry(self, place_id):
        return None
