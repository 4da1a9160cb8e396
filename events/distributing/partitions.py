"""Stories put together to partitions of like size: what one worker reads before it answers.

For the driver. Size is in characters, for that is what extraction takes its time by; a story is never parted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from events.model import Story

CHARACTERS = 60_000  # some thirty stories of news: seconds of work, so that a lost worker costs little
FEWEST = 4_000  # below it, sending takes as long as reading
SHARES = 4  # partitions for each reader at the least, so that none stands idle while another reads the last
MOST_STORIES = 200


@dataclass(frozen=True, slots=True)
class Partition:
    """Consecutive stories; `first` is the number of the first of them."""

    first: int
    stories: tuple[Story, ...]

    def halves(self) -> tuple[Partition, ...]:
        """The partition in two; itself where it is one story."""
        middle = len(self.stories) // 2
        if not middle:
            return (self,)
        return Partition(self.first, self.stories[:middle]), Partition(self.first + middle, self.stories[middle:])


def size_for(stories: Sequence[Story], readers: int) -> int:
    """How many characters a partition of these stories holds where so many are read at once.

    >>> some = [Story(id=str(n), text="x" * 2000) for n in range(40)]
    >>> size_for(some, 2), size_for(some * 100, 2)
    (10000, 60000)
    """
    whole = sum(len(story.title) + len(story.text) for story in stories)
    return min(CHARACTERS, max(FEWEST, whole // (max(1, readers) * SHARES)))


def partitions(stories: Sequence[Story], characters: int = CHARACTERS) -> Iterator[Partition]:
    """The stories in their order, each partition closed by the story that brings it to so many characters.

    >>> some = [Story(id=str(n), text="x" * 40) for n in range(5)]
    >>> [len(part.stories) for part in partitions(some, 80)]
    [2, 2, 1]
    """
    first, size = 0, 0
    for number, story in enumerate(stories, 1):
        size += len(story.title) + len(story.text)
        if size >= characters or number - first == MOST_STORIES or number == len(stories):
            yield Partition(first, tuple(stories[first:number]))
            first, size = number, 0
