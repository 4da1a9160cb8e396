"""Toponym recognition and resolution on the corpora in ../shared/corpora, beside flashgeotext and geotext in the same run.

Demonyms count neither way: predicted demonyms are left out, gold marks that are demonyms are ignored. Documents are split
in two by a hash of their id; errors were looked at in the half called "seen" only.

Run: python -m benchmarks.geoparsing [--peers]
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from events.extraction.resolution import geoparse, resolve_spans
from events.extraction.sentences import split
from events.model import Story
from geodata.gazetteer import Gazetteer

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPORA = ("lgl", "geovirus", "tud-loc-2013")
Document = dict[str, Any]


def scorer() -> ModuleType:
    """The corpora's own scorer."""
    spec = importlib.util.spec_from_file_location("score_geoparse", SHARED / "score" / "score_geoparse.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def is_seen(document: Document) -> bool:
    """Whether a document is of the half whose errors were looked at."""
    return hashlib.sha256(str(document["id"]).encode()).digest()[0] % 2 == 0


def ignore_demonyms(documents: list[Document], gazetteer: Gazetteer) -> None:
    """Mark the gold toponyms that are demonyms as scored neither way."""
    for document in documents:
        for toponym in document["toponyms"]:
            candidates = gazetteer.candidates(document["text"][toponym["start"] : toponym["end"]])
            if candidates and candidates[0].match == "demonym":
                toponym["ignore"] = True


def predict(documents: list[Document], gazetteer: Gazetteer) -> dict[str, list[Document]]:
    """What the geoparser finds, demonyms left out."""
    found = {}
    for document in documents:
        story = Story(id=str(document["id"]), title="", text=document["text"])
        toponyms = geoparse(story, split(story), gazetteer)
        found[document["id"]] = [
            {"start": t.start, "end": t.end, "lat": t.place.lat, "lon": t.place.lon, "geonames_id": t.place.geonames_id}
            for t in toponyms
            if t.place and t.kind != "demonym"
        ]
    return found


def resolver(gazetteer: Gazetteer) -> Callable[[str, list[tuple[int, int]]], list[tuple[float, float] | None]]:
    """Gold spans in, points out, as the scorer wants it."""

    def resolve(text: str, spans: list[tuple[int, int]]) -> list[tuple[float, float] | None]:
        answers = resolve_spans(Story(id="1", text=text), spans, gazetteer)
        return [(t.place.lat, t.place.lon) if t.place else None for t in answers]

    return resolve


def peer_predictions(name: str, documents: list[Document]) -> dict[str, list[Document]]:
    """What a peer package finds."""
    if name == "flashgeotext":
        from flashgeotext.geotext import GeoText

        geotext = GeoText()
        return {
            d["id"]: [
                {"start": a, "end": b}
                for kind in geotext.extract(d["text"]).values()
                for hit in kind.values()
                for a, b in hit["span_info"]
            ]
            for d in documents
        }
    from geotext import GeoText as Words

    found = {}
    for d in documents:
        places = Words(d["text"])
        names = set(places.cities) | set(places.countries)
        spans = []
        for n in names:
            at = d["text"].find(n)
            while at >= 0:
                spans.append({"start": at, "end": at + len(n)})
                at = d["text"].find(n, at + 1)
        found[d["id"]] = spans
    return found


def main() -> None:
    """Print a table a corpus and half."""
    ge, gazetteer = scorer(), Gazetteer.open()
    for corpus in CORPORA:
        documents = ge.load(str(SHARED / "corpora" / f"{corpus}.jsonl"))
        ignore_demonyms(documents, gazetteer)
        for half in (True, False):
            docs = [d for d in documents if is_seen(d) is half]
            began = time.process_time()
            found = predict(docs, gazetteer)
            speed = len(docs) / (time.process_time() - began)
            recognition, end = ge.recognition(docs, found), ge.end_to_end(docs, found)
            resolution = ge.resolution(docs, resolver(gazetteer))
            exact, overlap = recognition["exact"], recognition["overlap"]
            print(
                f"{corpus:13} {'seen' if half else 'unseen':7} exact {exact['f1']:.3f}  overlap P {overlap['p']:.3f} R {overlap['r']:.3f} F1 {overlap['f1']:.3f}"
                f"  resolution {resolution.get('acc161', resolution)}  end to end {end.get('f1', end)}  {speed:.0f} stories/s",
                flush=True,
            )
            if "--errors" in sys.argv and half:
                for row in ge.errors_by_name(docs, found, 40).items():
                    print(json.dumps(row, ensure_ascii=False)[:1500])
        if "--peers" in sys.argv:
            for peer in ("flashgeotext", "geotext"):
                began = time.process_time()
                found = peer_predictions(peer, documents)
                speed = len(documents) / (time.process_time() - began)
                print(
                    f"{corpus:13} {peer}: overlap F1 {ge.recognition(documents, found)['overlap']['f1']:.3f}  {speed:.0f} stories/s",
                    flush=True,
                )


if __name__ == "__main__":
    main()
