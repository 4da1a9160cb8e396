"""Tables of an archive made of the columns of many events at once, without making an object of any of them.

For `benchmarks.large_archive`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from benchmarks.crowded_events import DID, FIRST_DAY, OUTLETS, STATUS_SHARES, WHO, WIDTHS
from benchmarks.shared_columns import Names
from events.exporting.archive import STORY_SCHEMA
from events.exporting.archive_rows import event_schema, record_schema
from geodata.folding import fold

OF_PLACE = {  # the column of a place that a column of an event is
    "place": "name", "place_precision": "precision", "country": "country", "latitude": "point_lat",
    "longitude": "point_lon", "label_latitude": "lat", "label_longitude": "lon", "radius_km": "radius_km",
    "ground": "ground", "geonames_id": "geonames_id", "place_id": "place_id", "bbox": "bbox", "geometry": "geometry",
}  # fmt: skip


def columns_of(rows: Any, drawn: Any, shared: Names) -> Names:
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


def event_table(made: Names, shared: Names) -> Any:
    """The events as the columns that are exported."""
    told, place, sure = made["width"] > 0, made["place"], made["sure"]
    of_place = {name: shared["places"][key].take(pa.array(place)) for name, key in OF_PLACE.items()}
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


def record_table(made: Names, shared: Names) -> Any:
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


def story_table(numbers: Any, lines: Any) -> Any:
    ids = pc.binary_join_element_wise("story", pa.array(numbers).cast(pa.string()), "-")
    line = "Officials spoke of it and named nobody."
    texts = _taken([" ".join([line] * count) for count in range(int(lines.max()) + 1)], lines)
    record = pc.binary_join_element_wise('{"id":"', ids, '","title":"', ids, '","text":"', texts, '"}', "")
    nothing = pa.nulls(len(ids))
    columns = {"id": ids, "title": ids, "text": texts, "published": nothing, "source": nothing, "url": nothing,
               "record": record, "told": pa.array([[]] * len(ids), pa.list_(pa.string()))}  # fmt: skip
    return pa.table([columns[name].cast(STORY_SCHEMA.field(name).type) for name in STORY_SCHEMA.names], STORY_SCHEMA)
