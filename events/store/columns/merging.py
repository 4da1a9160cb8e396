"""Columns with what changed since they were read: rows taken out, rows put in at their places in time.

For `events.view.stored`. A thousand changed among ten million cost a copy of the arrays and no reading of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from events.store.columns.columns import NO_DAY, EventColumns, Ints, Mask, PlaceKey, Sets
from events.store.columns.row_index import RowIndex


def merged(
    old: EventColumns, index: RowIndex, changed: EventColumns, count: int, ids: Callable[[], Iterable[str]]
) -> EventColumns:  # fmt: skip
    """Columns in which rows stand as they are now.

    index: that of the old ids. changed: the rows that are new or other than before. count: how many there are now; ids:
    gives the ids of all, and is asked only where some are gone.
    """
    known = index.find(old.ids, changed.ids.tolist())
    stays = np.ones(len(old.ids), dtype=np.bool_)
    stays[known[known >= 0]] = False
    if np.count_nonzero(stays) + len(changed.ids) != count:
        there = index.find(old.ids, [each.encode() for each in ids()])
        still = np.zeros(len(old.ids), dtype=np.bool_)
        still[there[there >= 0]] = True
        stays &= still
    kept = _kept(old, stays)
    fresh, places, sources = _in_one_numbering(old, changed)
    at = _places_in_time(kept, fresh)
    rows = {name: _with(getattr(kept, name), at, getattr(fresh, name)) for name in _names(old)}
    of_row = np.insert(kept.sources.of_row, at, fresh.sources.of_row)
    return replace(
        fresh, **rows, known_places=places, sources=Sets.numbered(sources, of_row),
        oldest=_outer(min, old.oldest, changed.oldest), newest=_outer(max, old.newest, changed.newest),
    )  # fmt: skip


def _with(column: NDArray[Any], at: NDArray[np.intp], values: NDArray[Any]) -> NDArray[Any]:
    """A column with values put in; ids may be longer than all before."""
    wide = np.promote_types(column.dtype, values.dtype)
    return np.insert(column.astype(wide, copy=False), at, values, axis=0)


def _names(columns: EventColumns) -> list[str]:
    return [each.name for each in fields(EventColumns) if isinstance(getattr(columns, each.name), np.ndarray)]


def _kept(old: EventColumns, stays: Mask) -> EventColumns:
    """The old rows but those that are gone or other, as plain columns."""
    own = {each.name: getattr(old, each.name) for each in fields(EventColumns)}
    own |= {name: own[name][stays] for name in _names(old)}
    sources = old.sources
    own["sources"] = Sets(sources.names, sources.of_row[stays], sources.sets, sources.members, sources.size)
    return EventColumns(**own)


def _in_one_numbering(
    old: EventColumns, changed: EventColumns
) -> tuple[EventColumns, tuple[PlaceKey, ...], list[frozenset[str]]]:  # fmt: skip
    """The changed rows with the numbers that the old ones have for places and outlets, and what these then number."""
    places = {key: number for number, key in enumerate(old.known_places)}
    lookup = np.array([places.setdefault(key, len(places)) for key in changed.known_places] + [-1], dtype=np.int32)
    sets = {names: number for number, names in enumerate(sets_of(old.sources))}
    own = np.array([sets.setdefault(names, len(sets)) for names in sets_of(changed.sources)], dtype=np.int32)
    of_row = own[changed.sources.of_row] if len(own) else changed.sources.of_row
    renumbered = replace(changed.sources, of_row=of_row)
    return replace(changed, places=lookup[changed.places], sources=renumbered), tuple(places), list(sets)


def sets_of(column: Sets) -> list[frozenset[str]]:
    """The sets of a column, by their numbers.

    >>> sets_of(Sets.of([["b", "a"], []])) == [frozenset({"a", "b"}), frozenset()]
    True
    """
    found: list[set[str]] = [set() for _ in range(column.size)]
    for number, member in zip(column.sets.tolist(), column.members.tolist(), strict=True):
        found[number].add(column.names[member])
    return [frozenset(names) for names in found]


def _places_in_time(kept: EventColumns, fresh: EventColumns) -> NDArray[np.intp]:
    """Before which of the kept rows each fresh one stands; both are in order of time, the undated last."""
    dated = int(np.count_nonzero(kept.start != NO_DAY))
    return np.array([_place(kept, fresh, row, dated) for row in range(len(fresh.ids))], dtype=np.intp)


def _place(kept: EventColumns, fresh: EventColumns, row: int, dated: int) -> int:
    low, high = (0, dated) if fresh.start[row] != NO_DAY else (dated, len(kept.ids))
    for name in ("start", "end", "ids"):
        column: Ints | NDArray[np.bytes_] = getattr(kept, name)[low:high]
        value: Any = getattr(fresh, name)[row]
        left = int(np.searchsorted(column, value, side="left"))
        low, high = low + left, low + int(np.searchsorted(column, value, side="right"))
    return low


def _outer(which: Callable[..., date], one: date | None, other: date | None) -> date | None:
    days = [day for day in (one, other) if day]
    return which(days) if days else None
