"""Temporal expressions on TempEval-3's TimeBank and AQUAINT in ../shared/corpora.

Errors were looked at in AQUAINT and in TimeBank's even-numbered documents only; TimeBank's halves are printed apart.

Run: python -m benchmarks.times
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from events.extraction.sentences import split
from events.extraction.syntax import Parser
from events.extraction.time_expressions import find_times
from events.model import Story

SHARED = Path(__file__).resolve().parents[2] / "shared"
REPEATED = "APW20000115.0209"  # the same story as APW20000107.0088 under another date


def predict(rows: list[dict[str, Any]], parsed: bool) -> list[dict[str, Any]]:
    """The expressions of each document, by the story's own offsets."""
    parser = Parser.load() if parsed else None
    found = []
    for row in rows:
        story = Story(id=row["id"], text=row["text"])
        sentences = parser.parse(split(story)) if parser else split(story)
        times = find_times(sentences, date.fromisoformat(row["published"][:10]))
        found.append(
            {
                "id": row["id"],
                "times": [
                    {"start": t.start, "end": t.end, "type": t.type, "value": t.value, "text": t.text} for t in times
                ],
            }
        )
    return found


def score(gold: list[dict[str, Any]], predicted: list[dict[str, Any]], errors: bool = False) -> str:
    """What the corpora's own scorer says."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("gold.jsonl", "predicted.jsonl")]
        for path, rows in zip(paths, (gold, predicted), strict=True):
            path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        command = [
            sys.executable,
            str(SHARED / "score" / "score_times.py"),
            *map(str, paths),
            *(["--errors"] if errors else []),
        ]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Print the figures of each corpus and half."""
    for corpus in ("aquaint", "timebank"):
        rows = [
            json.loads(line)
            for line in (SHARED / "corpora" / f"tempeval3-{corpus}.jsonl").read_text(encoding="utf-8").splitlines()
        ]
        rows = [row for row in rows if row["id"] != REPEATED]
        halves = {"even": rows[::2], "odd": rows[1::2]} if corpus == "timebank" else {"all": rows}
        for name, half in halves.items():
            began = time.process_time()
            predicted = predict(half, parsed="--unparsed" not in sys.argv)
            words = sum(len(row["text"].split()) for row in half)
            print(f"{corpus} {name}: {words / (time.process_time() - began):.0f} words/s, parsing included")
            print(score(half, predicted, "--errors" in sys.argv and name != "odd"))


if __name__ == "__main__":
    main()
