"""Events in the words that people use: counts, dates, places, and what an event's words were taken to mean.

For the page and briefings. Plain text only, nothing is escaped here. Digits for counts, dates as people write them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from events.attribute_sureness import Attribute, known_sureness
from events.look import locale
from events.model import DatePrecision, Event, EventPlace, When
from geodata.folding import fold

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
SURE_OF: Mapping[Attribute, str] = {
    "place": "of its place", "date": "of its date", "type": "of what happened", "status": "of how it is told",
}  # fmt: skip
NEARLY = {"week": "to the week", "month": "to the month", "season": "to the season", "year": "to the year"}


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> plural(1, "story", "stories"), plural(1200, "event")
    ('1 story', '1,200 events')
    """
    return f"{locale.number(count)} {one if count == 1 else many or one + 's'}"


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
    return locale.day(value, year)


def days(start: date, end: date) -> str:
    """A stretch of days, both included, in full.

    >>> days(date(2025, 3, 4), date(2025, 3, 25)), days(date(2025, 3, 4), date(2025, 3, 4))
    ('4–25 March 2025', '4 March 2025')
    >>> days(date(2024, 12, 30), date(2025, 1, 2))
    '30 December 2024 – 2 January 2025'
    """
    return locale.days(start, end)


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
        return locale.month(when.start)
    if when.start == when.end:
        return day(when.start, year)
    if whole_month:
        return locale.short_days(when.start, when.end, year)
    crosses = when.start.year != when.end.year
    return f"{day(when.start, crosses)} – {day(when.end, year or crosses)}"


def as_known(value: date, precision: DatePrecision) -> str:
    """The first or the last day of an interval, no more exactly than the interval is known. A season is known to its months.

    >>> as_known(date(2025, 1, 1), "year"), as_known(date(2025, 6, 1), "season"), as_known(date(2025, 3, 3), "week")
    ('2025', 'June 2025', '3 Mar 2025')
    """
    if precision == "year":
        return str(value.year)
    return locale.month(value) if precision in {"month", "season"} else day(value, year=True)


def when_in_full(when: When | None) -> str:
    """An event's interval with its weekday, or as the words it has.

    >>> when_in_full(When(start=date(2025, 3, 11), end=date(2025, 3, 11), precision="day"))
    'Tue 11 March 2025'
    """
    if when is None:
        return "No date"
    single = when.start == when.end
    return f"{locale.weekday(when.start)} {days(when.start, when.end)}" if single else days(when.start, when.end)


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


def place_read_as(place: EventPlace, words: str) -> str:
    """The same, with the place's name where the words are not that name.

    >>> caracas = EventPlace(name="Caracas", lat=10, lon=-67, precision="city", radius_km=25)
    >>> place_read_as(caracas, "Venezuela"), place_read_as(caracas, "CARACAS")
    ('Caracas, a town', 'a town')
    """
    reading = place_reading(place)
    return reading if not words or fold(words) == fold(place.name) else f"{place.name}, {reading}"


def sureness_reading(event: Event) -> str:
    """How sure the reading is of an event, and of each attribute as far as that is known.

    >>> from events.model import Quote
    >>> event = Event(id="1", story_id="s", type="AID", family="material cooperation", status="planned", what="Aid",
    ...     confidence=0.8, status_confidence=0.7, evidence=(Quote(part="text", start=0, end=3, text="Aid"),))
    >>> sureness_reading(event)
    '0.80, of how it is told 0.70'
    """
    known = ((SURE_OF[name], share) for name, share in known_sureness(event).items() if share is not None)
    return locale.decimal(event.confidence) + "".join(f", {words} {locale.decimal(share)}" for words, share in known)


def type_reading(event: Event) -> str:
    """An event's type with its family."""
    return f"{event.type.title()}, {event.family}"


def reports(count: int) -> str:
    """How many other stories tell of an event.

    >>> reports(1), reports(2), reports(4)
    ('the only report', 'and 1 other report', 'and 3 other reports')
    """
    return "the only report" if count <= 1 else f"and {plural(count - 1, 'other report')}"
