"""iCalendar (RFC 5545): what is planned and what was called off, as whole-day entries for a calendar.

Only events with a day are in it; what is called off is there with STATUS:CANCELLED, so that a calendar that knew of it
strikes it out. A date that is only known to the week or the month is an entry over all its days that blocks no time and
says how well the date is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from events.exporting.dataset import Dataset, Scope
from events.exporting.rows import GAP, plain, web_addresses
from events.model import POINTS, Event, When

STATUS = {"planned": "TENTATIVE", "cancelled": "CANCELLED"}
OCTETS = 75  # of a line, without its end
_LINE_ENDS = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar(dataset: Dataset) -> bytes:
    """The planned and the cancelled events as a VCALENDAR in UTF-8, lines ended by CRLF and folded."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Dateline//Dateline events 1//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Planned events",
        f"X-WR-CALDESC:{escaped(_description(dataset))}",
    ]
    for event in dataset.events:
        if event.when and event.status in STATUS:
            lines += _entry(event, event.when, dataset.scope)
    return "".join(part + "\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line)).encode(
        "utf-8", "replace"
    )


def escaped(text: str) -> str:
    r"""A text as the value of a property (RFC 5545, 3.3.11).

    >>> escaped("Talks; Kyiv, noon\nROOM \\2")
    'Talks\\; Kyiv\\, noon\\nROOM \\\\2'
    """
    return _LINE_ENDS.sub("\n", plain(text)).translate(_ESCAPED)


def folded(line: str) -> Iterator[str]:
    """A content line in parts of 75 octets at most, none of which breaks a character (RFC 5545, 3.1).

    >>> [len(part.encode()) for part in folded("SUMMARY:" + "é" * 60)]
    [74, 55]
    """
    part, octets = "", 0
    for letter in line:
        width = len(letter.encode("utf-8", "replace"))
        if octets + width > OCTETS:
            yield part
            part, octets = " ", 1
        part, octets = part + letter, octets + width
    yield part


def _entry(event: Event, when: When, scope: Scope) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.id)}@dateline"
    yield f"DTSTAMP:{_stamp(event, when, scope)}"
    yield f"DTSTART;VALUE=DATE:{_compact(when.start)}"
    if when.end < date.max:
        yield f"DTEND;VALUE=DATE:{_compact(when.end + timedelta(days=1))}"  # the day after, as the format has it
    yield f"SUMMARY:{escaped(event.what)}"
    if event.place:
        yield f"LOCATION:{escaped(event.place.name)}"
        if event.place.precision in POINTS:
            yield f"GEO:{event.place.lat:.6f};{event.place.lon:.6f}"
    yield f"STATUS:{STATUS[event.status]}"
    yield f"CATEGORIES:{escaped(event.type)}"
    yield f"DESCRIPTION:{escaped(_details(event, when))}"
    yield from (f"URL:{url}" for url in web_addresses(event)[:1] if url.isascii())
    yield "TRANSP:TRANSPARENT"
    yield f"X-DATELINE-DATE-PRECISION:{when.precision}"
    yield "END:VEVENT"


def _details(event: Event, when: When) -> str:
    """The quotes, how well the date is known, who says so, and where it stands."""
    lines = [f"“{GAP.join(quote.text for quote in event.evidence)}”"]
    words = f"“{when.text}”" if when.text else "no words of the story; its own day is assumed" if when.assumed else ""
    lines.append(f"Date known to the {when.precision}" + (f", from {words}" if words else ""))
    if event.place:
        lines.append(f"Place known as: {event.place.precision}")
    if event.attribution:
        lines.append(f"According to {event.attribution}")
    for report in event.reports:
        lines.append(" ".join(part for part in (report.source, report.title, report.url) if part))
    return "\n".join(line for line in lines if line)


def _description(dataset: Dataset) -> str:
    """What the calendar holds and leaves out."""
    fit = [event for event in dataset.events if event.status in STATUS]
    undated = sum(event.when is None for event in fit)
    return (
        f"Planned and cancelled events as news stories tell of them: {len(fit) - undated}. Filters: "
        f"{dataset.scope.filters_in_words()}. Left out: {undated} without a date, "
        f"{len(dataset.events) - len(fit)} of another status, {dataset.scope.left_out} by the filters."
    )


def _stamp(event: Event, when: When, scope: Scope) -> str:
    """When what is known of the event was written: its newest report's day, so that the same data give the same bytes."""
    days = [report.published for report in event.reports if report.published]
    day = max(days, default=scope.newest or when.start)
    return f"{_compact(day)}T000000Z"


def _compact(day: date) -> str:
    return day.isoformat().replace("-", "")
