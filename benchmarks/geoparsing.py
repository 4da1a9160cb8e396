"""Toponym recognition and resolution on the corpora in ../shared/corpora, with two peers in the same run.

All gold names count that have a point (for recognition: all), nothing is left out; demonyms count neither way.
Documents are split in two by a hash of their id: weights were fitted and errors looked at in the half called "seen"
only, so the other half is the one to believe. A story brings its address where the corpus has it, as in the product.

Run: python -m benchmarks.geoparsing [--peers] [--errors] [--tagger]
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from benchmarks.shared_data import SHARED, scorer
from events.extraction.places.resolution import geoparse, resolve_spans
from events.extraction.places.toponyms import Tagger, Toponym
from events.extraction.sentences import split
from events.model import Story
from geodata.gazetteer import Gazetteer

CORPORA = ("lgl", "geovirus", "tud-loc-2013")
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
NEAR_KM = 161.0
Document = dict[str, Any]
Answer = tuple[float, bool]  # confidence, right


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one corpus's half: shares of 1, and stories a second on one core, splitting included."""

    exact: float
    precision: float
    recall: float
    overlap: float
    resolution: float
    end_to_end: float
    speed: float


def is_seen(document: Document) -> bool:
    """Whether a document is of the half whose errors were looked at."""
    return hashlib.sha256(str(document["id"]).encode()).digest()[0] % 2 == 0


def documents_of(corpus: str, ge: ModuleType, gazetteer: Gazetteer) -> list[Document]:
    """The documents of a corpus, with the gold toponyms that are demonyms marked as scored neither way."""
    documents: list[Document] = ge.load(str(SHARED / "corpora" / f"{corpus}.jsonl"))
    for document in documents:
        for toponym in document["toponyms"]:
            candidates = gazetteer.candidates(document["text"][toponym["start"] : toponym["end"]])
            if candidates and candidates[0].match == "demonym":
                toponym["ignore"] = True
    return documents


def story_of(document: Document) -> Story:
    """A corpus's document as a story: its text, and where it was published."""
    return Story(id=str(document["id"]), text=document["text"], url=document.get("url"), source=document.get("domain"))


def predict(documents: list[Document], gazetteer: Gazetteer, names: Tagger | None = None) -> dict[str, list[Toponym]]:
    """What the geoparser finds, demonyms left out."""
    found = {}
    for document in documents:
        story = story_of(document)
        found[document["id"]] = [
            t for t in geoparse(story, split(story), gazetteer, names) if t.kind != "demonym" and t.place
        ]
    return found


def resolver(
    documents: list[Document], gazetteer: Gazetteer
) -> Callable[[str, list[tuple[int, int]]], list[tuple[float, float] | None]]:
    """Gold spans in, points out, as the scorer wants it."""
    stories = {document["text"]: story_of(document) for document in documents}

    def resolve(text: str, spans: list[tuple[int, int]]) -> list[tuple[float, float] | None]:
        answers = resolve_spans(stories[text], spans, gazetteer)
        return [(t.place.lat, t.place.lon) if t.place else None for t in answers]

    return resolve


def measure(
    ge: ModuleType, documents: list[Document], gazetteer: Gazetteer, names: Tagger | None
) -> tuple[Row, list[Answer]]:
    """The figures of some documents, and every answer with its confidence."""
    began = time.process_time()
    found = predict(documents, gazetteer, names)
    speed = len(documents) / (time.process_time() - began)
    spans = {key: [span_of(t) for t in toponyms] for key, toponyms in found.items()}
    recognition, end = ge.recognition(documents, spans), ge.end_to_end(documents, spans)["within_161km"]
    resolution = ge.resolution(documents, resolver(documents, gazetteer))["acc161"]
    overlap = recognition["overlap"]
    row = Row(recognition["exact"]["f1"], overlap["p"], overlap["r"], overlap["f1"], resolution, end["f1"], speed)
    return row, list(answers(ge, documents, found))


def span_of(toponym: Toponym) -> Document:
    """A toponym as the scorer takes it."""
    place = toponym.place
    point = {"lat": place.lat, "lon": place.lon, "geonames_id": place.geonames_id} if place else {}
    return {"start": toponym.start, "end": toponym.end, **point}


def answers(ge: ModuleType, documents: list[Document], found: dict[str, list[Toponym]]) -> Iterator[Answer]:
    """(confidence, right) of each answer; right is a gold name within 161 km, or within the reach of a large place."""
    for document in documents:
        for toponym in found[document["id"]]:
            gold = [g for g in document["toponyms"] if g["start"] < toponym.end and toponym.start < g["end"]]
            placed = [g for g in gold if g.get("lat") is not None and not g.get("ignore")]
            if toponym.place and (placed or not gold):
                place, reach = toponym.place, max(NEAR_KM, toponym.place.radius_km)
                yield toponym.confidence, any(ge.km(g["lat"], g["lon"], place.lat, place.lon) <= reach for g in placed)


def reliability(rows: list[Answer]) -> list[tuple[float, float, int, float, float]]:
    """(from, to, answers, mean confidence, share right) of each bin of confidence."""
    bins: dict[int, list[Answer]] = defaultdict(list)
    for confidence, right in rows:
        bins[max(i for i, least in enumerate(BINS[:-1]) if confidence >= least)].append((confidence, right))
    return [
        (BINS[i], min(1.0, BINS[i + 1]), len(got), sum(c for c, _ in got) / len(got), sum(r for _, r in got) / len(got))
        for i, got in sorted(bins.items())
    ]


def figures() -> dict[str, float]:
    """The unseen halves' figures by name, shares of 1, for the floors: without the tagger, and with it as shipped."""
    tagger = importlib.import_module("events.extraction.tagging.tagger").Tagger.load()
    return unseen_figures("geoparsing.light", None) | unseen_figures("geoparsing", tagger.names)


def unseen_figures(prefix: str, names: Tagger | None) -> dict[str, float]:
    """The unseen halves' figures of one profile. Needs ../shared and the gazetteer."""
    ge, gazetteer = scorer("score_geoparse"), Gazetteer.open()
    found: dict[str, float] = {}
    sure: list[Answer] = []
    for corpus in CORPORA:
        documents = [d for d in documents_of(corpus, ge, gazetteer) if not is_seen(d)]
        row, rows = measure(ge, documents, gazetteer, names)
        name = corpus.split("-")[0]
        found |= {
            f"{prefix}.{name}.exact_f1": row.exact,
            f"{prefix}.{name}.overlap_f1": row.overlap,
            f"{prefix}.{name}.resolution_161km": row.resolution,
            f"{prefix}.{name}.end_to_end_f1": row.end_to_end,
        }
        sure += [answer for answer in rows if answer[0] >= 0.9]
    found[f"{prefix}.right_of_those_at_0.9"] = round(sum(right for _, right in sure) / len(sure), 4)
    return found


def beside() -> dict[str, dict[str, float]]:
    """What flashgeotext and geotext, which find names and place none, reach in the unseen halves."""
    ge, gazetteer = scorer("score_geoparse"), Gazetteer.open()
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for corpus in CORPORA:
        documents = [d for d in documents_of(corpus, ge, gazetteer) if not is_seen(d)]
        for peer in ("flashgeotext", "geotext"):
            recognition = ge.recognition(documents, peer_predictions(peer, documents))
            for span in ("exact", "overlap"):
                found[peer][f"geoparsing.{corpus.split('-')[0]}.{span}_f1"] = recognition[span]["f1"]
    return dict(found)


def peer_predictions(name: str, documents: list[Document]) -> dict[str, list[Document]]:
    """What a peer package finds: spans, without places."""
    package = importlib.import_module("flashgeotext.geotext" if name == "flashgeotext" else "geotext")
    if name == "flashgeotext":
        parser = package.GeoText()
        return {d["id"]: list(_flashgeotext_spans(parser.extract(d["text"]))) for d in documents}
    return {d["id"]: list(_geotext_spans(package.GeoText(d["text"]), d["text"])) for d in documents}


def _flashgeotext_spans(extracted: dict[str, Any]) -> Iterator[Document]:
    for names in extracted.values():
        for hit in names.values():
            yield from ({"start": a, "end": b} for a, b in hit["span_info"])


def _geotext_spans(places: Any, text: str) -> Iterator[Document]:
    """Geotext gives names and no offsets: every occurrence of each counts."""
    for name in set(places.cities) | set(places.countries):
        at = text.find(name)
        while at >= 0:
            yield {"start": at, "end": at + len(name)}
            at = text.find(name, at + 1)


def main() -> None:
    """Print a line a corpus and half, the reliability of the unseen halves' answers, and the peers."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--peers", action="store_true", help="also flashgeotext and geotext")
    parser.add_argument("--errors", action="store_true", help="the commonest errors of the seen halves")
    parser.add_argument("--tagger", action="store_true", help="with the learned tagger as one more voice")
    asked = parser.parse_args()
    ge, gazetteer = scorer("score_geoparse"), Gazetteer.open()
    names = importlib.import_module("events.extraction.tagging.tagger").Tagger.load() if asked.tagger else None
    print(f"{'':21} exact  P     R     overlap  161 km  end to end  stories/s")
    unseen: list[Answer] = []
    for corpus in CORPORA:
        documents = documents_of(corpus, ge, gazetteer)
        for seen in (True, False):
            half = [d for d in documents if is_seen(d) is seen]
            row, rows = measure(ge, half, gazetteer, names)
            unseen += [] if seen else rows
            _print_row(f"{corpus:13} {'seen' if seen else 'unseen'}", row)
            if asked.errors and seen:
                _print_errors(ge, half, predict(half, gazetteer, names))
        for peer in ("flashgeotext", "geotext") if asked.peers else ():
            _print_peer(ge, corpus, peer, documents)
    print("\nOf the answers in the unseen halves:\nconfidence   answers  mean   right")
    for least, most, count, mean, right in reliability(unseen):
        print(f"{least:.2f} to {most:.2f} {count:8}  {mean:.3f}  {right:.3f}")


def _print_row(name: str, row: Row) -> None:
    print(
        f"{name:21} {row.exact:.3f}  {row.precision:.3f} {row.recall:.3f} {row.overlap:.3f}    "
        f"{row.resolution:.3f}   {row.end_to_end:.3f}       {row.speed:.0f}",
        flush=True,
    )


def _print_peer(ge: ModuleType, corpus: str, peer: str, documents: list[Document]) -> None:
    began = time.process_time()
    found = peer_predictions(peer, documents)
    speed = len(documents) / (time.process_time() - began)
    figures = ge.recognition(documents, found)
    overlap = figures["overlap"]
    print(
        f"{corpus} {peer:12}  {figures['exact']['f1']:.3f}  {overlap['p']:.3f} {overlap['r']:.3f} {overlap['f1']:.3f}"
        f"                                {speed:.0f}",
        flush=True,
    )


def _print_errors(ge: ModuleType, documents: list[Document], found: dict[str, list[Toponym]]) -> None:
    spans = {key: [span_of(t) for t in toponyms] for key, toponyms in found.items()}
    for what, names in zip(("wrongly found", "missed"), ge.errors_by_name(documents, spans, 40), strict=True):
        print(f"  {what}: {json.dumps(names, ensure_ascii=False)}")


if __name__ == "__main__":
    main()
