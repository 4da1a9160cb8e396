"""How sure an event's place, date, type and status are, each by itself, as numbers of one byte.

For the store, whose columns hold them of millions of events, and for filters. What nobody knows is UNKNOWN, and counts as
less sure than all else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from events.model import Event

Attribute = Literal["place", "date", "type", "status"]
ATTRIBUTES: tuple[Attribute, ...] = get_args(Attribute)
UNKNOWN = 255
Shares = NDArray[np.uint8]  # hundredths from 0 to 100, or UNKNOWN; a row an event, a column an attribute


def known_sureness(event: Event) -> dict[Attribute, float | None]:
    """How sure each attribute of an event is, from 0 to 1; None where there is none or nobody knows."""
    return {
        "place": event.place.confidence if event.place else None,
        "date": event.when.confidence if event.when else None,
        "type": event.type_confidence,
        "status": event.status_confidence,
    }


def shares_of(events: Sequence[Event]) -> Shares:
    """The rows of some events."""
    rows = [[_hundredths(value) for value in known_sureness(event).values()] for event in events]
    return np.array(rows, dtype=np.uint8).reshape(-1, len(ATTRIBUTES))


def packed(event: Event) -> int:
    """The sureness of an event's date, type and status as one number; the place's stands apart in a store."""
    date, kind, status = (_hundredths(value) for value in list(known_sureness(event).values())[1:])
    return date | kind << 8 | status << 16


def unpacked(numbers: Sequence[int | None], of_place: Sequence[float | None]) -> Shares:
    """The rows of what a store has: `packed` numbers, None for nothing known, and the confidence of the places.

    >>> unpacked([80 | 90 << 8 | 255 << 16, None], [0.5, None]).tolist()
    [[50, 80, 90, 255], [255, 255, 255, 255]]
    """
    nothing = UNKNOWN | UNKNOWN << 8 | UNKNOWN << 16
    together = np.array([nothing if number is None else number for number in numbers], dtype="<u4")
    rest = together.view(np.uint8).reshape(-1, 4)[:, :3]
    places = np.array(of_place, dtype=np.float64)
    with_place = np.where(np.isnan(places), UNKNOWN, np.round(places * 100)).astype(np.uint8)
    return np.column_stack((with_place, rest))


def all_at_least(shares: Shares, wanted: Sequence[tuple[Attribute, float]]) -> NDArray[np.bool_]:
    """Which rows are known to be so sure of each of some attributes.

    >>> all_at_least(np.array([[90, 50, 255, 255], [90, 80, 255, 255]], np.uint8), [("place", 0.9), ("date", 0.8)]).tolist()
    [False, True]
    """
    fits = np.ones(len(shares), dtype=np.bool_)
    for attribute, least in wanted:
        column = shares[:, ATTRIBUTES.index(attribute)]
        fits &= (column >= np.uint8(round(least * 100))) & (column != UNKNOWN)
    return fits


def _hundredths(share: float | None) -> int:
    return UNKNOWN if share is None else round(100 * share)
