"""Our own marked news in training/own-news, as the benchmarks read it.

Actors and triggers are measured on the short stories that were there first: those that came later are of other lengths and
kinds, and would change what the figures mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OWN_NEWS = Path(__file__).resolve().parents[1] / "training" / "own-news"
FIRST = ("africa", "americas", "asia", "europe", "mideast", "pairs", "words")


def first_stories() -> Iterator[dict[str, Any]]:
    """The short stories that were there first, by file and line, as training/own-news/README.md describes them."""
    for name in FIRST:
        yield from map(json.loads, (OWN_NEWS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
