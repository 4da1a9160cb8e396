"""Who says so: verbs of saying, and the source that a sentence names for what it tells.

For timing (a verb of saying has a date of its own), status and attribution.
"""

from __future__ import annotations

import re

from events.extraction import dependency as tree
from events.model import Sentence, Token

SAYING = frozenset(
    "say tell report add announce confirm state note explain declare claim write reveal disclose describe recall "
    "comment acknowledge admit estimate believe think tweet post stress point mention remark argue insist maintain "
    "quote cite indicate suggest show learn understand inform reply respond conclude concede observe warn allege".split()
)
_ACCORDING = re.compile(r"\b[Aa]ccording to (?:the |a |an )?([^,.;:()]{2,70}?)(?=[,.;:()]|$| who | which | that )")
LONGEST = 60  # characters of an attribution


def attribution_of(sentence: Sentence, index: int) -> str | None:
    """The source that a sentence names for the clause of a token ("the Kremlin"), None where it names none."""
    teller = _teller(sentence, index)
    if teller is not None:
        words = _phrase(sentence, teller)
        if words:
            return words
    match = _ACCORDING.search(sentence.text)
    return match[1].strip() if match else None


def _teller(sentence: Sentence, index: int) -> Token | None:
    """The subject of the verb of saying whose content a token's clause is."""
    own = tree.clause_verb(sentence, index)
    for verb in [*tree.ancestors(sentence, index), *_side_remarks(sentence, index)]:
        if verb.pos == "VERB" and verb.lemma in SAYING and (own is None or verb.index != own.index):
            subject = next((t for t in tree.children(sentence, verb.index) if t.dep == "nsubj"), None)
            if subject is not None and subject.index != index:
                return subject
    return None


def _side_remarks(sentence: Sentence, index: int) -> list[Token]:
    """Verbs of saying that hang on the clause as an aside: "…, police said"."""
    heads = [index, *(t.index for t in tree.ancestors(sentence, index))]
    return [
        t for t in sentence.tokens if t.dep in {"parataxis", "advcl", "ccomp"} and t.head in heads and t.lemma in SAYING
    ]


def _phrase(sentence: Sentence, head: Token) -> str | None:
    """The noun phrase of a subject without its relative clauses, None for a pronoun or one that is too long."""
    if head.tag in {"PRP", "WP", "WDT", "DT", "EX"}:
        return None
    keep = {head.index}
    below = [head.index]
    while below:
        for child in tree.children(sentence, below.pop()):
            if child.dep in {"acl:relcl", "acl", "appos", "parataxis", "punct", "conj", "cc", "advcl"}:
                continue
            keep.add(child.index)
            below.append(child.index)
    indices = sorted(keep)
    start, end = sentence.tokens[indices[0]].start, sentence.tokens[indices[-1]].end
    words = sentence.text[start - sentence.start : end - sentence.start].strip()
    words = re.sub(r"^(?:the|a|an) ", "", words, flags=re.IGNORECASE)
    return words if 1 < len(words) <= LONGEST else None
