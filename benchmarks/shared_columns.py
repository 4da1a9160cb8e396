"""What the events of a large archive share, each once, as arrow arrays: places with their shapes, names, types.

For `benchmarks.large_archive`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from benchmarks.crowded_events import PRECISION
from events.exporting.archive_rows import Shapes, event_schema
from events.exporting.geoparquet import SIDES
from events.model import POINTS, EventPlace
from events.ontology import TYPES, family_of
from geodata.folding import fold
from geodata.gazetteer import Gazetteer

SHAPES = "shapes.parquet"  # beside the archives: those of one gazetteer have the same
Names = dict[str, Any]


def shared_by(places: Sequence[Names], kept: Path) -> Names:
    """What many events share, each once, as arrow arrays: of the places the last is none. kept: the file of shapes."""
    known = {
        **{
            key: [place[key] for place in places]
            for key in ("name", "lat", "lon", "radius_km", "country", "geonames_id")
        },
        "precision": [PRECISION.get(place["kind"], place["kind"]) for place in places],
        "place_id": [place["id"] for place in places],
    }
    points = [precision in POINTS for precision in known["precision"]]
    for axis in ("lat", "lon"):
        known[f"point_{axis}"] = [value if at else None for value, at in zip(known[axis], points, strict=True)]
    shapes = _shapes(places, known["precision"], kept)
    schema = event_schema()
    columns = {key: pa.array([*values, None], _type_of(key, schema)) for key, values in known.items()}
    columns |= {name: pa.concat_arrays([shapes[name].combine_chunks(), pa.nulls(1, shapes[name].type)])
                for name in ("ground", "bbox", "geometry")}  # fmt: skip
    names = pa.array([*(name or "the region" for name in known["name"]), "the region"])
    return {
        "places": columns, "place_names": names, "place_records": _place_records(known), "nowhere": len(places),
        "types": list(TYPES), "families": [family_of(kind) for kind in TYPES],
        "quoted": pa.array([json.dumps(name)[1:] for name in names.to_pylist()]),
        "folded": pa.array([fold(name) for name in names.to_pylist()]),
    }  # fmt: skip


def _type_of(key: str, schema: Any) -> Any:
    told = {"lat": "latitude", "lon": "longitude", "point_lat": "latitude", "point_lon": "longitude", "name": "place",
            "precision": "place_precision"}  # fmt: skip
    return schema.field(told.get(key, key)).type


def _place_records(known: Names) -> Any:
    keys = ("name", "lat", "lon", "radius_km", "precision", "country", "geonames_id", "place_id")
    rows = zip(*(known[key] for key in keys), strict=True)
    return pa.array([*(json.dumps(dict(zip(keys, row, strict=True))) for row in rows), "null"])


def _shapes(places: Sequence[Names], precisions: Sequence[str], kept: Path) -> Any:
    """The kind, box and geometry of each place's ground, as a table. To work them out takes a minute: the file keeps them."""
    ids = pa.array([place["id"] for place in places])
    if kept.is_file() and (found := pq.read_table(kept))["id"].combine_chunks() == ids:
        return found
    shapes = Shapes(Gazetteer.open())
    rows = [_shape(shapes, place, precision) for place, precision in zip(places, precisions, strict=True)]
    schema = event_schema()
    columns = {
        name: pa.array([row[name] for row in rows], schema.field(name).type) for name in ("ground", "bbox", "geometry")
    }
    kept.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table({"id": ids, **columns}), kept, compression="zstd")
    return pq.read_table(kept)


def _shape(shapes: Shapes, place: Names, precision: Any) -> Names:
    own = {key: place[key] for key in ("name", "lat", "lon", "radius_km", "country", "geonames_id")}
    ground, wkb, box = shapes.of(EventPlace(**own, precision=precision, place_id=place["id"]))
    return {"ground": ground and ground.kind, "geometry": wkb, "bbox": box and dict(zip(SIDES, box, strict=True))}
