"""What an export holds: the events of a view in their order, their grounds, and what the view leaves out.

For the formats, which get nothing else. Events without a place or without a day are part of it, as they are part of what
the page lists; a format that can't hold them says so in its own text.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from events.exporting.grounds import Ground, Places, ground_key, ground_of
from events.model import Event
from events.view import Filter, View

NOTE = (
    "Counts are of reported events, not of what happened in the world. Status says how the stories tell of an event, "
    "not that it is so. Outlines imply no endorsement of boundaries."
)
CREDIT = (
    "Places: GeoNames (CC BY 4.0) and Dateline's own tables; outlines: Natural Earth (public domain) and Dateline's own; "
    "names of event types: PLOVER (Open Event Data Alliance)."
)
MOST_GROUNDS = 8_000  # outlines in memory
Chosen = Mapping[str, str | list[str]]
Grounded = tuple[Event, Ground | None]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which choices were made and how many events they take in, so that nothing that is left out goes unsaid.

    `filters` holds only what was chosen, under the names of the command line and the page's address. `undated` and
    `unplaced` are among the `events`; no day was asked of the undated and no region of the unplaced. `newest` is the last
    day of publication.
    """

    filters: Chosen
    events: int
    undated: int
    unplaced: int
    left_out: int
    stories: int
    newest: date | None = None

    def facts(self) -> dict[str, str]:
        """All of it as words by name, for formats that have room for a table.

        >>> Scope({"status": ["planned"]}, 2, 0, 1, 40, 9).facts()["filters"]
        'status: planned'
        """
        return {
            "filters": self.filters_in_words(),
            "events": str(self.events),
            "undated": f"{self.undated} (no day was asked of them)",
            "unplaced": f"{self.unplaced} (no region was asked of them)",
            "left_out": f"{self.left_out} by the filters",
            "stories": str(self.stories),
            "newest_story": self.newest.isoformat() if self.newest else "unknown",
            "note": NOTE,
            "credit": CREDIT,
        }

    def filters_in_words(self) -> str:
        """The choices on one line.

        >>> Scope({}, 0, 0, 0, 0, 0).filters_in_words()
        'none'
        """
        said = (
            f"{name}: {value if isinstance(value, str) else ', '.join(value)}" for name, value in self.filters.items()
        )
        return "; ".join(said) or "none"


@dataclass(frozen=True, slots=True)
class Dataset:
    """The events in order of time, the undated and the unplaced last; by id the grounds of those that have one."""

    events: tuple[Event, ...]
    grounds: Mapping[str, Ground]
    scope: Scope

    def grounded(self) -> Iterator[Grounded]:
        """The events, each with its ground."""
        return ((event, self.grounds.get(event.id)) for event in self.events)


def dataset_of(view: View, gazetteer: Places, stories: int, elsewhere: int = 0) -> Dataset:
    """What a view holds. stories: how many there are in the store; elsewhere: events of it that the table does not have."""
    pairs = list(grounded(view, gazetteer))
    grounds = {event.id: ground for event, ground in pairs if ground}
    return Dataset(tuple(event for event, _ in pairs), grounds, scope_of(view, stories, elsewhere))


def grounded(view: View, gazetteer: Places) -> Iterator[Grounded]:
    """The events of a view as they are read, in the order of `Dataset`, each with its ground; no more are in memory than are
    read together. A place is worked out once, or again when thousands of others came between: many events share a country.
    """
    known: OrderedDict[object, Ground | None] = OrderedDict()
    rows = np.concatenate([some.rows for some in (view.shown, view.undated, view.unplaced)])
    for event in view.table.walk(rows):
        if event.place is None:
            yield event, None
            continue
        key = ground_key(event.place)
        if key not in known:
            known[key] = ground_of(event.place, gazetteer)
        known.move_to_end(key)
        yield event, known[key]
        if len(known) > MOST_GROUNDS:
            known.popitem(last=False)


def scope_of(view: View, stories: int, elsewhere: int = 0) -> Scope:
    """What a view takes in and leaves out; no event is read for that. The numbers are those of `dataset_of`."""
    table, unplaced = view.table, view.unplaced.rows
    listed = len(view.shown) + len(view.undated) + len(unplaced)
    return Scope(
        filters=_chosen(view.filter, table.region_names),
        events=listed,
        undated=len(view.undated) + int((~table.dated[unplaced]).sum()),
        unplaced=len(unplaced),
        left_out=len(table) - listed + elsewhere,
        stories=stories,
        newest=table.newest,
    )


def _chosen(chosen: Filter, region_names: Mapping[str, str]) -> Chosen:
    """The choices that leave something out, under the names of the command line's options; regions by their names."""
    values = chosen.by_option()
    named = {name: tuple(region_names.get(region, region) for region in values[name])
             for name in ("region", "not-region") if name in values}  # fmt: skip
    return {name: value if isinstance(value, str) else list(value) for name, value in (values | named).items()}
