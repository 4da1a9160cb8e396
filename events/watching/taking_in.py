"""Stories that feeds told into the store, each whole or not at all.

For the watcher. What the store has is passed over before it is extracted, so a run that was killed goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from events.fetching.errors import printable
from events.model import StoreError, Story
from events.store import Store
from events.watching.asking import Reading
from events.watching.state import Seen

if TYPE_CHECKING:  # it takes seconds to import, and feeds without anything new do without it
    from events.extraction.pipeline import Extractor


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of readings: how many stories, versions and events went in, which entries are dealt with, what was wrong.

    stopped: why the store took no more of them, "" where it took all.
    """

    stories: int
    versions: int
    events: int
    seen: dict[str, Seen]
    problems: tuple[str, ...]
    stopped: str = ""


def take_in(
    readings: Sequence[Reading], store: Store, extractor: Callable[[], Extractor], had_in_full: Callable[[str], bool],
    between: Callable[[], object] = lambda: None,
) -> Taken:  # fmt: skip
    """Extract and store what the store lacks. had_in_full: whether some feed brought all of an entry's article. between:
    what is done after each story.

    A summary never takes the place of an article that the store has in full. A story that breaks the extractor is named
    and counts as dealt with.
    """
    stories = versions = events = 0
    seen: dict[str, Seen] = {}
    problems: list[str] = []
    for reading in readings:
        story = reading.story
        try:
            standing = store.standing(story) if story else "known"
            if standing == "version" and not reading.seen.is_full and had_in_full(reading.key):
                standing = "known"
            if standing == "conflict" and story:
                problems.append(f'{_name(story)}: the store has another story under the id "{printable(story.id)}"')
            elif standing != "known" and story:
                added = _add(story, store, extractor, problems)
                stories += standing == "new" and added is not None
                versions += standing == "version" and added is not None
                events += added or 0
        except StoreError as error:
            return Taken(stories, versions, events, seen, tuple(problems), str(error))
        seen[reading.key] = reading.seen
        between()
    return Taken(stories, versions, events, seen, tuple(problems))


def _add(story: Story, store: Store, extractor: Callable[[], Extractor], problems: list[str]) -> int | None:
    """How many events went in with the story; None where nothing did. Raises StoreError."""
    loaded = extractor()
    try:
        analysis = loaded.read(story)
        found = loaded.events_of(analysis)
    except Exception as error:  # one story that breaks the extractor holds up no other
        problems.append(f"{_name(story)}: {printable(f'{type(error).__name__}: {error}')}")
        return None
    return len(found) if store.add(analysis.story, found, way="watch") else None


def _name(story: Story) -> str:
    return printable(story.title or story.id)
