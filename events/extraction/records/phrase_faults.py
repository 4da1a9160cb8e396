"""What can be wrong with the phrases that a label shows: cut in two, run together, or saying nothing.

For label_form.py.
"""

from __future__ import annotations

from itertools import pairwise

from events.extraction.records.kept_words import needs_what_is_between
from events.extraction.records.label_draft import Draft
from events.extraction.records.word_order import STOPS
from events.extraction.verbs_of_saying import SAYING

_ASKING = frozenset(
    "urge order ask call tell request invite allow force persuade advise instruct encourage enable require".split()
)
_RELATIONAL = frozenset(
    "end start beginning middle height eve number series group part rest result lack use cost".split()
)


def is_clipped(draft: Draft) -> bool:
    """The draft ends inside a phrase: the next word of the text goes on with it."""
    tokens = draft.sentence.tokens
    last = max(draft.kept)
    if last + 1 >= len(tokens) or tokens[last].index in draft.left_out:
        return False
    end, after = tokens[last], tokens[last + 1]
    if after.index in draft.left_out or after.text in STOPS:
        return False
    if end.pos == "VERB" and ((after.pos in {"DET", "NUM"} and end.tag != "VBN") or after.tag == "TO"):
        return True
    if end.lemma in SAYING and end.pos == "VERB" and after.text.lower() == "that":
        return True
    if after.text.lower() == "of" and end.lemma in _RELATIONAL:
        return True
    if _takes_in_next_subject(draft):
        return True
    if after.text.lower() == "than":
        return True
    if end.tag == "VBN" and end.dep == "acl" and after.text.lower() in {"by", "in", "for", "with", "from", "to", "of"}:
        return True
    goes_on = end.pos in {"DET", "ADJ", "NUM", "ADP", "PART"} and after.pos in {"NOUN", "PROPN", "ADJ", "NUM"}
    named = end.pos == "PROPN" and after.pos == "PROPN"
    compound = end.pos == "NOUN" and after.pos == "NOUN" and end.dep == "compound" and end.head == after.index
    return goes_on or named or compound or (end.pos in {"NOUN", "PROPN"} and after.tag == "POS")


def has_a_hole(draft: Draft) -> bool:
    """A word inside is left out that another needs: "agreed that … who damage cables", "tanker of Russia's … had sunk"."""
    kept = sorted(draft.kept)
    return any(needs_what_is_between(draft.sentence.tokens, index, following) for index, following in pairwise(kept))


def lacks_what_is_asked(draft: Draft) -> bool:
    """Whether somebody is asked or ordered, and what to do is left out: "ordered his government"."""
    after = draft.sentence.tokens[max(draft.kept) + 1 : max(draft.kept) + 2]
    asks = draft.verb is not None and draft.verb.lemma in _ASKING
    return asks and any(t.tag == "TO" for t in after)


def _takes_in_next_subject(draft: Draft) -> bool:
    """Whether a noun stands behind the verb and a comma: "flags were waved, the minister"."""
    if draft.verb is None or not {draft.verb.index, draft.verb.index + 2} <= draft.kept:
        return False
    return draft.sentence.tokens[draft.verb.index + 1].text == ","


def has_two_phrases(draft: Draft) -> bool:
    """Two phrases that only a date stood between: "meeting under a tree elders of both sides"."""
    tokens = draft.sentence.tokens
    order = sorted(draft.kept)
    for one, other in pairwise(order):
        gap = range(one + 1, other)
        dated = bool(gap) and all(i in draft.left_out or tokens[i].pos == "ADP" for i in gap)
        opens = tokens[other].pos in {"NOUN", "PROPN", "DET", "ADJ", "NUM"}
        if dated and opens and tokens[one].pos in {"NOUN", "PROPN"}:
            return True
    return False


def says_nothing(draft: Draft) -> bool:
    """A noun with nothing beside it but an article, a possessor that is a pronoun or an adjective."""
    if draft.kind != "noun" or not draft.kept:
        return False
    tokens = draft.sentence.tokens
    content = [tokens[i] for i in sorted(draft.kept) if tokens[i].pos not in {"DET", "PRON", "PUNCT", "ADP", "PART"}]
    return len(content) < 2 or (all(t.pos == "ADJ" for t in content[:-1]) and len(content) < 3)
