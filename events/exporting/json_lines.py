"""JSON Lines: the events of the contract, one a line, as `extract` writes them."""

from __future__ import annotations

import json

from events.exporting.dataset import Dataset


def json_lines(dataset: Dataset) -> bytes:
    """The events in UTF-8, a line feed after each. What comes back from `events import` is the same."""
    lines = (json.dumps(event.model_dump(mode="json"), ensure_ascii=False) + "\n" for event in dataset.events)
    return "".join(lines).encode("utf-8", "replace")
