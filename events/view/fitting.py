"""Which rows fit a filter: by tables that say it of every value of a column, and by masks where each row has its own.

For `events.view.selection`. Three columns say nearly all that can be chosen: what is told and how ("kinds"), where ("places")
and by whom ("sources"). A choice on one of them is a small table over its values, and taking it back costs no look at rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import reduce
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from events.model import STATUSES
from events.ontology import FAMILIES
from events.store.columns.attribute_sureness import all_at_least
from events.store.columns.columns import TYPE_NAMES, Ints, Mask
from events.view.areas import Area
from events.view.filtering import Choice, Filter, words_of
from events.view.table import FAMILY_OF_TYPE, EventTable
from geodata.folding import fold

Axis = Literal["kinds", "places", "sources"]
AXES: Mapping[Axis, tuple[Choice, ...]] = {
    "kinds": ("families", "types", "statuses", "not_families", "not_types", "not_statuses"),
    "places": ("regions", "not_regions", "area"),
    "sources": ("sources", "not_sources"),
}
NAMES_OF_NOT: Mapping[Choice, Choice] = {
    "regions": "not_regions", "families": "not_families", "types": "not_types", "statuses": "not_statuses",
    "sources": "not_sources",
}  # fmt: skip
TYPE_OF_KIND = np.repeat(np.arange(len(TYPE_NAMES)), len(STATUSES))
KIND_COLUMNS: Mapping[str, tuple[NDArray[Any], Sequence[str]]] = {
    "families": (FAMILY_OF_TYPE[TYPE_OF_KIND], FAMILIES),
    "types": (TYPE_OF_KIND, TYPE_NAMES),
    "statuses": (np.tile(np.arange(len(STATUSES)), len(TYPE_NAMES)), STATUSES),
}


class Lookups:
    """Which values of each axis fit the choices that leave something out. The last place stands for none."""

    def __init__(self, table: EventTable, chosen: Filter) -> None:
        self.of_choice: dict[Choice, Mask] = {}
        for choice, out in NAMES_OF_NOT.items():
            if values := getattr(chosen, choice):
                self.of_choice[choice] = _having(table, choice, values)
            if values := getattr(chosen, out):
                self.of_choice[out] = ~_having(table, choice, values)
        if chosen.area:
            self.of_choice["area"] = _within(table, chosen.area)

    def on(self, axis: Axis, but: Collection[Choice] = ()) -> Mask | None:
        """Which values of an axis fit its choices but those named; None where all do."""
        some = [self.of_choice[choice] for choice in AXES[axis] if choice in self.of_choice and choice not in but]
        return reduce(np.logical_and, some) if some else None


class Fitting:
    """Which rows of a table fit a filter."""

    def __init__(self, table: EventTable, chosen: Filter) -> None:
        self._table = table
        self.lookups = Lookups(table, chosen)
        self._rows = _row_masks(table, chosen)
        self._axes = {axis: _by_code(self.lookups.on(axis), codes) for axis, codes in codes_of(table).items()}

    def drawn(self, *but: Axis) -> Mask:
        """The rows with a place and a date that fit; whatever is chosen on the axes named."""
        fits = self._table.drawable.copy()
        for mask in self._rows.values():
            fits &= mask
        for axis, fitting in self._axes.items():
            if fitting is not None and axis not in but:
                fits &= fitting
        return fits

    def drawn_without(self, choice: Choice) -> Mask:
        """The rows with a place and a date that fit all choices but one."""
        fits = self._table.drawable.copy()
        for own, mask in self._rows.items():
            if own != choice:
                fits &= mask
        for axis, codes in codes_of(self._table).items():
            fitting = _by_code(self.lookups.on(axis, (choice,)), codes) if choice in AXES[axis] else self._axes[axis]
            if fitting is not None:
                fits &= fitting
        return fits

    def undated(self) -> Ints:
        """The rows with a place and no date that fit; no day is asked of them."""
        return self._among(self._table.undated_rows, but={"dates"})

    def unplaced(self) -> Ints:
        """The rows with no place that fit; no region is asked of them, and of those without a date no day."""
        table = self._table
        rows = self._among(table.unplaced_rows, but={"dates"}, axes={"places"})
        dates = self._rows.get("dates")
        return rows if dates is None else rows[dates[rows] | ~table.dated[rows]]

    def _among(self, rows: Ints, but: Collection[Choice], axes: Collection[Axis] = ()) -> Ints:
        """Those of some rows that fit all choices but some, and but those on some axes."""
        for choice, mask in self._rows.items():
            if choice not in but:
                rows = rows[mask[rows]]
        for axis, fitting in self._axes.items():
            if fitting is not None and axis not in axes:
                rows = rows[fitting[rows]]
        return rows


def codes_of(table: EventTable) -> dict[Axis, NDArray[Any]]:
    """The column of each axis."""
    return {"kinds": table.kinds, "places": table.columns.places, "sources": table.sources.of_row}


def _by_code(lookup: Mask | None, codes: NDArray[Any]) -> Mask | None:
    return None if lookup is None else lookup[codes]  # -1, no place, is the last


def _row_masks(table: EventTable, chosen: Filter) -> dict[Choice, Mask]:
    """The choices by what each row has of its own."""
    masks: dict[Choice, Mask] = {}
    if chosen.start or chosen.end:
        masks["dates"] = _overlapping(table, chosen)
    if chosen.sureness > 0:
        masks["sureness"] = table.columns.sureness >= np.float32(chosen.sureness)
    if chosen.sure_of:
        masks["sure_of"] = all_at_least(table.columns.attributes, chosen.sure_of)
    wanted, unwanted = words_of(chosen.words)
    if wanted or unwanted:
        masks["words"] = _worded(table, wanted, unwanted)
    if chosen.changed_from or chosen.changed_to:
        masks["changed"] = table.changed(chosen.changed_from, chosen.changed_to)
    if chosen.since is not None:
        masks["since"] = table.since(chosen.since)
    return masks


def _within(table: EventTable, area: Area) -> Mask:
    """Which places stand in an area, by their points."""
    known = table.columns.known_places
    lat, lon = (np.array([key[at] for key in known], dtype=np.float64) for at in (2, 3))
    return np.append(area.holds(lat, lon), False)


def _having(table: EventTable, choice: Choice, values: Sequence[str]) -> Mask:
    """Which values of the choice's axis have one of the values chosen."""
    if choice == "regions":
        return table.regions.any_of(values)
    if choice == "sources":
        return table.sources.sets_with(values)
    codes, names = KIND_COLUMNS[choice]
    fits: Mask = np.array([name in values for name in names])[codes]
    return fits


def _worded(table: EventTable, wanted: Sequence[str], unwanted: Sequence[str]) -> Mask:
    fits = np.ones(len(table), dtype=np.bool_)
    if folded := fold(" ".join(wanted)).split():
        fits &= table.worded(folded)
    for word in unwanted:
        if folded := fold(word).split():
            fits &= ~table.worded(folded)
    return fits


def _overlapping(table: EventTable, chosen: Filter) -> Mask:
    """Dated rows whose interval meets the filter's."""
    fits = table.dated.copy()
    if chosen.start:
        fits &= table.end >= np.int32(chosen.start.toordinal())
    if chosen.end:
        fits &= table.start <= np.int32(chosen.end.toordinal())
    return fits
