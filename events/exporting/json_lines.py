"""JSON Lines: the events of the contract, one a line, as `extract` writes them."""

from __future__ import annotations

from events.exporting.dataset import Dataset
from events.terminal import json_line


def json_lines(dataset: Dataset) -> bytes:
    """The events in UTF-8, a line feed after each. What comes back from `events import` is the same."""
    lines = (json_line(event.model_dump(mode="json")) + "\n" for event in dataset.events)
    return "".join(lines).encode("utf-8", "replace")
