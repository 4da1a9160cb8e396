"""JSON Lines: the events of the contract, one a line, as `extract` writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from events.exporting.dataset import Dataset, Grounded, Scope
from events.terminal import json_line


def json_lines(dataset: Dataset) -> bytes:
    """The events in UTF-8, a line feed after each. What comes back from `events import` is the same."""
    return b"".join(json_lines_in_parts(dataset.scope, dataset.grounded()))


def json_lines_in_parts(_scope: Scope, events: Iterable[Grounded]) -> Iterator[bytes]:
    """The same, as the events come."""
    return ((json_line(event.model_dump(mode="json")) + "\n").encode("utf-8", "replace") for event, _ in events)
