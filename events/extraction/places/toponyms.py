"""Place names found in a story by the gazetteer and by the evidence around them.

For the geoparser (resolution.py says which place is meant). The longest name that the gazetteer knows is taken at each
capital; what stands around it, what the rest of the story says of it and, where there is one, a learned tagger decide
whether it is a place here (place_evidence.py). Demonyms are found too, as a kind of their own. Names that the gazetteer
lacks are found only where they say what they are ("Neches River") or where the tagger calls them places.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from events.extraction.places import name_context as context
from events.extraction.places import place_evidence as evidence
from events.extraction.places.name_tokens import Words, tokenise
from events.extraction.places.place_evidence import NameFacts, StoryNames
from events.extraction.places.tagged_names import TaggedNames
from events.model import Mention, Part, Sentence, ToponymKind
from geodata.folding import fold
from geodata.gazetteer import Gazetteer
from geodata.place import Place

LONGEST_NAME = 6  # words
DEMONYM_CERTAINTY = 0.97
TAGGED_CERTAINTY = 0.7  # of a place that only a tagger sees
SURE = 2.0  # log-odds above which a mention lends its place to the story's others
LARGE = 5.5  # the prior of a city of 300,000
MOST_POINTS = 24
Tagger = Callable[[Sequence[Sentence]], list[Mention]]

_MAY_FOLLOW_PERSON = context.COMMON_WORDS | {"jr", "sr"}
_NO_FORENAMES = context.COMMON_WORDS | context.DIRECTIONS | context.TITLES
_ORGANISATIONS = context.ORGANISATION_WORDS | context.GOVERNMENT_WORDS | context.BUILDING_WORDS
_EMBEDDING = {
    "before an organisation's word", "before a government's word", "before a building's word", "before Street",
}  # fmt: skip
_JOINERS = {" ", "-", "\u00a0", "  ", "'s ", "’s ", "/"}


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name with the place it is taken to mean.

    place is None where the name is known and no candidate fits. confidence is the share of such answers that are right;
    alternatives are the other candidates, likeliest first; reason says in a few words why this one was taken.
    """

    part: Part
    start: int
    end: int
    text: str
    kind: ToponymKind
    place: Place | None
    confidence: float
    alternatives: tuple[Place, ...]
    reason: str


class Found(NamedTuple):
    """A place name before it is resolved; `certainty` is the probability that it is a place's name at all."""

    part: Part
    start: int
    end: int
    text: str
    key: str
    kind: ToponymKind
    certainty: float = 1.0


@dataclass(slots=True)
class Draft:
    """A name that may be a place's: `length` words from the word `i`, with the evidence of its own sentence."""

    words: Words
    i: int
    length: int
    key: str
    known: NameFacts
    evidence: list[str]
    score: float

    def found(self, kind: ToponymKind) -> Found:
        """The name as it goes on to resolution."""
        sentence = self.words.sentence
        start, end = self.words.bounds[self.i][0], self.words.bounds[self.i + self.length - 1][1]
        text = sentence.text[start:end]
        certainty = 1.0 / (1.0 + math.exp(-self.score)) if kind != "demonym" else DEMONYM_CERTAINTY
        return Found(sentence.part, sentence.start + start, sentence.start + end, text, self.key, kind, certainty)


def recognise(sentences: Sequence[Sentence], gazetteer: Gazetteer, names: Tagger | None = None) -> list[Found]:
    """The place names of a story in the order of the text, title first, demonyms among them.

    names: a tagger whose persons and organisations speak against a name, and whose places are found beside the
    gazetteer's.
    """
    tokens = [tokenise(sentence) for sentence in sentences]
    drafts = [draft for words in tokens for draft in drafts_of(words, gazetteer)]
    tagged = TaggedNames(names(sentences)) if names else None
    found = [draft.found("demonym") for draft in drafts if draft.known.demonym]
    found += [draft.found(_kind(draft)) for draft in weigh(drafts, tokens, gazetteer, tagged) if draft.score > 0]
    if tagged:
        weighed = [draft.found("literal") for draft in drafts]
        found += [Found(*mention, "literal", TAGGED_CERTAINTY) for mention in tagged.further_places(found, weighed)]
    return sorted(found, key=lambda f: (f.part == "text", f.start))


def weigh(
    drafts: Sequence[Draft], tokens: Sequence[Words], gazetteer: Gazetteer, tagged: TaggedNames | None
) -> list[Draft]:
    """The drafts that are no demonyms, each with all its evidence and the sum of it."""
    weights = evidence.WEIGHTS_WITH_TAGGER if tagged else evidence.WEIGHTS
    persons, perhaps = _persons(tokens, gazetteer)
    story = StoryNames(persons, perhaps, _containers(drafts))
    places = [draft for draft in drafts if not draft.known.demonym]
    for draft in places:
        draft.evidence += tagged.evidence(draft.found("literal")) if tagged else []
        draft.score = evidence.log_odds(draft.evidence, weights)
        story.best[draft.key] = max(draft.score, story.best.get(draft.key, -99.0))
        story.worst[draft.key] = min(draft.score, story.worst.get(draft.key, 99.0))
    for draft in places:
        if draft.score > SURE and draft.known.candidates and len(story.points) < MOST_POINTS:
            place = draft.known.candidates[0].place
            if place.kind in {"town", "district", "site"}:
                story.points.append((place.lat, place.lon))
    for draft in places:
        more = evidence.story_evidence(draft.key, draft.known, story, draft.score)
        draft.evidence += more
        draft.score += evidence.log_odds(more, weights)
    return places


def drafts_of(words: Words, gazetteer: Gazetteer) -> Iterator[Draft]:
    """The names of a sentence that may be places, demonyms among them, each the longest at its first capital."""
    i = 0
    while i < len(words.words):
        draft = _draft(words, i, gazetteer) if words.capital(i) and words.keys[i] else None
        if draft is None:
            i += 1
            continue
        if not _is_excluded(draft):
            yield draft
        i = draft.i + draft.length


def _draft(words: Words, i: int, gazetteer: Gazetteer) -> Draft | None:
    """The longest known name that begins at the word i, else a name that says its kind; None for none."""
    stop = i + 1
    while stop < min(len(words.words), i + LONGEST_NAME) and words.gaps[stop] in _JOINERS:
        stop += 1
    prefixes = set(gazetteer.prefixes(fold(words.text(i, stop - i))))
    if prefixes:
        for length in range(stop - i, 0, -1):
            if not words.capital(i + length - 1):
                continue
            key = fold(words.text(i, length))
            if key in prefixes:
                if length > 1 and words.keys[i] == "the" and not _has_article(gazetteer, key):
                    return _draft(words, i + 1, gazetteer)
                known = evidence.facts(gazetteer, key)
                return Draft(
                    words, i, length, key, known, evidence.local_evidence(words, i, length, known, gazetteer), 0
                )
    return _unknown_that_says_its_kind(words, i, gazetteer)


def _has_article(gazetteer: Gazetteer, key: str) -> bool:
    """Whether "The" belongs to a name, as in The Hague, and is not the article before it."""
    candidates = evidence.facts(gazetteer, key).candidates
    return bool(candidates) and candidates[0].place.name.startswith("The ")


def _unknown_that_says_its_kind(words: Words, i: int, gazetteer: Gazetteer) -> Draft | None:
    """Capitals with a geographic word beside them: "Neches River", "Lake Lanier", "the village of Abu Shouk"."""
    length = 1
    while length < 4 and words.capital(i + length) and words.joined(i + length) and words.keys[i + length - 1] != "the":
        length += 1
        if words.keys[i + length - 1] in context.HEADS_AFTER and words.keys[i] not in context.COMMON_WORDS:
            break
    if "behind city of" in evidence.before(words, i, gazetteer):
        return _unknown(words, i, length, gazetteer)
    last, first = words.keys[i + length - 1], words.keys[i]
    after = last in context.HEADS_AFTER and first not in context.COMMON_WORDS
    before = first in context.HEADS_BEFORE and length == 2 and last not in context.COMMON_WORDS
    if length < 2 or not (after or before):
        return None
    return _unknown(words, i, length, gazetteer)


def _unknown(words: Words, i: int, length: int, gazetteer: Gazetteer) -> Draft:
    key = fold(words.text(i, length))
    known = evidence.facts(gazetteer, key)
    return Draft(words, i, length, key, known, evidence.local_evidence(words, i, length, known, gazetteer), 0)


def _is_excluded(draft: Draft) -> bool:
    """What is never a place: names of faiths and firms, short words, acronyms of towns, a people in capitals."""
    word, key = draft.words.words[draft.i], draft.key
    if draft.length > 1:
        return False
    if key in context.NEVER_PLACES or (key == "us" and word not in {"US", "U.S.", "U.S"}):
        return True
    if draft.known.demonym:
        return draft.words.shouted and draft.known.weight < 9
    if draft.known.size == "abbreviation":
        return not ("." in word or word in context.SHORT_PLACES or draft.words.gaps[draft.i] == ", ")
    if word in context.SHORT_PLACES or "." in word:
        return False
    if len(key) <= 2:
        return True
    return len(key) <= 4 and word.isupper() and draft.known.weight < LARGE and not draft.words.shouted


def _kind(draft: Draft) -> ToponymKind:
    if _EMBEDDING & set(draft.evidence):
        return "embedded"
    if "behind of" in draft.evidence and _behind_organisation(draft):
        return "embedded"
    speaks = {"before said", "before said, a government's"} & set(draft.evidence)
    return (
        "metonymic"
        if speaks and not {"behind in", "behind at or from", "behind of"} & set(draft.evidence)
        else "literal"
    )


def _behind_organisation(draft: Draft) -> bool:
    """Whether "University of" or the like stands before."""
    words, i = draft.words, draft.i - 2
    return words.capital(i) and words.keys[i] in _ORGANISATIONS


def _persons(tokens: Sequence[Words], gazetteer: Gazetteer) -> tuple[set[str], set[str]]:
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
    none = _ORGANISATIONS | context.COMMON_WORDS | context.PLACE_WORDS
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


def _containers(drafts: Sequence[Draft]) -> set[tuple[str, str]]:
    """(country, first-level code) of the provinces and countries that the story names."""
    found: set[tuple[str, str]] = set()
    for draft in drafts:
        if draft.known.size not in {"country", "state", "province", "abbreviation"}:
            continue
        place = draft.known.candidates[0].place
        found.add((place.country or "", place.admin1 if place.kind == "province" else ""))
        found.add((place.country or "", ""))
    return found
