"""Noun phrases cut for labels: whole, or without what hangs on them; nothing is ever cut inside a phrase.

Relative clauses, asides and appositions are left out.
"""

from __future__ import annotations

from itertools import pairwise

from events.extraction import dependency as tree
from events.extraction.records.kept_words import Words, needs_what_is_between, needs_word_before
from events.model import Sentence, Token

NEVER_KEPT = frozenset("acl:relcl appos parataxis punct vocative discourse dep list".split())
_LOOSE = NEVER_KEPT | {"advcl", "acl"}
_CLOSE = frozenset("det amod compound nummod nmod:poss case flat fixed aux nmod:tmod mark advmod".split())


def phrase(sentence: Sentence, noun: Token, left_out: set[int], short: bool = False, case: bool = True) -> set[int]:
    """The tokens of a noun phrase, with its preposition unless `case` is False.

    short: without what hangs on it by a preposition other than "of"; left_out: tokens that are never kept.
    """
    keep, below = {noun.index}, [noun.index]
    while below:
        parent = below.pop()
        for child in tree.children(sentence, parent):
            if child.index in left_out or child.dep in _LOOSE or (child.dep == "conj" and child.pos in {"VERB", "AUX"}):
                continue
            if not case and parent == noun.index and child.dep in {"case", "mark"}:
                continue
            far = child.dep in {"nmod", "obl"} and tree.preposition(sentence, child.index) != "of"
            if short and (far or child.dep in {"conj", "cc"} or child.dep not in _CLOSE | {"nmod"}):
                continue
            keep.add(child.index)
            below.append(child.index)
    return keep


def choices(sentence: Sentence, noun: Token, left_out: set[int]) -> list[set[int]]:
    """A noun phrase whole, and short."""
    return [phrase(sentence, noun, left_out), phrase(sentence, noun, left_out, short=True)]


def short_phrase(sentence: Sentence, noun: Token, left_out: set[int]) -> Words:
    """A noun phrase with its "of" phrase and without its preposition."""
    return Words(sentence, phrase(sentence, noun, left_out, short=True, case=False))


def mended(words: Words, left_out: set[int], most: int) -> Words:
    """Words whose last phrase was clipped by a misread parse ("to keep 94", "the Prime") made whole as far as they fit."""
    tokens = words.sentence.tokens
    _fill_holes(words, most)
    for _ in range(4):
        last = max(words.kept, default=len(tokens))
        if last + 1 >= len(tokens) or tokens[last + 1].index in left_out:
            break
        after, end = tokens[last + 1], tokens[last]
        dashed = last + 2 < len(tokens) and tokens[last + 2].text == "-" and tokens[last + 2].start == after.end
        opened = end.pos in {"NUM", "ADJ", "DET", "ADP", "SYM"} and (
            dashed or after.pos in {"ADJ", "NOUN", "PROPN", "NUM"}
        )
        if not (opened or (end.pos == "PROPN" and after.pos == "PROPN")) or words.count({last + 1}) > most:
            break
        words.kept.add(last + 1)
    return words


def _fill_holes(words: Words, most: int) -> None:
    """What stands between an owner and the verb ("Russia's … had been seen"), or before "who" ("that … who damage cables"), and
    was left out by a misread parse: put in where it fits; else the owner goes as well.
    """
    tokens = words.sentence.tokens
    for index, following in pairwise(sorted(words.kept)):
        if not needs_what_is_between(tokens, index, following):
            continue
        between = set(range(index + 1, following))
        if words.count(between) <= most:
            words.kept |= between
        elif not needs_word_before(tokens, following):
            owner = tokens[tokens[index].head]
            words.kept -= {owner.index, *(t.index for t in tokens if t.head == owner.index)}
