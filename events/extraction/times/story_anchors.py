"""Days counted from what the story itself dates: "three days after the quake", "the eve of the summit".

For time_expressions.py. The act is sought in the story's other sentences, by its noun or by the verb of it ("signing",
"signed"), with a day in the same clause. Where no sentence dates it, or two date it differently, nothing is counted: the
words stay without a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from events.extraction import dependency as tree
from events.extraction.times import time_words as words
from events.extraction.times.tense import governing_verb
from events.extraction.times.time_arithmetic import units_from
from events.model import Sentence, TimeExpression, Token

_COUNTED = re.compile(rf"({words.NUMBER}|the(?= \w+(?<!s) )) (day|week|month|year)s? (before|after) ")
_EVE = re.compile(r"(?:the )?eve of ")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DETERMINERS = frozenset("the a an his her its their this that".split())
_NO_NOUNS = frozenset(
    "of in on at by for from with to into over as and or but who which that when where while because before after "
    "since until he she it they we i you was were is are had has have will would said says".split()
)
_NO_NAME = frozenset({"VERB", "AUX", "ADP", "PRON", "SCONJ", "CCONJ", "ADV"})
_LONGEST_NAME = 5  # words of what is counted from, up to its noun
_NOUN_ENDINGS = re.compile(r"(?:ation|ition|tion|sion|ment|ing|ence|ance|ure|al|ion)$")
_SAME = ({"quake", "earthquake", "tremor"}, {"blast", "explosion"}, {"vote", "election", "poll"})


@dataclass(frozen=True, slots=True)
class Counting:
    """What an expression counts: n units from the act of a noun; sign -1 is before it. end: of the noun in the story."""

    n: int
    unit: str
    sign: int
    noun: str
    end: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """A sentence's mention of an act, the token's index (-1 without a parse) and its offsets in the story."""

    sentence: Sentence
    index: int
    start: int
    end: int


def counting(sentence: Sentence, plain: str, start: int) -> Counting | None:
    """What the words at an offset of a sentence count from; None where they count from no noun.

    plain: the sentence's text in lower case, length for length.

    >>> text = "He left three days before the signing of it."
    >>> counting(Sentence("text", 0, len(text), text, "body", 0), text, 8)
    Counting(n=3, unit='day', sign=-1, noun='signing', end=37)
    """
    counted, eve = _COUNTED.match(plain, start), _EVE.match(plain, start)
    match = counted or eve
    if match is None:
        return None
    noun = _last_of_name(sentence, plain, match.end())
    if noun is None:
        return None
    if not counted:
        return Counting(1, "day", -1, noun[0], sentence.start + noun[1])
    n = int(counted[1]) if counted[1].isdigit() else words.NUMBERS.get(counted[1], 1)
    return Counting(n, counted[2], 1 if counted[3] == "after" else -1, noun[0], sentence.start + noun[1])


def _last_of_name(sentence: Sentence, plain: str, at: int) -> tuple[str, int] | None:
    """The noun that ends the run of words from an offset on, and where it ends in the sentence."""
    tags = {t.start - sentence.start: t.pos for t in sentence.tokens}
    found: tuple[str, int] | None = None
    for number, word in enumerate(islice(_WORD.finditer(plain, at, at + 80), _LONGEST_NAME)):
        if number and plain[at : word.start()].strip(" '"):
            break
        at = word.end()
        if word[0] in _DETERMINERS:
            if found:
                break
            continue
        pos = tags.get(word.start(), "NOUN")
        if word[0] in _NO_NOUNS or pos in _NO_NAME:
            break
        if pos not in {"ADJ", "NUM"}:
            noun = re.sub(r"['’]s$", "", word[0])
            found = noun, word.start() + len(noun)
    return found


def counted_from(
    count: Counting, own: Sentence, sentences: Sequence[Sentence], found: Sequence[TimeExpression]
) -> str | None:
    """The value of what is counted from an act that the story dates; None where it dates none or differs with itself."""
    days: set[date] = set()
    anchors = list(_mentions(count, sentences))
    if sum(_is_one_of_several(anchor) for anchor in anchors) > 1:
        return None
    for anchor in anchors:
        days |= set(_days_of(anchor, found, own_phrase=anchor.sentence is own, count=count))
    if len(days) != 1:
        return None
    day = days.pop()
    if count.unit == "day":
        return (day + timedelta(days=count.sign * count.n)).isoformat()
    return units_from(day, count.unit, count.sign * count.n) or None


def _is_one_of_several(anchor: Anchor) -> bool:
    """Whether a noun brings in an act of its kind: "an attack", "another attack", "three attacks"."""
    if anchor.index < 0 or anchor.sentence.tokens[anchor.index].pos == "VERB":
        return False
    below = tree.children(anchor.sentence, anchor.index)
    told_first = any(t.dep == "nummod" or t.text.lower() in {"a", "an", "another", "one"} for t in below)
    return told_first or anchor.sentence.tokens[anchor.index].tag == "NNS"


def _mentions(count: Counting, sentences: Sequence[Sentence]) -> Iterator[Anchor]:
    stem = _NOUN_ENDINGS.sub("", count.noun)
    same = next((group for group in _SAME if count.noun in group), {count.noun})
    for sentence in sentences:
        if not sentence.tokens:
            for word in _WORD.finditer(sentence.text):
                if word[0].lower() in same:
                    yield Anchor(sentence, -1, sentence.start + word.start(), sentence.start + word.end())
        for token in sentence.tokens:
            as_noun = token.pos in {"NOUN", "PROPN"} and (token.lemma in same or token.text.lower() in same)
            verb = token.pos == "VERB" and token.dep != "amod" and len(stem) >= 4
            if as_noun or (verb and token.lemma.startswith(stem) and len(token.lemma) - len(stem) <= 3):
                yield Anchor(sentence, token.index, token.start, token.end)


def _days_of(anchor: Anchor, found: Sequence[TimeExpression], own_phrase: bool, count: Counting) -> Iterator[date]:
    """The days that stand in the clause of a mention; in the counting sentence itself only those that hang on it."""
    sentence = anchor.sentence
    times = [t for t in found if t.part == sentence.part and sentence.start <= t.start < sentence.end]
    days = [t for t in times if t.type in {"DATE", "TIME"} and re.match(r"\d{4}-\d\d-\d\d(?:T|$)", t.value)]
    if anchor.index < 0:
        if len(days) == 1 and not own_phrase:
            yield date.fromisoformat(days[0].value[:10])
        return
    below = tree.subtree(sentence, anchor.index)
    for time in days:
        token = tree.token_at(sentence, time.start, time.end)
        if token is None or time.start <= count.end <= time.end:
            continue
        hangs_on = token.index in below and sentence.tokens[anchor.index].pos != "VERB"
        if hangs_on or (not own_phrase and _in_one_clause(sentence, anchor, time, token)):
            yield date.fromisoformat(time.value[:10])


def _in_one_clause(sentence: Sentence, anchor: Anchor, time: TimeExpression, token: Token) -> bool:
    """Whether the act is the clause's own and the day stands in it: "the pact was signed Friday", "the vote is on Sunday"."""
    told = sentence.tokens[anchor.index]
    if told.head == token.index and any(t.dep == "cop" for t in tree.children(sentence, token.index)):
        return True
    verb = governing_verb(sentence, anchor.start, anchor.end)
    own = governing_verb(sentence, time.start, time.end)
    taking_part = told.pos == "VERB" or told.dep.split(":")[0] in {"nsubj", "obj"}
    return verb is not None and own is not None and verb.index == own.index and taking_part
