"""The evidence for and against a capitalised name being a place where it stands.

For the recognition of place names. Each piece of evidence has a name and a weight (a log-odds: 0.7 doubles the odds); a
name is a place when their sum is above nought. Evidence looks at what kinds of words stand around a name and at how
large the places are that bear it, never at the name itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from events.extraction.places import name_context as context
from events.extraction.places.name_tokens import Words
from geodata.gazetteer import Gazetteer
from geodata.place import Candidate

_AGE = re.compile(r", (?:aged )?\d{1,2}\b(?! (?:percent|per cent|January|February|March|April|May|June|July|August))")
_DATELINE = re.compile(r"(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?(?: \([^)\n]{2,25}\))? ?(?:--|—|–|-|:| ,) ?\S")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth")
_ENDS_A_PHRASE = frozenset(
    "of in on at by and or to for from with was is were are has had will would that who which".split()
)
_TOWN_SIZES = frozenset({"metropolis", "city", "town", "small town", "village"})
_BOUGHT = re.compile(r"\$ ?\d")


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What the gazetteer has under a key: what kind of place, how large.

    demonym: it is a people's name. seat: it is a country's, or a town's where a government sits, so that it may act.
    """

    size: str
    weight: float
    demonym: bool
    seat: bool
    candidates: tuple[Candidate, ...]


@dataclass(slots=True)
class StoryNames:
    """What the whole story says of its names, by key: persons, containers, and the evidence at each mention."""

    persons: set[str] = field(default_factory=set)
    perhaps_persons: set[str] = field(default_factory=set)
    containers: set[tuple[str, str]] = field(default_factory=set)
    points: list[tuple[float, float]] = field(default_factory=list)
    best: dict[str, float] = field(default_factory=dict)
    worst: dict[str, float] = field(default_factory=dict)


@lru_cache(maxsize=50_000)
def facts(gazetteer: Gazetteer, key: str) -> NameFacts:
    """The facts of one folded name, remembered."""
    candidates = gazetteer.candidates(key)
    demonym = bool(candidates) and candidates[0].match == "demonym"
    weight = gazetteer.importance(key)
    places = [c.place for c in candidates[:4]]
    seat = any(p.kind == "country" or p.geonames_id in context.GOVERNMENT_SEATS for p in places)
    return NameFacts(_size(candidates, weight), weight, demonym, seat and weight > 5, candidates)


def _size(candidates: tuple[Candidate, ...], weight: float) -> str:
    if not candidates:
        return "unknown"
    kind, place = candidates[0].place.kind, candidates[0].place
    if all(c.match == "abbreviation" for c in candidates[:2]):
        return "abbreviation"
    if kind in {"country", "continent", "region", "sea"}:
        return kind if kind != "continent" else "region"
    if kind == "province":
        return "state" if weight > 7 else "province"
    if kind in {"town", "district"}:
        steps = ((6.0, "metropolis"), (5.0, "city"), (4.2, "town"), (3.4, "small town"))
        return next((name for least, name in steps if weight >= least), "village") if kind == "town" else "district"
    return "feature" if place.curated else "site"


def local_evidence(words: Words, i: int, length: int, known: NameFacts, gazetteer: Gazetteer) -> list[str]:
    """The evidence in the name's own sentence and in the gazetteer: the names of WEIGHTS that hold here."""
    found = ["always", known.size]
    found += _of_the_name(words, i, length, known)
    found += before(words, i, gazetteer)
    if known.size in _TOWN_SIZES and _has_article(words, i, length):
        found.append("a town with an article")
    found += _behind(words, i + length, known, gazetteer)
    if words.shouted or words.title_case:
        found.append("shouted" if words.shouted else "title case")
    if known.weight < 5 and (words.shouted or words.title_case):
        found.append("small and in a headline")
    return found


def _has_article(words: Words, i: int, length: int) -> bool:
    """Whether "the" or an ordinal belongs to the name itself, as in "the 4th Republic", and to no noun behind it."""
    if not words.joined(i) or not (words.keys[i - 1] == "the" or _ORDINAL.fullmatch(words.keys[i - 1])):
        return False
    j = i + length
    return not words.joined(j) or words.keys[j] in _ENDS_A_PHRASE


def _of_the_name(words: Words, i: int, length: int, known: NameFacts) -> list[str]:
    found = []
    key = words.keys[i] if length == 1 else ""
    if length > 1:
        found.append("several words")
        if all(k in context.COMMON_WORDS or k in context.DIRECTIONS for k in words.keys[i : i + length]):
            found.append("several common words")
        if words.keys[i + length - 1] in context.HEADS_AFTER or words.keys[i] in context.HEADS_BEFORE:
            found.append("says its kind")
        if words.keys[i] in context.FORENAMES:
            found.append("begins with a given name")
    elif key in context.COMMON_WORDS:
        found.append("common word" if i else "common word first")
    large = known.weight >= 5.5
    if key in context.FREQUENT_SURNAMES:
        found.append("frequent surname" if not large else "frequent surname, large place")
    elif key in context.SURNAMES:
        found.append("surname" if not large else "surname, large place")
    if key in context.FORENAMES:
        found.append("given name" if not large else "given name, large place")
    if known.candidates and all(c.match == "alternate" for c in known.candidates[:3]):
        found.append("other spelling")
    return found


def before(words: Words, i: int, gazetteer: Gazetteer) -> list[str]:
    """Evidence in what stands before the word i."""
    if i == 0:
        return ["first word"]
    if i < 8 and words.keys[0] == "by" and _is_byline(words, i):
        return ["byline"]
    gap, previous = words.gaps[i], words.keys[i - 1]
    if words.joined(i):
        plain = i == 1 and previous in context.COMMON_WORDS and previous not in context.FORENAMES
        if words.capital(i - 1) and not plain:
            return [_capital_before(words, i, gazetteer)]
        if gap == "-":
            return ["hyphen before"]
        return [_word_before(words, i)]
    if gap == ", ":
        if words.capital(i - 1) and gazetteer.knows(previous):
            return ["behind a name and a comma"]
        return ["behind a comma"]
    if gap.strip() in {"'s", "’s", "'", "’"}:
        return ["behind a possessive"]
    return ["behind a stop or quote"]


def _is_byline(words: Words, i: int) -> bool:
    """Whether a sentence that begins with "By" has nothing but names up to the word i, the first of two words or more."""
    in_name = (
        words.keys[j] == "and" or (words.capital(j) and (j == 1 or words.joined(j))) for j in range(1, max(2, i) + 1)
    )
    return words.keys[2:3] != ["and"] and all(in_name)


def _word_before(words: Words, i: int) -> str:
    before = words.keys[i - 1]
    if before == "of" and i > 1 and words.keys[i - 2] in context.KINDS_OF_PLACE:
        return "behind city of"
    if before in context.IN_PREPOSITIONS:
        return "behind in"
    if before in context.AT_PREPOSITIONS:
        return "behind at or from"
    if before == "the":
        return "behind the, in" if i > 1 and words.keys[i - 2] in context.IN_PREPOSITIONS else "behind the"
    if before in {"of", "and", "or", "for", "by", "with", "a", "an", "on"}:
        return f"behind {before}" if before != "an" else "behind a"
    if before in context.DIRECTIONS:
        return "behind a direction"
    return "behind a title" if before in context.TITLES else "behind another word"


def _capital_before(words: Words, i: int, gazetteer: Gazetteer) -> str:
    before = words.keys[i - 1]
    if before in context.PERSON_TITLES:
        return "behind a person's title"
    if before in context.DIRECTIONS:
        return "behind a direction"
    if len(before) == 1 or (len(before) < 4 and words.words[i - 1].isupper() and "." in words.words[i - 1]):
        return "behind an initial"
    if before in context.FORENAMES:
        return "behind a given name"
    if before in context.TITLES:
        return "behind an office"
    if before in context.COMMON_WORDS:
        return "behind a common word's capital"
    if before in context.SURNAMES:
        return "behind a surname"
    known = facts(gazetteer, before)
    if known.demonym:
        return "behind a demonym"
    return "behind a place's name" if known.weight > 5 else "behind another capital"


def _behind(words: Words, j: int, known: NameFacts, gazetteer: Gazetteer) -> list[str]:
    """Evidence in what follows: `j` is the word after the name."""
    sentence, end = words.sentence.text, words.bounds[j - 1][1]
    if j >= len(words.words):
        return ["last word"]
    found = []
    gap = words.gaps[j]
    if gap.startswith(("'s", "’s", "' ", "’ ")):
        return ["possessive"]
    if gap == " & " or gap.startswith("/"):
        return ["before and-sign"]
    if words.joined(j):
        found.append(_word_behind(words, j, known, gazetteer))
    elif _AGE.match(sentence, end):
        found.append("before an age")
    elif container_follows(sentence, end, gazetteer):
        found.append("before its container")
    elif (
        words.sentence.kind == "body"
        and j <= 4
        and sentence[: words.bounds[j - 1][1]].isupper()
        and _DATELINE.match(sentence, end)
    ):
        found.append("dateline")
    elif gap.startswith(","):
        found.append("before a comma")
    elif "$" in gap and _BOUGHT.search(gap + words.words[j]):
        found.append("before a sum")
    return found


def _word_behind(words: Words, j: int, known: NameFacts, gazetteer: Gazetteer) -> str:
    after = words.keys[j]
    if not words.capital(j):
        if words.gaps[j] == "-":
            return "before -based" if after in context.LOCALS else "before a hyphen"
        if after in context.SPEAKING:
            return "before said, a government's" if known.seat else "before said"
        if after in context.PERSONAL_VERBS:
            return "before a personal verb"
        return "before people or officials" if after in context.LOCALS else "before another word"
    if after in context.STREET_WORDS:
        return "before Street"
    if after in context.BUILDING_WORDS:
        return "before a building's word"
    if after in context.ORGANISATION_WORDS:
        return "before an organisation's word"
    if after in context.GOVERNMENT_WORDS:
        return "before a government's word"
    if after in context.TITLES:
        return "before a title"
    if after in context.PLACE_WORDS or after in context.HEADS_AFTER:
        return "before a kind of place"
    if after in context.SURNAMES:
        return "before a surname"
    next_known = facts(gazetteer, after)
    if next_known.demonym or next_known.weight > 6:
        return "before a place's name"
    return "before a common word's capital" if after in context.COMMON_WORDS else "before another capital"


_CONTAINER = re.compile(r"(?:, | \()([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)?)")


def container_follows(text: str, end: int, gazetteer: Gazetteer) -> bool:
    """Whether ", Texas", ", Calif." or " (Syria)" follows at `end`."""
    match = _CONTAINER.match(text, end)
    return match is not None and any(is_container(gazetteer, name) for name in (match[1], match[1].split(" ")[0]))


@lru_cache(maxsize=20_000)
def is_container(gazetteer: Gazetteer, name: str) -> bool:
    """Whether a name is a country's or a first-level division's, or its abbreviation."""
    candidates = gazetteer.candidates(name.rstrip(",’'"))
    return any(c.place.kind in {"country", "province"} and c.match != "demonym" for c in candidates[:3])


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


def _weights(name: str) -> dict[str, float]:
    lines = (Path(__file__).parents[1] / "lists" / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {evidence: float(weight) for weight, evidence in rows}


WEIGHTS = _weights("place_evidence.txt")
WEIGHTS_WITH_TAGGER = _weights("place_evidence_tagged.txt")


def log_odds(evidence: list[str], weights: dict[str, float]) -> float:
    """The sum of the weights; what has none counts for nothing."""
    return sum(weights.get(name, 0.0) for name in evidence)
