"""A filter over the table: what is shown, what is listed apart, and how many events each further choice would give.

For the page and briefings. What has no place or no date is listed and counted, never drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from events.model import STATUSES, Event, Status
from events.ontology import FAMILIES
from events.view.filtering import Choice, Filter
from events.view.table import TYPE_NAMES, EventTable, Ints, Mask
from geodata.folding import fold


@dataclass(frozen=True, slots=True)
class Counts:
    """For each value of a choice, how many events can be drawn with it when all other choices stay as they are."""

    regions: Mapping[str, int]
    families: Mapping[str, int]
    types: Mapping[str, int]
    statuses: Mapping[str, int]
    sources: Mapping[str, int]


@dataclass(frozen=True)
class View:
    """What a filter selects.

    `shown` are the events with a place and a date, in order of time; an event's number is its position there, from 1.
    `unplaced` fit the filter but have no place (no region is asked of them); `undated` have a place and no date (no day
    is asked of them). `total` is how many events of the whole table could be drawn.
    """

    filter: Filter
    shown: tuple[Event, ...]
    unplaced: tuple[Event, ...]
    undated: tuple[Event, ...]
    total: int
    counts: Counts
    mask: Mask

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each shown event, by id."""
        return {event.id: number for number, event in enumerate(self.shown, 1)}

    @cached_property
    def told(self) -> Mapping[Status, int]:
        """How many of the shown events have each status."""
        return {status: sum(event.status == status for event in self.shown) for status in STATUSES}


def select(table: EventTable, chosen: Filter) -> View:
    """What the filter selects from the table."""
    masks = _masks(table, chosen)
    drawable = table.dated & table.placed
    shown = drawable & _all(masks, table)
    undated_or_in_time = masks.get("dates", _everything(table)) | ~table.dated
    unplaced = ~table.placed & _all(masks, table, "regions", "dates") & undated_or_in_time
    undated = table.placed & ~table.dated & _all(masks, table, "dates")
    return View(
        filter=chosen,
        shown=_events(table, shown),
        unplaced=_events(table, unplaced),
        undated=_events(table, undated),
        total=int(drawable.sum()),
        counts=Counts(
            regions=table.regions.counts(drawable & _all(masks, table, "regions")),
            families=_totals(table.families, drawable & _all(masks, table, "families"), FAMILIES),
            types=_totals(table.types, drawable & _all(masks, table, "types"), TYPE_NAMES),
            statuses=_totals(table.statuses, drawable & _all(masks, table, "statuses"), STATUSES),
            sources=table.sources.counts(drawable & _all(masks, table, "sources")),
        ),
        mask=shown,
    )


def relaxations(table: EventTable, chosen: Filter) -> Iterator[tuple[Choice, int]]:
    """Each choice that, taken back alone, gives something to draw, and how many events it gives."""
    masks = _masks(table, chosen)
    drawable = table.dated & table.placed
    for choice in chosen.chosen():
        count = int((drawable & _all(masks, table, choice)).sum())
        if count:
            yield choice, count


def _masks(table: EventTable, chosen: Filter) -> dict[Choice, Mask]:
    """Which rows fit each choice that leaves something out."""
    masks: dict[Choice, Mask] = {}
    if chosen.start or chosen.end:
        masks["dates"] = _overlapping(table, chosen)
    if chosen.regions:
        masks["regions"] = table.regions.any_of(chosen.regions, len(table.events))
    if chosen.families:
        masks["families"] = _among(table.families, FAMILIES, chosen.families)
    if chosen.types:
        masks["types"] = _among(table.types, TYPE_NAMES, chosen.types)
    if chosen.statuses:
        masks["statuses"] = _among(table.statuses, STATUSES, chosen.statuses)
    if chosen.sources:
        masks["sources"] = table.sources.any_of(chosen.sources, len(table.events))
    if chosen.sureness > 0:
        masks["sureness"] = table.sureness >= chosen.sureness
    if words := fold(chosen.words).split():
        masks["words"] = np.array([all(word in text for word in words) for text in table.wording], dtype=np.bool_)
    return masks


def _overlapping(table: EventTable, chosen: Filter) -> Mask:
    """Dated rows whose interval meets the filter's."""
    fits = table.dated.copy()
    if chosen.start:
        fits &= table.end >= chosen.start.toordinal()
    if chosen.end:
        fits &= table.start <= chosen.end.toordinal()
    return fits


def _among(codes: Ints, names: tuple[str, ...], chosen: tuple[str, ...]) -> Mask:
    return np.isin(codes, [names.index(name) for name in chosen if name in names])


def _all(masks: Mapping[Choice, Mask], table: EventTable, *but: Choice) -> Mask:
    """The rows that fit all choices but those named."""
    fits = _everything(table)
    for choice, mask in masks.items():
        if choice not in but:
            fits &= mask
    return fits


def _everything(table: EventTable) -> Mask:
    return np.ones(len(table.events), dtype=np.bool_)


def _events(table: EventTable, mask: Mask) -> tuple[Event, ...]:
    return tuple(table.events[row] for row in np.flatnonzero(mask).tolist())


def _totals(codes: Ints, mask: Mask, names: tuple[str, ...]) -> dict[str, int]:
    return dict(zip(names, np.bincount(codes[mask], minlength=len(names)).tolist(), strict=True))
