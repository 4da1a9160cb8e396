"""A name found once is found everywhere: the other mentions of a story's names, and surnames that stand alone.

For the language layer, after any tagger. A tagger reads a few sentences at a time and may miss in the fifth paragraph
what it found in the first, above all in headlines set in capitals. Words must agree but for capitals, and begin with a
capital where the name does. It adds no name that nobody found, and takes none away.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from events.model import Mention, NameLabel, Part, Sentence

_WORD = re.compile(r"[^\W_]+(?:[-.&'’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
LONGEST = 6  # words
SHORT = 4  # letters: an abbreviation this short is taken only as it is written ("US" is not "Us")
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """A name as it was found: its label, its words as written, whether only headlines in capitals have it."""

    label: NameLabel
    words: Key
    shouted: bool


def spread(sentences: Sequence[Sentence], names: Sequence[Mention], common: Collection[str] = ()) -> list[Mention]:
    """The names, and what they spread to, in the order of the sentences. `common`: lower-case words that are no names.

    A person's last word spreads too where it is no other name and not in `common`. A name of one common word, or of one
    word that the story also writes in lower case, doesn't spread.

    >>> text = "Mark Varn spoke. VARN LEFT. Then Varn slept."
    >>> sentences = [Sentence("text", 0, 16, text[:16], "body", 0), Sentence("text", 17, 27, text[17:27], "body", 0),
    ...              Sentence("text", 28, 44, text[28:], "body", 0)]
    >>> [(m.start, m.text) for m in spread(sentences, [Mention("text", 0, 9, "Mark Varn", "PER")])]
    [(0, 'Mark Varn'), (17, 'VARN'), (33, 'Varn')]
    """
    if not names:
        return []
    known = _known(sentences, names, common)
    longest = _longest_by_first_word(known)
    taken = {(name.part, at) for name in names for at in range(name.start, name.end)}
    added = []
    for sentence in sentences:
        for start, end, label in _occurrences(sentence, known, longest):
            if not any((sentence.part, at) in taken for at in range(start, end)):
                text = sentence.text[start - sentence.start : end - sentence.start]
                added.append(Mention(sentence.part, start, end, text, label))
    return sorted([*names, *added], key=lambda m: (m.part != "title", m.start))


def _known(sentences: Sequence[Sentence], names: Sequence[Mention], common: Collection[str]) -> dict[Key, _Known]:
    """The names that may spread, by their words in lower case."""
    lower = {w[0] for s in sentences for w in _WORD.finditer(s.text) if w[0].islower()}
    shouting = defaultdict[Part, list[tuple[int, int]]](list)
    for sentence in sorted(sentences, key=lambda s: s.start):
        if sentence.text.isupper():
            shouting[sentence.part].append((sentence.start, sentence.end))
    votes = defaultdict[Key, Counter[NameLabel]](Counter)
    written: dict[Key, tuple[Key, bool]] = {}
    for name in names:
        words = _words(name.text)
        loud = shouting[name.part]
        before = bisect_right(loud, name.start, key=lambda span: span[0])
        shouted = before > 0 and name.start < loud[before - 1][1]
        for own in _forms(words, name.label):
            key = tuple(w.casefold() for w in own)
            votes[key][name.label] += 2 if own == words else 1
            if key not in written or written[key][1]:
                written[key] = (own, shouted)
    return {
        key: _Known(count.most_common(1)[0][0], *written[key])
        for key, count in votes.items()
        if len(key) > 1 or not (key[0] in common or key[0] in lower)
    }


def _forms(words: Key, label: NameLabel) -> list[Key]:
    """The whole name; of a person the last word, too."""
    if not words or len(words) > LONGEST or (len(words) == 1 and len(words[0]) < 2):
        return []
    surname = label == "PER" and len(words) > 1 and len(words[-1]) > 2 and words[-1][0].isupper()
    return [words, words[-1:]] if surname else [words]


def _words(text: str) -> Key:
    return tuple(_POSSESSIVE.sub("", m[0]) for m in _WORD.finditer(text))


def _longest_by_first_word(known: Collection[Key]) -> dict[str, int]:
    """How many words the longest name that begins with a word has."""
    found: dict[str, int] = {}
    for key in known:
        found[key[0]] = max(len(key), found.get(key[0], 0))
    return found


def _occurrences(
    sentence: Sentence, known: dict[Key, _Known], longest: Mapping[str, int]
) -> Iterator[tuple[int, int, NameLabel]]:
    """(start, end, label) of the longest known names in a sentence, at the story's offsets."""
    found = [(m.start(), _POSSESSIVE.sub("", m[0])) for m in _WORD.finditer(sentence.text)]
    folded = [word.casefold() for _, word in found]
    at = 0
    while at < len(found):
        for count in range(min(longest.get(folded[at], 0), len(found) - at), 0, -1):
            run = found[at : at + count]
            name = known.get(tuple(folded[at : at + count]))
            if name and _agree(name, [word for _, word in run], sentence.text.isupper()):
                end = run[-1][0] + len(run[-1][1])
                yield sentence.start + run[0][0], sentence.start + end, name.label
                at += count
                break
        else:
            at += 1


def _agree(name: _Known, words: Sequence[str], shouted: bool) -> bool:
    """Whether words that are the same in lower case may be the name."""
    for own, word in zip(name.words, words, strict=True):
        if own[0].isupper() and not word[0].isupper():
            return False
        if own.isupper() and len(own) <= SHORT and own != word and not (shouted or name.shouted):
            return False
    return True
