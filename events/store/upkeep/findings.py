"""What a check of a store finds, a sentence each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was found. `bad`: the store is not sound; else it is only worth knowing."""

    what: str
    bad: bool = True
