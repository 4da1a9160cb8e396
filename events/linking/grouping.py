"""Which reports are of one happening: the most alike first, no story twice, and what people said outranks it.

For the store and the benchmarks. Two events of one story are never joined by likeness: the extractor has already told
them apart. Reports that a person merged are joined whatever they look like, and those that a person split never meet.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
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
    found = Grouping({index: {event.story_id} for index, event in enumerate(events)})
    found.join_alike(scored)
    return [sorted(members) for members in found.members()]


class Grouping(Generic[Key]):
    """Disjoint sets of reports in which no story stands twice and nothing that is to stay apart meets.

    What is joined may be a report, or reports that stand together already and are known by one key.
    """

    def __init__(self, stories_of: Mapping[Key, Collection[str]], apart: Iterable[tuple[Key, Key]] = ()) -> None:
        """stories_of: the stories that tell of each; apart: pairs that a person split."""
        self._leader = {key: key for key in stories_of}
        self._members = {key: [key] for key in stories_of}
        self._stories = {key: set(stories) for key, stories in stories_of.items()}
        self._foes: dict[Key, set[Key]] = {key: set() for key in stories_of}
        for a, b in apart:
            if a in self._foes and b in self._foes:
                self._foes[a].add(b)
                self._foes[b].add(a)

    def join_for_good(self, keys: Sequence[Key]) -> None:
        """Join reports that stand together already or that a person merged; only a later split keeps them apart."""
        left = list(keys)
        while left:
            first, *left = left
            for other in left:
                self._join(first, other, told=True)
            leader = self._find(first)
            left = [other for other in left if self._find(other) != leader]

    def join_alike(self, scored: Collection[tuple[float, Key, Key]]) -> None:
        """Join the pairs that are alike enough, the most alike first."""
        alike = [row for row in scored if row[0] >= LINK_THRESHOLD]
        self.join_in_turn((a, b) for _, a, b in sorted(alike, key=lambda row: (-row[0], row[1], row[2])))

    def join_in_turn(self, pairs: Iterable[tuple[Key, Key]]) -> bool:
        """Join the pairs in this order where that may be. Whether it might be everywhere: if so, no order matters."""
        joined = [self._join(a, b, told=False) for a, b in pairs]
        return all(joined)

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

    def _join(self, one: Key, other: Key, *, told: bool) -> bool:
        """Whether the two are in one set now."""
        a, b = self._find(one), self._find(other)
        if a == b:
            return True
        if not self._foes[a].isdisjoint(self._members[b]):
            return False
        if not told and not self._stories[a].isdisjoint(self._stories[b]):
            return False
        self._leader[b] = a
        self._members[a] += self._members.pop(b)
        self._stories[a] |= self._stories.pop(b)
        self._foes[a] |= self._foes.pop(b)
        return True
