"""An archive of many millions of invented events, written a month at a time without making an object of any of them.

    python -m benchmarks.large_archive FOLDER [EVENTS]

For `benchmarks.large_store`. The events are drawn as those of `benchmarks.crowded_events`; the folder is one that `export
--to-dataset` could have written, and every file of it is in the form that is read. Its stories have a line for each event.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from benchmarks.crowded_events import (
    DAYS,
    DID,
    FIRST_DAY,
    OUTLETS,
    PRECISION,
    STATUS_SHARES,
    WHO,
    WIDTHS,
    draw,
    gazetteer_places,
)
from events.exporting.archive import GROUP, RECORD_GROUP, STORY_GROUP, STORY_SCHEMA, open_rows
from events.exporting.archive_rows import Shapes, event_schema, record_schema
from events.exporting.geoparquet import SIDES
from events.model import POINTS, EventPlace
from events.ontology import TYPES, family_of
from events.store.archive import dataset
from events.store.archive.dataset import ArchiveFile, Manifest
from geodata.folding import fold
from geodata.gazetteer import Gazetteer

AT_ONCE = 100_000  # rows that are made together
SHAPES = "shapes.parquet"  # beside the archives: those of one gazetteer have the same
Names = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Write the archive. Returns the exit status."""
    folder, count = Path(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 10_000_000
    manifest = write(folder, count)
    files = (*manifest.events, *manifest.records, *manifest.stories)
    print(f"{folder}: {manifest.event_count:,} events, {sum(file.size for file in files) / 1e6:,.0f} MB")
    return 0


def write(folder: Path, count: int, seed: int = 7) -> Manifest:
    """Write an archive of `count` invented events into a folder that is not there."""
    places = gazetteer_places()
    drawn = draw(np.random.default_rng(seed), places, count)
    shared = _shared(places, folder.parent / SHAPES)
    begin = np.where(drawn.widths > 0, drawn.starts, DAYS)
    order = np.lexsort((drawn.widths, begin))
    months = [(FIRST_DAY + timedelta(days=day)).isoformat()[:7] for day in range(DAYS)] + [dataset.UNDATED]
    ends = np.searchsorted(begin[order], np.arange(DAYS + 1), side="right")
    told: list[ArchiveFile] = []
    kept: list[ArchiveFile] = []
    for month in dict.fromkeys(months):
        days = [day for day, own in enumerate(months) if own == month]
        rows = order[ends[days[0] - 1] if days[0] else 0 : ends[days[-1]]]
        one, other = (dataset.path_in(folder, name, month) for name in (dataset.EVENTS, dataset.RECORDS))
        with open_rows(one, event_schema(), GROUP) as out, open_rows(other, record_schema(), RECORD_GROUP) as whole:
            for some in _parts(rows):
                columns = _columns(some, drawn, shared)
                out.take(_event_table(columns, shared))
                whole.take(_record_table(columns, shared))
        told.append(dataset.file_in(folder, one, len(rows)))
        kept.append(dataset.file_in(folder, other, len(rows)))
    stories = (_write_stories(folder, drawn),)
    days_told = FIRST_DAY, FIRST_DAY + timedelta(days=DAYS - 1)
    manifest = Manifest(
        id=dataset.id_of((*told, *kept, *stories)), oldest=days_told[0], newest=days_told[1], chosen={},
        events=tuple(told), records=tuple(kept), stories=stories,
    )  # fmt: skip
    (folder / dataset.MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    return manifest


def _parts(rows: Any) -> Iterator[Any]:
    yield from (rows[begin : begin + AT_ONCE] for begin in range(0, len(rows), AT_ONCE))


def _shared(places: Sequence[Names], kept: Path) -> Names:
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


def _columns(rows: Any, drawn: Any, shared: Names) -> Names:
    """The columns of some rows as arrow arrays; codes where values are shared."""
    did = pa.array([DID[family] for family in shared["families"]])
    place = np.where(drawn.places[rows] >= 0, drawn.places[rows], shared["nowhere"])
    kind, width = drawn.types[rows], drawn.widths[rows]
    who = pa.array(WHO).take(pa.array(rows % len(WHO)))
    told = did.take(pa.array(kind))
    what = pc.binary_join_element_wise(who, told, "in", shared["place_names"].take(pa.array(place)), " ")
    return {
        "id": pa.array([f"h{row * 2654435761 % 2**48:012x}{row:07x}" for row in rows.tolist()]), "who": who, "what": what,
        "place": place, "kind": kind, "status": drawn.statuses[rows], "width": width, "sure": drawn.sureness[rows],
        "start": drawn.starts[rows], "story": drawn.stories[rows], "row": rows,
    }  # fmt: skip


def _taken(values: Sequence[Any], codes: Any, kind: Any = None) -> Any:
    return pa.array(values, kind).take(pa.array(codes))


def _day(days: Any, told: Any) -> Any:
    numbers = (days + (FIRST_DAY - date(1970, 1, 1)).days).astype(np.int32)
    return pa.array(numbers, pa.int32(), mask=~told).cast(pa.date32())


def _outlet_names() -> list[str]:
    return [f"Outlet {number}" for number in range(OUTLETS)]


def _outlets_of(stories: Any) -> Any:
    return (OUTLETS * (stories * 0.6180339887 % 1) ** 2).astype(np.int64)


def _event_table(made: Names, shared: Names) -> Any:
    told, place, sure = made["width"] > 0, made["place"], made["sure"]
    at = pa.array(place)
    of_place = {
        name: shared["places"][key].take(at)
        for name, key in {
            "place": "name", "place_precision": "precision", "country": "country", "latitude": "point_lat",
            "longitude": "point_lon", "label_latitude": "lat", "label_longitude": "lon", "radius_km": "radius_km",
            "ground": "ground", "geonames_id": "geonames_id", "place_id": "place_id", "bbox": "bbox",
            "geometry": "geometry",
        }.items()
    }  # fmt: skip
    precision = {width: name for name, width in WIDTHS.items()}
    source = _taken(_outlet_names(), _outlets_of(made["story"]))
    columns: Names = of_place | {
        "id": made["id"], "title": made["what"], "event": _taken(shared["types"], made["kind"]),
        "family": _taken(shared["families"], made["kind"]), "status": _taken(list(STATUS_SHARES), made["status"]),
        "date": _day(made["start"], told), "enddate": _day(made["start"] + made["width"] - 1, told),
        "date_precision": pa.array([precision.get(width) for width in made["width"].tolist()]),
        "date_assumed": pa.array(np.zeros(len(place), bool), mask=~told),
        "place_confidence": pa.array(np.minimum(1.0, sure + 0.05), mask=place == shared["nowhere"]), "actor": made["who"],
        "event_text": pc.binary_join_element_wise(made["what"], ".", ""), "confidence": pa.array(sure),
        "reports": pa.array(np.ones(len(place), np.int64)), "sources": source,
        "story_id": pc.binary_join_element_wise("story", pa.array(made["story"]).cast(pa.string()), "-"),
        "published": _day(made["start"], np.ones(len(place), bool)),
        "outlets": pa.ListArray.from_arrays(pa.array(np.arange(len(place) + 1, dtype=np.int32)), source),
    }  # fmt: skip
    schema = event_schema()
    return pa.table([columns.get(name, pa.nulls(len(place))).cast(schema.field(name).type) for name in schema.names],
                    schema=schema)  # fmt: skip


def _record_table(made: Names, shared: Names) -> Any:
    """The events as JSON, joined of their parts."""
    names = [f"{who} {DID[family]} in " for family in shared["families"] for who in WHO]
    who = made["kind"] * len(WHO) + made["row"] % len(WHO)
    at = pa.array(made["place"])
    what = pc.binary_join_element_wise('"', _taken(names, who), shared["quoted"].take(at), "")
    told = [_told(kind, family, status) for kind, family in zip(shared["types"], shared["families"], strict=True)
            for status in STATUS_SHARES]  # fmt: skip
    story, whens = pa.array(made["story"]).cast(pa.string()), _whens(made)
    parts = (
        '{"id":"', made["id"], '","story_id":"story-', story, '",',
        _taken(told, made["kind"] * len(STATUS_SHARES) + made["status"]), '"what":', what, ',"place":',
        shared["place_records"].take(at), ',"when":', whens, ',"confidence":', pa.array(made["sure"]).cast(pa.string()),
        ',"evidence":[{"part":"text","start":0,"end":', pc.add(pc.utf8_length(made["what"]), 1).cast(pa.string()),
        ',"text":', what, '}],"reports":[{"story_id":"story-', story, '","source":"',
        _taken(_outlet_names(), _outlets_of(made["story"])), '"}]}',
    )  # fmt: skip
    before = _taken([fold(name) for name in names], who)
    wording = pc.binary_join_element_wise(before, shared["folded"].take(at), " ")
    record = pc.binary_join_element_wise(*parts, "")
    return pa.table({"id": made["id"], "record": record, "wording": wording}, schema=record_schema())


def _told(kind: str, family: str, status: str) -> str:
    return f'"type":"{kind}","family":"{family}","status":"{status}",'


def _whens(made: Names) -> Any:
    precision = {width: name for name, width in WIDTHS.items()}
    starts, widths = np.unique(np.stack((made["start"], made["width"])), axis=1, return_inverse=True)
    texts = []
    for start, width in starts.T.tolist():
        first = FIRST_DAY + timedelta(days=start)
        value = {"start": first.isoformat(), "end": (first + timedelta(days=width - 1)).isoformat(),
                 "precision": precision.get(width), "text": "then"}  # fmt: skip
        texts.append(json.dumps(value) if width else "null")
    return _taken(texts, np.ravel(widths))


def _write_stories(folder: Path, drawn: Any) -> ArchiveFile:
    """Stories by id, each with a line for each of its events."""
    numbers, lines = np.unique(drawn.stories, return_counts=True)
    order = np.argsort(numbers.astype(np.bytes_))
    path = dataset.path_in(folder, dataset.STORIES)
    with open_rows(path, STORY_SCHEMA, STORY_GROUP) as out:
        for some in _parts(order):
            out.take(_story_table(numbers[some], lines[some]))
    return dataset.file_in(folder, path, len(numbers))


def _story_table(numbers: Any, lines: Any) -> Any:
    ids = pc.binary_join_element_wise("story", pa.array(numbers).cast(pa.string()), "-")
    line = "Officials spoke of it and named nobody."
    texts = _taken([" ".join([line] * count) for count in range(int(lines.max()) + 1)], lines)
    record = pc.binary_join_element_wise('{"id":"', ids, '","title":"', ids, '","text":"', texts, '"}', "")
    nothing = pa.nulls(len(ids))
    columns = {"id": ids, "title": ids, "text": texts, "published": nothing, "source": nothing, "url": nothing,
               "record": record, "told": pa.array([[]] * len(ids), pa.list_(pa.string()))}  # fmt: skip
    return pa.table([columns[name].cast(STORY_SCHEMA.field(name).type) for name in STORY_SCHEMA.names], STORY_SCHEMA)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
