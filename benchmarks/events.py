"""Events on the gold stories of ../shared/corpora, beside a baseline run in the same call.

The baseline marks every sentence that names a place, at its first place and on the publication day. Stories are split in two
by a hash of their id; errors were looked at in the half called "seen" only. Prints a table; --errors lists what was missed
and what was wrong in the seen half; --light runs the profile without the learned tagger.

Run: python -m benchmarks.events [--light] [--errors]
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.shared_data import SHARED
from events.extraction.pipeline import Extractor
from events.model import Event, Story

CORPORA = ("events-dev", "events-dev-world")
Row = dict[str, Any]
_FIGURE = re.compile(r"(core recall|precision|F1|place|date|type|status) (0\.\d+|1\.0+)")


def gold() -> list[Row]:
    """The gold stories of both sets; [] where the corpora are not at hand."""
    paths = [SHARED / "corpora" / f"{name}.jsonl" for name in CORPORA]
    return [json.loads(line) for path in paths if path.exists() for line in path.read_text("utf-8").splitlines()]


def is_seen(row: Row) -> bool:
    """Whether a story is of the half whose errors were looked at."""
    return hashlib.sha256(str(row["id"]).encode()).digest()[0] % 2 == 0


def as_story(row: Row) -> Story:
    """A gold story as the product reads it."""
    day = date.fromisoformat(row["published"][:10]) if row.get("published") else None
    return Story(id=row["id"], title=row.get("title") or "", text=row["text"], published=day, url=row.get("url"))


def predictions(rows: Iterable[Row], extractor: Extractor) -> list[Row]:
    """The product's events in the scorer's form."""
    return [_row(event) for row in rows for event in extractor.extract(as_story(row))]


def baseline(rows: Iterable[Row], extractor: Extractor) -> list[Row]:
    """Every sentence that names a place, at its first place and on the publication day."""
    found = []
    for row in rows:
        story = as_story(row)
        analysis = extractor.read(story)
        for number, toponyms in sorted(analysis.toponyms_by_sentence.items()):
            sentence, place = analysis.sentences[number], toponyms[0][0].place
            if place is None:
                continue
            day = story.published.isoformat() if story.published else None
            quote = {"part": sentence.part, "start": sentence.start, "end": sentence.end}
            found.append(
                {
                    "story_id": story.id, "type": "OTHER", "status": "occurred", "evidence": [quote],
                    "place": {"lat": place.lat, "lon": place.lon}, "when": {"start": day, "end": day},
                }
            )  # fmt: skip
    return found


def score(rows: Sequence[Row], predicted: Sequence[Row], errors: bool = False) -> str:
    """What the corpora's own scorer says."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("gold.jsonl", "predicted.jsonl")]
        for path, lines in zip(paths, (rows, predicted), strict=True):
            path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
        command = [sys.executable, str(SHARED / "score" / "score_events.py"), *map(str, paths)]
        return subprocess.run(command + ["--errors"] * errors, capture_output=True, text=True, check=True).stdout


def numbers(said: str) -> dict[str, float]:
    """The scorer's last lines as numbers: "found core recall", "place", …, "core recall", "precision", "F1"."""
    found, right = said.strip().splitlines()[-2:]
    row = {f"found {name}" if name == "core recall" else name: float(value) for name, value in _FIGURE.findall(found)}
    return row | {name: float(value) for name, value in _FIGURE.findall(right)}


def figures() -> dict[str, float]:
    """All of the scorer's shares, of all stories and of the unseen half, as shipped and without the tagger."""
    rows = gold()
    return _named("events", rows, predictions(rows, Extractor.load())) | _named(
        "events.light", rows, predictions(rows, Extractor.load(light=True))
    )


def beside() -> dict[str, dict[str, float]]:
    """The same shares of the baseline."""
    rows = gold()
    return {"every sentence": _named("events", rows, baseline(rows, Extractor.load(light=True)))}


def _named(prefix: str, rows: list[Row], predicted: list[Row]) -> dict[str, float]:
    found: dict[str, float] = {}
    for half, some in (("all", rows), ("unseen", [row for row in rows if not is_seen(row)])):
        ids = {row["id"] for row in some}
        shares = numbers(score(some, [p for p in predicted if p["story_id"] in ids]))
        found |= {f"{prefix}.{half}.{name.lower().replace(' ', '_')}": value for name, value in shares.items()}
    return found


def _row(event: Event) -> Row:
    row = event.model_dump(mode="json")
    return {key: row[key] for key in ("story_id", "type", "status", "place", "when", "evidence", "what", "confidence")}


def main() -> None:
    """Print the table of both halves and the baseline."""
    rows = gold()
    if not rows:
        print("the corpora are not at hand: nothing is measured")
        return
    extractor = Extractor.load(light="--light" in sys.argv)
    halves = {"seen": [r for r in rows if is_seen(r)], "unseen": [r for r in rows if not is_seen(r)], "all": rows}
    began = time.process_time()
    predicted = predictions(rows, extractor)
    speed = len(rows) / (time.process_time() - began)
    for name, half in halves.items():
        ids = {row["id"] for row in half}
        said = score(half, [p for p in predicted if p["story_id"] in ids], "--errors" in sys.argv and name == "seen")
        print(f"== {name}\n{said}", flush=True)
    print(f"{speed:.1f} stories/s")
    if "--baseline" in sys.argv:
        print("== baseline, all\n" + score(rows, baseline(rows, extractor)))


if __name__ == "__main__":
    main()
