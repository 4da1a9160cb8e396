"""The rows of a store's tables for many millions of invented events, as Arrow tables: no object is made of any event.

For `benchmarks.large_server`. The events are drawn as those of `benchmarks.crowded_events`, and every row is what the store
would have written of them: quotes at their places, readings, hashes of words, cells, so that `check` finds nothing. Only
the counted words of a report are those of the report itself, without its story's headline and lead.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from benchmarks.crowded_events import (
    DAYS,
    DID,
    FIRST_DAY,
    OUTLETS,
    PRECISION,
    STATUS_SHARES,
    WHO,
    WIDTHS,
    Drawn,
    when_told,
)
from events.linking.blocks import block_of
from events.linking.likeness import Sketch
from events.linking.wording import word_counts
from events.model import Event, Quote
from events.ontology import TYPES, family_of
from events.reprints import _words

AT_ONCE = 100_000  # events that are made together
NO_PLACE = "the region"
KINDS = tuple(TYPES)
STATUSES = tuple(STATUS_SHARES)
PARTING = 2  # characters between two paragraphs

Tables = dict[str, Any]
Columns = dict[str, Any]


def batches(drawn: Drawn) -> Iterator[range]:
    """Rows that are made together, in order; a story is never parted."""
    count, begin = len(drawn.stories), 0
    while begin < count:
        end = min(count, begin + AT_ONCE)
        while end < count and drawn.stories[end] == drawn.stories[end - 1]:
            end += 1
        yield range(begin, end)
        begin = end


class Rows:
    """Makes the rows of some events. places: of the gazetteer, as `crowded_events` reads them."""

    def __init__(self, places: Sequence[dict[str, Any]], drawn: Drawn) -> None:
        self._drawn = drawn
        self._nowhere = len(places)
        names = [*(place["name"] for place in places), NO_PLACE]
        self.names = names
        self._told = [f"{who} {DID[family_of(kind)]} in " for kind in KINDS for who in WHO]
        self.told_words = [" ".join(_words(told)) for told in self._told]
        self.place_words = [" ".join(_words(name)) for name in names]
        own = [_counted(told.strip()) for told in self._told]
        of_place = [_counted(f"in {name}") for name in names]
        self.counted = own, of_place
        self._texts = {
            "names": pa.array(names), "told": pa.array(self._told),
            "told_quoted": pa.array([_quoted(told) for told in self._told]),
            "names_quoted": pa.array([_quoted(name) for name in names]),
            "own_words": pa.array([_listed(counts) for counts in own]),
            "place_words": pa.array([_listed(counts) for counts in of_place]),
            "kind": pa.array([_typed(kind, status) for kind in KINDS for status in STATUSES]),
            "place": pa.array([*map(_place_record, places), "null"]),
            "types": pa.array(KINDS), "families": pa.array([family_of(kind) for kind in KINDS]),
            "statuses": pa.array(STATUSES), "outlets": pa.array([f"Outlet {number}" for number in range(OUTLETS)]),
            "when": pa.array(_whens()),
        }  # fmt: skip
        self._places = _place_columns(places)

    def of(self, rows: range) -> Tables:
        """The rows of the tables, by table: of these events and of their stories. `quotes`: each story's, in its order."""
        made = self._made(rows)
        return {
            "stories": self._stories(made), "readings": self._readings(made), "events": self._events(made),
            "records": self._records(made), "echoes": self._echoes(made), "happenings": self._happenings(made),
        }  # fmt: skip

    def _made(self, rows: range) -> Columns:
        """What the tables have in common: codes as numpy arrays, texts as Arrow's."""
        drawn, some, texts = self._drawn, slice(rows.start, rows.stop), self._texts
        number = np.arange(rows.start, rows.stop)
        place = np.where(drawn.places[some] >= 0, drawn.places[some], self._nowhere)
        told = drawn.types[some] * len(WHO) + number % len(WHO)
        stories, first, story = np.unique(drawn.stories[some], return_index=True, return_inverse=True)
        what = pc.binary_join_element_wise(texts["told"].take(told), texts["names"].take(place), "")
        quote = pc.binary_join_element_wise(what, ".", "")
        length = pc.utf8_length(quote).to_numpy() + PARTING
        offset = np.concatenate(([0], np.cumsum(length)[:-1]))
        offset -= offset[first][story]
        starts = np.append(first, len(number)).astype(np.int32)
        days = np.maximum.reduceat(drawn.starts[some], first)
        return {
            "id": pa.array([f"{row * 2654435761 % 2**48:012x}{row:07x}" for row in rows]), "row": number, "place": place,
            "told": told, "kind": drawn.types[some], "status": drawn.statuses[some], "width": drawn.widths[some],
            "start": drawn.starts[some], "sure": drawn.sureness[some], "what": what, "quote": quote, "offset": offset,
            "length": length - PARTING, "story": story, "first": first, "stories": stories, "days": days,
            "story_id": pc.binary_join_element_wise("story-", pc.utf8_lpad(_text(stories), 7, "0"), ""),
            "text": pc.binary_join(pa.ListArray.from_arrays(starts, quote), "\n\n"),
            "outlet": texts["outlets"].take((OUTLETS * (stories * 0.6180339887 % 1) ** 2).astype(np.int64)),
            "position": number - rows.start - first[story],
            "quoted": pc.binary_join_element_wise(texts["told_quoted"].take(told), texts["names_quoted"].take(place), ""),
            "starts": starts,
        }  # fmt: skip

    def _stories(self, made: Columns) -> Any:
        title, published = made["what"].take(made["first"]), _iso(made["days"])
        quotes = pc.binary_join_element_wise(made["quoted"], ".", "")
        text = pc.binary_join(pa.ListArray.from_arrays(made["starts"], quotes), "\\n\\n")
        record = pc.binary_join_element_wise(
            '{"id":"', made["story_id"], '","text":"', text, '","title":"', made["quoted"].take(made["first"]),
            '","published":"', published, '","published_basis":"metadata","published_reasons":[],"url":null,"source":"',
            made["outlet"], '","captions":[]}', "",
        )  # fmt: skip
        return pa.table({
            "id": made["story_id"], "number": made["stories"], "title": title, "published": published,
            "source": made["outlet"], "version": np.ones(len(title), np.int32), "record": record,
        })  # fmt: skip

    def _readings(self, made: Columns) -> Any:
        titles = made["what"].take(made["first"]).to_pylist()
        told = zip(titles, made["text"].to_pylist(), strict=True)
        content = [hashlib.sha256(json.dumps(pair).encode("ascii")).hexdigest()[:20] for pair in told]
        return pa.table({"id": made["story_id"], "content": content, "story_id": made["story_id"],
                         "version": np.ones(len(content), np.int32)})  # fmt: skip

    def _events(self, made: Columns) -> Any:
        happening = pc.binary_join_element_wise("h", made["id"], "")
        return pa.table({
            "id": made["id"], "story_id": made["story_id"].take(made["story"]), "position": made["position"],
            "born": happening, "seniority": made["row"] + 1, "happening": happening,
            "rejected": np.zeros(len(made["row"]), np.bool_), **self._shared(made), "radius_km": self._of_place(made, "reach"),
            "source": made["outlet"].take(made["story"]), "block": self._of_place(made, "block"),
        })  # fmt: skip

    def _shared(self, made: Columns) -> Columns:
        undated = made["width"] == 0
        start = made["start"] + FIRST_DAY.toordinal()
        return {
            "type": self._texts["types"].take(made["kind"]), "start": pa.array(start, mask=undated),
            "end": pa.array(start + made["width"] - 1, mask=undated), "lat": self._of_place(made, "lat"),
            "lon": self._of_place(made, "lon"), "place_id": self._of_place(made, "place_id"),
        }  # fmt: skip

    def _records(self, made: Columns) -> Any:
        texts, place, end = self._texts, made["place"], made["offset"] + made["length"]
        name = pc.utf8_length(texts["names"]).to_numpy()[place]
        nowhere = place == self._nowhere
        sure = _text(np.minimum(1.0, made["sure"] + 0.05))
        at = pc.binary_join_element_wise(',"confidence":', sure, ',"evidence":{"part":"text","start":', _text(end - 1 - name),
                                         ',"end":', _text(end - 1), "}}", "")  # fmt: skip
        when = np.where(
            made["width"] > 0, made["start"] * len(WIDTHS) + _number_of_width(made["width"]), DAYS * len(WIDTHS)
        )
        record = pc.binary_join_element_wise(
            '{"id":"', made["id"], '","story_id":"', made["story_id"].take(made["story"]), '",',
            texts["kind"].take(made["kind"] * len(STATUSES) + made["status"]), '"what":"', made["quoted"],
            '","actors":[{"name":"', pa.array(WHO).take(made["row"] % len(WHO)), '","role":"actor"}],"place":',
            texts["place"].take(place), pc.if_else(nowhere, "", at), ',"when":', texts["when"].take(when),
            ',"confidence":', _text(made["sure"]), ',"evidence":[{"part":"text","start":', _text(made["offset"]), ',"end":',
            _text(end), ',"text":"', made["quoted"], '."}]}', "",
        )  # fmt: skip
        words = pc.binary_join_element_wise(
            "{", texts["own_words"].take(made["told"]), ",", texts["place_words"].take(place), "}", ""
        )
        return pa.table({"event_id": made["id"], "words": words, "extracted": record})

    def _echoes(self, made: Columns) -> Any:
        pairs = zip(made["told"].tolist(), made["place"].tolist(), made["kind"].tolist(), strict=True)
        types = [kind.casefold() for kind in KINDS]
        told = [
            hashlib.blake2b(
                f"{self.told_words[own]} {self.place_words[place]} {types[kind]}".encode(), digest_size=8
            ).hexdigest()
            for own, place, kind in pairs
        ]
        return pa.table({"event_id": made["id"], "told": told})

    def _happenings(self, made: Columns) -> Any:
        count, texts = len(made["row"]), self._texts
        sure = pa.array(np.minimum(1.0, made["sure"] + 0.05), mask=made["place"] == self._nowhere)
        return pa.table({
            "id": pc.binary_join_element_wise("h", made["id"], ""), "speaker": made["id"], "reports": np.ones(count, np.int32),
            **self._shared(made), "family": texts["families"].take(made["kind"]),
            "status": texts["statuses"].take(made["status"]),
            **{name: self._of_place(made, name) for name in ("precision", "radius_km", "country", "place_name")},
            "place_confidence": sure, "confidence": made["sure"],
            "published": made["days"][made["story"]] + FIRST_DAY.toordinal(),
            "source": made["outlet"].take(made["story"]), "reviewed": np.zeros(count, np.bool_), "what": made["what"],
            "written": made["stories"][made["story"]] + 1,
        })  # fmt: skip

    def _of_place(self, made: Columns, name: str) -> Any:
        return self._places[name].take(made["place"])


def word_rows(rows: Rows, drawn: Drawn) -> Any:
    """In how many reports each word stands."""
    own, of_place = rows.counted
    told = drawn.types * len(WHO) + np.arange(len(drawn.types)) % len(WHO)
    found: Counter[str] = Counter()
    for counts, codes in ((own, told), (of_place, np.where(drawn.places >= 0, drawn.places, len(of_place) - 1))):
        for words, number in zip(counts, np.bincount(codes, minlength=len(counts)).tolist(), strict=True):
            found.update(dict.fromkeys(words, number))
    return pa.table({"word": list(found), "documents": list(found.values())})


def _counted(told: str) -> Counter[str]:
    quote = Quote(part="text", start=0, end=len(told) + 1, text=f"{told}.")
    kind = KINDS[0]
    event = Event(
        id="e", story_id="s", type=kind, family=family_of(kind), status="occurred", what=told, evidence=(quote,)
    )
    return word_counts(event, None)


def _listed(counts: Counter[str]) -> str:
    return json.dumps(counts, ensure_ascii=False, separators=(",", ":"))[1:-1]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _text(numbers: Any) -> Any:
    return pa.array(numbers).cast(pa.string())


def _iso(days: Any) -> Any:
    return pa.array([(FIRST_DAY + timedelta(days=day)).isoformat() for day in range(DAYS)]).take(days)


def _typed(kind: str, status: str) -> str:
    return f'"type":"{kind}","family":"{family_of(kind)}","status":"{status}",'


def _number_of_width(widths: Any) -> Any:
    return np.searchsorted(np.array(list(WIDTHS.values())), widths)


def _whens() -> list[str]:
    """The days of an event as JSON, by first day and width; the last is none."""
    told = [when_told(FIRST_DAY + timedelta(days=day), width) for day in range(DAYS) for width in WIDTHS.values()]
    return [*(json.dumps(when, separators=(",", ":")) for when in told), "null"]


def _place_record(place: dict[str, Any]) -> str:
    """A place as JSON up to what each event says of it."""
    keys = ("name", "lat", "lon", "radius_km", "precision", "country", "geonames_id", "place_id")
    known = place | {"precision": PRECISION.get(place["kind"], place["kind"]), "place_id": place["id"]}
    return json.dumps({key: known[key] for key in keys}, ensure_ascii=False, separators=(",", ":"))[:-1]


def _place_columns(places: Sequence[dict[str, Any]]) -> Columns:
    """What the tables hold of each place; the last is none."""
    blocks = [
        block_of(Sketch("", "", None, None, each["lat"], each["lon"], each["radius_km"], None)) for each in places
    ]
    return {
        **{key: pa.array([*(place[key] for place in places), None]) for key in ("lat", "lon", "radius_km", "country")},
        "place_id": pa.array([*(place["id"] for place in places), None]),
        "place_name": pa.array([*(place["name"] for place in places), None]),
        "precision": pa.array([*(PRECISION.get(place["kind"], place["kind"]) for place in places), None]),
        "reach": pa.array([*(place["radius_km"] for place in places), 0.0]),
        "block": pa.array([*blocks, block_of(Sketch("", "", None, None, None, None, 0.0, None))]),
    }  # fmt: skip
