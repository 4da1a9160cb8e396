"""How a happening that a noun stands for is told: "planned talks", "called a strike", "the siege continued".

For factuality.py. The words beside the noun come first, then what the verb of its clause does with it.
"""

from __future__ import annotations

import re

from events.extraction import dependency as tree
from events.extraction.happenings.frames import LIGHT_VERBS
from events.extraction.happenings.telling import (
    SET_FOR_LATER,
    Telling,
    governor,
    is_negated,
    is_patient,
    is_set_for_later,
    is_supposed,
    told,
    untold,
)
from events.extraction.happenings.telling_by_tense import lasting
from events.extraction.happenings.telling_by_verb import PREVENTING, of_verb
from events.model import Sentence, Token

_ANNOUNCING = frozenset("plan schedule prepare threaten announce propose order promise pledge call".split())
_WISHED = frozenset(
    "want hope seek need urge demand request beg propose suggest recommend consider mull discuss".split()
)
_ENDING = frozenset("end halt stop lift quit leave break".split())
_GOING_ON = frozenset("continue persist rage linger".split())
_EVENTIVE = LIGHT_VERBS | {"attend", "join", "sign", "plan", "announce", "schedule", "send", "do", "become"}
_REMEMBERING = frozenset({"anniversary", "commemoration", "remembrance", "memory", "centenary", "jubilee"})
_PLANNED_NOUN = re.compile(r"\b(?:planned|upcoming|scheduled|forthcoming|proposed|looming|next)\b", re.IGNORECASE)
_POSSIBLE_NOUN = re.compile(
    r"\b(?:possible|potential|hypothetical|any (?:possible|future))(?: \w+){0,2} ?$", re.IGNORECASE
)


def of_noun(sentence: Sentence, token: Token, verb: Token | None) -> Telling:
    """A nominal happening: what its own modifiers say, else what its verb does with it."""
    own = _by_company(sentence, token)
    if own is not None:
        return own
    if verb is None:
        return lasting(sentence, token) or Telling("occurred", None)
    role = governor(sentence, token)[1]
    if verb.lemma in {"cancel", "postpone", "call", "put", "shelve", "scrap"} and is_negated(sentence, verb):
        return Telling("planned", None)
    under = _noun_under(sentence, verb, token, role)
    if under is not None:
        return under
    before = role == "obl" and tree.preposition(sentence, token.index) in {"before", "until"}
    if role != "nsubj" and not before and not _shares_fate(sentence, verb, token):
        return Telling("occurred", None)
    return of_verb(sentence, verb, noun=True)


def _by_company(sentence: Sentence, noun: Token) -> Telling | None:
    """Words beside a noun such as "planned", "possible", "due on Friday", "that is to open on Monday"."""
    if noun.lemma == "due" or noun.text.lower() == "due":
        return told(sentence, "planned", noun)
    head = sentence.tokens[noun.head]
    if noun.dep.startswith("nmod") and head.lemma in _REMEMBERING:
        return untold("a state or habit")
    at = noun.start - sentence.start
    before = sentence.text[max(0, at - 24) : at]
    if _POSSIBLE_NOUN.search(before):
        return untold("a possibility")
    for match in _PLANNED_NOUN.finditer(before):
        words = [t for t in sentence.tokens[max(0, noun.index - 4) : noun.index] if t.text.lower() == match[0].lower()]
        if words and all(t.pos not in {"VERB", "ADP"} for t in sentence.tokens[words[-1].index + 1 : noun.index]):
            return told(sentence, "planned", words[-1])
    for child in tree.children(sentence, noun.index):
        if child.dep == "acl" and is_set_for_later(sentence, child):
            return told(sentence, "planned", child)
        if child.dep == "acl:relcl" and (relative := of_verb(sentence, child)).status == "planned":
            return relative
    return None


def _shares_fate(sentence: Sentence, verb: Token, noun: Token) -> bool:
    """Whether a nominal happens when its verb does ("will hold talks"): it does not in "vowed to challenge the vote"."""
    if verb.lemma in _EVENTIVE:
        return True
    definite = any(
        t.dep in {"det", "nmod:poss"} and t.text.lower() not in {"a", "an", "no", "any", "some"}
        for t in tree.children(sentence, noun.index)
    )
    return not definite and verb.lemma not in _ENDING


def _noun_under(sentence: Sentence, verb: Token, token: Token, role: str) -> Telling | None:
    """A nominal happening under a verb that plans, wishes, prevents or goes on with it."""
    if role == "nsubj" and _goes_on(sentence, verb) and verb.tag in {"VBZ", "VBP", "VBD"}:
        return told(sentence, "ongoing", verb)
    if role == "nsubj" and is_supposed(sentence, verb):
        return untold("a possibility")
    if is_patient(sentence, verb, role):
        if verb.lemma in PREVENTING | _WISHED:
            return untold("wished or prevented")
        if verb.lemma in _ANNOUNCING | SET_FOR_LATER and _is_new(sentence, token):
            return told(sentence, "planned", verb)
    if role == "nsubj" and is_set_for_later(sentence, verb):
        return told(sentence, "planned", verb)
    if role == "obl" and verb.lemma in {"call", "appeal", "push", "press", "vote", "hope", "wait", "prepare", "ask"}:
        word = tree.preposition(sentence, token.index)
        return untold("wished or prevented") if word == "for" else None
    return None


def _goes_on(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb says that something goes on: "continued", "also went on"."""
    after = sentence.tokens[verb.index + 1 : verb.index + 3]
    goes_on = verb.lemma == "go" and len(after) == 2 and after[0].text.lower() == "on"
    return verb.lemma in _GOING_ON or (goes_on and after[1].pos in {"ADP", "PUNCT", "ADV"})


def _is_new(sentence: Sentence, noun: Token) -> bool:
    """Whether a noun brings something new: "announced a strike", not "called the killings an outrage"."""
    return not any(
        t.text.lower() in {"the", "this", "that", "these", "those"} for t in tree.children(sentence, noun.index)
    )
