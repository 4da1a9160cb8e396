"""What the tense of a finite verb makes of its happening: under way, always so, still to come, or plainly told.

For telling_by_verb.py, where no auxiliary and no governing word says more, and telling_by_noun.py for what lasts.
"""

from __future__ import annotations

import re

from events.extraction import dependency as tree
from events.extraction.happenings.telling import Telling, told, untold
from events.model import Sentence, Token

_LASTING_ACTS = frozenset(
    "lay besiege siege blockade block occupy hold detain close shut suspend strike rage wage fight protest boycott".split()
)
_ACTS = frozenset(
    "accuse deny reject warn appeal condemn demand apologise apologize urge call offer threaten pledge vow announce "
    "declare order ban approve sign resign beat arrest kill welcome back support denounce dismiss claim insist".split()
)
_TIMETABLED = frozenset(
    "leave fly arrive travel open meet start begin sail go visit play return depart resume end close hear host".split()
)
_NAMED_DAY = re.compile(
    r"\b(?:on|from) (?:\w{3,6}day|\d{1,2} [A-Z]\w+|[A-Z]\w+\.? \d{1,2})\b|\b(?:\w{3,6}day|in (?:January|February|March|April|"
    r"May|June|July|August|September|October|November|December))\b"
)
_TO_COME = re.compile(r"\b(?:tomorrow|next (?:week|month|year|\w+day))\b", re.IGNORECASE)
_HABIT = re.compile(
    r"\b(?:each|every) (?:year|day|week|month|spring|summer|autumn|winter)\b|\b(?:often|usually|regularly|routinely|annually|"
    r"typically|always)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:today|tonight|now|\w{3,6}day)\b")
_LASTING = re.compile(
    r"\benter(?:s|ed)? (?:its|a|the|their) \w+ (?:day|week|month|night)\b|\bfor (?:a|the) \w+ (?:straight |consecutive )?"
    r"(?:day|week|month|night)\b|\bwent into its \w+ (?:day|week|month)\b",
    re.IGNORECASE,
)


def of_tense(sentence: Sentence, verb: Token, helpers: set[str], noun: bool) -> Telling:
    """Under way, habitual, or plainly told."""
    if verb.tag == "VBG" and helpers & {"is", "are", "'s", "’s", "'re", "’re"} and not noun:
        return told(sentence, "ongoing", verb)
    if verb.tag == "VBG" and "been" in helpers and helpers & {"has", "have"} and not noun:
        return told(sentence, "ongoing", verb)
    if verb.tag not in {"VBD", "VBN"} and _HABIT.search(sentence.text):
        return untold("a state or habit")
    if (since := _lasts_since(sentence, verb, helpers)) is not None:
        return told(sentence, "ongoing", since)
    if (lasts := lasting(sentence, verb)) is not None:
        return lasts
    if verb.tag in {"VBZ", "VBP"} and not helpers and sentence.kind == "body" and not noun:
        return _of_present(sentence, verb)
    return Telling("occurred", None)


def lasting(sentence: Sentence, token: Token) -> Telling | None:
    """As in "the strike entered its second week"."""
    match = _LASTING.search(sentence.text)
    if match is None or abs(match.start() - (token.start - sentence.start)) > 50:
        return None
    inside = [t for t in sentence.tokens if match.start() <= t.start - sentence.start < match.end()]
    return told(sentence, "ongoing", inside[0], inside[-1]) if inside else None


def _lasts_since(sentence: Sentence, verb: Token, helpers: set[str]) -> Token | None:
    """The "since" of a state that began then and holds: "have laid siege to the town since March"."""
    if not helpers & {"has", "have"} or verb.lemma not in _LASTING_ACTS:
        return None
    clause = tree.clause_of(sentence, verb.index)
    return next((t for t in sentence.tokens if t.text.lower() == "since" and t.head in clause), None)


def _of_present(sentence: Sentence, verb: Token) -> Telling:
    """A simple present in running text: what always is, unless a date or the act itself is there ("I resign")."""
    if verb.dep in {"acl:relcl", "advcl", "acl"}:
        return untold("a state or habit")
    ahead = _TO_COME.search(sentence.text)
    if ahead is None and verb.lemma in _TIMETABLED:
        ahead = _NAMED_DAY.search(sentence.text)
    if ahead:
        inside = [t for t in sentence.tokens if ahead.start() <= t.start - sentence.start < ahead.end()]
        return told(sentence, "planned", inside[0], inside[-1]) if inside else Telling("occurred", None)
    if verb.lemma in _ACTS or _DATED.search(sentence.text):
        return Telling("occurred", None)
    return untold("a state or habit")
