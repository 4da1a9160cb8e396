"""What is made of a story and its events before they go into a store, by whoever has a core to spare: nothing is asked for it.

For the store, and for Dask's workers, who send it along with their answers: the one process that fills a store has no core of
its own where there are as many workers as cores.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from events.linking.likeness import EVENT_TABLES
from events.linking.wording import word_counts
from events.model import Event, Story
from events.reprints import bands_of, copy_of, wording_key


@dataclass(frozen=True, slots=True)
class PreparedEvent:
    """Of an event as it was extracted: its counted words as JSON, and a hash of the words in which it is reported."""

    words: str
    told: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """Of a story: the keys under which it meets its copies, and what is made of each of its events, in their order."""

    bands: tuple[int, ...]
    events: tuple[PreparedEvent, ...]


def prepared(story: Story, events: Sequence[Event]) -> Prepared:
    """What a store would make of a story and its events, alike in every process.

    >>> made = prepared(Story(id="s", text="It rained."), [])
    >>> made.bands, made.events
    ((), ())
    """
    return Prepared(
        tuple(band_keys(story)), tuple(PreparedEvent(counted(event, story), echo_key(event, story)) for event in events)
    )


def is_tabled(story_id: str) -> bool:
    """Whether a story is a row of a table of events: who keeps one words by template and has parted its events already."""
    return story_id.partition(":")[0] in EVENT_TABLES


def band_keys(story: Story) -> list[int]:
    """The keys under which a story meets its candidates, as numbers of 64 bits; none for a row of a table of events."""
    if is_tabled(story.id):
        return []
    copy = copy_of(story)
    return sorted({_number(key) for key in bands_of(copy)}) if copy.known else []


def echo_key(event: Event, story: Story) -> str:
    """A hash of the sentence that an event stands in and of the word that reports it, alike in all copies of a story."""
    span = event.type_evidence
    holding = (q for q in event.evidence if span and q.part == span.part and q.start <= span.start < q.end)
    quote = next(holding, event.evidence[0])
    trigger = story.part(span.part)[span.start : span.end] if span else event.type
    return wording_key(f"{quote.text} {trigger}")


def counted(event: Event, story: Story) -> str:
    """The counted words of an event, as JSON."""
    return json.dumps(word_counts(event, story), ensure_ascii=False, separators=(",", ":"))


def _number(key: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big", signed=True)
