"""The columns of a large store in files: read from the store once, then mapped into memory by whoever needs them.

For `events.view.stored`. A folder holds an array a file, in numpy's own format, and what many events share as JSON. Programs
that map the same files share their memory; a server with ten million events starts without reading any of them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs

from events.store.columns.columns import EventColumns, PlaceKey, Sets
from events.store.columns.row_index import PlaceIndex, RowIndex
from events.store.columns.standing_counts import StandingCounts

FORM = 4  # another number whenever other files are written
ABOUT = "about.json"
SHARED = {"known_places", "sources", "oldest", "newest"}
OF_ROWS = tuple(each.name for each in fields(EventColumns) if each.name not in SHARED)
NOT_OF_ALL = {"newest_story", "newest_change", "last_published"}  # a dataset knows none of them
MOST_KEPT = 2  # folders: that which is in use, and that which others may still use


@dataclass(frozen=True, slots=True, eq=False)
class KeptColumns(EventColumns):
    """Columns with the indexes and counts of their rows, which take longer to make than to read."""

    index: RowIndex
    by_place: PlaceIndex
    standing: StandingCounts

    @classmethod
    def indexed(cls, columns: EventColumns) -> KeptColumns:
        """These columns with their indexes and counts."""
        own = {each.name: getattr(columns, each.name) for each in fields(EventColumns)}
        by_place = PlaceIndex.of(columns.places, len(columns.known_places))
        return cls(**own, index=RowIndex.of(columns.ids), by_place=by_place, standing=StandingCounts.of(columns))


def folder_of(identity: str, revision: int) -> Path:
    """Where the columns of a revision of a store are kept, in the user's cache folder."""
    name = hashlib.sha256(identity.encode()).hexdigest()[:20]
    return platformdirs.user_cache_path("dateline") / "columns" / name / f"{revision}"


def latest_before(identity: str, revision: int) -> int | None:
    """The latest revision before this one of which columns are kept; None for none."""
    folder = folder_of(identity, revision).parent
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return max((int(name) for name in names if name.isdigit() and int(name) < revision), default=None)


def write_columns(columns: KeptColumns, folder: Path) -> None:
    """Write columns into a new folder; it is there whole or not at all. One of another form makes room. Raises OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.is_dir() and read_columns(folder) is None:
        shutil.rmtree(folder)
    new = Path(tempfile.mkdtemp(prefix=".columns.", dir=folder.parent))
    try:
        for name, array in _arrays(columns).items():
            np.save(new / f"{name}.npy", array)
        (new / ABOUT).write_text(json.dumps(_about(columns), ensure_ascii=False), encoding="utf-8")
        new.rename(folder)
    except OSError:
        shutil.rmtree(new, ignore_errors=True)
        if not folder.is_dir():  # else another program was quicker
            raise


def read_columns(folder: Path) -> KeptColumns | None:
    """The columns in a folder, mapped and not read; None where there are none, or of another form."""
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        if about["form"] != FORM:
            return None
        arrays = {path.stem: np.asarray(np.load(path, mmap_mode="r")) for path in folder.glob("*.npy")}
        sources = Sets(tuple(about["sources"]), arrays["source_of_row"], arrays["source_sets"],
                       arrays["source_members"], about["source_sizes"])  # fmt: skip
        return KeptColumns(
            **{name: arrays[name] for name in OF_ROWS if name in arrays or name not in NOT_OF_ALL},
            known_places=tuple(PlaceKey(*key) for key in about["places"]),
            sources=sources, oldest=_day(about["oldest"]), newest=_day(about["newest"]),
            index=RowIndex(arrays["index_hashes"], arrays["index_rows"]),
            by_place=PlaceIndex(arrays["place_rows"], arrays["place_starts"]),
            standing=StandingCounts.from_arrays(arrays),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget_others(folder: Path) -> None:
    """Delete the folders beside this one but the newest of them; a program that has one mapped keeps what it mapped."""
    others = [path for path in folder.parent.iterdir() if path.is_dir() and path != folder]
    for path in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[MOST_KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def _arrays(columns: KeptColumns) -> dict[str, Any]:
    sources = columns.sources
    return {
        **{name: array for name in OF_ROWS if (array := getattr(columns, name)) is not None},
        "source_of_row": sources.of_row, "source_sets": sources.sets, "source_members": sources.members,
        "index_hashes": columns.index.hashes, "index_rows": columns.index.rows,
        "place_rows": columns.by_place.rows, "place_starts": columns.by_place.starts,
        **columns.standing.arrays(),
    }  # fmt: skip


def _about(columns: KeptColumns) -> dict[str, Any]:
    return {
        "form": FORM, "places": columns.known_places, "sources": columns.sources.names,
        "source_sizes": columns.sources.size, "oldest": columns.oldest and columns.oldest.isoformat(),
        "newest": columns.newest and columns.newest.isoformat(),
    }  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
