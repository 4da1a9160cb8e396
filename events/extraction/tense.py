"""Whether the clause around some words looks ahead or back, from its parse, or from cue words where there is none."""

from __future__ import annotations

import re

from events.model import Sentence, Token

_AHEAD = frozenset(
    "plan schedule expect set slate due prepare intend aim want vow pledge promise agree hope threaten order ask call wait book forecast".split()
)
_CUE_AHEAD = re.compile(
    r"\b(?:will|shall|'ll|’ll|won't|going to|(?:is|are|was|were) (?:to|due|set|expected|scheduled|slated|planned)|plans? to|planned (?:for|to)|"
    r"scheduled|upcoming|ahead of|expected|due (?:to|on|in)|to be held|until|would)\b",
    re.IGNORECASE,
)
_CUE_BACK = re.compile(
    r"\b(?:said|says|was|were|had|did|has|have|told|took|came|went|began|made|met|held|won|fell|left|got|saw|found|gave|shot|hit|killed|\w{3,}ed)\b"
)


def looks_ahead(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the clause that holds the story's offsets [start, end) tells of something to come."""
    if sentence.tokens:
        verb = governing_verb(sentence, start, end)
        if verb is not None:
            return verb_looks_ahead(sentence, verb)
    return _by_cues(sentence.text, start - sentence.start, end - sentence.start)


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
    """Whether a verb is in the future: by its auxiliaries, or as an infinitive or participle under a verb of planning."""
    children = [t for t in sentence.tokens if t.head == verb.index and t.index != verb.index]
    helpers = {t.lemma for t in children if t.dep in {"aux", "aux:pass"}} | {
        t.text.lower() for t in children if t.dep == "aux"
    }
    if helpers & {"will", "shall", "'ll", "’ll", "wo"}:
        return True
    if verb.lemma == "due":
        return True
    if helpers & {"have", "had", "has", "did", "was", "were"} or verb.tag == "VBD":
        return verb.lemma in {"schedule", "expect", "slate"}
    if verb.tag == "VBN" and verb.lemma in _AHEAD and not helpers & {"was", "were"}:
        return True
    infinitive = any(t.tag == "TO" for t in children)
    if infinitive:
        head = sentence.tokens[verb.head]
        if head.index == verb.index:
            return True  # a headline's "to visit"
        return (
            head.lemma in _AHEAD or head.lemma == "be" or verb_looks_ahead(sentence, head)
            if head.pos in {"VERB", "ADJ", "AUX"}
            else False
        )
    if verb.tag in {"VBZ", "VBP", "VBG"} and sentence.kind == "body":
        return (verb.dep != "advcl" and verb.tag != "VBG") or bool(helpers & {"is", "are"})
    return False


def _by_cues(text: str, start: int, end: int) -> bool:
    """The nearest cue before the words decides; without one the first cue after them."""
    before = re.split(r"[.;!?]\s", text[max(0, start - 160) : start])[-1]
    ahead = [m.start() for m in _CUE_AHEAD.finditer(before)]
    back = [m.start() for m in _CUE_BACK.finditer(before)]
    if ahead or back:
        return (ahead[-1] if ahead else -1) >= (back[-1] if back else -1)
    after = text[end : end + 50]
    first = _CUE_AHEAD.search(after)
    past = _CUE_BACK.search(after)
    return first is not None and (past is None or first.start() <= past.start())
