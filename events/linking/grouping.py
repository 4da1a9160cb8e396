"""Which reports are of one happening: the most alike first, no story twice, and what people said outranks it.

For the store and the benchmarks. Two events of one story are never joined by likeness: the extractor has already told
them apart. Reports that a person merged are joined whatever they look like, and those that a person split never meet.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Generic, TypeVar

from events.linking.blocks import near_pairs
from events.linking.likeness import LINK_THRESHOLD, likeness, sketch_of
from events.linking.wording import vectors
from events.model import Event, Story

Key = TypeVar("Key", bound=Hashable)


def groups(events: Sequence[Event], stories: Mapping[str, Story]) -> list[list[int]]:
    """Which events are reports of one happening: lists of indices, each in order, ordered by their first."""
    words = vectors(events, stories)
    sketches = [sketch_of(event) for event in events]
    scored = [(likeness(sketches[a], sketches[b], words[a], words[b]), a, b) for a, b in near_pairs(sketches)]
    found = Grouping({index: event.story_id for index, event in enumerate(events)})
    found.join_alike(scored)
    return [sorted(members) for members in found.members()]


class Grouping(Generic[Key]):
    """Disjoint sets of reports in which no story stands twice and nothing that is to stay apart meets."""

    def __init__(self, story_of: Mapping[Key, str], apart: Iterable[tuple[Key, Key]] = ()) -> None:
        """story_of: the story of each report; apart: pairs that a person split."""
        self._leader = {key: key for key in story_of}
        self._members = {key: [key] for key in story_of}
        self._stories = {key: {story} for key, story in story_of.items()}
        self._foes: dict[Key, set[Key]] = {key: set() for key in story_of}
        for a, b in apart:
            if a in self._foes and b in self._foes:
                self._foes[a].add(b)
                self._foes[b].add(a)

    def join_for_good(self, keys: Sequence[Key]) -> None:
        """Join reports that stand together already or that a person merged; only a later split keeps them apart."""
        for one, other in combinations(keys, 2):
            self._join(one, other, told=True)

    def join_alike(self, scored: Collection[tuple[float, Key, Key]]) -> None:
        """Join the pairs that are alike enough, the most alike first."""
        alike = [row for row in scored if row[0] >= LINK_THRESHOLD]
        for _, a, b in sorted(alike, key=lambda row: (-row[0], row[1], row[2])):
            self._join(a, b, told=False)

    def members(self) -> list[list[Key]]:
        """The sets, in the order of their first report; the reports in the order in which they were given."""
        order = {key: number for number, key in enumerate(self._leader)}
        found = [sorted(members, key=order.__getitem__) for members in self._members.values()]
        return sorted(found, key=lambda members: order[members[0]])

    def _find(self, key: Key) -> Key:
        while self._leader[key] != key:
            self._leader[key] = self._leader[self._leader[key]]
            key = self._leader[key]
        return key

    def _join(self, one: Key, other: Key, *, told: bool) -> None:
        a, b = self._find(one), self._find(other)
        if a == b or not self._foes[a].isdisjoint(self._members[b]):
            return
        if not told and self._stories[a] & self._stories[b]:
            return
        self._leader[b] = a
        self._members[a] += self._members.pop(b)
        self._stories[a] |= self._stories.pop(b)
        self._foes[a] |= self._foes.pop(b)
