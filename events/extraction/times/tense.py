"""Whether the clause around some words looks ahead or back, from its parse, or from cue words where there is none."""

from __future__ import annotations

import re
from typing import Literal

from events.extraction.dependency import carrier_of
from events.model import Sentence, Token

Direction = Literal["ahead", "back"]

_AHEAD = frozenset(
    "plan schedule expect set slate due prepare intend aim want vow pledge promise agree hope threaten order ask call "
    "wait book forecast".split()
)
_PLANNED = frozenset("schedule expect slate plan set due book forecast intend".split())  # … as participles
_PLANS = frozenset(
    "plan decision deal pledge promise vow offer threat order agreement bid intention proposal move invitation call".split()
)  # nouns with "to" that tell of what is to come
_MODALS = frozenset("may might can must would".split())
_PAST_LIKE_PRESENT = frozenset(
    "hit cut set put shut hurt split spread quit burst cast read let beat cost bid shed thrust".split()
)
_FUTURE = frozenset(("will", "shall", "'ll", "’ll", "wo"))
_CUE_AHEAD = re.compile(
    r"\b(?:will|shall|won't|going to|(?:is|are|was|were) (?:to|due|set|expected|scheduled|slated|planned)|plans? to|"
    r"planned (?:for|to)|scheduled|upcoming|ahead of|expected|due (?:to|on|in)|to be held|as early as|"
    r"would)\b|['’]ll\b",
    re.IGNORECASE,
)
_CUE_BACK = re.compile(
    r"\b(?<!be )(?:said|says|was|were|had|did|has|have|told|took|came|went|began|made|met|held|won|fell|left|got|saw|"
    r"found|gave|"
    r"shot|hit|killed|struck|rose|sent|led|ran|since|\w{3,}ed)\b"
)
_SETTING = frozenset(
    "announce call schedule set plan order fix book declare summon convene invite slate organise organize".split()
)  # … for a day
_AHEAD_BEFORE = re.compile(
    r"\b(?:until|till|as (?:early|soon) as|no later than|payable|effective|expires?|due|with effect from|starting|"
    r"beginning)\s+(?:on |from )?(?:the )?$",
    re.IGNORECASE,
)
_MOVED_BEFORE = re.compile(
    r"\b(?:moved|postponed|delayed|rescheduled|adjourned|deferred|put (?:off|back)|pushed back|brought forward|"
    r"prolonged|extended)(?: [\w-]+){0,3} (?:to|until|till|for)\s+(?:on )?(?:the )?$",
    re.IGNORECASE,
)
_BACK_BEFORE = re.compile(r"\b(?:since|ended|ending)\s+$", re.IGNORECASE)
_BOUNDED = re.compile(r"\bhad\b|\bfrom [^,;.]{2,30} (?:until|till)\b")
_CLAUSE_END = re.compile(r"[.;!?]\s")


def direction(sentence: Sentence, start: int, end: int) -> Direction | None:
    """Which way the clause that holds the story's offsets [start, end) looks; None when nothing tells.

    >>> direction(Sentence("text", 0, 28, "They will meet on Friday.", "body", 0), 18, 24)
    'ahead'
    """
    at = start - sentence.start
    before = sentence.text[max(0, at - 60) : at]
    if _MOVED_BEFORE.search(before):
        return "ahead"
    if _AHEAD_BEFORE.search(before) and not _BOUNDED.search(sentence.text[max(0, at - 160) : at + 80]):
        return "ahead"
    if _BACK_BEFORE.search(before):
        return "back"
    verb = governing_verb(sentence, start, end) if sentence.tokens else None
    if verb is None and sentence.kind == "body" and _is_in_present(sentence):
        return "ahead"
    if verb is None:
        return _by_cues(sentence.text, start - sentence.start, end - sentence.start)
    if verb.tag in {"VBZ", "VBP"} and sentence.text[end - sentence.start :].startswith(("'s ", "’s ")):
        return None
    if verb_looks_ahead(sentence, verb) or (verb.lemma in _SETTING and before.endswith(" for ")):
        return "back" if _past_between(sentence, verb, start) else "ahead"
    if _is_past(sentence, verb):
        return "back"
    infinitive = any(t.tag == "TO" and t.head == verb.index for t in sentence.tokens)
    return _by_cues(sentence.text, at, end - sentence.start) if infinitive else None


def governing_verb(sentence: Sentence, start: int, end: int) -> Token | None:
    """The verb whose clause holds the words: the nearest one up the tree."""
    inside = [t for t in sentence.tokens if start <= t.start < end]
    if not inside:
        return None
    token = next((t for t in inside if not start <= sentence.tokens[t.head].start < end), inside[0])
    for _ in range(8):
        if token.pos in {"VERB", "AUX"} or (token.pos == "ADJ" and token.lemma == "due"):
            return token
        head = sentence.tokens[token.head]
        if head is token:
            return None
        token = head
    return None


def verb_looks_ahead(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb is in the future: by its auxiliaries, or as an infinitive under a verb of planning."""
    verb = carrier_of(sentence, verb)
    helpers, tags = _helpers(sentence, verb)
    if helpers & _FUTURE or verb.lemma == "due":
        return True
    if helpers & {"have", "had", "has", "did", "was", "were"} or verb.tag == "VBD":
        return verb.lemma in {"schedule", "expect", "slate", "plan"} and "had" not in helpers
    if "could" in helpers and _is_negated(sentence, verb):
        return False
    if _is_hidden_past(verb):
        return False
    if verb.tag == "VBN" and verb.lemma in _PLANNED:
        return True
    if helpers & _MODALS and "VBD" not in tags:
        return True
    if any(t.tag == "TO" and t.head == verb.index for t in sentence.tokens):
        return _infinitive_looks_ahead(sentence, verb)
    if verb.tag in {"VBZ", "VBP", "VBG"} and sentence.kind == "body":
        return (verb.dep != "advcl" and verb.tag != "VBG") or bool(helpers & {"is", "are"})
    return False


def _infinitive_looks_ahead(sentence: Sentence, verb: Token) -> bool:
    head = sentence.tokens[verb.head]
    if head.index == verb.index or (sentence.kind == "headline" and head.pos in {"NOUN", "PROPN"}):
        return True  # a headline's "to visit"
    if head.pos in {"NOUN", "PROPN"} and verb.dep == "acl":
        return head.lemma in _PLANS or (head.dep == "obj" and sentence.tokens[head.head].lemma in _AHEAD)
    if head.pos not in {"VERB", "ADJ", "AUX"}:
        return False
    return head.lemma in _AHEAD or head.lemma == "be" or verb_looks_ahead(sentence, head)


def _is_hidden_past(verb: Token) -> bool:
    """Whether a verb that the parser takes for a present is a past: "froze", and in the news "two missiles hit"."""
    return (
        verb.tag == "VBP"
        and verb.pos == "VERB"
        and (verb.text.lower() != verb.lemma or verb.lemma in _PAST_LIKE_PRESENT)
    )


def _is_negated(sentence: Sentence, verb: Token) -> bool:
    near = {t.text.lower() for t in sentence.tokens if t.head == verb.index and t.index != verb.index}
    return bool(near & {"not", "n't", "n’t", "neither", "nobody", "none", "no"})


def _is_in_present(sentence: Sentence) -> bool:
    """Whether the sentence says what is: "The funeral is on Monday"."""
    root = next((t for t in sentence.tokens if t.head == t.index), None)
    return root is not None and any(
        t.dep == "cop" and t.head == root.index and t.tag in {"VBZ", "VBP"} for t in sentence.tokens
    )


def _past_between(sentence: Sentence, verb: Token, start: int) -> bool:
    """Whether a past verb stands nearer to the words than the one that governs them: "the pact that they signed Monday"."""
    between = [t for t in sentence.tokens[verb.index + 1 :] if t.start < start]
    return any(t.tag == "VBD" and t.pos == "VERB" for t in between[-8:]) and verb.tag != "TO"


def _helpers(sentence: Sentence, verb: Token) -> tuple[set[str], set[str]]:
    """The auxiliaries of a verb, as lemmas and as written, and the tags of its children."""
    children = [t for t in sentence.tokens if t.head == verb.index and t.index != verb.index]
    helpers = {t.lemma for t in children if t.dep in {"aux", "aux:pass"}}
    return helpers | {t.text.lower() for t in children if t.dep in {"aux", "aux:pass"}}, {t.tag for t in children}


def _is_past(sentence: Sentence, verb: Token) -> bool:
    helpers, _ = _helpers(sentence, verb)
    if helpers & {"is", "are"} and not helpers & {"has", "have"}:
        return False
    if verb.tag == "VBN" and any(t.tag == "TO" and t.head == verb.index for t in sentence.tokens):
        return False
    if "could" in helpers:
        return True
    return (
        verb.tag in {"VBD", "VBN"}
        or _is_hidden_past(verb)
        or bool(helpers & {"have", "had", "has", "did", "was", "were"})
    )


def _by_cues(text: str, start: int, end: int) -> Direction | None:
    """The nearest cue before the words decides; without one the first cue after them."""
    before = _CLAUSE_END.split(text[max(0, start - 160) : start])[-1]
    ahead = [m.end() for m in _CUE_AHEAD.finditer(before)]
    back = [m.end() for m in _CUE_BACK.finditer(before)]
    if ahead or back:
        return "ahead" if (ahead[-1] if ahead else -1) >= (back[-1] if back else -1) else "back"
    after = text[end : end + 50]
    first, past = _CUE_AHEAD.search(after), _CUE_BACK.search(after)
    if first and (past is None or first.start() <= past.start()):
        return "ahead"
    return "back" if past else None
