"""Names on UNER's English test sets and GeoVirus's toponyms; names and triggers on our own held-out news.

UNER: exact span and label, F1 in per cent, PER, ORG and LOC; demonyms are left out, for UNER marks none. Our own news
is fair only to a model trained with --hold-out, of the stories that it did not see. None learned from the test sets.

Run: python -m benchmarks.names [--model DIR] [--own-news] [--peer spacy:NAME]
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.shared_data import SHARED
from events.extraction.sentences import split
from events.extraction.tagging.name_taggers import named
from events.extraction.tagging.tagger import MODEL, LearnedTrigger, Tagger
from events.model import Mention, Sentence, Story
from training.tagger_data import from_tags, is_held_out, own_stories

UNER = {"UNER-EWT test": "names_uner_ewt_test.jsonl", "UNER-PUD": "names_uner_pud_test.jsonl"}
LABELS = ("PER", "ORG", "LOC")
Names = Callable[[Sequence[Sentence]], list[Mention]]
Span = tuple[int, int, str]


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--own-news", action="store_true")
    parser.add_argument("--peer", help="spacy:MODEL or hf:MODEL in the tagger's place")
    wanted = parser.parse_args()
    tagger = Tagger.load(wanted.model)
    names: Names = named(wanted.peer) if wanted.peer else tagger.names
    for title, file in UNER.items():
        print(title, uner(names, SHARED / "training" / file))
    print("GeoVirus toponyms", geovirus(names))
    print("words a second, one core", round(speed(names)))
    for corpus in ("events-dev", "events-dev-world"):
        for threshold, figures in real_news(tagger, SHARED / "corpora" / f"{corpus}.jsonl").items():
            print(f"{corpus}: triggers from {threshold}", figures)
    if wanted.own_news:
        rows = [row for row in own_stories() if is_held_out(row["id"])]
        for title, figures in own_news(tagger, rows).items():
            print("own news, held out:", title, figures)


def f1(right: int, found: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 in per cent."""
    precision, recall = right / max(found, 1), right / max(gold, 1)
    return {
        "P": round(100 * precision, 1), "R": round(100 * recall, 1),
        "F1": round(100 * 2 * precision * recall / max(precision + recall, 1e-9), 1),
    }  # fmt: skip


def uner(names: Names, path: Path) -> dict[str, float]:
    """Micro F1 over the three labels, and of each."""
    found: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, gold = from_tags(row["tokens"], row["tags"])
        sentence = Sentence("text", 0, len(text), text, "body", 0)
        _count(found, {(m.start, m.end, m.label) for m in names([sentence])}, set(gold))
    figures = {label: _figures(found, [label])["F1"] for label in LABELS}
    return {"F1": _figures(found, LABELS)["F1"], **figures}


def _count(found: Counter[str], predicted: set[Span], gold: set[Span]) -> None:
    for kind, spans in (("found", predicted), ("gold", gold), ("right", predicted & gold)):
        for span in spans:
            found[f"{kind} {span[2]}"] += 1


def _figures(found: Counter[str], labels: Iterable[str]) -> dict[str, float]:
    return f1(*(sum(found[f"{kind} {label}"] for label in labels) for kind in ("right", "found", "gold")))


def geovirus(names: Names) -> dict[str, float]:
    """F1 of places: exact span, and any overlap (each gold and each found name once)."""
    exact: Counter[str] = Counter()
    for line in (SHARED / "corpora" / "geovirus.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spans = [(m.start, m.end) for m in names(split(Story(id=row["id"], text=row["text"]))) if m.label == "LOC"]
        gold = [(t["start"], t["end"]) for t in row["toponyms"]]
        exact["found"] += len(spans)
        exact["gold"] += len(gold)
        exact["right"] += len(set(spans) & set(gold))
        exact["overlapping"] += _overlapping(spans, gold)
    return {
        "exact": f1(exact["right"], exact["found"], exact["gold"])["F1"],
        "overlap": f1(exact["overlapping"], exact["found"], exact["gold"])["F1"],
    }


def _overlapping(found: list[tuple[int, int]], gold: list[tuple[int, int]]) -> int:
    """How many pairs of overlapping spans there are, each span used once."""
    free = list(gold)
    pairs = 0
    for start, end in sorted(found):
        match = next((g for g in free if g[0] < end and start < g[1]), None)
        if match:
            free.remove(match)
            pairs += 1
    return pairs


def speed(names: Names) -> float:
    """Words a second over GeoVirus, splitting included, by process time."""
    rows = (SHARED / "corpora" / "geovirus.jsonl").read_text(encoding="utf-8").splitlines()[:60]
    texts = [json.loads(line)["text"] for line in rows]
    names(split(Story(id="warm", text=texts[0])))
    began = time.process_time()
    for text in texts:
        names(split(Story(id="timed", text=text)))
    return sum(len(text.split()) for text in texts) / (time.process_time() - began)


def real_news(tagger: Tagger, path: Path) -> dict[float, dict[str, float]]:
    """Triggers against real stories' events, by sentence: how many events (core ones, all) have a trigger in a sentence
    that is their evidence, how many triggers stand in such a sentence, and how often the strongest of them has the
    event's type (alone, among its three) and status.
    """
    counted: dict[float, Counter[str]] = {threshold: Counter() for threshold in (0.15, 0.3, 0.5, 0.7)}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        story = Story(id=row["id"], title=row["title"] or "", text=row["text"])
        triggers = [t for t in tagger.tag(split(story)).triggers if t.part == "text"]
        for threshold, counts in counted.items():
            _count_sentences(counts, row, [t for t in triggers if t.probability >= threshold])
    return {threshold: _sentence_shares(counts) for threshold, counts in counted.items()}


def _count_sentences(counts: Counter[str], row: dict[str, Any], triggers: list[LearnedTrigger]) -> None:
    def standing_in(numbers: Iterable[int]) -> list[LearnedTrigger]:
        spans = [row["sentences"][n] for n in numbers]
        return [t for t in triggers if any(a <= t.start < b for a, b in spans)]

    counts["triggers"] += len(triggers)
    counts["fitting"] += len(standing_in({n for event in row["events"] for n in event["evidence"]}))
    for event in row["events"]:
        found = standing_in(event["evidence"])
        counts["events"] += 1
        counts["core"] += event["core"]
        if found:
            best = max(found, key=lambda t: t.probability)
            counts["hit"] += 1
            counts["core hit"] += event["core"]
            counts["type"] += best.type in event["types"]
            counts["top 3"] += any(name in event["types"] for name, _ in best.types)
            counts["status"] += best.status in event["status"]


def _sentence_shares(counts: Counter[str]) -> dict[str, float]:
    pairs = {
        "core events hit": ("core hit", "core"), "events hit": ("hit", "events"), "triggers that fit": ("fitting", "triggers"),
        "type": ("type", "hit"), "top 3": ("top 3", "hit"), "status": ("status", "hit"),
    }  # fmt: skip
    return {title: round(100 * counts[part] / max(counts[whole], 1), 1) for title, (part, whole) in pairs.items()}


def own_news(tagger: Tagger, rows: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Names by label; triggers at the thresholds .15, .3, .5 and .7; type, status and core of those found."""
    names: Counter[str] = Counter()
    triggers: dict[float, Counter[str]] = {threshold: Counter() for threshold in (0.15, 0.3, 0.5, 0.7)}
    for row in rows:
        tagged = tagger.tag(split(Story(id=row["id"], title=row["title"], text=row["text"])))
        for part in ("title", "text"):
            gold = {(m["start"], m["end"], m["label"]) for m in row["names"] if m["part"] == part}
            _count(names, {(m.start, m.end, m.label) for m in tagged.names if m.part == part}, gold)
        for threshold, counts in triggers.items():
            _count_triggers(counts, row, [t for t in tagged.triggers if t.probability >= threshold])
    figures = {f"names {label}": _figures(names, [label]) for label in (*LABELS, "DEM")}
    return figures | {f"triggers from {threshold}": _shares(counts) for threshold, counts in triggers.items()}


def _count_triggers(counts: Counter[str], row: dict[str, Any], found: list[LearnedTrigger]) -> None:
    gold = [(t["part"], t["start"], t["end"], event) for event in row["events"] for t in event["triggers"]]
    hit = set()
    counts["found"] += len(found)
    counts["gold"] += len(gold)
    for trigger in found:
        match = next((g for g in gold if g[0] == trigger.part and g[1] < trigger.end and trigger.start < g[2]), None)
        if match is None:
            continue
        hit.add(match[:3])
        counts["right"] += 1
        event = match[3]
        counts["type"] += trigger.type == event["type"]
        counts["top 3"] += event["type"] in [name for name, _ in trigger.types]
        counts["status"] += trigger.status == event["status"]
        counts["not occurred"] += event["status"] != "occurred"
        counts["not occurred, status"] += event["status"] not in ("occurred",) and trigger.status == event["status"]
        counts["core"] += (trigger.core_probability >= 0.5) == event["core"]
    counts["hit"] += len(hit)
    counts["events"] += len(row["events"])
    counts["events hit"] += sum(
        any((t["part"], t["start"], t["end"]) in hit for t in event["triggers"]) for event in row["events"]
    )


def _shares(counts: Counter[str]) -> dict[str, float]:
    precision, recall = counts["right"] / max(counts["found"], 1), counts["hit"] / max(counts["gold"], 1)
    shares = {key: round(100 * counts[key] / max(counts["right"], 1), 1) for key in ("type", "top 3", "status", "core")}
    return {
        "P": round(100 * precision, 1), "R": round(100 * recall, 1),
        "F1": round(100 * 2 * precision * recall / max(precision + recall, 1e-9), 1),
        "events found": round(100 * counts["events hit"] / max(counts["events"], 1), 1), **shares,
        "status of those not occurred": round(
            100 * counts["not occurred, status"] / max(counts["not occurred"], 1), 1
        ),
    }  # fmt: skip


def figures() -> dict[str, float]:
    """F1 as shares of 1 on UNER and on GeoVirus's toponyms, for the floors. Needs ../shared."""
    names = Tagger.load().names
    found: dict[str, float] = {}
    for title, file in UNER.items():
        key = title.lower().replace(" test", "").replace("-", "_")
        shares = uner(names, SHARED / "training" / file)
        found |= {f"names.{key}.{label.lower()}": value / 100 for label, value in shares.items()}
    return found | {f"names.geovirus.{span}_f1": value / 100 for span, value in geovirus(names).items()}


if __name__ == "__main__":
    main()
