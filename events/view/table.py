"""All events as a table, so that a filter over a million of them takes milliseconds.

For `events.view.selection`. Built once for a revision of the store and then only read. The columns are numbers; an event
itself is read from where it is kept when it is opened or listed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np

from events.model import Event
from events.store.changes.lately import LAST_NUMBER
from events.store.columns.columns import (
    NO_DAY,
    EventColumns,
    Ints,
    Mask,
    Sets,
    in_time,
)
from events.view.filtering import Mark
from events.view.regions import Places, RegionChoice, Regions, region_names, regions_of_places, tree_of
from events.view.rows import Rows
from events.view.seeking import SoughtRows, all_rows
from events.view.sources import Changes, InMemory, Source
from events.view.table_columns import TableColumns

DAYS_BEFORE_NEWS = 14  # what is told as background is often older than this and would flatten the timeline
DAYS_AFTER_NEWS = 30
MOST_KEPT = 2_000  # events that stay in memory once they were read


@dataclass(frozen=True, eq=False)
class EventTable(TableColumns):
    """Events in order of time, the undated last, and their columns. Build it with `from_events` or `from_columns`.

    `first` and `last` bound the dated events; `window` bounds those of the weeks around the stories' publication, which
    is what a newcomer sees; `newest` is the day the newest story was published. `regions` are those of each place, one a
    row, the last for no place; `region_names` tells regions of one name apart.
    """

    source: Source
    regions: Sets
    tree: tuple[RegionChoice, ...]
    region_names: Mapping[str, str]
    first: date | None
    last: date | None
    window: tuple[date, date] | None
    changes: Changes | None = None
    _kept: OrderedDict[int, Event] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    @classmethod
    def from_events(
        cls, events: Sequence[Event], atlas: Regions, gazetteer: Places, changes: Changes | None = None
    ) -> EventTable:
        """The table of these events. atlas, gazetteer: say which regions an event's place touches."""
        ordered = tuple(sorted(events, key=in_time))
        return cls.from_columns(EventColumns.of(ordered), InMemory(ordered), atlas, gazetteer, changes)

    @classmethod
    def from_columns(
        cls, columns: EventColumns, source: Source, atlas: Regions, gazetteer: Places, changes: Changes | None = None,
        touched: Sequence[frozenset[str]] | None = None,
    ) -> EventTable:  # fmt: skip
        """The table of these columns, whose events are read from `source`. changes: None where nobody knows of any; touched:
        the regions of each place, None to work them out.
        """
        dated = columns.start != NO_DAY
        if touched is None:
            touched = regions_of_places(columns.known_places, atlas, gazetteer)
        regions = Sets.of([*touched, frozenset()])
        names = region_names(atlas.tree())
        return cls(
            columns=columns,
            source=source,
            regions=regions,
            tree=tree_of(atlas.tree(), set(regions.names), names),
            region_names=names,
            first=_day(columns.start[dated].min()) if dated.any() else None,
            last=_day(columns.end[dated].max()) if dated.any() else None,
            window=_window(columns, dated),
            changes=changes,
        )

    @cached_property
    def events(self) -> Rows:
        """All events, in order of time."""
        return self.sought(all_rows(len(self)), len(self))

    def at(self, rows: Ints) -> Rows:
        """The events of some rows, read when they are looked at."""
        return Rows(rows, len(rows), self._read, self.row_of)

    def walk(self, rows: Ints) -> Iterator[Event]:
        """The events of some rows, one after the other, however many: they are read as they are taken, and none is kept."""
        return self.source.in_order(self.ids(rows))

    def sought(self, rows: SoughtRows, count: int) -> Rows:
        """The events of rows that are sought when they are looked at, and are so many."""
        return Rows(rows, count, self._read, self.row_of)

    def event(self, event_id: str | None) -> Event | None:
        """The event of this id; None where there is none."""
        row = self.row_of(event_id) if event_id else None
        return (
            None if row is None else next(iter(self._read(np.array([row], dtype=np.int32))), None)
        )  # it may be gone since

    def worded(self, words: Sequence[str]) -> Mask:
        """Which rows have all of these folded words in what is told of them."""
        found = self.source.matching(words)
        if not isinstance(found, np.ndarray):
            return self.named(found)
        fits = np.zeros(len(self), dtype=np.bool_)
        fits[found] = True
        return fits

    def changed(self, first: date | None, last: date | None) -> Mask:
        """Which rows were reported or changed from one day to another; None leaves an end open."""
        start, end = first or date.min, last or date.max
        begin, until = max(1, start.toordinal()), end.toordinal()
        published, last_published = self.columns.published, self.columns.last_published
        fits = (published >= begin) & (published <= until)
        if self.changes is None:
            return fits
        if last_published is None:
            return fits | self.named(self.changes.changed_between(start, end))
        fits |= (last_published >= begin) & (last_published <= until)
        around = np.flatnonzero((published < begin) & (last_published > until)).astype(np.int32)  # one may lie between
        return fits | self.named(self.changes.changed_between(start, end, self.ids(around)))

    def since(self, mark: Mark) -> Mask:
        """Which rows were reported or changed after a mark; none where nobody knows."""
        if self.changes is None:
            return self.named(())
        stories, readings = self.columns.newest_story, self.columns.newest_change
        if stories is None or readings is None:
            return self.named(self.changes.since(mark.story, mark.change))
        fits = self.named(self.changes.corrected_since(mark.change))
        fits |= stories > min(mark.story, LAST_NUMBER)
        fits |= readings > min(mark.change, LAST_NUMBER)
        return fits

    def country_name(self, code: str | None) -> str:
        """The name of a country by its ISO code; the code itself where the atlas has none; "" for None."""
        return self.region_names.get(f"country:{code}", code) if code else ""

    def _read(self, rows: Ints) -> tuple[Event, ...]:
        wanted = rows.tolist()
        read = {row: event for row in wanted if (event := self._kept.get(row)) is not None}
        missing = {event_id: row for row, event_id in zip(wanted, self.ids(rows), strict=True) if row not in read}
        if missing:
            fresh = {missing[event.id]: event for event in self.source.events(list(missing))}
            read |= fresh
            self._keep(fresh)
        return tuple(read[row] for row in wanted if row in read)

    def _keep(self, fresh: Mapping[int, Event]) -> None:
        with self.lock:
            self._kept.update(fresh)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


def _window(columns: EventColumns, dated: Mask) -> tuple[date, date] | None:
    """From the first to the last day of the events that lie near the news; of all events where none does."""
    start, end = columns.start[dated], columns.end[dated]
    if not len(start):
        return None
    if columns.oldest and columns.newest:
        earliest = (columns.oldest - timedelta(days=DAYS_BEFORE_NEWS)).toordinal()
        latest = (columns.newest + timedelta(days=DAYS_AFTER_NEWS)).toordinal()
        near = (start >= earliest) & (end <= latest)
        if near.any():
            start, end = start[near], end[near]
    return _day(start.min()), _day(end.max())


def _day(ordinal: Any) -> date:
    return date.fromordinal(int(ordinal))
