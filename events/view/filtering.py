"""The choices that narrow down which events are shown, as one frozen value.

For the page, the link that shares it, and briefings. Nothing chosen means everything; it holds no data and
selects nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

Choice = Literal["dates", "regions", "families", "types", "statuses", "words", "sources"]
CHOICES: tuple[Choice, ...] = get_args(Choice)


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show. Days are inclusive, None leaves that end open; an empty tuple leaves a choice open.

    regions: ids of the atlas ("country:FI"); an event counts for every region that it touches. words: all of them must
    occur in the event, its place, its actors, its quotes or its sources; case and accents don't matter.
    """

    start: date | None = None
    end: date | None = None
    regions: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    words: str = ""
    sources: tuple[str, ...] = ()

    def chosen(self) -> tuple[Choice, ...]:
        """The choices that leave something out.

        >>> Filter(end=date(2025, 1, 17), statuses=("planned",)).chosen()
        ('dates', 'statuses')
        """
        return tuple(choice for choice in CHOICES if self._is_chosen(choice))

    def without(self, choice: Choice) -> Filter:
        """The same with one choice taken back.

        >>> Filter(words="cable", statuses=("planned",)).without("words")
        Filter(start=None, end=None, regions=(), families=(), types=(), statuses=('planned',), words='', sources=())
        """
        if choice == "dates":
            return replace(self, start=None, end=None)
        if choice == "words":
            return replace(self, words="")
        taken: dict[str, tuple[str, ...]] = {choice: ()}
        return replace(self, **taken)  # type: ignore[arg-type]

    def _is_chosen(self, choice: Choice) -> bool:
        if choice == "dates":
            return self.start is not None or self.end is not None
        if choice == "words":
            return bool(self.words.strip())
        return bool(getattr(self, choice))
