"""The choices that narrow down which events are shown, as one frozen value.

For the page, the link that shares it, and briefings. Nothing chosen means everything; it holds no data and
selects nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

Choice = Literal["dates", "regions", "families", "types", "statuses", "words", "sources", "sureness"]
CHOICES: tuple[Choice, ...] = get_args(Choice)


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show. Days are inclusive, None leaves that end open; an empty tuple leaves a choice open.

    regions: ids of the atlas ("country:FI"); an event counts for every region that it touches. words: all of them must
    occur in the event, its place, its actors, its quotes or its sources; case and accents don't matter. sureness: the
    least confidence that an event and its place must both have, from 0 to 1.
    """

    start: date | None = None
    end: date | None = None
    regions: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    words: str = ""
    sources: tuple[str, ...] = ()
    sureness: float = 0.0

    def chosen(self) -> tuple[Choice, ...]:
        """The choices that leave something out.

        >>> Filter(end=date(2025, 1, 17), statuses=("planned",)).chosen()
        ('dates', 'statuses')
        """
        return tuple(choice for choice in CHOICES if self._is_chosen(choice))

    def without(self, choice: Choice) -> Filter:
        """The same with one choice taken back.

        >>> Filter(words="cable", statuses=("planned",)).without("words") == Filter(statuses=("planned",))
        True
        """
        if choice == "dates":
            return replace(self, start=None, end=None)
        if choice == "words":
            return replace(self, words="")
        if choice == "sureness":
            return replace(self, sureness=0.0)
        taken: dict[str, tuple[str, ...]] = {choice: ()}
        return replace(self, **taken)  # type: ignore[arg-type]

    def _is_chosen(self, choice: Choice) -> bool:
        if choice == "dates":
            return self.start is not None or self.end is not None
        if choice == "words":
            return bool(self.words.strip())
        return bool(getattr(self, choice))
