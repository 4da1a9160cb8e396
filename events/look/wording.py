"""What the page and briefings say: counts, dates, places and statuses in the words that people use.

For the page and briefings. Plain text only, nothing is escaped here. Digits for counts, dates as people write
them, no "results" and no "filters applied".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from events.model import STATUSES, Event, EventPlace, Status, When
from events.view import Filter, View

PRECISION = {
    "exact": "a site",
    "city": "a town",
    "district": "a district, within about {km} km",
    "province": "a province, within about {km} km",
    "country": "the whole country",
    "region": "a region",
    "sea": "a sea",
    "line": "a line",
}
SHORT_LINE = 100  # events
OF_THE = frozenset({"Bay", "Bight", "Democratic", "Firth", "Gulf", "Horn", "Republic", "Sea", "Strait", "Straits"})
THE = frozenset(
    "Antilles Arctic Area Balkans Bank Basin Belt Caribbean Caucasus Channel Coast Comoros Dardanelles Delta Donbas East "
    "Emirates Eurozone Federation Gulf Heights Islands Kattegat Kingdom Levant Maghreb Maldives Mediterranean Netherlands "
    "Ocean Pacific Passage Peninsula Philippines Sahel Sea Skagerrak Strait Straits Strip Triangle Union Atlantic States "
    "basin continent countries islands rainforest region states subcontinent".split()
)
NEARLY = {"week": "to the week", "month": "to the month", "season": "to the season", "year": "to the year"}


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> plural(1, "story", "stories"), plural(1200, "event")
    ('1 story', '1,200 events')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Parts as one lists them.

    >>> listed(["7 planned", "5 alleged", "1 denied"])
    '7 planned, 5 alleged and 1 denied'
    """
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def day(value: date, year: bool = False) -> str:
    """A day in short.

    >>> day(date(2025, 3, 6)), day(date(2025, 3, 6), year=True)
    ('6 Mar', '6 Mar 2025')
    """
    return f"{value.day} {value:%b}" + (f" {value.year}" if year else "")


def days(start: date, end: date) -> str:
    """A stretch of days, both included, in full.

    >>> days(date(2025, 3, 4), date(2025, 3, 25)), days(date(2025, 3, 4), date(2025, 3, 4))
    ('4–25 March 2025', '4 March 2025')
    >>> days(date(2024, 12, 30), date(2025, 1, 2))
    '30 December 2024 – 2 January 2025'
    """
    last = f"{end.day} {end:%B} {end.year}"
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    return f"{start.day} {start:%B}{'' if start.year == end.year else f' {start.year}'} – {last}"


def when_in_short(when: When | None, year: bool = False) -> str:
    """An event's interval as a card has room for it.

    >>> when_in_short(When(start=date(2025, 3, 1), end=date(2025, 3, 31), precision="month"))
    'March 2025'
    >>> when_in_short(When(start=date(2025, 3, 6), end=date(2025, 3, 8), precision="day"))
    '6–8 Mar'
    """
    if when is None:
        return "No date"
    if when.precision == "year" and when.start.year == when.end.year:
        return str(when.start.year)
    whole_month = (when.start.year, when.start.month) == (when.end.year, when.end.month)
    if when.precision == "month" and whole_month:
        return f"{when.start:%B} {when.start.year}"
    if when.start == when.end:
        return day(when.start, year)
    if whole_month:
        return f"{when.start.day}–{day(when.end, year)}"
    crosses = when.start.year != when.end.year
    return f"{day(when.start, crosses)} – {day(when.end, year or crosses)}"


def when_in_full(when: When | None) -> str:
    """An event's interval with its weekday, or as the words it has.

    >>> when_in_full(When(start=date(2025, 3, 11), end=date(2025, 3, 11), precision="day"))
    'Tue 11 March 2025'
    """
    if when is None:
        return "No date"
    single = when.start == when.end
    return f"{when.start:%a} {days(when.start, when.end)}" if single else days(when.start, when.end)


def date_reading(when: When) -> str:
    """What an event's words for a date were taken to mean.

    >>> date_reading(When(start=date(2025, 3, 3), end=date(2025, 3, 9), precision="week"))
    '3–9 March 2025, to the week'
    """
    if when.assumed:
        return f"{days(when.start, when.end)}, the story’s own day"
    nearly = NEARLY.get(when.precision, "to the day" if when.start == when.end else "within these days")
    return f"{days(when.start, when.end)}, {nearly}"


def place_name(place: EventPlace | None, country: str) -> str:
    """An event's place with its country.

    >>> baltic = EventPlace(name="Baltic Sea", lat=58, lon=19, precision="sea", radius_km=900)
    >>> place_name(baltic, ""), place_name(None, "")
    ('Baltic Sea', 'No place')
    """
    if place is None:
        return "No place"
    return f"{place.name}, {country}" if country and country != place.name else place.name


def place_reading(place: EventPlace) -> str:
    """What an event's words for a place were taken to mean.

    >>> place_reading(EventPlace(name="Gedaref", lat=14, lon=35, precision="province", radius_km=56.8))
    'a province, within about 57 km'
    """
    return PRECISION[place.precision].format(km=f"{place.radius_km:.0f}")


def sureness_reading(event: Event) -> str:
    """How sure the reading is of an event, and of its place."""
    of_place = f", of its place {event.place.confidence:.2f}" if event.place else ""
    return f"{event.confidence:.2f}{of_place}"


def type_reading(event: Event) -> str:
    """An event's type with its family."""
    return f"{event.type.title()}, {event.family}"


def where(regions: Sequence[str], names: Mapping[str, str]) -> str:
    """The chosen regions in words.

    >>> where(["sea:b", "country:FI"], {"sea:b": "Baltic Sea", "country:FI": "Finland"}), where([], {})
    ('in the Baltic Sea and Finland', 'everywhere')
    """
    known = [in_a_sentence(names.get(region, region)) for region in regions]
    if len(known) > 3:
        known = [*known[:2], f"{len(known) - 2} more regions"]
    return f"in {listed(known)}" if known else "everywhere"


def in_a_sentence(region: str) -> str:
    """A region's name with the article that it takes.

    >>> in_a_sentence("Gulf of Aden"), in_a_sentence("Middle East"), in_a_sentence("Lake Chad"), in_a_sentence("Caribbean (UN)")
    ('the Gulf of Aden', 'the Middle East', 'Lake Chad', 'the Caribbean (UN)')
    """
    words = region.partition(" (")[0].split()
    takes_one = len(words) > 1 and words[0] in OF_THE
    return f"the {region}" if words and (takes_one or words[-1] in THE) else region


def headline(view: View, start: date | None, end: date | None) -> str:
    """How many events are shown and of which days; where they are is said apart."""
    count = plural(len(view.shown), "event") if view.shown else "No events"
    of = f" of {view.total:,}" if 0 < len(view.shown) < view.total else ""
    return f"{count}{of}" + (f", {days(start, end)}" if start and end else "")


def how_told(told: Mapping[Status, int]) -> str:
    """How the shown events are told. We report how it is told, not that it is so.

    >>> how_told({"occurred": 20, "ongoing": 5, "planned": 7, "alleged": 0, "denied": 1, "cancelled": 0})
    '25 told as fact, 7 planned and 1 denied.'
    """
    fact = told["occurred"] + told["ongoing"]
    parts = [f"{fact:,} told as fact"] if fact else []
    parts += [f"{told[status]:,} {status}" for status in STATUSES[2:] if told[status]]
    return f"{listed(parts)}." if parts else ""


def not_drawn(view: View) -> str:
    """What the map and the timeline leave out; nothing that is left out goes unsaid."""
    counted = [(len(view.unplaced), "place"), (len(view.undated), "date")]
    parts = [f"{count:,} with no {what}" for count, what in counted if count]
    if not parts:
        return ""
    if len(view.shown) < SHORT_LINE:  # longer lines have no room to say again what is counted
        first = next(count for count, _ in counted if count)
        parts[0] = parts[0].replace(f"{first:,}", plural(first, "event"), 1)
    return f"Not drawn: {', '.join(parts)}."


def why_none(chosen: Filter, names: Mapping[str, str]) -> str:
    """Which choices clash when nothing is shown.

    >>> why_none(Filter(statuses=("cancelled",), families=("material conflict",)), {})
    'No cancelled event of material conflict'
    """
    kinds = [name.title() for name in chosen.types] or list(chosen.families)
    said = "No " + (f"{listed(chosen.statuses, 'or')} " if chosen.statuses else "") + "event"
    said += f" of {listed(kinds, 'or')}" if kinds else ""
    said += f" {where(chosen.regions, names)}" if chosen.regions else ""
    said += f" with the words “{chosen.words.strip()}”" if chosen.words.strip() else ""
    said += f" from {listed(chosen.sources, 'or')}" if chosen.sources else ""
    said += f" at least {chosen.sureness:.2f} sure" if chosen.sureness else ""
    if chosen.start and chosen.end:
        same = chosen.start == chosen.end
        said += (
            f" on {days(chosen.start, chosen.end)}" if same else f" between {day(chosen.start)} and {day(chosen.end)}"
        )
    return said


def reports(count: int) -> str:
    """How many other stories tell of an event.

    >>> reports(1), reports(2), reports(4)
    ('the only report', 'and 1 other report', 'and 3 other reports')
    """
    return "the only report" if count <= 1 else f"and {plural(count - 1, 'other report')}"
