"""Which regions each place of a large store touches, kept beside its columns: to work it out takes longer than all else.

For `events.view.stored`. What is kept holds for one gazetteer; places that are new are worked out and added.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from events.store.columns.columns import PlaceKey
from events.view.regions import Places, Regions, regions_of_places

NAME = "regions.json"


def kept_regions(
    keys: Sequence[PlaceKey], atlas: Regions, gazetteer: Places, digest: str, folder: Path
) -> list[frozenset[str]]:  # fmt: skip
    """The ids of the regions that each place touches. digest: that of the gazetteer; folder: where they are kept."""
    known = _read(folder / NAME, digest)
    new = [key for key in keys if key not in known]
    known |= dict(zip(new, regions_of_places(new, atlas, gazetteer), strict=True))
    if new:
        with suppress(OSError):  # then they are worked out again the next time
            _write(folder / NAME, digest, known)
    return [known[key] for key in keys]


def _read(path: Path, digest: str) -> dict[PlaceKey, frozenset[str]]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["digest"] != digest:
            return {}
        sets = [frozenset(kept["regions"][number] for number in numbers) for numbers in kept["sets"]]
        return {PlaceKey(*key): sets[number] for *key, number in kept["places"]}
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return {}


def _write(path: Path, digest: str, known: dict[PlaceKey, frozenset[str]]) -> None:
    regions: dict[str, int] = {}
    sets: dict[frozenset[str], int] = {}
    places: list[list[Any]] = [[*key, sets.setdefault(touched, len(sets))] for key, touched in known.items()]
    numbered = [[regions.setdefault(region, len(regions)) for region in sorted(touched)] for touched in sets]
    kept = {"digest": digest, "regions": list(regions), "sets": numbered, "places": places}
    beside = path.with_name(path.name + ".part")
    beside.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    beside.replace(path)
