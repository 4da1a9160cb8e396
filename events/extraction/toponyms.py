"""Place names found in a story by the gazetteer and by what stands around them.

For the geoparser (resolution.py says which place is meant). A capitalised run of words that the gazetteer knows is a
toponym unless its context says person, organisation, product or common word: a title or a given name before it, a longer
name around it, a full name of a person elsewhere in the story. Demonyms are found too, as a kind of their own. It finds no
name that the gazetteer lacks; a learned tagger can be one more voice (`names`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from events.extraction import name_context as context
from events.model import Mention, Part, Sentence, ToponymKind
from geodata.folding import fold
from geodata.gazetteer import Gazetteer
from geodata.place import Place

LONGEST_NAME = 6  # words
SMALL_TOWN = 3.7  # log10 of people: 5,000; below it a name needs its state or country beside it or in the story
COUNTRY = 9.0  # what the prior of countries, seas and regions begins with
LARGE = 5.5  # a city of 300,000, known without help
Tagger = Callable[[Sequence[Sentence]], list[Mention]]

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|(?:St|Mt|Ft)\.|(?:" + "|".join(context.STATE_ABBREVIATIONS) + r")\.|"
    r"[^\W_]+(?:[-.&][^\W_]+|['’](?!s\b)[^\W_]+)*"
)
_JOINERS = {" ", "-", "\u00a0", "  ", ", "}
_FOLLOWED_BY_CONTAINER = re.compile(r",? \(?([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)?)")


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
    """A place name before it is resolved."""

    part: Part
    start: int
    end: int
    text: str
    key: str
    kind: ToponymKind


@dataclass(slots=True)
class _Words:
    """A sentence's tokens: bounds within the sentence, their words, their keys, and the text before each."""

    bounds: list[tuple[int, int]]
    words: list[str]
    keys: list[str]
    gaps: list[str]

    def capital(self, i: int) -> bool:
        return 0 <= i < len(self.words) and self.words[i][0].isupper()


def recognise(sentences: Sequence[Sentence], gazetteer: Gazetteer, names: Tagger | None = None) -> list[Found]:
    """The place names of a story in the order of the text, title first, demonyms among them.

    names: a tagger whose persons and organisations veto names that they cover.
    """
    tokens = [_tokenise(sentence.text) for sentence in sentences]
    persons = _surnames(tokens, gazetteer)
    known = _containers(tokens, gazetteer)
    found = [
        name
        for sentence, words in zip(sentences, tokens, strict=True)
        for name in _Scan(sentence, words, gazetteer, persons, known).names()
    ]
    return _without_vetoed(found, names(sentences) if names else [])


def _tokenise(text: str) -> _Words:
    matches = list(_TOKEN.finditer(text))
    bounds = [m.span() for m in matches]
    gaps = ["", *(text[a[1] : b[0]] for a, b in itertools.pairwise(bounds))]
    words = [m[0] for m in matches]
    return _Words(bounds, words, [_fold(word) for word in words], gaps)


@lru_cache(maxsize=100_000)
def _fold(word: str) -> str:
    return fold(word)


def _surnames(tokens: Sequence[_Words], gazetteer: Gazetteer) -> set[str]:
    """Keys of words that end a person's name somewhere in the story: those are persons where they stand alone, too."""
    found: set[str] = set()
    for words in tokens:
        for i in range(1, len(words.words)):
            if words.gaps[i] != " " or not (words.capital(i) and words.capital(i - 1)):
                continue
            before, key = words.keys[i - 1], words.keys[i]
            if words.capital(i + 1) and words.gaps[i + 1] == " " and words.keys[i + 1] not in context.COMMON_WORDS:
                continue
            forename = before in context.FORENAMES or words.words[i - 1].rstrip(".") in context.INITIALS
            unknown = not gazetteer.knows(before) and before.isalpha() and len(before) > 2
            plain = (
                before not in context.COMMON_WORDS and before not in context.DIRECTIONS and before not in context.TITLES
            )
            if forename or before in context.PERSON_TITLES or (unknown and plain):
                if key not in context.PLACE_WORDS and key not in context.ORGANISATION_WORDS:
                    found.add(key)
    return found


def _containers(tokens: Sequence[_Words], gazetteer: Gazetteer) -> set[tuple[str, str]]:
    """(country, first-level code) of the provinces and countries that the story names: small towns in them are admitted."""
    found: set[tuple[str, str]] = set()
    for words in tokens:
        for i, key in enumerate(words.keys):
            if not words.capital(i) or key in context.COMMON_WORDS:
                continue
            for name in (key, f"{key} {words.keys[i + 1]}" if i + 1 < len(words.keys) else key):
                if gazetteer.importance(name) > 7.0:
                    best = gazetteer.candidates(name)[0]
                    if best.place.kind in {"country", "province"} and best.match != "demonym":
                        found.add(
                            (best.place.country or "", best.place.admin1 if best.place.kind == "province" else "")
                        )
    return found


class _Scan:
    """One pass over a sentence: the longest known name at each capitalised word, if its context lets it be a place."""

    def __init__(
        self, sentence: Sentence, words: _Words, gazetteer: Gazetteer, persons: set[str], known: set[tuple[str, str]]
    ) -> None:
        self._sentence, self._words, self._gazetteer = sentence, words, gazetteer
        self._persons, self._known = persons, known
        letters = [c for c in sentence.text if c.isalpha()]
        self._shouted = bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters)
        long_words = [w for w in words.words if len(w) > 3]
        capitals = sum(w[0].isupper() for w in long_words)
        self._title_case = sentence.kind == "headline" and capitals > 0.7 * max(1, len(long_words))

    def names(self) -> list[Found]:
        found: list[Found] = []
        i = 0
        while i < len(self._words.words):
            length = self._longest(i) if self._words.capital(i) else 0
            kind = self._kind(i, length) if length else None
            if kind is not None:
                found.append(self._found(i, length, kind))
            i += max(1, length if kind is not None or length > 1 else 1)
        return found

    def _found(self, i: int, length: int, kind: ToponymKind) -> Found:
        start, end = self._words.bounds[i][0], self._words.bounds[i + length - 1][1]
        s = self._sentence
        return Found(s.part, s.start + start, s.start + end, s.text[start:end], self._key(i, length), kind)

    def _key(self, i: int, length: int) -> str:
        return " ".join(self._words.keys[i : i + length])

    def _longest(self, i: int) -> int:
        """How many words the longest known name has that begins here; 0 for none."""
        words = self._words
        stop = i + 1
        while stop < min(len(words.words), i + LONGEST_NAME) and words.gaps[stop] in _JOINERS:
            stop += 1
        if not words.keys[i]:
            return 0
        prefixes = set(self._gazetteer.prefixes(self._key(i, stop - i)))
        for length in range(stop - i, 0, -1):
            comma = any(words.gaps[j] == ", " for j in range(i + 1, i + length))
            if self._key(i, length) in prefixes and words.capital(i + length - 1) and not comma:
                return length
        return 0

    def _kind(self, i: int, length: int) -> ToponymKind | None:
        """What kind of place name this is, None when it is none."""
        key = self._key(i, length)
        weight = self._gazetteer.importance(key)
        demonym = self._is_demonym(key)
        if length == 1 and self._is_common(i, key, weight):
            return None
        if length > 1 and weight < 5 and all(k in context.COMMON_WORDS for k in self._words.keys[i : i + length]):
            return None
        if demonym:
            return None if self._words.words[i].islower() or (self._shouted and weight < COUNTRY) else "demonym"
        contained = self._container_follows(i, length)
        if (self._shouted or self._title_case) and weight < LARGE and not contained:
            return None
        if weight < SMALL_TOWN and not contained and not self._in_known_container(key):
            return None
        if not contained and self._is_in_longer_name(i, length, key, weight):
            return None
        if key in self._persons and weight < LARGE + 1.2 and not contained:
            return None
        return "metonymic" if self._speaks(i, length) else "literal"

    def _is_demonym(self, key: str) -> bool:
        candidates = self._gazetteer.candidates(key)
        return bool(candidates) and (candidates[0].match == "demonym" or all(c.match == "demonym" for c in candidates))

    def _is_common(self, i: int, key: str, weight: float) -> bool:
        word = self._words.words[i]
        if key in context.NEVER_PLACES or (key == "us" and word not in {"US", "U.S."}):
            return True
        if len(key) <= 2 and word not in context.SHORT_PLACES and "." not in word:
            return True
        if (
            len(key) <= 4
            and word.isupper()
            and "." not in word
            and weight < COUNTRY
            and word not in context.SHORT_PLACES
        ):
            return not self._shouted
        if key in context.COMMON_WORDS and weight < COUNTRY:
            return True
        return key in context.FORENAMES and weight < LARGE and self._is_person(i)

    def _is_person(self, i: int) -> bool:
        """Whether a given name stands here as one: a capitalised word that is no place's follows."""
        words = self._words
        follows = words.capital(i + 1) and words.gaps[i + 1] == " "
        return follows or self._gazetteer.importance(words.keys[i]) < 5

    def _container_follows(self, i: int, length: int) -> bool:
        """Whether ", Texas", ", Calif." or " (Syria)" follows."""
        end = self._words.bounds[i + length - 1][1]
        match = _FOLLOWED_BY_CONTAINER.match(self._sentence.text, end, end + 40)
        if not match or (self._sentence.text[end] not in ",(" and not match[0].startswith((",", " ("))):
            return False
        names = (match[1], match[1].split(" ")[0])
        return any(self._is_container(name) for name in names)

    def _is_container(self, name: str) -> bool:
        candidates = self._gazetteer.candidates(name.rstrip(",’'"))
        return any(c.place.kind in {"country", "province"} and c.match != "demonym" for c in candidates[:3])

    def _in_known_container(self, key: str) -> bool:
        return any(
            ((c.place.country or "", c.place.admin1) in self._known and c.place.admin1)
            or ((c.place.country or "", "") in self._known and c.place.population > 2000)
            for c in self._gazetteer.candidates(key)[:8]
        )

    def _is_in_longer_name(self, i: int, length: int, key: str, weight: float) -> bool:
        """Whether a capitalised neighbour makes this a part of a person's, an organisation's or another longer name."""
        return self._joined_before(i, weight) or self._joined_after(i + length, weight)

    def _joined_before(self, i: int, weight: float) -> bool:
        words = self._words
        if i == 0 or words.gaps[i] not in {" ", "-"} or not words.capital(i - 1):
            return False
        before = words.keys[i - 1]
        if before in context.PERSON_TITLES or (before in context.FORENAMES and weight < COUNTRY):
            return True
        if before in context.DIRECTIONS or (before in context.COMMON_WORDS and (i == 1 or self._title_case)):
            return False
        if self._title_case or self._shouted:
            return before in context.FORENAMES
        if before in context.TITLES or self._is_demonym(before):
            return False
        return before not in context.COMMON_WORDS or weight < COUNTRY

    def _joined_after(self, j: int, weight: float) -> bool:
        words = self._words
        if j >= len(words.words):
            return False
        if words.gaps[j] == " & ":
            return True
        if words.gaps[j] not in {" ", "-"} or not words.capital(j):
            return False
        after = words.keys[j]
        if after in context.PLACE_WORDS or (after in context.TITLES and after not in context.ORGANISATION_WORDS):
            return False
        if after in context.ORGANISATION_WORDS:
            return True
        if self._title_case or self._shouted:
            return False
        return after not in context.COMMON_WORDS and not (
            weight >= COUNTRY and self._gazetteer.importance(after) >= LARGE
        )

    def _speaks(self, i: int, length: int) -> bool:
        """Whether a verb of saying or dealing follows: then a government speaks and not a town."""
        j = i + length
        return j < len(self._words.keys) and self._words.gaps[j] == " " and self._words.keys[j] in context.SPEAKING


def _without_vetoed(found: list[Found], mentions: Sequence[Mention]) -> list[Found]:
    """Leave out what a tagger calls a person or an organisation."""
    vetoes = [m for m in mentions if m.label in {"PER", "ORG"}]
    return [
        name
        for name in found
        if not any(m.part == name.part and m.start <= name.start and name.end <= m.end for m in vetoes)
    ]
