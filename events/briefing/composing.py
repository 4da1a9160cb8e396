"""A view becomes a briefing: which events it numbers, in which order, and the sentences that say what it covers.

For the page and the command line. It adds no judgement: nothing is ranked, summarised or scored. What the view holds
and the briefing leaves out is counted in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from events.briefing.briefing import Briefing, Entry, Source
from events.briefing.newest import newest_rows
from events.briefing.plain_text import plain, shortened, web_address
from events.look import view_wording, wording
from events.look.drawn_grounds import DrawnGround, drawn_ground_of
from events.model import STATUSES, DatePrecision, Event, Report
from events.view import EventTable, Filter, View
from geodata.gazetteer import Gazetteer

MOST_EVENTS = 60  # more marks than these nobody finds on one map
MOST_APART = 20  # events listed without a number, of each kind
MOST_SOURCES = 4
LONGEST_TITLE, LONGEST_QUOTE, LONGEST_HEADLINE, LONGEST_NAME = 200, 360, 160, 80  # characters
CREDITS = ("Land and borders: Natural Earth. Places: GeoNames.", "Boundaries imply no endorsement.")
NEARLY_KNOWN: frozenset[DatePrecision] = frozenset({"day", "week"})
COUNTS = "Counts are of reports, not of all that happened."


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decides about a briefing.

    `title` replaces the one made from the view. `order`: ids of events in the order wanted; those not named follow in
    order of time. `left_out`: ids of events to leave out. `as_of`: the day the briefing stands for; None for the day of
    the newest story, so that the same stories give the same bytes.
    """

    title: str = ""
    order: tuple[str, ...] = ()
    left_out: frozenset[str] = field(default_factory=frozenset)
    as_of: date | None = None


def compose(view: View, table: EventTable, gazetteer: Gazetteer, choices: Choices | None = None) -> Briefing:
    """The briefing of a view."""
    chosen = choices or Choices()
    drawn = in_order(view.table.at(newest_rows(view, MOST_EVENTS, chosen.left_out)), chosen)
    undated = [event for event in view.undated if event.id not in chosen.left_out]
    unplaced = [event for event in view.unplaced if event.id not in chosen.left_out]
    numbers = count(1)
    return Briefing(
        kicker=_kicker(view.filter, table),
        title=_title(view, table, chosen.title),
        subtitle=_subtitle(drawn, view.filter),
        entries=tuple(_entry(event, table, gazetteer, next(numbers)) for event in drawn),
        undated=tuple(_entry(event, table, gazetteer) for event in undated[:MOST_APART]),
        unplaced=tuple(_entry(event, table, gazetteer) for event in unplaced[:MOST_APART]),
        coverage=tuple(_coverage(view, table, drawn, len(undated), len(unplaced), chosen)),
        credits=CREDITS,
        as_of=chosen.as_of or table.newest,
    )


def in_order(shown: Sequence[Event], chosen: Choices) -> list[Event]:
    """The shown events that are not left out: those named in the order first, the others as they were."""
    place = {event_id: at for at, event_id in enumerate(chosen.order)}
    kept = [event for event in shown if event.id not in chosen.left_out]
    return sorted(kept, key=lambda event: place.get(event.id, len(place)))


def _entry(event: Event, table: EventTable, gazetteer: Gazetteer, number: int | None = None) -> Entry:
    place = event.place
    country = table.country_name(place.country) if place else ""
    own_first = sorted(event.reports, key=lambda report: report.story_id != event.story_id)
    return Entry(
        number=number,
        id=event.id,
        title=shortened(plain(event.what), LONGEST_TITLE) or "(no title)",
        date=wording.when_in_short(event.when, year=True),
        type=event.type,
        family=event.family,
        status=event.status,
        where=shortened(plain(wording.place_name(place, country)), 2 * LONGEST_NAME),
        sure_of_place=wording.place_reading(place) if place else "",
        quote=shortened(plain(event.evidence[0].text), LONGEST_QUOTE),
        attribution=shortened(plain(event.attribution or ""), LONGEST_NAME),
        sources=tuple(_source(report) for report in own_first[:MOST_SOURCES]),
        more_sources=max(0, len(own_first) - MOST_SOURCES),
        place=place.model_copy(update={"name": shortened(plain(place.name), LONGEST_NAME)}) if place else None,
        when=event.when,
        ground=drawn_ground_of(place, gazetteer) if place else DrawnGround(),
    )


def _source(report: Report) -> Source:
    title = f"“{shortened(plain(report.title), LONGEST_NAME)}”" if report.title.strip() else "Source unnamed"
    name = shortened(plain(report.source or ""), LONGEST_NAME) or title
    published = wording.day(report.published, year=True) if report.published else ""
    return Source(name, web_address(report.url), published)


def _kicker(chosen: Filter, table: EventTable) -> str:
    where = view_wording.where(chosen.regions, table.region_names)
    return plain(
        f"Event briefing · {where.removeprefix('in ').removeprefix('the ')}" if chosen.regions else "Event briefing"
    )


def _title(view: View, table: EventTable, given: str) -> str:
    if plain(given):
        return shortened(plain(given), LONGEST_HEADLINE)
    where = f" {view_wording.where(view.filter.regions, table.region_names)}" if view.filter.regions else ""
    days = _span(view.shown, view.filter)
    return plain(f"Events{where}" + (f", {wording.days(*days)}" if days else ""))


def _subtitle(drawn: Sequence[Event], chosen: Filter) -> str:
    if not drawn:
        return "No events to draw"
    told = {status: sum(event.status == status for event in drawn) for status in STATUSES}
    days = _span(drawn, chosen)
    when = f", {wording.days(*days)}" if days else ""
    return f"{wording.plural(len(drawn), 'event')}{when}: {view_wording.how_told(told)}".removesuffix(".")


def _coverage(
    view: View, table: EventTable, drawn: Sequence[Event], undated: int, unplaced: int, chosen: Choices
) -> Iterable[str]:
    """The sentences that say what is covered, what was chosen, and what is left out."""
    stories = {report.story_id for event in drawn for report in event.reports}
    outlets = {report.source for event in drawn for report in event.reports if report.source}
    if drawn:
        reports = sum(max(1, len(event.reports)) for event in drawn)
        of = f" of {view.total:,}" if view.total > len(drawn) else ""
        said = f"{len(drawn)}{of} {'event' if len(drawn) == 1 and not of else 'events'} in {wording.plural(reports, 'report')}"
        said += f" from {wording.plural(len(stories), 'story', 'stories')}" if stories else ""
        yield f"{said} of {wording.plural(len(outlets), 'outlet')}." if outlets else f"{said}."
    if said := view_wording.counted_of(view):
        yield said
    yield from _chosen(view.filter, table)
    yield from _left_out(view, len(drawn), undated, unplaced, chosen)
    yield f"{COUNTS} The newest story is of {wording.days(table.newest, table.newest)}." if table.newest else COUNTS


def _left_out(view: View, drawn: int, undated: int, unplaced: int, chosen: Choices) -> Iterable[str]:
    kept = len(view.shown) - sum(event_id in view.numbers for event_id in chosen.left_out)
    if kept > drawn:
        yield (
            f"Only the {drawn} newest of {kept:,}, by the day of their first report, are drawn and listed; "
            f"{kept - drawn:,} are left out. A view of fewer days, regions or kinds has room for all."
        )
    apart = [(unplaced, "no place"), (undated, "no date")]
    said = [f"{number:,} with {what}" for number, what in apart if number]
    if said:
        most = "" if max(undated, unplaced) <= MOST_APART else f", up to {MOST_APART} of each"
        yield f"Not drawn: {wording.listed(said)}; listed at the end{most}."
    if chosen.left_out:
        by_hand = sum(event.id in chosen.left_out for event in (*view.shown, *view.undated, *view.unplaced))
        yield f"Left out by hand: {wording.plural(by_hand, 'event')}."


def _chosen(chosen: Filter, table: EventTable) -> Iterable[str]:
    """The choices that narrow the briefing, in words; nothing where nothing is chosen."""
    parts = [words for _, words in view_wording.in_words(chosen, table.region_names)]
    parts += [_between(chosen.start, chosen.end)] if chosen.start or chosen.end else []
    if parts:
        yield plain(f"Chosen: {'; '.join(parts)}.")


def _between(start: date | None, end: date | None) -> str:
    if start and end:
        return wording.days(start, end)
    return f"from {wording.days(start, start)} on" if start else f"until {wording.days(end, end)}" if end else ""


def _span(events: Iterable[Event], chosen: Filter) -> tuple[date, date] | None:
    """From which day to which events were, within the chosen days. What is known to the month or year only begins on its
    first day and says nothing of the last, unless all is.
    """
    dated = [event.when for event in events if event.when]
    if not dated:
        return None
    start, end = min(when.start for when in dated), max(when.end for when in dated)
    if any(when.precision in NEARLY_KNOWN for when in dated):
        end = max(when.end if when.precision in NEARLY_KNOWN else when.start for when in dated)
    return max(start, chosen.start or start), min(end, chosen.end or end)
