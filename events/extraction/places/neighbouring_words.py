"""What the words before and behind a capitalised name say for and against its being a place.

For place_evidence.py, which weighs it. It looks at what kinds of words they are, never at the name itself.
"""

from __future__ import annotations

import re

from events.extraction.places import name_context as context
from events.extraction.places.name_facts import NameFacts, container_follows, facts
from events.extraction.places.name_tokens import Words
from geodata.gazetteer import Gazetteer

_AGE = re.compile(r", (?:aged )?\d{1,2}\b(?! (?:percent|per cent|January|February|March|April|May|June|July|August))")
_DATELINE = re.compile(r"(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?(?: \([^)\n]{2,25}\))? ?(?:--|—|–|-|:| ,) ?\S")
_BOUGHT = re.compile(r"\$ ?\d")


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


def behind(words: Words, j: int, known: NameFacts, gazetteer: Gazetteer) -> list[str]:
    """Evidence in what follows: `j` is the word after the name."""
    if j >= len(words.words):
        return ["last word"]
    gap = words.gaps[j]
    if gap.startswith(("'s", "’s", "' ", "’ ")):
        return ["possessive"]
    if gap == " & " or gap.startswith("/"):
        return ["before and-sign"]
    return [_word_behind(words, j, known, gazetteer)] if words.joined(j) else _behind_a_mark(words, j, gazetteer)


def _behind_a_mark(words: Words, j: int, gazetteer: Gazetteer) -> list[str]:
    """Evidence in what follows the name and a comma, a dash or the like."""
    sentence, end, gap = words.sentence.text, words.bounds[j - 1][1], words.gaps[j]
    if _AGE.match(sentence, end):
        return ["before an age"]
    if container_follows(sentence, end, gazetteer):
        return ["before its container"]
    at_head = words.sentence.kind == "body" and j <= 4 and sentence[:end].isupper()
    if at_head and _DATELINE.match(sentence, end):
        return ["dateline"]
    if gap.startswith(","):
        return ["before a comma"]
    return ["before a sum"] if "$" in gap and _BOUGHT.search(gap + words.words[j]) else []


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
