"""The columns of an archive's events, read from its Parquet files a month at a time.

For `events.store.archive_store`. The rows of an archive stand in order of time already; no event is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from numpy.typing import NDArray

from events.attribute_sureness import unpacked
from events.model import STATUSES
from events.store.archive.dataset import Manifest
from events.store.columns.columns import NO_DAY, NOWHERE, TYPE_NAMES, EventColumns, Ints, PlaceKey, Sets

EPOCH = date(1970, 1, 1).toordinal()
PARTED = "\x1f"  # between the outlets of an event; no outlet has it
PLACE = ("place_id", "place", "label_latitude", "label_longitude", "place_precision", "radius_km", "country")
READ = ("id", "date", "enddate", "published", "event", "status", "confidence", "place_confidence", "outlets", *PLACE)


def archive_columns(folder: Path, manifest: Manifest) -> EventColumns:
    """The columns of all events, in their order. Raises OSError and pyarrow's ArrowException."""
    places: dict[tuple[Any, ...], int] = {}
    outlets: dict[str, int] = {}
    parts = [_columns(pq.read_table(folder / file.path, columns=list(READ), partitioning=None), places, outlets)
             for file in manifest.events]  # fmt: skip
    if not parts:
        return EventColumns.of([])
    ids, start, end, published, types, statuses, sureness, attributes, where, sources = (
        np.concatenate(some) for some in zip(*parts, strict=True)
    )
    return EventColumns(
        ids=ids, start=start, end=end, published=published, types=types, statuses=statuses, sureness=sureness,
        places=where, known_places=tuple(PlaceKey(*key) for key in places),
        sources=Sets.numbered([set(names.split(PARTED)) - {""} for names in outlets], sources),
        oldest=manifest.oldest, newest=manifest.newest, attributes=attributes,
    )  # fmt: skip


def archive_ids(folder: Path, manifest: Manifest) -> NDArray[np.bytes_]:
    """The ids of all events, in their order. Raises OSError and pyarrow's ArrowException."""
    parts = [_ids(pq.read_table(folder / file.path, columns=["id"], partitioning=None)) for file in manifest.events]
    return np.concatenate([np.zeros(0, dtype="S1"), *parts])


def _ids(table: Any) -> NDArray[np.bytes_]:
    return np.array(pc.cast(table["id"], pa.binary()).to_pylist(), dtype=np.bytes_)


def _columns(table: Any, places: dict[tuple[Any, ...], int], outlets: dict[str, int]) -> tuple[Any, ...]:
    """The arrays of one file. places, outlets: what was numbered so far, to which new ones are added."""
    names = pc.fill_null(pc.binary_join(table["outlets"], PARTED), "")
    sure = np.fmin(_floats(table["confidence"]), _floats(table["place_confidence"]))
    return (
        _ids(table),
        _days(table["date"]), _days(table["enddate"]), _days(table["published"]),
        _codes(table["event"], TYPE_NAMES), _codes(table["status"], STATUSES), sure,
        unpacked([None] * len(sure), table["place_confidence"].to_pylist()),
        _places(table, places), _numbered(names, outlets),
    )  # fmt: skip


def _days(column: Any) -> Ints:
    numbers = pc.cast(column, pa.int32())
    days: Ints = pc.fill_null(pc.add(numbers, EPOCH), NO_DAY).to_numpy()
    return days.astype(np.int32)


def _floats(column: Any) -> Any:
    return column.to_numpy().astype(np.float32)


def _codes(column: Any, names: Sequence[str]) -> Any:
    found = pc.index_in(column, value_set=pa.array(names))
    if found.null_count:
        raise pa.ArrowInvalid(f"a word that is none of {', '.join(names)}")
    return found.to_numpy().astype(np.int8)


def _numbered(column: Any, known: dict[str, int]) -> Ints:
    """The number of each text."""
    encoded = column.combine_chunks().dictionary_encode()
    lookup = [known.setdefault(text, len(known)) for text in encoded.dictionary.to_pylist()]
    numbers: Ints = np.array(lookup, dtype=np.int32)[encoded.indices.to_numpy()]
    return numbers


def _places(table: Any, known: dict[tuple[Any, ...], int]) -> Ints:
    """The number of each row's place; NOWHERE for none."""
    together = np.zeros(len(table), dtype=np.int64)
    for name in PLACE:
        encoded = table[name].combine_chunks().dictionary_encode(null_encoding="encode")
        codes = encoded.indices.to_numpy().astype(np.int64)
        _, together = np.unique(together * (codes.max(initial=0) + 1) + codes, return_inverse=True)
    _, first, number = np.unique(together, return_index=True, return_inverse=True)
    keys = zip(*(table[name].take(pa.array(first)).to_pylist() for name in PLACE), strict=True)
    lookup = [known.setdefault(key, len(known)) if key[4] is not None else NOWHERE for key in keys]
    return np.array(lookup, dtype=np.int32)[number]
