"""What a learned tagger says of names, joined to what the gazetteer says.

For the recognition of place names. The tagger's persons and organisations are evidence against a name, its places are
evidence for one, and places of its own are looked up in the gazetteer or passed on without a place. It works without a
tagger that is any particular one: mentions of PER, ORG, LOC and DEM are all that it asks for.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from events.extraction.places import name_context as context
from events.extraction.places.name_drafts import Found
from events.model import Mention, Part
from geodata.folding import fold

_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<![\s,.;:'’])(?<!['’]s)(?:['’]s?|[\s,.;:])++$")


class TaggedNames:
    """The mentions of one story, by where they stand."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions: dict[Part, list[Mention]] = {"title": [], "text": []}
        for mention in sorted(mentions, key=lambda m: m.start):
            self._mentions[mention.part].append(mention)
        self._starts = {part: [m.start for m in found] for part, found in self._mentions.items()}

    def evidence(self, name: Found) -> list[str]:
        """What the mention that covers most of a name says of it: the names of weights in place_evidence.py."""
        mention = self._over(name.part, name.start, name.end)
        if mention is None:
            return ["not tagged"]
        whole = mention.start >= name.start - 4 and mention.end <= name.end
        if mention.label == "LOC":
            return ["tagged as a place" if whole else "tagged as part of a place"]
        if mention.label == "DEM":
            return ["tagged as a people"]
        what = "a person" if mention.label == "PER" else "an organisation"
        return [f"tagged as {what}" if whole else f"tagged as part of {what}"]

    def _over(self, part: Part, start: int, end: int) -> Mention | None:
        """The mention that shares most with a span."""
        mentions, at = self._mentions[part], bisect.bisect_left(self._starts[part], end)
        near = [m for m in mentions[max(0, at - 3) : at] if m.end > start]
        return max(near, key=lambda m: min(end, m.end) - max(start, m.start), default=None)

    def further_places(
        self, found: Sequence[Found], weighed: Sequence[Found]
    ) -> Iterator[tuple[Part, int, int, str, str]]:
        """(part, start, end, text, key) of the tagger's places that no place found touches.

        weighed: the names that were weighed; a place that is mostly one of them was found wanting already.
        """
        for part, mentions in self._mentions.items():
            taken = sorted((f.start, f.end) for f in found if f.part == part)
            starts = [start for start, _ in taken]
            known = {(f.start, f.end) for f in weighed if f.part == part}
            for mention in mentions:
                at = bisect.bisect_left(starts, mention.end)
                touched = any(end > mention.start for _, end in taken[max(0, at - 2) : at])
                if mention.label == "LOC" and not touched:
                    start, text = _snapped(mention)
                    if _is_name(text) and (start, start + len(text)) not in known:
                        yield part, start, start + len(text), text, fold(text)


def _snapped(mention: Mention) -> tuple[int, str]:
    """Where a tagged name begins and its words, without an article before and a possessive behind."""
    text = _POSSESSIVE.sub("", mention.text)
    bare = _ARTICLE.sub("", text)
    return mention.start + len(text) - len(bare), bare


def _is_name(text: str) -> bool:
    """Whether a tagged span can be a name at all: a capital, two letters or more, no common word alone."""
    key = fold(text)
    return any(c.isupper() for c in text) and len(key) > 2 and key not in context.COMMON_WORDS | context.NEVER_PLACES
