"""The words of a noun phrase: without its clauses, asides and conjuncts, as they stand in the text.

For the names of participants, sources and labels.
"""

from __future__ import annotations

import re

from events.extraction import dependency as tree
from events.model import Sentence, Token

_LEFT_OUT = frozenset(
    "acl:relcl acl appos parataxis conj cc advcl punct dep list obl advmod vocative discourse".split()
)
_KEPT_CASES = frozenset({"of", "for"})
_ARTICLE = re.compile(r"^(?:the|a|an|its|his|her|their|our|this|that|these|those|some|any) ", re.IGNORECASE)


def noun_phrase(head: Token, sentence: Sentence, keep_article: bool = False) -> str:
    """The phrase around its head: "the three ministers of the bloc, who …" → "three ministers of the bloc"."""
    run = _run_around(head.index, phrase_tokens(head, sentence))
    start, end = sentence.tokens[run[0]].start - sentence.start, sentence.tokens[run[-1]].end - sentence.start
    words = re.sub(r"\s+", " ", sentence.text[start:end]).strip(" ,;:\"“”'’()[]")
    words = re.sub(r"^(?:and|or) ", "", words)
    return words if keep_article else _ARTICLE.sub("", words)


def phrase_tokens(head: Token, sentence: Sentence) -> set[int]:
    """The tokens of a phrase: its determiners, adjectives, compounds, possessors and "of" phrases."""
    keep, below = {head.index}, [head.index]
    while below:
        parent = below.pop()
        for child in tree.children(sentence, parent):
            own_case = child.dep == "case" and parent == head.index
            joined = child.dep in {"conj", "cc"} and parent != head.index and child.pos not in {"VERB", "AUX"}
            if (
                (child.dep in _LEFT_OUT - {"advmod"} and not joined)
                or own_case
                or (child.dep == "advmod" and child.index > parent)
            ):
                continue
            if child.dep == "nmod" and tree.preposition(sentence, child.index) not in _KEPT_CASES:
                continue
            keep.add(child.index)
            below.append(child.index)
    return keep


def _run_around(index: int, keep: set[int]) -> list[int]:
    """The unbroken run of kept tokens around one; a gap of one token (a hyphen, an apostrophe) is bridged."""
    run = [index]
    while run[0] - 1 in keep or run[0] - 2 in keep:
        run.insert(0, run[0] - 1 if run[0] - 1 in keep else run[0] - 2)
    while run[-1] + 1 in keep or run[-1] + 2 in keep:
        run.append(run[-1] + 1 if run[-1] + 1 in keep else run[-1] + 2)
    return run
