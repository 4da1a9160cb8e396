"""What a whole story says of its names: who its persons are, which countries it names, what is near, what is sure elsewhere.

For the recognition of place names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from events.extraction.places import name_context as context
from events.extraction.places.name_drafts import Draft
from events.extraction.places.name_facts import LARGE, NameFacts
from events.extraction.places.name_tokens import Words
from geodata.gazetteer import Gazetteer

_MAY_FOLLOW_PERSON = context.COMMON_WORDS | {"jr", "sr"}
_NO_FORENAMES = context.COMMON_WORDS | context.DIRECTIONS | context.TITLES


@dataclass(slots=True)
class StoryNames:
    """What the whole story says of its names, by key: persons, containers, and the evidence at each mention."""

    persons: set[str] = field(default_factory=set)
    perhaps_persons: set[str] = field(default_factory=set)
    containers: set[tuple[str, str]] = field(default_factory=set)
    points: list[tuple[float, float]] = field(default_factory=list)
    best: dict[str, float] = field(default_factory=dict)
    worst: dict[str, float] = field(default_factory=dict)


def story_evidence(key: str, known: NameFacts, story: StoryNames, local: float) -> list[str]:
    """The evidence in the rest of the story."""
    found = []
    large = known.weight >= 5.5
    if key in story.persons:
        found.append("a person's name in the story" if not large else "a person's name in the story, large place")
    elif key in story.perhaps_persons:
        found.append("perhaps a person's name in the story")
    best, worst = story.best.get(key, local), story.worst.get(key, local)
    if best > 2.5 and best > local:
        found.append("sure elsewhere" if best > 4 else "likely elsewhere")
    if worst < -2.5 and worst < local:
        found.append("unlikely elsewhere")
    if not large and known.candidates:
        found += _near(known, story)
    return found


def _near(known: NameFacts, story: StoryNames) -> list[str]:
    found = []
    places = [c.place for c in known.candidates[:12]]
    if any(p.admin1 and (p.country or "", p.admin1) in story.containers for p in places):
        found.append("its province is named")
    elif any((p.country or "", "") in story.containers for p in places):
        found.append("its country is named")
    near = any(
        abs(p.lat - lat) < 0.7 and abs(p.lon - lon) < 1.0 for p in places for lat, lon in story.points
    )  # about 80 km
    return [*found, "near the story's places"] if near else found


def persons_in(tokens: Sequence[Words], gazetteer: Gazetteer) -> tuple[set[str], set[str]]:
    """Keys of words that end or begin a person's name in the story, surely and perhaps: persons also where alone."""
    surely, perhaps = set[str](), set[str]()
    for words in tokens:
        for i in range(1, len(words.words)):
            if not (words.capital(i) and words.capital(i - 1) and words.joined(i)) or words.gaps[i] == "-":
                continue
            sure = _ends_person(words, i, gazetteer)
            if sure is None:
                continue
            (surely if sure else perhaps).add(words.keys[i])
            if words.keys[i - 1] in context.FORENAMES:
                surely.add(words.keys[i - 1])
    none = context.ORGANISATIONS | context.COMMON_WORDS | context.PLACE_WORDS
    return surely - none, perhaps - none


def _ends_person(words: Words, i: int, gazetteer: Gazetteer) -> bool | None:
    """Whether the word i ends a person's name: True behind a given name, a title or an initial, False for perhaps."""
    before, key = words.keys[i - 1], words.keys[i]
    if words.capital(i + 1) and words.joined(i + 1) and words.keys[i + 1] not in _MAY_FOLLOW_PERSON:
        return None
    if before in context.PERSON_TITLES:
        return True
    if i == 1 and before in context.COMMON_WORDS and before not in context.FORENAMES:
        return None
    if before in context.FORENAMES:
        place = key not in context.SURNAMES and gazetteer.importance(before) > LARGE
        return None if place or gazetteer.knows(f"{before} {key}") or words.keys[i - 2 : i - 1] == ["in"] else True
    if len(before) == 1:
        return True if words.gaps[i] == ". " else None
    unknown = not gazetteer.knows(before) and before.isalpha() and len(before) > 2
    return False if unknown and before not in _NO_FORENAMES and key in context.SURNAMES else None


def containers_in(drafts: Sequence[Draft]) -> set[tuple[str, str]]:
    """(country, first-level code) of the provinces and countries that the story names."""
    found: set[tuple[str, str]] = set()
    for draft in drafts:
        if draft.known.size not in {"country", "state", "province", "abbreviation"}:
            continue
        place = draft.known.candidates[0].place
        found.add((place.country or "", place.admin1 if place.kind == "province" else ""))
        found.add((place.country or "", ""))
    return found
