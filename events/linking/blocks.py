"""Blocks of place and day, so that a report is compared with its neighbours alone.

For linking and the store. The Earth is cut into cells of two degrees; a report that is wide or unplaced stands in a block
of its own kind, which is compared with every cell of its days and fitting types.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from events.linking.likeness import DAYS_APART, Sketch

CELL = 2.0  # degrees
CELLS_AROUND = int(360 / CELL)
WIDEST_KM = 200.0  # two reports in places of at most this radius can fit only in cells that touch
KM_A_DEGREE = 111.0
WIDE = -1
BUCKET_DAYS = 4


def block_of(sketch: Sketch) -> int:
    """The number of the cell in which a report's place lies; WIDE for a wide place or none.

    >>> block_of(Sketch("s", "AID", None, None, 51.5, -0.1, 10.0, None))
    12689
    """
    if sketch.lat is None or sketch.lon is None or sketch.radius_km > WIDEST_KM:
        return WIDE
    return _cell(math.floor((sketch.lat + 90) / CELL), math.floor((sketch.lon + 180) / CELL))


@lru_cache(maxsize=1024)
def blocks_around(sketch: Sketch) -> frozenset[int] | None:
    """The cells whose reports can fit this one's place, WIDE among them; None: all of them."""
    if block_of(sketch) == WIDE or sketch.lat is None or sketch.lon is None:
        return None
    row, column = math.floor((sketch.lat + 90) / CELL), math.floor((sketch.lon + 180) / CELL)
    shrinking = math.cos(math.radians(min(89.9, abs(sketch.lat) + CELL)))
    reach = min(CELLS_AROUND // 2, math.ceil(WIDEST_KM / KM_A_DEGREE / shrinking / CELL))
    cells = {_cell(r, column + c) for r in (row - 1, row, row + 1) for c in range(-reach, reach + 1)}
    return frozenset(cells | {WIDE})


def _cell(row: int, column: int) -> int:
    return row * CELLS_AROUND + column % CELLS_AROUND


def near_pairs(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    """Pairs that share a stretch of days: undated reports are compared with nothing, for want of a block."""
    buckets: dict[int, list[int]] = defaultdict(list)
    for index, sketch in enumerate(sketches):
        if sketch.days is not None:
            first, last = sketch.days
            for bucket in range((first - DAYS_APART) // BUCKET_DAYS, (last + DAYS_APART) // BUCKET_DAYS + 1):
                buckets[bucket].append(index)
    seen: set[tuple[int, int]] = set()
    for bucket in sorted(buckets):
        for pair in _pairs_of_near_places(sketches, buckets[bucket]):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _pairs_of_near_places(sketches: Sequence[Sketch], indices: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Within a stretch of days, pairs of cells that touch, or of which one is wide or unplaced."""
    cells: dict[int, list[int]] = defaultdict(list)
    for index in indices:
        cells[block_of(sketches[index])].append(index)
    wide = cells.pop(WIDE, [])
    narrow = sorted(index for members in cells.values() for index in members)
    for index in narrow:
        for block in blocks_around(sketches[index]) or ():
            yield from ((index, other) for other in cells.get(block, ()) if index < other)
    for a in wide:
        yield from ((min(a, b), max(a, b)) for b in narrow)
    yield from combinations(wide, 2)
