"""A view of a store, opened for a command: what a filter selects, with what it was selected from.

For `export` and `brief`.
"""

from __future__ import annotations

from dataclasses import dataclass

from events.store import Store
from events.store_options import name_of_what_is_there
from events.view import EventTable, Filter, View, select
from events.view.stored import table_of
from geodata.atlas import Atlas
from geodata.gazetteer import Gazetteer


@dataclass(frozen=True)
class Selected:
    """A view of a store, with what it was selected from: the store, the table, the gazetteer, and how many stories there
    are. Its events are read from the store when they are looked at; with `with`, the store is closed in the end.
    """

    view: View
    table: EventTable
    gazetteer: Gazetteer
    stories: int
    store: Store
    elsewhere: int = 0  # events of the store that were not read, for they stand far from the area that is asked for

    def __enter__(self) -> Selected:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()


def selected(store: str | None, chosen: Filter, *, near: bool = False) -> Selected:
    """The view that a filter selects from a store. One that isn't there is not made.

    near: where an area is chosen, read only what stands near it: quicker, and the table lacks the rest of the store.
    Raises StoreError and GazetteerError, whose messages say what to do.
    """
    name = name_of_what_is_there(store)
    gazetteer = Gazetteer.open()
    kept = Store.open(name)
    table = table_of(kept, Atlas.open(gazetteer), gazetteer, chosen.area.box if near and chosen.area else None)
    elsewhere = kept.event_count() - len(table) if near and chosen.area else 0
    return Selected(select(table, chosen), table, gazetteer, kept.story_count(), kept, elsewhere)
