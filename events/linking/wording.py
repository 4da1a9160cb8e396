"""How reports are worded: words and names counted, and weighed by how rare they are (tf-idf).

For linking. Wording compared this way does as well on news reports as sentence embeddings and costs nothing to load.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from events.model import Event, Story

Vector = dict[str, float]
OWN_WEIGHT = 3  # what a word of the label and the quotes counts, beside one of the story's headline and lead
LEAD = 500  # characters of a story's text that are its lead
STEM = 7  # the first letters stand for the stem
_WORD = re.compile(r"[^\W_]{3,}")
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][\w'’-]{2,}")
_STOP_WORDS = frozenset(
    "the and for that with from was were has have had been are his her its their they this who which will would said "
    "says after before over into about than more also but not one two out when where while there what all can could "
    "may other some such only new last next week year month day monday tuesday wednesday thursday friday saturday "
    "sunday told according least people".split()
)


def word_counts(event: Event, story: Story | None) -> Counter[str]:
    """The words of a report: its label and quotes in full, its story's headline and lead at a third."""
    own = " ".join([event.what, *(quote.text for quote in event.evidence)])
    counts: Counter[str] = Counter()
    for text, weight in ((own, OWN_WEIGHT), (f"{story.title} {story.text[:LEAD]}" if story else "", 1)):
        for word in _WORD.findall(text.lower()):
            if word not in _STOP_WORDS:
                counts[word[:STEM]] += weight
        for name in _NAME.findall(text):
            counts[name] += weight  # names count twice: they tell happenings apart
    return counts


def unit_vector(counts: Mapping[str, int], documents: Mapping[str, int], total: int) -> Vector:
    """The tf-idf vector of a report, of length 1.

    documents: in how many of the `total` reports each word stands.

    >>> unit_vector({"quake": 3}, {"quake": 1}, 1)
    {'quake': 1.0}
    >>> unit_vector({}, {}, 0)
    {}
    """
    weights = {
        word: math.log1p(n) * (math.log((1 + total) / (1 + documents.get(word, 0))) + 1) for word, n in counts.items()
    }
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()}


def cosine(a: Vector, b: Vector) -> float:
    """Cosine of two vectors of length 1.

    >>> cosine({"quake": 1.0}, {"quake": 1.0}), round(cosine({"quake": 1.0}, {"flood": 1.0}))
    (1.0, 0)
    """
    if len(b) < len(a):
        a, b = b, a
    return min(1.0, sum(weight * b[word] for word, weight in a.items() if word in b))


def vectors(events: Sequence[Event], stories: Mapping[str, Story]) -> list[Vector]:
    """The vectors of reports that are looked at together."""
    counts = [word_counts(event, stories.get(event.story_id)) for event in events]
    documents = Counter(word for count in counts for word in count)
    return [unit_vector(count, documents, len(counts)) for count in counts]
